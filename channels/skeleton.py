"""Letters that share all but a few words: what they share is built once, and each costs only its own part.

What comes out is what `mime.build` would have built, to the byte; whatever is not quite usual, and whatever is wrong,
is left to it. Only bodies that need no wrapping up are checked and copied at full speed.
"""

import re
from datetime import UTC, datetime
from email.utils import format_datetime

from channels import mime
from channels.body import encoded
from channels.domain import ascii_address, ascii_domain
from channels.envelope import Envelope, Sender
from channels.header import mailbox, unstructured
from channels.letter import Letter, stuffed
from channels.return_path import tagged

KEY = re.compile(r"[A-Za-z0-9]{1,32}")
WORD = r"[A-Za-z0-9_+-]++"
LABEL = r"[A-Za-z0-9]++(?:-++[A-Za-z0-9]++)*+"
USUAL = re.compile(rf"{WORD}(?:\.{WORD})*+@(?:{LABEL}\.)+[A-Za-z]{{2,}}")
USUAL_LENGTH = 64  # of a whole address; no part of it can be too long then
NEVER = datetime.min.replace(tzinfo=UTC)


class Skeleton:
    """A batch of letters from one sender in one language.

    `return_path`: where bounces go, the sender's address if empty; with `is_tagged` the letter's key is put into it
    (see `return_path.tagged`). `domain`: the right side of Message-IDs, the sender's own by default.
    `eight_bit`: UTF-8 stands as it is; `Letter.plain` is for servers that do not take it.
    Raises ValueError with a sentence for anything shared that cannot be said in a message.
    """

    def __init__(
        self,
        sender: Sender,
        *,
        reply_to: str = "",
        language: str = "",
        auto_submitted: bool = True,
        return_path: str = "",
        is_tagged: bool = False,
        domain: str = "",
        eight_bit: bool = True,
    ) -> None:
        self._sender, self._reply_to, self._language = sender, reply_to, language
        self._auto_submitted, self._domain, self._eight_bit = auto_submitted, domain, eight_bit
        self._return_path, self._is_tagged = return_path or sender.address, is_tagged
        self._dated = (NEVER, "")
        sample = self.envelope(key="0" * 32, to=sender.address, text="-")
        self._is_usual = not mime.needs_utf8(sample)
        Letter.of(sample, NEVER, domain)
        self._lay_out()

    def envelope(
        self,
        *,
        key: str,
        to: str,
        to_name: str = "",
        subject: str = "",
        text: str,
        html: str = "",
        unsubscribe: str = "",
    ) -> Envelope:
        """One letter of the batch as any wire takes it."""
        return Envelope(
            key=key,
            to=to,
            sender=self._sender,
            text=text,
            to_name=to_name,
            reply_to=self._reply_to,
            subject=subject,
            html=html,
            language=self._language,
            auto_submitted=self._auto_submitted,
            unsubscribe=unsubscribe,
            return_path=tagged(self._return_path, key) if self._is_tagged else self._return_path,
        )

    def letter(
        self, key: str, to: str, to_name: str, subject: str, text: str, html: str, at: datetime, unsubscribe: str = ""
    ) -> Letter:
        """One letter of the batch, dated `at` (with a time zone). Raises ValueError as `mime.build` does."""
        boundary = f"=_{key}"
        if not self._can_splice(key, to, text, html, unsubscribe) or boundary in text or boundary in html:
            envelope = self.envelope(
                key=key, to=to, to_name=to_name, subject=subject, text=text, html=html, unsubscribe=unsubscribe
            )
            return Letter.of(envelope, at, self._domain, eight_bit=self._eight_bit)
        message_id = f"<{key}{self._after_key}"
        own = (
            f"{self._from}{mailbox('To', to_name, to)}{self._replies}\r\n{unstructured('Subject', subject)}"
            f"\r\nDate: {self._date(at)}\r\nMessage-ID: {message_id}{_leaving(unsubscribe)}"
        )
        edge = f"\r\n--{boundary}"
        data = b"".join(
            (
                f'{own}{self._shared}{boundary}"\r\n{edge}\r\n'.encode(),
                encoded("plain", "text", text, self._eight_bit),
                f"{edge}\r\n".encode(),
                encoded("html", "html", html, self._eight_bit),
                f"{edge}--\r\n".encode(),
            )
        )
        sender = tagged(self._bounces, key) if self._is_tagged else self._bounces
        return Letter(key, to, sender, stuffed(data), False, message_id)

    def _lay_out(self) -> None:
        """What every letter has in common, in the order of `mime.build`."""
        self._from = mailbox("From", self._sender.name, self._sender.address) + "\r\n"
        self._replies = "\r\n" + mailbox("Reply-To", "", self._reply_to) if self._reply_to else ""
        self._after_key = f"@{ascii_domain(self._domain or mime.domain_of(self._sender.address))}>"
        shared = [
            "",
            *(["Auto-Submitted: auto-generated"] if self._auto_submitted else []),
            *([f"Content-Language: {self._language}"] if self._language else []),
            "MIME-Version: 1.0",
            'Content-Type: multipart/alternative;\r\n boundary="',
        ]
        self._shared = "\r\n".join(shared)
        self._bounces = ascii_address(self._return_path)

    def _can_splice(self, key: str, to: str, text: str, html: str, unsubscribe: str) -> bool:
        """Whether there is nothing about this letter that needs a second look."""
        return bool(
            self._is_usual
            and text
            and html
            and KEY.fullmatch(key)
            and len(to) <= USUAL_LENGTH
            and USUAL.fullmatch(to)
            and (not unsubscribe or mime.LINK.fullmatch(unsubscribe))
        )

    def _date(self, at: datetime) -> str:
        """Written once for as long as the same moment is meant."""
        if at is not self._dated[0]:
            if at.utcoffset() is None:
                raise ValueError("at: has no time zone")
            self._dated = (at, format_datetime(at))
        return self._dated[1]


def _leaving(unsubscribe: str) -> str:
    return "\r\n".join(["", *mime.unsubscribing(unsubscribe)]) if unsubscribe else ""
