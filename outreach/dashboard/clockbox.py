"""What the clock of one appeal says: how much time is left, or why it stands."""

from dataclasses import dataclass
from datetime import datetime

from campaigns.appeal import Appeal
from campaigns.deadline import SECOND
from campaigns.moves import Wait
from campaigns.plan import decide
from outreach.dashboard.scene import Scene
from outreach.dashboard.when import When, span
from outreach.dashboard.words import listing, sentence, text_of

Status = Appeal.Status
HEADLINES = {
    "held": "Waiting on a hold",
    "unread": "Waiting: an answer lies unread",
    "committed": "Waiting on a commitment",
    "unproven": "Waiting for proof of delivery",
}


@dataclass(frozen=True, slots=True)
class ClockBox:
    headline: str
    sentence: str


def clock_box(scene: Scene, appeal: Appeal, when: When) -> ClockBox:
    """`when` says times on the campaign's clock; the addressee's own stands beside."""
    if scene.campaign.published_at is None:
        return ClockBox("Not published yet", "No clock runs before the campaign is published.")
    if appeal.status in (Status.ACTED, Status.EXHAUSTED, Status.WITHDRAWN):
        return _ended(appeal, when)
    if appeal.stopped_at is not None:
        left = f"{span(appeal.due_at - appeal.stopped_at)} left" if appeal.due_at else "not started"
        return ClockBox(f"The clock stands, {left}", _held(scene, appeal))
    move = decide(scene.rules, scene.positions[appeal.pk], scene.now)
    if isinstance(move, Wait):
        ends = f" Looks again {_both(when, appeal, move.until)}." if move.until else " It waits for a person."
        first = next((r for r in move.reasons if r.until is None), move.reasons[0])
        why = " ".join(sentence(reason.sentence) for reason in move.reasons)
        return ClockBox(HEADLINES.get(first.code, "Waiting"), why + ends)
    return _running(scene, appeal, when)


def _running(scene: Scene, appeal: Appeal, when: When) -> ClockBox:
    if appeal.step is None:
        return ClockBox("About to begin", "The first letter is written with the next pass of the clock.")
    if appeal.due_at is None:
        return ClockBox("Not started", "The time of this addressee begins when the first letter is proven delivered.")
    numbers = [str(demand.number) for demand in scene.standings[appeal.pk].open]
    still = f"demand {numbers[0]} is" if len(numbers) == 1 else f"demands {listing(numbers)} are"
    standpoint = scene.positions[appeal.pk].standpoint(scene.rules.ladder, scene.now)
    following = scene.rules.ladder.onward(appeal.step.number, standpoint).rung
    title = text_of(scene.steps[following.number - 1].title) if following else ""
    then = f"step {following.number} follows: {title}" if following else "the ladder ends"
    until = _both(when, appeal, appeal.due_at + SECOND)
    return ClockBox(f"{when.left(appeal.due_at + SECOND)} left", f"Until {until}. If {still} still open then, {then}.")


def _ended(appeal: Appeal, when: When) -> ClockBox:
    at = f" since {when.at(appeal.ended_at).striptags()}" if appeal.ended_at else ""
    if appeal.status == Status.ACTED:
        return ClockBox("Acted: no demand is open", f"The clock stands{at}. A correction would let it go on.")
    if appeal.status == Status.EXHAUSTED:
        return ClockBox("The ladder has ended", f"No action{at}. Late action can still be recorded.")
    return ClockBox("Withdrawn", f"The campaign took it back{at}.")


def _held(scene: Scene, appeal: Appeal) -> str:
    holds = [h for h in scene.holds if h.keeps_the_clock() and h.addressee_id in (None, appeal.addressee_id)]
    return " ".join(sentence(f"{hold.what()} is on hold: {hold.reason}") for hold in holds)


def _both(when: When, appeal: Appeal, moment: datetime) -> str:
    """On the campaign's clock, and on the addressee's where that is another one."""
    said = f"{when.at(moment).striptags()} {when.city}"
    there = When(appeal.addressee.time_zone, when.now)
    same = there.local(moment).utcoffset() == when.local(moment).utcoffset()
    return said if same else f"{said} ({there.at(moment).striptags()} {there.city})"
