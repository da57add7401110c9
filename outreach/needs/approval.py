"""Steps that do not begin before this person, or another approver, has looked at what they send."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import User

from campaigns.text import in_language
from outreach.approving import Ask, approvals_due
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

    def settle(self, need: Need, do: str, said: Mapping[str, str], by: User, now: datetime) -> str:
        raise NotSettled("Look at what the step sends, and approve it there")


def _need(ask: Ask, now: datetime) -> Need:
    title, number = in_language(ask.step.title, "en"), len(ask.appeals)
    lacking = "one more approval" if ask.lacking == 1 else f"{ask.lacking} approvals"
    return Need(
        kind=TO_APPROVE.name,
        ref=str(ask.step.pk),
        campaign=ask.campaign,
        title=f"Step {ask.step.number}, {title}, needs {lacking}",
        since=min(ask.wanted_at or now, now),
        stops=ask.is_waiting(now),
        state_said="The clock waits for it" if ask.is_waiting(now) else "Its time has not come yet",
        source=f"For {number} addressee{'s' if number > 1 else ''}",
        then="You approve exactly what its page shows; what changes afterwards is asked about again.",
        path=f"/campaigns/{ask.campaign.slug}/approvals/{ask.step.key}",
    )


TO_APPROVE = ToApprove()
