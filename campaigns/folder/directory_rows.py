"""The entries of a directory as rows of addressees.csv: what is there is brought up to date, the rest is added."""

import csv
from collections.abc import Collection, Iterator, Mapping
from io import StringIO

from campaigns.directory.entry import STAYS_WITH_THE_SEAT, Directory, Entry
from campaigns.folder.addressees import CHANNEL_COLUMNS, COLUMNS
from campaigns.folder.defect import Defects
from campaigns.folder.rows import read_rows

Cells = dict[str, str]


def with_entries(text: str, directory: Directory, group: str, defects: Defects) -> str:
    """The file with the entries in it, in `group`; all other rows keep their cells.

    What somebody wrote into a column that the directory does not supply (an email address) stays as long as the same
    person holds the office, and so does all they wrote of somebody of whom the directory has no address at all. A row
    of the directory without an entry is an office that nobody holds, and keeps only what stays with it. Adds a defect
    if the file cannot be read.
    """
    rows = list(read_rows(text, defects))
    columns = [cell.strip().lower() for cell in rows[0].cells] if rows else list(COLUMNS)
    if "key" not in columns:
        defects.add((1, 1), "the first line names the columns, and lacks key")
    for row in rows:
        if len(row.cells) != len(columns):
            defects.add((row.line, 1), f"this row has {len(row.cells)} columns, the first line {len(columns)}")
    if defects:
        return text
    header = [*columns, *(each for each in COLUMNS if each not in columns)]
    wanted = {entry.key: entry for entry in directory.entries}
    there = [dict(zip(columns, row.cells, strict=True)) for row in rows[1:]]
    for cells in there:
        key = cells["key"].strip()
        if key in wanted:
            cells.update(_held(wanted.pop(key), cells, group, directory.supplies))
        elif key.startswith(directory.prefixes):
            cells.update(_vacant(cells))
    new = [_held(entry, {}, group, directory.supplies) for entry in wanted.values()]
    return _written(header, [*there, *new])


def _held(entry: Entry, before: Mapping[str, str], group: str, supplied: Collection[str]) -> Cells:
    is_new = before.get("holder", "").strip() != entry.holder
    if not is_new and not entry.addresses:  # a newcomer of whom the directory has only the name
        supplied = ()
    gone = [column for column in CHANNEL_COLUMNS if column not in supplied] if is_new else ()
    return {
        "key": entry.key,
        "kind": "office",
        "name": entry.name,
        "holder": entry.holder,
        "salutation": entry.salutation,
        "country": entry.country,
        "languages": before.get("languages", "") or entry.languages,
        "time_zone": entry.time_zone,
        "weekend": entry.weekend,
        "division": entry.division,
        **dict.fromkeys(gone, ""),
        **{column: entry.addresses.get(column, "") for column in supplied},
        **_membership(before, group),
    }


def _vacant(before: Mapping[str, str]) -> Cells:
    gone = [column for column in CHANNEL_COLUMNS if column in before and column not in STAYS_WITH_THE_SEAT]
    return dict.fromkeys(["holder", "salutation", *gone], "")


def _membership(before: Mapping[str, str], group: str) -> Cells:
    groups = [each.strip() for each in before.get("groups", "").split(";") if each.strip()]
    if group in groups:
        return {}
    said = before.get("capacities", "").strip()
    return {"groups": ";".join([*groups, group]), "capacities": f"{said}|" if said else ""}


def _written(header: list[str], rows: list[Cells]) -> str:
    made = StringIO()
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(_cells(header, rows))
    return made.getvalue()


def _cells(header: list[str], rows: list[Cells]) -> Iterator[list[str]]:
    return ([cells.get(column, "") for column in header] for cells in rows)
