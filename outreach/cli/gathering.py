"""Signatures on paper from a terminal: the sheets to print, taking them in, letting go of them."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from campaigns.campaign import Campaign
from campaigns.gathering import Gathering
from campaigns.moment import now
from campaigns.paper_lines import PaperLine, read_lines
from channels.paper import NoFont
from outreach.cli.folders import refuse_defects
from outreach.cli.running import Slug, found
from outreach.cli.say import AsJson, Author, Yes, confirm, document, refuse, table
from outreach.cli.sharing import Language, spoken
from outreach.erasing import erase
from outreach.gathering import NotUndoable, Plan, find_row, frame_of, plan, take_in, undo
from outreach.signing_sheet import MOST_SHEETS, sheets

GATHERING = ("id", "at", "author", "number", "undone_by", "undone_at")
File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="CSV with a line for each row of a sheet.")]


def sheet(
    campaign: Slug,
    pdf: Annotated[Path, typer.Option(help="Where the PDF is written.", show_default=False)],
    language: Language = "",
    first: Annotated[int, typer.Option(min=1, help="Number of the first sheet.")] = 1,
    number: Annotated[int, typer.Option(min=1, max=MOST_SHEETS, help="How many sheets.")] = 1,
    as_json: AsJson = False,
) -> None:
    """Write numbered sheets for signatures on paper, to be printed."""
    kept = found(campaign, as_json)
    spoken_language = spoken(kept, language, as_json)
    try:
        content = sheets(kept, spoken_language, tuple(range(first, first + number)))
    except NoFont as problem:
        refuse(f"{problem} in OUTREACH_FONTS", as_json)
    pdf.write_bytes(content)
    told = {"file": str(pdf), "language": spoken_language, "first": first, "last": first + number - 1}
    document(told) if as_json else typer.echo(f"Sheets {first} to {first + number - 1}: {pdf}")


def import_signatures(
    campaign: Slug,
    file: File,
    by: Author,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what it would do, and do nothing.")] = False,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Take in signatures on paper. You say that these people signed; your name is kept, the file is not."""
    kept, moment = found(campaign, as_json), now()
    _refuse_draft(kept, as_json)
    lines, defects = read_lines(file.read_bytes(), frame_of(kept, moment), file.name)
    if defects:
        refuse_defects(file.parent, defects, "nothing was taken in", as_json)
    planned = plan(kept, lines)
    if dry_run:
        document(_planned(planned)) if as_json else _show(planned)
        return
    if not as_json:
        _show(planned)
    if not planned.new:
        refuse("Nobody is new: nothing was changed", as_json)
    confirm(f"Count {len(planned.new)} signatures for “{kept.slug}”?", yes, as_json)
    _tell(take_in(kept, lines, author=by, now=moment), as_json, "taken in")


def imports(campaign: Slug, as_json: AsJson = False) -> None:
    """List what was taken in from paper, by whom, and what was undone."""
    rows = [_told(each) for each in found(campaign, as_json).gatherings.all()]
    document(rows) if as_json else table(GATHERING, [[row[name] for name in GATHERING] for row in rows])


def undo_import(
    gathering: Annotated[UUID, typer.Argument(help="Its id.", show_default=False)],
    by: Author,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Let go of all that was taken in with one file. Who only came with it is deleted."""
    kept = Gathering.objects.filter(pk=gathering).select_related("campaign").first()
    if kept is None:
        refuse(f"There is no import {gathering}", as_json)
    confirm(f"Let go of {kept.number} signatures of “{kept.campaign.slug}”?", yes, as_json)
    try:
        undo(kept, by, now())
    except NotUndoable as problem:
        refuse(str(problem), as_json)
    _tell(kept, as_json, "let go of")


def erase_row(
    campaign: Slug,
    sheet: Annotated[int, typer.Argument(help="Number of the sheet.")],
    row: Annotated[int, typer.Argument(help="Row of the sheet.")],
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Forget who signed in one row of a sheet, because they ask for it. The row still counts, without a name."""
    kept = found(campaign, as_json)
    supporter = find_row(kept, sheet, row)
    if supporter is None:
        refuse(f"Nothing of “{kept.slug}” was taken in from row {row} of sheet {sheet}", as_json)
    confirm(f"Forget who signed in row {row} of sheet {sheet}? This cannot be undone.", yes, as_json)
    is_new = erase(supporter, now())
    document({"erased": is_new}) if as_json else typer.echo("Forgotten." if is_new else "It was forgotten before.")


def _refuse_draft(campaign: Campaign, as_json: bool) -> None:
    if campaign.published_at is None:
        refuse(f"“{campaign.slug}” is not published: nobody can have signed it", as_json)


def _planned(planned: Plan) -> dict[str, object]:
    return {name: [_where(line) for line in lines] for name, lines in planned.kinds().items()}


def _where(line: PaperLine) -> dict[str, int]:
    said = asdict(line)
    return {name: said[name] for name in ("line", "sheet", "row")}


def _show(planned: Plan) -> None:
    """What would become of the lines, by line and row: names stay in the file."""
    typer.echo(f"{len(planned.new)} signatures are new.")
    why = {"again": "this row counts already", "known": "has signed already", "taken_out": "was taken out by somebody"}
    for name, sentence in why.items():
        for line in planned.kinds()[name]:
            typer.echo(f"  line {line.line}, row {line.row} of sheet {line.sheet}: {sentence}")


def _told(gathering: Gathering) -> dict[str, object]:
    return {name: getattr(gathering, name) for name in GATHERING}


def _tell(gathering: Gathering, as_json: bool, what: str) -> None:
    document(_told(gathering)) if as_json else typer.echo(f"{gathering.number} signatures {what}: {gathering.pk}")
