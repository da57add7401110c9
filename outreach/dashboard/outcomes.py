"""Recording what an addressee did: every demand in one form, all of it or nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from campaigns import moment
from campaigns.appeal import Appeal
from campaigns.demand import Demand
from campaigns.outcome import NotRecordable, Outcome, Standing, standings
from campaigns.review import review
from outreach.dashboard.conversation import asked, show_conversation, whom
from outreach.dashboard.door import author, campaign_of, deed, page
from outreach.dashboard.uploads import file_of, given_back, uuid_of
from outreach.dashboard.words import counted
from outreach.exhibit import Exhibit, Shown, keep_exhibit, record_shown

NOTHING = "Nothing was changed. Choose an outcome for at least one demand"
Problems = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Change:
    """A demand whose outcome the form changes."""

    demand: Demand
    kind: str
    until: date | None


@deed
def record_outcomes(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Evidence is one for all demands of the form: a link, or what shows it."""
    campaign = campaign_of(request, slug)
    appeal = asked(campaign, key)
    standing = standings([appeal])[appeal.pk]
    problems: Problems = []
    changes = list(_changes(request, standing, problems))
    if not changes and not problems:
        problems.append((f"o-{standing.demands[0].key}", NOTHING))
    if not problems:
        problems = _record(request, appeal, changes)
    if problems:
        return show_conversation(request, campaign, whom(campaign, key), 422, problems=problems, said=request.POST)
    messages.success(request, f"Recorded: {counted(len(changes), 'outcome')}.")
    return redirect("conversation", slug=slug, key=key)


def _changes(request: HttpRequest, standing: Standing, problems: Problems) -> Iterator[Change]:
    """What differs from how the demands stand now."""
    for demand in standing.demands:
        now = standing.outcome(demand)
        kind = request.POST.get(f"o-{demand.key}", "") or Outcome.Kind.NONE.value
        said = request.POST.get(f"u-{demand.key}", "").strip() if kind == Outcome.Kind.COMMITTED else ""
        try:
            until = date.fromisoformat(said) if said else None
        except ValueError:
            problems.append((f"u-{demand.key}", f"Demand {demand.number}: give the day as in 2023-05-12"))
            continue
        before = (now.kind, now.until) if now else (Outcome.Kind.NONE, None)
        if (kind, until) != before:
            yield Change(demand, kind, until)


def _record(request: HttpRequest, appeal: Appeal, changes: list[Change]) -> Problems:
    """All changes, or none and why."""
    problems: Problems = []
    with transaction.atomic():
        try:
            shown = _shown(request, appeal)
        except NotRecordable as problem:
            return [(problem.field, str(problem))]
        for change in changes:
            try:
                record_shown(
                    appeal,
                    change.demand,
                    change.kind,
                    shown,
                    author=author(request),
                    now=moment.now(),
                    until=change.until,
                    summary=request.POST.get("summary", "").strip(),
                )
            except NotRecordable as problem:
                field = "u" if change.kind == Outcome.Kind.COMMITTED else "o"
                problems.append((f"{field}-{change.demand.key}", f"Demand {change.demand.number}: {problem}"))
        if problems:
            transaction.set_rollback(True)
    return problems


def _shown(request: HttpRequest, appeal: Appeal) -> Shown:
    """What the form gives as evidence; a file is kept. Raises NotRecordable."""
    words, answer = request.POST.get("evidence", "").strip(), request.POST.get("answer", "").strip()
    if answer:
        named = uuid_of(answer)
        if named is None or (response := appeal.responses.filter(pk=named).first()) is None:
            raise NotRecordable("Choose one of their answers", "answer")
        return Shown(words, response)
    if sent := file_of(request, "file"):
        exhibit = keep_exhibit(appeal, sent.content, name=sent.name, by=author(request), now=moment.now())
        return Shown(words, exhibit=exhibit)
    if not words:
        raise NotRecordable("Say what shows it: a link, a file, or one of their answers", "evidence")
    return Shown(words)


@deed
def review_outcome(request: HttpRequest, slug: str, outcome_id: int) -> HttpResponse:
    """A second person looked at an outcome and its evidence."""
    campaign = campaign_of(request, slug)
    outcome = get_object_or_404(Outcome.objects.filter(appeal__campaign=campaign), pk=outcome_id)
    key, note = outcome.appeal.addressee.key, request.POST.get("note", "")
    holds = request.POST.get("holds") != "no"
    try:
        review(outcome, reviewer=author(request), now=moment.now(), holds=holds, note=note)
    except NotRecordable as problem:
        problems = [(f"review-{outcome.pk}", str(problem))]
        return show_conversation(request, campaign, whom(campaign, key), 422, problems=problems, said=request.POST)
    messages.success(request, "Noted: it holds." if holds else "Your doubt is noted. A correction is a new entry.")
    return redirect("conversation", slug=slug, key=key)


@page
def exhibit(request: HttpRequest, slug: str, exhibit_id: UUID) -> HttpResponse:
    """A file that shows an outcome, as it came."""
    campaign = campaign_of(request, slug)
    return given_back(get_object_or_404(Exhibit.objects.filter(appeal__campaign=campaign), pk=exhibit_id))
