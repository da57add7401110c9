"""A mailing written by hand: a folder with `mailing.yaml`, and a file of words for each wording and language.

mailing.yaml        title, segment, test
a.en.md, a.hy.md    the first wording: --- subject: … ---, and the letter in Markdown
b.en.md             another one, if two are to be tried
"""

import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from campaigns.folder.defect import Defect, Defects
from campaigns.folder.fit import fit
from campaigns.folder.limits import LARGEST_WORDING
from campaigns.folder.positions import read_yaml
from campaigns.folder.reading import read_text
from campaigns.folder.values import Span
from campaigns.folder.wordings import wording_of
from campaigns.segment import Segment, Unsuited
from outreach.mailings.draft import LETTERS, Draft

FILE = "mailing.yaml"
LARGEST = 100_000  # bytes
NAME = re.compile(rf"([{LETTERS}])\.([A-Za-z-]+)\.md")


class Unreadable(ValueError):
    """What is wrong with the folder: all of it, each with file, line and column."""

    def __init__(self, defects: list[Defect]) -> None:
        super().__init__("\n".join(map(str, defects)))
        self.defects = defects


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Whom(Strict):
    """`segment:`, in the words of `campaigns.segment`."""

    countries: list[str] = []
    divisions: list[str] = []
    languages: list[str] = []
    has_signed: bool | None = None
    has_written: bool | None = None
    joined_from: datetime | None = None
    joined_before: datetime | None = None
    representatives: list[str] = []


class Test(Strict):
    """`test:`: `share` per cent of the readers get one of the wordings first; after `time` they are compared."""

    time: Span = timedelta(days=2)
    share: int = Field(0, ge=0, le=90)
    measure: Literal["letters", "signatures", "unsubscribes"] = "letters"


class MailingFile(Strict):
    title: str
    segment: Whom = Whom()
    test: Test | None = None
    expires_after: Span | None = None
    above_cap: Literal["left out", "waits"] = "left out"


def read(folder: Path) -> Draft:
    """The mailing, its key being the folder's name. Raises Unreadable."""
    defects = Defects(FILE)
    said = _file(folder, defects)
    texts, wrong = _texts(folder)
    if said is None or defects or wrong:
        raise Unreadable([*defects, *wrong])
    try:
        segment = Segment.of(said.segment.model_dump())
    except Unsuited as problem:
        defects.add((1, 1), f"segment: {problem}", problem.field)
        raise Unreadable(list(defects)) from None
    test = said.test or (Test() if len(texts) > 1 else None)
    return Draft(
        key=folder.resolve().name,
        title=said.title,
        texts=texts,
        segment=segment,
        measure=test.measure if test else "letters",
        test_share=test.share if test else 0,
        test_time=test.time if test else None,
        expires_after=said.expires_after,
        above_cap=said.above_cap,
    )


def _file(folder: Path, defects: Defects) -> MailingFile | None:
    text = read_text(folder, FILE, LARGEST, defects)
    document = read_yaml(text, defects) if text is not None else None
    return fit(document, MailingFile, None, defects) if document is not None else None


def _texts(folder: Path) -> tuple[list[dict[str, tuple[str, str]]], list[Defect]]:
    """By letter, without a gap between the first and the last."""
    found: dict[str, dict[str, tuple[str, str]]] = {}
    wrong: list[Defect] = []
    for path in sorted(folder.glob("*.md")):
        defects = Defects(path.name)
        parts = NAME.fullmatch(path.name)
        if parts is None:
            defects.add((1, 1), f"a wording is called <letter>.<language>.md, such as a.en.md; letters: {LETTERS}")
        elif (text := read_text(folder, path.name, LARGEST_WORDING, defects)) is not None:
            written = wording_of(path.name, (parts[1], "email", parts[2]), text, defects)
            found.setdefault(parts[1], {})[parts[2]] = (written.source.subject, written.source.body)
        wrong += defects
    return [found[letter] for letter in sorted(found)], wrong
