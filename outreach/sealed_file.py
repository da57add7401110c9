"""A file that somebody gave us: kept sealed, known by its content and not by its name."""

import hashlib
import re
import uuid
from collections.abc import Collection
from datetime import datetime
from typing import Any, Self

from django.db import models
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from outreach.seal import sealed, unsealed

LARGEST = 5 * 1024 * 1024  # bytes
KINDS = {
    "image/jpeg": re.compile(rb"\xff\xd8\xff.*\xff\xd9.*", re.DOTALL),
    "image/png": re.compile(rb"\x89PNG\r\n\x1a\n\0\0\0\rIHDR.*IEND\xaeB`\x82", re.DOTALL),
    "image/webp": re.compile(rb"RIFF.{4}WEBPVP8[ LX].*", re.DOTALL),
    "application/pdf": re.compile(rb"%PDF-[12]\.\d.*%%EOF.{0,1024}", re.DOTALL),
}
ENDINGS = {"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp", "application/pdf": ".pdf"}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
    "Cache-Control": "private, no-store",
}
"""What goes with every file that is handed out, so that no browser takes it for a page of ours."""
SECRET_IS_GONE = "It was sealed with a secret key that this installation does not have any more"


class NotKept(ValueError):
    """Why a file is not kept; nothing was changed."""


class SealedFile(models.Model):
    """Kept sealed; `sha256` is of the file as it came."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField(help_text="Bytes")
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField(help_text="Sealed")
    added_by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def of(cls, content: bytes, *, name: str, media_type: str, by: str, now: datetime, **fields: Any) -> Self:
        """Not saved yet."""
        return cls(
            name=name,
            media_type=media_type,
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            content=sealed(content),
            added_by=by,
            at=now,
            **fields,
        )

    def opened(self) -> bytes | None:
        """The file as it came; None if the secret it was sealed with is gone."""
        return unsealed(bytes(self.content))


def kind_of(content: bytes) -> str | None:
    """The media type, told from the content: how it begins, and that its end is there."""
    return next((kind for kind, looks in KINDS.items() if looks.fullmatch(content)), None)


def media_type_of(content: bytes, what: str = "A file") -> str:
    """The media type of what may be kept. Raises NotKept with a sentence about `what`."""
    media_type = kind_of(content)
    if media_type is None:
        raise NotKept(f"{what} is a photograph (JPEG, PNG, WebP) or a PDF, and this is neither")
    refuse_too_large(len(content), what)
    return media_type


def refuse_too_large(size: int, what: str = "A file") -> None:
    """Raises NotKept. Before anything is read, if the size is known."""
    if size > LARGEST:
        noun = what.lower()
        raise NotKept(f"This file has {size:,} bytes; {noun} has {LARGEST:,} at the most")


def good_name(said: str, media_type: str, otherwise: str = "file") -> str:
    """A name that is good on every computer, with the ending that its content deserves."""
    stem = re.sub(r"[^\w.-]+", "-", said.rpartition("/")[2].rpartition("\\")[2].rpartition(".")[0] or said).strip("-.")
    return f"{stem[:80] or otherwise}{ENDINGS[media_type]}"


def download(content: bytes, media_type: str, name: str) -> HttpResponse:
    """To be kept in a file, never shown as a page of ours."""
    headers = {**HEADERS, "Content-Disposition": content_disposition_header(True, name) or "attachment"}
    return HttpResponse(content, content_type=media_type, headers=headers)


def accepted(kinds: Collection[str] = tuple(KINDS)) -> str:
    """For the `accept` of a form."""
    return ",".join(kinds)
