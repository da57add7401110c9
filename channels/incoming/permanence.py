"""Whether trying again is in vain: by status (RFC 3463), by the code of the reply (RFC 5321, 4.2), or by the words."""

import re
from dataclasses import dataclass

from channels.incoming.phrases.reason import DEAD, LATER, NEVER, POLICY

ENHANCED = re.compile(r"(?<![\d.\w-])([245]\.\d{1,3}\.\d{1,3})(?![\d.]*\d)")
AFTER_CODE = re.compile(r"(?<!\d)([45]\d\d)[ -](?:\(?#?)([45]\.\d{1,3}\.\d{1,3})(?![\d.]*\d)")
HASHED = re.compile(r"#([45]\.\d{1,3}\.\d{1,3})")
CODE = re.compile(r"(?:^|[\s:'\"(<\[;=>])([45][0-5]\d)(?=[ \-:<'\"]\s*\S)", re.MULTILINE)
DEAD_STATUS = frozenset({"5.1.0", "5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1", "5.4.4"})
SILENT = frozenset({"5.0.0", "4.0.0", "5.3.0", "4.3.0", ""})
LONGEST = 600


@dataclass(frozen=True, slots=True)
class Judgement:
    """See `channels.incoming.reading.Failed`."""

    is_permanent: bool | None
    is_dead: bool
    status: str
    code: str


def judged(said: str, words: str) -> Judgement:
    """From the status that a report gives, if it gives one, and its words (diagnostic, or what stands around)."""
    status, code = specific(said, words)
    is_permanent = status.startswith("5") if status[:1] in ("4", "5") else _by_code(code)
    if is_permanent is None:
        is_permanent = _by_words(words)
    is_dead = is_permanent is not False and _is_dead(status, words)
    return Judgement(is_permanent, is_dead, status, code)


def specific(said: str, words: str) -> tuple[str, str]:
    """The status that says most and the code of the reply. A status that says nothing gives way to one in the words."""
    field = ENHANCED.search(f" {said}")
    status = field[1] if field and field[1][0] in "45" else ""
    pair = AFTER_CODE.search(words)
    code = pair[1] if pair else (found[1] if (found := CODE.search(words)) else "")
    if status not in SILENT:
        return status, code
    inner = pair[2] if pair else _inner(words)
    if inner and inner not in ("5.0.0", "4.0.0"):
        return inner, code
    if code and status and code[0] != status[0]:
        return f"{code[0]}.0.0", code
    return status or inner, code


def _inner(words: str) -> str:
    if found := HASHED.search(words):
        return found[1]
    return next((found[1] for found in ENHANCED.finditer(words) if found[1][0] in "45"), "")


def _by_code(code: str) -> bool | None:
    return code.startswith("5") if code else None


def _by_words(words: str) -> bool | None:
    """The reason decides before the general remark: “mailbox full, this is a permanent error” passes all the same."""
    for pattern, verdict in ((DEAD, True), (LATER, False), (POLICY, True), (NEVER, True)):
        if pattern.search(words):
            return verdict
    return None


def _is_dead(status: str, words: str) -> bool:
    if POLICY.search(words):
        return False
    return bool(DEAD.search(words)) or (status in DEAD_STATUS and status != "5.1.0")
