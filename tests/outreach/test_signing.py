"""Signing takes two steps, and nobody who fills in a form learns anything about anybody."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from campaigns.campaign import Campaign
from campaigns.consent import UPDATES, Asked, Consent
from campaigns.signature import Signature
from campaigns.supporter import Supporter
from campaigns.tally import Tally, count, sum_up
from channels.answer import Answer, Delayed, Receipt, Unknown
from outreach.confirming import confirm, disown
from outreach.notice import MOST_ATTEMPTS, Notice
from outreach.notify import send_some
from outreach.signing import read_some
from outreach.signup import Form, Signup, keep
from outreach.suppression import suppress
from tests.small_campaign import DAY, FRIDAY, published

PARTNERS = "partner-roads"

ANNA = "anna@people.example"
REAL = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def campaign(db) -> Campaign:
    return published()


@pytest.fixture
def mail(monkeypatch, campaign) -> list:
    """The notices that leave; `mail.answer` is what the wire says to the next ones."""

    class Mail(list):
        answer: Answer = Receipt("<1@told.example>")
        now = FRIDAY
        batch = 10

        def send(self, envelopes):
            self.extend(envelopes)
            return [self.answer] * len(envelopes)

    kept = Mail()
    monkeypatch.setattr("outreach.notify.wire_of", lambda channel: kept)
    monkeypatch.setattr("outreach.notify.now", lambda: kept.now)
    return kept


def form(email: str = ANNA, **fields) -> Form:
    return Form(**{"name": "Anna Arshakyan", "email": email, "language": "en", **fields})


def signed(campaign: Campaign, *forms: Form, at: datetime = FRIDAY) -> None:
    for each in forms:
        keep(campaign.pk, each, "network", at)
    assert read_some(at) == len(forms)


def anna() -> Supporter:
    return Supporter.objects.at(ANNA).get()


def test_a_form_is_kept_sealed_and_read_once(campaign):
    keep(campaign.pk, form(comment="For my children"), "network", FRIDAY)
    with connection.cursor() as cursor:
        cursor.execute("SELECT outreach_signup::text, content FROM outreach_signup")
        row, content = cursor.fetchone()
    for secret in (b"Anna", b"people.example", b"children"):
        assert secret not in row.encode() + bytes(content)
    assert [read_some(FRIDAY), read_some(FRIDAY)] == [1, 0]
    assert (anna().name, anna().signature.comment, Signup.objects.count()) == ("Anna Arshakyan", "For my children", 0)


def test_a_name_counts_once_somebody_with_that_mailbox_has_pressed_the_button(campaign, mail):
    signed(campaign, form())
    assert send_some(FRIDAY) == 1
    (letter,) = mail
    assert (letter.to, letter.subject) == (ANNA, "Please confirm your signature: Keep the bridge open")
    assert "/confirm/" in letter.text
    assert count(campaign.pk) == 0
    assert [confirm(anna(), FRIDAY), confirm(anna(), FRIDAY)] == [True, False]
    assert (count(campaign.pk), anna().signature.state, anna().confirmed_at) == (1, "confirmed", FRIDAY)


def test_who_has_signed_is_told_by_mail_and_counts_once(campaign, mail):
    signed(campaign, form())
    confirm(anna(), FRIDAY)
    signed(campaign, form("ANNA@people.example", name="Another Name"), form(), at=FRIDAY + DAY)
    assert [notice.kind for notice in Notice.objects.all()] == ["confirm", "already"]
    assert (Supporter.objects.count(), anna().name, count(campaign.pk)) == (1, "Anna Arshakyan", 1)


def test_nobodys_mailbox_is_filled_through_our_form(campaign):
    for minute in range(0, 60, 5):
        signed(campaign, form(), form(), at=FRIDAY + timedelta(minutes=minute))
    assert Notice.objects.filter(kind="confirm").count() == 6


def test_consent_is_kept_with_the_words_that_were_read_and_counts_with_the_confirmation(campaign):
    words = Asked.keep("Write to me about this campaign", "en")
    consents = {UPDATES: True, PARTNERS: False}
    signed(campaign, form(consents=consents, asked={UPDATES: words.pk, PARTNERS: "made up"}))
    given, refused = Consent.objects.all()
    assert (given.purpose, given.is_given, given.asked, given.source) == (UPDATES, True, words, "page")
    assert (refused.purpose, refused.is_given, refused.asked) == (PARTNERS, False, None)
    assert Consent.objects.standing(anna(), UPDATES) is True
    assert Consent.objects.standing(anna(), UPDATES, channel="x") is None
    assert Supporter.objects.reachable().count() == 0
    confirm(anna(), FRIDAY)
    assert Supporter.objects.reachable().get() == anna()


@pytest.mark.parametrize("consents", [{}, {UPDATES: False}])
def test_who_was_not_asked_or_said_no_gets_no_letters(campaign, consents):
    signed(campaign, form(consents=consents))
    confirm(anna(), FRIDAY)
    assert Supporter.objects.reachable().count() == 0


def test_it_was_not_me_takes_the_name_back_and_forgets_whose_it_was(campaign):
    signed(campaign, form(consents={UPDATES: True}, postcode="0010"))
    person = anna()
    confirm(person, FRIDAY)
    assert [disown(person, FRIDAY), disown(person, FRIDAY)] == [True, False]
    assert count(campaign.pk) == 0
    assert not Supporter.objects.at(ANNA).exists()
    person.refresh_from_db()
    assert (person.name, person.email, person.postcode, person.email_digest) == ("", "", "", "")
    signed(campaign, form(), at=FRIDAY + DAY)
    assert anna().signature.state == "pending"


def test_what_a_form_of_a_machine_shows_is_noted_and_not_told(campaign):
    signed(campaign, form(signals={"trap": True, "seconds": 0.4}))
    assert (anna().signature.marks, anna().signature.state) == (["trap", "quick"], "pending")


def test_a_form_that_makes_no_sense_is_kept_for_a_person_and_stops_no_other(campaign):
    broken = keep(campaign.pk, form(), "", FRIDAY)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE outreach_signup SET content = '' WHERE id = %s", [broken])
    keep(campaign.pk, form(), "", FRIDAY)
    assert [read_some(FRIDAY), read_some(FRIDAY)] == [2, 0]
    assert Signup.objects.get().problem.startswith("It is not as forms are")
    assert anna().signature.state == "pending"


def test_a_suppressed_address_gets_no_notice_and_the_reason_is_kept(campaign, mail):
    suppress("email", ANNA, "Complained", FRIDAY)
    signed(campaign, form())
    send_some(FRIDAY)
    assert mail == []
    assert (Notice.objects.get().state, Notice.objects.get().reason) == ("suppressed", "Complained")


@pytest.mark.parametrize("answer", [Delayed("Busy"), Unknown("The line was cut")])
def test_a_notice_that_may_not_have_arrived_is_sent_again_later_but_not_for_ever(campaign, mail, answer):
    signed(campaign, form())
    mail.answer = answer
    for _ in range(MOST_ATTEMPTS + 2):
        send_some(mail.now)
        assert send_some(mail.now) == 0
        mail.now += timedelta(hours=2)
    assert len(mail) == MOST_ATTEMPTS
    assert (Notice.objects.get().state, Notice.objects.get().reason) == ("refused", answer.reason)


def test_a_worker_that_dies_with_a_notice_leaves_it_to_the_next(campaign, mail, monkeypatch):
    signed(campaign, form())
    monkeypatch.setattr(type(mail), "send", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        send_some(FRIDAY)
    monkeypatch.undo()
    assert Notice.objects.get().state == "sending"
    assert not Notice.objects.due(FRIDAY, datetime.now(UTC)).exists()
    assert Notice.objects.due(FRIDAY, datetime.now(UTC) + timedelta(hours=1)).exists()


def test_summing_the_count_up_changes_no_count(campaign):
    signed(campaign, *(form(f"p{n}@people.example") for n in range(5)))
    for person in Supporter.objects.all():
        confirm(person, FRIDAY)
    assert (count(campaign.pk), Tally.objects.count()) == (5, 5)
    sum_up()
    assert (count(campaign.pk), Tally.objects.count()) == (5, 1)


@pytest.mark.parametrize("language", ["en", "hy", "ru", "fr", "de", "es", "ar"])
def test_notices_speak_the_language_of_who_gets_them_and_no_title_becomes_markup(campaign, mail, language):
    campaign.title = {"en": "Keep **the** <b>bridge</b> {link}"}
    campaign.save()
    signed(campaign, form(language=language))
    send_some(FRIDAY)
    (letter,) = mail
    assert letter.language == language
    assert "Keep **the** <b>bridge</b> {link}" in " ".join(letter.text.split())
    assert "&lt;b&gt;bridge&lt;/b&gt;" in letter.html
    assert letter.text.count("/confirm/") == 1
    assert Signature.objects.get().state == "pending"


def test_reading_many_new_people_asks_nothing_of_the_database_for_each(campaign, django_assert_max_num_queries):
    for number in range(30):
        keep(campaign.pk, form(f"person{number}@people.example"), "network", FRIDAY)
    with django_assert_max_num_queries(25):
        assert read_some(FRIDAY) == 30
