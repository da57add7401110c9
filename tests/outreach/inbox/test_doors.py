"""Our own mail server's door, and the mailbox that is looked into."""

import smtplib
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection

from campaigns.campaign import Campaign
from channels.fakes.imap import ImapServer
from channels.imap_box import ImapAddress
from channels.mail_receiver import Away, Listening, MailReceiver
from config import doctor
from outreach.inbox import imap_door, smtp_door
from outreach.inbox.mail import LARGEST
from outreach.incoming import Incoming
from outreach.mailbox import Mailbox
from outreach.reply_address import reply_to
from tests.small_campaign import FRIDAY, published

RAW = b"From: Ann <ann@offices.example>\r\nMessage-ID: <1@x>\r\nSubject: Re: x\r\n\r\nYes.\r\n"


@pytest.fixture
def campaign(db, settings) -> Campaign:
    settings.REPLY_DOMAIN, settings.BOUNCES = "in.example", "bounces@in.example"
    return published()


@pytest.fixture
def stale(monkeypatch) -> None:
    """Tests keep their one connection."""
    monkeypatch.setattr(smtp_door, "close_old_connections", lambda: None)


def test_our_server_takes_mail_for_our_addresses_alone(campaign, stale):
    ann = reply_to(campaign, campaign.appeals.get(addressee__key="ann"))
    swapped = ann[:7] + ann[6] + ann[8:]
    for address in (ann, ann.upper(), swapped, "bounces@in.example", "postmaster@in.example"):
        assert smtp_door.accepts(address), address
    for address in ("reply@in.example", "reply+00000000000000000000@in.example", "ann@offices.example",
                    "bounces+" + "0" * 32 + "@in.example", "postmaster@elsewhere.example", "", "@"):  # fmt: skip
        assert not smtp_door.accepts(address), address


def test_while_the_database_is_away_mail_waits_outside(campaign, stale, monkeypatch):
    def away(*_: object, **__: object) -> Any:
        raise OperationalError("gone")

    monkeypatch.setattr(smtp_door, "take_mail", away)
    monkeypatch.setattr(smtp_door, "appeals_at", away)
    with pytest.raises(Away):
        smtp_door.keep(RAW, "", ["bounces@in.example"])
    with pytest.raises(Away):
        smtp_door.accepts("reply+1@in.example")


@pytest.mark.django_db(transaction=True)
def test_a_mail_sent_to_our_server_is_kept_when_it_is_acknowledged(settings):
    settings.REPLY_DOMAIN, settings.BOUNCES = "in.example", "bounces@in.example"
    campaign = published()
    to = reply_to(campaign, campaign.appeals.get(addressee__key="ann"))
    where = Listening(host="127.0.0.1", port=0)
    with (
        MailReceiver(where, smtp_door.accepts, _keep_and_leave, largest=LARGEST) as receiver,
        smtplib.SMTP("127.0.0.1", receiver.port, timeout=10) as line,
    ):
        line.sendmail("ann@offices.example", [to], RAW)
        incoming = Incoming.objects.get()
    assert (incoming.door, incoming.opened(), incoming.handed_in) == ("smtp", RAW, ("ann@offices.example", (to,)))
    assert incoming.guesses.get().appeal.addressee.key == "ann"


def _keep_and_leave(raw: bytes, sender: str, recipients: Any) -> None:
    """As the door does; then this thread lets go of the tests' database."""
    smtp_door.keep(raw, sender, recipients)
    connection.close()


@pytest.fixture
def server(db, settings) -> Iterator[ImapServer]:
    with ImapServer() as running:
        settings.MAILBOX = ImapAddress.parse(running.address)
        yield running


def test_a_mailbox_is_read_once_however_often_it_is_looked_into(server, settings):
    server.put(RAW)
    assert imap_door.is_due()
    assert imap_door.poll(settings.MAILBOX, FRIDAY) == 1
    assert imap_door.poll(settings.MAILBOX, FRIDAY) == 0
    server.put(RAW.replace(b"<1@x>", b"<2@x>"))
    assert imap_door.poll(settings.MAILBOX, FRIDAY) == 1
    assert set(Incoming.objects.values_list("door", "state")) == {("imap", "waiting")}
    assert [each.flags for each in server.mails] == [{"\\Seen"}, {"\\Seen"}], "they stay, and are marked"
    box = Mailbox.objects.get()
    assert (box.uid, box.taken, box.problem) == (2, 2, "")
    assert box.is_due(FRIDAY + imap_door.EVERY, imap_door.EVERY)
    assert not box.is_due(FRIDAY + timedelta(seconds=1), imap_door.EVERY)


def test_when_numbers_begin_anew_nothing_is_passed_over_and_nothing_kept_twice(server, settings):
    server.put(RAW, uid=500)
    imap_door.poll(settings.MAILBOX, FRIDAY)
    server.validity, server.mails = 2, []
    server.put(RAW)
    server.put(RAW.replace(b"<1@x>", b"<2@x>"))
    imap_door.poll(settings.MAILBOX, FRIDAY)
    assert (Incoming.objects.count(), Mailbox.objects.get().uid) == (2, 2)


def test_a_mailbox_that_cannot_be_read_says_why_and_is_tried_again(server, settings):
    server.put(RAW)
    server.cut = True
    assert imap_door.poll(settings.MAILBOX, FRIDAY) == 0
    assert Mailbox.objects.get().problem
    assert imap_door.poll(settings.MAILBOX, FRIDAY) == 1
    assert Mailbox.objects.get().problem == ""


def test_of_a_mail_that_is_too_large_the_head_is_kept_and_where_it_lies(server, settings, monkeypatch):
    monkeypatch.setattr(imap_door, "LARGEST", 100)
    server.put(RAW + b"x" * 200)
    imap_door.poll(settings.MAILBOX, FRIDAY)
    kept = Incoming.objects.get().opened() or b""
    assert kept.startswith(b"From: Ann")
    assert b"lies in the mailbox" in kept


def test_without_a_mailbox_nothing_is_due(db, settings):
    settings.MAILBOX = None
    assert not imap_door.is_due()


def test_the_doctor_tells_of_addresses_that_nobody_listens_to(settings):
    settings.REPLY_DOMAIN, settings.PARSE_SECRETS, settings.MAIL_LISTEN, settings.MAILBOX = "in.example", [], None, None
    (complaint,) = doctor.closed_doors()
    assert "answers have no door" in complaint
    settings.MAIL_LISTEN = Listening(host="127.0.0.1", port=0, cert="/no/such", key="/no/such")
    (complaint,) = doctor.closed_doors()
    assert "certificate" in complaint
    settings.MAIL_LISTEN, settings.MAILBOX = None, ImapAddress.parse("imap://a:b@127.0.0.1:1")
    (complaint,) = doctor.closed_doors()
    assert complaint.startswith("OUTREACH_MAILBOX: a@127.0.0.1:1/INBOX: ")
