"""addressees.csv: one row for each addressee, one defect for each mistake, and the mistakes of every row at once."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from campaigns.folder.defect import Defects
from campaigns.folder.limits import LARGEST_CSV, MOST_ADDRESSEES
from campaigns.folder.places import Problem, country_problem, language_problem, weekday_problem, zone_problem
from campaigns.folder.reading import read_text
from campaigns.folder.rows import Row, read_rows
from campaigns.folder.values import KEY
from campaigns.words.near import nearest
from channels.channel import CHANNELS

FILE = "addressees.csv"
KINDS = ("state", "office", "body", "person")
ABOUT = ("key", "kind", "name", "holder", "salutation", "country", "languages", "time_zone", "weekend")
CHANNEL_COLUMNS = {channel.column or name: name for name, channel in CHANNELS.items()}
OPTIONAL = (*(column for column, name in CHANNEL_COLUMNS.items() if CHANNELS[name].deed), "division")
NEEDED = (*ABOUT, *(column for column in CHANNEL_COLUMNS if column not in OPTIONAL), "groups", "capacities")
COLUMNS = (*NEEDED, *OPTIONAL)
LONGEST = {"key": 80, "division": 80, "name": 200, "holder": 200, "salutation": 200, "address": 320, "capacity": 300}
SEMICOLONS = re.compile(r"[^,]*;[^,]*;")


@dataclass(frozen=True, slots=True)
class AddresseeRow:
    """An addressee as the file has it. `addresses`: by channel, best first. `memberships`: (group, capacity).

    Groups come in the order of campaign.yaml, whatever their order in the cell. `division`: None where no column says.
    """

    line: int
    key: str
    kind: str
    name: str
    holder: str
    salutation: str
    country: str
    languages: tuple[str, ...]
    time_zone: str
    weekend: tuple[str, ...]
    addresses: dict[str, tuple[str, ...]] = field(hash=False)
    memberships: tuple[tuple[str, str], ...]
    division: str | None = None

    @property
    def capacities(self) -> tuple[str, ...]:
        """In the order of its groups, each once."""
        return tuple(dict.fromkeys(capacity for _, capacity in self.memberships if capacity))

    @property
    def groups(self) -> tuple[str, ...]:
        return tuple(group for group, _ in self.memberships)


def read_addressees(folder: Path, groups: Iterable[str], defects: Defects) -> tuple[AddresseeRow, ...]:
    """The rows nothing is wrong with; `groups` are those campaign.yaml defines, or empty if that is not known."""
    text = read_text(folder, FILE, LARGEST_CSV, defects)
    if text is None:
        return ()
    rows = read_rows(text, defects)
    header = next(rows, None)
    if header is None:
        defects.add((1, 1), f"this file is empty: its first line names the columns {', '.join(COLUMNS)}")
        return ()
    columns = _columns(header, defects)
    if columns is None:
        return ()
    found = tuple(_Sheet(columns, tuple(groups), defects).read(rows))
    if not found and not defects:
        defects.add((1, 1), "this file names no addressee")
    return found


def _columns(header: Row, defects: Defects) -> dict[str, int] | None:
    """Where each column is; None if the first line does not name them."""
    names = [cell.strip().lower() for cell in header.cells]
    if len(names) == 1 and SEMICOLONS.match(header.cells[0]):
        defects.add((header.line, 1), "columns are divided by commas here: save the file with commas", ";")
        return None
    before = len(defects)
    for index, name in enumerate(names):
        if name not in COLUMNS:
            message = f"there is no column of this name (there is: {', '.join(COLUMNS)})"
            defects.add(header.places[index], message, header.cells[index], nearest(name, COLUMNS))
        elif name in names[:index]:
            defects.add(header.places[index], "this column is here twice", name)
    missing = [name for name in NEEDED if name not in names]
    if missing:
        defects.add((header.line, 1), f"the first line names the columns, and lacks {', '.join(missing)}")
    return None if len(defects) > before else {name: index for index, name in enumerate(names)}


class _Sheet:
    """Reads row after row, remembering the keys it has seen."""

    def __init__(self, columns: dict[str, int], groups: tuple[str, ...], defects: Defects) -> None:
        self.columns = columns
        self.groups = groups
        self.defects = defects
        self.first_line: dict[str, int] = {}

    def read(self, rows: Iterable[Row]) -> Iterator[AddresseeRow]:
        for number, row in enumerate(rows, 1):
            if number > MOST_ADDRESSEES:
                self.defects.add((row.line, 1), f"there are more than {MOST_ADDRESSEES:,} addressees")
                return
            before = len(self.defects)
            found = _Reading(row, self).addressee()
            if self.defects.are_too_many:
                return
            if len(self.defects) == before:
                yield found


class _Reading:
    """One row."""

    def __init__(self, row: Row, sheet: _Sheet) -> None:
        self.row = row
        self.sheet = sheet
        self._width()

    def addressee(self) -> AddresseeRow:
        return AddresseeRow(
            line=self.row.line,
            key=self._key(),
            kind=self._checked("kind", self._cell("kind"), _kind_problem),
            name=self._words("name", needed=True),
            holder=self._words("holder"),
            salutation=self._words("salutation"),
            country=self._checked("country", self._cell("country"), country_problem),
            languages=self._several("languages", language_problem, needed=True),
            time_zone=self._checked("time_zone", self._cell("time_zone"), zone_problem, needed=True),
            weekend=self._several("weekend", weekday_problem),
            addresses={
                channel: found
                for column, channel in CHANNEL_COLUMNS.items()
                if (found := self._addresses(column, channel))
            },
            memberships=self._memberships(),
            division=self._words("division") if "division" in self.sheet.columns else None,
        )

    def _width(self) -> None:
        wanted, there = len(self.sheet.columns), len(self.row.cells)
        if there < wanted:
            lacking = ", ".join(name for name, index in self.sheet.columns.items() if index >= there)
            message = f"this row has {there} columns and needs {wanted}: it lacks {lacking}"
            self.sheet.defects.add((self.row.line, self._end()), message, self._cell("key"))
        elif there > wanted:
            message = (
                f"this row has {there} columns and needs {wanted}: a text with a comma in it needs quotation marks"
            )
            self.sheet.defects.add(self.row.places[wanted], message, self.row.cells[wanted])

    def _end(self) -> int:
        return self.row.places[-1][1] + len(self.row.cells[-1])

    def _has(self, column: str) -> bool:
        return column in self.sheet.columns and self.sheet.columns[column] < len(self.row.cells)

    def _cell(self, column: str) -> str:
        return self.row.cells[self.sheet.columns[column]].strip() if self._has(column) else ""

    def _wrong(self, column: str, message: str, value: str, suggestion: str = "", offset: int = 0) -> None:
        line, start = self.row.places[self.sheet.columns[column]] if self._has(column) else (self.row.line, 1)
        self.sheet.defects.add((line, start + offset), f"{column}: {message}", value, suggestion)

    def _key(self) -> str:
        key = self._words("key", needed=True)
        if key and not re.fullmatch(KEY, key):
            plain = re.sub(r"[^a-z0-9]+", "-", key.lower()).strip("-")
            self._wrong("key", "a key is small letters, digits and hyphens", key, plain)
        first = self.sheet.first_line.setdefault(key, self.row.line) if key else self.row.line
        if first != self.row.line:
            self._wrong("key", f"this key is taken: it is first used on line {first}", key)
        return key

    def _words(self, column: str, needed: bool = False) -> str:
        value = self._cell(column)
        if needed and not value and self._has(column):
            self._wrong(column, "this cell is empty", "")
        if len(value) > LONGEST[column]:
            self._wrong(column, f"this is longer than {LONGEST[column]} characters", value)
        return value

    def _checked(self, column: str, value: str, problem: object, needed: bool = False, offset: int = 0) -> str:
        if not value:
            if needed and self._has(column):
                self._wrong(column, "this cell is empty", "")
            return ""
        assert callable(problem)
        found: Problem | None = problem(value)
        if found:
            self._wrong(column, found[0], value, found[1], offset)
        return value

    def _several(self, column: str, problem: object, needed: bool = False) -> tuple[str, ...]:
        parts = list(_parts(self._cell(column), ";"))
        if needed and not parts and self._has(column):
            self._wrong(column, "this cell is empty", "")
        return tuple(dict.fromkeys(self._checked(column, part, problem, offset=at) for part, at in parts))

    def _addresses(self, column: str, channel: str) -> tuple[str, ...]:
        if "\n" in CHANNELS[channel].spaces:
            return self._lines(column, channel)
        return self._several(column, lambda address: _address_problem(channel, address))

    def _lines(self, column: str, channel: str) -> tuple[str, ...]:
        """The cell as one address of several lines."""
        cell = self._cell(column)
        address = "\n".join(
            line.strip() for line in re.split(r"[|\r\n]" if "|" in cell else r"[;\r\n]", cell) if line.strip()
        )
        if address and (problem := _address_problem(channel, address)):
            self._wrong(column, problem[0], cell)
        return (address,) if address else ()

    def _memberships(self) -> tuple[tuple[str, str], ...]:
        groups = self._several("groups", self._group_problem, needed=True)
        cell = self._cell("capacities")
        capacities = [part.strip() for part in cell.split("|")] if cell else []
        if self._has("capacities") and self._has("groups") and capacities and len(capacities) != len(groups):
            message = (
                f"there are {len(groups)} groups and {len(capacities)} capacities, divided by |, in the same order"
            )
            self._wrong("capacities", message, cell)
        for capacity in capacities:
            if len(capacity) > LONGEST["capacity"]:
                self._wrong("capacities", f"a capacity is longer than {LONGEST['capacity']} characters", capacity)
        found = zip(groups, [*capacities, *[""] * len(groups)], strict=False)
        order = {group: place for place, group in enumerate(self.sheet.groups)}
        return tuple(sorted(found, key=lambda membership: order.get(membership[0], 0)))

    def _group_problem(self, group: str) -> Problem | None:
        if not self.sheet.groups or group in self.sheet.groups:
            return None
        listed = ", ".join(self.sheet.groups)
        return f"campaign.yaml has no such group (there is: {listed})", nearest(group, self.sheet.groups)


def _kind_problem(kind: str) -> Problem | None:
    return None if kind in KINDS else (f"this is one of: {', '.join(KINDS)}", nearest(kind, KINDS))


def _address_problem(channel: str, address: str) -> Problem | None:
    if len(address) > LONGEST["address"]:
        return f"an address is longer than {LONGEST['address']} characters", ""
    problem = CHANNELS[channel].address_problem(address)
    return (problem, "") if problem else None


def _parts(cell: str, divider: str) -> Iterator[tuple[str, int]]:
    """The parts of a list in a cell, and how far into the cell each begins."""
    at = 0
    for part in cell.split(divider):
        if part.strip():
            yield part.strip(), at + len(part) - len(part.lstrip())
        at += len(part) + 1
