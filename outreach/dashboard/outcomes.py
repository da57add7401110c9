"""Recording what an addressee did: every demand in one form, all of it or nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from campaigns import moment
from campaigns.appeal import Appeal
from campaigns.demand import Demand
from campaigns.outcome import NotRecordable, Outcome, Standing, record_outcome, standings
from outreach.dashboard.conversation import asked, show_conversation, whom
from outreach.dashboard.door import author, campaign_of, deed
from outreach.dashboard.words import counted

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
    evidence = request.POST.get("evidence", "").strip() or request.POST.get("answer", "").strip()
    if not evidence:
        return [("evidence", "Say what shows it: a link, a document, or one of their answers")]
    problems: Problems = []
    with transaction.atomic():
        for change in changes:
            try:
                record_outcome(
                    appeal,
                    change.demand,
                    change.kind,
                    evidence=evidence,
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
