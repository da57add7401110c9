"""Signatures from a terminal: where they come from, whom a batch would take out, taking it out, putting it back."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

import typer

from campaigns.invalidation import Invalidation, Preview, invalidate, preview
from campaigns.moment import now
from campaigns.suspects import NoSuspects, Suspects
from outreach.cli.running import Slug, found
from outreach.cli.say import AsJson, Author, Yes, confirm, document, refuse, table
from outreach.origins import origins
from outreach.release import Held

signatures = typer.Typer(no_args_is_help=True, help="Find signatures that nobody gave, and take them out.")

Domain = Annotated[str, typer.Option(help="Of the address; what is below it, too.")]
Network = Annotated[str, typer.Option(help="As “outreach signatures origins” shows it.")]
Since = Annotated[datetime | None, typer.Option(help="Signed at or after this instant, in UTC.")]
Until = Annotated[datetime | None, typer.Option(help="Signed at or before this instant, in UTC.")]
MARKS = "trap, quick, role, disposable, network, domain, unproven"
Marked = Annotated[str, typer.Option(help=f"Marked with this word: {MARKS}.")]
Name = Annotated[str, typer.Option(help="Pattern of the name: “Test*”.")]
Mailbox = Annotated[str, typer.Option(help="Pattern of what stands before the @: “user????”.")]
BATCH = ("id", "at", "author", "number", "reason", "suspects", "done_at", "undone_by", "undone_at")


@signatures.command(name="origins")
def show_origins(
    campaign: Slug, hours: Annotated[int, typer.Option(min=1, max=24 * 31)] = 24, as_json: AsJson = False
) -> None:
    """List the networks and domains that most signatures came from, hour by hour."""
    rows = [asdict(each) for each in origins(found(campaign, as_json), now(), hours)]
    if as_json:
        document(rows)
        return
    columns = ("hour", "of", "value", "signed", "confirmed", "marked")
    table(columns, [[row[name] for name in columns] for row in rows])


@signatures.command(name="invalidate")
def take_out(
    campaign: Slug,
    by: Author,
    reason: Annotated[str, typer.Option(help="Why; it is kept.")] = "",
    domain: Domain = "",
    network: Network = "",
    since: Since = None,
    until: Until = None,
    marked: Marked = "",
    name: Name = "",
    mailbox: Mailbox = "",
    only_show: Annotated[bool, typer.Option("--preview", help="Say whom it would take out, and do nothing.")] = False,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Take signatures out as one batch. All that is said of them must hold. It can be undone."""
    running = found(campaign, as_json)
    suspects = Suspects(domain, network, utc(since), utc(until), marked, name, mailbox)
    try:
        seen = preview(running, suspects, now())
    except NoSuspects as problem:
        refuse(str(problem), as_json)
    if only_show:
        show_some(f"{seen.number} signatures, {seen.counted} of them counted now. Some of them:", seen, as_json)
        return
    if not reason.strip():
        refuse("Say why: --reason “…”", as_json)
    if not seen.number:
        refuse("Nobody is meant: nothing was changed", as_json)
    confirm(f"Take {seen.number} signatures out of “{running.slug}”, {seen.counted} of them counted?", yes, as_json)
    _tell(invalidate(running, suspects, reason=reason, author=by, now=now()), as_json, "taken out")


@signatures.command()
def batches(campaign: Slug, as_json: AsJson = False) -> None:
    """List what was taken out, by whom and why."""
    rows = [_told(each) for each in found(campaign, as_json).invalidations.all()]
    if as_json:
        document(rows)
        return
    table(BATCH, [[row[name] for name in BATCH] for row in rows])


@signatures.command()
def undo(
    batch: Annotated[UUID, typer.Argument(help="The batch's id.", show_default=False)],
    by: Author,
    as_json: AsJson = False,
) -> None:
    """Put a batch back: each signature counts or waits again, as it did."""
    kept = Invalidation.objects.filter(pk=batch).first()
    if kept is None:
        refuse(f"There is no batch {batch}", as_json)
    if kept.undone_at:
        refuse(f"This batch was undone before, by {kept.undone_by}", as_json)
    kept.undo(by, now())
    _tell(kept, as_json, "put back")


def show_some(sentence: str, seen: Preview | Held, as_json: bool) -> None:
    """How many are meant, and some of them."""
    if as_json:
        document(asdict(seen))
        return
    typer.echo(sentence)
    columns = ("name", "address", "signed_at", "state", "marks")
    table(columns, [[getattr(each, column) for column in columns] for each in seen.sample])


def utc(value: datetime | None) -> datetime | None:
    return value.replace(tzinfo=UTC) if value else None


def _told(batch: Invalidation) -> dict[str, object]:
    return {name: getattr(batch, name) for name in BATCH}


def _tell(batch: Invalidation, as_json: bool, what: str) -> None:
    document(_told(batch)) if as_json else typer.echo(f"{batch.number} signatures {what}: batch {batch.pk}")
