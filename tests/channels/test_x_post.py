import logging
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from channels.answer import Delayed, Receipt, Refused, Unknown
from channels.fakes.x import CUT, HANG, X
from channels.fakes.x_signature import Secrets
from channels.memory import ProcessMemory
from channels.wire import configured
from channels.x import X as CHANNEL
from channels.x_thread import thread
from tests.channels.envelopes import post

CALM = "?timeout=10&total=20"
QUICK = "?timeout=0.7&total=5"  # only where something hangs
LONG = "\n\n".join(f"{n}. " + "We asked them to act and they have not answered us yet. " * 4 for n in range(3))


class LastingMemory(ProcessMemory):
    lasts = True


@pytest.fixture
def x(monkeypatch):
    with X() as x:
        for name, value in x.environment.items():
            monkeypatch.setenv(name, value)
        yield x


def wire_to(x, options=CALM) -> Any:
    wire: Any = configured("x", x.address + options)
    wire.memory = LastingMemory()
    return wire


def send(x, *envelopes, options=CALM) -> Any:
    answers = wire_to(x, options).send(envelopes or [post()])
    return answers if len(answers) > 1 else answers[0]


def test_a_post_stands_there_as_it_was_written(x):
    answer = send(x)
    assert isinstance(answer, Receipt)
    assert answer.url == f"https://x.com/i/web/status/{answer.reference}"
    assert [(each.id, each.text) for each in x.posts] == [(answer.reference, post().text)]


def test_a_signature_that_is_not_ours_delays_everything(x, monkeypatch):
    monkeypatch.setenv("OUTREACH_X_ACCESS_TOKEN_SECRET", "wrong")
    answers = send(x, post(), post(key="next", text="Next."))
    assert {type(answer) for answer in answers} == {Delayed}
    assert "wrong signature" in answers[0].reason
    assert len(x.asked) == 1


@pytest.mark.parametrize("missing", ["CONSUMER_KEY", "CONSUMER_SECRET", "ACCESS_TOKEN", "ACCESS_TOKEN_SECRET"])
def test_a_missing_secret_is_named_at_once(x, monkeypatch, missing):
    monkeypatch.delenv(f"OUTREACH_X_{missing}")
    with pytest.raises(ValueError, match=f"OUTREACH_X_{missing} in the environment"):
        configured("x", x.address)


def test_a_token_that_does_not_name_its_account_is_asked_for_it(x, monkeypatch):
    x.secrets = Secrets(access_token="opaque")
    monkeypatch.setenv("OUTREACH_X_ACCESS_TOKEN", "opaque")
    wire = wire_to(x)
    assert isinstance(wire.send([post()])[0], Receipt)
    assert isinstance(wire.reconcile([post()])[0], Receipt)
    assert "opaque" not in wire.account


def test_keys_are_in_no_log_even_when_everything_is_logged(x, caplog):
    caplog.set_level(logging.DEBUG)
    send(x)
    assert not any(secret in caplog.text for secret in ("oauth_signature", "1234-at", "ats", "Authorization"))


def test_a_text_with_links_and_signs_is_known_again(x):
    text = "Արցախ & peace <now>: https://example.org/letters/?a=1 and example.org/"
    first, again = send(x, post(text=text), post(text=text))
    assert isinstance(first, Receipt)
    assert again == first
    assert len(x.posts) == 1


def test_the_same_text_from_before_it_was_written_is_not_taken_for_it(x):
    send(x)
    answer = send(x, post(written_at=datetime.now(UTC) + timedelta(hours=1)))
    assert isinstance(answer, Refused)
    assert "already" in answer.reason


@pytest.mark.parametrize("reply", [HANG, CUT, "500 Internal Server Error", "503 Service Unavailable"])
def test_what_was_posted_without_a_word_is_found_on_the_own_timeline(x, reply):
    x.answer(reply, "/2/tweets", keep=True, times=1)
    answer = send(x, options=QUICK if reply == HANG else CALM)
    assert isinstance(answer, Receipt)
    assert answer.reference == x.posts[0].id
    assert len(x.posts) == 1


@pytest.mark.parametrize("reply", [HANG, CUT, "500 Internal Server Error"])
def test_what_may_have_been_posted_is_unknown_and_can_be_asked_for_later(x, reply):
    x.answer(reply, "/2/tweets", times=1)
    wire, envelope = wire_to(x, QUICK if reply == HANG else CALM), post(written_at=datetime.now(UTC))
    assert isinstance(wire.send([envelope])[0], Unknown)
    assert isinstance(wire.reconcile([envelope])[0], Delayed)
    assert x.posts == []
    wire.send([envelope])
    assert wire.reconcile([envelope])[0].reference == x.posts[0].id


def test_asking_later_in_vain_leaves_it_unknown(x):
    x.answer("500 Internal Server Error", "/2/users")
    assert isinstance(wire_to(x).reconcile([post()])[0], Unknown)


@pytest.mark.parametrize(
    ("reply", "wait"),
    [
        ("402 You have no credits left", timedelta(hours=1)),
        ("401 Unauthorized", timedelta(minutes=15)),
        ("403 Your account is suspended and is not permitted to access this feature", timedelta(minutes=15)),
    ],
)
def test_what_a_person_must_mend_stops_the_whole_batch(x, reply, wait):
    x.answer(reply, "/2/tweets")
    answers = send(x, post(), post(text="Next."))
    assert [(type(answer), answer.wait) for answer in answers] == [(Delayed, wait)] * 2
    assert reply[4:] in answers[0].reason
    assert len(x.asked) == 1


def test_a_limit_delays_until_it_is_reset_and_nobody_sleeps(x):
    x.posts_left = 1
    sent, *delayed = send(x, post(), post(text="b"), post(text="c"))
    assert isinstance(sent, Receipt)
    assert {type(answer) for answer in delayed} == {Delayed}
    assert timedelta(minutes=14) < delayed[0].wait <= timedelta(minutes=15)


@pytest.mark.parametrize("reply", ["400 Invalid request", "403 This breaks a rule"])
def test_what_breaks_a_rule_is_refused(x, reply):
    x.answer(reply, "/2/tweets", times=1)
    refused, sent = send(x, post(), post(text="b"))
    assert isinstance(refused, Refused)
    assert isinstance(sent, Receipt)


# Money.


def test_the_budget_stops_before_it_is_passed(x):
    answers = send(x, *[post(key=f"k{n}", text=f"Post {n}.") for n in range(4)], options="?budget=5&price=2")
    assert [type(answer) for answer in answers] == [Receipt, Receipt, Delayed, Delayed]
    assert answers[2].reason == "The budget for X, 5 cents, is spent"
    assert len(x.posts) == 2


def test_a_post_with_a_link_costs_more(x):
    answer = send(x, post(text="See example.org"), options="?budget=19&price=1&price_with_link=20")
    assert answer.reason == "The budget for X, 19 cents, is spent"


def test_what_was_not_posted_is_not_paid_and_a_repeat_is_paid_once(x):
    wire = wire_to(x, "?budget=3&price=1.5")
    x.answer("400 Invalid", "/2/tweets", times=1)
    wire.send([post(key="refused", text="a")])
    for _ in range(3):
        wire.send([post(key="k", text="b")])
    assert isinstance(wire.send([post(key="l", text="c")])[0], Receipt)
    assert isinstance(wire.send([post(key="m", text="d")])[0], Delayed)
    assert wire.memory.spend("x:1234", "n", Decimal(0), Decimal(3))


def test_a_budget_without_a_lasting_memory_sends_nothing(x):
    wire = wire_to(x, "?budget=500")
    wire.memory = ProcessMemory()
    (answer,) = wire.send([post()])
    assert isinstance(answer, Delayed)
    assert "memory" in answer.reason
    assert x.asked == []


# Threads.


def test_a_text_too_long_becomes_a_thread_if_that_is_wanted(x):
    assert isinstance(send(x, post(text=LONG)), Refused)
    answer = send(x, post(text=LONG), options="?threads=5")
    assert answer.reference == x.posts[0].id
    assert [each.answers for each in x.posts] == ["", *[each.id for each in x.posts[:-1]]]


def test_a_thread_that_stopped_goes_on_where_it_stopped(x):
    x.posts_left = 2
    wire, envelope = wire_to(x, "?threads=5"), post(text=LONG, written_at=datetime.now(UTC))
    assert isinstance(wire.send([envelope])[0], Delayed)
    assert len(x.posts) == 2
    x.posts_left = 100
    assert wire.send([envelope])[0].reference == x.posts[0].id
    assert [each.text for each in x.posts] == thread(LONG, 5)


def test_a_thread_refused_in_the_middle_is_for_a_person_to_judge(x):
    x.answer("400 Invalid request", "/2/tweets", nth=2)
    answer = send(x, post(text=LONG), options="?threads=5")
    assert isinstance(answer, Unknown)
    assert "1 of" in answer.reason


@pytest.mark.parametrize("text", ["Հայերեն բառ։ " * 60, "漢字です。" * 80, LONG, "no pause " * 70])
def test_a_thread_has_every_word_in_order_and_no_post_is_too_long(text):
    words = text.split() if " " in text else list(text)
    text = " ".join(words)
    posts = thread(text, 25)
    assert len(posts) > 1
    assert all(CHANNEL.length(each) <= 280 for each in posts)
    numbered = [each.rpartition(" (")[0] for each in posts]
    assert " ".join(numbered).split() == text.split()


@pytest.mark.parametrize("options", ["?threads=0", "?threads=99", "?budget=much", "?price=-1", "?colour=red"])
def test_an_option_that_makes_no_sense_gets_a_sentence(x, options):
    with pytest.raises(ValueError, match=r"threads|budget|price|colour"):
        configured("x", x.address + options)
