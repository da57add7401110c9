"""Whether trying again is in vain: by status (RFC 3463), by the code of the reply (RFC 5321, 4.2), or by the words."""

import re
from dataclasses import dataclass

from channels.incoming.phrases.reason import DEAD, LATER, NEVER, OF_THE_SENDER, POLICY

ENHANCED = re.compile(r"(?<![\d.\w-])([245]\.\d{1,3}\.\d{1,3})(?![\d.]*\d)")
AFTER_CODE = re.compile(r"(?<!\d)([45]\d\d)[ -]['\"(]?#?([45]\.\d{1,3}\.\d{1,3})(?![\d.]*\d)")
HASHED = re.compile(r"#([45]\.\d{1,3}\.\d{1,3})")
CODE = re.compile(r"(?:^|[\s:'\"(<\[;=>])([45][0-5]\d)(?=[ \-:<'\"]\s*\S)", re.MULTILINE)
DEAD_STATUS = frozenset({"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1", "5.4.4"})
ALIVE_STATUS = frozenset({"5.1.7", "5.1.8", "5.2.2", "5.2.3", "5.3.4"})
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
    """The status that says most, and the code of the reply.

    A field for it decides the class, and one in the words may only tell more (RFC 3464, 2.3.4).
    """
    field = ENHANCED.search(f" {said}")
    pair = AFTER_CODE.search(words)
    code = pair[1] if pair else (found[1] if (found := CODE.search(words)) else "")
    hashed = HASHED.search(words)
    found_there = [found[1] for found in ENHANCED.finditer(words)]
    candidates = [field[1] if field else "", pair[2] if pair else "", hashed[1] if hashed else "", *found_there]
    classes = (field[1][0],) if field and field[1][0] in "45" else ("4", "5")
    return max((each for each in candidates if each[:1] in classes), key=_tells, default=""), code


def _tells(status: str) -> int:
    """How much a status says: its class only, its subject too, or all (RFC 3463, 2)."""
    return 0 if status.endswith(".0.0") else 1 if status.endswith(".0") else 2


def _by_code(code: str) -> bool | None:
    return code.startswith("5") if code else None


def _by_words(words: str) -> bool | None:
    """The reason decides before the general remark: “mailbox full, this is a permanent error” passes all the same."""
    for pattern, verdict in ((DEAD, True), (LATER, False), (POLICY, True), (NEVER, True)):
        if pattern.search(words):
            return verdict
    return None


def _is_dead(status: str, words: str) -> bool:
    """Said of the recipient and nothing else: not of the sender, a rule, or a mailbox that is full."""
    if status in ALIVE_STATUS:
        return False
    is_of_another = POLICY.search(words) or OF_THE_SENDER.search(words)
    if status in DEAD_STATUS and not is_of_another:
        return True
    return bool(DEAD.search(words)) and (status in DEAD_STATUS or not (is_of_another or LATER.search(words)))
