"""`./dev bench clock`: what a pass of the clock costs, with nothing due and with everything due.

One campaign of twenty steps with many appeals, each with a letter proven delivered, and a million supporters.
"""

from __future__ import annotations

import gc
import threading
from datetime import UTC, datetime, timedelta
from statistics import mean, median
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any, NamedTuple
from unittest.mock import patch
from uuid import uuid4

import psutil

from bench.database import Database
from bench.figure import Figure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from uuid import UUID

    from campaigns.campaign import Campaign
    from campaigns.group import Group

START = datetime(2023, 4, 28, 6, tzinfo=UTC)
WEEK = timedelta(days=7)
IDLE_AT = START + timedelta(days=3)
DUE_AT = START + WEEK + timedelta(seconds=1)
STEPS = 20
TRIES = 21
PART = 5_000
MIB = 1024 * 1024


class Size(NamedTuple):
    """How much there is."""

    few: int
    many: int
    supporters: int


WHOLE, QUICK = Size(1_000, 100_000, 1_000_000), Size(100, 1_000, 2_000)


def figures(quick: bool) -> tuple[list[Figure], list[str]]:
    """Every figure of the clock, and what was peculiar to the run."""
    size = QUICK if quick else WHOLE
    with Database() as database:
        return measured(size, database.cpu), [f"{size.many:,} appeals, {STEPS} steps, {size.supporters:,} supporters"]


def measured(size: Size, cpu: Callable[[], float]) -> list[Figure]:
    """Every figure, in the database there is. `cpu`: seconds of processor time its server has used so far."""
    campaign_with("few", size.few, 0)
    campaign_with("many", size.many, size.supporters)
    idle_few, idle = _idle(cpu, "few", "many")
    small, whole = (_everything_due(slug, cpu) for slug in ("few", "many"))
    supporters = _to_supporters(cpu)
    per_appeal = (whole.used.cpu / size.many) / (small.used.cpu / size.few or 1)
    return [
        Figure("a pass with nothing due", idle.seconds * 1000, "ms", "lower", must=20),
        Figure("… of processor time", idle.cpu * 1000, "ms", "lower", must=20),
        Figure(f"… beside one over {size.few:,} appeals", idle.seconds / idle_few.seconds, "times", "lower", must=2),
        Figure("letters to supporters composed", size.supporters / supporters.seconds, "1/s", "higher"),
        Figure("… in a second of processor time", size.supporters / supporters.cpu, "1/s", "higher", must=20_000),
        Figure("letters to addressees composed", size.many / whole.composing.seconds, "1/s", "higher"),
        Figure("… in a second of processor time", size.many / whole.composing.cpu, "1/s", "higher", must=20_000),
        Figure("a pass with everything due, for each appeal", whole.used.cpu / size.many * 1e6, "µs CPU", "lower"),
        Figure(f"… beside one over {size.few:,} appeals", per_appeal, "times", "lower", must=2),
        Figure("… more memory than that one needs", max(0, whole.memory - small.memory), "MiB", "lower", must=32),
    ]


class Used(NamedTuple):
    """What something took: seconds on the wall, and of processor time in this process and in PostgreSQL."""

    seconds: float
    cpu: float


class Pass(NamedTuple):
    """A pass with everything due. `composing`: the part that wrote the letters; `memory`: MiB at the most."""

    used: Used
    composing: Used
    memory: float


def _idle(server: Callable[[], float], *slugs: str) -> list[Used]:
    """A pass over each campaign at which nothing is due, taken in turns: the usual time of several, and their mean."""
    from outreach.clock import tick_all

    taken: dict[str, list[Used]] = {slug: [] for slug in slugs}
    for _ in range(TRIES):
        for slug in slugs:
            _only(slug)
            tick_all(IDLE_AT)
            watch = Stopwatch(tick_all, server)
            watch(IDLE_AT)
            taken[slug].append(watch.used)
    return [Used(median(each.seconds for each in uses), mean(each.cpu for each in uses)) for uses in taken.values()]


def _only(slug: str) -> Campaign:
    """That campaign, the only one that runs."""
    from campaigns.campaign import Campaign

    Campaign.objects.exclude(slug=slug).update(status=Campaign.Status.CLOSED)
    Campaign.objects.filter(slug=slug).update(status=Campaign.Status.RUNNING)
    return Campaign.objects.get(slug=slug)


def _to_supporters(server: Callable[[], float]) -> Used:
    """Letters to all supporters written as rows."""
    from campaigns.messages import Message
    from campaigns.wave import Wave
    from outreach.readership import to_supporters

    campaign = _only("many")
    wave = Wave.objects.create(campaign=campaign, step=campaign.steps.get(number=3), at=DUE_AT)
    message = Message("supporters", "email", "letter", None, ())
    watch = Stopwatch(to_supporters, server)
    watch(wave, message, DUE_AT)
    return watch.used


def _everything_due(slug: str, server: Callable[[], float]) -> Pass:
    """One pass in which every deadline has passed, and a letter goes to each addressee."""
    from outreach import clock, compose, waves

    campaign = _only(slug)
    composing, whole = Stopwatch(compose.compose_letters, server), Stopwatch(clock.tick_all, server)
    with patch.object(waves, "compose_letters", composing), Peak() as peak:
        whole(DUE_AT)
    letters, appeals = campaign.deliveries.filter(step__number=2).count(), campaign.appeals.count()
    if letters != appeals:
        raise RuntimeError(f"{letters} letters for {appeals} appeals")
    return Pass(whole.used, composing.used, peak.mebibytes)


class Stopwatch:
    """A function that counts what it takes."""

    def __init__(self, timed: Callable[..., object], server: Callable[[], float]) -> None:
        self.timed, self.used = timed, Used(0.0, 0.0)
        self._server = server

    def __call__(self, *given: object, **named: object) -> None:
        there = self._server()
        here, started = process_time(), perf_counter()
        self.timed(*given, **named)
        seconds, cpu = perf_counter() - started, process_time() - here
        self.used = Used(self.used.seconds + seconds, self.used.cpu + cpu + self._server() - there)


class Peak:
    """How much memory this process needed at the most, above what it had before."""

    def __enter__(self) -> Peak:
        gc.collect()
        self._process = psutil.Process()
        self._before = self._most = self._process.memory_info().rss
        self._over = threading.Event()
        self._watcher = threading.Thread(target=self._watch, daemon=True)
        self._watcher.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._watcher.join()
        self.mebibytes = (self._most - self._before) / MIB

    def _watch(self) -> None:
        while not self._over.wait(0.02):
            self._most = max(self._most, self._process.memory_info().rss)


def campaign_with(slug: str, appeals: int, supporters: int) -> Campaign:
    """Running since START: every letter of the first of its twenty steps proven delivered, every deadline in a week."""
    from django.db import connection

    from campaigns.campaign import Campaign
    from campaigns.demand import Demand
    from campaigns.group import Group
    from campaigns.step import Step
    from campaigns.wording import Wording

    campaign = Campaign.objects.create(
        slug=slug,
        title={"en": "The road"},
        languages=["en"],
        time_zone="UTC",
        publish_at=START,
        published_at=START,
        put_to=["council"],
        sender={"name": {"en": "The people of the road"}, "email": "people@road.example"},
        created_at=START,
        status=Campaign.Status.RUNNING,
    )
    for number in range(1, STEPS + 1):
        dispatch = {"audience": "addressees", "channels": ["email"], "wording": "letter"}
        reminder = {**dispatch, "before": 2 * 24 * 3600}
        Step.objects.create(
            campaign=campaign,
            number=number,
            key=f"step-{number}",
            title={"en": f"Step {number}"},
            patience=WEEK,
            dispatches=[dispatch],
            reminders=[reminder] if number > 1 else [],
        )
    for number in range(1, 7):
        text = {"en": "Open it"}
        Demand.objects.create(campaign=campaign, number=number, key=f"d{number}", title=text, text=text)
    words = {"subject": "The road", "body": "Open it.", "written_at": START}
    Wording.objects.create(campaign=campaign, name="letter", channel="email", language="en", **words)
    group = Group.objects.create(campaign=campaign, number=1, key="council", title={"en": "The council"})
    offices = _fill(campaign, group, appeals)
    _fill_supporters(campaign, supporters)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    if campaign.appeals.count() != len(offices):
        raise RuntimeError("the bench could not write its appeals")
    return campaign


def _fill(campaign: Campaign, group: Group, number: int) -> list[UUID]:
    """So many addressees, each with an address, and asked by a letter that has arrived."""
    from campaigns.addressee import Addressee, ContactPoint
    from campaigns.appeal import Appeal
    from campaigns.group import Membership
    from campaigns.wave import Turn, Wave
    from outreach.delivery import Delivery
    from outreach.pour import pour

    first, due_at = campaign.steps.get(number=1), START + WEEK - timedelta(seconds=1)
    wave = Wave.objects.create(campaign=campaign, step=first, at=START)
    office = Addressee(kind="office", country="GB", languages=["en"], time_zone="Europe/London", weekend=["sat", "sun"])
    point = ContactPoint(channel="email")
    appeal = Appeal(
        campaign=campaign, status="waiting", step=first, begun_at=START, due_at=due_at, look_at=START + WEEK
    )
    turn = Turn(wave=wave, step=first, kind="opening", at=START, due_at=due_at)
    letter = Delivery(
        campaign=campaign, step=first, wave=wave, audience="addressees", channel="email", wording_name="letter",
        language="en", state="delivered", due_at=START, created_at=START, sent_at=START, delivered_at=START,
    )  # fmt: skip
    asked = []
    for numbers in _parts(number):
        ids, points, appeals = ([uuid4() for _ in numbers] for _ in range(3))
        keys = [f"{campaign.slug}-{n}" for n in numbers]
        pour(office, {"id": ids, "key": keys, "name": [f"Office {n:06}" for n in numbers]})
        addresses = [f"{key}@offices.example" for key in keys]
        pour(point, {"id": points, "addressee_id": ids, "address": addresses})
        pour(Membership(group=group), {"id": [uuid4() for _ in numbers], "addressee_id": ids})
        pour(appeal, {"id": appeals, "addressee_id": ids})
        pour(turn, {"id": [uuid4() for _ in numbers], "appeal_id": appeals})
        to: dict[str, list[Any]] = {"appeal_id": appeals, "addressee_id": ids, "contact_point_id": points}
        pour(letter, {"id": [uuid4() for _ in numbers], "recipient": [pk.hex for pk in ids], **to})
        asked += ids
    return asked


def _fill_supporters(campaign: Campaign, number: int) -> None:
    from campaigns.supporter import Supporter
    from outreach.pour import pour

    known = {"joined_at": START, "agreed_at": START}
    person = Supporter(campaign=campaign, name="Sealed", email="sealed@people.example", **known)
    for numbers in _parts(number):
        digests = [f"{n:032x}" for n in numbers]
        languages = ["en" if n % 2 else "fr" for n in numbers]
        known_by = {"email_digest": digests, "mailbox_digest": digests}
        pour(person, {"id": [uuid4() for _ in numbers], "language": languages, **known_by})


def _parts(number: int) -> Iterator[range]:
    return (range(start, min(start + PART, number)) for start in range(0, number, PART))
