"""The body of one part: text in any script as lines that every mail server passes on unharmed."""

import re
from base64 import encodebytes
from binascii import b2a_qp

LINE_END = re.compile(r"\r\n|\r|\n")
LONGEST_LINE = 998  # RFC 5322, 2.1.1
HARMLESS = bytes(byte for byte in range(256) if byte in b"\t\n\r" or (byte >= 0x20 and byte != 0x7F))
DENSE = 6  # with more than one byte in six beyond ASCII, base64 is the shorter


def encoded(subtype: str, field: str, text: str, eight_bit: bool) -> bytes:
    """A part of type text/`subtype`: its headers, an empty line, its lines ended by CRLF, the last one too.

    `eight_bit`: UTF-8 may stand as it is. Raises ValueError naming `field` for text that is not Unicode.
    """
    coding, body = _coded(_lines(field, text), eight_bit)
    return f"Content-Type: text/{subtype}; charset=utf-8\r\nContent-Transfer-Encoding: {coding}\r\n\r\n".encode() + body


def _lines(field: str, text: str) -> bytes:
    spelt = LINE_END.sub("\r\n", text) if "\r" in text else text.replace("\n", "\r\n")
    try:
        lines = spelt.encode()
    except UnicodeEncodeError:
        raise ValueError(f"{field}: has half a character in it (a lone surrogate)") from None
    return lines if lines.endswith(b"\r\n") else lines + b"\r\n"


def _coded(lines: bytes, eight_bit: bool) -> tuple[str, bytes]:
    is_ascii = lines.isascii()
    if (is_ascii or eight_bit) and _is_safe(lines):
        return "7bit" if is_ascii else "8bit", lines
    beyond = len(lines) - len(lines.decode().encode("ascii", "ignore"))
    if beyond * DENSE > len(lines):
        return "base64", encodebytes(lines).replace(b"\n", b"\r\n")
    return "quoted-printable", b2a_qp(lines, istext=True)


def _is_safe(lines: bytes) -> bool:
    """Whether no server mangles them: no control characters, no spaces at the end of a line, no endless lines."""
    if lines.translate(None, HARMLESS) or b" \r\n" in lines:
        return False
    return not (b"\t" in lines and b"\t\r\n" in lines) and _are_short(lines)


def _are_short(lines: bytes) -> bool:
    """Found by hopping from the last end of a line within reach to the next, which touches few of them."""
    start = 0
    while start < len(lines):
        end = lines.rfind(b"\n", start, start + LONGEST_LINE + 2)
        if end < 0:
            return False
        start = end + 1
    return True
