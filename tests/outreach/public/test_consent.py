"""What people allow, refuse or leave open: asked in the campaign's words, kept with them, and changed by themselves."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from campaigns.asking import AGE, NOTICE, PARENT, UPDATES, AgeLine, Asking, asking_of
from campaigns.campaign import Campaign
from campaigns.consent import Consent, keep_words
from campaigns.supporter import Supporter
from outreach.confirming import confirm
from outreach.links import own_data
from outreach.notice import Notice
from outreach.public.consent_fields import decided
from outreach.public.consent_sentences import CONSENT
from outreach.public.kept_page import forget
from outreach.signing import read_some
from tests.small_campaign import FRIDAY, published

ASKED = {
    "questions": [
        {"purpose": "events", "question": {"en": "Invite you?"}, "agree": {"en": "Do"}, "decline": {"en": "No"}}
    ],
    "partners": [
        {
            "key": "roads",
            "name": {"en": "Roads for All"},
            "website": "https://roads.example",
            "question": {"en": "May they write?"},
            "agree": {"en": "They may"},
            "decline": {"en": "They may not"},
        }
    ],
    "age": {"at_least": 16, "with_parent": True},
    "notice": {"en": "The Bridge Committee is responsible.\n\nWrite to it."},
    "policy": "https://bridge.example/privacy",
}
LATER = FRIDAY + timedelta(seconds=20)


@pytest.fixture
def campaign(db, monkeypatch) -> Campaign:
    forget()
    for page in ("mine", "signing_pages"):
        monkeypatch.setattr(f"outreach.public.{page}.give_hint", lambda actor: True)
    monkeypatch.setattr("campaigns.moment.now", lambda: FRIDAY)
    kept = published(consent=ASKED)
    keep_words(kept.asking())
    return kept


def hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', page))


def sign(**answers: str) -> str:
    """The form as a browser fills it in; answers the page that came back, or nothing."""
    phone = Client(enforce_csrf_checks=True)
    said = hidden(phone.get("/c/bridge/en/").text)
    said |= {"name": "Anna", "email": "anna@people.example", **answers}
    answer = phone.post("/c/bridge/en/sign", said)
    return answer.text if answer.status_code == 422 else ""


def standing() -> dict[str, bool]:
    return Consent.objects.all_of(Supporter.objects.get())


def test_each_answer_is_kept_apart_with_the_words_that_were_seen(campaign):
    assert sign(events="no", age="yes", **{"partner-roads": "yes"}) == ""
    read_some(LATER)
    kept = {each.purpose: (each.is_given, each.asked.text) for each in Consent.objects.all()}
    assert kept == {
        "events": (False, "Invite you?\n– Do\n– No"),
        "partner-roads": (True, "Roads for All, https://roads.example\nMay they write?\n– They may\n– They may not"),
        AGE: (True, f"{CONSENT['en'].old_enough.format(age=16)}\n– {CONSENT['en'].younger.format(age=16)}"),
        NOTICE: (True, "The Bridge Committee is responsible.\n\nWrite to it."),
    }
    assert UPDATES not in kept  # it was left open, and nobody decided for them


def test_who_says_nothing_of_their_age_is_told_beside_the_field_and_loses_nothing(campaign):
    page = sign(events="yes")
    assert CONSENT["en"].age_missing in page
    assert 'id="events-yes" name="events" value="yes" checked' in page
    assert not Supporter.objects.exists()


def test_the_page_says_to_whom_an_address_may_go_and_nothing_else_than_that(campaign):
    page = Client().get("/c/bridge/en/").text
    assert '<a href="https://roads.example" target="_blank" rel="noopener noreferrer">Roads for All</a>' in page
    assert CONSENT["en"].given_to_nobody_else in page
    assert "given to nobody. You" not in page
    assert " checked" not in page


def test_who_told_a_partner_yes_takes_it_back_on_their_own_page(campaign):
    sign(age="parent", updates="yes", **{"partner-roads": "yes"})
    read_some(LATER)
    anna = Supporter.objects.get()
    confirm(anna, LATER)
    assert standing() == {UPDATES: True, "partner-roads": True, AGE: False, PARENT: True, NOTICE: True}
    Client().post("/c/bridge/en/mine", {"email": anna.email})
    read_some(LATER)
    mine = f"/mine/{own_data().token(Notice.objects.get(kind=Notice.Kind.DATA).pk)}"
    page = Client().get(mine).text
    assert 'id="partner-roads-yes" name="partner-roads" value="yes" checked' in page
    Client().post(f"{mine}/change", {**hidden(page), "name": "Anna", "partner-roads": "no"})
    assert standing() == {UPDATES: True, "partner-roads": False, AGE: False, PARENT: True, NOTICE: True}
    newest = Consent.objects.last()
    assert (newest.source, newest.asked.text.splitlines()[1]) == ("my data", "May they write?")


@pytest.mark.parametrize(
    ("age", "said", "expected"),
    [
        (None, "", {}),
        (AgeLine(16), "yes", {AGE: True}),
        (AgeLine(16), "parent", None),
        (AgeLine(16), "", None),
        (AgeLine(13, with_parent=True), "parent", {AGE: False, PARENT: True}),
        (AgeLine(13, with_parent=True), "perhaps", None),
    ],
)
def test_an_age_line_lets_in_whom_it_says(age, said, expected):
    found = decided({"age": said}, Asking(age=age))
    assert found.is_old_enough is (expected is not None)
    assert found.consents == (expected or {})


def test_only_what_was_asked_can_be_answered():
    said = {"updates": "yes", "events": "perhaps", "partner-roads": "no", "partner-x": "yes"}
    found = decided({**said, "asked-updates": "k" * 900}, asking_of({**ASKED, "age": None, "notice": None}))
    assert found.consents == {"updates": True, "partner-roads": False}
    assert found.asked == {"updates": "k" * 64}
