import pytest

from channels.answer import Refused, Task, Unknown
from channels.channel import CHANNELS
from channels.wire import configured
from tests.channels.envelopes import letter, post


@pytest.mark.parametrize(("channel", "envelope"), [("email", letter()), ("x", post()), ("mastodon", post())])
def test_a_message_becomes_a_task_and_is_not_counted_as_sent(channel, envelope):
    (answer,) = configured(channel, "person:").send([envelope])
    assert isinstance(answer, Task)
    assert isinstance(answer, Unknown)
    assert "Waits for a person" in answer.reason
    assert envelope.key in answer.reference


@pytest.mark.parametrize(
    ("channel", "to", "waits"),
    [
        ("letter", "350 East 35th Street\nNew York, NY 10016", "Waits for a person to post this letter"),
        ("phone", "+374 10 123456", "Waits for a person to make this call"),
        ("form", "https://un.example/contact", "Waits for a person to fill in this web form"),
    ],
)
def test_letters_calls_and_forms_are_for_a_person_and_say_what_is_to_be_done(channel, to, waits):
    (answer,) = configured(channel).send([letter(to=to)])
    assert isinstance(answer, Task)
    assert (answer.reason, answer.reference) == (waits, letter().key)
    assert answer.within == CHANNELS[channel].deed.within


def test_no_person_is_asked_to_carry_what_the_place_would_not_take():
    assert isinstance(configured("x", "person:").send([post(text="a" * 281)])[0], Refused)


def test_an_address_of_a_person_has_nothing_more_in_it():
    with pytest.raises(ValueError, match="person: and nothing else"):
        configured("email", "person:anna@artsakh.example")
