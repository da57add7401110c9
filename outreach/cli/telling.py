"""What providers told that cannot be put anywhere, seen from a terminal."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

import typer

from outreach.bulletin import Bulletin
from outreach.cli.say import AsJson, document, refuse, table
from outreach.loose import loose_news

SHOWN = ("id", "provider", "received_at", "problem")
LOOSE = ("said", "provider", "number", "first_at", "last_at", "reason")


def bulletins(
    read_again: Annotated[int | None, typer.Option(help="Read this one again, by id.", show_default=False)] = None,
    set_aside: Annotated[int | None, typer.Option(help="This one is not wanted, by id.", show_default=False)] = None,
    by: Annotated[str, typer.Option(help="Who sets it aside.")] = "",
    as_json: AsJson = False,
) -> None:
    """Say what providers told that nobody could read, or that is about no message of ours."""
    if read_again is not None and not _found(read_again, as_json).read_again():
        refuse(f"Bulletin {read_again} waits for nobody", as_json)
    if set_aside is not None:
        if not by.strip():
            refuse("Say who sets it aside: --by NAME", as_json)
        if not _found(set_aside, as_json).set_aside(by, datetime.now(UTC)):
            refuse(f"Bulletin {set_aside} waits for nobody", as_json)
    unreadable = list(Bulletin.objects.unreadable().values(*SHOWN))
    loose = [asdict(each) for each in loose_news()]
    if as_json:
        document({"unreadable": unreadable, "loose": loose})
        return
    if not (unreadable or loose):
        typer.echo("Everything that was told could be read, and is about a message of ours.")
    if unreadable:
        table(SHOWN, [[row[name] for name in SHOWN] for row in unreadable])
    if loose:
        table(LOOSE, [[row[name] for name in LOOSE] for row in loose])


def _found(pk: int, as_json: bool) -> Bulletin:
    found = Bulletin.objects.filter(pk=pk).first()
    if found is None:
        refuse(f"There is no bulletin {pk}", as_json)
    return found
