"""What SendGrid is asked for: one mail, or one letter for up to a thousand readers (API v3, `mail/send`).

Source of the limits: SendGrid's OpenAPI description of `mail/send`.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from channels import mime
from channels.domain import ascii_domain
from channels.email import EMAIL
from channels.envelope import Envelope
from channels.header import mailbox, unstructured

MOST_READERS = 1000
MOST_BYTES = 30_000_000
MOST_WORDS = 10_000  # bytes of one reader's substitutions
ONE_CLICK = "List-Unsubscribe=One-Click"  # RFC 8058
LEAVE = re.compile(r"https?://[!-;=?-~]+")
KEY = "outreach_key"  # events carry it among their own fields, hence the prefix


@dataclass(frozen=True, slots=True)
class Manner:
    """How mails are sent, the same for all: `categories` must name no person, for SendGrid keeps them long."""

    categories: tuple[str, ...] = ()
    is_sandbox: bool = False
    domain: str = ""


@dataclass(frozen=True)
class Request:
    """Some of a batch that go together; `places`: where each stood in it."""

    manner: Manner
    places: tuple[int, ...]
    envelopes: tuple[Envelope, ...]

    @cached_property
    def body(self) -> bytes:
        """The JSON, built with the types of the `sendgrid` package but for the readers, of whom there may be many."""
        shared = _shared(self.envelopes[0], self.manner, as_pattern=len(self.envelopes) > 1)
        shared["personalizations"] = [self._reader(envelope) for envelope in self.envelopes]
        return json.dumps(shared, ensure_ascii=False, separators=(",", ":")).encode()

    def reference(self, envelope: Envelope) -> str:
        """The Message-ID: ours, so that later letters can be threaded to it and a repeat has the same."""
        return mime.message_id(envelope.key, self.manner.domain or mime.domain_of(envelope.sender.address))

    def apart(self) -> "list[Request]":
        """The same envelopes, one request for each."""
        return [
            Request(self.manner, (place,), (envelope,))
            for place, envelope in zip(self.places, self.envelopes, strict=True)
        ]

    def halves(self) -> "list[Request]":
        """The same envelopes in two requests."""
        middle = len(self.places) // 2
        return [
            Request(self.manner, self.places[:middle], self.envelopes[:middle]),
            Request(self.manner, self.places[middle:], self.envelopes[middle:]),
        ]

    def _reader(self, envelope: Envelope) -> dict[str, Any]:
        reader: dict[str, Any] = {
            "to": [_mailbox(envelope.to_name, envelope.to)],
            "subject": envelope.subject,
            "headers": self._headers(envelope),
            "custom_args": {KEY: envelope.key},
        }
        if len(self.envelopes) > 1:
            reader["substitutions"] = dict(envelope.words)
        return reader

    def _headers(self, envelope: Envelope) -> dict[str, str]:
        named = {
            "Message-ID": self.reference(envelope),
            "In-Reply-To": envelope.in_reply_to,
            "References": " ".join((*envelope.references[:1], *envelope.references[1:][-19:])),
            "Auto-Submitted": "auto-generated" if envelope.auto_submitted else "",
            "Content-Language": envelope.language,
        }
        if envelope.unsubscribe:
            named["List-Unsubscribe"] = f"<{envelope.unsubscribe}>"
            named["List-Unsubscribe-Post"] = ONE_CLICK if envelope.unsubscribe.startswith("https:") else ""
        return {name: value for name, value in named.items() if value}


def requests(envelopes: Sequence[tuple[int, Envelope]], manner: Manner) -> Iterator[Request]:
    """Neighbours that share a pattern go together, all others by themselves."""
    for is_shared, group in groupby(envelopes, key=lambda each: _shares(each[1])):
        together = list(group)
        size = MOST_READERS if is_shared else 1
        for start in range(0, len(together), size):
            places, part = zip(*together[start : start + size], strict=True)
            yield from _small_enough(Request(manner, places, part))


def problem_of(envelope: Envelope) -> str | None:
    """What SendGrid, or the mail it makes, could not take; None if nothing."""
    try:
        _check(envelope)
    except ValueError as problem:
        return str(problem)
    return None


def _check(envelope: Envelope) -> None:
    for field, address in (("sender.address", envelope.sender.address), ("reply_to", envelope.reply_to)):
        if (address or field != "reply_to") and (problem := EMAIL.address_problem(address)):
            raise ValueError(f"{field}: {problem}")
    if mime.needs_utf8(envelope):
        raise ValueError("An address has letters beyond ASCII before its @, and SendGrid does not take those")
    unstructured("Subject", envelope.subject)
    mailbox("To", envelope.to_name, envelope.to)
    mailbox("From", envelope.sender.name, envelope.sender.address)
    if not envelope.subject.strip():
        raise ValueError("The letter has no subject, and SendGrid takes none without")
    if not mime.KEY.fullmatch(envelope.key):
        raise ValueError("key: may have only letters, digits and . _ -")
    if envelope.language and not mime.LANGUAGE.fullmatch(envelope.language):
        raise ValueError("language: is not a language tag such as hy or pt-BR")
    if envelope.unsubscribe and not LEAVE.fullmatch(envelope.unsubscribe):
        raise ValueError("unsubscribe: is not a web address such as https://artsakh.example/leave/…")
    for each in (envelope.in_reply_to, *envelope.references):
        if each and not mime.MESSAGE_ID.fullmatch(each):
            raise ValueError("in_reply_to, references: one is not a message id such as <name@domain>")
    try:
        f"{envelope.text}{envelope.html}".encode()
    except UnicodeEncodeError:
        raise ValueError("text: has half a character in it (a lone surrogate)") from None


def _shares(envelope: Envelope) -> tuple[Any, ...] | None:
    """What envelopes must have in common to go together; None if this one must go by itself."""
    pattern, words = envelope.pattern, envelope.words
    if pattern is None or any(mark in envelope.subject for mark in words) or not pattern.is_plain(words):
        return None
    if sum(len(mark.encode()) + len(said.encode()) for mark, said in words.items()) > MOST_WORDS:
        return None
    if pattern.filled(words) != (envelope.text, envelope.html):
        return None
    return (pattern, frozenset(words), envelope.sender, envelope.reply_to)


def _small_enough(request: Request) -> Iterator[Request]:
    if len(request.envelopes) > 1 and len(request.body) > MOST_BYTES:
        for half in request.halves():
            yield from _small_enough(half)
    else:
        yield request


def _shared(envelope: Envelope, manner: Manner, *, as_pattern: bool) -> dict[str, Any]:
    from sendgrid.helpers import mail  # here, so that only who sends with it loads it

    text, html = envelope.text, envelope.html
    if as_pattern and envelope.pattern is not None:
        text, html = envelope.pattern.text, envelope.pattern.html
    letter = mail.Mail(from_email=mail.From(**_mailbox(envelope.sender.name, envelope.sender.address)))
    letter.add_content(mail.Content(mail.MimeType.text, text))
    if html:
        letter.add_content(mail.Content(mail.MimeType.html, html))
    if envelope.reply_to:
        letter.reply_to = mail.ReplyTo(_spelt(envelope.reply_to))
    for category in reversed(manner.categories):  # the package puts each in front
        letter.add_category(mail.Category(category))
    settings = mail.TrackingSettings()  # links stay as they are written, and nobody is watched reading
    settings.click_tracking = mail.ClickTracking(enable=False, enable_text=False)
    settings.open_tracking = mail.OpenTracking(enable=False)
    letter.tracking_settings = settings
    if manner.is_sandbox:
        letter.mail_settings = mail.MailSettings(sandbox_mode=mail.SandBoxMode(enable=True))
    built: dict[str, Any] = letter.get()
    return built


def _mailbox(name: str, address: str) -> dict[str, str]:
    """SendGrid takes no comma and no semicolon in a name."""
    shown = " ".join(name.replace(",", " ").replace(";", " ").split())
    return {"email": _spelt(address), **({"name": shown} if shown else {})}


def _spelt(address: str) -> str:
    local, _, domain = address.rpartition("@")
    return f"{local}@{ascii_domain(domain)}"
