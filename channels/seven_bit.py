"""A message for the rare server that does not take UTF-8 as it is (8BITMIME, RFC 6152)."""

from email import message_from_bytes
from email.generator import BytesGenerator
from email.policy import compat32
from io import BytesIO

ASCII = compat32.clone(linesep="\r\n", cte_type="7bit", max_line_length=None)


def seven_bit(message: bytes) -> bytes:
    """The same message with every part that was not ASCII wrapped up in it. Slow: it is taken apart for that."""
    whole = BytesIO()
    BytesGenerator(whole, mangle_from_=False, policy=ASCII).flatten(message_from_bytes(message))
    written = whole.getvalue()
    return written if written.endswith(b"\r\n") else written + b"\r\n"
