"""YAML read so that every key and value keeps its place.

Stricter than YAML on purpose: one document, no tags, no anchors and aliases, no key twice. Every plain value is read
as the text it is (`no` is a language, `2023-04-28` becomes a date only where a date is expected); an empty one is None.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from campaigns.folder.defect import Defects
from campaigns.folder.limits import DEEPEST_NODE, MOST_NODES

Value = str | None | list["Value"] | dict[str, "Value"]
Path = tuple[str | int, ...]
Place = tuple[int, int]
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
CORE = "tag:yaml.org,2002:"
NOTHING = ("", "~", "null", "Null", "NULL")


@dataclass(slots=True)
class Document:
    """What was read, and where each value (`places`) and each key (`keys`) stands."""

    value: Value = None
    places: dict[Path, Place] = field(default_factory=dict)
    keys: dict[Path, Place] = field(default_factory=dict)

    def at(self, path: Path) -> Place:
        """The place of a value; where there is none, of the nearest thing around it."""
        for length in range(len(path), -1, -1):
            if path[:length] in self.places:
                return self.places[path[:length]]
        return 1, 1

    def key_at(self, path: Path) -> Place:
        """The place of the key a value stands under; of the value itself in a list."""
        return self.keys.get(path) or self.at(path)

    def get(self, *path: str | int) -> Value:
        """The value there; None if there is none."""
        value = self.value
        for step in path:
            if isinstance(value, dict) and isinstance(step, str):
                value = value.get(step)
            elif isinstance(value, list) and isinstance(step, int) and step < len(value):
                value = value[step]
            else:
                return None
        return value

    def items(self, *path: str | int) -> list[Value]:
        """The list there; an empty one if there is none."""
        value = self.get(*path)
        return value if isinstance(value, list) else []


class Unreadable(Exception):
    """The rest of the file cannot be read."""


def read_yaml(text: str, defects: Defects) -> Document | None:
    """The document; None if it cannot be read at all. Adds what is wrong to `defects`."""
    document = Document()
    try:
        _Reader(document, defects).read(yaml.parse(text, Loader=LOADER))
    except Unreadable:
        return None
    except yaml.MarkedYAMLError as error:
        at = _place(error.problem_mark or error.context_mark)
        defects.add(at, _readable(error, _character(text, at)))
        return None
    except yaml.YAMLError as error:
        defects.add((1, 1), f"this is not YAML: {str(error).splitlines()[0]}")
        return None
    return document


class _Reader:
    """Builds the value from the events of the parser, without recursion, so that depth is only a number."""

    def __init__(self, document: Document, defects: Defects) -> None:
        self.document = document
        self.defects = defects
        self.open: list[tuple[Path, list[Value] | dict[str, Value]]] = []
        self.key: list[str | None] = []
        self.nodes = 0
        self.documents = 0

    def read(self, events: Iterator[yaml.Event]) -> None:
        for event in events:
            at = _place(event.start_mark)
            if isinstance(event, yaml.DocumentStartEvent):
                self._document(at)
            elif isinstance(event, yaml.AliasEvent):
                self._stop(at, "aliases are not used here: write the value again", f"*{event.anchor}")
            elif isinstance(event, yaml.ScalarEvent):
                self._node(event, at)
                plain = event.implicit[0] and event.value in NOTHING
                self._put(None if plain else event.value, at, is_key=self._wants_key())
            elif isinstance(event, yaml.SequenceStartEvent | yaml.MappingStartEvent):
                self._node(event, at)
                self._begin([] if isinstance(event, yaml.SequenceStartEvent) else {}, at)
            elif isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
                self.open.pop()
                self.key.pop()

    def _document(self, at: Place) -> None:
        self.documents += 1
        if self.documents > 1:
            self._stop(at, "there is a second document here: one file is one campaign", "---")

    def _node(self, event: yaml.NodeEvent, at: Place) -> None:
        self.nodes += 1
        if self.nodes > MOST_NODES:
            self._stop(at, f"this file holds more than {MOST_NODES:,} keys and values")
        if event.anchor:
            self.defects.add(at, "anchors are not used here: write the value again", f"&{event.anchor}")
        tag = getattr(event, "tag", None)
        if tag:
            short = f"!!{str(tag).removeprefix(CORE)}" if str(tag).startswith(CORE) else str(tag)
            self.defects.add(at, "tags are not used here: write the plain value", short)

    def _begin(self, value: list[Value] | dict[str, Value], at: Place) -> None:
        if self._wants_key():
            self._stop(at, "a key is a word, not a list or a map")
        if len(self.open) >= DEEPEST_NODE:
            self._stop(at, f"more than {DEEPEST_NODE} lists and maps inside one another")
        path = self._put(value, at, is_key=False)
        self.open.append((path, value))
        self.key.append(None)

    def _wants_key(self) -> bool:
        return bool(self.open) and isinstance(self.open[-1][1], dict) and self.key[-1] is None

    def _put(self, value: Value, at: Place, is_key: bool) -> Path:
        if not self.open:
            self.document.value = value
            self.document.places[()] = at
            return ()
        around, container = self.open[-1]
        if is_key:
            return self._name(around, container, "" if value is None else str(value), at)
        if isinstance(container, list):
            path = (*around, len(container))
            container.append(value)
        else:
            name, self.key[-1] = self.key[-1] or "", None
            path = (*around, name)
            container.setdefault(name, value)
        self.document.places.setdefault(path, at)
        return path

    def _name(self, around: Path, container: object, name: str, at: Place) -> Path:
        self.key[-1] = name
        path = (*around, name)
        if path in self.document.keys:
            first = self.document.keys[path][0]
            self.defects.add(at, f"this key is here twice: it was first on line {first}", name)
        self.document.keys.setdefault(path, at)
        return path

    def _stop(self, at: Place, message: str, value: str = "") -> None:
        self.defects.add(at, message, value)
        raise Unreadable


def _place(mark: Any) -> Place:
    """As people count; the parser's marks count from 0."""
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _character(text: str, at: Place) -> str:
    lines = text.split("\n")
    line = lines[at[0] - 1] if at[0] <= len(lines) else ""
    return line[at[1] - 1 : at[1]]


def _readable(error: yaml.MarkedYAMLError, character: str) -> str:
    problem = error.problem or "this cannot be read"
    if character == "\t":
        return "there is a tab here: YAML is indented with spaces"
    if "mapping values are not allowed" in problem:
        return "there is a second colon here: put the text in quotation marks"
    context = f" {error.context}" if error.context else ""
    return f"this is not YAML: {problem}{context}"
