"""divisions.csv of a campaign folder, which may be missing: where the people of this campaign are represented."""

from collections.abc import Iterator
from pathlib import Path

from campaigns.directory.divisions_file import Divisions, read_divisions
from campaigns.folder.addressees import FILE as ADDRESSEES
from campaigns.folder.campaign_file import FILE as CAMPAIGN
from campaigns.folder.campaign_folder import CampaignFolder
from campaigns.folder.defect import Defect, Defects, Note
from campaigns.folder.positions import Document
from campaigns.representation import is_represented
from campaigns.words.near import nearest

FILE = "divisions.csv"
MOST_NOTES = 20


def read_own_divisions(folder: Path, defects: Defects) -> Divisions:
    """What the file says; nothing if there is none."""
    there = folder / FILE
    return read_divisions(there, defects) if there.exists() or there.is_symlink() else Divisions()


def nobodys_divisions(folder: CampaignFolder) -> Iterator[Defect]:
    """A file of divisions none of which anybody represents is a mistake."""
    represented = _represented(folder)
    first = folder.divisions.first
    if first and not any(is_represented(each, represented) for each in first):
        division, at = next(iter(first.items()))
        message = f"division: nobody in {ADDRESSEES} represents this or any other division of this file"
        yield Defect(FILE, *at, message, division, nearest(division, represented))


def without_representatives(folder: CampaignFolder) -> Iterator[Note]:
    """Divisions that nobody represents: an office may be vacant, or a name misspelt."""
    represented = _represented(folder)
    astray = [each for each in folder.divisions.first if not is_represented(each, represented)]
    for division in astray[:MOST_NOTES]:
        near = nearest(division, represented)
        said = f"division: nobody in {ADDRESSEES} represents {division}"
        yield Note(FILE, folder.divisions.first[division][0], f"{said}: did you mean {near}?" if near else said)
    if len(astray) > MOST_NOTES:
        yield Note(FILE, 1, f"division: nobody represents {len(astray) - MOST_NOTES} more")


def unknown_fallbacks(folder: CampaignFolder, document: Document) -> Iterator[Defect]:
    """Whom people write to where nobody represents them is somebody that addressees.csv has."""
    keys = [row.key for row in folder.addressees]
    for number, key in enumerate(folder.campaign.fallbacks):
        path = ("fallbacks", number)
        if key not in keys:
            message = f"fallbacks: {ADDRESSEES} has nobody with this key"
            yield Defect(CAMPAIGN, *document.at(path), message, key, nearest(key, keys))
    if folder.campaign.fallbacks and not _represented(folder):
        message = f"fallbacks: nobody in {ADDRESSEES} has a division, so there is nobody in whose place they would be"
        yield Defect(CAMPAIGN, *document.key_at(("fallbacks",)), message)


def _represented(folder: CampaignFolder) -> frozenset[str]:
    return frozenset(row.division for row in folder.addressees if row.division)
