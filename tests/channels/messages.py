"""Messages taken apart, built by the standard library, and words to try them with."""

import re
from datetime import datetime, timedelta, timezone
from email import message_from_bytes
from email.header import decode_header, make_header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr

from hypothesis import strategies as st

from channels.envelope import Envelope

AT = datetime(2023, 4, 28, 10, 0, tzinfo=timezone(timedelta(hours=4)))

unicode_text = st.text(st.characters(codec="utf-8"), min_size=1, max_size=400)
one_line = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp", "Cs"]), max_size=120)
shown_name = one_line.map(str.strip)
atom = st.from_regex(r"[a-z0-9!#$%&'*+/=?^_`{|}~-]{1,20}(\.[a-z0-9+-]{1,10})?", fullmatch=True)
address = st.builds("{}@{}".format, atom, st.sampled_from(["un.example", "mail.gov.example", "a-b.example"]))


def parsed(raw: bytes) -> EmailMessage:
    message = message_from_bytes(raw, policy=SMTP)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    return message


def shown(raw: bytes, header: str) -> tuple[str, str]:
    """Name and address as a mail program shows them (in names the newer parser keeps spaces that RFC 2047 drops)."""
    name, address = parseaddr(message_from_bytes(raw)[header])
    return str(make_header(decode_header(name))), address


def text_of(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None
    assert isinstance(part, EmailMessage)
    assert not part.defects
    content = part.get_content()
    assert isinstance(content, str)
    return content.replace("\r\n", "\n")


def with_ending(text: str) -> str:
    lines = re.sub(r"\r\n|\r", "\n", text)
    return lines if lines.endswith("\n") else f"{lines}\n"


def standard(envelope: Envelope) -> bytes:
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(envelope.sender.name, addr_spec=envelope.sender.address)
    message["To"] = Address(envelope.to_name, addr_spec=envelope.to)
    message["Subject"] = envelope.subject
    message["Date"] = AT
    message["Message-ID"] = f"<{envelope.key}@artsakh.example>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(with_ending(envelope.text), cte="base64")
    message.add_alternative(with_ending(envelope.html), subtype="html", cte="base64")
    message["Content-Language"] = envelope.language
    return message.as_bytes()
