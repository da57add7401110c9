"""Complaints: feedback reports (RFC 5965), and the older forms of Hotmail and others."""

import re

from channels.incoming.head import Head, head_of
from channels.incoming.limits import Limits
from channels.incoming.original import addressed_to
from channels.incoming.part import Part
from channels.incoming.party import address_in
from channels.incoming.reading import Failed

FEEDBACK = "message/feedback-report"
SUBJECT = re.compile(
    r"^\W*(?:complaint about message from|(?:e-?mail )?(?:abuse|feedback) report|fw:.{0,30}spam report"
    r"|spam (?:report|complaint))",
    re.IGNORECASE,
)
UNSUBSCRIBE = re.compile(r"^\s*unsubscribe\s*$", re.IGNORECASE)
WHOM = (
    "original-rcpt-to",
    "removal-recipient",
    "redacted-address",
    "original-recipient",
    "x-hmxmroriginalrecipient",
)


def feedback_in(whole: Part, limits: Limits) -> Head | None:
    """The fields of a feedback report; None if the mail has none."""
    for part in whole.walk():
        if part.media_type == FEEDBACK:
            data = part.content(limits.head).lstrip(b"\r\n ")
            return head_of(data, 0, len(data), limits)[0]
        if part.media_type == "text/plain" and part is not whole:
            text = part.text(4000)
            if re.search(r"^Feedback-Type:", text, re.MULTILINE | re.IGNORECASE):
                data = text[text.lower().index("feedback-type:") :].encode("utf-8", "replace")
                return head_of(data, 0, len(data), limits)[0]
    return None


def is_complaint(subject: str, original: Head) -> bool:
    """Whether a mail without fields is one all the same: its subject says so and it returns a letter."""
    return bool(SUBJECT.search(subject)) and bool(original.fields)


def opt_out(head: Head, subject: str, own_text: str, sender: str) -> Failed | None:
    """Who wants no more letters, if a mail says only that: sent by a mail program for the link to unsubscribe."""
    is_request = head.first("x-apple-unsubscribe").lower() == "true" or UNSUBSCRIBE.match(subject)
    if not is_request or not sender or len(own_text.split()) > 25:
        return None
    return Failed(address=sender, action="complained", diagnostic="opt-out")


def complainant(fields: Head, original: Head) -> Failed | None:
    """Who complained, if that was not left out on purpose."""
    said = [value for head in (fields, original) for name in WHOM for value in head.all(name)]
    found = next((address for value in said if (address := address_in(value)) and "redacted" not in address), "")
    found = found or addressed_to(original)
    kind = fields.first("feedback-type").lower() or "abuse"
    return Failed(address=found, action="complained", diagnostic=kind) if found else None
