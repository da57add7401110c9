"""The first rule that fits an addressee says how a letter to it begins."""

from dataclasses import replace

import pytest

from campaigns.letter_start import Letters, Start, Whom, letters_of
from campaigns.stand import STANDS, stand_of

SEAT = "ocd-division/country:us/state:wa/cd:7"
ANN = Whom("ann", frozenset({"council", "watch"}), SEAT, "person", "silent", "en")


@pytest.mark.parametrize(
    ("condition", "fits"),
    [
        ({}, True),
        ({"addressees": {"ann", "bob"}}, True),
        ({"addressees": {"bob"}}, False),
        ({"groups": {"watch"}}, True),
        ({"groups": {"press"}}, False),
        ({"divisions": {SEAT}}, True),
        ({"divisions": {"ocd-division/country:us/state:wa"}}, True),
        ({"divisions": {"ocd-division/country:us"}}, True),
        ({"divisions": {f"{SEAT}0"}}, False),
        ({"kinds": {"state", "person"}}, True),
        ({"kinds": {"state"}}, False),
        ({"stands": {"silent", "refused"}}, True),
        ({"stands": {"acted"}}, False),
        ({"languages": {"en"}}, True),
        ({"languages": {"fr"}}, False),
        ({"addressees": {"ann"}, "stands": {"acted"}}, False),
    ],
)
def test_a_rule_fits_if_all_that_it_asks_for_holds(condition, fits):
    said = {"start": [{"wording": "own", **{name: sorted(each) for name, each in condition.items()}}]}
    assert letters_of(said).starts[0].fits(ANN) is fits


def test_the_first_rule_that_fits_counts_and_none_means_no_letter():
    letters = Letters((Start("thanks", stands=frozenset({"acted"})), Start("", {"en": "No"}), Start("own")))
    assert letters.start(ANN) == letters.starts[1]
    assert letters.start(replace(ANN, stand="acted")).wording == "thanks"
    assert Letters().start(ANN) is None
    assert [each.is_for_all for each in letters.starts] == [False, True, True]


def test_rules_are_read_as_rows_keep_them():
    said = {"open_from": "deadline", "start": [{"kinds": ["state"], "do_not_write": {"en": "No"}}, {"wording": "own"}]}
    assert letters_of(said) == Letters((Start("", {"en": "No"}, kinds=frozenset({"state"})), Start("own")), "deadline")
    assert letters_of({}) == Letters()


@pytest.mark.parametrize(
    ("outcomes", "stand"),
    [(set(), "silent"), ({"deflected"}, "silent"), ({"refused"}, "refused"), ({"refused", "committed"}, "committed")],
)
def test_how_somebody_stands_is_one_word(outcomes, stand):
    assert stand_of(outcomes, has_acted=False) == stand
    assert stand_of(outcomes, has_acted=True) == "acted"
    assert stand in STANDS
