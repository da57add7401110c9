"""The ledger beside what came at the other end. Pure: what is to be compared is handed in."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields

from bench.chaos.ledger import Entry
from outreach.delivery import Delivery

State = Delivery.State
CHANNELS = ("email", "x", "bluesky", "mastodon")
TAKEN = {State.SENT, State.DELIVERED}
GIVEN_UP = {State.REFUSED, State.SUPPRESSED, State.EXPIRED, State.CANCELLED, State.BOUNCED}


@dataclass(slots=True)
class Tally:
    """One line of the account. `twice`: came more than once. `doubted`: was unknown at some time, of which some is
    found out later. `came`: of those unknown now, how many came after all.

    `lost`: the ledger says sent and nothing came, or it has no row or no end for what was to be sent. `given_up`: not
    sent, with the reason recorded. `denied`: came, though the ledger says that it was not sent.
    """

    planned: int = 0
    sent: int = 0
    twice: int = 0
    lost: int = 0
    doubted: int = 0
    unknown: int = 0
    came: int = 0
    given_up: int = 0
    denied: int = 0

    def add(self, other: "Tally") -> None:
        """Count it in."""
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))


Account = dict[str, Tally]


@dataclass(frozen=True, slots=True)
class Expected:
    """What a campaign must become: one message to each of so many on each channel, and one to each supporter.

    `at_least_once`: the policy for supporters, who may get a letter twice then.
    """

    slug: str
    email: str
    addressees: int
    supporters: int
    at_least_once: bool = False

    @property
    def planned(self) -> int:
        return self.addressees * len(CHANNELS) + self.supporters

    @property
    def by_kind(self) -> dict[str, int]:
        """How many of them are letters, and how many posts."""
        letters = self.addressees + self.supporters
        return {"letters": letters, "posts": self.planned - letters}

    @property
    def may_double(self) -> frozenset[str]:
        """The lines of the account in which something may come twice."""
        return frozenset({line_of("email", True, self.email)} if self.at_least_once else ())

    def lines(self) -> Iterator[tuple[str, int]]:
        """Each line of the account with the number that is planned in it."""
        for channel in CHANNELS:
            yield line_of(channel, False, self.email), self.addressees
        yield line_of("email", True, self.email), self.supporters


def line_of(channel: str, is_bulk: bool, email: str) -> str:
    """The name of the line a delivery is counted in."""
    if channel != "email":
        return channel
    return f"{email} to {'supporters' if is_bulk else 'addressees'}"


def account(expected: Expected, entries: Iterable[Entry], received: Mapping[str, Counter[str]]) -> Account:
    """`received`: how often each message came, by wire."""
    made = {line: Tally(planned=planned) for line, planned in expected.lines()}
    missing = dict(expected.lines())
    for entry in entries:
        line = line_of(entry.channel, entry.is_bulk, expected.email)
        wire = expected.email if entry.channel == "email" else entry.channel
        missing[line] -= 1
        _count(made[line], entry, received[wire][entry.known_as])
    for line, number in missing.items():
        made[line].lost += max(number, 0)
        made[line].planned -= min(number, 0)
    return made


def _count(tally: Tally, entry: Entry, times: int) -> None:
    tally.twice += times > 1
    tally.doubted += bool(entry.doubts)
    if entry.state in TAKEN:
        tally.sent += 1
        tally.lost += times == 0
    elif entry.state == State.UNKNOWN:
        tally.unknown += 1
        tally.came += times > 0
    elif entry.state in GIVEN_UP and entry.reason:
        tally.given_up += 1
        tally.denied += times > 0
    else:
        tally.lost += 1


def strangers(entries: Iterable[Entry], received: Mapping[str, Counter[str]]) -> Counter[str]:
    """What came and is in no ledger, by wire."""
    known = {entry.known_as for entry in entries}
    return Counter({wire: number for wire, came in received.items() if (number := len(set(came) - known))})
