"""The watch over the clocks: each pass takes its pulse, and stops everything where the time cannot be believed."""

from datetime import datetime, timedelta

import structlog
from django.core.cache import cache
from django.db import transaction
from redis.exceptions import RedisError

from campaigns import moment
from campaigns.hold import Hold
from campaigns.rezoning import keep_the_end_of_day
from outreach.pulse import Pulse, Reading, database_clock, disagreement, doubt, loss, read_clocks, zones_version

log = structlog.get_logger(__name__)
AUTHOR = "the clock"
Witness = tuple[int, datetime]


@transaction.atomic
def watch(now: datetime) -> Hold | None:
    """Take the pulse; the hold on everything that is placed if the clocks cannot be believed.

    While a person is asked, nothing is compared. When they have said that the clock is right, what it says then is
    what the next passes are compared with.
    """
    pulse, _ = Pulse.objects.select_for_update().get_or_create(pk=1)
    if pulse.is_doubted and Hold.objects.standing(now).filter(is_doubt=True).exists():
        return None
    here, there, seen = read_clocks(), database_clock(), _witnessed(pulse)
    problem = "" if pulse.is_doubted else _problem(pulse, here, there, seen)
    if problem:
        return _stop(pulse, problem, here, seen, now)
    _note_zones(pulse, now)
    if pulse.is_doubted:
        pulse.skew = there - here.at
    pulse.is_doubted = False
    pulse.at, pulse.boot, pulse.uptime, pulse.number = here.at, here.boot, here.uptime, pulse.number + 1
    pulse.save()
    transaction.on_commit(lambda: _tell(pulse))
    return None


def _problem(pulse: Pulse, here: Reading, there: datetime, seen: Witness | None) -> str:
    said = loss(pulse, *seen) if seen else ""
    said = said or (doubt(pulse.reading, here) if pulse.reading else "")
    return said or disagreement(here.at, there, pulse.skew)


def _stop(pulse: Pulse, problem: str, here: Reading, seen: Witness | None, now: datetime) -> Hold:
    """Clocks are kept still from the last moment that could be believed, so that none runs on when it is put right."""
    went_back = max(timedelta(), pulse.at - here.at) if pulse.at and not moment.is_virtual() else timedelta()
    pulse.is_doubted, pulse.number = True, max(pulse.number, seen[0] if seen else 0)
    pulse.save(update_fields=["is_doubted", "number"])
    log.error("everything stops: the time is in doubt", reason=problem)
    return Hold.objects.place_on_everything(
        reason=problem, author=AUTHOR, now=now, is_doubt=True, since=now + went_back
    )


def _note_zones(pulse: Pulse, now: datetime) -> None:
    version = zones_version()
    if pulse.zones and pulse.zones != version:
        reason = f"The time-zone database changed from {pulse.zones} to {version}"
        if moved := keep_the_end_of_day(reason=reason, author=AUTHOR, now=now):
            log.warning("deadlines keep to the end of their day", number=moved, reason=reason)
    pulse.zones = version


def _witnessed(pulse: Pulse) -> Witness | None:
    """The last pass that Valkey was told of. None if it is away, or has forgotten: then there is no second opinion."""
    try:
        found = cache.get(_name(pulse))
    except RedisError as away:
        log.debug("no witness", reason=str(away))
        return None
    return (int(found[0]), datetime.fromisoformat(found[1])) if found else None


def _tell(pulse: Pulse) -> None:
    assert pulse.at is not None
    try:
        cache.set(_name(pulse), (pulse.number, pulse.at.isoformat()), timeout=None)
    except RedisError as away:
        log.debug("no witness", reason=str(away))


def _name(pulse: Pulse) -> str:
    return f"pulse:{pulse.installation}"
