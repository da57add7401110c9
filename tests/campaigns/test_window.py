from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.place import Place, weekend_of
from campaigns.window import NeverOpens, Window, opens, spans

OFFICE = Window(time(9), time(17))
WORK = Window(time(9), time(17), is_for_workdays=True, skips_holidays=True)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def place(zone: str, country: str = "", weekend: frozenset[int] = frozenset({5, 6})) -> Place:
    return Place(ZoneInfo(zone), country, weekend)


def local(zone: str, *clock: Any, fold: int = 0) -> datetime:
    return datetime(*clock).replace(tzinfo=ZoneInfo(zone), fold=fold)  # noqa: DTZ001 (the zone comes after)


def opening(window: Window, where: Place, *clock: int, fold: int = 0) -> str:
    found = opens(window, where, local(where.zone.key, *clock, fold=fold))
    assert found.tzinfo is UTC
    return f"{found.astimezone(where.zone):%Y-%m-%d %H:%M:%S %z}"


def test_what_is_open_is_open_at_once_to_the_microsecond():
    at = datetime(2023, 5, 8, 9, 30, 0, 123456, UTC)
    assert opens(OFFICE, place("UTC"), at) == at


def test_the_closing_hour_is_closed_and_the_opening_hour_is_open():
    assert opening(OFFICE, place("UTC"), 2023, 5, 8, 17) == "2023-05-09 09:00:00 +0000"
    assert opening(OFFICE, place("UTC"), 2023, 5, 8, 9) == "2023-05-08 09:00:00 +0000"


def test_a_window_without_limits_is_always_open():
    assert Window().is_always_open
    assert opening(Window(), place("Asia/Yerevan"), 2023, 5, 7, 3) == "2023-05-07 03:00:00 +0400"


@pytest.mark.parametrize(
    ("zone", "asked", "opened"),
    [
        ("Europe/Paris", (2023, 3, 25, 18), "2023-03-26 09:00:00 +0200"),
        ("Europe/Paris", (2023, 10, 28, 18), "2023-10-29 09:00:00 +0100"),
        ("America/New_York", (2023, 3, 11, 18), "2023-03-12 09:00:00 -0400"),
        ("America/New_York", (2023, 11, 4, 18), "2023-11-05 09:00:00 -0500"),
        ("Australia/Lord_Howe", (2023, 9, 30, 18), "2023-10-01 09:00:00 +1100"),
        ("Australia/Lord_Howe", (2023, 4, 1, 18), "2023-04-02 09:00:00 +1030"),
        ("Asia/Yerevan", (2023, 3, 25, 18), "2023-03-26 09:00:00 +0400"),
        ("Asia/Kathmandu", (2023, 3, 25, 18), "2023-03-26 09:00:00 +0545"),
    ],
)
def test_nine_o_clock_stays_nine_o_clock_when_the_clocks_are_changed(zone, asked, opened):
    assert opening(OFFICE, place(zone), *asked) == opened


@pytest.mark.parametrize(
    ("zone", "hours", "asked", "opened"),
    [
        ("Europe/Paris", (time(2, 30), time(5)), (2023, 3, 26), "2023-03-26 03:00:00 +0200"),
        ("America/New_York", (time(2, 15), time(5)), (2023, 3, 12), "2023-03-12 03:00:00 -0400"),
        ("Australia/Lord_Howe", (time(2, 10), time(5)), (2023, 10, 1), "2023-10-01 02:30:00 +1100"),
    ],
)
def test_an_opening_hour_that_the_clocks_leave_out_is_the_moment_they_are_put_forward(zone, hours, asked, opened):
    assert opening(Window(*hours), place(zone), *asked) == opened


def test_a_window_that_the_clocks_leave_out_opens_on_the_next_day():
    early = Window(time(2, 10), time(2, 50))
    assert opening(early, place("Europe/Paris"), 2023, 3, 25, 12) == "2023-03-27 02:10:00 +0200"


def test_an_hour_that_comes_twice_opens_twice():
    late = Window(time(2, 30), time(2, 45))
    assert opening(late, place("Europe/Paris"), 2023, 10, 29) == "2023-10-29 02:30:00 +0200"
    assert opening(late, place("Europe/Paris"), 2023, 10, 29, 2, 50) == "2023-10-29 02:30:00 +0100"


def test_putting_the_clocks_back_can_open_a_window_that_had_closed():
    night = Window(time(1), time(2, 30))
    assert opening(night, place("Europe/Paris"), 2023, 10, 29, 2, 40) == "2023-10-29 02:00:00 +0100"


def test_a_day_that_a_country_skips_is_not_waited_for():
    samoa = place("Pacific/Apia")
    assert opening(OFFICE, samoa, 2011, 12, 29, 18) == "2011-12-31 09:00:00 +1400"


def test_the_leap_day_is_a_day_like_any_other():
    assert opening(WORK, place("UTC"), 2024, 2, 28, 18) == "2024-02-29 09:00:00 +0000"
    assert opening(WORK, place("UTC"), 2023, 2, 28, 18) == "2023-03-01 09:00:00 +0000"


def test_a_window_may_run_over_midnight():
    night = Window(time(22), time(2))
    assert opening(night, place("UTC"), 2023, 5, 8, 12) == "2023-05-08 22:00:00 +0000"
    assert opening(night, place("UTC"), 2023, 5, 9, 1, 59) == "2023-05-09 01:59:00 +0000"
    assert opening(night, place("UTC"), 2023, 5, 9, 2) == "2023-05-09 22:00:00 +0000"


def test_a_window_over_midnight_closes_where_the_weekend_begins_and_opens_where_it_ends():
    night = Window(time(22), time(2), is_for_workdays=True)
    assert opening(night, place("UTC"), 2023, 5, 6, 0, 30) == "2023-05-08 00:00:00 +0000"


@pytest.mark.parametrize(
    ("zone", "country", "weekend", "asked", "opened"),
    [
        ("Asia/Yerevan", "AM", {5, 6}, (2023, 4, 24), "2023-04-25 09:00:00 +0400"),  # day of remembrance
        ("Europe/Paris", "FR", {5, 6}, (2023, 7, 14), "2023-07-17 09:00:00 +0200"),
        ("Europe/Moscow", "RU", {5, 6}, (2023, 12, 31), "2024-01-09 09:00:00 +0300"),
        ("America/New_York", "US", {5, 6}, (2023, 7, 4), "2023-07-05 09:00:00 -0400"),
        ("Europe/London", "GB", {5, 6}, (2023, 12, 23), "2023-12-27 09:00:00 +0000"),
        ("Asia/Shanghai", "CN", {5, 6}, (2023, 10, 2), "2023-10-09 09:00:00 +0800"),
        ("Asia/Tehran", "IR", {3, 4}, (2023, 3, 20, 12), "2023-03-25 09:00:00 +0330"),
        ("Asia/Baku", "AZ", {5, 6}, (2023, 3, 8), "2023-03-09 09:00:00 +0400"),
        ("Europe/Malta", "MT", {5, 6}, (2023, 8, 15), "2023-08-16 09:00:00 +0200"),
        ("Asia/Tokyo", "JP", {5, 6}, (2023, 5, 3), "2023-05-08 09:00:00 +0900"),
        ("Africa/Accra", "GH", {5, 6}, (2023, 3, 6), "2023-03-07 09:00:00 +0000"),
        ("Asia/Dubai", "AE", {5, 6}, (2023, 12, 2), "2023-12-04 09:00:00 +0400"),
    ],
)
def test_public_holidays_and_the_weekend_of_the_recipients_own_country_are_waited_out(
    zone, country, weekend, asked, opened
):
    assert opening(WORK, place(zone, country, frozenset(weekend)), *asked) == opened


def test_holidays_do_not_count_where_nobody_asked_for_it():
    assert opening(OFFICE, place("America/New_York", "US"), 2023, 7, 4) == "2023-07-04 09:00:00 -0400"


def test_a_country_has_the_weekend_the_library_knows_and_else_the_usual_one():
    assert weekend_of("IR") == {4}
    assert weekend_of("AM") == weekend_of("XX") == {5, 6}


def test_a_calendar_without_a_day_of_work_never_opens():
    always_resting = place("UTC", weekend=frozenset(range(7)))
    with pytest.raises(NeverOpens, match="40 days"):
        opens(WORK, always_resting, datetime(2023, 5, 8, tzinfo=UTC))
    assert list(spans(WORK, always_resting, datetime(2023, 5, 8, tzinfo=UTC))) == []


hours = st.builds(time, st.integers(0, 23), st.sampled_from([0, 7, 30, 45]))
windows = st.builds(Window, hours, hours, st.booleans(), st.booleans())
ZONES = ["Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Asia/Yerevan", "Asia/Tehran", "Pacific/Apia"]
places = st.builds(
    Place,
    st.sampled_from(ZONES).map(ZoneInfo),
    st.sampled_from(["", "AM", "FR", "CN", "US"]),
    st.frozensets(st.integers(0, 6), max_size=5),
)
SPRING = "2023-03-12T07 2023-03-26T01 2023-09-30T15"
AUTUMN = "2023-04-01T15 2023-10-29T01 2023-11-05T06"
OTHER = "2011-12-30T10 2024-02-29T00"
near_a_change = st.sampled_from(f"{SPRING} {AUTUMN} {OTHER}".split())
moments = st.builds(
    lambda near, away: datetime.fromisoformat(f"{near}:00+00:00") + away,
    near_a_change,
    st.timedeltas(min_value=-2 * DAY, max_value=2 * DAY),
)


@given(windows, places, moments)
@settings(max_examples=120, deadline=None)
def test_it_opens_never_earlier_than_asked_and_at_the_first_open_minute(window, where, at):
    found = opens(window, where, at)
    assert found >= at
    assert window.is_open(where, found)
    between = at
    while between < min(found, at + 3 * DAY):
        assert not window.is_open(where, between)
        between += 7 * MINUTE
    if found > at:
        assert not window.is_open(where, found - timedelta(microseconds=1))


@given(windows, places, moments)
@settings(max_examples=60, deadline=None)
def test_open_time_comes_in_order_without_overlap_and_all_of_it_is_open(window, where, at):
    end = at
    for start, until in spans(window, where, at):
        assert end <= start < until
        assert window.is_open(where, start)
        assert window.is_open(where, until - timedelta(microseconds=1))
        end = until
        if end > at + 5 * DAY:
            break
