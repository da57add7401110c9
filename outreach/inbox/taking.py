"""Taking in: whatever comes is kept first, raw and sealed, and answered for at once; it is read later."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from campaigns.address import digest
from campaigns.appeal import Appeal
from outreach.attachment import Attachment
from outreach.guess import put_down
from outreach.hint import give_hint
from outreach.inbox.gist import Gist
from outreach.incoming import Incoming
from outreach.seal import sealed

LONGEST_NAME = 300
Known = tuple[Appeal, float, str]
"""An appeal, from 0 to 1 how certain it is that this answers it, and why."""
File = tuple[str, str, bytes]
"""A name, a media type, and the content."""


@transaction.atomic
def take_in(
    *,
    channel: str,
    door: str,
    name: str,
    raw: bytes,
    now: datetime,
    sender: str | None = None,
    recipients: Iterable[str] = (),
    verdicts: Mapping[str, object] | None = None,
    gist: Gist | None = None,
    kind: str = "",
    why: str = "",
    known: Iterable[Known] = (),
    files: Iterable[File] = (),
) -> Incoming:
    """Keep what came; the same `name` on the same channel is kept once, and answered with what was kept before.

    `name`: unique on the channel. `raw`: every byte as it came. `sender`, `recipients`: of the envelope, not of the
    letter; the sender is None if it is not known. `verdicts`: what the door itself found out about the sender.
    What is not mail says at once what a person will read (`gist`), what it may be (`kind`, `why`) and which appeals it
    answers (`known`); mail is read later. A copy that came for other recipients is read again for them.
    """
    recipients = tuple(dict.fromkeys(recipients))
    incoming, is_new = Incoming.objects.without_weight().get_or_create(
        channel=channel,
        name=_fitting(name),
        defaults={
            "door": door,
            "raw": sealed(raw),
            "size": len(raw),
            "sha256": hashlib.sha256(raw).hexdigest(),
            "verdicts": dict(verdicts or {}),
            "received_at": now,
            "kind": kind,
            "why": why,
            "envelope": _envelope(sender, recipients),
            **({"gist_sealed": sealed(gist.packed()), "sender_digest": digest(gist.sender)} if gist else {}),
        },
    )
    if is_new:
        put_down(incoming, known)
        Attachment.objects.bulk_create(
            Attachment.of(incoming, number, content, name=name, media_type=media_type)
            for number, (name, media_type, content) in enumerate(files, 1)
        )
    elif not _also_for(incoming, recipients):
        return incoming
    transaction.on_commit(_hint)
    return incoming


def _also_for(incoming: Incoming, recipients: Iterable[str]) -> bool:
    """Whether a copy came for somebody else: then it is to be read again, unless a person set it aside."""
    kept = Incoming.objects.without_weight().select_for_update().get(pk=incoming.pk)
    sender, before = kept.handed_in
    if not (more := [each for each in recipients if each not in before]):
        return False
    kept.handed_in = sender, (*before, *more)
    if kept.state != Incoming.State.SET_ASIDE:
        kept.state, kept.tries, kept.tried_at = Incoming.State.WAITING, 0, None
    kept.save(update_fields=["envelope", "state", "tries", "tried_at"])
    incoming.envelope, incoming.state = kept.envelope, kept.state
    return kept.state == Incoming.State.WAITING


def _fitting(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()


def _envelope(sender: str | None, recipients: tuple[str, ...]) -> bytes:
    row = Incoming()
    row.handed_in = sender, recipients
    return bytes(row.envelope)


def _hint() -> None:
    from outreach.inbox.reading import read_incoming

    give_hint(read_incoming)
