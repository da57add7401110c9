"""Public directories of office holders, brought into a campaign folder and from there into the campaign."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from campaigns.directory.congress import Congress, NotCongress, read_congress
from campaigns.directory.divisions_file import read_divisions
from campaigns.directory.seat import localities
from campaigns.folder.addressees import FILE
from campaigns.folder.check import check as check_folder
from campaigns.folder.defect import Defects
from campaigns.folder.directory_rows import with_entries
from campaigns.folder.limits import LARGEST_CSV
from campaigns.folder.reading import read_text
from campaigns.locality import keep_localities
from campaigns.moment import now
from outreach.cli.folders import Folder, bring_in, refuse_defects, what_was_done
from outreach.cli.say import AsJson, Author, Yes, counted, document

WASHINGTON = ZoneInfo("America/New_York")
UNCHANGED = "nothing was changed"
app = typer.Typer(no_args_is_help=True, help="Public directories of office holders.")


@app.callback()
def directory() -> None:
    """Public directories of office holders."""


@app.command()
def congress(
    source: Annotated[Path, typer.Argument(help="The folder with legislators-current.yaml.", show_default=False)],
    folder: Folder,
    group: Annotated[str, typer.Option("--group", help="The group of the campaign that they belong to.")],
    by: Author,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Bring all current members of the United States Congress into a campaign folder, and load it.

    Their rows in addressees.csv are made or brought up to date, all others stay as they are.
    """
    try:
        found = read_congress(source, now().astimezone(WASHINGTON).date())
    except NotCongress as problem:
        refuse_defects(source, problem.defects, UNCHANGED, as_json)
    text = _with(folder, found, group, as_json)
    with _tried(folder, text) as trial:
        report = check_folder(trial, lambda trials: counted(trials, "trying every wording"))
        if not report.is_sound:
            refuse_defects(folder, report.defects, UNCHANGED, as_json)
        assert report.campaign is not None
        changes = bring_in(report.campaign, by, yes, as_json)
        _replace(folder / FILE, text)
    keep_localities(localities())
    if as_json:
        said = {"campaign": report.campaign.slug, "changes": [str(change) for change in changes]}
        document(said | found.account())
    else:
        for line in _lines(found):
            typer.echo(line)
        typer.echo(what_was_done(report.campaign, changes))


@app.command()
def divisions(
    file: Annotated[Path, typer.Argument(help="Columns: country, postcode, place, division.", show_default=False)],
    as_json: AsJson = False,
) -> None:
    """Say which postcodes and places lie in which division, for all campaigns."""
    defects = Defects(file.name)
    found = read_divisions(file, defects).rows
    if defects:
        refuse_defects(file.parent, defects, UNCHANGED, as_json)
    added, removed = keep_localities(found)
    if as_json:
        document({"rows": len(found), "added": added, "removed": removed})
    else:
        typer.echo(f"{len(found)} rows: {added} added, {removed} taken away.")


def _with(folder: Path, found: Congress, group: str, as_json: bool) -> str:
    """addressees.csv as it will be."""
    defects = Defects(FILE)
    text = read_text(folder, FILE, LARGEST_CSV, defects) or ""
    text = with_entries(text, found.directory, group, defects) if not defects else text
    if defects:
        refuse_defects(folder, defects, UNCHANGED, as_json)
    return text


@contextmanager
def _tried(folder: Path, text: str) -> Iterator[Path]:
    """A copy of the folder, of the same name, with these addressees in it."""
    with TemporaryDirectory() as place:
        trial = Path(shutil.copytree(folder, Path(place) / folder.resolve().name))
        (trial / FILE).write_text(text, encoding="utf-8")
        yield trial


def _replace(file: Path, text: str) -> None:
    """In one move, so that nobody reads half of it."""
    beside = file.with_name(f".{file.name}.new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(file)


def _lines(found: Congress) -> Iterator[str]:
    """What was found, and what these files do not know."""
    ways = ", ".join(f"{way} {number}" for way, number in found.reached_by.items())
    yield f"{len(found.members)} members of Congress: {ways}."
    yield "They publish no email addresses: who has no web form here can be called or written to on paper."
    if found.vacant:
        yield f"Seats nobody holds: {len(found.vacant)} ({'; '.join(seat.name for seat in found.vacant)})."
    if found.short:
        yield f"These files have fewer than two senators for {', '.join(found.short)}."
    for seat in found.ended:
        yield f"The term these files give for {seat.name} has ended: newer files say who sits there now."
    yield from (f"Left out: {why}" for why in found.left_out)
