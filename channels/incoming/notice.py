"""Notices of Amazon SES that come as a mail by SNS: bounces, complaints and deliveries in JSON."""

import json
import re
from typing import Any

from channels.incoming.permanence import judged
from channels.incoming.reading import Failed, Kind, Original

BEGINNING = re.compile(r"^\s*\{")
NAMED = re.compile("notificationType|eventType")
DETAILS = ("bounce", "complaint", "delivery", "deliveryDelay")
TYPES = {"Bounce": Kind.BOUNCE, "Complaint": Kind.COMPLAINT, "Delivery": Kind.DELIVERED, "DeliveryDelay": Kind.DELAYED}


def notice_in(text: str) -> tuple[Kind, list[Failed], Original] | None:
    """What a notice says; None if the text is none."""
    if not BEGINNING.match(text) or not NAMED.search(text):
        return None
    told = _object(text)
    if isinstance(told.get("Message"), str):
        told = _object(told["Message"])
    said = told.get("notificationType") or told.get("eventType")
    kind = TYPES.get(said) if isinstance(said, str) else None
    if kind is None:
        return None
    mail = told["mail"] if isinstance(told.get("mail"), dict) else {}
    return kind, list(_recipients(kind, told)), _original(mail)


def _object(text: str) -> dict[str, Any]:
    """The object at the beginning of a text. Some servers break lines longer than they like by `!`."""
    try:
        found, _ = json.JSONDecoder(strict=False).raw_decode(text.replace("!\n ", "").strip())
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _recipients(kind: Kind, told: dict[str, Any]) -> list[Failed]:
    inner = next((told[name] for name in DETAILS if isinstance(told.get(name), dict)), dict[str, Any]())
    lists = (value for name, value in inner.items() if name.lower().endswith("recipients"))
    listed = next((value for value in lists if isinstance(value, list)), [])
    return [one for each in listed if (one := _recipient(kind, inner, each))]


def _recipient(kind: Kind, inner: dict[str, Any], each: object) -> Failed | None:
    fields = each if isinstance(each, dict) else {"emailAddress": each}
    address, diagnostic = str(fields.get("emailAddress", "")), str(fields.get("diagnosticCode", ""))
    if "@" not in address:
        return None
    if kind is not Kind.BOUNCE and kind is not Kind.DELAYED:
        action = "complained" if kind is Kind.COMPLAINT else "delivered"
        return Failed(address=address, action=action, diagnostic=diagnostic[:600])
    judgement = judged(str(fields.get("status", "")), diagnostic)
    by_type = {"Permanent": True, "Transient": False}.get(str(inner.get("bounceType")))
    return Failed(
        address=address,
        is_permanent=judgement.is_permanent if judgement.is_permanent is not None else by_type,
        is_dead=judgement.is_dead,
        status=judgement.status,
        code=judgement.code,
        action="delayed" if kind is Kind.DELAYED else "failed",
        diagnostic=diagnostic[:600],
    )


def _original(mail: dict[str, Any]) -> Original:
    common = mail["commonHeaders"] if isinstance(mail.get("commonHeaders"), dict) else {}
    to = common.get("to") if isinstance(common.get("to"), list) else mail.get("destination")
    named = common.get("messageId")
    return Original(
        message_id=named if isinstance(named, str) else "",
        subject=str(common.get("subject", ""))[:500],
        sender=str(mail.get("source", "")),
        recipients=tuple(str(each) for each in to) if isinstance(to, list) else (),
    )
