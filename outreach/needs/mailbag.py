"""Supporters' letters of which nobody can say whether they arrived, or that did not: a person finds out, or has them
sent once more.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Q

from outreach.letters.again import NotPossible, arrived, send_once_more
from outreach.letters.letter import Letter
from outreach.letters.mailbag import Mailbag
from outreach.needs.need import MOST, Choice, IsGone, Kind, Need, NotSettled, Scope, name_of

State = Mailbag.State
ARRIVED, AGAIN = "arrived", "again"
ONCE_MORE = Choice(AGAIN, "Send once more", "mail")
CAME_TO_NOTHING = {State.REFUSED: "refused", State.BOUNCED: "came back"}


class Mailed(Kind):
    name = "letters"
    title = "Supporters’ letters"
    can_be_put_aside = True

    def among(self, scope: Scope, now: datetime, only: UUID | None = None) -> Iterator[Need]:
        """Those that are unknown, and those that did not arrive and whose letters are still in them."""
        inside = Letter.objects.filter(mailbag=OuterRef("pk"), state=Letter.State.TAKEN, wiped_at=None)
        lost = Q(Exists(inside), state__in=Mailbag.DID_NOT_ARRIVE)
        rows = Mailbag.objects.filter(lost | Q(state=State.UNKNOWN), campaign__in=scope.campaigns)
        rows = rows if only is None else rows.filter(pk=only)
        for bag in rows.select_related("campaign", "addressee", "contact_point").order_by("created_at", "pk")[:MOST]:
            yield _need(bag)

    def settle(self, need: Need, do: str, said: Mapping[str, str], by: User, now: datetime) -> str:
        bag = Mailbag.objects.filter(pk=need.ref).first()
        if bag is None:
            raise IsGone
        try:
            if do == ARRIVED:
                arrived(bag, by=name_of(by), now=now)
                return "Settled: it arrived."
            if do == AGAIN:
                send_once_more(bag, by=name_of(by), now=now)
                return "It leaves once more, when its turn comes."
        except NotPossible as reason:
            raise NotSettled(str(reason)) from None
        raise NotSettled("Say whether it arrived, or have it sent once more")


def _need(bag: Mailbag) -> Need:
    what = f"{bag.number} letters of supporters" if bag.is_digest else "A supporter’s letter"
    unknown = bag.state == State.UNKNOWN
    became = "nobody can say whether it arrived" if unknown else CAME_TO_NOTHING[State(bag.state)]
    return Need(
        kind=MAILED.name,
        ref=str(bag.pk),
        campaign=bag.campaign,
        addressee=bag.addressee.name,
        title=f"{what} to {bag.addressee.name}: {became}",
        since=bag.tried_at or bag.created_at,
        state=bag.state,
        state_said="Unknown" if unknown else "Did not arrive",
        source=" · ".join(filter(None, [bag.address, bag.wire])),
        said=bag.reason,
        then="It is not sent again by itself, for it leaves at most once.",
        path=f"/campaigns/{bag.campaign.slug}/letters",
        choices=(Choice(ARRIVED, "It arrived", "delivered"), ONCE_MORE) if unknown else (ONCE_MORE,),
    )


MAILED = Mailed()
