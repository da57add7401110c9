"""Reports that only speak to people: what failed, for whom, and whether for good, from the words and their places."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from channels.incoming.party import ADDRESS, address_in
from channels.incoming.permanence import CODE, LONGEST, judged
from channels.incoming.phrases.report import ALONE, NAMED_ALONE, NO_RECIPIENT, NOT_THE_RECIPIENT, POINTED, REPLIED
from channels.incoming.reading import Failed

REQUEST = re.compile(
    r"\b(?:contact|write to|send (?:an? )?(?:e-?)?mail|send (?:an? )?message|for (?:help|assistance|questions))\b",
    re.IGNORECASE,
)
ALONE_ON_A_LINE = 4
MOST_LINES = 400
LINE = 600


@dataclass(frozen=True, slots=True)
class Named:
    """An address in a report: the line it stands in, and how plainly it is named as the one that failed."""

    address: str
    line: int
    rank: int


def failed_in(words: str, own: set[str], plainly: bool) -> list[Failed]:
    """The recipients that a report's words name, each with what is said of it.

    `own`: addresses that it came to or from. `plainly`: only those whose place in the words says that they are meant.
    """
    lines = [line[:LINE] for line in words.split("\n")[:MOST_LINES]]
    named = [each for each in _named(lines) if each.rank > 1 or not plainly]
    strangers = [each for each in named if each.address.lower() not in own and not NO_RECIPIENT.match(each.address)]
    chosen = _plainest(strangers or [each for each in named if each.rank >= (ALONE_ON_A_LINE if plainly else 2)])
    return [_failed(each, chosen, lines) for each in chosen]


def _named(lines: list[str]) -> Iterator[Named]:
    for number, line in enumerate(lines):
        if "@" not in line:
            continue
        alone = ALONE.match(line) or NAMED_ALONE.match(line)
        if alone and not NOT_THE_RECIPIENT.search(line[: alone.start(1)]) and not _ends_a_request(lines, number):
            yield Named(address_in(alone[1]), number, ALONE_ON_A_LINE)
            continue
        for pattern, rank in ((POINTED, 3), (REPLIED, 2), (ADDRESS, 1)):
            found = [each for each in pattern.finditer(line) if not NOT_THE_RECIPIENT.search(line[: _start(each)])]
            if found:
                yield from (Named(address_in(each[each.lastindex or 0]), number, rank) for each in found)
                break


def _start(found: re.Match[str]) -> int:
    return found.start(found.lastindex or 0)


def _ends_a_request(lines: list[str], number: int) -> bool:
    """“For help, please contact” and below it an address."""
    before = " ".join(lines[max(0, number - 8) : number])
    return bool(REQUEST.search(before.rpartition(". ")[2][-200:]))


def _plainest(named: list[Named]) -> list[Named]:
    best = max((each.rank for each in named), default=0)
    kept: dict[str, Named] = {}
    for each in named:
        if each.rank == best and each.address:
            kept.setdefault(each.address.lower(), each)
    return list(kept.values())


def _failed(one: Named, all_named: list[Named], lines: list[str]) -> Failed:
    """What is said of one: from its line to the next one's; all the words if that says nothing."""
    starts = sorted(each.line for each in all_named)
    end = next((line for line in starts if line > one.line), len(lines))
    said = "\n".join(lines[one.line : end])
    around = "\n".join(lines) if len(starts) == 1 or not CODE.search(said) else said
    judgement = judged("", said.replace(one.address, "…"))
    if judgement.is_permanent is None or (not judgement.status and not judgement.code):
        wider = judged("", around.replace(one.address, "…"))
        judgement = wider if wider.code or wider.status or judgement.is_permanent is None else judgement
    return Failed(
        address=one.address,
        is_permanent=judgement.is_permanent,
        is_dead=judgement.is_dead,
        status=judgement.status,
        code=judgement.code,
        diagnostic=" ".join(said.split())[:LONGEST],
    )
