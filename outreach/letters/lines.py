"""The letters of a campaign addressee by addressee: what waits, what has left, and when the next one leaves."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Min, Q

from campaigns.addressee import Addressee, ContactPoint
from campaigns.campaign import Campaign
from campaigns.hold import LETTERS, Hold
from outreach.letters.hindrances import is_held, points_of, standing_holds, withdrawn
from outreach.letters.letter import Letter
from outreach.letters.letter_reply import LetterReply
from outreach.letters.mailbag import Mailbag
from outreach.letters.pacing import Rest, decide
from outreach.letters.piles import inboxes, pace

State = Letter.State
NO_ADDRESS, HELD = "There is no email address that may be used", "On hold"
TAKEN_BACK = "The demands were taken back from them"
ON_ITS_WAY = "The one before it is on its way"


@dataclass(frozen=True, slots=True)
class Line:
    """The letters to one addressee. `next_at`: when one leaves for its inbox next (UTC); None if nothing waits, or if
    it cannot be said: then `why` says what is in the way. `point`: where they go. `hold`: on letters to it alone.
    """

    addressee: Addressee
    waiting: int
    oldest_at: datetime | None
    sent_alone: int
    sent_together: int
    answered: int
    next_at: datetime | None
    why: str
    point: ContactPoint | None
    hold: Hold | None


def lines(campaign: Campaign, now: datetime) -> list[Line]:
    """Those for whom most wait come first."""
    rows = _counted(campaign)
    addressees = Addressee.objects.in_bulk(rows)
    points, holds = points_of(rows), standing_holds(now)
    next_at, on_letters, answered = _next(now, rows), letter_holds(campaign, now), _answered(campaign)
    not_asked = withdrawn([campaign.pk])
    found = []
    for pk, row in rows.items():
        point = points.get(pk)
        held = is_held(campaign.pk, pk, point.address if point else "", holds)
        why = NO_ADDRESS if point is None else HELD if held else "" if pk in next_at else ON_ITS_WAY
        why = TAKEN_BACK if (campaign.pk, pk) in not_asked else why
        found.append(
            Line(
                addressee=addressees[pk],
                waiting=row.waiting,
                oldest_at=row.oldest_at,
                sent_alone=row.sent_alone,
                sent_together=row.sent_together,
                answered=answered.get(pk, 0),
                next_at=next_at.get(pk) if row.waiting and not why else None,
                why=why if row.waiting else "",
                point=point,
                hold=on_letters.get(pk) or on_letters.get(None),
            )
        )
    return sorted(found, key=lambda line: (-line.waiting, line.addressee.name))


def letter_holds(campaign: Campaign, now: datetime) -> dict[uuid.UUID | None, Hold]:
    """The holds on supporters' letters alone that stand, by addressee; on all of them under None."""
    standing = Hold.objects.standing(now).over(campaign).filter(channel=LETTERS, step=None, domain="")
    return {hold.addressee_id: hold for hold in standing.order_by("-began_at")}


def written_to(campaign: Campaign) -> dict[uuid.UUID, int]:
    """How many letters have left for each addressee, by primary key: for everybody to see."""
    return {pk: row.sent_alone + row.sent_together for pk, row in _counted(campaign).items()}


class _Counted(NamedTuple):
    addressee: uuid.UUID
    waiting: int
    oldest_at: datetime | None
    sent_alone: int
    sent_together: int


def _counted(campaign: Campaign) -> dict[uuid.UUID, _Counted]:
    gone = Q(mailbag__sent_at__isnull=False) & ~Q(mailbag__state__in=Mailbag.DID_NOT_ARRIVE)
    standing = Letter.objects.filter(campaign=campaign, state__in=Letter.STANDING).order_by().values("addressee")
    rows = standing.annotate(
        waiting=Count("pk", filter=Q(state=State.CONFIRMED)),
        oldest_at=Min("confirmed_at", filter=Q(state=State.CONFIRMED)),
        sent_alone=Count("pk", filter=gone & Q(mailbag__is_digest=False)),
        sent_together=Count("pk", filter=gone & Q(mailbag__is_digest=True)),
    )
    return {row["addressee"]: _Counted(**row) for row in rows}


def _answered(campaign: Campaign) -> dict[uuid.UUID, int]:
    """How many letters an office has answered, automatic replies aside."""
    replies = LetterReply.objects.filter(letter__campaign=campaign, is_automatic=False).order_by()
    counted = replies.values("letter__addressee").annotate(number=Count("letter", distinct=True))
    return dict(counted.values_list("letter__addressee", "number"))


def _next(now: datetime, addressees: Mapping[uuid.UUID, object]) -> dict[uuid.UUID, datetime]:
    """When something leaves next for the inbox of each; not for those where the one before is on its way."""
    found: dict[uuid.UUID, datetime] = {}
    for inbox in inboxes(now, list(addressees)):
        if inbox.gone.is_single_on_its_way:
            continue
        what = decide(inbox.piles, inbox.gone, pace(), now)
        found |= dict.fromkeys(inbox.points, what.until if isinstance(what, Rest) else now)
    return found
