"""An office answers by the link in its letter: nothing happens by looking, and a person has the last word."""

import json
import re
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from campaigns.campaign import Campaign
from campaigns.outcome import NotRecordable, Outcome
from campaigns.publication import publish
from outreach.clock import tick
from outreach.delivery import Delivery
from outreach.desk import Desk
from outreach.incoming import Incoming
from outreach.links import answering
from outreach.public.answer_sentences import ANSWER
from outreach.response import Response
from outreach.send import drain
from outreach.statement import Statement
from outreach.stating import record_as_stated
from tests.small_campaign import DAY, DEADLINE, FRIDAY, LETTER, SECOND, draft, published

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\nnote verbale\n%%EOF\n"
SAID = {
    "d-open": "committed",
    "u-open": "2023-05-12",
    "t-open": "We repair the railing first.",
    "d-repair": "deflected",
    "words": "Thank you for <b>your</b> letter.",
    "name": "M. Keller",
    "function": "First secretary",
    "key": "6f0c1d1e-6d1b-4b7e-9d55-000000000001",
}


@pytest.fixture(autouse=True)
def at(monkeypatch):
    """`at(moment)`: it is that moment. Before, it is the Friday of publication."""

    def stand(moment):
        monkeypatch.setattr("campaigns.moment.now", lambda: moment)
        monkeypatch.setattr("outreach.send.now", lambda: moment)

    stand(FRIDAY)
    cache.clear()
    return stand


@pytest.fixture
def ann(db):
    return published().appeals.select_related("campaign", "addressee").get(addressee__key="ann")


@pytest.fixture
def office() -> Client:
    return Client()


@pytest.fixture
def running(ann) -> Campaign:
    """The first letters have gone out."""
    tick(ann.campaign, FRIDAY)
    drain("email", bulk=False)
    return ann.campaign


def path(appeal, what: str = "") -> str:
    return f"/answer/{answering().token(appeal.pk)}{what}"


def send(office: Client, appeal, **changed):
    """The second step, with the right passcode unless another one is said."""
    right = answering().passcode(appeal.pk)
    return office.post(path(appeal), {**SAID, "step": "send", "passcode": right, **changed})


def test_every_letter_to_an_office_has_the_same_link_and_passcode_at_its_foot(running, ann, at):
    at(DEADLINE + SECOND)
    tick(running, DEADLINE + SECOND)
    drain("email", bulk=False)
    letters = list(Delivery.objects.filter(appeal=ann, channel="email").exclude(text=""))
    assert len(letters) == 2
    for letter in letters:
        assert letter.text.count(f"{answering().link(ann.pk)}\nYour passcode: {answering().passcode(ann.pk)}\n") == 1
        assert letter.html.count(f'href="{answering().link(ann.pk)}"') == 1
        assert letter.html.rstrip().endswith("</html>")


def test_a_wording_may_place_them_itself_and_then_they_stand_there_once(db):
    campaign = draft()
    placed = LETTER.replace("{{ sender.name }}", "Answer at {{ answer.link }} with {{ answer.passcode }}.")
    campaign.wordings.filter(name="letter").update(body=placed)
    tick(publish(campaign, FRIDAY), FRIDAY)
    drain("email", bulk=False)
    letter = Delivery.objects.get(addressee__key="ann")
    assert letter.text.count(answering().link(letter.appeal_id)) == 1
    assert "Your passcode" not in letter.text


def test_nobody_else_gets_a_passcode_and_no_post_shows_one(running, ann):
    post = Delivery(campaign=running, appeal=ann, audience="addressees", channel="x", step=running.steps.get(number=2))
    post.wave, post.addressee = ann.turns.get().wave, ann.addressee
    assert Desk(running).occasion(post).answer is None


def test_looking_changes_nothing_and_shows_what_is_asked(office, ann):
    page = office.get(path(ann))
    assert page.status_code == 200
    for said in ("1. Open", "2. Repair", "repair the bridge", "Ann"):
        assert said in page.text
    assert answering().passcode(ann.pk) not in page.text
    assert not page.cookies
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert not Incoming.objects.exists()


def test_the_first_step_only_shows_what_would_be_sent(office, ann):
    page = office.post(path(ann), {**SAID, "step": "check"})
    assert page.status_code == 200
    assert "Thank you for &lt;b&gt;your&lt;/b&gt; letter." in page.text
    assert "May be published" not in page.text
    assert not Incoming.objects.exists()
    again = office.post(path(ann), {**SAID, "step": "change"}).text
    assert re.search(r'id="d-open-committed"[^>]* checked', again)
    assert 'value="2023-05-12"' in again


def test_the_second_step_makes_a_response_that_waits_for_a_person(office, ann):
    document = SimpleUploadedFile("note verbale.pdf", PDF)
    assert send(office, ann, publish="yes", document=document).url == path(ann, "/received")
    assert ANSWER["en"].sent in office.get(path(ann, "/received")).text
    response = Response.objects.get()
    assert (response.appeal, response.channel, response.read_at) == (ann, "web", None)
    assert (response.proposed_kind, response.text) == (
        "commitment",
        "1. We repair the railing first.\n\nThank you for <b>your</b> letter.",
    )
    statement = Statement.objects.get(response=response)
    assert (statement.name, statement.function, statement.may_be_published) == ("M. Keller", "First secretary", True)
    assert b"Keller" not in bytes(statement.signer)
    stated = [(position.demand.key, position.kind, position.until) for position in statement.positions.all()]
    assert stated == [("open", "committed", date(2023, 5, 12)), ("repair", "deflected", None)]
    incoming = response.incoming
    assert incoming.door == "link"
    assert json.loads(incoming.opened())["name"] == "M. Keller"
    assert [(each.name, each.opened()) for each in incoming.attachments.all()] == [("note verbale.pdf", PDF)]
    assert not Outcome.objects.exists()


def test_what_they_state_stops_no_clock_but_no_step_is_taken_while_it_lies_unread(office, ann, running):
    send(office, ann, **{"d-open": "done", "d-repair": "done", "u-open": ""})
    ann.refresh_from_db()
    assert ann.status == "waiting"
    tick(ann.campaign, DEADLINE + SECOND)
    ann.refresh_from_db()
    assert ann.step.key == "letter"


def test_one_click_makes_outcomes_of_it_with_the_answer_as_evidence(office, ann, running):
    send(office, ann)
    response = Response.objects.get()
    outcomes = record_as_stated(response, author="Mia", now=FRIDAY + DAY)
    assert [(o.demand.key, o.kind, o.until, o.shown_by) for o in outcomes] == [
        ("open", "committed", date(2023, 5, 12), response.pk),
        ("repair", "deflected", None, response.pk),
    ]
    response.refresh_from_db()
    assert (response.kind, response.kind_by) == ("commitment", "Mia")
    assert record_as_stated(response, author="Mia", now=FRIDAY + DAY) == []
    tick(ann.campaign, DEADLINE + SECOND)
    assert ann.pauses.get().code == "committed"


def test_a_date_that_is_past_when_a_person_reads_it_is_not_recorded(office, ann):
    send(office, ann)
    with pytest.raises(NotRecordable, match="which is past"):
        record_as_stated(Response.objects.get(), author="Mia", now=FRIDAY + 30 * DAY)
    assert not Outcome.objects.exists()
    assert Response.objects.get().read_at is None


def test_the_same_form_sent_twice_is_one_answer_and_another_form_is_another(office, ann):
    for _ in range(2):
        assert send(office, ann).status_code == 302
    assert Response.objects.count() == Statement.objects.count() == 1
    send(office, ann, key="6f0c1d1e-6d1b-4b7e-9d55-000000000002", words="We think again.")
    assert Response.objects.count() == 2


@pytest.mark.parametrize("written", [str.lower, lambda code: code.replace("-", " "), lambda code: f" {code}."])
def test_the_passcode_is_taken_however_it_is_written(office, ann, written):
    assert send(office, ann, passcode=written(answering().passcode(ann.pk))).status_code == 302


def test_a_wrong_passcode_says_only_that_it_is_wrong_and_many_ask_for_patience(office, ann):
    right = answering().passcode(ann.pk)
    bob = answering().passcode(ann.campaign.appeals.get(addressee__key="bob").pk)
    wrong = {send(office, ann, passcode=said).text for said in ("", right[:-1], right + "7", bob)}
    told = {re.sub(r'value="[^"]*"', "", page) for page in wrong}
    assert len(told) == 1
    assert ANSWER["en"].no_passcode in told.pop()
    for _ in range(6):
        send(office, ann, passcode="0000-0000")
    late = send(office, ann)
    assert late.status_code == 429
    assert ANSWER["en"].no_patience in late.text
    assert not Response.objects.exists()


@pytest.mark.parametrize(
    ("changed", "field", "what"),
    [
        ({"u-open": ""}, "u-open", "no_date"),
        ({"u-open": "2023-04-27"}, "u-open", "no_past"),
        ({"u-open": "2999-01-01"}, "u-open", "no_past"),
        ({"function": " \0"}, "function", "no_function"),
        ({"d-open": "", "d-repair": "none", "t-open": "", "words": " "}, "d-open-done", "no_answer"),
        ({"words": "x" * 20_001}, "words", "no_long"),
        ({"document": SimpleUploadedFile("page.pdf", b"<script>")}, "document", "no_document"),
    ],
)
def test_what_is_missing_is_named_at_its_field_and_nothing_is_kept(office, ann, changed, field, what):
    page = send(office, ann, **changed)
    assert page.status_code == 422
    assert f'<a href="#{field}">{getattr(ANSWER["en"], what).format(number=1)}' in page.text
    assert not Incoming.objects.exists()


@pytest.mark.parametrize("token", ["A" * 44, "x"])
def test_a_link_that_was_not_made_here_opens_nothing(office, ann, token):
    for told in (office.get(f"/answer/{token}"), office.post(f"/answer/{token}", SAID)):
        assert told.status_code == 404
        assert ANSWER["en"].lost in told.text


def test_a_link_of_a_draft_and_one_to_unsubscribe_open_nothing(office, db):
    appeal = draft().appeals.first()
    assert office.get(path(appeal)).status_code == 404
    assert office.get(path(appeal).replace("answer", "unsubscribe")).status_code == 404


def test_link_and_passcode_of_an_old_letter_work_after_a_change_of_secrets(office, ann, settings):
    link, passcode = path(ann), answering().passcode(ann.pk)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "a new secret"
    assert answering().passcode(ann.pk) != passcode
    assert office.post(link, {**SAID, "step": "send", "passcode": passcode}).status_code == 302


@pytest.mark.parametrize("language", sorted(ANSWER))
def test_the_page_speaks_the_languages_of_addressee_and_campaign(office, ann, language):
    ann.addressee.languages = [language]
    ann.addressee.save()
    page = office.get(path(ann)).text
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in page
    assert ANSWER[language].deflected in page
    assert ANSWER["en"].lede in office.get(path(ann), {"language": "en"}).text


def test_an_answer_that_comes_late_is_taken_all_the_same(office, ann, at):
    at(FRIDAY + timedelta(days=400))
    assert send(office, ann, **{"u-open": "2024-07-01"}).status_code == 302
    assert Response.objects.get().received_at == FRIDAY + timedelta(days=400)
