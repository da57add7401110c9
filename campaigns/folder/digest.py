"""One hash for everything a campaign says, however it was written down."""

import json
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from campaigns.folder.change import Inventory


def digest(inventory: Inventory) -> str:
    """SHA-256, in hexadecimal, of the inventory as JSON with sorted keys: spans in seconds, instants in UTC."""
    said = [[kind, what, fields] for (kind, what), fields in sorted(inventory.items())]
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain)
    return sha256(text.encode()).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    raise TypeError(f"{type(value).__name__} has no form in a digest")
