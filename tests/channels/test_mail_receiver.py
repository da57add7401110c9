"""The receiving half of a mail server, spoken to by a real client."""

import smtplib
import socket
import ssl
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from channels import mail_receiver
from channels.mail_receiver import Away, Listening, MailReceiver

OURS, MAIL = "reply+1@in.example", b"From: a@b.example\r\n\r\n.a dot\r\n\xff\r\n"
Kept = list[tuple[bytes, str, tuple[str, ...]]]


class Desk:
    """Keeps what comes, unless it is away or fails."""

    def __init__(self) -> None:
        self.kept: Kept = []
        self.is_away = self.fails = False

    def accepts(self, address: str) -> bool:
        if self.is_away:
            raise Away
        return address.endswith("@in.example")

    def keep(self, raw: bytes, sender: str, recipients: Sequence[str]) -> None:
        if self.is_away:
            raise Away
        if self.fails:
            raise RuntimeError("Ann <ann@offices.example> broke it")
        self.kept.append((raw, sender, tuple(recipients)))


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def receiver(desk) -> Iterator[MailReceiver]:
    where = Listening(host="127.0.0.1", port=0, name="mx.in.example")
    with MailReceiver(where, desk.accepts, desk.keep, largest=10_000) as running:
        yield running


@pytest.fixture
def client(receiver) -> Iterator[smtplib.SMTP]:
    with smtplib.SMTP("127.0.0.1", receiver.port, timeout=10) as line:
        yield line


def test_a_mail_is_kept_as_it_came_with_its_envelope(client, desk):
    client.sendmail("", [OURS, "bounces+k@in.example"], MAIL)
    assert desk.kept == [(MAIL, "", (OURS, "bounces+k@in.example"))]


def test_an_address_that_is_none_of_ours_is_refused(client, desk):
    with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
        client.sendmail("a@b.example", ["else@where.example"], MAIL)
    assert refused.value.recipients["else@where.example"][0] == 550
    client.sendmail("a@b.example", [OURS, "else@where.example"], MAIL)
    assert desk.kept[0][2] == (OURS,)


def test_nothing_is_acknowledged_that_is_not_kept(client, desk):
    desk.is_away = True
    with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
        client.sendmail("a@b.example", [OURS], MAIL)
    assert refused.value.recipients[OURS][0] == 451
    desk.is_away, desk.fails = False, True
    with pytest.raises(smtplib.SMTPDataError) as failed:
        client.sendmail("a@b.example", [OURS], MAIL)
    assert failed.value.smtp_code == 451, "a fault of ours is no fault of the mail"
    assert b"ann@" not in failed.value.smtp_error
    assert desk.kept == []


def test_what_is_too_large_is_refused_before_and_after_it_is_said(client, desk):
    with pytest.raises(smtplib.SMTPSenderRefused) as refused:
        client.sendmail("a@b.example", [OURS], b"x" * 20_000)
    assert refused.value.smtp_code == 552
    client.ehlo()
    client.mail("a@b.example")
    client.rcpt(OURS)
    assert client.data(b"a line\r\n" * 3000)[0] == 552
    assert desk.kept == []


def test_lines_of_any_length_are_taken(client, desk):
    client.sendmail("a@b.example", [OURS], b"Subject: x\r\n\r\n" + b"x" * 5000 + b"\r\n")
    assert len(desk.kept) == 1


def test_too_many_at_once_are_asked_to_come_later(receiver, monkeypatch):
    monkeypatch.setattr(mail_receiver, "CONNECTIONS", 1)
    with smtplib.SMTP("127.0.0.1", receiver.port, timeout=10) as first:
        first.noop()
        with pytest.raises(smtplib.SMTPConnectError) as busy:
            smtplib.SMTP("127.0.0.1", receiver.port, timeout=10)
        assert busy.value.smtp_code == 421
    with smtplib.SMTP("127.0.0.1", receiver.port, timeout=10) as again:
        assert again.noop()[0] == 250


def test_who_hangs_up_in_the_middle_leaves_nothing(receiver, desk):
    with socket.create_connection(("127.0.0.1", receiver.port), timeout=10) as line:
        said = line.makefile("rb")
        for command in (b"", b"EHLO x\r\n", b"MAIL FROM:<>\r\n", f"RCPT TO:<{OURS}>\r\n".encode(), b"DATA\r\n"):
            line.sendall(command)
            while said.readline()[3:4] == b"-":
                pass
        line.sendall(b"Subject: half a mai")
    with smtplib.SMTP("127.0.0.1", receiver.port, timeout=10) as next_one:
        next_one.sendmail("a@b.example", [OURS], MAIL)
    assert [each[0] for each in desk.kept] == [MAIL]


def test_conversations_do_not_wait_for_each_other(receiver, desk):
    def send(n: int) -> None:
        with smtplib.SMTP("127.0.0.1", receiver.port, timeout=10) as line:
            line.sendmail("a@b.example", [OURS], f"Subject: {n}\r\n\r\nx\r\n")

    with ThreadPoolExecutor(8) as many:
        list(many.map(send, range(24)))
    assert len(desk.kept) == 24


def test_over_lmtp_each_recipient_has_an_answer(desk):
    where = Listening(host="127.0.0.1", port=0, is_lmtp=True)
    receiver = MailReceiver(where, desk.accepts, desk.keep, largest=10_000)
    with receiver, socket.create_connection(("127.0.0.1", receiver.port), timeout=10) as line:
        said = line.makefile("rb")
        said.readline()
        commands = ["LHLO x", "MAIL FROM:<>", f"RCPT TO:<{OURS}>", "RCPT TO:<two@in.example>", "DATA"]
        for command in commands:
            line.sendall(f"{command}\r\n".encode())
            while said.readline()[3:4] == b"-":
                pass
        line.sendall(b"Subject: x\r\n\r\nx\r\n.\r\n")
        assert [said.readline()[:3], said.readline()[:3]] == [b"250", b"250"]
        line.sendall(b"QUIT\r\n")
        assert said.readline()[:3] == b"221"
    assert desk.kept[0][2] == (OURS, "two@in.example")


def test_with_a_certificate_the_conversation_may_be_private(desk, certificate):
    where = Listening(host="127.0.0.1", port=0, cert=str(certificate), key=str(certificate))
    trusting = ssl.create_default_context(cafile=str(certificate))
    trusting.check_hostname = False
    with MailReceiver(where, desk.accepts, desk.keep, largest=10_000) as receiver:
        with smtplib.SMTP("127.0.0.1", receiver.port, timeout=10) as line:
            assert line.starttls(context=trusting)[0] == 220
            line.sendmail("a@b.example", [OURS], MAIL)
        with smtplib.SMTP("127.0.0.1", receiver.port, timeout=10) as plain:
            plain.sendmail("a@b.example", [OURS], MAIL)
    assert len(desk.kept) == 2


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("http://127.0.0.1:25", "begins with smtp"),
        ("smtp://127.0.0.1", "a host and a port"),
        ("smtp://127.0.0.1:99999", "a host and a port"),
        ("smtp://user@127.0.0.1:25", "a host and a port"),
        ("smtp://127.0.0.1:25?colour=red", "no option colour"),
        ("smtp://127.0.0.1:25?cert=a", "both cert= and key="),
    ],
)
def test_where_to_listen_is_understood_or_refused_with_a_sentence(address, problem):
    with pytest.raises(ValueError, match=problem):
        Listening.parse(address)
    assert Listening.parse("lmtp://127.0.0.1:2424?name=mx.in.example").is_lmtp


def test_a_port_that_is_taken_is_said_at_once(receiver, desk):
    where = Listening(host="127.0.0.1", port=receiver.port)
    with pytest.raises(OSError, match="in use"):
        MailReceiver(where, desk.accepts, desk.keep, largest=1).start()
