"""Envelopes to try things with."""

from typing import Any

from channels.envelope import Envelope, Sender

CAMPAIGN = Sender("The Artsakh campaign", "campaign@artsakh.example")


def letter(**changes: Any) -> Envelope:
    """A letter to one office, in Armenian and English; any field can be changed."""
    fields: dict[str, Any] = {
        "key": "0190c1e0b5d97a3c8f2e6d4b1a0f9e8c",
        "to": "mission-cn@un.example",
        "to_name": "Permanent Representative of China",
        "sender": CAMPAIGN,
        "subject": "Արցախ: what we ask of you",
        "text": "Ձերդ գերազանցություն,\n\nWe ask you to act.\n",
        "html": "<p>Ձերդ գերազանցություն,</p><p>We ask you to act.</p>\n",
        "language": "hy",
    }
    return Envelope(**{**fields, **changes})


def post(**changes: Any) -> Envelope:
    """A public post."""
    return letter(**{"to": "", "to_name": "", "subject": "", "html": "", "text": "Seven days have passed.", **changes})
