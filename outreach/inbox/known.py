"""What comes with its appeal known, by the link in a letter or from a person: no rule has to find out what it is."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from campaigns.appeal import Appeal
from outreach.guess import Guess
from outreach.inbox.deciding import deliver
from outreach.inbox.gist import Gist
from outreach.inbox.taking import File, take_in
from outreach.incoming import Incoming
from outreach.response import Response


@transaction.atomic
def keep_known(
    appeal: Appeal,
    *,
    channel: str,
    door: str,
    name: str,
    raw: bytes,
    gist: Gist,
    why: str,
    by: str,
    now: datetime,
    files: Iterable[File] = (),
    received_at: datetime | None = None,
    **proposal: Any,
) -> tuple[Response, bool]:
    """The response it becomes at once, and whether it is new: the same `name` on a channel is kept once.

    `why`: how it is known whom it answers. `proposal`: `proposed_kind` and `proposed_why` of the response.
    """
    incoming = take_in(
        channel=channel,
        door=door,
        name=name,
        raw=raw,
        now=received_at or now,
        gist=gist,
        why=why,
        known=[(appeal, Guess.CERTAIN, why)],
        files=files,
    )
    if (known := incoming.responses.filter(appeal=appeal).first()) is not None:
        return known, False
    Incoming.objects.filter(pk=incoming.pk).update(read_at=now, state=Incoming.State.QUARANTINED)
    response = deliver(incoming, appeal, by=by, now=now)
    Response.objects.filter(pk=response.pk).update(**proposal)
    response.refresh_from_db()
    return response, True
