"""The position ledger: what addressees did, who recorded it, who looked at it again."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
from django.db import transaction

from campaigns import review as reviewing
from campaigns.appeal import Appeal
from campaigns.moment import now
from campaigns.outcome import NotRecordable, Outcome
from outreach.cli.running import Slug, asked, found, near, told
from outreach.cli.say import AsJson, Author, document, refuse
from outreach.exhibit import Exhibit, Shown, keep_exhibit, record_shown


def outcome(
    campaign: Slug,
    addressee: Annotated[str, typer.Argument(help="The addressee's key.", show_default=False)],
    demand: Annotated[str, typer.Option(help="The demand's key, or all.", show_default=False)],
    kind: Annotated[str, typer.Option(help="refused, deflected, committed, partly, done; none takes an entry back.")],
    by: Author,
    evidence: Annotated[str, typer.Option(help="A link, or what shows it.", show_default=False)] = "",
    file: Annotated[Path | None, typer.Option(help="A photograph or PDF that shows it.", show_default=False)] = None,
    until: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The last day of a commitment.")] = None,
    summary: str = "",
    as_json: AsJson = False,
) -> None:
    """Record what an addressee did about a demand. When no demand is open any more, the clock stops."""
    running = found(campaign, as_json)
    appeal = asked(running, addressee, as_json)
    wanted = [each for each in running.demands.all() if demand in ("all", each.key)]
    if not wanted:
        demands = list(running.demands.values_list("key", flat=True))
        refuse(f"“{running.slug}” has no demand “{demand}”{near(demand, demands)}", as_json)
    last_day: date | None = until.date() if until else None
    try:
        with transaction.atomic():
            shown = Shown(evidence, exhibit=_exhibit(appeal, file, by) if file else None)
            for each in wanted:
                record_shown(appeal, each, kind, shown, author=by, now=now(), until=last_day, summary=summary)
    except OSError as problem:
        refuse(f"{file}: {problem.strerror}", as_json)
    except NotRecordable as problem:
        refuse(str(problem), as_json)
    appeal.refresh_from_db()
    document(told(appeal)) if as_json else typer.echo(
        f"Recorded. The appeal to {appeal.addressee.name}: {appeal.status}."
    )


def review(
    outcome: Annotated[int, typer.Argument(help="Its number, as the list of outcomes says.", show_default=False)],
    by: Author,
    doubt: Annotated[str, typer.Option(help="What is wrong with the evidence; without it, the outcome holds.")] = "",
    as_json: AsJson = False,
) -> None:
    """Say, as a second person, that an outcome and its evidence hold, or what is wrong with them."""
    recorded = Outcome.objects.select_related("demand", "appeal__addressee").filter(pk=outcome).first()
    if recorded is None:
        refuse(f"There is no outcome {outcome}", as_json)
    try:
        said = reviewing.review(recorded, reviewer=by, now=now(), holds=not doubt, note=doubt)
    except NotRecordable as problem:
        refuse(str(problem), as_json)
    what = f"{recorded.appeal.addressee.name}, {recorded.demand.key}: {recorded.kind}"
    kept = {"outcome": outcome, "holds": said.holds, "note": said.note, "reviewer": said.reviewer, "at": said.at}
    document(kept) if as_json else typer.echo(f"{what}. {'It holds' if said.holds else 'Doubted'}, says {by}.")


def _exhibit(appeal: Appeal, file: Path, by: str) -> Exhibit:
    return keep_exhibit(appeal, file.read_bytes(), name=file.name, by=by, now=now())
