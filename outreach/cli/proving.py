"""What a campaign can prove: its evidence in one file, or the hash that stands for all of it."""

from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Annotated

import typer

from campaigns.campaign import Campaign
from campaigns.moment import now
from outreach.cli.running import Slug, found
from outreach.cli.say import AsJson, document, refuse
from outreach.evidence.export import Export, export, head_of
from outreach.evidence.fact import when
from outreach.evidence.mark import EvidenceMark
from outreach.evidence.note import note_all
from outreach.evidence.verify import Verdict, verify

WRONG = 1


def evidence(
    campaign: Slug,
    to: Annotated[Path | None, typer.Option("-o", "--to", help="The file; SLUG-evidence.zip without it.")] = None,
    full: Annotated[bool, typer.Option("--full", help="With raw mails, addresses, names, files: for courts.")] = False,
    head: Annotated[bool, typer.Option("--head", help="Only print the last hash, to be kept elsewhere.")] = False,
    as_json: AsJson = False,
) -> None:
    """Write the evidence of a campaign into one file that verifies offline."""
    published = found(campaign, as_json)
    if published.published_at is None:
        refuse(f"“{published.slug}” is a draft: nothing has happened yet that needs evidence", as_json)
    note_all(published, now())
    if head:
        _tell_head(published, as_json)
        return
    target = to or Path(f"{published.slug}-evidence{'-full' if full else ''}.zip")
    try:
        done, verdict = _write(published, target, full)
    except OSError as problem:
        refuse(f"{target} cannot be written: {problem.strerror or problem}", as_json)
    done.doubts += [f"{mark} could not be noted: {mark.problem}" for mark in EvidenceMark.objects.exclude(problem="")]
    _tell(target, done, verdict, as_json)
    if not verdict.holds or done.doubts:
        raise typer.Exit(WRONG)


def _write(campaign: Campaign, target: Path, full: bool) -> tuple[Export, Verdict]:
    """Whole or not at all; and checked as a stranger would."""
    with NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as draft:
        written = Path(draft.name)
    try:
        done, verdict = export(campaign, written, full=full), verify(written)
        written.chmod(0o600 if full else 0o644)
        written.replace(target)
    finally:
        written.unlink(missing_ok=True)
    return done, verdict


def _tell(target: Path, done: Export, verdict: Verdict, as_json: bool) -> None:
    if as_json:
        faults = [str(fault) for fault in verdict.faults]
        told = {"file": str(target), "entries": done.entries, "head": done.head, "opened": done.opened}
        document({**told, "holds": verdict.holds, "doubts": [*done.doubts, *faults]})
        return
    typer.echo(f"{target}: {done.entries} entries, {done.opened} values shown. Last hash: {done.head}")
    for doubt in (*done.doubts, *verdict.faults):
        typer.echo(f"{doubt}", err=True)


def _tell_head(campaign: Campaign, as_json: bool) -> None:
    number, digest, noted = head_of(campaign)
    if as_json:
        document({"campaign": campaign.slug, "entries": number, "head": digest, "noted": when(noted)})
    else:
        typer.echo(f"{campaign.slug} {number} {digest} {when(noted)}")
