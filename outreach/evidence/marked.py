"""What the readers of marks share."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from campaigns.appeal import Appeal
from outreach.evidence.fact import Fact
from outreach.evidence.mark import EvidenceMark

Marks = Sequence[EvidenceMark]


def abouts(marks: Marks) -> set[str]:
    return {mark.about for mark in marks}


def rows_of(rows: Any, marks: Marks) -> dict[str, Any]:
    """The rows that are marked, by the name a mark has for them. One that is gone by now is left out."""
    return {str(row.pk): row for row in rows.filter(pk__in=abouts(marks))}


def moment(seen: str | datetime | None) -> datetime | None:
    """An instant as a mark kept it, or as it stands in the row."""
    return datetime.fromisoformat(seen) if isinstance(seen, str) else seen


def of_appeal(
    appeal: Appeal,
    kind: str,
    about: object,
    at: datetime | None,
    told: Mapping[str, Any],
    *,
    kept: Mapping[str, str] | None = None,
    changes: bool = False,
) -> Fact:
    """A fact about one appeal, which has its `addressee` loaded. What is empty need not be kept back."""
    return Fact(
        campaign=appeal.campaign_id,
        kind=kind,
        about=str(about),
        at=at,
        told=told,
        kept={name: value for name, value in (kept or {}).items() if value},
        addressee=appeal.addressee.key,
        changes=changes,
    )


def file_of(kept: Any) -> dict[str, Any]:
    """A file by its hash: whoever has it can see that it is the one. Its name may name people."""
    return {"sha256": kept.sha256, "size": kept.size, "media_type": kept.media_type}
