"""What wires answered about deliveries in chunks: appended while sending, soon brought into the deliveries."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.db import connection, models

from channels.answer import Answer, Delayed, Receipt, Refused, Unknown
from outreach.chunk import Chunk
from outreach.delivery import Delivery
from outreach.settle import backoff

State = Delivery.State


class Entry(models.Model):
    """One answer. No index but the one it is brought in by, no constraint, no update: appending is all it is for."""

    id = models.BigAutoField(primary_key=True)
    chunk = models.ForeignKey(Chunk, models.DO_NOTHING, related_name="+", db_constraint=False)
    place = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=Delivery.State)
    at = models.DateTimeField()
    wire = models.CharField(max_length=20)
    reference = models.CharField(max_length=300, help_text="Or the code, where it was not taken")
    said = models.TextField(help_text="The wire's own words, or the reason")
    again_at = models.DateTimeField(null=True, help_text="When what was delayed is tried again")
    sheet = models.BigIntegerField(null=True)

    class Meta:
        db_table = "outreach_journal"

    def __str__(self) -> str:
        return f"place {self.place}: {self.state}"


class Line(NamedTuple):
    """An entry as it is appended, in the order of the columns."""

    chunk: int
    place: int
    state: str
    at: datetime
    wire: str
    reference: str
    said: str
    again_at: datetime | None
    sheet: int | None


def line(chunk: int, place: int, sheet: int | None, wire: str, answer: Answer, now: datetime) -> Line:
    """What a wire answered, as it is to be kept."""
    again_at = None
    match answer:
        case Receipt(reference, proven, _, said):
            state = State.DELIVERED if proven else State.SENT
        case Refused(said, reference):
            state = State.REFUSED
        case Delayed(said, wait, reference):
            state, again_at = State.DELAYED, now + (wait or backoff(1, f"{chunk}/{place}"))
        case Unknown(said):
            state, reference = State.UNKNOWN, ""
    said = said.replace("\0", "")  # which PostgreSQL's text cannot hold
    return Line(chunk, place, state, now, wire, reference, said, again_at, sheet)


def left_out(chunk: int, place: int, reason: str, now: datetime) -> Line:
    """Not to be written to any more."""
    return Line(chunk, place, State.SUPPRESSED, now, "", "", reason, None, None)


def append(lines: Iterable[Line]) -> None:
    """Write them down in one go, in the caller's transaction."""
    if not (lines := list(lines)):
        return
    with connection.cursor() as cursor:
        cursor.execute(f"{INSERT} FROM json_array_elements(%s::json) AS line", [as_json(lines)])


def as_json(lines: Iterable[Line]) -> str:
    """Lines as `INSERT` takes them apart."""
    return json.dumps([*lines], separators=(",", ":"), default=datetime.isoformat)


INSERT = """
INSERT INTO outreach_journal (chunk_id, place, state, at, wire, reference, said, again_at, sheet)
SELECT (line->>0)::bigint, (line->>1)::smallint, line->>2, (line->>3)::timestamptz, line->>4, line->>5, line->>6,
       (line->>7)::timestamptz, (line->>8)::bigint
"""
