from typing import Any
from zoneinfo import ZoneInfo

import pytest

from campaigns.condition import SILENCE, Condition, Stance, Standpoint
from campaigns.deadline import Patience
from campaigns.ladder import (
    ADDRESSEES,
    OF_THE_SILENT,
    PUBLIC,
    SUPPORTERS,
    Dispatch,
    Ladder,
    Reminder,
    Rung,
    branches_of,
)
from tests.small_ladder import DAY, DEADLINE, FRIDAY, HOUR, NUDGE, SECOND, ZONE, ladder


def test_a_reminder_two_days_before_the_end_of_a_day_begins_with_the_day_before():
    at = Reminder(1, NUDGE, before=2 * DAY).at(FRIDAY, DEADLINE, ZONE)
    assert at == DEADLINE + SECOND - 2 * DAY
    assert at.isoformat() == "2023-05-04T00:00:00+00:00"


def test_a_reminder_after_three_days_counts_from_the_beginning_of_its_step():
    assert Reminder(1, NUDGE, after=3 * DAY).at(FRIDAY, DEADLINE, ZONE) == FRIDAY + 3 * DAY


def test_a_reminder_keeps_the_time_of_day_over_a_change_of_the_clocks():
    paris = ZoneInfo("Europe/Paris")
    begun = FRIDAY.replace(month=3, day=24)
    assert Reminder(1, NUDGE, after=3 * DAY).at(begun, begun + 7 * DAY, paris) == begun + 3 * DAY - HOUR


def test_a_step_sends_its_own_dispatches_and_a_reminder_only_its_own():
    letter = ladder().rung(1)
    assert [each.wording for each in letter.dispatches_of(0)] == ["letter"]
    assert [each.wording for each in letter.dispatches_of(1)] == ["reminder"]
    assert letter.dispatches_of(2) == ()


@pytest.mark.parametrize(
    ("audience", "channels", "writes"),
    [
        (ADDRESSEES, ("email",), True),
        (ADDRESSEES, ("x", "email"), True),
        (ADDRESSEES, ("x", "bluesky", "mastodon"), False),
        (SUPPORTERS, ("email",), False),
        (PUBLIC, ("x",), False),
        ("oversight", ("email",), False),
    ],
)
def test_only_a_direct_channel_to_the_silent_counts_as_writing_to_them(audience, channels, writes):
    assert Dispatch(audience, channels, "words").writes_to_addressees is writes


def test_steps_follow_one_another_and_nothing_follows_the_last():
    steps = ladder()
    assert [rung.key for rung in steps] == ["letter", "deadline", "supporters", "oversight"]
    assert steps.onward(1, Standpoint()).rung is steps.rung(2)
    assert steps.onward(4, Standpoint()).rung is None
    assert [steps.is_last(number) for number in (1, 2, 3, 4)] == [False, False, False, True]
    assert steps.if_silent() == (1, 2, 3, 4)


def rung(number: int, key: str, **fields: Any) -> Rung:
    return Rung(number, key, Patience(DAY), (NUDGE,), **fields)


REFUSED, BROKEN = frozenset({Stance.REFUSED}), frozenset({Stance.BROKEN})
FORKED = Ladder(
    (
        rung(1, "letter", branches=branches_of([("refused", "answer"), ("otherwise", "press")])),
        rung(2, "answer", condition=Condition(REFUSED), branches=branches_of([("otherwise", "end")])),
        rung(3, "press", condition=Condition(signatures=100)),
        rung(4, "reproach", condition=Condition(BROKEN)),
        rung(5, "last"),
    )
)


def way(ladder: Ladder, number: int, stances: frozenset[Stance] = SILENCE, signatures: int = 0) -> tuple[str, ...]:
    """What is left out after a step, and what follows."""
    onward = ladder.onward(number, Standpoint(stances, signatures))
    return *(ladder.rung(each.rung).key for each in onward.skipped), onward.rung.key if onward.rung else "end"


def test_refusal_and_silence_need_not_lead_to_the_same_letter():
    assert way(FORKED, 1, REFUSED) == ("answer",)
    assert way(FORKED, 1, signatures=100) == ("press",)


def test_a_branch_may_lead_to_the_end_with_steps_still_below():
    assert way(FORKED, 2, REFUSED) == ("end",)
    assert FORKED.is_last(2)
    assert not FORKED.is_last(1)


def test_a_step_whose_condition_does_not_hold_is_left_out_with_the_reason():
    assert way(FORKED, 1, signatures=99) == ("press", "reproach", "last")
    onward = FORKED.onward(1, Standpoint(signatures=99))
    assert [each.why for each in onward.skipped] == [
        "it needs 100 signatures and there are 99",
        "no commitment of theirs is broken",
    ]
    assert way(FORKED, 3, BROKEN | REFUSED) == ("reproach",)


def test_nobody_comes_to_the_steps_that_only_an_answer_leads_to_by_being_silent():
    assert FORKED.if_silent() == (1, 3, 5)
    assert FORKED.if_silent(signatures=99) == (1, 5)


def test_a_branch_that_names_nothing_below_ends_the_ladder_and_never_leads_back_up():
    back = Ladder((rung(1, "letter"), rung(2, "press", branches=branches_of([("otherwise", "letter")]))))
    assert way(back, 2) == ("end",)


@pytest.mark.parametrize(
    ("asks", "stances", "why"),
    [
        ({Stance.REFUSED}, SILENCE, "they have not refused"),
        ({Stance.SILENT}, REFUSED, "they are not silent"),
        ({Stance.UNREACHABLE}, SILENCE, "they can be reached"),
        ({Stance.REFUSED, Stance.BROKEN}, SILENCE, "they have not refused, and no commitment of theirs is broken"),
        ({Stance.REFUSED, Stance.BROKEN}, BROKEN, ""),
        ((), REFUSED, ""),
    ],
)
def test_a_condition_says_why_it_does_not_hold(asks, stances, why):
    assert Condition(frozenset(asks)).why_not(Standpoint(frozenset(stances))) == why


def test_supporters_of_the_silent_are_an_audience_of_their_own():
    whole, theirs = (Dispatch.named(audience, ("email",), "call") for audience in (SUPPORTERS, OF_THE_SILENT))
    assert (whole.audience, theirs.audience) == (SUPPORTERS, SUPPORTERS)
    assert (whole.whom, theirs.whom) == ("supporters", "supporters of the silent")
