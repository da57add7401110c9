"""What a campaign would do: forecast and rehearsal."""

from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from campaigns.edition import Edition
from campaigns.moment import now
from outreach.cli.folders import Folder, judged, refuse_defects
from outreach.cli.running import found
from outreach.cli.say import AsJson, document, table
from outreach.forecast import forecast as foresee
from outreach.forecast import forecast_of
from outreach.rehearsal import SILENCE, Entry, Rehearsal, Scenario
from outreach.rehearsal import rehearse as run_rehearsal
from outreach.rehearsal.scenario_file import read_scenario

Script = Annotated[Path | None, typer.Option("--scenario", help="Who answers what, and when; without it nobody does.")]


def rehearse(folder: Folder, scenario: Script = None, as_json: AsJson = False) -> None:
    """Run a whole campaign on a virtual clock, and print everything that would happen. Writes and sends nothing."""
    campaign = judged(folder, as_json).campaign
    assert campaign is not None
    edition = campaign.edition()
    rehearsal = run_rehearsal(edition, script(scenario, edition, as_json))
    if as_json:
        document(rehearsal.as_json())
        return
    _show(rehearsal, rehearsal.entries)
    statuses = ", ".join(f"{number} {status}" for status, number in rehearsal.statuses().items())
    typer.echo(f"\n{statuses}. {rehearsal.virtual_days:g} days in {rehearsal.wall_seconds:.2f} s.")
    typer.echo("A rehearsal: nothing was sent, and every answer in it is invented.")


def forecast(
    campaign: Annotated[str, typer.Argument(help="A loaded campaign, or a campaign folder.", show_default=False)],
    as_json: AsJson = False,
) -> None:
    """Say what will be sent, when and to whom, if nobody acts from now on."""
    if Path(campaign).is_dir():
        folder = judged(Path(campaign), as_json).campaign
        assert folder is not None
        foreseen = foresee(folder.edition())
    else:
        foreseen = forecast_of(found(campaign, as_json), now())
    if as_json:
        document(foreseen.as_json())
        return
    _show(foreseen.rehearsal, foreseen.events)
    for each in foreseen.missing:
        typer.echo(f"note: step {each.step}: {each.sentence}")


def script(file: Path | None, edition: Edition, as_json: bool) -> Scenario:
    """The scenario in a file, or silence; the command ends with everything that is wrong with it."""
    if file is None:
        return SILENCE
    scenario, defects = read_scenario(file, edition)
    if scenario is None:
        refuse_defects(file.parent, defects, "nothing was rehearsed", as_json)
    return scenario


def _show(rehearsal: Rehearsal, entries: tuple[Entry, ...]) -> None:
    zone = rehearsal.edition.rules.zone
    rows = ((f"{entry.at.astimezone(zone):%a %d %b %H:%M:%S}", entry.kind, *_told(entry, zone)) for entry in entries)
    table((str(zone), "what", "who", "step", "how"), rows)


def _told(entry: Entry, zone: ZoneInfo) -> tuple[str, str, str]:
    step = f"{entry.step} (reminder {entry.reminder})" if entry.reminder else entry.step
    if entry.kind != "send":
        return entry.addressee or "", step, f"{entry.channel}: {entry.detail}" if entry.channel else entry.detail
    whom = entry.addressee or (f"{entry.count} supporters" if entry.audience == "supporters" else entry.audience)
    language = f"{entry.language} (not their first language)" if entry.fallback else entry.language
    until = f", until {entry.until.astimezone(zone):%H:%M}" if entry.until else ""
    return whom, step, f"{entry.channel} in {language}{until}: {entry.subject.splitlines()[0]}"
