import json
import socket
from datetime import timedelta
from typing import Any

import pytest

from channels.answer import Delayed, Receipt, Refused, Unknown
from channels.fakes.receiver import CUT, HANG, Receiver
from channels.http_line import HttpLine, NoConnection
from channels.public_address import is_public, only
from channels.signature import HEADER, is_good, signature
from channels.wire import configured
from tests.channels.envelopes import letter, post

SECRET = "a secret of some length"
CALM = "&timeout=10&total=20"
QUICK = "&timeout=0.7&total=5"  # only where something hangs


@pytest.fixture(autouse=True)
def secret(monkeypatch):
    monkeypatch.setenv("OUTREACH_WEBHOOK_SECRET", SECRET)


@pytest.fixture
def receiver():
    with Receiver(secret=SECRET) as receiver:
        yield receiver


def send(receiver, *envelopes, channel="email", options=CALM) -> Any:
    wire = configured(channel, receiver.address + options)
    answers = wire.send(envelopes or [letter()])
    wire.close()
    return answers if len(answers) > 1 else answers[0]


def test_a_letter_arrives_whole_signed_and_with_its_key(receiver):
    answer = send(receiver)
    assert isinstance(answer, Receipt)
    assert answer.reference == f"taken-{letter().key}"
    (taken,) = receiver.taken.values()
    assert (taken["channel"], taken["to"], taken["subject"], taken["text"], taken["html"]) == (
        "email", letter().to, letter().subject, letter().text, letter().html,
    )  # fmt: skip
    (asked,) = receiver.asked
    assert is_good(SECRET, asked.body, asked.headers[HEADER])
    assert asked.path == "/hook"


@pytest.mark.parametrize("channel", ["x", "bluesky", "mastodon"])
def test_it_carries_posts_too_and_keeps_the_rules_of_their_place(receiver, channel):
    sent, refused = send(receiver, post(), post(text="a" * 501), channel=channel)
    assert isinstance(sent, Receipt)
    assert isinstance(refused, Refused)
    assert [taken["channel"] for taken in receiver.taken.values()] == [channel]


def test_a_wrong_secret_delays_everything_until_a_person_has_looked(receiver):
    receiver.secret = "another secret, as long"
    answers = send(receiver, letter(), letter(key="next"))
    assert [(type(answer), answer.wait) for answer in answers] == [(Delayed, timedelta(minutes=15))] * 2
    assert len(receiver.asked) == 1


@pytest.mark.parametrize("reply", ["400 Bad Request", "422 Unprocessable"])
def test_what_it_will_never_take_is_refused(receiver, reply):
    receiver.answer(reply, times=1)
    refused, sent = send(receiver, letter(), letter(key="next"))
    assert isinstance(refused, Refused)
    assert isinstance(sent, Receipt)


@pytest.mark.parametrize("reply", ["429 Slowly", "503 Not now"])
def test_it_waits_as_long_as_it_is_asked_to(receiver, reply):
    receiver.answer(reply, headers={"Retry-After": "90"})
    answers = send(receiver, letter(), letter(key="next"))
    assert [(type(answer), answer.wait) for answer in answers] == [(Delayed, timedelta(seconds=90))] * 2


@pytest.mark.parametrize("keep", [False, True])
@pytest.mark.parametrize("reply", [HANG, CUT, "500 Oh", "502 Oh"])
def test_without_an_answer_nobody_knows(receiver, reply, keep):
    receiver.answer(reply, keep=keep, times=1)
    unknown, sent = send(receiver, letter(), letter(key="next"), options=QUICK if reply == HANG else CALM)
    assert isinstance(unknown, Unknown)
    assert isinstance(sent, Receipt)
    assert len(receiver.taken) == 1 + keep


def test_a_redirect_is_not_followed(receiver):
    with Receiver() as elsewhere:
        receiver.answer("307 Temporary Redirect", headers={"Location": elsewhere.url})
        assert isinstance(send(receiver), Delayed)
        assert elsewhere.asked == []


# Where it may go.

PRIVATE = [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
    "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1",
    "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::a00:1", "192.0.2.1", "2001:db8::1",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_a_private_address_is_not_public_however_it_is_wrapped(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_a_public_address_is_public(address):
    assert is_public(address)


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "localhost", "10.0.0.1", "169.254.169.254"])
def test_it_does_not_talk_to_our_own_machines_unless_told_to(host):
    with Receiver() as receiver:
        (answer,) = configured("email", f"webhook://{host}:{receiver.port}/?timeout=0.3").send([letter()])
        assert isinstance(answer, Delayed)
        assert "public address" in answer.reason
        assert receiver.connections == 0


def test_leave_for_this_machine_is_no_leave_for_others():
    (answer,) = configured("email", "webhook://10.0.0.1/?allow=loopback&timeout=0.3").send([letter()])
    assert isinstance(answer, Delayed)
    assert "public address" in answer.reason


def test_a_name_that_points_elsewhere_a_moment_later_is_talked_to_where_it_was_checked():
    with Receiver() as checked, Receiver() as elsewhere:
        points = iter([("127.0.0.1", checked.port), ("127.0.0.1", elsewhere.port)])
        asked = []

        def look_up(host, port):
            asked.append(host)
            return [(socket.AF_INET, next(points))]

        line = HttpLine("rebinding.example", 80, tls=False, patience=1, look_up=only(lambda _: True, look_up))
        assert line.ask("POST", "/", {}, b"{}").status == 200
        line.close()
    assert asked == ["rebinding.example"]
    assert (checked.connections, elsewhere.connections) == (1, 0)


def test_a_name_with_one_bad_address_among_good_ones_is_talked_to_at_a_good_one():
    mixed = only(lambda said: said != "10.0.0.1", lambda host, port: [
        (socket.AF_INET, ("10.0.0.1", port)), (socket.AF_INET, ("127.0.0.1", port))])  # fmt: skip
    assert [where for _, where in mixed("mixed.example", 9)] == [("127.0.0.1", 9)]
    line = HttpLine("none.example", 9, tls=False, patience=1, look_up=only(lambda _: False, mixed))
    with pytest.raises(NoConnection, match="no public address"):
        line.ask("GET", "/", {})


# The signature.


def test_a_signature_is_good_for_its_body_its_secret_and_five_minutes():
    body, said = json.dumps({"a": "ա"}).encode(), signature(SECRET, b'{"a": "\\u0561"}', 1_700_000_000)
    assert is_good(SECRET, body, said, now=1_700_000_299)
    assert not is_good(SECRET, body + b" ", said, now=1_700_000_000)
    assert not is_good("another", body, said, now=1_700_000_000)
    assert not is_good(SECRET, body, said, now=1_700_000_301)
    assert not is_good(SECRET, body, said.replace("t=17", "t=18"), now=1_700_000_000)
    assert not any(is_good(SECRET, body, odd) for odd in ("", "t=,v1=", "t=x,v1=y", "v1=a", "t=²,v1=a", "=,="))


def test_a_secret_too_short_or_an_odd_option_gets_a_sentence(monkeypatch):
    with pytest.raises(ValueError, match="allow=all"):
        configured("email", "webhook://hook.example/?allow=all")
    monkeypatch.setenv("OUTREACH_WEBHOOK_SECRET", "short")
    with pytest.raises(ValueError, match="16 characters"):
        configured("email", "webhook://hook.example/path")
