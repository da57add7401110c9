"""Several letters to one inbox in one message: each word for word, with its own title and address for answers."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from html import escape

from campaigns.words.dates import is_right_to_left
from channels.envelope import Envelope
from outreach.delivery import Delivery
from outreach.own_words import OwnWords, own_words
from outreach.reply_address import return_path

LONGEST_SUBJECT = 200
RULE = "=" * 60


def parcels(deliveries: Iterable[Delivery]) -> list[list[Delivery]]:
    """One list for each message on the wire, in their order."""
    found: dict[object, list[Delivery]] = {}
    for each in deliveries:
        found.setdefault(each.name_on_the_wire, []).append(each)
    return list(found.values())


def bind(deliveries: Iterable[Delivery]) -> None:
    """Name each digest after one of those that are still in it; what is left alone goes as a letter of its own."""
    for parcel in parcels(deliveries):
        for each in parcel:
            each.digest = parcel[0].pk if len(parcel) > 1 else None


def rebind(deliveries: Sequence[Delivery]) -> None:
    """The same, written down, for what is about to leave: some may have dropped out since the claim, and the name of a
    message belongs to a letter that is in it.
    """
    before = {each.pk: each.digest for each in deliveries}
    bind(deliveries)
    for each in deliveries:
        if each.digest != before[each.pk]:
            Delivery.objects.filter(pk=each.pk, token=each.token).update(digest=each.digest)


def enclosed(parcel: Sequence[Delivery], letters: Sequence[Envelope]) -> Envelope:
    """One message with the letters of a parcel; the letter itself if it is the only one.

    It comes from the sender of the first letter, and answers to it go there, too.
    """
    first = letters[0]
    if len(letters) == 1:
        return first
    words, language = own_words(first.language)
    names = ", ".join(Counter(letter.to_name or letter.to for letter in letters))
    subject = words.together.format(number=len(letters), names=names)
    return replace(
        first,
        key=parcel[0].name_on_the_wire.hex,
        return_path=return_path(parcel[0].name_on_the_wire.hex) if first.return_path else "",
        subject=subject if len(subject) <= LONGEST_SUBJECT else f"{subject[: LONGEST_SUBJECT - 1]}…",
        text=_text(words, letters),
        html=_html(words, language, letters),
        language=language,
        in_reply_to="",
        references=(),
    )


def _lines(words: OwnWords, letter: Envelope) -> list[str]:
    """What stands above a letter."""
    return [
        words.to.format(name=letter.to_name or letter.to),
        words.sender.format(name=letter.sender.name or letter.sender.address),
        words.subject.format(subject=letter.subject),
        words.answer.format(address=letter.reply_to or letter.sender.address),
    ]


def _text(words: OwnWords, letters: Sequence[Envelope]) -> str:
    parts = [words.why.format(number=len(letters)), *(f"{n}. {each.subject}" for n, each in enumerate(letters, 1))]
    for number, letter in enumerate(letters, 1):
        head = "\n".join([RULE, f"{number} / {len(letters)}", *_lines(words, letter), RULE])
        parts += [head, letter.text]
    return "\n\n".join(parts)


def _html(words: OwnWords, language: str, letters: Sequence[Envelope]) -> str:
    direction = "rtl" if is_right_to_left(language) else "ltr"
    titles = "".join(f"<li>{escape(letter.subject)}</li>" for letter in letters)
    why = escape(words.why.format(number=len(letters)))
    parts = [f"<p>{why}</p><ol>{titles}</ol>"]
    for number, letter in enumerate(letters, 1):
        lines = "<br>".join(escape(line) for line in _lines(words, letter))
        parts += [f"<hr><p><b>{number} / {len(letters)}</b><br>{lines}</p><hr>", _body(letter)]
    return (
        f'<!doctype html>\n<html lang="{language}" dir="{direction}"><head><meta charset="utf-8"></head>\n'
        f'<body style="margin:0;padding:24px 16px">{"".join(parts)}</body></html>\n'
    )


def _body(letter: Envelope) -> str:
    """What the letter's own HTML shows, or its text where it has none."""
    _, found, rest = letter.html.partition("<body")
    inside = rest.partition(">")[2].rpartition("</body>")[0]
    return inside if found and inside else f'<div style="white-space:pre-wrap">{escape(letter.text)}</div>'
