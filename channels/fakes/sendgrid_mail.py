"""What SendGrid checks in a request, and the mails it makes of one.

Source: SendGrid's OpenAPI description of `mail/send` (v3).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from channels.email import EMAIL

RESERVED = {"x-sg-id", "x-sg-eid", "received", "dkim-signature", "content-type", "content-transfer-encoding"} | {
    *("from", "to", "cc", "bcc", "subject", "reply-to")
}
SHARED = {"from", "subject", "headers", "custom_args", "send_at"}
KNOWN = SHARED | {
    *("personalizations", "reply_to", "reply_to_list", "content", "attachments", "template_id", "categories"),
    *("batch_id", "asm", "ip_pool_name", "mail_settings", "tracking_settings"),
}
PERSONAL = SHARED | {"to", "cc", "bcc", "substitutions", "dynamic_template_data"}
ORDERS = (["text/plain"], ["text/html"], ["text/plain", "text/html"])
Problem = tuple[str, str]  # field, message


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail to one reader, as SendGrid would send it. `message_id`: SendGrid's own, one for each request."""

    to: str
    to_name: str
    sender: str
    sender_name: str
    reply_to: str
    subject: str
    text: str
    html: str
    headers: dict[str, str]
    custom_args: dict[str, str]
    categories: tuple[str, ...]
    message_id: str


def problems(request: Any) -> Iterator[Problem]:
    """Everything SendGrid would object to."""
    if not isinstance(request, dict):
        yield "", "Bad Request"
        return
    for name in set(request) - KNOWN:
        yield name, "Invalid field"
    yield from _address(request.get("from"), "from")
    if "reply_to" in request:
        yield from _address(request["reply_to"], "reply_to")
    yield from _contents(request.get("content"))
    yield from _headers(request.get("headers", {}), "headers")
    if len(request.get("categories", [])) > 10 or any(len(each) > 255 for each in request.get("categories", [])):
        yield "categories", "There are at most 10 categories of at most 255 characters"
    readers = request.get("personalizations")
    if not isinstance(readers, list) or not 1 <= len(readers) <= 1000:
        yield "personalizations", "The personalizations field is required and must have 1 to 1000 entries."
        return
    if sum(len(reader.get(kind, [])) for reader in readers for kind in ("to", "cc", "bcc")) > 1000:
        yield "personalizations", "There are more than 1000 recipients"
    for number, reader in enumerate(readers):
        yield from _reader(reader, f"personalizations.{number}", has_subject=bool(request.get("subject")))


def mails(request: dict[str, Any], message_id: str) -> Iterator[Mail]:
    """One mail for each reader of a request without problems."""
    parts = {content["type"]: content["value"] for content in request["content"]}
    for reader in request["personalizations"]:
        words = reader.get("substitutions", {})
        sender = reader.get("from", request["from"])
        for to in reader["to"]:
            yield Mail(
                to=to["email"],
                to_name=to.get("name", ""),
                sender=sender["email"],
                sender_name=sender.get("name", ""),
                reply_to=_substituted(request.get("reply_to", {}).get("email", ""), words),
                subject=_substituted(reader.get("subject") or request.get("subject", ""), words),
                text=_substituted(parts.get("text/plain", ""), words),
                html=_substituted(parts.get("text/html", ""), words),
                headers={**request.get("headers", {}), **reader.get("headers", {})},
                custom_args={**request.get("custom_args", {}), **reader.get("custom_args", {})},
                categories=tuple(request.get("categories", ())),
                message_id=message_id,
            )


def _substituted(text: str, words: dict[str, str]) -> str:
    for mark, said in words.items():
        text = text.replace(mark, said)
    return text


def _reader(reader: dict[str, Any], field: str, *, has_subject: bool) -> Iterator[Problem]:
    for name in set(reader) - PERSONAL:
        yield f"{field}.{name}", "Invalid field"
    if not reader.get("to"):
        yield f"{field}.to", "The to array is required for all personalization objects, and must have one email object."
    listed = [to for kind in ("to", "cc", "bcc") for to in reader.get(kind, [])]
    for number, to in enumerate(listed):
        yield from _address(to, f"{field}.to.{number}")
    if len({str(to.get("email", "")).lower() for to in listed}) < len(listed):
        yield field, "Each email address in the personalization block should be unique between to, cc, and bcc."
    if not (reader.get("subject") or has_subject):
        yield "subject", "The subject is required."
    yield from _headers(reader.get("headers", {}), f"{field}.headers")
    for name in ("substitutions", "custom_args"):
        values = reader.get(name, {})
        if not all(isinstance(value, str) for value in values.values()):
            yield f"{field}.{name}", "All values must be strings"
        elif sum(len(key.encode()) + len(value.encode()) for key, value in values.items()) > 10_000:
            yield f"{field}.{name}", f"The {name} are larger than 10,000 bytes"


def _address(mailbox: Any, field: str) -> Iterator[Problem]:
    if not isinstance(mailbox, dict) or not isinstance(mailbox.get("email"), str):
        yield f"{field}.email", "The email is required"
        return
    if not mailbox["email"].isascii() or EMAIL.address_problem(mailbox["email"]):
        yield f"{field}.email", "Does not contain a valid address."
    if {",", ";"} & set(mailbox.get("name", "")):
        yield f"{field}.name", "The name cannot contain a comma or a semicolon"


def _contents(contents: Any) -> Iterator[Problem]:
    if not isinstance(contents, list) or not contents:
        yield "content", "Unless a valid template_id is provided, the content parameter is required."
        return
    for number, content in enumerate(contents):
        if not content.get("value"):
            yield f"content.{number}.value", "The content value must be a string at least one character in length."
    if [content.get("type") for content in contents] not in (
        ["text/plain"],
        ["text/html"],
        ["text/plain", "text/html"],
    ):
        yield "content", "If present, text/plain must be first, followed by text/html"


def _headers(headers: dict[str, Any], field: str) -> Iterator[Problem]:
    for name, value in headers.items():
        if name.lower() in RESERVED:
            yield f"{field}.{name}", "This header is reserved"
        elif not isinstance(value, str) or not name.isascii() or "\n" in value or "\r" in value:
            yield f"{field}.{name}", "Headers must be strings without line breaks"
