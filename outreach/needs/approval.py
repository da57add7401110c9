"""Steps and mailings that do not begin before this person, or another approver, has looked at what they send."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import User

from campaigns.mailing import Mailing
from campaigns.text import in_language
from outreach.approving import Ask, approvals_due
from outreach.mailings.steering import to_approve
from outreach.needs.need import MOST, Kind, Need, NotSettled, Scope


class ToApprove(Kind):
    name = "approval"
    title = "Approvals"

    def among(self, scope: Scope, now: datetime, only: UUID | None = None) -> Iterator[Need]:
        """What somebody else could approve, and this person may not, is not theirs to see to."""
        found = (ask for ask in approvals_due(scope.user, now) if only in (None, ask.step.pk))
        for number, ask in enumerate(found):
            if number < MOST and scope.campaign in (None, ask.campaign):
                yield _need(ask, now)
        mailings = to_approve(scope.user, scope.campaigns)
        yield from (_of_mailing(each, now) for each in mailings[:MOST] if only in (None, each.pk))

    def settle(self, need: Need, do: str, said: Mapping[str, str], by: User, now: datetime) -> str:
        raise NotSettled("Look at what the step sends, and approve it there")


def _need(ask: Ask, now: datetime) -> Need:
    title, number = in_language(ask.step.title, "en"), len(ask.appeals)
    return Need(
        kind=TO_APPROVE.name,
        ref=str(ask.step.pk),
        campaign=ask.campaign,
        title=f"Step {ask.step.number}, {title}, needs {_approvals(ask.lacking)}",
        since=min(ask.wanted_at or now, now),
        stops=ask.is_waiting(now),
        state_said="The clock waits for it" if ask.is_waiting(now) else "Its time has not come yet",
        source=f"For {number} addressee{'s' if number > 1 else ''}",
        then="You approve exactly what its page shows; what changes afterwards is asked about again.",
        path=f"/campaigns/{ask.campaign.slug}/approvals/{ask.step.key}",
    )


def _of_mailing(mailing: Mailing, now: datetime) -> Need:
    number, wanted_at = mailing.lacking(), mailing.at or now
    return Need(
        kind=TO_APPROVE.name,
        ref=str(mailing.pk),
        campaign=mailing.campaign,
        title=f"The mailing “{mailing.title}” needs {_approvals(number)}",
        since=min(wanted_at, now),
        state_said="It waits for it" if wanted_at <= now else "Its time has not come yet",
        source=mailing.for_whom.sentence(),
        then="You approve exactly what its page shows; what changes afterwards is asked about again.",
        path=f"/campaigns/{mailing.campaign.slug}/mailings/of/{mailing.key}",
    )


def _approvals(number: int) -> str:
    return "one more approval" if number == 1 else f"{number} approvals"


TO_APPROVE = ToApprove()
