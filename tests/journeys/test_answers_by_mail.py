"""A letter goes out over SMTP, and what comes back by each door: a task for a person, a kind, a position, a clock that
stops; and what only looks like an answer.
"""

import smtplib
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from email.message import EmailMessage

import pytest
from django.test import Client

from campaigns.appeal import Appeal
from campaigns.campaign import Campaign
from campaigns.outcome import record_outcome
from campaigns.wave import Pause
from channels.fakes.imap import ImapServer
from channels.fakes.smtp_sink import SmtpSink
from channels.imap_box import ImapAddress
from channels.mail_receiver import Listening, MailReceiver
from channels.wire import configured
from outreach.clock import tick
from outreach.delivery import Delivery
from outreach.fold import fold
from outreach.inbox import imap_door, smtp_door
from outreach.inbox.deciding import deliver, set_aside
from outreach.inbox.mail import LARGEST
from outreach.inbox.reading import read_waiting
from outreach.incoming import Incoming
from outreach.reply_address import reply_to
from outreach.response import Response
from outreach.send import drain
from tests.channels.test_sendgrid_parse import TYPE, form
from tests.small_campaign import DAY, DEADLINE, FRIDAY, SECOND, published, supporters

pytestmark = pytest.mark.django_db
ANSWERED, AFTER = FRIDAY + 2 * DAY, DEADLINE + SECOND
Door = Callable[[bytes, str, str], None]
SECRET = "a-secret-that-nobody-can-guess"


@pytest.fixture
def campaign(settings, monkeypatch) -> Iterator[Campaign]:
    """Its letters are out, each with addresses of its own; the server proves that they arrived."""
    settings.REPLY_DOMAIN, settings.BOUNCES = "in.example", "bounces@in.example"
    settings.PARSE_SECRETS, settings.MAIL_TRUSTED = [SECRET], ["mx.us.example"]
    with SmtpSink() as sink:
        wire = configured("email", f"{sink.address}?proof=final")
        monkeypatch.setattr("outreach.send.wire_of", lambda channel: wire)
        campaign = published()
        go_to(campaign, FRIDAY, monkeypatch)
        letter, to = letter_to("ann")
        arrived = next(each for each in sink.messages if each.recipients == ("ann@offices.example",))
        assert (arrived.sender, str(arrived.parsed["Reply-To"])) == (f"bounces+{letter.key}@in.example", to)
        yield campaign
        wire.close()


def go_to(campaign: Campaign, moment: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """One pass of the clock, and what it makes due on its way."""
    for door in ("send", "inbox.sendgrid_door", "inbox.smtp_door", "inbox.imap_door"):
        monkeypatch.setattr(f"outreach.{door}.now", lambda: moment)
    tick(Campaign.objects.get(pk=campaign.pk), moment)
    drain("email", bulk=False)
    read_waiting(moment)
    fold(moment)


def by_sendgrid(raw: bytes, sender: str, to: str) -> None:
    said = (("email", raw), ("envelope", f'{{"to": ["{to}"], "from": "{sender}"}}'), ("SPF", "pass"))
    assert Client().post(f"/inbound/sendgrid/{SECRET}", data=form(*said), content_type=TYPE).status_code == 204


def by_our_own_server(raw: bytes, sender: str, to: str) -> None:
    came = []
    where = Listening(host="127.0.0.1", port=0)
    receiver = MailReceiver(where, lambda address: True, lambda *mail: came.append(mail), largest=LARGEST)
    with receiver, smtplib.SMTP("127.0.0.1", receiver.port, timeout=10) as line:
        line.sendmail(sender, [to], raw)
    for mail in came:  # the tests' database is this thread's
        assert smtp_door.accepts(to)
        smtp_door.keep(*mail)


def by_mailbox(raw: bytes, sender: str, to: str) -> None:
    with ImapServer() as server:
        server.put(raw)
        imap_door.poll(ImapAddress.parse(server.address), ANSWERED)


@pytest.fixture(params=[by_sendgrid, by_our_own_server, by_mailbox])
def door(request, monkeypatch) -> Door:
    monkeypatch.setattr(smtp_door, "close_old_connections", lambda: None)
    chosen: Door = request.param
    return chosen


def letter_to(key: str) -> tuple[Delivery, str]:
    """The first letter to an addressee, and where it asks for answers."""
    letter = Delivery.objects.get(addressee__key=key, step__number=1)
    return letter, reply_to(letter.campaign, letter.appeal)


def answer(to: str, letter: Delivery, sender: str = "Office of Ann <ann@offices.example>", **headers: str) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, to, f"Re: {letter.subject}"
    mail["Message-ID"], mail["In-Reply-To"] = "<17@offices.example>", letter.reference
    mail["Authentication-Results"] = "mx.us.example; dmarc=pass header.from=offices.example"
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content("The council decided yesterday to open the bridge and to repair it.")
    return mail.as_bytes().replace(b"\n", b"\r\n")


def stands(key: str = "ann") -> tuple[str, int]:
    """An appeal's state, and the number of its step."""
    appeal = Appeal.objects.select_related("step").get(addressee__key=key)
    return appeal.status, appeal.step.number if appeal.step else 0


def test_an_answer_by_any_door_stops_the_clock_through_a_person_and_an_outcome(campaign, door, monkeypatch):
    letter, to = letter_to("ann")
    door(answer(to, letter), "ann@offices.example", to)
    go_to(campaign, ANSWERED, monkeypatch)
    go_to(campaign, AFTER, monkeypatch)
    assert (stands("ann"), stands("bob")) == (("waiting", 1), ("waiting", 2)), "it waits for whoever reads the answer"
    assert "lies unread" in Pause.objects.get(appeal__addressee__key="ann", code="unread", ended_at=None).sentence
    response = Response.objects.get()
    assert (response.author, response.doubt, response.kind) == ("Office of Ann <ann@offices.example>", "", "")
    assert response.text == "The council decided yesterday to open the bridge and to repair it."
    response.read("substantive", "Mina", AFTER)
    for demand in campaign.demands.all():
        record_outcome(
            response.appeal, demand, "done", evidence="Their answer", author="Mina", now=AFTER + timedelta(hours=1)
        )
    go_to(campaign, AFTER + timedelta(hours=2), monkeypatch)
    assert stands("ann") == ("acted", 1)


def test_what_only_looks_like_an_answer_stops_and_holds_nothing(campaign, door, monkeypatch):
    letter, to = letter_to("ann")
    supporters(campaign, 1)
    door(answer(to, letter, Auto_Submitted="auto-replied"), "", to)
    door(answer(to, letter, sender="supporter0@people.example"), "supporter0@people.example", to)
    go_to(campaign, ANSWERED, monkeypatch)
    assert set(Incoming.objects.values_list("kind", "state")) == {("auto-reply", "matched"), ("answer", "quarantined")}
    go_to(campaign, AFTER, monkeypatch)
    assert stands("ann") == ("waiting", 2)


def test_what_may_be_an_answer_waits_for_a_person_who_decides(campaign, door, monkeypatch):
    letter, to = letter_to("ann")
    door(answer(to, letter, sender="Press <press@agency.example>"), "press@agency.example", to)
    go_to(campaign, ANSWERED, monkeypatch)
    go_to(campaign, AFTER, monkeypatch)
    assert stands("ann") == ("waiting", 1)
    incoming = Incoming.objects.get()
    assert "third person" in incoming.reason
    set_aside(incoming, "other", by="Mina", now=AFTER, note="A newspaper asks for an interview")
    go_to(campaign, AFTER + SECOND, monkeypatch)
    assert stands("ann") == ("waiting", 2)
    assert deliver(incoming, letter.appeal, by="Mina", now=AFTER + DAY).appeal == letter.appeal


def test_a_letter_that_came_back_is_no_silence(campaign, door, monkeypatch):
    letter, _ = letter_to("ann")
    returned = f"bounces+{letter.key}@in.example"
    raw = (
        f"From: MAILER-DAEMON@offices.example\r\nTo: {returned}\r\nSubject: Undelivered\r\n"
        "Message-ID: <d@offices.example>\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\nMIME-Version: 1.0\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nNobody here.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mx.offices.example\r\n\r\nFinal-Recipient: rfc822; ann@offices.example\r\n"
        "Action: failed\r\nStatus: 5.1.1\r\n\r\n--b--\r\n"
    ).encode()
    door(raw, "", returned)
    go_to(campaign, ANSWERED, monkeypatch)
    letter.refresh_from_db()
    assert (letter.state, letter.contact_point.health) == ("bounced", "dead")
    go_to(campaign, AFTER, monkeypatch)
    assert stands("ann") == ("waiting", 1), "nobody is called silent whom nothing reached"
    assert not Response.objects.exists()
