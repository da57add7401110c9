"""Whether a machine wrote a mail, and whether it says anything but that a letter arrived (RFC 3834 and much habit).

What the headers say is evidence, what the words say decides. A mail is taken for automatic only if nothing in it looks
like an answer; in doubt it is an answer, because then a person reads it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from channels.incoming.evidence import evidence
from channels.incoming.language import language_of
from channels.incoming.loose import loose
from channels.incoming.mail import Mail
from channels.incoming.phrases.automatic import AWAY, BY_MACHINE, CLOSING, FILLING, OPENING, POSITION, RECEIVED
from channels.incoming.phrases.subject import RECEIPT_SUBJECT
from channels.incoming.reading import Kind

LONGEST = 20_000  # characters of a text
LONG_SENTENCE, SHORT_SENTENCE = 40, 4  # words: one of the usual sentences is no longer; a name or a date is no sentence
MORE_OF_ABSENCE = 8  # words beside the usual ones, where no header says that a machine wrote them
QUESTION = re.compile("[?？؟՞]")
FAR_EAST = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
SENTENCE_ENDS = re.compile(
    r"(?<=[.!?։。！？؟])\s+|(?<=[。！？])|\n\s*\n|(?<=[^.]:)\n|\n(?=[-*•] )|(?<=[\u0561-\u0587]:)\s+"
)
ABBREVIATED = re.compile(
    r"(?<=\b(?:no|nr|mr|ms|dr|st|ca|vs))\. |(?<=\b(?:mrs|bzw|tel|fax|ref|str))\. "
    r"|(?<=\d)\. (?=jan|feb|m[äa]r|apr|ma[ij]|jun|jul|aug|sep|o[kc]t|nov|de[zc])",
    re.IGNORECASE,
)


def _either(phrases: str | Mapping[str, str]) -> re.Pattern[str]:
    whole = phrases if isinstance(phrases, str) else "|".join(f"(?:{each})" for each in phrases.values())
    return loose(whole)


IS_AWAY, IS_BY_MACHINE, IS_RECEIVED, IS_FILLING = map(_either, (AWAY, BY_MACHINE, RECEIVED, FILLING))
IS_POSITION = _either(POSITION)
FAMILIES = {
    "away": IS_AWAY,
    "by_machine": IS_BY_MACHINE,
    "received": IS_RECEIVED,
    "filling": IS_FILLING,
    "position": IS_POSITION,
}
USUAL = ("away", "by_machine", "received", "filling")
IS_OPENING = loose(rf"^\W*(?:{OPENING})")
BEGINS_CLOSING = loose(rf"^\W*(?:{CLOSING})")
IS_CLOSING = loose(rf"^\W*(?:{CLOSING})\s*$")

DOCUMENTS = re.compile("pdf|msword|officedocument|opendocument|rtf|postscript|message/rfc822|image/tiff")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A kind, why, and whether a machine sent it."""

    kind: Kind
    why: str
    is_automatic: bool


@dataclass(frozen=True, slots=True)
class Words:
    """What a text says, in its own words. `more`: how many words say something else; `remarks`: how many
    short sentences do; `asks`: it has a question."""

    away: str = ""
    by_machine: str = ""
    received: str = ""
    filling: str = ""
    position: str = ""
    more: int = 0
    remarks: int = 0
    asks: bool = False


def proposal(mail: Mail) -> Proposal:
    """What a mail that is no report is: an auto-reply, an acknowledgement, or an answer."""
    words = words_of(mail.own_text)
    sure, hint = evidence(mail)
    is_automatic = bool(sure or hint)
    if any(DOCUMENTS.search(each) for each in mail.media):
        return Proposal(Kind.ANSWER, "A document came with it, which a person has to read.", is_automatic)
    if not mail.own_text.strip():
        if sure:
            return Proposal(Kind.AUTO_REPLY, f"{sure}, and it has no words of its own.", True)
        return Proposal(Kind.ANSWER, "It has no words of its own: a person has to look at it.", is_automatic)
    if sure:
        return _surely_automatic(words, sure, language_of(mail.own_text))
    return _perhaps_automatic(words, hint, bool(RECEIPT_SUBJECT.search(mail.subject)))


def _surely_automatic(words: Words, sure: str, language: str) -> Proposal:
    if words.position and not words.away:
        return Proposal(Kind.ANSWER, f"{sure}, but it takes a position: “{words.position}”.", True)
    if words.more > _allowed(words, language):
        return Proposal(Kind.ANSWER, f"{sure}, but it says more than machines do: a person has to read it.", True)
    if words.received and not words.away:
        return Proposal(Kind.ACKNOWLEDGEMENT, f"{sure}, and it says “{words.received}”.", True)
    said = words.away or words.by_machine
    return Proposal(Kind.AUTO_REPLY, f"{sure}, and it says “{said}”." if said else f"{sure}.", True)


def _allowed(words: Words, language: str) -> int:
    """How many words beside the usual ones; more in a language whose usual ones are not known."""
    if words.away or words.received or words.by_machine:
        return 60
    return 12 if language in AWAY else 40


def _perhaps_automatic(words: Words, hint: str, is_receipt: bool) -> Proposal:
    tail = f" {hint}." if hint else ""
    if words.position or words.asks:
        said = f"takes a position: “{words.position}”" if words.position else "asks something"
        return Proposal(Kind.ANSWER, f"It {said}.{tail}", bool(hint))
    if words.away and (words.filling or words.by_machine or hint) and words.more <= MORE_OF_ABSENCE:
        return Proposal(Kind.AUTO_REPLY, f"It says “{words.away}” and nothing else.{tail}", True)
    if words.received and _is_nothing_else(words, bool(hint or is_receipt or words.by_machine)):
        is_automatic = bool(hint or words.by_machine)
        return Proposal(Kind.ACKNOWLEDGEMENT, f"It says “{words.received}” and nothing else.{tail}", is_automatic)
    if words.by_machine and words.more <= MORE_OF_ABSENCE:
        return Proposal(Kind.AUTO_REPLY, f"It says “{words.by_machine}” and nothing else.{tail}", True)
    return Proposal(Kind.ANSWER, f"It says something of its own.{tail}", bool(hint))


def _is_nothing_else(words: Words, is_likely: bool) -> bool:
    """Whether a letter that says it was received says no more; of a person's letter a remark is enough to be more."""
    return words.more <= 40 if is_likely else words.more <= 12 and not words.remarks


def words_of(text: str) -> Words:
    """Sentence by sentence, up to the closing words; what comes after those is a signature and counts for nothing."""
    found, more, remarks = dict.fromkeys(FAMILIES, ""), 0, 0
    text = text[:LONGEST]
    before = _before_closing(text)
    for sentence in _sentences(before):
        here = {name: _found(pattern, sentence) for name, pattern in FAMILIES.items()}
        found = {name: found[name] or here[name] for name in FAMILIES}
        length = _length(sentence)
        if any(here[name] for name in USUAL):
            more += max(0, length - LONG_SENTENCE)
        elif not IS_OPENING.match(sentence) and not BEGINS_CLOSING.match(sentence):
            more += length if length > SHORT_SENTENCE else 0
            remarks += length <= SHORT_SENTENCE and not any(map(str.isdigit, sentence))
    by_machine = found.pop("by_machine") or _found(IS_BY_MACHINE, text)
    return Words(**found, by_machine=by_machine, more=more, remarks=remarks, asks=bool(QUESTION.search(before)))


def _before_closing(text: str) -> str:
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if number and len(line) < 160 and IS_CLOSING.match(line):
            return "\n".join(lines[:number])
    return text


def _sentences(text: str) -> list[str]:
    joined = ABBREVIATED.sub(" ", text)
    return [" ".join(each.split()) for each in SENTENCE_ENDS.split(joined) if each and each.strip()]


def _found(pattern: re.Pattern[str], sentence: str) -> str:
    found = pattern.search(sentence[:600])
    return " ".join(found[0].split())[:80].strip(" ,.") if found else ""


def _length(sentence: str) -> int:
    """Words; where a script does not part them, two letters count for one."""
    return max(len(sentence.split()), len(FAR_EAST.findall(sentence)) // 2)
