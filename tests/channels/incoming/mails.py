"""Mails put together for tests."""

from base64 import b64encode
from collections.abc import Mapping

from channels.incoming.read import read_mail
from channels.incoming.reading import Reading

HEADERS = {
    "Return-Path": "<office@mfa.example>",
    "Received": "from mail.mfa.example by mx.artsakh.example; Fri, 5 May 2023 12:00:00 +0200",
    "From": "Office <office@mfa.example>",
    "To": "reply+k7@artsakh.example",
    "Date": "Fri, 5 May 2023 12:00:00 +0200",
    "Message-ID": "<a1@mfa.example>",
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Transfer-Encoding": "8bit",
}


def mail(text: str | bytes = "", subject: str = "Re: Open the road", headers: Mapping[str, str] = {}) -> bytes:
    """A whole mail; a header given as empty is left out."""
    spelt = f"=?utf-8?b?{b64encode(subject.encode()).decode()}?="
    fields = {**HEADERS, "Subject": spelt, **headers}
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items() if value)
    body = text.encode() if isinstance(text, str) else text
    return head.encode() + b"\r\n" + body


def read(text: str | bytes = "", subject: str = "Re: Open the road", headers: Mapping[str, str] = {}) -> Reading:
    """What is read in such a mail."""
    return read_mail(mail(text, subject, headers))


def multipart(*parts: str, kind: str = "mixed", boundary: str = "=_b") -> tuple[str, dict[str, str]]:
    """A body of several parts (each with its own headers), and the header that says so."""
    body = "".join(f"--{boundary}\r\n{part}\r\n" for part in parts) + f"--{boundary}--\r\n"
    return body, {"Content-Type": f'multipart/{kind}; boundary="{boundary}"', "Content-Transfer-Encoding": ""}
