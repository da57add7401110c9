"""What SendGrid's Inbound Parse posts, as a mail and its envelope.

Source: Twilio SendGrid's "Setting up the Inbound Parse Webhook". Either it posts the mail whole ("raw"), in the field
`email`, or taken apart; then it is put together again, always into the same bytes, so that a repetition is known. Each
field has a charset of its own, named in `charsets`. Only the field `envelope` tells who it was really for.
"""

import json
import re
from base64 import encodebytes
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from channels.form_data import Field
from channels.incoming.reading import Verdicts

SIGNED = re.compile(r"@([\w.-]+)\s*:\s*(\w+)")
RESULT = re.compile(r"\w+")
ABOUT_THE_BODY = (b"content-type", b"content-transfer-encoding", b"mime-version", b"content-disposition")
WORD = re.compile(r"[\w.+-]+/[\w.+-]+")
BY = "SendGrid"


@dataclass(frozen=True, slots=True)
class Posted:
    """A mail with its envelope. `sender`: empty for a machine's, None if it was not told."""

    raw: bytes
    sender: str | None
    recipients: tuple[str, ...]
    verdicts: Verdicts


def posted(fields: Sequence[Field]) -> Posted:
    """The mail in a post. Raises ValueError with a sentence if there is none in it."""
    by_name = {each.name: each for each in fields}
    sender, recipients = _envelope(by_name)
    raw = by_name["email"].content if "email" in by_name else _put_together(fields, by_name)
    return Posted(raw, sender, recipients, _verdicts(by_name, sender or ""))


def _envelope(by_name: Mapping[str, Field]) -> tuple[str | None, tuple[str, ...]]:
    said = _json(by_name, "envelope")
    to = said.get("to")
    recipients = tuple(each for each in to if isinstance(each, str)) if isinstance(to, list) else ()
    return said["from"] if isinstance(said.get("from"), str) else None, recipients


def _verdicts(by_name: Mapping[str, Field], sender: str) -> Verdicts:
    """SPF is of the envelope's sender; each signature is named with its domain: `{@campaign.example : pass}`."""
    spf = RESULT.search(_plain(by_name, "SPF").lower())
    signed = [(domain.lower(), result.lower()) for domain, result in SIGNED.findall(_plain(by_name, "dkim"))]
    good = tuple(dict.fromkeys(domain for domain, result in signed if result == "pass"))
    dkim = "pass" if good else signed[0][1] if signed else ""
    domain = sender.rpartition("@")[2].lower()
    return Verdicts(spf=spf[0] if spf else "", dkim=dkim, by=BY, spf_domain=domain, dkim_domains=good)


def _put_together(fields: Sequence[Field], by_name: Mapping[str, Field]) -> bytes:
    """The mail again: its own headers, its text and HTML each in its charset, its files with their Content-ID."""
    if "headers" not in by_name:
        raise ValueError("The form has no field “email” and no field “headers”: it holds no mail")
    charsets, files = _json(by_name, "charsets"), list(_files(fields, by_name))
    bodies = [
        _part(f"text/{subtype}; charset={_charset(charsets, name)}", by_name[name].content)
        for name, subtype in (("text", "plain"), ("html", "html"))
        if name in by_name
    ]
    boundary = sha256(b"\0".join([*bodies, *files])).hexdigest()[:40]
    letter = bodies[0] if len(bodies) == 1 else _multipart("alternative", f"a{boundary}", bodies)
    whole = _multipart("mixed", f"m{boundary}", [letter, *files]) if files else letter
    return _own_headers(by_name["headers"].content) + b"MIME-Version: 1.0\r\n" + whole


def _own_headers(said: bytes) -> bytes:
    """All but those that speak of how the body was built."""
    lines = re.split(rb"\r?\n(?![ \t])", said.strip(b"\r\n"))
    kept = [line for line in lines if line and line.partition(b":")[0].strip().lower() not in ABOUT_THE_BODY]
    return b"".join(line + b"\r\n" for line in kept)


def _files(fields: Sequence[Field], by_name: Mapping[str, Field]) -> Iterator[bytes]:
    told, ids = _json(by_name, "attachment-info"), _json(by_name, "content-ids")
    named = {field: content_id for content_id, field in ids.items() if isinstance(field, str)}
    for each in fields:
        if each.file or (each.name.startswith("attachment") and each.name[10:].isdigit()):
            about = told.get(each.name)
            about = about if isinstance(about, dict) else {}
            media_type = WORD.match(str(about.get("type") or each.media_type))
            name = str(about.get("filename") or about.get("name") or each.file)
            content_id = str(about.get("content-id") or named.get(each.name) or "")
            yield _file(each.content, media_type[0] if media_type else "application/octet-stream", name, content_id)


def _file(content: bytes, media_type: str, name: str, content_id: str) -> bytes:
    head = [f"Content-Disposition: {'inline' if content_id else 'attachment'}; filename*=utf-8''{_quoted(name)}"]
    if content_id:
        head.append(f"Content-ID: <{_quoted(content_id.strip('<>'))}>")
    return _part(media_type, content, head)


def _part(media_type: str, content: bytes, head: Sequence[str] = ()) -> bytes:
    """A mail inside a mail, or a server's report, stays as it is, as RFC 2046 wants; everything else is wrapped up."""
    is_wrapped = not media_type.startswith("message/")
    lines = [f"Content-Type: {media_type}", f"Content-Transfer-Encoding: {'base64' if is_wrapped else '8bit'}", *head]
    body = encodebytes(content).replace(b"\n", b"\r\n") if is_wrapped else content
    return "\r\n".join([*lines, "", ""]).encode("ascii", "replace") + body


def _multipart(subtype: str, boundary: str, parts: Sequence[bytes]) -> bytes:
    edge = f"--{boundary}".encode()
    inside = b"".join(edge + b"\r\n" + part + b"\r\n" for part in parts)
    return f'Content-Type: multipart/{subtype}; boundary="{boundary}"\r\n\r\n'.encode() + inside + edge + b"--\r\n"


def _charset(charsets: Mapping[str, Any], name: str) -> str:
    said = charsets.get(name)
    return said if isinstance(said, str) and re.fullmatch(r"[\w.:+-]{1,40}", said) else "utf-8"


def _quoted(said: str) -> str:
    """Percent-encoded, as RFC 5987 and 2231 have it."""
    plain = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~@$+"
    return "".join(chr(each) if each in plain else f"%{each:02X}" for each in said.encode("utf-8", "replace"))


def _json(by_name: Mapping[str, Field], name: str) -> dict[str, Any]:
    try:
        said = json.loads(by_name[name].content) if name in by_name else {}
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _plain(by_name: Mapping[str, Field], name: str) -> str:
    return by_name[name].content[:10_000].decode("utf-8", "replace") if name in by_name else ""
