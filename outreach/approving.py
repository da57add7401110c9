"""Approving a step before it begins: what is asked of whom, and a yes to exactly what was seen."""

import hashlib
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from campaigns.appeal import Appeal
from campaigns.approval import Approval, contents
from campaigns.campaign import Campaign
from campaigns.ladder import Rung
from campaigns.plan import following
from campaigns.position import Rules
from campaigns.step import Step
from campaigns.wave import Turn
from outreach.roles import may_approve
from outreach.standing import positions


class NotApprovable(ValueError):
    """Why a step is not approved, or an approval not taken back; nothing was changed."""


class NotAnApprover(NotApprovable):
    """Whoever asks may not approve."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A step that needs somebody's approval before it begins for these appeals, by name of their addressees.

    `wanted_at`: when it would begin; None if only an event can tell. `lacking`: how many more people must approve it.
    `seen`: names all of this in a word; who approves sends it back, so that they approve what they saw.
    """

    campaign: Campaign
    step: Step
    appeals: tuple[Appeal, ...]
    lacking: int
    wanted_at: datetime | None
    seen: str

    def is_waiting(self, now: datetime) -> bool:
        """Whether the clock waits for it."""
        return self.wanted_at is not None and self.wanted_at <= now


def asks(campaign: Campaign, now: datetime) -> list[Ask]:
    """The steps that come next for somebody and are not approved as they are; the most urgent first."""
    content = contents(campaign)
    if not content or campaign.status == Campaign.Status.CLOSED:
        return []
    wanted: dict[int, list[Wanted]] = defaultdict(list)
    for each in _wanted(campaign, now):
        wanted[each.rung.number].append(each)
    steps = {step.number: step for step in campaign.steps.all()}
    found = [_ask(campaign, steps[number], content[number], each) for number, each in wanted.items()]
    return sorted(found, key=lambda ask: (ask.wanted_at is None, ask.wanted_at, ask.step.number))


def ask_for(campaign: Campaign, step: str, now: datetime) -> Ask | None:
    """What is asked about one step; None if it needs no approval now."""
    return next((ask for ask in asks(campaign, now) if ask.step.key == step), None)


def approvals_due(user: User, now: datetime) -> list[Ask]:
    """What this person could approve now and has not, over all campaigns they may see; the most urgent first."""
    if not may_approve(user):
        return []
    visible = Campaign.objects.visible_to(user).filter(steps__approvers__gt=0).distinct().order_by("slug")
    found = [ask for campaign in visible for ask in asks(campaign, now) if not has_approved(user, ask)]
    return sorted(found, key=lambda ask: (ask.wanted_at is None, ask.wanted_at))


def approvers_of(ask: Ask) -> list[Approval]:
    """The approvals that count for what is asked, oldest first."""
    content = contents(ask.campaign)[ask.step.number]
    standing = Approval.objects.filter(step=ask.step, taken_back_at=None, content=content)
    return list(standing.filter(appeals__in=[appeal.pk for appeal in ask.appeals]).distinct().order_by("at"))


def has_approved(user: User, ask: Ask) -> bool:
    """Whether this person has approved it for every appeal it is asked about."""
    theirs = Approval.objects.filter(step=ask.step, approver=user, taken_back_at=None)
    current = theirs.filter(content=contents(ask.campaign)[ask.step.number])
    return set(current.values_list("appeals", flat=True)) >= {appeal.pk for appeal in ask.appeals}


def current(approvals: Sequence[Approval]) -> set[uuid.UUID]:
    """Those whose step and wordings are still what was approved, and that were not taken back. One campaign's."""
    content = contents(approvals[0].step.campaign) if approvals else {}
    return {each.pk for each in approvals if not each.taken_back_at and content.get(each.step.number) == each.content}


@transaction.atomic
def approve(campaign: Campaign, step: str, user: User, *, seen: str, now: datetime) -> Approval:
    """Say yes to what a step would send, for the appeals it is asked about. Raises NotApprovable with a sentence.

    `seen` is what the caller was shown (`Ask.seen`): if the step, its wordings or its appeals are others by now,
    nothing is approved.
    """
    if not may_approve(user):
        raise NotAnApprover("Only an approver or an owner may approve a step")
    Campaign.objects.select_for_update().get(pk=campaign.pk)
    ask = ask_for(campaign, step, now)
    if ask is None:
        raise NotApprovable(f"Step “{step}” needs no approval now")
    if ask.seen != seen:
        raise NotApprovable("What you saw has changed since. Look again, and approve it as it is now")
    if has_approved(user, ask):
        raise NotApprovable("You have approved it already; somebody else must, too")
    approval = Approval.objects.create(
        step=ask.step,
        approver=user,
        author=(user.get_full_name() or user.get_username())[:150],
        content=contents(campaign)[ask.step.number],
        at=now,
    )
    approval.appeals.set(ask.appeals)
    return approval


@transaction.atomic
def take_back(approval: Approval, user: User, now: datetime) -> None:
    """Whoever approved thinks better of it. Raises NotApprovable once the step has begun for everyone."""
    if approval.approver_id != user.pk:
        raise NotAnApprover("Only who approved it can take that back")
    begun = Turn.objects.filter(step=approval.step_id, reminder=0, appeal__in=approval.appeals.all())
    if begun.count() >= approval.appeals.count():
        raise NotApprovable("It is too late to take it back: the step has begun")
    if not Approval.objects.filter(pk=approval.pk, taken_back_at=None).update(taken_back_at=now):
        raise NotApprovable("It was taken back before")
    approval.refresh_from_db()


@dataclass(frozen=True, slots=True)
class Wanted:
    """A step that comes next for an appeal and lacks approvals."""

    appeal: Appeal
    rung: Rung
    lacking: int
    at: datetime | None


def _wanted(campaign: Campaign, now: datetime) -> Iterator[Wanted]:
    appeals = list(campaign.appeals.alive().select_related("step", "addressee").order_by("addressee__name", "pk"))
    rules: Rules = campaign.rules()
    for appeal, position in zip(appeals, positions(campaign, appeals, now), strict=True):
        rung, at = following(rules, position, now)
        if rung is None:
            continue
        lacking = rung.approvers - position.approvals.get(rung.number, 0)
        if lacking > 0:
            yield Wanted(appeal, rung, lacking, at)


def _ask(campaign: Campaign, step: Step, content: str, wanted: Sequence[Wanted]) -> Ask:
    appeals = tuple(each.appeal for each in wanted)
    times = [each.at for each in wanted if each.at is not None]
    lacking = max(each.lacking for each in wanted)
    return Ask(campaign, step, appeals, lacking, min(times, default=None), _seen(content, (a.pk for a in appeals)))


def _seen(content: str, appeals: Iterable[uuid.UUID]) -> str:
    return hashlib.sha256("\n".join([content, *sorted(map(str, appeals))]).encode()).hexdigest()
