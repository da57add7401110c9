"""What a person, or a second address, does for a mailbag that did not arrive, or of which nobody knows."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from campaigns.addressee import ContactPoint
from outreach.health import note_proof
from outreach.letters.hindrances import points_of
from outreach.letters.letter import Letter
from outreach.letters.mailbag import Mailbag

State = Mailbag.State
NOT_AGAIN = "It is {state}: there is no reason to send it once more"


class NotPossible(ValueError):
    """Why it is not done; nothing was changed."""


@transaction.atomic
def arrived(bag: Mailbag, *, by: str, now: datetime) -> None:
    """A person found out that it arrived. Raises NotPossible if nobody is in doubt."""
    if bag.state not in (State.UNKNOWN, State.SENT):
        raise NotPossible(f"It is {bag.state}: nobody is in doubt")
    if not bag.move(State.DELIVERED, delivered_at=now, sent_at=bag.sent_at or now, reason="", settled_by=by):
        raise NotPossible("Somebody else has settled it")
    note_proof(bag)


@transaction.atomic
def send_once_more(bag: Mailbag, *, by: str, now: datetime) -> Mailbag:
    """A person wants its letters sent again; they know that it did not arrive, or take it upon them. At the next pass,
    where its office can be written to then. Raises NotPossible.
    """
    if bag.state not in (State.UNKNOWN, *Mailbag.DID_NOT_ARRIVE):
        raise NotPossible(NOT_AGAIN.format(state=bag.state))
    inside = Letter.objects.filter(mailbag=bag, state=Letter.State.TAKEN, wiped_at=None)
    if not inside.exists():
        raise NotPossible("Its letters have gone elsewhere, or are not kept any more")
    if bag.state == State.UNKNOWN and not bag.move(State.REFUSED, reason=f"{by} had it sent once more", settled_by=by):
        raise NotPossible("Somebody else has settled it")
    more = Mailbag.objects.create(
        campaign_id=bag.campaign_id,
        addressee_id=bag.addressee_id,
        contact_point_id=bag.contact_point_id,
        is_digest=bag.is_digest,
        number=inside.count(),
        instead_of=bag,
        due_at=now,
        created_at=now,
        settled_by=by,
    )
    inside.update(mailbag=more)
    return more


@transaction.atomic
def elsewhere(now: datetime) -> int:
    """Letters whose mailbag came back from an address that is dead wait for their turn at the next address, if there is
    one. Answers how many mailbags that were.
    """
    dead = ContactPoint.objects.filter(pk=OuterRef("contact_point"), health=ContactPoint.Health.DEAD)
    inside = Letter.objects.filter(mailbag=OuterRef("pk"), state=Letter.State.TAKEN, wiped_at=None)
    lost = Mailbag.objects.filter(Exists(dead), Exists(inside), state__in=Mailbag.DID_NOT_ARRIVE)
    lost = lost.select_for_update(of=("self",), skip_locked=True)
    found = list(lost)
    points = points_of({each.addressee_id for each in found})
    freed = [each for each in found if each.addressee_id in points]
    for each in freed:
        Letter.objects.filter(mailbag=each, state=Letter.State.TAKEN, wiped_at=None).move(
            Letter.State.CONFIRMED, mailbag=None
        )
    return len(freed)
