"""The link in a letter: nobody can make one, and it says nothing of anybody."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from time import perf_counter
from uuid import UUID, uuid4

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from campaigns.own_links import OwnLinks

OURS = OwnLinks("https://outreach.example", ("the secret",))
SOMEBODY = UUID("6f0c1d1e-6d1b-4b7e-9d55-000000000001")


@given(st.uuids())
def test_a_link_leads_back_to_whom_it_was_made_for(supporter):
    link = OURS.link(supporter)
    base, _, token = link.rpartition("/")
    assert base == "https://outreach.example/unsubscribe"
    assert OURS.supporter(token) == supporter


@given(st.integers(0, 43), st.characters(codec="ascii"))
@example(11, "+")  # the other base64's letter for the same bits
def test_a_token_in_which_one_letter_is_another_opens_nothing(place, letter):
    token = OURS.token(SOMEBODY)
    changed = token[:place] + letter + token[place + 1 :]
    assert changed == token or OURS.supporter(changed) is None


@given(st.text(max_size=60) | st.binary(max_size=40).map(lambda raw: urlsafe_b64encode(raw).decode()))
def test_whatever_else_is_put_in_its_place_opens_nothing(token):
    assert OURS.supporter(token) is None


def test_a_token_of_another_installation_opens_nothing():
    assert OwnLinks("https://outreach.example", ("another",)).supporter(OURS.token(SOMEBODY)) is None


def test_a_token_of_an_unknown_version_opens_nothing():
    raw = urlsafe_b64decode(OURS.token(SOMEBODY))
    assert OURS.supporter(urlsafe_b64encode(b"\x02" + raw[1:]).decode()) is None


def test_links_in_old_letters_work_on_after_a_change_of_secrets():
    later = OwnLinks(OURS.base, ("a new one", "the secret"))
    assert later.supporter(OURS.token(SOMEBODY)) == SOMEBODY
    assert later.token(SOMEBODY) != OURS.token(SOMEBODY)
    assert OURS.supporter(later.token(SOMEBODY)) is None


def test_a_link_costs_no_time_worth_speaking_of():
    people = [uuid4() for _ in range(1000)]
    spans = []
    for _ in range(5):
        start = perf_counter()
        for each in people:
            OURS.link(each)
        spans.append(perf_counter() - start)
    assert min(spans) / len(people) < 20e-6  # about 2 µs; a busy machine may be slower


@given(st.integers(0, 44), st.characters(codec="ascii"))
def test_a_token_with_a_letter_too_many_opens_nothing(place, letter):
    token = OURS.token(SOMEBODY)
    assert OURS.supporter(token[:place] + letter + token[place:]) is None


@pytest.mark.parametrize("token", ["", "=", "é" * 44, "A" * 43, "A" * 45, "A" * 44])
def test_a_broken_token_is_no_error(token):
    assert OURS.supporter(token) is None
