"""Words as everybody may read them: without what lets somebody in, and without private addresses and numbers."""

import re
from collections.abc import Iterable

LEFT_OUT = "[…]"
ADDRESS = re.compile(r"[^\s<>()\[\]\"',;:]{1,64}@[^\s<>()\[\]\"',;:@]{1,190}\.[^\W\d_]{2,24}\b")
NUMBER = re.compile(r"(?:\+|\b00)\d[\d\s()./-]{6,20}\d")


def without(text: str, secrets: Iterable[str]) -> str:
    """The text, each of these strings left out."""
    for secret in sorted((each for each in secrets if each), key=len, reverse=True):
        text = text.replace(secret, LEFT_OUT)
    return text


def discreet(text: str) -> str:
    """The text without electronic addresses and international telephone numbers."""
    return without(text, private(text))


def private(text: str) -> list[str]:
    """The addresses and numbers in it."""
    return [*ADDRESS.findall(text), *NUMBER.findall(text)]
