"""Letting a mailing go, and stopping it: a yes to exactly what was seen, a time, a hold, an end."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet

from campaigns.campaign import Campaign
from campaigns.hold import Hold
from campaigns.mailing import Mailing, MailingApproval
from outreach.chunk import Chunk
from outreach.delivery import Delivery
from outreach.roles import may_approve

State = Mailing.State


class NotNow(ValueError):
    """Something that cannot be done with a mailing as it stands, and why; nothing was changed."""


class NotAllowed(NotNow):
    """Whoever asks may not do it."""


@transaction.atomic
def plan(mailing: Mailing, at: datetime | None, now: datetime) -> Mailing:
    """Let it begin at `at`, or now; it waits for the approvals the campaign asks for. Raises NotNow."""
    if mailing.campaign.status == Campaign.Status.DRAFT:
        raise NotNow("The campaign is not published yet: nobody can be told of it")
    if at is not None and at < now:
        raise NotNow("That moment is past; leave it out to begin now")
    if not mailing.move(State.PLANNED, at=at or now):
        raise NotNow(f"“{mailing.title}” is {mailing.state}, and no draft any more")
    return mailing


@transaction.atomic
def take_back(mailing: Mailing) -> Mailing:
    """Make it a draft again, as long as nothing of it is written. Raises NotNow."""
    locked = Mailing.objects.select_for_update().get(pk=mailing.pk)
    if not locked.move(State.DRAFT, at=None):
        raise NotNow(f"“{mailing.title}” is {locked.state}: it can be stopped, and not changed any more")
    return locked


@transaction.atomic
def stop(mailing: Mailing, reason: str, author: str, now: datetime) -> Mailing:
    """End it for good: nothing of it leaves any more but what is on the wire just now. Raises NotNow."""
    if not reason.strip():
        raise NotNow("Say why it is stopped: everyone who wonders will read it")
    locked = Mailing.objects.select_for_update().get(pk=mailing.pk)
    if not locked.move(State.STOPPED, stopped_at=now, stopped_by=author[:150], stop_reason=reason.strip()):
        raise NotNow(f"“{mailing.title}” is {locked.state}: nothing of it is under way")
    let_go_on(locked, author, now)  # or the workers could not end what waits
    Chunk.objects.filter(wave__mailing=locked, state=Chunk.State.DUE).update(due_at=now)
    Delivery.objects.filter(wave__mailing=locked, state__in=Delivery.CLAIMABLE, chunk=None).update(due_at=now)
    return locked


def hold(mailing: Mailing, reason: str, author: str, now: datetime, until: datetime | None = None) -> Hold:
    """Stop it for a while. Raises NotHoldable."""
    return Hold.objects.place(
        campaign=mailing.campaign, mailing=mailing, reason=reason, author=author, now=now, until=until
    )


def let_go_on(mailing: Mailing, author: str, now: datetime) -> int:
    """Lift the holds on this mailing; answers how many. Those on more than it stand."""
    return sum(each.lift(now, author) for each in mailing.holds.standing(now))


def standing_holds(mailing: Mailing, now: datetime) -> list[Hold]:
    """The holds that keep this mailing from leaving as a whole."""
    found = Hold.objects.standing(now).over(mailing.campaign).filter(addressee=None, step=None, domain="")
    return [each for each in found if each.mailing_id in (None, mailing.pk) and each.channel in ("", "email")]


@transaction.atomic
def approve(mailing: Mailing, user: User, seen: str, now: datetime) -> MailingApproval:
    """Say yes to exactly what was `seen` (`Mailing.content`). Raises NotNow, or NotAllowed."""
    if not may_approve(user):
        raise NotAllowed("Only an approver or an owner may approve a mailing")
    locked = Mailing.objects.select_for_update().get(pk=mailing.pk)
    if locked.state not in (State.DRAFT, State.PLANNED):
        raise NotNow(f"“{locked.title}” is {locked.state}: it is too late to approve it")
    if locked.content() != seen:
        raise NotNow("What you saw has changed since. Look again, and approve it as it is now")
    if locked.standing_approvals().filter(approver=user).exists():
        raise NotNow("You have approved it already; somebody else must, too")
    name = (user.get_full_name() or user.get_username())[:150]
    return MailingApproval.objects.create(mailing=locked, approver=user, author=name, content=seen, at=now)


def to_approve(user: User, campaigns: QuerySet[Campaign]) -> list[Mailing]:
    """What this person could approve now and has not: mailings that wait for it, the most urgent first."""
    if not may_approve(user):
        return []
    waiting = Mailing.objects.filter(state=State.PLANNED, campaign__in=campaigns, campaign__steps__approvers__gt=0)
    found = waiting.select_related("campaign").distinct().order_by("at", "key")
    return [each for each in found if each.lacking() and not each.standing_approvals().filter(approver=user).exists()]


@transaction.atomic
def take_back_approval(mailing: Mailing, user: User, now: datetime) -> None:
    """Whoever approved thinks better of it, before it has begun. Raises NotNow."""
    locked = Mailing.objects.select_for_update().get(pk=mailing.pk)
    if locked.state not in (State.DRAFT, State.PLANNED):
        raise NotNow("It is too late to take it back: the mailing has begun")
    if not locked.approvals.filter(approver=user, taken_back_at=None).update(taken_back_at=now):
        raise NotNow("You have not approved it")
