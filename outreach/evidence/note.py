"""Noting: what the database has marked is compared with the log, and what is missing is appended."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime

import dramatiq
import structlog
from django.db import OperationalError, connection, transaction

from campaigns import moment
from campaigns.campaign import Campaign
from outreach.evidence.canonical import commitment
from outreach.evidence.chain import START, Line
from outreach.evidence.entry import Evidence, EvidenceSalt, salt_of
from outreach.evidence.fact import Fact, instant
from outreach.evidence.mark import EvidenceMark
from outreach.evidence.sources import facts_of, mark_all

log = structlog.get_logger(__name__)
AT_ONCE = 500


@dramatiq.actor(queue_name="events", time_limit=50_000)
def note() -> None:
    """Note what is marked. Losing the hint, or getting it twice, costs nothing but time."""
    note_marked(moment.now())


def is_behind() -> bool:
    """Whether something is marked and not noted yet; a glance at an index that is empty most of the time."""
    return EvidenceMark.objects.filter(problem="").exists()


def note_marked(now: datetime, *, waits: bool = False) -> int:
    """Append what is marked, a slice to a transaction; answers how many entries. One at a time does so.

    Another one at it is left alone, or, if this one `waits`, waited for.
    """
    appended = 0
    while (number := _note_next(now, waits)) is not None:
        appended += number
    return appended


def note_all(campaign: Campaign, now: datetime) -> int:
    """Compare the whole campaign with its log, not only what is marked, and append what is missing. What stood aside
    is tried again.
    """
    EvidenceMark.objects.exclude(problem="").update(problem="")
    mark_all(campaign)
    return note_marked(now, waits=True)


def _note_next(now: datetime, waits: bool) -> int | None:
    """None if there is nothing to note, or somebody else is at it."""
    with transaction.atomic():
        if not _lock(waits):
            return None
        marks = list(EvidenceMark.objects.filter(problem="").order_by("id")[:AT_ONCE])
        if not marks:
            return None
        try:
            with transaction.atomic():
                return _note(marks, now)
        except OperationalError:
            raise
        except Exception:
            log.exception("something marked could not be noted; each mark is tried alone", marks=len(marks))
        return sum(_note_alone(mark, now) for mark in marks)


def _note(marks: Sequence[EvidenceMark], now: datetime) -> int:
    for campaign in Campaign.objects.filter(pk__in=_unlogged(marks), published_at__isnull=False):
        mark_all(campaign)
    found = facts_of(marks)
    known = Campaign.objects.filter(pk__in={fact.campaign for fact in found}, published_at__isnull=False)
    number = sum(_append(pk, [f for f in found if f.campaign == pk], now) for pk in known.values_list("pk", flat=True))
    EvidenceMark.objects.filter(pk__in=[mark.pk for mark in marks]).delete()
    return number


def _note_alone(mark: EvidenceMark, now: datetime) -> int:
    """A mark that cannot be noted stands aside, and says why; it keeps no other from being noted."""
    try:
        with transaction.atomic():
            return _note([mark], now)
    except OperationalError:
        raise
    except Exception as reason:
        EvidenceMark.objects.filter(pk=mark.pk).update(problem=f"{type(reason).__name__}: {reason}")
        return 0


def _unlogged(marks: Iterable[EvidenceMark]) -> set[uuid.UUID]:
    """Campaigns that have no log yet: whatever was marked while they were drafts was passed over."""
    campaigns = {uuid.UUID(mark.about) for mark in marks if mark.kind == "campaign"}
    have = Evidence.objects.filter(campaign__in=campaigns, number=1).values_list("campaign", flat=True)
    return campaigns - set(have)


def _append(campaign: uuid.UUID, found: Sequence[Fact], now: datetime) -> int:
    """Write the lines that are new."""
    latest = _latest(campaign, found)
    last = Evidence.objects.filter(campaign=campaign).order_by("-number").values("number", "hash").first()
    number, previous = (last["number"], last["hash"]) if last else (0, START)
    rows: list[Evidence] = []
    salts: list[EvidenceSalt] = []
    for fact in found:
        if not _is_new(fact, latest.get(fact.name)):
            continue
        number, secret = number + 1, EvidenceSalt.new()
        line = _line(fact, number, previous, secret, now)
        latest[fact.name], previous = line, line.hash
        row = Evidence(
            campaign_id=campaign,
            number=number,
            kind=fact.kind,
            about=fact.about,
            addressee=fact.addressee,
            content=line.content.decode(),
            hash=previous,
        )
        rows.append(row)
        if fact.kept:
            salts.append(EvidenceSalt.of(row, secret, fact.kept))
    Evidence.objects.bulk_create(rows)
    EvidenceSalt.objects.bulk_create(salts)
    return len(rows)


def _latest(campaign: uuid.UUID, found: Sequence[Fact]) -> dict[tuple[str, str], Line]:
    """The newest line about each of these."""
    rows = Evidence.objects.filter(
        campaign=campaign, kind__in={fact.kind for fact in found}, about__in={fact.about for fact in found}
    )
    return {(row.kind, row.about): row.line for row in rows.order_by("number")}


def _is_new(fact: Fact, latest: Line | None) -> bool:
    return latest is None or (fact.changes and latest.told != fact.told)


def _line(fact: Fact, number: int, previous: str, secret: bytes, now: datetime) -> Line:
    return Line(
        number=number,
        kind=fact.kind,
        about=fact.about,
        addressee=fact.addressee,
        at=instant(fact.at or now),
        noted=instant(now),
        told=fact.told,
        committed={
            field: commitment(salt_of(secret, field), value.encode()) for field, value in sorted(fact.kept.items())
        },
        previous=previous,
    )


def _lock(waits: bool) -> bool:
    """Until the transaction ends."""
    with connection.cursor() as cursor:
        if waits:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('evidence', 0))")
            return True
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended('evidence', 0))")
        return bool(cursor.fetchone()[0])
