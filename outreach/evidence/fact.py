"""What belongs into the log, before it has a place in it."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

KINDS = (
    "publication", "asked", "approval", "skip", "turn", "message", "proof", "response", "reading", "outcome", "review",
    "pause", "intervention", "version", "hold", "end",
)  # fmt: skip
"""In the order in which things that happened at the same instant are told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing that supports, or limits, a public claim.

    `told` is for everybody. `kept` are values that the log only commits to: words, addresses, names of people.
    `at`: when it happened (UTC); None if nobody wrote that down, and so when it is noted.
    `changes`: it may be told anew when `told` has changed; otherwise once.
    """

    campaign: uuid.UUID
    kind: str
    about: str
    at: datetime | None
    told: Mapping[str, Any]
    kept: Mapping[str, str] = field(default_factory=dict)
    addressee: str = ""
    changes: bool = False

    @property
    def name(self) -> tuple[str, str]:
        return self.kind, self.about


def instant(at: datetime) -> str:
    """As the log writes an instant: UTC, to the microsecond, so that the order of the texts is that of the instants."""
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def when(at: datetime | None) -> str | None:
    return instant(at) if at else None
