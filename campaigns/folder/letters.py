"""Whether what campaign.yaml says of supporters' letters can come true."""

from collections.abc import Collection, Iterable, Iterator

from campaigns.edition import Edition
from campaigns.folder.campaign_file import FILE as CAMPAIGN
from campaigns.folder.campaign_folder import CampaignFolder
from campaigns.folder.defect import Defect
from campaigns.folder.positions import Document, Path
from campaigns.representation import is_represented
from campaigns.words.near import nearest

START: Path = ("letters", "start")


def letter_defects(
    folder: CampaignFolder, edition: Edition, document: Document, broken: Collection[str]
) -> Iterator[Defect]:
    """Each rule can fit somebody the demands are put to, and its wording is there. `broken`: files that are there."""
    yield from _never_asked(edition, document)
    for index, start in enumerate(edition.letters.starts):
        path = (*START, index)
        yield from _fits_nobody(folder, document, path)
        if start.wording and (start.wording, "email", edition.default_language) not in edition.wordings:
            file = f"wordings/{start.wording}/email.{edition.default_language}.md"
            if file not in broken:
                at = document.at((*path, "wording"))
                yield Defect(CAMPAIGN, *at, f"this needs {file}, approved, and there is none", start.wording)


def _never_asked(edition: Edition, document: Document) -> Iterator[Defect]:
    """A rule that stands after one for everybody."""
    first = next((n for n, start in enumerate(edition.letters.starts) if start.is_for_all), None)
    if first is not None and first + 1 < len(edition.letters.starts):
        line = document.at((*START, first))[0]
        message = f"start: the rule on line {line} fits everybody, so this one is never asked: put it before that"
        yield Defect(CAMPAIGN, *document.at((*START, first + 1)), message)


def _fits_nobody(folder: CampaignFolder, document: Document, path: Path) -> Iterator[Defect]:
    asked = folder.asked
    known = {
        "addressees": {row.key for row in asked},
        "groups": {group for row in asked for group in row.groups},
        "kinds": {row.kind for row in asked},
    }
    for name, there in known.items():
        yield from _unknown(document, (*path, name), there)
    divisions = {row.division for row in asked if row.division}
    for number, division in enumerate(document.items(*path, "divisions")):
        if isinstance(division, str) and not any(is_represented(each, {division}) for each in divisions):
            message = "divisions: nobody the demands are put to represents this, or a part of it"
            at = document.at((*path, "divisions", number))
            yield Defect(CAMPAIGN, *at, message, division, nearest(division, sorted(divisions)))


def _unknown(document: Document, path: Path, there: Iterable[str]) -> Iterator[Defect]:
    for number, said in enumerate(document.items(*path)):
        if isinstance(said, str) and said not in there:
            message = f"{path[-1]}: nobody the demands are put to fits this"
            yield Defect(CAMPAIGN, *document.at((*path, number)), message, said, nearest(said, sorted(there)))
