from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from campaigns.place import Place
from campaigns.spread import Curve, open_time, pieces, share, turn
from campaigns.window import Window

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
UTC_PLACE = Place(ZoneInfo("UTC"))
OFFICE = Window(time(9), time(17), is_for_workdays=True)
FRIDAY = datetime(2023, 4, 28, 16, tzinfo=UTC)


def at(spread: timedelta, part: float, *, window: Window = OFFICE, start: datetime = FRIDAY, curve=Curve.EVEN) -> str:
    return f"{turn(pieces(window, UTC_PLACE, start, spread, curve), part):%a %H:%M:%S}"


def test_without_a_spread_everything_leaves_when_the_window_opens():
    assert at(timedelta(), 0.0) == at(timedelta(), 0.999) == "Fri 16:00:00"
    assert at(timedelta(), 0.5, start=FRIDAY + HOUR) == "Mon 09:00:00"


def test_a_spread_goes_on_where_the_window_opens_again():
    assert [at(2 * HOUR, part) for part in (0.0, 0.25, 0.5, 0.75)] == [
        "Fri 16:00:00", "Fri 16:30:00", "Mon 09:00:00", "Mon 09:30:00",
    ]  # fmt: skip


def test_a_day_of_a_spread_is_one_day_s_opening_hours():
    assert at(DAY, 0.999999) == "Mon 15:59:59"
    assert open_time(OFFICE, 3 * DAY) == 24 * HOUR
    assert open_time(Window(), 3 * DAY) == 72 * HOUR


def test_a_longer_spread_never_takes_less_time():
    lengths = [open_time(OFFICE, hours * HOUR) for hours in range(60)]
    assert lengths == sorted(lengths)


def test_along_the_day_few_leave_at_night_and_most_when_people_read():
    whole_day = pieces(Window(), UTC_PLACE, datetime(2023, 5, 8, tzinfo=UTC), DAY, Curve.DAY)
    by_hour = [0] * 24
    for n in range(10_000):
        by_hour[turn(whole_day, n / 10_000).hour] += 1
    assert sum(by_hour[:5]) < 400
    assert min(by_hour[8:12]) > 500


def test_a_share_is_the_same_however_often_it_is_asked_and_another_for_another_name():
    assert share("bridge", "letter", "0", "ann") == share("bridge", "letter", "0", "ann")
    assert len({share("bridge", "letter", "0", f"{n}") for n in range(1000)}) == 1000


def test_shares_fall_evenly():
    tenths = [0] * 10
    for n in range(5000):
        tenths[int(share("wave", str(n)) * 10)] += 1
    assert all(400 < number < 600 for number in tenths)


@given(
    st.sampled_from(list(Curve)),
    st.integers(1, 72).map(lambda hours: hours * HOUR),
    st.integers(0, 7 * 24).map(lambda hours: FRIDAY + hours * HOUR),
    st.lists(st.floats(0, 1, exclude_max=True), min_size=2, max_size=20),
)
@example(Curve.DAY, 56 * HOUR, FRIDAY + HOUR, [0.0, 0.9999999999999999])
@settings(max_examples=80, deadline=None)
def test_every_turn_falls_in_open_time_in_the_order_of_the_shares(curve, spread, start, shares):
    spread_out = pieces(OFFICE, UTC_PLACE, start, spread, curve)
    turns = [turn(spread_out, each) for each in sorted(shares)]
    assert turns == sorted(turns)
    assert all(start <= each and OFFICE.is_open(UTC_PLACE, each) for each in turns)
    assert sum(piece.seconds for piece in spread_out) == pytest.approx(open_time(OFFICE, spread).total_seconds())
