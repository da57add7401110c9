from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.deadline import Days, Ends, Patience, earlier, end_of_day, later, start_of_next_day
from campaigns.place import Place, weekend_of
from tests.small_ladder import DAY, HOUR, SECOND

YEREVAN, PARIS, NEW_YORK = ZoneInfo("Asia/Yerevan"), ZoneInfo("Europe/Paris"), ZoneInfo("America/New_York")
SEVEN_DAYS = Patience(7 * DAY, Ends.END_OF_DAY)
ZONES = st.sampled_from(
    [
        "UTC", "Asia/Yerevan", "Europe/Paris", "America/New_York", "America/Sao_Paulo", "America/Havana",
        "Africa/Cairo", "America/Nuuk", "Pacific/Apia", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Kiritimati",
    ]
).map(ZoneInfo)  # fmt: skip
MOMENTS = st.integers(0, 70 * 365 * 86_400).map(lambda second: datetime.fromtimestamp(second, UTC))


def local(zone: ZoneInfo, *when: int) -> datetime:
    return datetime(*when, tzinfo=zone).astimezone(UTC)  # type: ignore[misc, arg-type]


def test_seven_days_from_publication_end_with_the_day_in_yerevan():
    deadline = SEVEN_DAYS.deadline(local(YEREVAN, 2023, 4, 28, 10), YEREVAN)
    assert deadline == datetime(2023, 5, 5, 19, 59, 59, tzinfo=UTC)
    assert deadline.astimezone(YEREVAN).isoformat() == "2023-05-05T23:59:59+04:00"


def test_the_next_step_begins_with_the_next_day():
    deadline = SEVEN_DAYS.deadline(local(YEREVAN, 2023, 4, 28, 10), YEREVAN)
    assert (deadline + SECOND).astimezone(YEREVAN).isoformat() == "2023-05-06T00:00:00+04:00"


def test_midnight_in_yerevan_is_the_afternoon_before_in_new_york():
    midnight = start_of_next_day(local(YEREVAN, 2023, 5, 5, 12), YEREVAN)
    assert midnight.astimezone(NEW_YORK).isoformat() == "2023-05-05T16:00:00-04:00"


def test_what_begins_with_the_first_or_last_second_of_a_day_ends_with_the_same_day():
    first = SEVEN_DAYS.deadline(local(YEREVAN, 2023, 4, 28), YEREVAN)
    last = SEVEN_DAYS.deadline(local(YEREVAN, 2023, 4, 28, 23, 59, 59), YEREVAN)
    assert first == last == local(YEREVAN, 2023, 5, 5, 23, 59, 59)


@pytest.mark.parametrize(
    ("zone", "begun", "ended"),
    [
        (PARIS, (2023, 3, 22, 10), "2023-03-29T23:59:59+02:00"),
        (PARIS, (2023, 10, 25, 10), "2023-11-01T23:59:59+01:00"),
        (NEW_YORK, (2023, 3, 8, 10), "2023-03-15T23:59:59-04:00"),
        (NEW_YORK, (2023, 11, 1, 10), "2023-11-08T23:59:59-05:00"),
    ],
)
def test_seven_days_over_a_change_of_the_clocks_end_with_the_seventh_day(zone, begun, ended):
    assert SEVEN_DAYS.deadline(local(zone, *begun), zone).astimezone(zone).isoformat() == ended


@pytest.mark.parametrize(
    ("zone", "begun", "real"),
    [
        (PARIS, (2023, 3, 22, 10), 167 * HOUR),
        (PARIS, (2023, 10, 25, 10), 169 * HOUR),
        (NEW_YORK, (2023, 3, 8, 10), 167 * HOUR),
        (NEW_YORK, (2023, 11, 1, 10), 169 * HOUR),
    ],
)
def test_seven_exact_days_over_a_change_of_the_clocks_end_at_the_same_time_of_day(zone, begun, real):
    start = local(zone, *begun)
    assert Patience(7 * DAY).deadline(start, zone) == start + real - SECOND


@pytest.mark.parametrize("month", [3, 10])
def test_hours_are_real_hours_also_over_a_change_of_the_clocks(month):
    start = local(PARIS, 2023, month, 25 if month == 3 else 28, 20)
    assert Patience(12 * HOUR).deadline(start, PARIS) == start + 12 * HOUR - SECOND


def test_a_day_and_hours_count_the_day_on_the_calendar_and_the_hours_in_real_time():
    start = local(PARIS, 2023, 3, 24, 22)
    assert later(start, DAY + 6 * HOUR, PARIS).astimezone(PARIS).isoformat() == "2023-03-26T05:00:00+02:00"


@pytest.mark.parametrize(("year", "ended"), [(2024, "2024-02-29"), (2023, "2023-03-01")])
def test_the_twenty_ninth_of_february_is_a_day_where_there_is_one(year, ended):
    deadline = SEVEN_DAYS.deadline(local(YEREVAN, year, 2, 22, 10), YEREVAN)
    assert deadline.astimezone(YEREVAN).isoformat() == f"{ended}T23:59:59+04:00"


def test_a_day_begun_on_the_twenty_ninth_of_february_ends_in_march():
    assert Patience(DAY).deadline(local(YEREVAN, 2024, 2, 29, 10), YEREVAN) == local(YEREVAN, 2024, 3, 1, 9, 59, 59)


@pytest.mark.parametrize(
    ("zone", "day", "first_of_the_next"),
    [
        ("America/Sao_Paulo", (2018, 11, 3), "2018-11-04T01:00:00-02:00"),
        ("America/Havana", (2023, 3, 11), "2023-03-12T01:00:00-04:00"),
    ],
)
def test_where_midnight_does_not_exist_the_next_day_begins_when_it_begins(zone, day, first_of_the_next):
    place = ZoneInfo(zone)
    end = end_of_day(local(place, *day, 12), place)
    assert end.astimezone(place).isoformat()[11:19] == "23:59:59"
    assert start_of_next_day(local(place, *day, 12), place).astimezone(place).isoformat() == first_of_the_next


def test_where_the_last_hour_of_a_day_comes_twice_the_second_one_is_still_in_time():
    cairo = ZoneInfo("Africa/Cairo")
    end = end_of_day(local(cairo, 2023, 10, 26, 12), cairo)
    assert end.astimezone(cairo).isoformat() == "2023-10-26T23:59:59+02:00"
    assert (end + SECOND).astimezone(cairo).isoformat() == "2023-10-27T00:00:00+02:00"


def test_where_the_last_hour_of_a_day_is_left_out_the_day_ends_before_it():
    nuuk = ZoneInfo("America/Nuuk")
    end = end_of_day(local(nuuk, 2024, 3, 30, 12), nuuk)
    assert end.astimezone(nuuk).isoformat() == "2024-03-30T22:59:59-02:00"
    assert (end + SECOND).astimezone(nuuk).isoformat() == "2024-03-31T00:00:00-01:00"


def test_midnight_that_comes_twice_ends_the_day_before_it_once():
    havana = ZoneInfo("America/Havana")
    end = end_of_day(local(havana, 2023, 11, 4, 12), havana)
    assert end.astimezone(havana).isoformat() == "2023-11-04T23:59:59-04:00"
    assert end_of_day(local(havana, 2023, 11, 5, 0, 30), havana) == end + 25 * HOUR


def test_a_day_that_a_country_left_out_is_counted_like_any_other():
    apia = ZoneInfo("Pacific/Apia")  # went from 29 to 31 December 2011
    deadline = Patience(2 * DAY, Ends.END_OF_DAY).deadline(local(apia, 2011, 12, 29, 10), apia)
    assert deadline.astimezone(apia).isoformat() == "2011-12-31T23:59:59+14:00"


def test_two_days_before_the_end_of_a_day_is_the_beginning_of_the_day_before():
    assert earlier(local(YEREVAN, 2023, 5, 6), 2 * DAY, YEREVAN) == local(YEREVAN, 2023, 5, 4)


def test_counting_back_over_a_change_of_the_clocks_keeps_the_time_of_day():
    assert earlier(local(PARIS, 2023, 3, 28, 10), 3 * DAY, PARIS) == local(PARIS, 2023, 3, 25, 10)


@given(begun=MOMENTS, days=st.integers(2, 400), zone=ZONES, ends=st.sampled_from(Ends))
def test_a_deadline_of_days_is_after_the_beginning_in_whole_seconds_of_utc(begun, days, zone, ends):
    deadline = Patience(days * DAY, ends).deadline(begun, zone)
    assert deadline > begun
    assert deadline.microsecond == 0
    assert deadline.tzinfo is UTC


@given(begun=MOMENTS, seconds=st.integers(2, 86_399), zone=ZONES)
def test_a_deadline_of_hours_is_exactly_so_much_later_less_its_own_second(begun, seconds, zone):
    span = timedelta(seconds=seconds)
    assert Patience(span).deadline(begun, zone) == begun + span - SECOND


@given(begun=MOMENTS, days=st.integers(1, 60), more=st.integers(0, 60), zone=ZONES, ends=st.sampled_from(Ends))
def test_more_days_never_end_sooner(begun, days, more, zone, ends):
    short, long = (Patience(n * DAY, ends).deadline(begun, zone) for n in (days, days + more))
    assert short <= long


@given(begun=MOMENTS, later_by=st.integers(0, 10**6), days=st.integers(1, 60), zone=ZONES)
def test_who_begins_later_never_has_to_be_done_sooner(begun, later_by, days, zone):
    patience = Patience(days * DAY, Ends.END_OF_DAY)
    assert patience.deadline(begun, zone) <= patience.deadline(begun + timedelta(seconds=later_by), zone)


@given(moment=MOMENTS, zone=ZONES)
def test_the_last_second_of_a_day_is_on_that_day_and_the_next_one_is_not(moment, zone):
    end = end_of_day(moment, zone)
    assert end >= moment
    assert end.astimezone(zone).date() == moment.astimezone(zone).date()
    assert (end + SECOND).astimezone(zone).date() > moment.astimezone(zone).date()


# Business days: the addressee's own

FIVE = Patience(5 * DAY, Ends.END_OF_DAY, Days.BUSINESS)
TEN_COUNTRIES = [
    ("AM", "Asia/Yerevan", (2023, 5, 5, 10), "2023-05-15T23:59:59+04:00"),  # Victory and Peace Day, 9 May
    ("AZ", "Asia/Baku", (2023, 3, 17, 10), "2023-03-31T23:59:59+04:00"),  # Novruz, 20 to 24 March
    ("RU", "Europe/Moscow", (2023, 5, 5, 10), "2023-05-16T23:59:59+03:00"),  # 8 May (a day moved) and Victory Day
    ("FR", "Europe/Paris", (2023, 4, 28, 10), "2023-05-09T23:59:59+02:00"),  # Labour Day and 8 May
    ("GB", "Europe/London", (2023, 5, 5, 10), "2023-05-15T23:59:59+01:00"),  # the Coronation, Monday 8 May
    ("US", "America/New_York", (2023, 11, 21, 10), "2023-11-29T23:59:59-05:00"),  # Thanksgiving
    ("DE", "Europe/Berlin", (2023, 4, 5, 10), "2023-04-14T23:59:59+02:00"),  # Good Friday and Easter Monday
    ("JP", "Asia/Tokyo", (2023, 4, 28, 10), "2023-05-10T23:59:59+09:00"),  # Golden Week, 3 to 5 May
    ("AE", "Asia/Dubai", (2023, 11, 30, 10), "2023-12-08T23:59:59+04:00"),  # National Day, 2 and 3 December: a weekend
    ("IL", "Asia/Jerusalem", (2023, 9, 14, 10), "2023-09-24T23:59:59+03:00"),  # New Year; weekend Friday, Saturday
]
FRIDAY_AND_SATURDAY = frozenset({4, 5})


@pytest.mark.parametrize(("country", "zone", "begun", "ended"), TEN_COUNTRIES, ids=[row[0] for row in TEN_COUNTRIES])
def test_five_business_days_leave_out_the_weekends_and_holidays_of_the_country(country, zone, begun, ended):
    place = Place(ZoneInfo(zone), country, weekend_of(country))
    deadline = FIVE.deadline(local(place.zone, *begun), YEREVAN, place)
    assert deadline.astimezone(place.zone).isoformat() == ended


def test_a_weekend_on_friday_and_saturday_is_nobodys_working_day_there():
    place = Place(ZoneInfo("Asia/Kuwait"), "", FRIDAY_AND_SATURDAY)
    thursday = local(place.zone, 2023, 4, 27, 10)
    one = Patience(DAY, Ends.END_OF_DAY, Days.BUSINESS).deadline(thursday, YEREVAN, place)
    assert one.astimezone(place.zone).isoformat() == "2023-04-30T23:59:59+03:00"  # Sunday


def test_a_business_day_ends_on_the_addressees_own_clock_and_not_the_campaigns():
    """Midnight in Yerevan is four in the afternoon in New York: there the day is not over."""
    place = Place(NEW_YORK, "US")
    midnight = local(YEREVAN, 2023, 5, 9)  # Monday 8 May, 16:00 in New York
    one = Patience(DAY, Ends.END_OF_DAY, Days.BUSINESS).deadline(midnight, YEREVAN, place)
    assert one.astimezone(NEW_YORK).isoformat() == "2023-05-09T23:59:59-04:00"
    assert one.astimezone(YEREVAN).isoformat() == "2023-05-10T07:59:59+04:00"


@pytest.mark.parametrize(
    ("begun", "ended"),
    [
        ((2023, 3, 24, 18), "2023-03-31T17:59:59+02:00"),  # clocks go forward on Sunday 26 March
        ((2023, 10, 27, 18), "2023-11-06T17:59:59+01:00"),  # and back on 29 October; All Saints' Day is 1 November
    ],
)
def test_exact_business_days_over_a_change_of_the_clocks_end_at_the_same_time_of_day(begun, ended):
    five = Patience(5 * DAY, days=Days.BUSINESS).deadline(local(PARIS, *begun), YEREVAN, Place(PARIS, "FR"))
    assert five.astimezone(PARIS).isoformat() == ended


@pytest.mark.parametrize(("year", "ended"), [(2024, "2024-02-29"), (2023, "2023-03-01")])
def test_a_deadline_in_business_days_may_fall_on_the_twenty_ninth_of_february(year, ended):
    place = Place(YEREVAN, "AM")
    five = FIVE.deadline(local(YEREVAN, year, 2, 22, 10), YEREVAN, place)
    assert five.astimezone(YEREVAN).date().isoformat() == ended


def test_begun_on_a_weekend_the_first_working_day_is_the_first_that_counts():
    saturday = local(PARIS, 2023, 6, 3, 10)
    one = Patience(DAY, days=Days.BUSINESS).deadline(saturday, YEREVAN, Place(PARIS, "FR"))
    assert one == local(PARIS, 2023, 6, 5, 10) - SECOND


def test_business_days_of_nobody_in_particular_are_weekdays_of_the_campaigns_zone():
    assert FIVE.deadline(local(YEREVAN, 2023, 5, 5, 10), YEREVAN) == local(YEREVAN, 2023, 5, 12, 23, 59, 59)


def test_where_nobody_ever_works_every_day_counts():
    never = Place(PARIS, "", frozenset(range(7)))
    assert FIVE.deadline(local(PARIS, 2023, 6, 1, 10), YEREVAN, never) == local(PARIS, 2023, 6, 6, 23, 59, 59)


@given(begun=MOMENTS, days=st.integers(1, 30), zone=ZONES)
def test_business_days_never_end_sooner_than_as_many_days_of_the_calendar(begun, days, zone):
    place = Place(zone, "", FRIDAY_AND_SATURDAY)
    business = Patience(days * DAY, Ends.END_OF_DAY, Days.BUSINESS).deadline(begun, YEREVAN, place)
    assert business >= Patience(days * DAY, Ends.END_OF_DAY).deadline(begun, zone)
    assert business.astimezone(zone).weekday() not in FRIDAY_AND_SATURDAY
