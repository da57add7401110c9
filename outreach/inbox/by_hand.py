"""Answers that a person brings: notes of a call, a paper letter, a press statement, a post; and files that show it."""

import json
import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from campaigns.appeal import Appeal
from campaigns.outcome import NotRecordable
from outreach.inbox.gist import Gist
from outreach.inbox.known import keep_known
from outreach.incoming import Incoming
from outreach.response import Response, record_response
from outreach.sealed_file import NotKept, good_name, media_type_of

MOST_FILES = 5


@transaction.atomic
def tell_by_hand(
    appeal: Appeal,
    *,
    channel: str,
    text: str,
    by: str,
    now: datetime,
    received_at: datetime | None = None,
    kind: str = "",
    language: str = "",
    files: Sequence[tuple[str, bytes]] = (),
) -> Response:
    """Write down an answer that `by` tells of, dated when it came. With a kind it counts as read; without, steps wait.

    `files`: names and contents, photographs or PDFs. What was told is kept as it was, sealed, with them. Raises
    NotRecordable, with nothing written, as `record_response` does, and for a file that cannot be kept.
    """
    if not files:
        return record_response(
            appeal,
            channel=channel,
            text=text,
            recorded_by=by,
            now=now,
            received_at=received_at,
            kind=kind,
            language=language,
        )
    if kind and kind not in Response.Kind.values:
        raise NotRecordable(f"“{kind}” is no kind of answer; choose one of {', '.join(Response.Kind.values)}", "kind")
    if received_at is not None and received_at > now:
        raise NotRecordable("An answer cannot have come in the future", "received_at")
    if len(files) > MOST_FILES:
        raise NotRecordable(f"{MOST_FILES} files are the most", "file")
    response, _ = keep_known(
        appeal,
        channel=channel,
        door=Incoming.Door.HAND,
        name=f"by hand {uuid.uuid4()}",
        raw=json.dumps({"told_by": by, "text": text, "files": [name for name, _ in files]}).encode(),
        gist=Gist(text=text, own_text=text, language=language),
        why=f"{by} says so",
        by=by,
        now=now,
        received_at=received_at,
        files=[_checked(name, content) for name, content in files],
    )
    if kind:
        response.read(kind, by, now)
    return response


def _checked(name: str, content: bytes) -> tuple[str, str, bytes]:
    """Name, media type and content of a file that may be kept. Raises NotRecordable."""
    try:
        media_type = media_type_of(content)
    except NotKept as reason:
        raise NotRecordable(str(reason), "file") from None
    return good_name(name, media_type), media_type, content
