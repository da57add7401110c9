"""Why a step must wait (promise: never escalate unfairly). One rule a function, each with a sentence for people.

A guard gets the rules, the position and the moment, and answers with a Reason or None. `until` is the first second at
which the reason will be gone by itself; None when only a person or an event can lift it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from campaigns.deadline import SECOND, start_of_next_day
from campaigns.ladder import Rung
from campaigns.place import Place
from campaigns.position import Position, Rules

LONGEST_REST = 31  # days; no country rests longer in one piece


@dataclass(frozen=True, slots=True)
class Reason:
    """Why nothing happens now. `code` is one word for machines, `sentence` is for people."""

    code: str
    sentence: str
    until: datetime | None = None


Guard = Callable[[Rules, Position, datetime], Reason | None]


def held(rules: Rules, position: Position, now: datetime) -> Reason | None:
    for stop in position.stops:
        if stop.until is None or now < stop.until:
            ends = f" until {_moment(rules, stop.until)}" if stop.until else ""
            return Reason("held", f"{stop.what} is on hold{ends}: {stop.reason}", stop.until)
    return None


def answer_unread(rules: Rules, position: Position, now: datetime) -> Reason | None:
    if position.unread_since is None:
        return None
    return Reason("unread", f"an answer from {_day(rules, position.unread_since)} lies unread")


def commitment_runs(rules: Rules, position: Position, now: datetime) -> Reason | None:
    until = position.committed_until
    if until is None or now > until:
        return None
    return Reason("committed", f"a dated commitment runs until the end of {_day(rules, until)}", until + SECOND)


def not_proven_delivered(rules: Rules, position: Position, now: datetime) -> Reason | None:
    """A message a channel took and nobody sent back for `proof_after` counts as reached, for this guard only."""
    last = position.last_message
    if last is None:
        return _nothing_sent(rules, position)
    if last.proven_at is not None:
        return None
    message, trying = f"the letter of {_day(rules, last.at)}", f"; trying {last.trying}" if last.trying else ""
    if last.trouble:
        return Reason("unproven", f"{message} {last.trouble}{trying}")
    if last.accepted_at is None:
        return Reason("unproven", f"{message} is not proven delivered{trying}")
    enough = last.accepted_at + rules.fairness.proof_after
    if now >= enough:
        return None
    return Reason(
        "unproven", f"{message} was taken but is not proven delivered; it counts if nothing comes back{trying}", enough
    )


def _nothing_sent(rules: Rules, position: Position) -> Reason | None:
    if position.was_to_be_written_to(rules.ladder):
        return Reason("unproven", "no message could be sent: there is no usable address")
    return None


def too_soon(rules: Rules, position: Position, now: datetime) -> Reason | None:
    if position.last_message is None:
        return None
    allowed = position.last_message.at + rules.fairness.minimum_gap
    if now >= allowed:
        return None
    hours = f"{rules.fairness.minimum_gap / timedelta(hours=1):g} hours"
    left = _moment(rules, position.last_message.at)
    return Reason("gap", f"the last letter left on {left}, and {hours} lie between two", allowed)


def addressee_rests(rules: Rules, position: Position, now: datetime) -> Reason | None:
    """Weekends and public holidays of the addressee's own place, where the campaign respects them."""
    rest = _rest(rules, position.place, now)
    if rest is None:
        return None
    working = now
    for _ in range(LONGEST_REST):
        working = start_of_next_day(working, position.place.zone)
        if _rest(rules, position.place, working) is None:
            break
    return Reason("rest", f"it is {rest} in {position.place.country or position.place.zone.key}", working)


def not_approved(rung: Rung) -> Guard:
    """A guard: the step waits until as many people as it needs have approved it, exactly as it is, for this appeal."""

    def lacks_approval(rules: Rules, position: Position, now: datetime) -> Reason | None:
        given = position.approvals.get(rung.number, 0)
        if given >= rung.approvers:
            return None
        lacking = "one more approval" if given else "one approval" if rung.approvers == 1 else "two approvals"
        return Reason("approval", f"step “{rung.key}” needs {lacking}")

    return lacks_approval


ALWAYS: tuple[Guard, ...] = (held, answer_unread, commitment_runs)
BEFORE_A_STEP: tuple[Guard, ...] = (*ALWAYS, not_proven_delivered)
BEFORE_WRITING: tuple[Guard, ...] = (*BEFORE_A_STEP, too_soon, addressee_rests)


def reasons(guards: tuple[Guard, ...], rules: Rules, position: Position, now: datetime) -> tuple[Reason, ...]:
    """Every reason to wait, not only the first: people want to know what else stands in the way."""
    return tuple(_each(guards, rules, position, now))


def _each(guards: tuple[Guard, ...], rules: Rules, position: Position, now: datetime) -> Iterator[Reason]:
    for guard in guards:
        if reason := guard(rules, position, now):
            yield reason


def _rest(rules: Rules, place: Place, now: datetime) -> str | None:
    today, fairness = now.astimezone(place.zone).date(), rules.fairness
    return place.rest_on(today, weekends=fairness.respects_weekends, holidays=fairness.respects_holidays)


def _day(rules: Rules, moment: datetime) -> str:
    local = moment.astimezone(rules.zone)
    return f"{local.day} {local:%B}"


def _moment(rules: Rules, moment: datetime) -> str:
    local = moment.astimezone(rules.zone)
    return f"{local.day} {local:%B}, {local:%H:%M}"
