"""Why a delivery has not been sent, or has not arrived, in one sentence."""

from collections.abc import Iterable
from datetime import datetime

from campaigns.hold import Hold
from outreach.ask import MOST_ASKS
from outreach.dashboard.when import When
from outreach.dashboard.words import sentence
from outreach.delivery import Delivery
from outreach.office_hours import office_hours

State = Delivery.State
ENDED = {
    State.BOUNCED: "It came back",
    State.REFUSED: "It was refused and will not be tried again",
    State.SUPPRESSED: "The address must not be used",
    State.EXPIRED: "It would have come too late",
    State.CANCELLED: "The reason to send it is gone",
    State.HANDED: "Waits for a person to carry it",
    State.UNKNOWN: "Nobody can prove whether it arrived; a person must say",
}


def why_not(delivery: Delivery, holds: Iterable[Hold], now: datetime, when: When) -> str:
    """Empty for what was sent. `holds`: those that stand now."""
    state = State(delivery.state)
    if state in (State.SENT, State.DELIVERED):
        return ""
    if state == State.UNKNOWN and delivery.ask_at and delivery.asks < MOST_ASKS:
        return f"{sentence(delivery.reason or ENDED[state])} We ask {delivery.wire.capitalize()} what became of it."
    if state in ENDED:
        return sentence(delivery.reason or ENDED[state])
    if state == State.SENDING:
        return "It is on the wire now."
    if state == State.CLAIMED:
        return f"A worker has it, attempt {delivery.attempts}."
    if held := next((hold for hold in holds if stops(hold, delivery)), None):
        return sentence(f"{held.what()} is on hold: {held.reason}")
    if delivery.due_at > now:
        again = when.at(delivery.due_at).striptags()
        when_again = "tried again" if state == State.DELAYED else "looked at again"
        return sentence(f"{delivery.reason}; {when_again} {again}" if delivery.reason else f"Not due before {again}")
    if shut := office_hours([delivery], now).get(delivery.pk):
        return sentence(shut.reason)
    return "It is due, and waits for a worker."


def stops(hold: Hold, delivery: Delivery) -> bool:
    """Whether this hold keeps the delivery from leaving: it fits everything the hold names."""
    named = [
        (hold.campaign_id, delivery.campaign_id),
        (hold.step_id, delivery.step_id),
        (hold.addressee_id, delivery.addressee_id),
        (hold.channel, delivery.channel),
    ]
    address = delivery.contact_point.address if delivery.contact_point else ""
    fits_domain = not hold.domain or address.casefold().endswith(f"@{hold.domain}".casefold())
    return fits_domain and all(not wanted or wanted == there for wanted, there in named)
