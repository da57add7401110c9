"""Erasing somebody who asked for it, from a terminal."""

from dataclasses import asdict
from typing import Annotated

import typer

from campaigns.moment import now
from outreach.cli.say import AsJson, Author, Yes, confirm, document, refuse, table
from outreach.erasure import Erasure, NotErasable, erase_person, find

COLUMNS = ("at", "author", "reason", "campaigns", "mails", "is_suppressed")


def erase(
    by: Author,
    reason: Annotated[str, typer.Option(help="How they asked; never their address. It is kept.")] = "",
    address: Annotated[str, typer.Option(help="Left out, it is asked for, and stands in no history of commands.")] = "",
    only_show: Annotated[bool, typer.Option("--preview", help="Say where they are known, and do nothing.")] = False,
    suppress: Annotated[bool, typer.Option("--never-write-again", help="Keep a hash, so that nobody writes.")] = False,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Erase a person everywhere, because they asked: what they did still counts, without a name."""
    address = address or typer.prompt("Address")
    try:
        found = find(address, now())
        if only_show or not reason.strip():
            _show(found.traces, found.mails, as_json)
        if only_show:
            return
        if not reason.strip():
            refuse("Say how they asked: --reason “by letter of 3 May”", as_json)
        confirm(f"Erase them in {len(found.traces)} campaigns, and {found.mails} mails of theirs?", yes, as_json)
        kept = erase_person(address, found.proof, reason=reason, author=by, now=now(), is_suppressed=suppress)
    except NotErasable as problem:
        refuse(str(problem), as_json)
    document(_told(kept)) if as_json else typer.echo(f"Erased in {len(kept.campaigns)} campaigns.")


def erasures(as_json: AsJson = False) -> None:
    """List who was erased by staff: by whom, when and why, never who it was."""
    rows = [_told(each) for each in Erasure.objects.all()]
    document(rows) if as_json else table(COLUMNS, [[row[name] for name in COLUMNS] for row in rows])


def _show(traces: object, mails: int, as_json: bool) -> None:
    assert isinstance(traces, tuple)
    rows = [asdict(each) for each in traces]
    if as_json:
        document({"found": rows, "mails": mails})
        return
    columns = ("campaign", "joined_at", "state", "letters")
    table(columns, [[row[name] for name in columns] for row in rows])
    typer.echo(f"{mails} mails came from this address.")


def _told(kept: Erasure) -> dict[str, object]:
    return {name: getattr(kept, name) for name in COLUMNS}
