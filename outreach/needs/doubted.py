"""Outcomes that a second person doubts: recorded anew, or found to hold after all."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import F, OuterRef, Subquery

from campaigns.outcome import NotRecordable, Outcome
from campaigns.review import Review, review
from campaigns.text import in_language
from outreach.needs.need import MOST, Ask, Choice, IsGone, Kind, Need, NotSettled, Scope, name_of

HOLDS = "holds"


class Doubted(Kind):
    name = "doubt"
    title = "Doubted outcomes"
    can_be_put_aside = True

    def among(self, scope: Scope, now: datetime, only: UUID | None = None) -> Iterator[Need]:
        """Those that still count, and whose newest review is a doubt."""
        same = Outcome.objects.filter(appeal=OuterRef("outcome__appeal"), demand=OuterRef("outcome__demand"))
        newest = Subquery(same.order_by("-id").values("pk")[:1])
        last = Subquery(Review.objects.filter(outcome=OuterRef("outcome")).order_by("-id").values("pk")[:1])
        rows = Review.objects.filter(holds=False, outcome__appeal__campaign__in=scope.campaigns)
        rows = rows.annotate(last=last, newest=newest)
        together = ("outcome__demand", "outcome__appeal__campaign", "outcome__appeal__addressee")
        for doubt in rows.filter(pk=F("last"), outcome=F("newest")).select_related(*together).order_by("at")[:MOST]:
            yield _need(doubt)

    def settle(self, need: Need, do: str, said: Mapping[str, str], by: User, now: datetime) -> str:
        if do != HOLDS:
            raise NotSettled("Record the outcome anew in the conversation, or say that it holds")
        doubt = Review.objects.select_related("outcome").filter(pk=need.ref).first()
        if doubt is None or doubt.outcome.reviews.last() != doubt:
            raise IsGone
        try:
            review(doubt.outcome, reviewer=name_of(by), now=now, note=said.get("note", ""))
        except NotRecordable as reason:
            raise NotSettled(str(reason)) from None
        return "Noted: it holds."


def _need(doubt: Review) -> Need:
    outcome = doubt.outcome
    office, demand = outcome.appeal.addressee, outcome.demand
    return Need(
        kind=DOUBTED.name,
        ref=str(doubt.pk),
        campaign=outcome.appeal.campaign,
        addressee=office.name,
        title=f"{office.name}, demand {demand.number}: “{outcome.kind}” is doubted",
        since=doubt.at,
        state="missing",
        state_said="Doubted",
        source=f"Recorded by {outcome.author}, doubted by {doubt.reviewer} · evidence: {outcome.evidence}",
        said=doubt.note,
        then=f"What does not hold is recorded anew in the conversation: {in_language(demand.title, 'en')}.",
        path=f"/campaigns/{outcome.appeal.campaign.slug}/addressees/{office.key}",
        choices=(Choice(HOLDS, "It holds after all", "done"),),
        asks=(Ask("note", "Why it holds", "Optional."),),
    )


DOUBTED = Doubted()
