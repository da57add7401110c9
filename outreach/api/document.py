"""A whole campaign as one JSON document, laid out as the folder that everything else reads."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

from pydantic import ConfigDict, Field

from campaigns.directory.divisions_file import written
from campaigns.folder.addressees import FILE as ADDRESSEES
from campaigns.folder.campaign_file import FILE as CAMPAIGN
from campaigns.folder.defect import Defect
from campaigns.folder.divisions import FILE as DIVISIONS
from campaigns.folder.limits import MOST_ADDRESSEES, MOST_WORDINGS
from campaigns.folder.wordings import FOLDER as WORDINGS
from campaigns.locality import Lies
from outreach.api.layout import lines_of
from outreach.api.problem import INVALID, Fault, Trouble
from outreach.api.sheet import Cells, Sheet
from outreach.api.values import Channel, Given, Words

NAME = r"^[a-z0-9]+(-[a-z0-9]+)*$"
LANGUAGE = r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$"
Locate = Callable[[Defect], str]
MOST_LOCALITIES = 100_000
Cell = Annotated[Words, Field(pattern=r"^[^\r\n]*$", max_length=200)]


class WordingIn(Given):
    """The words of a step, or of a reminder, for one channel and language."""

    name: str = Field(pattern=NAME, max_length=60, description="The key of the step, or what its `wording` says")
    channel: Channel
    language: str = Field(pattern=LANGUAGE)
    subject: Words | None = Field(default=None, description="Letters have one: Jinja2, on one line")
    status: str = Field(default="approved", description="Only what is approved is sent; or: reviewed, draft")
    body: Words = Field(description="Markdown and Jinja2 for letters, plain text and Jinja2 for posts")

    @property
    def file(self) -> str:
        return f"{WORDINGS}/{self.name}/{self.channel}.{self.language}.md"

    @property
    def front(self) -> list[str]:
        """Subject and status, as they stand between two lines of ---."""
        subject = [] if self.subject is None else [f"subject: {_quoted(self.subject)}"]
        return ["---", f"status: {_quoted(self.status)}", *subject, "---"]


class LiesIn(Given):
    """Where a postcode or a place lies; a place without a postcode is the division's own name."""

    country: Cell = Field(max_length=2, description="ISO 3166: two capital letters")
    postcode: Cell = ""
    place: Cell = ""
    division: Cell


class CampaignIn(Given):
    """The keys of campaign.yaml (see campaign.schema.json), and with them `addressees`, `wordings` and `divisions`."""

    model_config = ConfigDict(extra="allow")

    slug: str = Field(pattern=NAME, max_length=60, description="The campaign's name in addresses")
    addressees: list[Cells] = Field(
        max_length=MOST_ADDRESSEES,
        description="The columns of addressees.csv; for a cell that holds several values, a list of them will do",
    )
    wordings: list[WordingIn] = Field(max_length=MOST_WORDINGS)
    divisions: list[LiesIn] = Field(
        default=[], max_length=MOST_LOCALITIES, description="The rows of divisions.csv, for this campaign alone"
    )

    @property
    def campaign(self) -> dict[str, Any]:
        """What stands in campaign.yaml."""
        return {"slug": self.slug, **(self.model_extra or {})}


def lay_out(document: CampaignIn, folder: Path) -> Locate:
    """Write the document into `folder`, which is empty; answers the way back from a mistake in a file to its place.

    Raises Trouble for what no folder can hold.
    """
    sheet, lines = Sheet(document.addressees), list(lines_of(document.campaign))
    files = {wording.file: number for number, wording in enumerate(document.wordings)}
    _refuse_doubles(document.wordings, files)
    _write(folder / CAMPAIGN, "\n".join(text for text, _ in lines))
    _write(folder / ADDRESSEES, sheet.text)
    if document.divisions:
        _write(folder / DIVISIONS, written(Lies(**each.model_dump()) for each in document.divisions))
    (folder / WORDINGS).mkdir()
    for wording in document.wordings:
        _write(folder / wording.file, "\n".join([*wording.front, wording.body]))

    def locate(defect: Defect) -> str:
        if defect.file == ADDRESSEES:
            return sheet.locate(defect)
        if defect.file == CAMPAIGN:
            return f"body/{lines[min(defect.line, len(lines)) - 1][1]}".rstrip("/")
        if defect.file == DIVISIONS:
            return f"body/divisions/{max(defect.line - 2, 0)}"
        number = files.get(defect.file)
        return "body/wordings" if number is None else _in_wording(document.wordings[number], number, defect)

    return locate


def _refuse_doubles(wordings: list[WordingIn], files: dict[str, int]) -> None:
    for number, wording in enumerate(wordings):
        if files[wording.file] != number:
            said = f"There is another “{wording.name}” for {wording.channel} in {wording.language}"
            raise Trouble(INVALID, said, [Fault(location=f"body/wordings/{number}", detail=said)])


def _in_wording(wording: WordingIn, number: int, defect: Defect) -> str:
    front = wording.front
    if defect.line > len(front):
        return f"body/wordings/{number}/body:{defect.line - len(front)}:{defect.column}"
    named = front[defect.line - 1].partition(":")[0]
    return f"body/wordings/{number}" + (f"/{named}" if named in ("subject", "status") else "")


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="")


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
