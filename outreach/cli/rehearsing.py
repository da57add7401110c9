"""What a campaign would do: forecast and rehearsal."""

from datetime import datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from campaigns.edition import Edition
from campaigns.kept import edition_of
from campaigns.moment import now
from outreach.cli.folders import Folder, judged, refuse_defects
from outreach.cli.running import found
from outreach.cli.say import AsJson, document, refuse, table
from outreach.collisions import grouped
from outreach.outlook import outlook as foresee
from outreach.outlook import outlook_of
from outreach.rehearsal import SILENCE, Entry, Rehearsal, Scenario
from outreach.rehearsal import rehearse as run_rehearsal
from outreach.rehearsal.calendar import calendar as for_calendars
from outreach.rehearsal.comparison import Comparison
from outreach.rehearsal.comparison import compare as compare_rehearsals
from outreach.rehearsal.record import INVENTED
from outreach.rehearsal.scenario_file import read_scenario
from outreach.shown import as_file

FORESEEN = "A forecast: what is sent if nobody acts."
Version = Annotated[str, typer.Argument(help="A loaded campaign, or a campaign folder.", show_default=False)]
ToFile = Annotated[Path | None, typer.Option(help="Write it there as one HTML file.", show_default=False)]
Calendar = Annotated[Path | None, typer.Option(help="Write it there as a calendar file.", show_default=False)]
Script = Annotated[Path | None, typer.Option("--scenario", help="Who answers what, and when; without it nobody does.")]


def rehearse(
    folder: Folder,
    scenario: Script = None,
    compare: Annotated[
        Path | None, typer.Option(help="Another version of the folder: say what changes from it.", show_default=False)
    ] = None,
    report: ToFile = None,
    calendar: Calendar = None,
    as_json: AsJson = False,
) -> None:
    """Run a whole campaign on a virtual clock, and print everything that would happen. Sends nothing."""
    edition = _edition(folder, as_json)
    rehearsal = run_rehearsal(edition, script(scenario, edition, as_json))
    if report is not None:
        _write(report, as_file(rehearsal, now()).encode(), as_json)
    if calendar is not None:
        _write(calendar, for_calendars(rehearsal, INVENTED, now=now()), as_json)
    if compare is not None:
        before = _edition(compare, as_json)
        _tell_differences(compare_rehearsals(_played(before, scenario, as_json), rehearsal), as_json)
        return
    if as_json:
        document(rehearsal.as_json())
        return
    _show(rehearsal, rehearsal.entries)
    statuses = ", ".join(f"{number} {status}" for status, number in rehearsal.statuses().items())
    typer.echo(f"\n{statuses}. {rehearsal.virtual_days:g} days in {rehearsal.wall_seconds:.2f} s.")
    typer.echo(INVENTED)


def compare(
    before: Version,
    after: Version,
    scenario: Script = None,
    as_json: AsJson = False,
) -> None:
    """Say what changes, and for whom, from one version of a campaign to another: each a folder or a loaded campaign."""
    old, new = (_version(each, as_json) for each in (before, after))
    _tell_differences(compare_rehearsals(_played(old, scenario, as_json), _played(new, scenario, as_json)), as_json)


def forecast(campaign: Version, calendar: Calendar = None, as_json: AsJson = False) -> None:
    """Say what will be sent, when and to whom, if nobody acts from now on."""
    if Path(campaign).is_dir():
        outlook = foresee(_edition(Path(campaign), as_json))
    else:
        outlook = outlook_of(found(campaign, as_json), now())
    foreseen = outlook.forecast
    if calendar is not None:
        _write(calendar, for_calendars(foreseen.rehearsal, FORESEEN, now=now()), as_json)
    if as_json:
        document(outlook.as_json())
        return
    _show(foreseen.rehearsal, foreseen.events)
    for first, whom in grouped(outlook.collisions):
        typer.echo(f"note: {first.kind}: {', '.join(whom)}: {first.sentence}")
    for cost in outlook.costs:
        left = f", {cost.left} left of the budget" if cost.left is not None else ""
        typer.echo(f"cost: {cost.channel}: {cost.cents} cents for {cost.messages} messages{left}")
    for each in foreseen.missing:
        typer.echo(f"note: step {each.step}: {each.sentence}")


def _edition(folder: Path, as_json: bool) -> Edition:
    campaign = judged(folder, as_json).campaign
    assert campaign is not None
    return campaign.edition()


def _version(named: str, as_json: bool) -> Edition:
    return _edition(Path(named), as_json) if Path(named).is_dir() else edition_of(found(named, as_json))


def _played(edition: Edition, scenario: Path | None, as_json: bool) -> Rehearsal:
    return run_rehearsal(edition, script(scenario, edition, as_json))


def _write(file: Path, content: bytes, as_json: bool) -> None:
    try:
        file.write_bytes(content)
    except OSError as problem:
        refuse(f"{file} cannot be written: {problem.strerror}", as_json)


def _tell_differences(comparison: Comparison, as_json: bool) -> None:
    if as_json:
        document(comparison.as_json())
        return
    zone = comparison.after.edition.rules.zone

    def local(moment: datetime | None) -> str:
        return f"{moment.astimezone(zone):%a %d %b %H:%M:%S}" if moment else ""

    rows = [
        (each.addressee or "all", each.kind, each.what, each.step, local(each.before), local(each.after), each.detail)
        for each in comparison.differences
    ]
    table(("who", "change", "what", "step", f"before ({zone})", "after", ""), rows)
    number, whom = len(comparison.differences), len(comparison.addressees)
    typer.echo(f"\n{number} differences, for {whom} addressees." if number else "Nothing changes.")


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
