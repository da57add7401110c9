"""A winner is one beyond what chance does; where there are too few to tell, there is none."""

import random

import pytest
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st

from campaigns.contest import LEVEL, Interval, Result, newcombe, smallest_difference, verdict, wilson

counts = st.integers(1, 5000).flatmap(lambda readers: st.tuples(st.integers(0, readers), st.just(readers)))


@pytest.mark.parametrize(
    ("did", "readers", "low", "high"),
    [  # Newcombe, «Two-sided confidence intervals for the single proportion», 1998, table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_interval_of_a_rate_is_wilsons(did, readers, low, high):
    interval = wilson(did, readers)
    assert (round(interval.low, 4), round(interval.high, 4)) == (low, high)


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [  # Newcombe, «Interval estimation for the difference between independent proportions», 1998, table II, method 10
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 10), -0.2775, 0.2775),
    ],
)
def test_the_interval_of_a_difference_is_newcombes(one, other, low, high):
    interval = newcombe(Result("a", one[1], one[0]), Result("b", other[1], other[0]))
    assert (round(interval.low, 4), round(interval.high, 4)) == (low, high)


def test_without_readers_nothing_is_known():
    assert wilson(0, 0) == Interval(0.0, 1.0)
    assert verdict([Result("a", 0, 0), Result("b", 0, 0)]).winner == ""


def test_what_did_clearly_better_wins_whichever_way_better_is():
    results = [Result("a", 1000, 40), Result("b", 1000, 90)]
    assert verdict(results).winner == "b"
    assert verdict(results, more_is_better=False).winner == "a"


def test_a_small_difference_between_few_readers_has_no_winner():
    found = verdict([Result("a", 100, 8), Result("b", 100, 11)])
    assert found.winner == ""
    assert found.between is not None
    assert found.between.low < 0 < found.between.high


def test_the_winner_of_several_beats_every_other_at_a_stricter_level():
    two = [Result("a", 1000, 50), Result("b", 1000, 74)]
    assert verdict(two).winner == "b"
    assert verdict([*two, Result("c", 1000, 40), Result("d", 1000, 41)]).winner == ""
    assert verdict([*two, Result("c", 1000, 150)]).winner == "c"


@given(counts, counts)
@trying(max_examples=50)
def test_intervals_hold_the_rate_and_stay_possible_and_are_the_same_from_both_sides(one, other):
    first, second = Result("a", one[1], one[0]), Result("b", other[1], other[0])
    interval = wilson(*one)
    assert 0 <= interval.low <= first.rate <= interval.high <= 1
    there, back = newcombe(first, second), newcombe(second, first)
    assert -1 <= there.low <= first.rate - second.rate <= there.high <= 1
    assert there.low == pytest.approx(-back.high)
    assert there.high == pytest.approx(-back.low)


def test_where_there_is_no_difference_a_winner_is_named_once_in_twenty_times_at_most():
    chance = random.Random(20261128)

    def tried(name: str) -> Result:
        return Result(name, 400, sum(chance.random() < 0.05 for _ in range(400)))

    named = sum(bool(verdict([tried("a"), tried("b")]).winner) for _ in range(1000))
    assert named <= 1000 * (1 - LEVEL) * 1.2


def test_it_can_be_said_beforehand_which_difference_would_be_seen():
    assert 0.012 < smallest_difference(5000, 0.05) < 0.0125
    assert smallest_difference(0, 0.05) == 1.0
