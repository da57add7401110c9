"""wordings/<wording>/<channel>.<language>.md: found, read and compiled, with every mistake at its place in the file."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from campaigns.folder.defect import Defects
from campaigns.folder.limits import LARGEST_WORDING, MOST_WORDINGS
from campaigns.folder.positions import Document, read_yaml
from campaigns.folder.reading import read_text
from campaigns.words.near import nearest
from campaigns.words.problem import Problem
from campaigns.words.wording import Source, problems_of
from channels.channel import CHANNELS

FOLDER = "wordings"
STATUSES = ("approved", "reviewed", "draft")
KEYS = ("subject", "status")
FRONT = re.compile(r"---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class WordingFile:
    """One wording as its file has it. `subject_at` and `body_line` say where its parts begin."""

    file: str
    name: str
    channel: str
    language: str
    status: str
    source: Source
    subject_at: tuple[int, int] = (1, 1)
    body_line: int = 1

    @property
    def key(self) -> tuple[str, str, str]:
        return self.name, self.channel, self.language

    @property
    def is_usable(self) -> bool:
        return self.status == "approved"

    def place(self, problem: Problem) -> tuple[int, int]:
        """Where in the file a problem of one part is."""
        if problem.part == "subject":
            return self.subject_at[0], self.subject_at[1] + problem.column - 1
        return self.body_line + problem.line - 1, problem.column


@dataclass(frozen=True, slots=True)
class Expected:
    """What campaign.yaml says of wordings: the channels each is used on, and the languages. None: it cannot be told."""

    channels: Mapping[str, Collection[str]] | None
    languages: Collection[str]


def read_wordings(folder: Path, expected: Expected, found: list[Defects]) -> tuple[WordingFile, ...]:
    """The wordings nothing is wrong with. Appends the defects of each file to `found`."""
    wordings = []
    for number, (file, parts) in enumerate(_files(folder, found)):
        defects = Defects(file)
        found.append(defects)
        if number >= MOST_WORDINGS:
            defects.add((1, 1), f"there are more than {MOST_WORDINGS:,} wordings")
            break
        _name_problems(parts, expected, defects)
        text = read_text(folder, file, LARGEST_WORDING, defects)
        if text is not None and len(parts) == 3:
            wording = wording_of(file, parts, text, defects)
            if not defects:
                wordings.append(wording)
    return tuple(wordings)


def _files(folder: Path, found: list[Defects]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each file, and the words its name is made of; files beginning with a dot are left alone."""
    defects = Defects(FOLDER)
    found.append(defects)
    top = folder / FOLDER
    try:
        if not top.is_dir() or not top.resolve().is_relative_to(folder.resolve()):
            defects.add((1, 1), "this folder is missing: it holds the texts, as <step>/<channel>.<language>.md")
            return
        for entry in _visible(top):
            if not entry.is_dir():
                defects.add((1, 1), f"{entry.name} stands beside the wordings: each is in a folder of its own")
            elif not entry.resolve().is_relative_to(folder.resolve()):
                defects.add((1, 1), f"{entry.name} is a link to a place outside the folder")
            else:
                for each in _visible(entry):
                    yield f"{FOLDER}/{entry.name}/{each.name}", _parts(entry.name, each.name)
    except (OSError, RuntimeError) as error:
        defects.add((1, 1), f"this folder cannot be read: {error}")


def _visible(folder: Path) -> list[Path]:
    return sorted(entry for entry in folder.iterdir() if not entry.name.startswith("."))


def _parts(name: str, file: str) -> tuple[str, ...]:
    found = re.fullmatch(r"([^.]+)\.([^.]+)\.md", file)
    return (name, *found.groups()) if found else (name,)


def _name_problems(parts: tuple[str, ...], expected: Expected, defects: Defects) -> None:
    name = parts[0]
    if expected.channels is not None and name not in expected.channels:
        used = ", ".join(expected.channels)
        message = f"no step, reminder, also or letter uses a wording of this name (there is: {used})"
        defects.add((1, 1), message, name, nearest(name, expected.channels))
    if len(parts) < 3:
        return defects.add((1, 1), "a wording is called <channel>.<language>.md, such as email.en.md")
    _, channel, language = parts
    if channel not in CHANNELS:
        known = ", ".join(CHANNELS)
        defects.add((1, 1), f"there is no such channel (there is: {known})", channel, nearest(channel, CHANNELS))
    if expected.languages and language not in expected.languages:
        known = ", ".join(expected.languages)
        message = f"this is not a language of the campaign (there is: {known})"
        defects.add((1, 1), message, language, nearest(language, expected.languages))
    return None


def wording_of(file: str, parts: tuple[str, ...], text: str, defects: Defects) -> WordingFile:
    """The wording in a file of that name (wording, channel, language); what is wrong with it is added to `defects`."""
    name, channel, language = parts
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    is_letter = channel not in CHANNELS or CHANNELS[channel].has_subject
    front = FRONT.match(text)
    document = _front_matter(front.group(1), defects) if front else Document({})
    body = text[front.end() :] if front else text
    wording = WordingFile(
        file=file,
        name=name,
        channel=channel,
        language=language,
        status=_status(document, defects),
        source=Source(body.rstrip(), _subject(document, is_letter, defects), is_letter),
        subject_at=_after_quotes(text, document.at(("subject",))),
        body_line=text.count("\n", 0, front.end()) + 1 if front else 1,
    )
    if text.startswith("---") and not front:
        defects.add((1, 1), "what begins with --- ends with another line of ---: subject and status stand between them")
    elif not body.strip():
        defects.add((wording.body_line, 1), "this wording is empty")
    for problem in problems_of(wording.source):
        defects.add(wording.place(problem), problem.message, problem.value, problem.suggestion)
    return wording


def _front_matter(text: str, defects: Defects) -> Document:
    document = read_yaml("\n" + text, defects)
    if document is None or not isinstance(document.value, dict):
        if not defects and text.strip():
            defects.add((2, 1), "between the lines of --- stand keys and values, such as subject: …")
        return Document({})
    for key in document.value:
        if key not in KEYS:
            at = document.key_at((key,))
            defects.add(at, f"there is no key `{key}` here (there is: {', '.join(KEYS)})", key, nearest(key, KEYS))
    return document


def _subject(document: Document, is_letter: bool, defects: Defects) -> str:
    subject = document.get("subject")
    if is_letter and not (isinstance(subject, str) and subject.strip()):
        defects.add(document.at(("subject",)), "a letter needs a subject: between two lines of ---, subject: …")
    elif not is_letter and subject is not None:
        defects.add(document.key_at(("subject",)), "there is no subject here: posts, calls and web forms have none")
    return subject.strip() if isinstance(subject, str) and is_letter else ""


def _status(document: Document, defects: Defects) -> str:
    status = document.get("status")
    if status is None:
        return "approved"
    if status not in STATUSES:
        near = nearest(status, STATUSES) if isinstance(status, str) else ""
        defects.add(document.at(("status",)), f"status is one of: {', '.join(STATUSES)}", str(status), near)
    return str(status)


def _after_quotes(text: str, at: tuple[int, int]) -> tuple[int, int]:
    line = text.split("\n")[at[0] - 1]
    return at[0], at[1] + (line[at[1] - 1 : at[1]] in ("'", '"'))
