"""The whole of a campaign folder, judged at once."""

import re
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from urllib.parse import quote

from campaigns.folder.addressees import FILE as ADDRESSEES
from campaigns.folder.addressees import read_addressees
from campaigns.folder.campaign_file import FILE as CAMPAIGN
from campaigns.folder.campaign_file import CampaignFile, read_campaign
from campaigns.folder.campaign_folder import CampaignFolder
from campaigns.folder.coverage import (
    empty_groups,
    missing_terms,
    missing_wordings,
    notes,
    unreachable,
    without_divisions,
    written_twice,
)
from campaigns.folder.defect import Defect, Defects, Note
from campaigns.folder.divisions import FILE as DIVISIONS
from campaigns.folder.divisions import (
    nobodys_divisions,
    read_own_divisions,
    unknown_fallbacks,
    without_representatives,
)
from campaigns.folder.letters import letter_defects
from campaigns.folder.proofs import Watch, read_proofs
from campaigns.folder.timing import never_open, shortened
from campaigns.folder.values import KEY
from campaigns.folder.wordings import Expected, read_wordings


@dataclass(frozen=True, slots=True)
class Report:
    """What was found, sorted by file and line. `campaign` is there only if nothing is wrong."""

    campaign: CampaignFolder | None
    defects: tuple[Defect, ...]
    notes: tuple[Note, ...] = ()

    @property
    def is_sound(self) -> bool:
        return not self.defects


def check(folder: Path | str, watch: Watch = iter) -> Report:
    """Read a campaign folder and answer every defect at once. Never raises for what is in it; changes nothing.

    `watch` is handed the trials, which are the long part, and hands them on: a place for a progress bar.
    """
    folder = Path(folder)
    try:
        if not folder.is_dir():
            found = "there is no such folder" if not folder.exists() else "this is not a folder"
            return Report(None, (Defect(str(folder), 1, 1, found),))
    except (OSError, ValueError) as error:
        return Report(None, (Defect(str(folder), 1, 1, f"this folder cannot be read: {error}"),))
    return _checked(folder, watch)


def _checked(folder: Path, watch: Watch) -> Report:
    in_campaign, in_addressees, in_divisions = Defects(CAMPAIGN), Defects(ADDRESSEES), Defects(DIVISIONS)
    in_wordings: list[Defects] = []
    file = read_campaign(folder, in_campaign)
    addressees = read_addressees(folder, file.known.groups if file else (), in_addressees)
    wordings = read_wordings(folder, _expected(file), in_wordings)
    divisions = read_own_divisions(folder, in_divisions)
    defects = [*in_campaign, *in_addressees, *in_divisions, *chain.from_iterable(in_wordings)]
    if file is None or file.campaign is None:
        return Report(None, _sorted(defects))
    read = CampaignFolder(folder, file.campaign, addressees, wordings, divisions)
    defects += _name_of(read)
    broken = {each.file for each in in_wordings if each}
    more, remarks = _together(read, file, broken, watch, is_complete=not in_addressees)
    defects += more
    return Report(read if not defects else None, _sorted(defects), tuple(sorted(remarks)))


def _name_of(read: CampaignFolder) -> list[Defect]:
    """Where no slug is given, the folder's name must do as one."""
    if re.fullmatch(KEY, read.slug) and len(read.slug) <= 60:
        return []
    message = "slug: the folder's name cannot be the campaign's: write slug: … here (small letters, digits, hyphens)"
    plain = re.sub(r"[^a-z0-9]+", "-", read.slug.lower()).strip("-")
    return [Defect(CAMPAIGN, 1, 1, message, read.slug, plain[:60])]


def _together(
    read: CampaignFolder, file: CampaignFile, broken: set[str], watch: Watch, is_complete: bool
) -> tuple[list[Defect], list[Note]]:
    """What can only be seen with everything on the table: what was read without a mistake is tried out in full."""
    edition, document = read.edition(), file.document
    defects = list(missing_wordings(read, edition, document, broken))
    defects += unreachable(read, edition)
    defects += never_open(read, edition)
    if is_complete:
        defects += [*empty_groups(read, document), *nobodys_divisions(read), *unknown_fallbacks(read, document)]
    defects += without_divisions(read, document)
    defects += written_twice(read, edition, document)
    defects += missing_terms(read, edition, document, read.wordings)
    defects += letter_defects(read, edition, document, broken)
    base = f"https://campaign.example/c/{quote(read.slug)}"
    defects += read_proofs(edition, read.wordings, base, watch)
    return defects, [*notes(read, edition, document), *shortened(read, edition), *without_representatives(read)]


def _expected(file: CampaignFile | None) -> Expected:
    """The wordings the ladder names, as far as campaign.yaml can be read."""
    if file is None:
        return Expected(None, ())
    names: dict[str, set[str]] = {}
    for index in range(len(file.document.items("ladder"))):
        get = file.document.get
        own = get("ladder", index, "wording") or get("ladder", index, "step")
        others = [
            get("ladder", index, kind, number, "wording")
            for kind in ("also", "reminders")
            for number in range(len(file.document.items("ladder", index, kind)))
        ]
        names |= {name: set() for name in (own, *others) if isinstance(name, str)}
    starts = (each.get("wording") for each in file.document.items("letters", "start") if isinstance(each, dict))
    names |= {name: set() for name in starts if isinstance(name, str)}
    return Expected(names or None, file.known.languages)


def _sorted(defects: list[Defect]) -> tuple[Defect, ...]:
    return tuple(sorted(set(defects)))
