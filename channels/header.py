"""Header lines: names and subjects in any script, folded, and never more than one header."""

import re
import unicodedata
from base64 import b64encode

from channels.domain import ascii_address

FOLD = "\r\n "
LINE = 76
WORD_BYTES = 45  # of UTF-8 in one encoded word, which then is 72 characters of the 75 allowed (RFC 2047, 2)
PHRASE = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?: [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
PLAIN = re.compile(r"[!-~]+(?: [!-~]+)*")


def unstructured(name: str, value: str) -> str:
    """A header whose value is free text, such as Subject. Raises ValueError for a control character or line break."""
    _one_line(name, value)
    if not value:
        return f"{name}:"
    if len(name) + 2 + len(value) <= LINE and PLAIN.fullmatch(value) and "=?" not in value:
        return f"{name}: {value}"
    return f"{name}: {_folded(value, len(name) + 2) or _words(value, len(name) + 2)}"


def mailbox(name: str, display: str, address: str) -> str:
    """A header that holds one address, with the name shown for it; the address must have been checked."""
    _one_line(f"{name} name", display)
    address = ascii_address(address)
    display = display.strip()
    if not display:
        return f"{name}: {address}"
    phrase = _phrase(display, len(name) + 2)
    glue = " " if len(name) + 2 + len(phrase) + len(address) + 3 <= LINE and FOLD not in phrase else FOLD
    return f"{name}: {phrase}{glue}<{address}>"


def _one_line(name: str, value: str) -> None:
    """Everything a program might take for the end of a line, and all that has no business in a header."""
    if value.isprintable():
        return
    for character in value:
        if unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp"):
            kind = "a line break" if character in "\r\n" else f"a control character (U+{ord(character):04X})"
            raise ValueError(f"{name}: has {kind} in it")


def _folded(value: str, indent: int) -> str:
    """Plain ASCII broken at its spaces; empty if it cannot be said that way."""
    if not PLAIN.fullmatch(value) or "=?" in value:
        return ""
    lines = [""]
    for word in value.split(" "):
        room = LINE - 1 - (indent if len(lines) == 1 else 0)
        if len(word) > room:
            return ""
        if lines[-1] and len(lines[-1]) + 1 + len(word) > room:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
    return FOLD.join(lines)


def _phrase(display: str, indent: int) -> str:
    if len(display) + indent <= LINE and display.isascii() and "=?" not in display:
        if PHRASE.fullmatch(display):
            return display
        return '"' + display.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return _words(display, indent)


def _words(value: str, indent: int) -> str:
    """RFC 2047: base64 words, each ending between two characters."""
    words, room = [bytearray()], WORD_BYTES - indent * 3 // 4
    for character in value:
        spelt = character.encode()
        if len(words[-1]) + len(spelt) > room:
            words.append(bytearray())
            room = WORD_BYTES
        words[-1] += spelt
    return FOLD.join(f"=?utf-8?b?{b64encode(word).decode()}?=" for word in words)
