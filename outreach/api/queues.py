from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Router, Schema
from pydantic import Field

from campaigns.moment import now
from outreach.api import find
from outreach.api.access import Request
from outreach.api.values import PathKey
from outreach.cause import Why
from outreach.queue import Entry, queue_of

router = Router(tags=["deliveries"])


class EntryOut(Schema):
    """Deliveries that have not been sent for the same cause."""

    kind: Why = Field(description="What keeps them")
    why: str = Field(description="The cause, in a sentence")
    channel: str
    number: int
    first_due_at: datetime
    last_due_at: datetime
    examples: list[UUID] = Field(description="A few of them; `GET /deliveries/{id}` says why each one waits")


class QueueOut(Schema):
    """Why what has not been sent has not been sent."""

    number: int = Field(description="How many wait")
    waiting: list[EntryOut] = Field(description="What may still go out, or waits for a person; the most first")
    ended: list[EntryOut] = Field(description="What came to nothing")
    others: int = Field(description="Deliveries with rarer causes, which are not listed")


@router.get("/{slug}/queue", response=QueueOut, summary="Show the queue")
def show_queue(request: Request, slug: PathKey) -> dict[str, Any]:
    """Every delivery that has not been sent, counted by the cause that keeps it."""
    queue = queue_of(find.campaign(request, slug), now())
    return {
        "number": queue.number,
        "waiting": [_describe(entry) for entry in queue.waiting],
        "ended": [_describe(entry) for entry in queue.ended],
        "others": queue.others,
    }


def _describe(entry: Entry) -> dict[str, Any]:
    return {
        "kind": entry.cause.kind,
        "why": entry.sentence(datetime.isoformat),
        "channel": entry.channel,
        "number": entry.number,
        "first_due_at": entry.first,
        "last_due_at": entry.last,
        "examples": [each.pk for each in entry.examples],
    }
