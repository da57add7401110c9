"""Bulk mail over SMTP: the same promises as of the wire that sends one by one, for a server that offers PIPELINING, for
one that does not, and on both event loops."""

import asyncio
import ssl
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from email import message_from_bytes

import pytest

from channels import loop
from channels.answer import Answer, Delayed, Receipt, Refused, Unknown
from channels.fakes.smtp_sink import CUT, HANG, KEEP_AND_CUT, SmtpSink
from channels.letter import Letter
from channels.smtp_address import SmtpAddress
from channels.smtp_pipeline import run
from tests.channels.envelopes import letter as envelope
from tests.channels.messages import AT
from tests.channels.scripted import scripted

TAKING = (b"220 hi\r\n", b"250 hi\r\n", b"250 ok\r\n", b"250 ok\r\n")
QUICK = "?timeout=0.5&total=2"


@pytest.fixture(params=["pipelined", "one by one", "pipelined on asyncio"])
def manner(request, monkeypatch):
    if request.param.endswith("asyncio"):
        monkeypatch.setattr(loop, "factory", lambda: None)
    return request.param


@pytest.fixture
def sink(manner):
    with SmtpSink(pipelining=manner.startswith("pipelined")) as sink:
        yield sink


def letter(**changes):
    return Letter.of(envelope(**changes), AT)


def letters(count, **changes):
    return [letter(key=f"k{number}", **changes) for number in range(count)]


class Office:
    """A source of letters, and the answers to them by key."""

    def __init__(self, waiting):
        self.waiting = list(waiting)
        self.taken: list[Letter] = []
        self.answers: dict[str, Answer] = {}
        self.puts: Counter[str] = Counter()

    def take(self):
        if not self.waiting:
            return None
        self.taken.append(self.waiting.pop(0))
        return self.taken[-1]

    def put(self, letter, answer):
        self.puts[letter.key] += 1
        self.answers[letter.key] = answer

    @property
    def in_order(self):
        assert self.puts == Counter(letter.key for letter in self.taken)
        return [self.answers[letter.key] for letter in self.taken]

    @property
    def kinds(self):
        return [type(answer) for answer in self.in_order]


def send(address, waiting, connections=1, options=QUICK):
    office = Office(waiting)
    where = SmtpAddress.parse(getattr(address, "address", address) + options)
    loop.run(lambda: asyncio.wait_for(run(where, connections, office.take, office.put), 30))
    assert not office.waiting
    return office


def ids(sink):
    return [message.message_id for message in sink.messages]


def test_many_letters_arrive_once_each_over_as_many_connections_as_were_allowed(sink):
    office = send(sink, letters(200), connections=4)
    assert set(office.kinds) == {Receipt}
    assert sorted(ids(sink)) == sorted(f"<k{number}@artsakh.example>" for number in range(200))
    assert sink.connections == 4
    assert {answer.reference for answer in office.in_order} == set(ids(sink))


def test_a_letter_arrives_as_it_was_written_dots_and_all(sink):
    sent = letter(text=".\n..\n.hidden\nend\n.\n", html="", return_path="bounces+1@artsakh.example")
    (answer,) = send(sink, [sent]).in_order
    assert answer == Receipt("<0190c1e0b5d97a3c8f2e6d4b1a0f9e8c@artsakh.example>", detail="250 2.0.0 Kept as 1")
    (kept,) = sink.messages
    assert (kept.sender, kept.recipients) == ("bounces+1@artsakh.example", ("mission-cn@un.example",))
    assert kept.parsed.get_content().replace("\r\n", "\n") == ".\n..\n.hidden\nend\n.\n"


def test_a_server_that_holds_the_mailbox_proves_delivery(sink):
    assert send(sink, [letter()], options="?proof=final").in_order[0].proven


def test_no_more_connections_are_opened_than_the_server_was_said_to_allow_or_there_are_letters(sink):
    send(sink, letters(40), connections=8, options="?connections=2")
    assert sink.connections == 2
    send(sink, letters(2), connections=8)
    assert sink.connections <= 4


def test_a_connection_is_replaced_after_as_many_letters_as_it_may_carry(sink):
    assert set(send(sink, letters(10), options="?reuse=4").kinds) == {Receipt}
    assert sink.connections == 3


# What the server says, at each moment.


@pytest.mark.parametrize("at", ["recipient", "data", "letter"])
def test_a_5xx_to_the_letter_is_a_refusal_with_its_code(sink, at):
    sink.answer("550 5.1.1 No such user", at=at, nth=2)
    office = send(sink, letters(4))
    assert office.kinds == [Receipt, Refused, Receipt, Receipt]
    assert office.answers["k1"].code == "5.1.1"
    assert "550 5.1.1 No such user" in office.answers["k1"].reason
    assert len(sink.messages) == 3
    assert sink.connections == 1


@pytest.mark.parametrize("at", ["sender", "recipient", "data", "letter"])
@pytest.mark.parametrize("nth", [1, 2, 3])
def test_a_4xx_is_a_delay_and_the_connection_goes_on(sink, at, nth):
    sink.answer("451 4.7.1 Greylisted, try again in 300 seconds", at=at, nth=nth)
    office = send(sink, letters(3))
    delayed = office.answers[f"k{nth - 1}"]
    assert (type(delayed), delayed.wait, delayed.code) == (Delayed, timedelta(seconds=300), "4.7.1")
    assert Counter(office.kinds) == {Receipt: 2, Delayed: 1}
    assert len(sink.messages) == 2
    assert sink.connections == 1


@pytest.mark.parametrize("at", ["sender", "recipient", "data", "letter"])
def test_a_421_is_a_delay_and_the_next_letter_gets_a_new_connection(sink, at):
    sink.answer("421 4.3.2 Shutting down", at=at, times=1)
    assert send(sink, letters(3)).kinds == [Delayed, Receipt, Receipt]
    assert len(sink.messages) == sink.connections == 2


def test_a_server_that_ends_the_connection_after_some_letters_costs_nothing(sink):
    for nth in (3, 6):
        sink.answer("421 4.7.0 Enough letters on this connection", at="sender", nth=nth)
    assert set(send(sink, letters(7)).kinds) == {Receipt}
    assert sink.connections == 3
    assert sink.duplicates == {}


@pytest.mark.parametrize("reply", ["550 5.1.8 Sender is not welcome", "530 5.7.0 Sign in first"])
def test_an_objection_to_the_sender_costs_no_letter(sink, reply):
    sink.answer(reply, at="sender")
    assert send(sink, letters(3)).kinds == [Delayed] * 3
    assert sink.connections == 1


def test_a_reply_of_several_lines_is_kept_whole(sink):
    sink.answer("550 5.7.1 We do not take this\n5.7.1 See https://help.example", at="letter", nth=1)
    office = send(sink, letters(2))
    assert office.answers["k0"].reason.endswith("550 5.7.1 We do not take this\n5.7.1 See https://help.example")
    assert office.kinds == [Refused, Receipt]


def test_only_the_recipients_in_question_are_refused(sink):
    sink.answer("550 5.1.1 No such user", "gone@un.example")
    office = send(sink, [letter(key=f"k{n}", to="gone@un.example" if n % 3 else "here@un.example") for n in range(12)])
    assert office.kinds == [Refused if n % 3 else Receipt for n in range(12)]
    assert sink.connections == 1


# Connections that break, and when.


@pytest.mark.parametrize("at", ["greeting", "sender", "recipient", "data"])
@pytest.mark.parametrize("trouble", [CUT, HANG])
def test_lost_before_the_final_dot_is_a_delay(sink, at, trouble):
    sink.answer(trouble, at=at, times=1)
    started = time.monotonic()
    office = send(sink, letters(2))
    assert office.kinds[0] is Delayed
    assert time.monotonic() - started < 5
    assert len(sink.messages) == office.kinds.count(Receipt)


@pytest.mark.parametrize("trouble", [CUT, HANG])
def test_a_large_letter_lost_half_way_is_a_delay(sink, trouble):
    sink.answer(trouble, at="body", times=1)
    started = time.monotonic()
    text = "A line of a very long letter\n" * 500_000  # more than fits into the network's buffers
    assert send(sink, [letter(text=text, html="")], options="?timeout=0.5&total=20").kinds == [Delayed]
    assert time.monotonic() - started < 8
    assert sink.messages == []


def test_large_letters_arrive_whole(sink):
    text = "A line of a long letter\n" * 100_000
    assert send(sink, letters(3, text=text, html=""), options="").kinds == [Receipt] * 3
    assert {len(message.raw) for message in sink.messages} == {len(letter(text=text, html="", key="k1").data)}


@pytest.mark.parametrize("trouble", [CUT, HANG])
def test_lost_after_the_final_dot_is_unknown_even_if_it_was_not_kept(sink, trouble):
    sink.answer(trouble, at="letter", times=1)
    assert send(sink, letters(3)).kinds == [Unknown, Receipt, Receipt]
    assert len(sink.messages) == sink.connections == 2


def test_kept_and_cut_is_unknown_and_not_sent_again(sink):
    sink.answer(KEEP_AND_CUT, at="letter", nth=2)
    office = send(sink, letters(4))
    assert office.kinds == [Receipt, Unknown, Receipt, Receipt]
    assert len(sink.messages) == 4
    assert sink.duplicates == {}


def test_a_connection_that_is_gone_when_the_next_letter_begins_costs_nothing(sink):
    sink.answer(CUT, at="sender", nth=2)
    assert send(sink, letters(3)).kinds == [Receipt] * 3
    assert sink.connections == 2
    assert sink.duplicates == {}


def test_a_letter_is_begun_again_only_once(sink):
    sink.answer(CUT, at="sender", nth=2)
    sink.answer(CUT, at="sender", nth=3)
    assert send(sink, letters(3)).kinds == [Receipt, Delayed, Receipt]


def test_a_slow_last_word_is_waited_for_longer_than_other_replies():
    before = (b"220 hi\r\n", b"250-hi\r\n250 PIPELINING\r\n", b"250 ok\r\n250 ok\r\n354 go\r\n")
    with scripted(*before, 0.8, b"250 kept\r\n") as address:
        assert send(address, [letter()], options="?timeout=0.3&total=4").kinds == [Receipt]


@pytest.mark.parametrize(
    ("script", "kinds"),
    [
        ([b"HTTP/1.1 400 Bad Request\r\n\r\n"], [Delayed, Delayed]),
        ([*TAKING, b"354 go\r\n", b"eh?\r\n"], [Unknown, Delayed]),
        ([*TAKING, b"354 go\r\n421 4.3.2 Bye\r\n"], [Delayed, Delayed]),
        ([b"220 hi\r\n", b"250-hi\r\n250 PIPELINING\r\n", b"2" * 9000], [Delayed, Delayed]),
        ([b"220 hi\r\n", *[b"2"] * 40], [Delayed, Delayed]),
    ],
    ids=["no SMTP at all", "nonsense after the dot", "farewell before the dot", "endless", "byte by byte"],
)
def test_whatever_the_server_says_each_letter_is_in_the_state_that_can_be_proven(script, kinds):
    with scripted(*script) as address:
        started = time.monotonic()
        assert send(address, letters(2)).kinds == kinds
        assert time.monotonic() - started < 6


def test_with_nobody_there_everything_is_delayed_and_nothing_lost(manner):
    with SmtpSink() as gone:
        pass
    office = send(gone, letters(50), connections=4)
    assert office.kinds == [Delayed] * 50
    assert "No connection to" in office.in_order[0].reason


def test_connections_that_cannot_be_opened_leave_their_letters_to_those_that_can(sink):
    sink.answer("421 4.7.0 Too many connections", at="greeting", times=3)
    started = time.monotonic()
    assert send(sink, letters(60), connections=4).kinds == [Receipt] * 60
    assert sink.connections == 4
    assert time.monotonic() - started < 4  # nobody rests when the work is done


def test_when_the_server_is_killed_no_letter_is_lost_and_no_more_unknown_than_connections(manner, tmp_path):
    option = [] if manner.startswith("pipelined") else ["--no-pipelining"]
    command = [sys.executable, "-m", "channels.fakes.smtp_sink", "--port", "0", "--folder", str(tmp_path), *option]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    port = int(process.stdout.readline().rpartition(":")[2])

    def kill_in_the_middle():
        while len(list(tmp_path.glob("*.json"))) < 40:
            time.sleep(0.002)
        process.kill()

    killer = threading.Thread(target=kill_in_the_middle, daemon=True)
    killer.start()
    office = send(f"smtp://127.0.0.1:{port}", letters(1000), connections=3, options="")
    killer.join(10)
    process.wait()
    process.stdout.close()
    kept = {message_from_bytes(path.read_bytes())["Message-ID"] for path in tmp_path.glob("*.eml")}
    assert office.kinds.count(Unknown) <= 3
    assert {answer.reference for answer in office.in_order if isinstance(answer, Receipt)} <= kept
    delayed = {f"<{key}@artsakh.example>" for key, answer in office.answers.items() if isinstance(answer, Delayed)}
    assert delayed
    assert delayed.isdisjoint(kept)


def test_every_way_of_breaking_leaves_each_letter_in_exactly_one_state(sink):
    """Whatever the trouble, kept letters are receipts or unknown, and nothing is kept twice."""
    troubles = [(CUT, "sender"), (KEEP_AND_CUT, "letter"), (CUT, "recipient"), (CUT, "data"), (CUT, "letter")]
    troubles += [("550 no", "recipient"), ("421 bye", "data"), ("421 bye", "letter"), ("451 no", "sender")]
    for number, (trouble, at) in enumerate(troubles):
        sink.answer(trouble, at=at, nth=number * 5 + 3)
    office = send(sink, letters(80), connections=3, options="")
    assert sink.duplicates == {}
    kept = set(ids(sink))
    for key, answer in office.answers.items():
        is_kept = f"<{key}@artsakh.example>" in kept
        assert is_kept or not isinstance(answer, Receipt)
        assert not is_kept or isinstance(answer, (Receipt, Unknown))


# The source, and being stopped.


def test_a_source_that_pauses_is_waited_for_and_its_letters_use_the_kept_connections(sink):
    office, rounds = Office(letters(5)), iter(range(3))

    async def more():
        await asyncio.sleep(0.05)
        for number in rounds:
            office.waiting += [letter(key=f"r{number}-{each}") for each in range(5)]
            return True
        return False

    where = SmtpAddress.parse(sink.address)
    loop.run(lambda: run(where, 2, office.take, office.put, more))
    assert office.kinds == [Receipt] * 20
    assert sink.connections == 2


def test_a_connection_that_the_server_ends_while_the_source_pauses_is_opened_again(sink):
    office, rounds = Office(letters(2)), iter([True, False])

    async def more():
        sink.cut_all()
        await asyncio.sleep(0.1)
        office.waiting += [letter(key="after")] if (again := next(rounds)) else []
        return again

    where = SmtpAddress.parse(sink.address)
    loop.run(lambda: run(where, 1, office.take, office.put, more))
    assert office.kinds == [Receipt] * 3
    assert sink.connections == 2


def test_no_letter_is_taken_before_a_connection_is_free_for_it(sink):
    sink.answer(HANG, at="letter")
    office = Office(letters(50))

    async def look():
        where = SmtpAddress.parse(sink.address + "?timeout=2&total=5")
        sending = asyncio.create_task(run(where, 2, office.take, office.put))
        await asyncio.sleep(0.5)
        taken = len(office.taken)
        sending.cancel()
        with suppress(asyncio.CancelledError):
            await sending
        return taken

    assert loop.run(look) <= 4
    assert set(office.kinds) <= {Unknown, Delayed}
    assert office.kinds.count(Unknown) == 2


@pytest.mark.parametrize("broken", ["take", "put"])
def test_a_defect_of_the_caller_is_raised_and_every_letter_taken_has_its_answer(sink, broken):
    office = Office(letters(30))
    sound = getattr(office, broken)

    def defective(*arguments):
        if broken == "put":
            sound(*arguments)
        if len(office.answers) == 10:
            raise ZeroDivisionError
        return sound() if broken == "take" else None

    setattr(office, broken, defective)
    where = SmtpAddress.parse(sink.address)
    with pytest.raises(ZeroDivisionError):
        loop.run(lambda: run(where, 3, office.take, office.put))
    assert office.in_order
    kept = set(ids(sink))
    assert {answer.reference for answer in office.in_order if isinstance(answer, Receipt)} <= kept


# What the server can and cannot carry.


def test_where_eight_bits_are_not_offered_the_letter_is_wrapped_up_in_ascii():
    with SmtpSink(eight_bit=False) as sink:
        assert send(sink, [letter()]).kinds == [Receipt]
    (kept,) = sink.messages
    assert kept.raw.isascii()
    assert kept.parsed.get_body(("plain",)).get_content().replace("\r\n", "\n") == envelope().text


def test_addresses_beyond_ascii_are_carried_where_offered_and_refused_elsewhere():
    waiting = [letter(key="a", to="նախագահ@un.example"), letter(key="b")]
    with SmtpSink() as able, SmtpSink(utf8=False) as unable:
        assert send(able, waiting).kinds == [Receipt, Receipt]
        assert send(unable, waiting).kinds == [Refused, Receipt]
    assert "SMTPUTF8" in able.messages[0].options
    assert "SMTPUTF8" not in able.messages[1].options


def test_a_letter_larger_than_the_server_takes_is_refused_before_it_is_sent():
    with SmtpSink(largest=2000) as sink:
        office = send(sink, [letter(key="a", text="long " * 1000), letter(key="b")])
    assert office.kinds == [Refused, Receipt]
    assert "takes 2,000" in office.in_order[0].reason


@pytest.mark.parametrize(
    "defect",
    [
        {"data": b"Subject: x\r\n\r\n.\r\nMAIL FROM:<a@a.example>\r\n"},
        {"data": b"Subject: x"},
        {"to": "a@a.example>\r\nDATA"},
        {"to": "a@a.example> NOTIFY=NEVER"},
        {"sender": ""},
    ],
)
def test_nothing_in_a_letter_can_end_it_early_or_say_a_command(defect):
    with SmtpSink() as sink:
        office = send(sink, [letter(key="a")._replace(**defect), letter(key="b")])
    assert office.kinds == [Refused, Receipt]
    assert len(sink.messages) == 1


# Signing in and TLS.


def test_it_signs_in_with_what_the_address_says(manner):
    with SmtpSink(user="post@artsakh.example", password="p@ss:/wörd?") as sink:
        assert send(sink, letters(3)).kinds == [Receipt] * 3


def test_a_wrong_password_delays_everything_and_says_why_without_showing_it():
    with SmtpSink(user="post", password="right") as sink:
        office = send(sink.address.replace("right", "wrongpass"), letters(3))
    assert office.kinds == [Delayed] * 3
    assert "does not accept the user name and password: 535" in office.in_order[0].reason
    assert "wrongpass" not in str(office.in_order)
    assert sink.connections == 1


def test_starttls_is_not_done_without_if_it_is_required(sink):
    (answer,) = send(sink, [letter()], options="?starttls=required").in_order
    assert "does not offer STARTTLS, which is required" in answer.reason


@pytest.mark.parametrize("at_once", [True, False], ids=["smtps", "starttls"])
def test_letters_travel_over_tls_on_kept_connections(manner, certificate, at_once):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    with SmtpSink(tls=context, tls_at_once=at_once) as sink:
        options = f"?ca={certificate}&starttls=required"
        office = send(sink, [*letters(30), letter(text="long\n" * 100_000)], connections=2, options=options)
        assert set(office.kinds) == {Receipt}
        assert sink.connections == 2
        (stranger,) = send(sink, [letter()], options="?starttls=required").in_order
    assert isinstance(stranger, Delayed)
    assert "No safe connection" in stranger.reason


def test_what_was_said_before_starttls_is_not_believed_after_it(manner):
    with scripted(b"220 hi\r\n", b"250-hi\r\n250 STARTTLS\r\n", b"220 go\r\n250 AUTH PLAIN\r\n") as address:
        (answer,) = send(address, [letter()]).in_order
    assert "spoke past its STARTTLS" in answer.reason
