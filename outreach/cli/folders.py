"""Campaign folders: judged, and loaded."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from campaigns.folder.campaign_folder import CampaignFolder
from campaigns.folder.change import Change
from campaigns.folder.check import Report
from campaigns.folder.check import check as check_folder
from campaigns.folder.defect import Defect
from campaigns.folder.load import NotLoadable, difference
from campaigns.folder.load import load as load_folder
from campaigns.moment import now
from outreach.cli.say import AsJson, Author, Yes, confirm, console, counted, document, refuse

Folder = Annotated[Path, typer.Argument(help="The campaign folder.", show_default=False)]


def check(folder: Folder, as_json: AsJson = False) -> None:
    """Say everything that is wrong with a campaign folder, at once. Changes nothing; exit code 2 if it has defects."""
    report = judged(folder, as_json)
    if as_json:
        document(
            {"folder": str(folder), "sound": True, "defects": [], "notes": [asdict(note) for note in report.notes]}
        )
        return
    assert report.campaign is not None
    for note in report.notes:
        typer.echo(f"note: {folder / str(note)}")
    typer.echo(f"Sound: {_contents(report.campaign)}. Every wording was written for everyone it could reach.")


def load(folder: Folder, by: Author, yes: Yes = False, as_json: AsJson = False) -> None:
    """Load a campaign folder as a draft, or bring a loaded one up to date after showing what would change."""
    campaign = judged(folder, as_json).campaign
    assert campaign is not None
    changes = bring_in(campaign, by, yes, as_json)
    if as_json:
        document({"campaign": campaign.slug, "changes": [str(change) for change in changes]})
    else:
        typer.echo(what_was_done(campaign, changes))


def bring_in(campaign: CampaignFolder, by: str, yes: bool, as_json: bool) -> Sequence[Change]:
    """Load what a folder says, after asking where it changes a campaign. Answers what was changed."""
    try:
        changes = difference(campaign)
        if changes and not _is_new(changes):
            _ask(campaign.slug, changes, yes, as_json)
        with console().status("loading"):
            return load_folder(campaign, now(), by).changes
    except NotLoadable as problem:
        refuse(str(problem), as_json)


def _is_new(changes: Sequence[Change]) -> bool:
    return any(change.kind == "campaign" and change.is_addition for change in changes)


def what_was_done(campaign: CampaignFolder, changes: Sequence[Change]) -> str:
    if not changes:
        return "Nothing to change."
    return f"Loaded as a draft: {_contents(campaign)}." if _is_new(changes) else f"{len(changes)} changes made."


def _ask(slug: str, changes: Sequence[Change], yes: bool, as_json: bool) -> None:
    """Show what would change, then ask."""
    if not as_json:
        for change in changes:
            typer.echo(f"  {change}")
    confirm(f"Make these {len(changes)} changes to “{slug}”?", yes, as_json)


def judged(folder: Path, as_json: bool) -> Report:
    """The folder's report if nothing is wrong; otherwise all of it is said, and the command ends with exit code 2."""
    report = check_folder(folder, lambda trials: counted(trials, "trying every wording"))
    if not report.is_sound:
        refuse_defects(folder, report.defects, "nothing was loaded", as_json)
    return report


def refuse_defects(folder: Path, defects: Sequence[Defect], so: str, as_json: bool) -> NoReturn:
    """Say every defect, and end with exit code 2."""
    sentence = f"{len(defects)} defect{'s' if len(defects) > 1 else ''}: {so}."
    if as_json:
        refuse(sentence, as_json, folder=str(folder), sound=False, defects=[asdict(defect) for defect in defects])
    for defect in defects:
        typer.echo(str(folder / str(defect)), err=True)
    refuse(sentence)


def _contents(campaign: CampaignFolder) -> str:
    asked, others = len(campaign.asked), len(campaign.addressees) - len(campaign.asked)
    return (
        f"“{campaign.slug}” puts {len(campaign.campaign.demands)} demands to {asked} addressees"
        + (f" and names {others} more" if others else "")
        + f", in {len(campaign.campaign.ladder)} steps and {len(campaign.wordings)} wordings"
    )
