"""Jinja's own complaints, as sentences."""

import re

from jinja2 import TemplateSyntaxError

from campaigns.words.near import nearest
from campaigns.words.problem import Problem
from campaigns.words.source import Text

TAGS = ("if", "elif", "else", "endif", "for", "endfor", "set")
LOOPS_FOREVER = ("while", "loop", "do", "repeat", "until")
UNKNOWN_TAG = re.compile(r"unknown tag '([^']*)'")


def what_is_wrong(text: Text, error: TemplateSyntaxError) -> Problem:
    """The problem Jinja found while reading."""
    message = error.message or "this cannot be read"
    unknown = UNKNOWN_TAG.search(message)
    if not unknown:
        return text.problem(error.lineno, "", _readable(message), value="")
    tag = unknown.group(1)
    if tag in LOOPS_FOREVER:
        why = f"this wording would never end: there is no {{% {tag} %}}; loop over what is given with {{% for %}}"
        return text.problem(error.lineno, tag, why)
    known = ", ".join(TAGS)
    return text.problem(error.lineno, tag, f"there is no tag {{% {tag} %}} here (there is: {known})",
                        suggestion=nearest(tag, TAGS))  # fmt: skip


def _readable(message: str) -> str:
    first = message[:1].lower() + message[1:]
    return first.split(" Jinja was looking for")[0].rstrip(".")
