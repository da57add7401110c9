"""What entries committed to, read from where it is kept."""

from collections.abc import Mapping, Sequence

from outreach.evidence.chain import Line
from outreach.evidence.mark import EvidenceMark
from outreach.evidence.sources import facts_of

MARKS = {
    "message": "delivery",
    "proof": "delivery",
    "response": "response",
    "reading": "response",
    "outcome": "outcome",
    "review": "review",
    "intervention": "intervention",
    "version": "version",
    "approval": "approval",
    "hold": "hold",
}
AT_ONCE = 500


def kept_of(lines: Sequence[Line]) -> dict[int, Mapping[str, str]]:
    """By the number of the entry, the values of its fields as the tables have them now; what is gone is left out.

    They are read by the same functions that noted them. Whether they are still what was committed to is for the caller
    to see.
    """
    found: dict[int, Mapping[str, str]] = {}
    committed = [line for line in lines if line.committed]
    for start in range(0, len(committed), AT_ONCE):
        part = committed[start : start + AT_ONCE]
        marks = {(MARKS[line.kind], line.told.get("message", line.about)) for line in part}
        facts = facts_of(EvidenceMark(kind=kind, about=str(about)) for kind, about in sorted(marks))
        values = {fact.name: fact.kept for fact in facts}
        found |= {line.number: values.get((line.kind, line.about), {}) for line in part}
    return found
