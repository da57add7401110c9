"""Mail, taken in by whichever door: kept under its name, and a hold at once on the appeals it was sent to."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from campaigns.appeal import Appeal
from channels.email import EMAIL
from channels.incoming.reading import Verdicts
from outreach.inbox.mail_name import mail_name
from outreach.inbox.taking import take_in
from outreach.incoming import Incoming
from outreach.reply_address import appeals_at

LARGEST = 40 * 1024 * 1024
"""Bytes of one mail, for every door: what mail servers take at the most, and room to spare."""


def take_mail(
    raw: bytes,
    *,
    door: str,
    now: datetime,
    sender: str | None = None,
    recipients: Iterable[str] = (),
    verdicts: Verdicts | None = None,
) -> Incoming:
    """Keep a mail; the same one again, by this door or another, is kept once.

    `raw`: every byte. `sender`, `recipients`: of the envelope; the sender is empty for a machine's, None if the door
    cannot know it. `verdicts`: what the door itself found out. Raises ValueError if it is larger than LARGEST.
    """
    if len(raw) > LARGEST:
        raise ValueError(f"This mail has {len(raw):,} bytes; {LARGEST:,} are taken at the most")
    recipients = tuple(recipients)
    exact = [pk for pk, like in appeals_at(recipients, exactly=True).items() if like == 1]
    asked = Appeal.objects.filter(pk__in=exact, campaign__published_at__isnull=False)
    return take_in(
        channel=EMAIL.name,
        door=door,
        name=mail_name(raw),
        raw=raw,
        now=now,
        sender=sender,
        recipients=recipients,
        verdicts=asdict(verdicts) if verdicts else None,
        known=[(appeal, 1.0, "It was sent to the address of this appeal") for appeal in asked],
    )
