"""`./dev bench wave`: a mailing to a million supporters, from when it may begin until every delivery is written."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import TYPE_CHECKING

import psutil

from bench.campaign import START, the_campaign
from bench.database import Database
from bench.figure import Figure

if TYPE_CHECKING:
    from campaigns.mailing import Mailing
    from campaigns.segment import Segment

NOTE = (
    "one worker composes, portion by portion, each a transaction; the segment: two of four languages, in one of two "
    "states, whose own representative is silent, joined in the last year; a contest: three wordings by lot; memory: of "
    "the worker, and what its connection holds in PostgreSQL beside the shared buffers"
)
WORDS = ("Still silent", "Dear {{ supporter.name }}, {{ silent | map(attribute='name') | listing }}. {{ links.write }}")
LANGUAGES = ("en", "hy", "fr", "ru")


@dataclass(frozen=True, slots=True)
class Composed:
    """What composing one mailing came to. `seconds`: as long as it took; `slowest`: of one portion.

    `first`, `most`: bytes of memory after the first portion, and the most after any.
    """

    people: int
    letters: int
    seconds: float
    slowest: float
    first: int
    most: int

    @property
    def rate(self) -> float:
        """Supporters gone through, a second: those who are left out cost time, too."""
        return self.people / self.seconds


def figures(quick: bool) -> tuple[list[Figure], list[str]]:
    """Composing for everybody, for a segment and for a contest; then what the page with the numbers costs."""
    people, rounds = (2_000, 1) if quick else (1_000_000, 3)
    with Database() as database:
        _people(people)
        cpu = database.cpu()
        everybody = [_composed(f"all-{number}", people) for number in range(rounds)]
        cpu = database.cpu() - cpu
        narrow = _composed("segment", people, segment=_segment())
        contest = _composed("contest", people, wordings=3)
        counting = _seconds(lambda: _numbers("contest"))
    rate = median(each.rate for each in everybody)
    grown = max(each.most / each.first for each in everybody)
    return [
        Figure("supporters", float(people), "", "higher"),
        Figure("composed for everybody", rate, "letters/s", "higher", 20_000, 50_000),
        Figure("the same ÷ processor time of PostgreSQL", people * rounds / cpu, "letters/s", "higher"),
        Figure("gone through for a segment", narrow.rate, "supporters/s", "higher", 20_000, 50_000),
        Figure("of whom it is for", narrow.letters / narrow.people, "", "higher"),
        Figure("composed in three wordings", contest.rate, "letters/s", "higher", 20_000, 50_000),
        Figure("memory after all ÷ after the first portion", grown, "×", "lower", 1.1),
        Figure("memory at the most", max(each.most for each in everybody) / 1e6, "MB", "lower"),
        Figure("longest portion", max(each.slowest for each in everybody), "s", "lower"),
        Figure("numbers of a mailing", counting, "s", "lower"),
    ], [NOTE]


def _composed(key: str, people: int, segment: Segment | None = None, wordings: int = 1) -> Composed:
    """Each mailing begins alike: what the one before wrote is gone, and the database has nothing else to do."""
    from django.db import connection

    from outreach.delivery import Delivery
    from outreach.mailings.composing import compose_some

    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE outreach_delivery, outreach_chunk CASCADE")
    mailing = _planned(key, segment, wordings)
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
    took, held = [], []
    while True:
        begun = time.perf_counter()
        if not compose_some(START):
            break
        took.append(time.perf_counter() - begun)
        held.append(_memory())
    letters = Delivery.objects.filter(wave__mailing=mailing).count()
    first = held[min(1, len(held) - 1)]  # the first of all only makes the wave
    return Composed(people, letters, sum(took), max(took), first, max(held[1:] or held))


def _memory() -> int:
    """Bytes held by this process, and by the process of PostgreSQL that works for it without what all share."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        server = psutil.Process(cursor.fetchone()[0]).memory_info()
    return int(psutil.Process().memory_info().rss + server.rss - server.shared)


def _planned(key: str, segment: Segment | None, wordings: int) -> Mailing:
    from campaigns.segment import FOR_ALL
    from outreach.mailings.draft import Draft, write
    from outreach.mailings.steering import plan

    texts = [{"en": WORDS}] * wordings
    test_time = timedelta(days=1) if wordings > 1 else None
    draft = Draft(key, key, texts, segment or FOR_ALL, test_time=test_time)
    return plan(write(the_campaign(), draft, "the bench", START), None, START)


def _segment() -> Segment:
    from campaigns.segment import Segment

    states = tuple(f"ocd-division/country:us/state:{name}" for name in ("wa", "or"))
    year = START - timedelta(days=365)
    return Segment(divisions=states, languages=LANGUAGES[:2], joined_from=year, representatives=("silent",))


def _numbers(key: str) -> object:
    from outreach.mailings.numbers import numbers_of

    return numbers_of(the_campaign().mailings.get(key=key))


def _seconds(run: Callable[[], object]) -> float:
    begun = time.perf_counter()
    run()
    return time.perf_counter() - begun


def _people(number: int) -> None:
    """Supporters who differ in what segments ask about; name and address are sealed only once, to save time."""
    from django.db import connection

    from campaigns.addressee import Addressee
    from campaigns.supporter import Supporter

    campaign = the_campaign()
    Addressee.objects.filter(memberships__group__campaign=campaign).update(division="ocd-division/country:us/state:wa")
    one = Supporter.objects.create(
        campaign=campaign, name="Alex", email="a@bench.example", language="en", joined_at=START, agreed_at=START
    )
    with connection.cursor() as cursor:
        cursor.execute(PEOPLE, {"one": one.pk, "number": number, "languages": list(LANGUAGES)})
        cursor.execute("VACUUM ANALYZE campaigns_supporter")


PEOPLE = """
INSERT INTO campaigns_supporter (id, campaign_id, name, email, email_digest, email_domain, mailbox_digest, language,
       country, postcode, joined_at, agreed_at, division)
SELECT gen_random_uuid(), campaign_id, name, email, md5(number::text) || md5('a' || number), email_domain,
       md5('b' || number) || md5(number::text), (%(languages)s::text[])[1 + number %% 4], 'US', postcode,
       joined_at - number %% 700 * interval '1 day', agreed_at,
       'ocd-division/country:us/state:' || (array['wa', 'or', 'ca'])[1 + number %% 3] || '/cd:' || number %% 9
  FROM campaigns_supporter, generate_series(2, %(number)s) AS number
 WHERE id = %(one)s
"""
