import socket
import ssl
import threading
import time
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from channels.answer import Delayed, Receipt, Refused, Unknown
from channels.fakes.smtp_sink import CUT, HANG, KEEP_AND_CUT, SmtpSink
from channels.smtp import Smtp
from channels.wire import configured
from tests.channels.envelopes import letter

QUICK = "?timeout=0.5&total=2"


@pytest.fixture
def sink():
    with SmtpSink() as sink:
        yield sink


def send(sink, *envelopes, options=QUICK):
    wire = configured("email", sink.address + options)
    answers = wire.send(envelopes or [letter()])
    wire.close()
    return answers if envelopes else answers[0]


def plain(message):
    body = message.parsed.get_body(("plain",))
    assert body is not None
    return body.get_content().replace("\r\n", "\n")


def test_a_letter_arrives_as_it_was_written(sink):
    answer = send(sink, options="?domain=artsakh.example")
    assert answer == Receipt("<0190c1e0b5d97a3c8f2e6d4b1a0f9e8c@artsakh.example>", detail="250 2.0.0 Kept as 1")
    (kept,) = sink.messages
    assert (kept.sender, kept.recipients) == ("campaign@artsakh.example", ("mission-cn@un.example",))
    assert kept.message_id == answer.reference
    assert kept.parsed["Subject"] == "Արցախ: what we ask of you"
    assert plain(kept) == letter().text


def test_lines_that_begin_with_a_dot_arrive_with_it(sink):
    text = ".\n..\n.hidden\nend\n.\n"
    send(sink, letter(text=text, html=""))
    assert sink.messages[0].parsed.get_content().replace("\r\n", "\n") == text


def test_a_server_that_holds_the_mailbox_proves_delivery(sink):
    assert send(sink, options="?proof=final").proven
    assert not send(sink).proven


def test_many_letters_share_one_connection(sink):
    wire = configured("email", sink.address)
    for part in range(5):
        wire.send([letter(key=f"k{part}-{number}") for number in range(10)])
    wire.close()
    assert len(sink.messages) == 50
    assert sink.connections == 1
    assert sink.duplicates == {}


def test_a_connection_is_replaced_after_as_many_letters_as_it_may_carry(sink):
    answers = send(sink, *[letter(key=f"k{number}") for number in range(10)], options="?reuse=4")
    assert all(isinstance(answer, Receipt) for answer in answers)
    assert sink.connections == 3


def test_each_thread_has_a_connection_of_its_own(sink):
    wire = configured("email", sink.address)

    def work(name):
        wire.send([letter(key=f"{name}-{number}") for number in range(20)])
        wire.close()

    threads = [threading.Thread(target=work, args=(f"t{number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sink.connections == 4
    assert len({message.message_id for message in sink.messages}) == 80


def test_bounces_go_to_the_return_path_and_not_to_the_sender(sink):
    send(sink, letter(return_path="bounces+1@artsakh.example"))
    assert sink.messages[0].sender == "bounces+1@artsakh.example"
    assert sink.messages[0].parsed["From"].addresses[0].addr_spec == "campaign@artsakh.example"


def test_a_letter_with_a_date_keeps_it_however_late_it_leaves(sink):
    written_at = datetime(2023, 4, 28, 6, tzinfo=UTC)
    send(sink, letter(written_at=written_at))
    assert sink.messages[0].parsed["Date"].datetime == written_at


# What the server says, at each moment.


@pytest.mark.parametrize("at", ["recipient", "data", "letter"])
def test_a_5xx_to_the_letter_is_a_refusal_with_its_code(sink, at):
    sink.answer("550 5.1.1 No such user", at=at, times=1)
    refused, sent = send(sink, letter(), letter(key="next"))
    assert isinstance(refused, Refused)
    assert refused.code == "5.1.1"
    assert "550 5.1.1 No such user" in refused.reason
    assert isinstance(sent, Receipt)
    assert [message.message_id for message in sink.messages] == ["<next@artsakh.example>"]
    assert sink.connections == 1


@pytest.mark.parametrize("at", ["sender", "recipient", "data", "letter"])
def test_a_4xx_is_a_delay_and_the_connection_goes_on(sink, at):
    sink.answer("451 4.7.1 Greylisted, try again in 300 seconds", at=at, times=1)
    delayed, sent = send(sink, letter(), letter(key="next"))
    assert isinstance(delayed, Delayed)
    assert (delayed.wait, delayed.code) == (timedelta(seconds=300), "4.7.1")
    assert isinstance(sent, Receipt)
    assert len(sink.messages) == sink.connections == 1


@pytest.mark.parametrize("at", ["sender", "recipient", "data", "letter"])
def test_a_421_is_a_delay_and_the_next_letter_gets_a_new_connection(sink, at):
    sink.answer("421 4.3.2 Shutting down", at=at, times=1)
    delayed, sent = send(sink, letter(), letter(key="next"))
    assert isinstance(delayed, Delayed)
    assert isinstance(sent, Receipt)
    assert len(sink.messages) == 1
    assert sink.connections == 2


def test_a_421_on_a_kept_connection_only_means_take_another(sink):
    sink.answer("421 4.7.0 Enough letters on this connection", at="sender", nth=3)
    answers = send(sink, *[letter(key=f"k{number}") for number in range(4)])
    assert all(isinstance(answer, Receipt) for answer in answers)
    assert sink.connections == 2
    assert sink.duplicates == {}


@pytest.mark.parametrize(
    "reply", ["550 5.1.8 Sender is not welcome", "530 5.7.0 Sign in first", "553 Not your address"]
)
def test_an_objection_to_the_sender_costs_no_letter(sink, reply):
    sink.answer(reply, at="sender")
    assert isinstance(send(sink), Delayed)


def test_being_told_to_sign_in_costs_no_letter(sink):
    sink.answer("530 5.7.0 Authentication required", at="recipient")
    assert isinstance(send(sink), Delayed)


def test_a_reply_of_several_lines_is_kept_whole(sink):
    sink.answer("550 5.7.1 We do not take this\n5.7.1 See https://help.example", at="letter")
    assert send(sink).reason.endswith("550 5.7.1 We do not take this\n5.7.1 See https://help.example")


def test_only_the_recipient_in_question_is_refused(sink):
    sink.answer("550 5.1.1 No such user", "gone@un.example")
    answers = send(sink, letter(key="a"), letter(key="b", to="gone@un.example"), letter(key="c"))
    assert [type(answer) for answer in answers] == [Receipt, Refused, Receipt]


# Connections that break, and when.


@pytest.mark.parametrize("at", ["greeting", "sender", "recipient", "data", "body"])
@pytest.mark.parametrize("trouble", [CUT, HANG])
def test_lost_before_the_final_dot_is_a_delay(sink, at, trouble):
    sink.answer(trouble, at=at, times=1)
    started = time.monotonic()
    text = "A line of a very long letter\n" * (
        500_000 if at == "body" else 1
    )  # more than fits into the network's buffers
    assert isinstance(send(sink, letter(text=text, html=""), options="?timeout=0.5&total=20")[0], Delayed)
    assert time.monotonic() - started < 8
    assert sink.messages == []


@pytest.mark.parametrize("trouble", [CUT, HANG])
def test_lost_after_the_final_dot_is_unknown_even_if_it_was_not_kept(sink, trouble):
    sink.answer(trouble, at="letter", times=1)
    unknown, sent = send(sink, letter(), letter(key="next"))
    assert isinstance(unknown, Unknown)
    assert isinstance(sent, Receipt)
    assert len(sink.messages) == 1


def test_kept_and_cut_is_unknown_and_not_sent_again(sink):
    sink.answer(KEEP_AND_CUT, at="letter", nth=2)
    answers = send(sink, *[letter(key=f"k{number}") for number in range(4)])
    assert [type(answer) for answer in answers] == [Receipt, Unknown, Receipt, Receipt]
    assert len(sink.messages) == 4
    assert sink.duplicates == {}


def test_a_kept_connection_that_is_gone_when_the_next_letter_begins_costs_nothing(sink):
    sink.answer(CUT, at="sender", nth=2)
    answers = send(sink, letter(key="a"), letter(key="b"))
    assert all(isinstance(answer, Receipt) for answer in answers)
    assert sink.connections == 2
    assert sink.duplicates == {}


@contextmanager
def scripted(*lines, every=0.0):
    """A server that says these lines one after the other, each as soon as it has heard something."""
    listener = socket.create_server(("127.0.0.1", 0))
    heard = []

    def talk():
        connection, _ = listener.accept()
        with connection, suppress(OSError):
            for line in lines:
                connection.sendall(line)
                time.sleep(every)
                if not every:
                    heard.append(connection.recv(65536))

    thread = threading.Thread(target=talk, daemon=True)
    thread.start()
    yield configured("email", f"smtp://127.0.0.1:{listener.getsockname()[1]}{QUICK}"), heard
    listener.close()
    thread.join(5)


def test_a_reply_that_is_not_smtp_is_a_delay_before_the_dot():
    with scripted(b"HTTP/1.1 400 Bad Request\r\n\r\n") as (wire, _):
        (answer,) = wire.send([letter()])
    assert isinstance(answer, Delayed)
    assert "is not SMTP" in answer.reason


def test_a_reply_that_is_not_smtp_is_unknown_after_the_dot():
    with scripted(b"220 hi\r\n", b"250 hi\r\n", b"250 ok\r\n", b"250 ok\r\n", b"354 go\r\n", b"", b"eh?\r\n") as (
        wire,
        _,
    ):
        (answer,) = wire.send([letter()])
    assert isinstance(answer, Unknown)


def test_a_server_that_says_farewell_during_the_letter_never_gets_its_dot():
    bye = b"354 go\r\n421 4.3.2 Shutting down\r\n"
    with scripted(b"220 hi\r\n", b"250 hi\r\n", b"250 ok\r\n", b"250 ok\r\n", bye) as (wire, heard):
        (answer,) = wire.send([letter()])
        wire.close()
    assert isinstance(answer, Delayed)
    assert "4.3.2 Shutting down" in answer.reason
    assert not heard[-1].endswith(b"\r\n.\r\n")


def test_a_server_that_answers_byte_by_byte_gains_no_time():
    started = time.monotonic()
    with scripted(*[b"2"] * 100, every=0.05) as (wire, _):
        (answer,) = wire.send([letter()])
        assert time.monotonic() - started < 2
    assert isinstance(answer, Delayed)


def test_one_answer_may_not_use_up_the_time_of_the_whole_letter(sink):
    sink.answer(HANG, at="recipient")
    started = time.monotonic()
    assert isinstance(send(sink, options="?timeout=0.2&total=30"), Delayed)
    assert time.monotonic() - started < 5


def test_a_server_that_was_restarted_between_two_letters_is_found_again(sink):
    wire = configured("email", sink.address)
    assert isinstance(wire.send([letter(key="a")])[0], Receipt)
    sink.cut_all()
    time.sleep(0.05)
    assert isinstance(wire.send([letter(key="b")])[0], Receipt)
    assert [message.message_id for message in sink.messages] == ["<a@artsakh.example>", "<b@artsakh.example>"]
    wire.close()


def test_after_a_failed_connection_the_rest_is_put_off_without_another_try(sink):
    sink.answer(HANG, at="greeting")
    wire = configured("email", sink.address + QUICK)
    started = time.monotonic()
    answers = [wire.send([letter()])[0] for _ in range(10)] + wire.send([letter()] * 10)
    assert all(isinstance(answer, Delayed) for answer in answers)
    assert time.monotonic() - started < 3
    assert sink.connections == 1


def test_it_tries_again_when_the_rest_is_over(sink, monkeypatch):
    monkeypatch.setattr(Smtp, "rest", timedelta(0))
    sink.answer("554 5.3.2 Not now", at="greeting", times=1)
    wire = configured("email", sink.address + QUICK)
    (first,), (second,) = wire.send([letter()]), wire.send([letter()])
    assert isinstance(first, Delayed)
    assert "does not want to talk: 554 5.3.2 Not now" in first.reason
    assert isinstance(second, Receipt)
    wire.close()


def test_an_interruption_in_the_middle_of_a_letter_leaves_no_half_open_line(sink, monkeypatch):
    wire = configured("email", sink.address)
    wire.send([letter(key="a")])

    class TimeIsUp(BaseException):
        pass

    def interrupted(*_):
        raise TimeIsUp

    with monkeypatch.context() as patch:
        patch.setattr("channels.smtp_line.Line.deliver", interrupted)
        with pytest.raises(TimeIsUp):
            wire.send([letter(key="b")])
    assert isinstance(wire.send([letter(key="c")])[0], Receipt)
    assert [message.message_id for message in sink.messages] == ["<a@artsakh.example>", "<c@artsakh.example>"]
    wire.close()


# Signing in and TLS.


def test_it_signs_in_with_what_the_address_says():
    with SmtpSink(user="post@artsakh.example", password="p@ss:/wörd?") as sink:
        assert isinstance(send(sink), Receipt)


def test_a_wrong_password_delays_everything_and_says_why_without_showing_it():
    with SmtpSink(user="post", password="right") as sink:
        wire = configured("email", sink.address.replace("right", "wrongpass") + QUICK)
        answers = wire.send([letter(key=f"k{number}") for number in range(3)])
    assert [type(answer) for answer in answers] == [Delayed] * 3
    assert isinstance(answers[0], Delayed)
    assert "does not accept the user name and password: 535" in answers[0].reason
    assert "wrongpass" not in str(answers) + repr(vars(wire)["where"])
    assert sink.connections == 1


def test_starttls_is_not_done_without_if_it_is_required(sink):
    answer = send(sink, options="?starttls=required")
    assert isinstance(answer, Delayed)
    assert "does not offer STARTTLS, which is required" in answer.reason


@pytest.mark.parametrize("at_once", [True, False], ids=["smtps", "starttls"])
def test_letters_travel_over_tls_on_a_kept_connection(certificate, at_once):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    with SmtpSink(tls=context, tls_at_once=at_once) as sink:
        answers = send(sink, *[letter(key=f"k{n}") for n in range(3)], options=f"?ca={certificate}&starttls=required")
        assert all(isinstance(answer, Receipt) for answer in answers), answers
        assert sink.connections == 1
        stranger = send(sink, options="?starttls=required")
    assert isinstance(stranger, Delayed)
    assert "No safe connection" in stranger.reason


def test_what_was_said_before_starttls_is_not_believed_after_it(certificate):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    listener = socket.create_server(("127.0.0.1", 0))

    def eavesdropper():
        connection, _ = listener.accept()
        with suppress(OSError):
            for line in (b"220 hi\r\n", b"250-hi\r\n250 STARTTLS\r\n", b"220 go\r\n250 AUTH PLAIN\r\n"):
                connection.sendall(line)
                connection.recv(4096, socket.MSG_PEEK if line.startswith(b"220 go") else 0)
            context.wrap_socket(connection, server_side=True).recv(4096)

    threading.Thread(target=eavesdropper, daemon=True).start()
    wire = configured("email", f"smtp://127.0.0.1:{listener.getsockname()[1]}{QUICK}&ca={certificate}")
    (answer,) = wire.send([letter()])
    listener.close()
    assert isinstance(answer, Delayed)
    assert "spoke past its STARTTLS" in answer.reason


# What the server can and cannot carry.


def test_where_eight_bits_are_not_offered_the_letter_is_all_ascii():
    with SmtpSink(eight_bit=False) as sink:
        send(sink)
    (kept,) = sink.messages
    assert kept.raw.isascii()
    assert kept.options == (f"SIZE={len(kept.raw)}",)
    assert plain(kept) == letter().text


def test_letters_beyond_ascii_before_the_at_sign_are_carried_where_offered_and_refused_elsewhere():
    envelope = letter(to="նախագահ@un.example")
    with SmtpSink() as able, SmtpSink(utf8=False) as unable:
        (sent,), (refused,) = send(able, envelope, options=""), send(unable, envelope, options="")
    assert isinstance(sent, Receipt)
    assert able.messages[0].recipients == ("նախագահ@un.example",)
    assert "SMTPUTF8" in able.messages[0].options
    assert isinstance(refused, Refused)


def test_smtputf8_is_not_asked_for_without_need(sink):
    send(sink, letter(to="info@օրինակ.հայ", to_name="Նախագահ"))
    assert "SMTPUTF8" not in sink.messages[0].options
    assert sink.messages[0].recipients == ("info@xn--y9atn0a2c3a.xn--y9a3aq",)


def test_a_letter_larger_than_the_server_takes_is_refused_before_it_is_sent():
    with SmtpSink(largest=2000) as sink:
        refused, sent = send(sink, letter(text="long " * 1000), letter(key="b"))
    assert isinstance(refused, Refused)
    assert "takes 2,000" in refused.reason
    assert isinstance(sent, Receipt)


def test_every_way_of_breaking_leaves_each_letter_in_exactly_one_state(sink):
    """Whatever the trouble, kept letters are receipts or unknown, and nothing is kept twice."""
    for nth, (at, trouble) in enumerate(
        pairwise([CUT, "sender", KEEP_AND_CUT, "letter", CUT, "recipient", CUT, "data", "450 no", "letter"])
    ):
        if trouble in ("sender", "letter", "recipient", "data"):
            sink.answer(at, at=trouble, nth=nth * 3 + 2)
    envelopes = [letter(key=f"k{number}") for number in range(40)]
    answers = send(sink, *envelopes, options="")
    kept = [message.message_id for message in sink.messages]
    assert len(kept) == len(set(kept))
    for envelope, answer in zip(envelopes, answers, strict=True):
        is_kept = f"<{envelope.key}@artsakh.example>" in kept
        assert is_kept or not isinstance(answer, Receipt)
        assert not is_kept or isinstance(answer, (Receipt, Unknown))
