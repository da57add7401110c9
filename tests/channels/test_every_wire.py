"""What every wire promises, whoever wrote it: found by import, tried against the fake that ships with it."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from importlib import import_module

import pytest

from channels.answer import Answer, Delayed, Receipt, Refused, Task, Unknown
from channels.channel import CHANNELS
from channels.envelope import Envelope
from channels.fakes.bluesky import Bluesky
from channels.fakes.mastodon import Mastodon
from channels.fakes.receiver import Receiver
from channels.fakes.sendgrid import SendGrid
from channels.fakes.smtp_sink import HANG, SmtpSink
from channels.fakes.web import WebFake
from channels.fakes.x import X
from channels.wire import WIRES, Wire, configured
from tests.channels.envelopes import letter, post

for library in ("atproto", "mastodon", "tweepy", "sendgrid.helpers.mail"):
    import_module(library)  # the first message of a process waits for its library, and no other side is to blame

LOOPBACK = ("127.0.0.1", "::1", "localhost")


@contextmanager
def smtp_address() -> Iterator[str]:
    with SmtpSink() as sink:
        yield sink.address


@contextmanager
def silent_smtp_address() -> Iterator[str]:
    with SmtpSink() as sink:
        sink.answer(HANG, at="greeting")
        yield f"{sink.address}?timeout=0.2&total=0.4"


@contextmanager
def web(fake: Callable[[], WebFake]) -> Iterator[str]:
    with fake() as running:
        yield running.address


@contextmanager
def silent_web(fake: Callable[[], WebFake]) -> Iterator[str]:
    with fake() as running:
        running.answer(HANG)
        yield f"{running.address}{'&' if '?' in running.address else '?'}timeout=0.2&total=0.4"


# A new wire needs one line in each: where its fake answers, and where something accepts calls and never answers.
BARE = {"subject": "", "html": ""}
Place = Callable[[], AbstractContextManager[str]]
WEB: dict[str, Callable[[], WebFake]] = {
    "sendgrid": SendGrid,
    "x": X,
    "bluesky": Bluesky,
    "mastodon": Mastodon,
    "webhook": Receiver,
}
HERE: dict[str, Place] = {name: partial(nullcontext, f"{name}:") for name in ("outbox", "person")}
FAKES: dict[str, Place] = {**HERE, "smtp": smtp_address}
SILENT: dict[str, Place] = {**HERE, "smtp": silent_smtp_address}
FAKES |= {name: partial(web, fake) for name, fake in WEB.items()}
SILENT |= {name: partial(silent_web, fake) for name, fake in WEB.items()}

# A new direct channel needs one line: an address that is good there.
GOOD = {
    "email": "mission-cn@un.example",
    "letter": "350 East 35th Street\nNew York, NY 10016",
    "phone": "+374 10 123456",
    "form": "https://un.example/contact?to=cn",
}
CARRIED = [
    (wire.name, channel)
    for wire in {wire.name: wire for wire in WIRES.values()}.values()
    for channel in CHANNELS
    if channel in wire.carries
]
pytestmark = pytest.mark.usefixtures("only_loopback", "secrets")


@pytest.fixture
def secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {**X().environment, "OUTREACH_WEBHOOK_SECRET": "a secret of some length"}.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def only_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: tuple[str, int]) -> None:
        assert self.family == socket.AF_UNIX or address[0] in LOOPBACK, f"a test wanted to talk to {address}"
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(params=CARRIED, ids="-".join)
def wire(request: pytest.FixtureRequest, secrets: None) -> Iterator[Wire]:
    name, channel = request.param
    with FAKES[name]() as address:
        wire = configured(channel, address)
        yield wire
        wire.close()


def message(wire: Wire, **changes: object) -> Envelope:
    if wire.channel.is_public:
        return post(**changes)
    own = {"to": GOOD[wire.channel.name]} if wire.channel.has_subject else {"to": GOOD[wire.channel.name], **BARE}
    return letter(**{**own, **changes})


def good(wire: Wire) -> type[Receipt | Task]:
    """What a good envelope gets."""
    return Task if wire.name == "person" else Receipt


def kinds(answers: list[Answer]) -> list[type]:
    return [type(answer) for answer in answers]


def test_every_wire_has_a_fake_to_be_tried_against() -> None:
    assert {wire.name for wire in WIRES.values()} == set(FAKES) == set(SILENT)


def test_a_wire_says_what_it_is(wire: Wire) -> None:
    assert wire.name
    assert wire.channel.name in wire.carries
    assert wire.batch >= 1
    assert wire.in_flight >= 1
    assert wire.time_limit.total_seconds() <= 60


def test_no_envelope_no_answer(wire: Wire) -> None:
    assert wire.send([]) == []


def test_a_good_envelope_gets_a_receipt_with_a_reference_or_becomes_a_task_with_one(wire: Wire) -> None:
    (answer,) = wire.send([message(wire)])
    assert isinstance(answer, good(wire))
    assert answer.reference


def test_the_same_envelope_gets_the_same_reference(wire: Wire) -> None:
    first, again = wire.send([message(wire)]), wire.send([message(wire)])
    assert isinstance(first[0], good(wire))
    assert isinstance(again[0], good(wire))
    assert first[0].reference == again[0].reference


def test_each_envelope_gets_its_own_answer_in_the_same_order(wire: Wire) -> None:
    envelopes = [
        message(wire, key=f"key{number}", text=f"Good, {number}." if number % 2 else "") for number in range(6)
    ]
    answers = wire.send(envelopes)
    assert kinds(answers) == [Refused, good(wire)] * 3
    assert len({answer.reference for answer in answers if isinstance(answer, good(wire))}) == 3


def test_a_bad_envelope_is_refused_with_a_reason_and_spoils_no_other(wire: Wire) -> None:
    bad = [message(wire, to="no such address"), message(wire, text=" \n"), message(wire, to="a\r\nb")]
    if wire.channel.longest:
        bad.append(message(wire, text="a" * (wire.channel.longest + 1)))
    if wire.name not in HERE:
        bad.append(message(wire, text="half \ud800"))
    if not wire.channel.is_public:
        bad += [message(wire, to=""), message(wire, subject="a\r\nBcc: b@un.example"), message(wire, text="\ud800")]
    answers = wire.send([*bad, message(wire)])
    assert kinds(answers) == [Refused] * len(bad) + [good(wire)]
    assert all(answer.reason for answer in answers if isinstance(answer, Refused))


def test_whatever_is_wrong_nothing_is_raised(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    def defect(envelope: Envelope) -> Answer:
        raise ZeroDivisionError

    monkeypatch.setattr(wire, "send_one", defect)
    assert kinds(wire.send([message(wire), message(wire)])) == [Unknown, Unknown]


def test_asking_what_became_of_messages_sends_nothing_and_raises_nothing(wire: Wire) -> None:
    answers = wire.reconcile([message(wire), message(wire, key="other", text="Never sent.")])
    assert set(kinds(answers)) <= {Unknown, Delayed}
    assert wire.reconcile([]) == []


def test_it_can_be_used_again_after_it_was_closed(wire: Wire) -> None:
    wire.close()
    wire.close()
    assert kinds(wire.send([message(wire)])) == [good(wire)]


@pytest.mark.parametrize(("name", "channel"), CARRIED)
def test_a_silent_other_side_takes_no_longer_than_was_promised(name: str, channel: str) -> None:
    with SILENT[name]() as address:
        wire = configured(channel, address)
        started = time.monotonic()
        (answer,) = wire.send([message(wire)])
        assert time.monotonic() - started < min(wire.time_limit.total_seconds(), 5) + 1
        assert isinstance(answer, Receipt) == (name == "outbox")
        wire.close()


@pytest.mark.parametrize(("name", "channel"), [pair for pair in CARRIED if pair[0] not in HERE])
def test_with_nobody_there_everything_is_delayed_and_nothing_lost(name: str, channel: str) -> None:
    with FAKES[name]() as address:
        pass
    wire = configured(channel, address)
    assert kinds(wire.send([message(wire) for _ in range(3)])) == [Delayed] * 3
