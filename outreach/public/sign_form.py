"""The form for signing: what it may say, and what is wrong with it. The quick door and the page both ask here."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from campaigns.asking import Asking
from channels.email import EMAIL
from outreach.proof_of_work import LONGEST as LONGEST_PROOF
from outreach.public.consent_fields import decided
from outreach.public.form_token import made_at
from outreach.signup import Form

LONGEST = {"name": 200, "email": 320, "postcode": 16, "comment": 1000, "country": 2}
TRAP = "website"  # nobody sees it; programs that fill in everything do
UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff\ufff9-\ufffb]")
COUNTRY = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with a field: `problem` names the sentence that says so."""

    field: str
    problem: str


def read(
    said: Mapping[str, str], campaign: str, language: str, asking: Asking, now: datetime
) -> Form | tuple[Wrong, ...]:
    """The form, or everything that is wrong with it.

    `said`: the fields as they came. `campaign`: its slug. `asking`: what it asks beside the name. Line ends and spaces
    at the ends are taken off; characters that are not seen (controls, turns of direction) are left out of names.
    """
    values = {field: said.get(field, "").strip() for field in LONGEST}
    wrong = [Wrong(field, "long") for field, value in values.items() if len(value) > LONGEST[field]]
    made = made_at(said.get("token", ""), campaign, now)
    if made is None:
        wrong.append(Wrong("token", "old"))
    name = tidy(values["name"])
    if not name:
        wrong.append(Wrong("name", "missing"))
    if not values["email"]:
        wrong.append(Wrong("email", "missing"))
    elif EMAIL.address_problem(values["email"]):
        wrong.append(Wrong("email", "not an address"))
    country = values["country"].upper()
    if country and not COUNTRY.fullmatch(country):
        wrong.append(Wrong("country", "unknown"))
    answers = decided(said, asking)
    if not answers.is_old_enough:
        wrong.append(Wrong("age", "missing"))
    if wrong or made is None:
        return tuple(wrong)
    return Form(
        name=name,
        email=values["email"],
        language=language,
        country=country,
        postcode=tidy(values["postcode"]),
        comment=UNSEEN.sub("", values["comment"].replace("\r\n", "\n").replace("\n", " ")),
        is_public=said.get("public") == "yes",
        consents=answers.consents,
        asked=answers.asked,
        signals=signals_of(said, now - made),
        source=said.get("source", "page")[:40],
    )


def signals_of(said: Mapping[str, str], taken: timedelta | None) -> dict[str, Any]:
    """What tells how it was filled in; it is weighed later, by a worker. `taken`: None if nobody can tell."""
    signals: dict[str, Any] = {} if taken is None else {"seconds": taken.total_seconds()}
    if said.get(TRAP):
        signals["trap"] = True
    if proof := said.get("altcha", ""):
        signals["proof"] = proof[:LONGEST_PROOF]
    return signals


def tidy(text: str) -> str:
    """One line in its usual spelling (NFC), without what cannot be seen; spaces are single."""
    words = (UNSEEN.sub("", word) for word in unicodedata.normalize("NFC", text).split())
    return " ".join(filter(None, words))
