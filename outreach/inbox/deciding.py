"""What becomes of something that came in: it answers an appeal, or it is set aside for a reason. Nothing is deleted."""

from datetime import datetime

from django.db import transaction

from campaigns.appeal import Appeal
from outreach.guess import let_go
from outreach.incoming import Incoming
from outreach.response import Response, record_response

Aside, State = Incoming.Aside, Incoming.State
SETTLED = ("state", "aside", "reason", "settled_by", "settled_at")
DECIDED = (*SETTLED, "heap")
PROPOSED = {"auto-reply": Response.Kind.AUTO_REPLY, "acknowledgement": Response.Kind.ACKNOWLEDGEMENT}
"""What a rule may propose. What looks like an answer is for a person to name."""


class NotDecidable(ValueError):
    """Why it cannot become that; nothing was changed. `field`: what of a form is wrong."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


@transaction.atomic
def deliver(incoming: Incoming, appeal: Appeal, *, by: str, now: datetime, doubt: str = "") -> Response:
    """It answers this appeal: a response, unread until a person gives its kind. Doing it again changes nothing.

    One that was matched may be delivered to another appeal as well; one that was set aside comes back.
    `by`: the person, or the rule. Raises NotDecidable while it has not been read, and NotRecordable if the campaign is
    not published.
    """
    kept = _locked(incoming)
    if kept.state == State.WAITING:
        raise NotDecidable("It has not been read yet; try again in a moment")
    response = kept.responses.filter(appeal=appeal).first() or _response(kept, appeal, by, now, doubt)
    if kept.state != State.MATCHED:
        _settle(kept, State.MATCHED, by, now)
    incoming.refresh_from_db(fields=DECIDED)
    return response


def _response(kept: Incoming, appeal: Appeal, by: str, now: datetime, doubt: str) -> Response:
    gist = kept.gist
    return record_response(
        appeal,
        channel=kept.channel,
        text=gist.own_text or gist.text,
        language=gist.language,
        received_at=min(kept.received_at, now),
        recorded_by=by,
        now=now,
        incoming=kept,
        reference=gist.url[:300],
        proposed_kind=PROPOSED.get(kept.kind, ""),
        proposed_why=kept.why,
        doubt=doubt,
    )


@transaction.atomic
def set_aside(incoming: Incoming, aside: str, *, by: str, now: datetime, note: str = "") -> bool:
    """It answers nothing, for one of `Incoming.Aside`; kept all the same. False if it was set aside so before.

    Where it has become a response to one appeal, and a person was to say whether it answers others, it does not.
    `note`: why, in a person's words. Raises NotDecidable if there is no such reason or it has become a response.
    """
    if aside not in Aside.values:
        raise NotDecidable(f"“{aside}” is no reason; choose one of {', '.join(Aside.values)}", "aside")
    kept = _locked(incoming)
    if kept.state == State.MATCHED:
        raise NotDecidable("It has become a response already; say there what kind of answer it is")
    if (kept.state, kept.aside) == (State.SET_ASIDE, aside):
        return False
    if kept.responses.exists():
        _settle(kept, State.MATCHED, by, now, reason=note)
    else:
        _settle(kept, State.SET_ASIDE, by, now, aside=aside, reason=note or kept.reason)
    incoming.refresh_from_db(fields=DECIDED)
    return True


@transaction.atomic
def quarantine(incoming: Incoming, reason: str, *, heap: str = "") -> None:
    """A person has to decide; `reason` is for them. `heap`: of the flood that it belongs to."""
    Incoming.objects.filter(pk=incoming.pk).update(state=State.QUARANTINED, reason=reason, heap=heap)
    incoming.refresh_from_db(fields=DECIDED)


def _locked(incoming: Incoming) -> Incoming:
    return Incoming.objects.without_weight().select_for_update().get(pk=incoming.pk)


def _settle(kept: Incoming, state: str, by: str, now: datetime, *, aside: str = "", reason: str = "") -> None:
    kept.state, kept.aside, kept.reason, kept.settled_by, kept.settled_at = state, aside, reason, by, now
    kept.save(update_fields=SETTLED)
    let_go(kept)
