import re
import socket
from datetime import timedelta

import pytest

from channels.answer import Delayed, Receipt, Refused, Unknown
from channels.channel import CHANNELS
from channels.outbox import Outbox
from channels.person import Person
from channels.smtp import Smtp
from channels.wire import WIRES, Unavailable, Unsendable, answer_to, configured
from tests.channels.envelopes import letter


@pytest.mark.parametrize("channel", [name for name, channel in CHANNELS.items() if not channel.deed])
@pytest.mark.parametrize("address", [None, ""])
def test_without_an_address_every_channel_is_the_outbox(channel, address):
    wire = configured(channel, address)
    assert isinstance(wire, Outbox)
    (receipt,) = wire.send([letter(to="", key="abc")] if channel != "email" else [letter(key="abc")])
    assert isinstance(receipt, Receipt)
    assert receipt.proven
    assert receipt.detail == "Kept in the outbox, not sent"


@pytest.mark.parametrize("channel", [name for name, channel in CHANNELS.items() if channel.deed])
def test_without_an_address_a_channel_that_only_a_person_can_carry_waits_for_one(channel):
    assert isinstance(configured(channel), Person)
    assert isinstance(configured(channel, "outbox:"), Outbox)


def test_the_address_chooses_the_wire_and_the_same_address_gives_the_same_wire():
    wire = configured("email", "smtp://127.0.0.1:2525")
    assert isinstance(wire, Smtp)
    assert configured("email", "smtp://127.0.0.1:2525") is wire
    assert {"outbox", "smtp", "smtps"} <= set(WIRES)


@pytest.mark.parametrize(
    ("channel", "address", "sentence"),
    [
        ("fax", None, "There is no channel fax; there are email, form, letter, phone, bluesky, mastodon, x"),
        (
            "email",
            "pigeon://u:secret@coop",
            "No wire has an address that begins with pigeon:; "
            "there are outbox:, person:, sendgrid:, smtp:, smtps:, webhook:",
        ),
        ("x", "smtp://u:secret@host", "smtp does not carry x; these do: outbox:, person:, webhook:, x:"),
    ],
)
def test_a_wrong_choice_gets_a_sentence_that_keeps_the_password(channel, address, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)) as problem:
        configured(channel, address)
    assert str(problem.value) == sentence


@pytest.mark.parametrize(
    ("error", "answer"),
    [
        (Unsendable("Too long"), Refused("Too long")),
        (Unavailable("Down", timedelta(hours=1)), Delayed("Down", timedelta(hours=1))),
        (ConnectionRefusedError("refused"), Delayed("No connection: refused", timedelta(minutes=1))),
        (socket.gaierror("no such host"), Delayed("No connection: no such host", timedelta(minutes=1))),
        (TimeoutError("timed out"), Unknown("TimeoutError: timed out")),
        (ConnectionResetError("reset"), Unknown("ConnectionResetError: reset")),
        (ValueError("the answer is not JSON"), Unknown("ValueError: the answer is not JSON")),
        (KeyError("id"), Unknown("KeyError: 'id'")),
    ],
)
def test_what_an_error_means_for_a_message(error, answer):
    assert answer_to(error) == answer


def test_an_envelope_shows_no_name_and_no_text_in_a_log():
    assert repr(letter(key="abc")) == "Envelope(key='abc')"
