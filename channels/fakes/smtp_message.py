"""A letter that the sink has kept."""

import json
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTPUTF8
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Message:
    """`at`: when it was kept, in UTC. `options`: what the client said behind MAIL. `raw`: every byte of the letter."""

    number: int
    at: datetime
    sender: str
    recipients: tuple[str, ...]
    options: tuple[str, ...]
    raw: bytes

    @property
    def parsed(self) -> EmailMessage:
        """The letter as the standard library understands it."""
        parsed = message_from_bytes(self.raw, policy=SMTPUTF8)
        assert isinstance(parsed, EmailMessage)
        return parsed

    @property
    def message_id(self) -> str:
        """Its Message-ID with brackets, empty if it has none."""
        return str(self.parsed["Message-ID"] or "").strip()

    def summary(self) -> dict[str, Any]:
        """All but the letter itself, for JSON."""
        return {
            "number": self.number,
            "at": self.at.isoformat(),
            "sender": self.sender,
            "recipients": list(self.recipients),
            "options": list(self.options),
            "message_id": self.message_id,
            "subject": str(self.parsed["Subject"] or ""),
            "bytes": len(self.raw),
        }

    def save(self, folder: Path) -> None:
        """Write `000001.eml` and, beside it, the summary."""
        stem = folder / f"{self.number:06}"
        stem.with_suffix(".eml").write_bytes(self.raw)
        stem.with_suffix(".json").write_text(json.dumps(self.summary(), ensure_ascii=False, indent=1), encoding="utf-8")
