"""What the API tells of an answer: its words, the files that came with it, and what the office stated."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from ninja import Schema
from pydantic import Field

from outreach.attachment import Attachment
from outreach.response import Response
from outreach.statement import StatedPosition, Statement


class AttachmentOut(Schema):
    """A file that came with an answer."""

    name: str
    media_type: str = Field(description="As the sender says; nobody has checked")
    size: int
    sha256: str
    url: str


class StatedOut(Schema):
    """What an office said of one demand."""

    demand: str
    kind: str = Field(description="refused, deflected, committed, partly or done")
    until: date | None
    words: str


class ResponseOut(Schema):
    """What came back from an addressee. Until somebody has read it, no step is taken."""

    id: UUID
    appeal: UUID
    addressee: str
    channel: str
    text: str
    language: str
    kind: str = Field(description="Empty until somebody has read it")
    kind_by: str = Field(description="The person, or the rule, that gave the kind")
    received_at: datetime
    read_at: datetime | None
    recorded_by: str
    is_invented: bool
    proposed_kind: str = Field(description="What a rule takes it for; empty if none does")
    proposed_why: str
    doubt: str = Field(description="What is not proven about it, such as its sender")
    files: list[AttachmentOut] = Field(description="Files that came with it")
    stated: list[StatedOut] = Field(description="What the office said of each demand on its answer page")
    signed_by: str = Field(description="Who answered there for the office, and in which function")
    may_be_published: bool | None = Field(description="Whether the office allows it; null where nobody was asked")
    url: str


def together(rows: QuerySet[Response]) -> QuerySet[Response]:
    """With all that an answer says of each; the raw mail, which may be large, stays where it is."""
    with_one = rows.select_related("appeal__addressee", "appeal__campaign", "incoming", "statement")
    files = Prefetch("incoming__attachments", Attachment.objects.defer("content"))
    return with_one.defer("incoming__raw").prefetch_related(files, "statement__positions__demand")


def told(response: Response) -> dict[str, Any]:
    """The answer as a document; `together` has fetched what it needs."""
    kept = (
        "id", "channel", "text", "language", "kind", "kind_by", "received_at", "read_at", "recorded_by", "is_invented",
        "proposed_kind", "proposed_why", "doubt",
    )  # fmt: skip
    url = f"/api/v1/responses/{response.pk}"
    files = response.incoming.attachments.all() if response.incoming else ()
    statement: Statement | None = getattr(response, "statement", None)
    positions = statement.positions.all() if statement else ()
    return {name: getattr(response, name) for name in kept} | {
        "appeal": response.appeal_id,
        "addressee": response.appeal.addressee.key,
        "files": [_file(each, url) for each in files],
        "stated": [_stated(each) for each in positions],
        "signed_by": ", ".join(filter(None, [statement.name, statement.function])) if statement else "",
        "may_be_published": statement.may_be_published if statement else None,
        "url": url,
    }


def _file(attachment: Attachment, url: str) -> dict[str, Any]:
    kept = ("name", "media_type", "size", "sha256")
    return {name: getattr(attachment, name) for name in kept} | {"url": f"{url}/files/{attachment.number}"}


def _stated(position: StatedPosition) -> dict[str, Any]:
    return {
        "demand": position.demand.key,
        "kind": position.kind,
        "until": position.until,
        "words": position.words,
    }
