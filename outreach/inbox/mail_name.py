"""The name of a mail, under which it is kept once by whichever doors it comes. Pure.

Servers add lines above a mail on its way, and ends of lines change; what the sender wrote stays. So the name is made of
the Message-ID, the sender and the body. Two mails with one Message-ID and other bodies, or senders, are two: nobody can
keep a letter out by sending a copy of it first.
"""

import hashlib
import re

HEAD = 256 * 1024  # bytes of a head that are looked at
END_OF_HEAD = re.compile(rb"\r?\n\r?\n")
OWN = (b"message-id", b"from", b"date", b"subject")
LONGEST_ID = 200


def mail_name(raw: bytes) -> str:
    """At most 265 characters: the Message-ID, if there is a sane one, and the beginning of a SHA-256."""
    end = END_OF_HEAD.search(raw)
    head, body = (raw[: end.start()], raw[end.end() :]) if end else (raw, b"")
    said = _said(head[:HEAD])
    message_id = said.pop(b"message-id", b"").decode("ascii", "replace")
    digest = hashlib.sha256(body.replace(b"\r\n", b"\n").strip() + b"\n" + said.get(b"from", b""))
    if not message_id.isprintable() or "\ufffd" in message_id or not 3 <= len(message_id) <= LONGEST_ID:
        message_id = ""
        digest.update(b"\n".join(said.get(name, b"") for name in OWN))
    return f"{message_id} {digest.hexdigest()}".strip()


def message_id_in(name: str) -> str:
    """The Message-ID in a name; empty if it has none."""
    return name.rpartition(" ")[0]


def _said(head: bytes) -> dict[bytes, bytes]:
    """The first of each header that the sender wrote, unfolded."""
    found: dict[bytes, bytes] = {}
    for line in re.split(rb"\r?\n(?![ \t])", head):
        name, _, value = line.partition(b":")
        if name.strip().lower() in OWN:
            found.setdefault(name.strip().lower(), b" ".join(value.split()))
    return found
