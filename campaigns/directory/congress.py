"""The current members of the United States Congress, from the files of the project congress-legislators.

`legislators-current.yaml` has their terms, offices, phones and web forms; `legislators-social-media.yaml`, which may be
missing, their official accounts. Neither has email addresses: members of Congress publish none.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter
from pathlib import Path
from typing import Any

import yaml

from campaigns.directory.entry import STAYS_WITH_THE_SEAT, Directory, Entry
from campaigns.directory.seat import CLASSES, STATES, Chamber, Seat, house
from campaigns.folder.addressees import CHANNEL_COLUMNS
from campaigns.folder.defect import Defect, Defects
from campaigns.folder.reading import read_text
from channels.channel import CHANNELS

MEMBERS, ACCOUNTS = "legislators-current.yaml", "legislators-social-media.yaml"
SUPPLIES = ("x", "mastodon", "form", "phone", "post")
PREFIXES = ("us-senate-", "us-house-")
LARGEST = 20_000_000  # bytes
IN_WASHINGTON = re.compile(r"(?P<street>.+?)[,;]? Washington,? DC (?P<code>\d{5}(?:-\d{4})?)")
PHONE = re.compile(r"\d{3}-\d{3}-\d{4}")
WAYS = {"email": "email", "form": "web form", "phone": "phone", "post": "letter", "x": "X", "mastodon": "Mastodon"}
ALIKE = {"country": "US", "languages": "en", "time_zone": "America/New_York", "weekend": "sat;sun"}


class NotCongress(ValueError):
    """The files cannot be used; nothing was read. `defects`: all that is wrong with them."""

    def __init__(self, defects: list[Defect]) -> None:
        super().__init__("; ".join(map(str, defects)))
        self.defects = defects


@dataclass(frozen=True, slots=True)
class Congress:
    """`entries`: each seat these files know something of. `vacant`: seats of the House that they do not have.

    `ended`: seats whose term in them ended before today, entered without a holder: newer files know more.
    `short`: states with fewer than two senators in them. `left_out`: a sentence for each address that cannot be one.
    """

    entries: tuple[Entry, ...]
    vacant: tuple[Seat, ...]
    ended: tuple[Seat, ...]
    short: tuple[str, ...]
    left_out: tuple[str, ...]

    @property
    def directory(self) -> Directory:
        return Directory(self.entries, PREFIXES, SUPPLIES)

    @property
    def members(self) -> tuple[Entry, ...]:
        """The seats somebody holds."""
        return tuple(entry for entry in self.entries if entry.holder)

    @property
    def reached_by(self) -> dict[str, int]:
        """How many members have an address of each kind."""
        ways = Counter(way for entry in self.members for way in entry.addresses)
        return {title: ways[way] for way, title in WAYS.items()}

    def account(self) -> dict[str, Any]:
        """What was found, and what these files do not know, as plain values."""
        return {
            "members": len(self.members),
            "reached_by": self.reached_by,
            "fewer_than_two_senators": list(self.short),
            "vacant": [seat.name for seat in self.vacant],
            "term_ended": [seat.name for seat in self.ended],
            "left_out": list(self.left_out),
        }


@dataclass(slots=True)
class _Reading:
    """One pass over the files. `today`: in Washington."""

    today: date
    defects: Defects = field(default_factory=lambda: Defects(MEMBERS))
    holders: dict[Seat, Entry] = field(default_factory=dict)
    ended: dict[Seat, Entry] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)

    def member(self, number: int, member: Any, accounts: Mapping[str, Mapping[str, Any]]) -> None:
        try:
            term = member["terms"][-1]
            seat = _seat(term)
            is_over = date.fromisoformat(str(term["end"])) < self.today
            name, known_as = _name(member["name"]), str(member["name"]["last"])
            account = accounts.get(str(member["id"]["bioguide"]), {})
        except (LookupError, TypeError, ValueError) as problem:
            said = f"entry {number}: this is not a member of Congress as these files have them: {_why(problem)}"
            self.defects.add((1, 1), said)
            return
        if seat in self.holders and not is_over:
            self.defects.add((1, 1), f"entry {number}: {self.holders[seat].holder} holds this seat, too", seat.name)
            return
        addresses = dict(self._sound(name, _addresses(term, account)))
        if is_over:
            stays = {column: address for column, address in addresses.items() if column in STAYS_WITH_THE_SEAT}
            self.ended[seat] = _entry(seat, "", "", stays)
        else:
            self.holders[seat] = _entry(seat, name, f"{seat.title} {known_as}", addresses)

    def _sound(self, name: str, addresses: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        for column, address in addresses.items():
            problem = CHANNELS[CHANNEL_COLUMNS[column]].address_problem(address.replace("|", "\n"))
            if problem:
                self.left_out.append(f"{name}: {problem}")
            else:
                yield column, address

    def result(self) -> Congress:
        senators = Counter(seat.state for seat in self.holders if seat.chamber is Chamber.SENATE)
        return Congress(
            entries=tuple(entry for _, entry in sorted((self.ended | self.holders).items(), key=itemgetter(0))),
            vacant=tuple(sorted(HOUSE - self.holders.keys() - self.ended.keys())),
            ended=tuple(sorted(self.ended.keys() - self.holders.keys())),
            short=tuple(name for state, (name, _) in STATES.items() if senators[state] < len(CLASSES) - 1),
            left_out=tuple(self.left_out),
        )


def read_congress(folder: Path, today: date) -> Congress:
    """Who sits in Congress today. Raises NotCongress, with everything that is wrong."""
    reading = _Reading(today)
    members = _listed(folder, MEMBERS, reading.defects)
    others = Defects(ACCOUNTS)
    accounts = _by_member(_listed(folder, ACCOUNTS, others)) if (folder / ACCOUNTS).exists() else {}
    for number, member in enumerate(members, 1):
        reading.member(number, member, accounts)
    if not reading.defects and not reading.holders:
        reading.defects.add((1, 1), f"nobody in this file sits in Congress on {today.isoformat()}")
    if defects := [*reading.defects, *others]:
        raise NotCongress(defects)
    return reading.result()


def _listed(folder: Path, file: str, defects: Defects) -> list[Any]:
    text = read_text(folder, file, LARGEST, defects)
    if text is None:
        return []
    try:
        found = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark
        defects.add((mark.line + 1, mark.column + 1) if mark else (1, 1), f"this is not YAML: {problem.problem}")
        return []
    except (yaml.YAMLError, RecursionError, ValueError) as problem:
        defects.add((1, 1), f"this is not YAML: {problem}")
        return []
    if not isinstance(found, list):
        defects.add((1, 1), "this is not a list of members of Congress")
        return []
    return found


def _by_member(accounts: list[Any]) -> dict[str, Mapping[str, Any]]:
    """Accounts by bioguide id; an entry that names nobody is nobody's."""
    return {
        str(each["id"].get("bioguide")): each["social"]
        for each in accounts
        if isinstance(each, dict) and isinstance(each.get("id"), dict) and isinstance(each.get("social"), dict)
    }


def _entry(seat: Seat, holder: str, salutation: str, addresses: Mapping[str, str]) -> Entry:
    return Entry(seat.key, seat.name, holder, salutation, division=seat.division, addresses=addresses, **ALIKE)


def _name(name: Mapping[str, Any]) -> str:
    """The official one; newcomers may have none yet."""
    return str(name.get("official_full") or f"{name['first']} {name['last']}")


def _seat(term: Mapping[str, Any]) -> Seat:
    """Raises ValueError for a seat that Congress does not have."""
    chamber, state = Chamber(term["type"]), str(term["state"])
    number = int(term["class"] if chamber is Chamber.SENATE else term["district"])
    seat = Seat(chamber, state, number)
    is_there = seat in HOUSE if chamber is Chamber.HOUSE else state in STATES and number in CLASSES
    if not is_there:
        raise ValueError(f"there is no such seat: {chamber} {state} {number}")
    return seat


def _addresses(term: Mapping[str, Any], account: Mapping[str, Any]) -> dict[str, str]:
    """By column, as far as they are known."""
    phone, place = str(term.get("phone") or ""), IN_WASHINGTON.fullmatch(str(term.get("address") or ""))
    known = {
        "x": f"@{account['twitter']}" if account.get("twitter") else "",
        "mastodon": str(account.get("mastodon") or ""),
        "form": str(term.get("contact_form") or ""),
        "phone": f"+1 {phone}" if PHONE.fullmatch(phone) else phone,
        "post": f"{place['street']}|Washington, DC {place['code']}" if place else str(term.get("address") or ""),
    }
    return {column: address for column, address in known.items() if address}


def _why(problem: Exception) -> str:
    return f"it has no {problem}" if isinstance(problem, KeyError) else str(problem)


HOUSE = frozenset(house())
