"""The body of one part: text in any script as lines that every mail server passes on unharmed."""

import re
from base64 import encodebytes
from binascii import b2a_qp

LINE_END = re.compile(r"\r\n|\r|\n")
LONGEST_LINE = 998  # RFC 5322, 2.1.1
UNSAFE = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|[ \t]\r\n")
DENSE = 6  # with more than one byte in six beyond ASCII, base64 is the shorter


def encoded(subtype: str, field: str, text: str, eight_bit: bool) -> bytes:
    """A part of type text/`subtype`: its headers, an empty line, its lines ended by CRLF, the last one too.

    `eight_bit`: UTF-8 may stand as it is. Raises ValueError naming `field` for text that is not Unicode.
    """
    try:
        lines = LINE_END.sub("\r\n", text).encode()
    except UnicodeEncodeError:
        raise ValueError(f"{field}: has half a character in it (a lone surrogate)") from None
    if not lines.endswith(b"\r\n"):
        lines += b"\r\n"
    coding, body = _coded(lines, eight_bit)
    return f"Content-Type: text/{subtype}; charset=utf-8\r\nContent-Transfer-Encoding: {coding}\r\n\r\n".encode() + body


def _coded(lines: bytes, eight_bit: bool) -> tuple[str, bytes]:
    if not UNSAFE.search(lines) and max(map(len, lines.split(b"\r\n"))) <= LONGEST_LINE:
        if lines.isascii():
            return "7bit", lines
        if eight_bit:
            return "8bit", lines
    beyond = len(lines) - len(lines.decode().encode("ascii", "ignore"))
    if beyond * DENSE > len(lines):
        return "base64", encodebytes(lines).replace(b"\n", b"\r\n")
    return "quoted-printable", b2a_qp(lines, istext=True)
