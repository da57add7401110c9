"""A letter of a supporter leaves once, only confirmed, and never against their will."""

import pytest
from django.db import connection

from campaigns.supporter import Supporter
from outreach.letters.letter import Letter
from tests.letters import written
from tests.small_campaign import DAY, FRIDAY, published

State = Letter.State


@pytest.fixture
def campaign(db):
    return published()


def test_a_letter_waits_for_its_turn_once_it_is_confirmed_and_pressing_twice_changes_nothing(campaign):
    letter = written(campaign)
    assert not Letter.objects.waiting()
    assert [letter.confirm(FRIDAY), letter.confirm(FRIDAY + DAY)] == [True, False]
    assert (letter.state, letter.rank, letter.confirmed_at) == (State.CONFIRMED, 1, FRIDAY)
    assert [*Letter.objects.waiting()] == [letter]


def test_a_second_letter_to_the_same_addressee_never_leaves(campaign):
    first, second, third = written(campaign), written(campaign), written(campaign)
    elsewhere = written(campaign, to="bob")
    for letter in (first, second, third, elsewhere):
        letter.confirm(FRIDAY)
    assert [(each.state, each.rank) for each in (first, second, third, elsewhere)] == [
        (State.CONFIRMED, 1),
        (State.DOUBLED, 2),
        (State.DOUBLED, 3),
        (State.CONFIRMED, 1),
    ]


def test_two_letters_confirmed_at_the_same_moment_are_not_both_sent(campaign, monkeypatch):
    first, second = written(campaign), written(campaign)
    first.confirm(FRIDAY)
    monkeypatch.setattr(type(Letter.objects.all()), "standing", Letter.objects.none)
    second.confirm(FRIDAY)
    assert (second.state, second.rank) == (State.DOUBLED, 3)


def test_who_took_a_letter_back_may_write_again(campaign):
    first, second = written(campaign), written(campaign)
    first.confirm(FRIDAY)
    assert [first.withdraw(FRIDAY), first.withdraw(FRIDAY)] == [True, False]
    second.confirm(FRIDAY)
    assert second.state == State.CONFIRMED


def test_a_letter_in_a_mailbag_cannot_be_taken_back(campaign):
    letter = written(campaign)
    letter.confirm(FRIDAY)
    assert Letter.objects.waiting().move(State.TAKEN) == 1
    assert not letter.withdraw(FRIDAY)
    assert letter.state == State.TAKEN


@pytest.mark.parametrize("before", State.values)
def test_only_the_moves_in_the_table_are_made(campaign, before):
    letter = written(campaign, state=before)
    for after in State.values:
        Letter.objects.filter(pk=letter.pk).update(state=before)
        assert Letter.objects.filter(pk=letter.pk).move(after) == (after in Letter.MOVES[State(before)])


def test_who_wrote_and_what_is_sealed_where_it_rests(campaign):
    letter = written(campaign)
    with connection.cursor() as cursor:
        cursor.execute("SELECT outreach_letter::text, text, subject, name, place FROM outreach_letter")
        row, *sealed = cursor.fetchone()
    everything = row.encode() + b"".join(bytes(each) for each in sealed)
    for secret in ("Anna", "Seattle", "bridge", "people.example"):
        assert secret.encode() not in everything
    kept = Letter.objects.get(pk=letter.pk)
    assert (kept.text, kept.place) == ("I cross this bridge every day.", "Seattle")
    assert Supporter.objects.count() == 1
