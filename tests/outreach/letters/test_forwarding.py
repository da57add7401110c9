"""What an office answers to a supporter's letter goes on to the supporter, and is no answer to the campaign."""

from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.db import transaction

from campaigns.campaign import Campaign
from campaigns.supporter import Supporter
from channels.envelope import Envelope
from outreach.erasing import erase
from outreach.fold import fold
from outreach.guess import Guess
from outreach.inbox.mail import take_mail
from outreach.inbox.reading import read_waiting
from outreach.inbox.smtp_door import accepts
from outreach.incoming import Incoming
from outreach.letters.alias import alias, letters_at
from outreach.letters.letter import Letter
from outreach.letters.letter_reply import LetterReply
from outreach.letters.mailbag import Mailbag
from outreach.needs.need import Scope
from outreach.needs.quarantine import QUARANTINE
from outreach.notice import Notice
from outreach.notify import send_some
from outreach.own_data import export
from outreach.reply_address import appeals_at, reply_to
from outreach.response import Response
from tests.letters import confirmed
from tests.outreach.wires import Told
from tests.small_campaign import DAY, FRIDAY, published

LATER = FRIDAY + DAY
ANN = "ann@offices.example"
SAID = "Dear friend, the council will open the bridge."


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker) -> Iterator[Campaign]:
    """Published once for all of these tests."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield published()
        transaction.set_rollback(True)


@pytest.fixture
def campaign(made, db, settings, monkeypatch) -> Campaign:
    settings.REPLY_DOMAIN, settings.BOUNCES = "in.example", "bounces@in.example"
    settings.MAIL_TRUSTED = ["mx.us.example"]
    monkeypatch.setattr("outreach.inbox.smtp_door.close_old_connections", lambda: None)
    return Campaign.objects.get(pk=made.pk)


@pytest.fixture
def letter(campaign) -> Letter:
    """One that has left."""
    (letter,) = confirmed(campaign, 1)
    bag = Mailbag.objects.create(
        campaign=campaign, addressee=letter.addressee, number=1, state="sent", due_at=FRIDAY, created_at=FRIDAY
    )
    Letter.objects.update(state="taken", mailbag=bag)
    letter.refresh_from_db()
    return letter


def comes(to: str, sender: str = f"Office of Ann <{ANN}>", text: str = SAID, file: bytes = b"", **headers: str) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, to, "Re: The bridge"
    mail["Message-ID"] = f"<{Incoming.objects.count()}@offices.example>"
    mail["Authentication-Results"] = "mx.us.example; dmarc=pass header.from=offices.example"
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    if file:
        mail.add_attachment(file, maintype="application", subtype="pdf", filename="answer.pdf")
    take_mail(mail.as_bytes(), door="smtp", now=LATER, sender=ANN, recipients=[to])
    read_waiting(LATER)


def forwarded(monkeypatch) -> list[str]:
    """What the supporters were sent: each text."""
    return [each.text for each in envelopes(monkeypatch)]


def envelopes(monkeypatch) -> list[Envelope]:
    wire = Told()
    monkeypatch.setattr("outreach.notify.wire_of", lambda channel: wire)
    monkeypatch.setattr("outreach.notify.now", lambda: LATER)
    send_some(LATER)
    return wire.envelopes


def test_an_alias_stands_for_one_letter_and_for_no_appeal(letter):
    address = alias(letter)
    assert letters_at([address, address.upper()]) == [letter]
    assert not appeals_at([address])
    assert not letters_at([reply_to(letter.campaign, letter.campaign.appeals.first()), "reply+letter-0@in.example"])
    assert not letters_at([address.replace("letter-", "letter-0")])
    assert [accepts(address), accepts("reply+letter-00000000000000000000@in.example")] == [True, False]
    assert accepts(f"bounces+{letter.mailbag.key}@in.example")


def test_an_offices_answer_goes_on_to_whoever_wrote_and_is_no_answer_to_the_campaign(letter, monkeypatch):
    comes(alias(letter), file=b"%PDF-1.4")
    (envelope,) = envelopes(monkeypatch)
    assert envelope.to == letter.supporter.email
    assert envelope.subject == "Ann answered your letter: The bridge"
    assert (envelope.sender.address, envelope.reply_to) == ("bridge@committee.example", ANN)
    assert SAID in envelope.text
    assert "Files came with it (1)" in envelope.text
    assert "/reply/" in envelope.text
    assert "No mail server" not in envelope.text
    assert "by itself" not in envelope.text
    incoming = Incoming.objects.get()
    assert (incoming.state, incoming.aside) == ("set aside", "letter")
    assert not Response.objects.exists()
    assert not Guess.objects.exists()
    assert Notice.objects.get().state == "sent"
    (mine,) = export(letter.supporter, LATER)["letters_to_addressees"]
    assert (mine["message"]["state"], mine["answers"][0]["from"], mine["answers"][0]["text"]) == ("sent", ANN, SAID)


def test_it_is_known_by_the_message_it_answers_too(letter, monkeypatch):
    comes("bridge@committee.example", In_Reply_To=f"<{letter.mailbag.key}@committee.example>")
    assert len(forwarded(monkeypatch)) == 1


def test_reading_the_same_mail_again_forwards_nothing_again(letter, monkeypatch):
    comes(alias(letter))
    Incoming.objects.update(state="waiting")
    read_waiting(LATER)
    assert len(forwarded(monkeypatch)) == 1


def test_who_writes_to_the_campaign_as_well_answers_it_as_well(letter, monkeypatch):
    appeal = letter.campaign.appeals.get(addressee__key="ann")
    comes(alias(letter), Cc=reply_to(letter.campaign, appeal))
    assert len(forwarded(monkeypatch)) == 1
    assert Response.objects.get().appeal == appeal
    assert Incoming.objects.get().state == "matched"


def test_a_bounce_is_news_of_the_message_and_no_answer(letter, monkeypatch):
    returned = f"bounces+{letter.mailbag.key}@in.example"
    raw = (
        f"From: MAILER-DAEMON@offices.example\r\nTo: {returned}\r\nSubject: Undelivered\r\n"
        "Message-ID: <d@offices.example>\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nNobody here.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mx.offices.example\r\n\r\nFinal-Recipient: rfc822; ann@offices.example\r\n"
        "Action: failed\r\nStatus: 5.1.1\r\n\r\n--b--\r\n"
    ).encode()
    take_mail(raw, door="smtp", now=LATER, sender="", recipients=[returned])
    read_waiting(LATER)
    fold(LATER)
    letter.mailbag.refresh_from_db()
    assert (letter.mailbag.state, Incoming.objects.get().aside) == ("bounced", "bounce")
    assert forwarded(monkeypatch) == []


def test_the_first_automatic_reply_is_forwarded_and_says_so(letter, monkeypatch):
    for _ in range(2):
        comes(alias(letter), text="I am away until Monday.", Auto_Submitted="auto-replied")
    (text,) = forwarded(monkeypatch)
    assert "A machine at the office wrote this by itself." in text
    assert sorted(Incoming.objects.values_list("aside", flat=True)) == ["letter", "loop"]
    assert not Response.objects.exists()


def test_a_stranger_reaches_the_supporter_only_if_a_person_says_so(letter, monkeypatch, django_user_model):
    comes(alias(letter), sender="Somebody <somebody@elsewhere.example>")
    assert forwarded(monkeypatch) == []
    incoming = Incoming.objects.get()
    assert incoming.state == "quarantined"
    assert "third person" in incoming.reason
    person = django_user_model.objects.create_user("mina", is_staff=True, is_superuser=True)
    (need,) = QUARANTINE.among(Scope(person), LATER)
    assert need.campaign == letter.campaign
    choice = next(each for each in need.choices if each.do.startswith("forward"))
    QUARANTINE.settle(need, choice.do, {}, person, LATER)
    assert len(forwarded(monkeypatch)) == 1
    assert LetterReply.objects.get().forwarded_by == "mina"


def test_whoever_is_erased_is_written_to_no_more_and_the_mail_waits_for_a_person(letter, monkeypatch):
    comes(alias(letter))
    erase(letter.supporter, LATER)
    assert not bytes(Incoming.objects.get().raw), "what was answered to them alone goes with them"
    Supporter.objects.get(pk=letter.supporter_id)
    comes(alias(letter))
    assert forwarded(monkeypatch) == []
    assert [each.state for each in Incoming.objects.order_by("-received_at", "-name")][:1] == ["quarantined"]


def test_more_than_ten_in_a_day_wait_for_a_person(letter, monkeypatch):
    LetterReply.objects.bulk_create(
        LetterReply(
            letter=letter, state="forwarded", at=LATER - timedelta(hours=n),
            incoming=Incoming.objects.create(
                channel="email", door="smtp", name=f"{n}", raw=b"", size=0, sha256="", envelope=b"",
                received_at=LATER, state="set aside",
            ),
        )
        for n in range(10)
    )  # fmt: skip
    comes(alias(letter))
    assert forwarded(monkeypatch) == []
