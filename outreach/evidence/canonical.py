"""One way to write a value as bytes, and to commit to one without showing it.

Bytes are those of RFC 8785 (JSON Canonicalization Scheme), for the part of JSON that the log needs: no fractions, whole
numbers that JavaScript can hold, and ASCII names. Within it, Python's own encoder writes what the RFC asks for.
"""

import hashlib
import json
from typing import Any

LARGEST_NUMBER = 2**53 - 1


class NotCanonical(ValueError):
    """A value, or bytes, that the log has no form for; the sentence says which."""


def canonical(value: Any) -> bytes:
    """The value as UTF-8 bytes. Raises NotCanonical for what would not have one form everywhere."""
    _refuse(value)
    try:
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    except UnicodeEncodeError:
        raise NotCanonical("a text holds half of a character (a lone surrogate)") from None


def read(line: bytes) -> Any:
    """The value that was written so. Raises NotCanonical if these are not the bytes `canonical` gives for it."""
    try:
        value = json.loads(line.decode())
    except (ValueError, RecursionError) as odd:
        raise NotCanonical(f"this is not JSON: {odd}") from None
    if canonical(value) != line:
        raise NotCanonical("this is not written in the canonical form of RFC 8785")
    return value


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def commitment(salt: bytes, value: bytes) -> str:
    """What stands in the log for a value that is kept elsewhere: who does not know the salt cannot guess the value."""
    return sha256(salt + value)


def _refuse(value: Any) -> None:
    match value:
        case None | bool() | str():
            pass
        case int():
            if abs(value) > LARGEST_NUMBER:
                raise NotCanonical(f"{value} is too large a number")
        case list() | tuple():
            for each in value:
                _refuse(each)
        case dict():
            for name, each in value.items():
                if not isinstance(name, str) or not name.isascii():
                    raise NotCanonical(f"{name!r} cannot be a name here: names are ASCII")
                _refuse(each)
        case _:
            raise NotCanonical(f"{value!r} is of a kind that the log has no form for")
