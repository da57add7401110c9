"""What wires answered about deliveries in chunks: appended while sending, soon brought into the deliveries."""

from collections.abc import Iterable, Iterator
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
    match answer:
        case Receipt(reference, proven, _, detail):
            state = State.DELIVERED if proven else State.SENT
            return Line(chunk, place, state, now, wire, reference, detail, None, sheet)
        case Refused(reason, code):
            return Line(chunk, place, State.REFUSED, now, wire, code, reason, None, sheet)
        case Delayed(reason, wait, code):
            again_at = now + (wait or backoff(1, f"{chunk}/{place}"))
            return Line(chunk, place, State.DELAYED, now, wire, code, reason, again_at, sheet)
        case Unknown(reason):
            return Line(chunk, place, State.UNKNOWN, now, wire, "", reason, None, sheet)


def left_out(chunk: int, place: int, reason: str, now: datetime) -> Line:
    """Not to be written to any more."""
    return Line(chunk, place, State.SUPPRESSED, now, "", "", reason, None, None)


def append(lines: Iterable[Line]) -> None:
    """Write them down in one go (COPY), in the caller's transaction."""
    with connection.cursor() as cursor, cursor.copy(APPEND) as copy:
        copy.write("".join(map("".join, _rows(lines))))


def _rows(lines: Iterable[Line]) -> Iterator[Iterable[str]]:
    """PostgreSQL's own text format."""
    for each in lines:
        again = each.again_at.isoformat() if each.again_at else r"\N"
        sheet = r"\N" if each.sheet is None else str(each.sheet)
        text = "\t".join(map(_escaped, (each.wire, each.reference, each.said)))
        yield f"{each.chunk}\t{each.place}\t{each.state}\t{each.at.isoformat()}\t", text, f"\t{again}\t{sheet}\n"


def _escaped(text: str) -> str:
    if "\\" not in text and text.isprintable():
        return text
    text = text.replace("\x00", "").replace("\\", r"\\").replace("\t", r"\t")
    return text.replace("\n", r"\n").replace("\r", r"\r")


APPEND = "COPY outreach_journal (chunk_id, place, state, at, wire, reference, said, again_at, sheet) FROM STDIN"
