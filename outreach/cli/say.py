"""How commands speak: tables and sentences on a terminal, one JSON document with `--json`; errors on standard error."""

import getpass
import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Annotated, Any, NoReturn, TypeVar
from uuid import UUID

import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
Author = Annotated[str, typer.Option("--by", help="Who does this; the name is kept.", default_factory=getpass.getuser)]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]

WRONG_INPUT = 2
Item = TypeVar("Item")


def console() -> Console:
    """Standard output, as wide as the terminal; at least wide enough for a table in a pipe."""
    found = Console(highlight=False, soft_wrap=True)
    return found if found.is_terminal else Console(highlight=False, width=160)


def document(value: object) -> None:
    """One JSON document on standard output."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=_plain))


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    shown = Table(*columns, box=None, pad_edge=False, header_style="bold")
    for row in rows:
        shown.add_row(*(str(cell) for cell in row))
    console().print(shown)


def refuse(sentence: str, as_json: bool = False, **more: Any) -> NoReturn:
    """Say what is wrong and end with exit code 2; nothing was changed."""
    if as_json:
        document({"error": sentence, **more})
    else:
        typer.echo(sentence, err=True)
    raise typer.Exit(WRONG_INPUT)


def counted(items: Iterable[Item], doing: str) -> Iterable[Item]:
    """The same items; on a terminal, with a bar on standard error that says how many are done."""
    screen = Console(stderr=True)
    if not screen.is_terminal:
        return items
    return track(list(items), doing, console=screen, transient=True)


def confirm(question: str, yes: bool, as_json: bool) -> None:
    """Ask a person. Where nobody can be asked, `--yes` is needed."""
    if yes:
        return
    if as_json or not Console().is_terminal:
        refuse(f"{question} Nobody can be asked here: say --yes.", as_json)
    if not typer.confirm(question):
        refuse("Nothing was changed.")


def _plain(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")
