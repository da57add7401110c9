"""Reading a mail: from raw bytes to plain values, whatever the bytes are."""

from collections.abc import Collection

from channels.incoming.content import content_of
from channels.incoming.head import Head
from channels.incoming.judge import judge
from channels.incoming.language import language_of
from channels.incoming.limits import Limits
from channels.incoming.mail import Mail
from channels.incoming.original import cut
from channels.incoming.part import taken_apart
from channels.incoming.party import address_in, parties
from channels.incoming.quotes import Folded, folded
from channels.incoming.reading import Kind, Party, Reading, Verdicts
from channels.incoming.verdict import verdicts

ONCE = ("from", "sender", "reply-to", "to", "subject", "date", "message-id", "in-reply-to")  # RFC 5322, 3.6
REPORTS = (Kind.BOUNCE, Kind.DELAYED, Kind.DELIVERED, Kind.COMPLAINT)
CAME_BY = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-rcpt-to", "x-forwarded-to")


def read_mail(
    raw: bytes,
    *,
    trusted: Collection[str] = (),
    given: Verdicts | None = None,
    return_path: str | None = None,
    limits: Limits = Limits(),  # noqa: B008
) -> Reading:
    """What this mail says. Never raises, and changes nothing.

    `trusted`: the names (authserv-id) of servers whose Authentication-Results are believed. `given`: what the door
    found out about the sender itself; it goes before any header. `return_path`: the sender in the envelope, empty for
    a machine's; by default what the header Return-Path says.
    """
    whole, oddities = taken_apart(raw, limits)
    head = whole.head
    content = content_of(whole, limits)
    parts = folded(content.text)
    path = _return_path(head) if return_path is None else return_path
    subject = head.text("subject")[:1000]
    senders = parties(head.first("from"), limits.parties)
    sender = senders[0] if senders else Party()
    media = [each.media_type for each in content.attachments]
    judged = judge(Mail(whole, subject, sender.address, content.text, parts.own, path, media, limits))
    if judged.kind in REPORTS:
        parts = Folded(*cut(content.text))
    found = verdicts(head, trusted) if given is None else given
    named = head.ids("message-id")
    return Reading(
        kind=judged.kind,
        why=judged.why,
        message_id=named[0] if named else "",
        in_reply_to=head.ids("in-reply-to"),
        references=head.ids("references"),
        subject=subject,
        sender=sender,
        senders=senders,
        reply_to=parties(head.first("reply-to"), limits.parties),
        to=parties(head.first("to"), limits.parties),
        cc=parties(head.first("cc"), limits.parties),
        delivered_to=_delivered_to(head),
        return_path=path,
        date=head.date("date"),
        recipients=judged.recipients,
        original=judged.original,
        text=content.text,
        own_text=parts.own,
        quoted=parts.quoted,
        html=content.html,
        language=language_of(parts.own or content.text, head.first("content-language")),
        attachments=tuple(content.attachments),
        verdicts=found,
        is_automatic=judged.is_automatic,
        hops=sum(name == "received" for name, _ in head.fields),
        auto_submitted=head.text("auto-submitted")[:100].lower(),
        precedence=head.text("precedence")[:40].lower(),
        list_id=head.text("list-id")[:200],
        oddities=(*oddities, *content.oddities, *_odd_headers(head, len(senders))),
    )


def _return_path(head: Head) -> str | None:
    """None if nothing tells; empty for `<>`."""
    if not head.has("return-path"):
        return None
    said = head.first("return-path")
    return address_in(said) or ("" if said.strip() in ("", "<>") else said.strip("<> ")[:320])


def _delivered_to(head: Head) -> tuple[str, ...]:
    found = [address_in(value) for name in CAME_BY for value in head.all(name)]
    return tuple(dict.fromkeys(address for address in found if address))


def _odd_headers(head: Head, senders: int) -> list[str]:
    said = [
        f"It has the header {name.title()} more than once; the first counts"
        for name in ONCE
        if sum(each == name for each, _ in head.fields) > 1
    ]
    if not head.fields:
        return [*said, "It has no headers: it may be no mail"]
    if senders == 0:
        said.append("It does not say who it is from")
    elif senders > 1:
        said.append(f"It says that it is from {senders} people at once")
    if head.has("date") and head.date("date") is None:
        said.append("Its date makes no sense")
    return said
