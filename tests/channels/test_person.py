import pytest

from channels.answer import Refused, Task, Unknown
from channels.wire import configured
from tests.channels.envelopes import letter, post


@pytest.mark.parametrize(("channel", "envelope"), [("email", letter()), ("x", post()), ("mastodon", post())])
def test_a_message_becomes_a_task_and_is_not_counted_as_sent(channel, envelope):
    (answer,) = configured(channel, "person:").send([envelope])
    assert isinstance(answer, Task)
    assert isinstance(answer, Unknown)
    assert "Waits for a person" in answer.reason
    assert envelope.key in answer.reference


def test_no_person_is_asked_to_carry_what_the_place_would_not_take():
    assert isinstance(configured("x", "person:").send([post(text="a" * 281)])[0], Refused)


def test_an_address_of_a_person_has_nothing_more_in_it():
    with pytest.raises(ValueError, match="person: and nothing else"):
        configured("email", "person:anna@artsakh.example")
