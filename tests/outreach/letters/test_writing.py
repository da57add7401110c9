"""From a form to letters that wait for their turn: in two steps, and nobody learns anything about anybody."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from campaigns.consent import UPDATES, Consent
from campaigns.supporter import Supporter
from campaigns.wording import Wording
from channels.answer import Receipt
from outreach.alarm import raise_alarm
from outreach.erasing import erase
from outreach.letters.confirming import confirm, disown, letters_of, take_back
from outreach.letters.letter import Letter
from outreach.letters.reading import MOST_MAILS
from outreach.links import writing
from outreach.notice import Notice
from outreach.notify import send_some
from outreach.signing import read_some
from outreach.signup import WRITE, Form, keep
from outreach.slow_lane import GAP
from tests.letters import open_to_letters
from tests.small_campaign import DAY, FRIDAY

State = Letter.State
ANNA = "anna@people.example"
TEXT = "I cross this bridge every day with my two children. Please keep it open."


@pytest.fixture
def campaign(db):
    return open_to_letters()


@pytest.fixture
def mail(monkeypatch, campaign) -> list:
    class Mail(list):
        batch = 10

        def send(self, envelopes):
            self.extend(envelopes)
            return [Receipt("<1@told.example>")] * len(envelopes)

    kept = Mail()
    monkeypatch.setattr("outreach.notify.wire_of", lambda channel: kept)
    return kept


def letter(to: str = "ann", **said) -> dict:
    wording = str(Wording.objects.get(name="own").pk)
    return {
        "to": to,
        "subject": "The bridge",
        "text": TEXT,
        "language": "en",
        "wording": wording,
        "own_share": 80,
        "words": 14,
        **said,
    }


def form(*letters: dict, **said) -> Form:
    plain = Form("Anna Arshakyan", ANNA, "en", wish=WRITE, letters=list(letters or [letter()]), letter_key="key 1")
    return replace(plain, **{"place": "Seattle", **said})


def read(campaign, *forms: Form, at=FRIDAY) -> None:
    for each in forms:
        keep(campaign.pk, each, "network", at)
    read_some(at)


def test_a_form_becomes_letters_that_wait_until_somebody_with_that_mailbox_presses_the_button(campaign, mail):
    read(campaign, form(letter(), letter("bob"), may_quote=True, consents={UPDATES: True}))
    send_some(FRIDAY)
    (told,) = mail
    assert (told.to, told.subject) == (ANNA, "Please confirm your letter: Keep the bridge open")
    assert "wrote to Ann and Bob with this address" in " ".join(told.text.replace("*", "").split())
    assert TEXT not in told.text
    token = urlsplit(told.text.split("/writing/")[1].split()[0]).path
    letters = letters_of(writing().supporter(token))
    assert {(each.state, each.place, each.may_quote, each.own_share) for each in letters} == {
        (State.WRITTEN, "Seattle", True, 80)
    }
    assert [confirm(letters, FRIDAY), confirm(letters_of(letters[0].form), FRIDAY)] == [2, 0]
    assert Letter.objects.waiting().count() == 2
    anna = Supporter.objects.get()
    assert (anna.confirmed_at, anna.agreed_at) == (FRIDAY, FRIDAY)


def test_the_same_form_sent_twice_is_one_and_another_one_is_another(campaign):
    read(campaign, form(), form())
    read(campaign, form())
    assert (Letter.objects.count(), Notice.objects.count()) == (1, 1)
    read(campaign, form(letter_key="key 2"))
    assert (Letter.objects.count(), Notice.objects.count()) == (2, 2)
    first, second = Letter.objects.all()
    confirm([first], FRIDAY)
    confirm([second], FRIDAY)
    assert [each.state for each in (first, second)] == [State.CONFIRMED, State.DOUBLED]


def test_nobody_can_take_the_name_of_a_form_of_somebody_else(campaign):
    read(campaign, form(), form(email="eve@people.example"))
    assert Letter.objects.values("form").distinct().count() == 2


def test_a_mailbox_is_not_filled_through_our_form(campaign):
    read(campaign, *(form(letter_key=f"key {number}") for number in range(MOST_MAILS + 3)))
    assert Notice.objects.count() == MOST_MAILS
    read(campaign, form(letter_key="later"), at=FRIDAY + timedelta(hours=2))
    assert Notice.objects.count() == MOST_MAILS + 1


def test_who_fills_in_what_nobody_sees_gets_no_mail_and_cannot_tell(campaign):
    read(campaign, form(signals={"trap": True, "seconds": 1}))
    assert Letter.objects.get().marks == ["trap", "quick"]
    assert not Notice.objects.exists()


def test_a_crowd_from_one_network_gets_no_mail(campaign, monkeypatch):
    monkeypatch.setattr("outreach.crowds.Crowds.__init__.__defaults__", ({"network": 2, "domain": 300},))
    read(campaign, *(form(email=f"p{number}@people.example") for number in range(2)))
    read(campaign, form(email="p3@people.example"))
    assert Notice.objects.count() == 2
    assert [each.marks for each in Letter.objects.order_by("id") if each.marks] == [["network"]]


def test_only_to_whom_the_demands_are_put(campaign):
    read(campaign, form(letter("ombud"), letter("nobody")))
    assert not Letter.objects.exists()
    assert not Notice.objects.exists()


def test_nearly_identical_letters_are_recognised_as_they_are_read(campaign):
    many = [form(email=f"p{number}@people.example") for number in range(3)]
    read(campaign, many[0], many[1])
    read(campaign, many[2], form(letter(text="My aunt lives on the other side of the river and is ninety years old.")))
    assert sorted(each.alike.count() for each in Letter.objects.filter(resembles=None)) == [0, 2]


def test_what_a_second_form_says_decides_nothing_for_who_has_confirmed(campaign):
    read(campaign, form())
    confirm(Letter.objects.all(), FRIDAY)
    read(campaign, form(letter_key="key 2", consents={UPDATES: True}))
    assert not Consent.objects.exists()


def test_it_was_not_me_stops_the_letters_and_forgets_the_address(campaign):
    read(campaign, form(letter(), letter("bob")))
    assert disown(Letter.objects.all(), FRIDAY)
    anna = Supporter.objects.get()
    assert (anna.email, anna.forgotten_at) == ("", FRIDAY)
    assert {(each.state, each.text, each.name, each.fingerprint == []) for each in Letter.objects.all()} == {
        (State.WITHDRAWN, "", "", True)
    }


def test_it_was_not_me_leaves_alone_what_they_confirmed_themselves(campaign):
    read(campaign, form())
    confirm(Letter.objects.all(), FRIDAY)
    read(campaign, form(letter("bob"), letter_key="key 2"))
    disown(Letter.objects.filter(addressee__key="bob"), FRIDAY)
    assert Supporter.objects.get().email == ANNA
    assert [(each.state, each.text == TEXT) for each in Letter.objects.order_by("addressee__key")] == [
        (State.CONFIRMED, True),
        (State.WITHDRAWN, False),
    ]


def test_a_letter_can_be_taken_back_until_it_is_in_a_mailbag(campaign):
    read(campaign, form(letter(), letter("bob")))
    confirm(Letter.objects.all(), FRIDAY)
    Letter.objects.filter(addressee__key="bob").move(State.TAKEN)
    assert take_back(Letter.objects.all(), FRIDAY) == 1
    assert sorted(Letter.objects.values_list("state", flat=True)) == [State.TAKEN, State.WITHDRAWN]


def test_no_letter_leaves_to_an_office_that_has_acted_meanwhile(campaign):
    read(campaign, form(letter(), letter("bob")))
    campaign.appeals.get(addressee__key="bob").close(FRIDAY + DAY)
    confirm(Letter.objects.order_by("addressee__key"), FRIDAY + DAY)
    assert list(Letter.objects.order_by("addressee__key").values_list("state", "reason")) == [
        (State.CONFIRMED, ""),
        (State.REFUSED, "Done"),
    ]


def test_who_is_erased_writes_no_more_and_what_had_left_keeps_no_words(campaign):
    read(campaign, form(letter(), letter("bob"), letter("cat")))
    confirm(Letter.objects.exclude(addressee__key="cat"), FRIDAY)
    Letter.objects.filter(addressee__key="bob").move(State.TAKEN)
    erase(Supporter.objects.get(), FRIDAY)
    assert list(Letter.objects.order_by("addressee__key").values_list("state", flat=True)) == [
        State.ERASED,
        State.TAKEN,
        State.ERASED,
    ]
    assert {(each.text, each.subject, each.name, each.place, each.wiped_at) for each in Letter.objects.all()} == {
        ("", "", "", "", FRIDAY)
    }


def test_under_an_alarm_who_proves_no_work_writes_all_the_same_and_is_asked_to_confirm_in_turn(campaign):
    raise_alarm(campaign, reason="They come", author="Mia", now=FRIDAY)
    read(campaign, form())
    kept = Letter.objects.get()
    assert kept.marks == ["unproven"]
    assert Notice.objects.get(kind=Notice.Kind.LETTER).due_at == FRIDAY + GAP
