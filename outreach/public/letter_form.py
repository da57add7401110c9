"""The form for letters to addressees: what it may say, and what is wrong with it."""

import re
import unicodedata
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from campaigns.asking import Asking
from channels.email import EMAIL
from outreach.homoglyphs import mixes_alphabets
from outreach.letters.openings import Beginning
from outreach.letters.own_part import Own, own_part
from outreach.public.consent_fields import Decided, decided
from outreach.public.form_token import made_at
from outreach.public.sign_form import UNSEEN, Wrong, signals_of, tidy
from outreach.signup import WRITE, Form

MOST = 4  # letters of one form
MOST_BYTES = 300 * 1024
LONGEST = {"name": 100, "email": 320, "town": 80}
LONGEST_SUBJECT, LONGEST_TEXT = 150, 6000
MOST_LINKS = 3
LINK = re.compile(r"https?:|www\.", re.IGNORECASE)
ODD_IN_NAMES = re.compile(r"[@<>\"\\/|{}\[\]]|https?:|www\.", re.IGNORECASE)
EMPTY_LINES = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class Written:
    """What is written to one addressee, by its key."""

    to: str
    subject: str
    text: str

    def own(self, beginning: Beginning) -> Own:
        return own_part(self.text, beginning.words.text)


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody typed, without what cannot be seen. `key`: the same however often it is sent."""

    letters: tuple[Written, ...] = ()
    name: str = ""
    email: str = ""
    town: str = ""
    may_quote: bool = False
    shows_address: bool = False
    answers: Decided = field(default_factory=lambda: Decided({}, {}, True))
    signals: dict[str, Any] = field(default_factory=dict)
    key: str = ""

    def form(self, language: str, division: str, beginnings: Mapping[str, Beginning]) -> Form:
        """As it is kept. `beginnings`: what each letter started with, by the addressee's key."""
        return Form(
            name=self.name,
            email=self.email,
            language=language,
            consents=self.answers.consents,
            asked=self.answers.asked,
            signals=self.signals,
            source="write",
            wish=WRITE,
            letters=[_kept(each, beginnings[each.to]) for each in self.letters],
            letter_key=self.key,
            place=self.town,
            division=division,
            may_quote=self.may_quote,
            shows_address=self.shows_address,
        )


def read(
    said: Mapping[str, str], to: Sequence[str], campaign: str, asking: Asking, now: datetime
) -> tuple[Draft, tuple[Wrong, ...]]:
    """What was typed, and everything that is wrong with it.

    `said`: the fields as they came. `to`: keys of addressees that may be written to. `campaign`: its slug. `asking`:
    what it asks beside the name. Controls and turns of direction are left out; a text keeps its lines.
    """
    made = made_at(said.get("token", ""), campaign, now)
    answers = decided(said, asking)
    draft = Draft(
        letters=tuple(_letter(said, each) for each in to),
        name=tidy(said.get("name", "")),
        email=said.get("email", "").strip(),
        town=tidy(said.get("town", "")),
        may_quote=said.get("quote") == "yes",
        shows_address=said.get("address") == "yes",
        answers=answers,
        signals=signals_of(said, now - made if made else None),
        key=_key(said.get("key", "")),
    )
    wrong = [wrong for letter in draft.letters for wrong in _wrong_with(letter)]
    wrong += _wrong_with_sender(draft)
    if not answers.is_old_enough:
        wrong.append(Wrong("age", "missing"))
    if made is None:
        wrong.append(Wrong("token", "old"))
    return draft, tuple(wrong)


def tidy_text(text: str) -> str:
    """Lines in their usual spelling (NFC), without what cannot be seen, and one empty line at most between them."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").split("\n")
    seen = unicodedata.normalize("NFC", "\n".join(UNSEEN.sub("", line).rstrip() for line in lines))
    return EMPTY_LINES.sub("\n\n", seen).strip()


def _letter(said: Mapping[str, str], to: str) -> Written:
    return Written(to, tidy(said.get(f"subject-{to}", "")), tidy_text(said.get(f"text-{to}", "")))


def _wrong_with(letter: Written) -> list[Wrong]:
    wrong = []
    for name, value, longest in (("subject", letter.subject, LONGEST_SUBJECT), ("text", letter.text, LONGEST_TEXT)):
        if not value:
            wrong.append(Wrong(f"{name}-{letter.to}", f"{name} missing"))
        elif len(value) > longest:
            wrong.append(Wrong(f"{name}-{letter.to}", "long"))
    if len(LINK.findall(f"{letter.subject} {letter.text}")) > MOST_LINKS:
        wrong.append(Wrong(f"text-{letter.to}", "links"))
    return wrong


def _wrong_with_sender(draft: Draft) -> list[Wrong]:
    wrong = [Wrong(name, "long") for name, longest in LONGEST.items() if len(getattr(draft, name)) > longest]
    if not draft.name:
        wrong.append(Wrong("name", "missing"))
    if ODD_IN_NAMES.search(draft.name):
        wrong.append(Wrong("name", "odd"))
    if ODD_IN_NAMES.search(draft.town):
        wrong.append(Wrong("town", "odd"))
    wrong += [Wrong(name, "mixed") for name in ("name", "town") if mixes_alphabets(getattr(draft, name))]
    if not draft.email:
        wrong.append(Wrong("email", "missing"))
    elif EMAIL.address_problem(draft.email):
        wrong.append(Wrong("email", "not an address"))
    return wrong


def _key(said: str) -> str:
    """What makes the same form, sent twice, one; a new one where none was sent."""
    try:
        return str(uuid.UUID(said))
    except ValueError:
        return str(uuid.uuid4())


def _kept(letter: Written, beginning: Beginning) -> dict[str, Any]:
    own = letter.own(beginning)
    return {
        "to": letter.to,
        "subject": letter.subject,
        "text": letter.text,
        "language": beginning.language,
        "wording": str(beginning.wording),
        "own_share": own.share,
        "words": own.words,
    }
