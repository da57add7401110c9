from zoneinfo import ZoneInfo

import pytest

from campaigns.ladder import ADDRESSEES, PUBLIC, SUPPORTERS, Dispatch, Reminder
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
    assert steps.after(1) is steps.rung(2)
    assert steps.after(4) is None
