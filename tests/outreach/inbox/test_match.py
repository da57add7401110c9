"""Whom a mail answers: in every order of clues, and with every contradiction."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach.inbox.match import Acquaintance, Clues, match, plain_subject

A, B, C = (UUID(int=n) for n in (1, 2, 3))
LETTERS = {"a" * 32: (A,), "b" * 32: (B,), "d" * 32: (A, B)}
"""The keys of a letter to A, one to B, and a message in which both went together."""


class Remembered:
    """`addresses`: of appeals, each with how like it is. `known`: who may write from where."""

    def __init__(self, addresses: Mapping[str, tuple[UUID, float]] | None = None, known: Sequence[Acquaintance] = ()):
        self.addresses, self.known = addresses or {}, known

    def appeals_at(self, addresses: Iterable[str]) -> dict[UUID, float]:
        found = [self.addresses[each] for each in addresses if each in self.addresses]
        return {appeal: max(like for other, like in found if other == appeal) for appeal, _ in found}

    def appeals_of(self, keys: Iterable[str]) -> dict[str, Sequence[UUID]]:
        return {key: LETTERS[key] for key in keys if key in LETTERS}

    def acquaintances(self, sender: str) -> Sequence[Acquaintance]:
        return self.known


AT = {"a@us": (A, 1.0), "b@us": (B, 1.0), "nearly-a@us": (A, 0.95), "nearly-c@us": (C, 0.9)}


def named(key: str) -> str:
    return f"<{key * 32}@committee.example>"


def found(known: Sequence[Acquaintance] = (), **clues: Any) -> dict[UUID, float]:
    return {each.appeal: each.certainty for each in match(Clues(**clues), Remembered(AT, known))}


def test_the_appeals_own_address_is_certain():
    assert found(recipients=("x@us", "a@us")) == {A: 1.0}


def test_a_mail_to_two_addresses_answers_both():
    assert found(recipients=("a@us", "b@us")) == {A: 1.0, B: 1.0}


@pytest.mark.parametrize("where", ["references", "in_reply_to"])
def test_a_letter_of_ours_that_is_named_is_certain(where):
    assert found((), **{where: ("<other@there.example>", named("a"))}) == {A: 1.0}


def test_of_several_letters_the_newest_counts():
    assert found(references=(named("b"), named("a"), "<theirs@there.example>")) == {A: 1.0}


def test_references_come_before_in_reply_to():
    assert found(references=(named("a"),), in_reply_to=(named("b"),)) == {A: 1.0}


def test_what_a_report_returns_is_known_by_its_key():
    assert found(returned=("b" * 32,)) == {B: 1.0}


def test_who_answers_several_letters_that_went_together_may_mean_any_of_them():
    by_thread = found(references=(named("d"),))
    assert set(by_thread) == {A, B}
    assert max(by_thread.values()) < 1
    by_both = found(recipients=("a@us",), references=(named("d"),))
    assert by_both[B] < by_both[A] < 1, "pressing “reply” writes to the first one's address, whichever is meant"
    assert found(recipients=("a@us", "b@us"), references=(named("d"),)) == {A: 1.0, B: 1.0}, "they took both addresses"


def test_two_clues_that_contradict_each_other_leave_it_to_a_person():
    doubted = found(recipients=("a@us",), references=(named("b"),))
    assert set(doubted) == {A, B}
    assert max(doubted.values()) < 1


def test_an_address_with_a_slip_is_a_guess_unless_the_letter_is_named_too():
    assert found(recipients=("nearly-a@us",)) == {A: 0.95}
    assert found(recipients=("nearly-a@us",), references=(named("a"),)) == {A: 1.0}
    contradicted = found(recipients=("nearly-c@us",), references=(named("a"),))
    assert set(contradicted) == {A, C}
    assert max(contradicted.values()) < 1


def test_sender_and_subject_are_guesses_surer_with_both():
    known = [
        Acquaintance(A, is_exact=True, subjects=frozenset({"The bridge"})),
        Acquaintance(B, is_exact=False, subjects=frozenset({"The bridge"})),
    ]
    with_subject = found(known, sender="ann@offices.example", subject="Re: AW: The  Bridge")
    without = found(known, sender="ann@offices.example", subject="Lunch")
    assert 1 > with_subject[A] > with_subject[B] > without[A] > without[B] > 0
    assert found(known, recipients=("b@us",), sender="ann@offices.example") == {B: 1.0}, "a surer clue ends the search"


def test_nothing_speaks_for_nobody():
    assert found(recipients=("x@us",), references=("<a@b.example>", "no id"), sender="z@z.example") == {}


@pytest.mark.parametrize(
    "subject", ["Re: The bridge", "RE[2]: the bridge", "Aw: WG: The bridge", "Отв: The bridge", "回复:The bridge",
                "Automatic reply: The bridge", "Antwort : The bridge", "  THE   BRIDGE "],
)  # fmt: skip
def test_subjects_are_compared_without_what_programs_put_before_them(subject):
    assert plain_subject(subject) == "the bridge"


WORDS = st.sampled_from([*AT, "x@us"])
IDS = st.sampled_from([*(named(key) for key in "abd"), "<x@y.example>", "rubbish"])


@settings(max_examples=60)
@given(st.lists(WORDS, max_size=3), st.lists(IDS, max_size=3), st.lists(IDS, max_size=2), st.randoms())
def test_whatever_the_clues_it_is_certain_only_where_none_contradicts(recipients, references, replies, random):
    clues = {"recipients": tuple(recipients), "references": tuple(references), "in_reply_to": tuple(replies)}
    result = found(**clues)
    assert all(0 < certainty <= 1 for certainty in result.values())
    certain = {appeal for appeal, certainty in result.items() if certainty == 1}
    exact = {AT[each][0] for each in recipients if each in AT and AT[each][1] == 1}
    assert certain <= (exact or {A, B})
    random.shuffle(recipients)
    assert found(**{**clues, "recipients": tuple(recipients)}) == result, "the order of recipients means nothing"


@settings(max_examples=60)
@given(st.text(max_size=80))
def test_any_subject_may_come(subject):
    assert plain_subject(subject) == plain_subject(plain_subject(subject)) or ":" in subject or "\uff1a" in subject
