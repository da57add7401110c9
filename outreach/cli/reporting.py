"""The closing report of a campaign, or of a rehearsal of it."""

from pathlib import Path
from typing import Annotated

import typer

from campaigns.campaign import Campaign
from campaigns.kept import edition_of
from campaigns.moment import now
from channels.paper import NoFont
from outreach.cli.folders import judged
from outreach.cli.rehearsing import Script, script
from outreach.cli.running import found
from outreach.cli.say import AsJson, document, refuse, table
from outreach.closing import kept, rehearsed
from outreach.closing.document import document as for_machines
from outreach.closing.paper import on_paper
from outreach.closing.report import Report
from outreach.closing.told import tell
from outreach.closing.words import ENGLISH, SAID
from outreach.rehearsal import rehearse


def report(
    campaign: Annotated[str, typer.Argument(help="A loaded campaign, or a campaign folder.", show_default=False)],
    scenario: Script = None,
    language: Annotated[str, typer.Option(help="In which language.")] = ENGLISH,
    pdf: Annotated[Path | None, typer.Option(help="Write it there as a PDF.", show_default=False)] = None,
    as_json: AsJson = False,
) -> None:
    """Say who was asked, what was proven delivered, who answered and acted. A folder or draft is rehearsed for it."""
    if language not in SAID:
        refuse(f"There is no report in “{language}”; there is: {', '.join(SAID)}", as_json)
    made = _report(campaign, scenario, as_json)
    if pdf is not None:
        _write(made, language, pdf, as_json)
    if as_json:
        document(for_machines(made))
        return
    _show(made, language)
    if pdf is not None:
        typer.echo(f"\nWritten to {pdf}.")


def _report(campaign: str, scenario: Path | None, as_json: bool) -> Report:
    if Path(campaign).is_dir():
        folder = judged(Path(campaign), as_json).campaign
        assert folder is not None
        edition = folder.edition()
        return Report(rehearsed.book(rehearse(edition, script(scenario, edition, as_json))))
    running = found(campaign, as_json)
    if running.status != Campaign.Status.DRAFT:
        if scenario is not None:
            sentence = f"“{running.slug}” is published: its report is of what happened. Rehearse its folder instead"
            refuse(sentence, as_json)
        return Report(kept.book(running, now()))
    edition = edition_of(running)
    return Report(rehearsed.book(rehearse(edition, script(scenario, edition, as_json))))


def _write(made: Report, language: str, pdf: Path, as_json: bool) -> None:
    try:
        pdf.write_bytes(on_paper(made, language))
    except NoFont as problem:
        refuse(f"{problem} in OUTREACH_FONTS", as_json)
    except OSError as problem:
        refuse(f"{pdf} cannot be written: {problem.strerror}", as_json)


def _show(made: Report, language: str) -> None:
    told = tell(made, language)
    typer.echo(f"{told.kind}: {told.title}")
    if told.invented:
        typer.echo(told.invented)
    for label, value in (*told.facts, *told.figures):
        typer.echo(f"{label}: {value}")
    for section in told.sections:
        typer.echo(f"\n{section.title}. {section.finding}")
        table(section.table.columns, section.table.rows)
    typer.echo(f"\n{told.words.method_title}")
    for method in told.methods:
        typer.echo(f"- {method}")
