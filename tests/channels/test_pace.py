from datetime import UTC, datetime, timedelta

import pytest

from channels.pace import Pace, parted
from channels.rate import Rate
from channels.warm_up import WarmUp
from channels.wire import configured

FIRST = datetime(2026, 11, 24, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("said", "at_once", "interval"),
    [
        ("1/day", 1, DAY + timedelta(seconds=5)),
        ("20/min", 2, timedelta(seconds=3.2)),
        ("601/min", 60, timedelta(microseconds=110753)),
        ("10/s", 2, timedelta(microseconds=114286)),
    ],
)
def test_a_rate_lets_a_part_go_at_once_and_the_rest_one_by_one(said, at_once, interval):
    rate = Rate.parse(said)
    assert (rate.at_once, rate.interval) == (at_once, interval)


@pytest.mark.parametrize("said", ["", "600", "600/", "0/min", "-1/s", "1.5/min", "600/minute", "6e2/min", "99999999/s"])
def test_what_is_no_rate_is_refused_with_a_sentence(said):
    with pytest.raises(ValueError, match=f"“{said}” is not a rate: say how many in which time, as in 600/min"):
        Rate.parse(said)


@pytest.mark.parametrize(("said", "spoken"), [("1/s", "1 a second"), ("1000/hour", "1,000 an hour")])
def test_a_rate_is_spoken_as_people_do(said, spoken):
    assert str(Rate.parse(said)) == spoken


def test_an_account_warms_up_day_by_day_until_nothing_limits_it():
    warm_up = WarmUp.parse("2026-11-24:50*2")
    numbers = [rate.number if (rate := warm_up.rate(FIRST + n * DAY)) else None for n in (-9, 0, 1, 2, 14, 15, 9999)]
    assert numbers == [50, 50, 100, 200, 819_200, None, None]


def test_a_day_of_a_warm_up_is_a_day_in_utc():
    warm_up, east = WarmUp.parse("2026-11-24:50*1.5"), timedelta(hours=4)
    last_moment = datetime(2026, 11, 24, 23, 59, 59, tzinfo=UTC)
    assert warm_up.rate(last_moment + east - east).number == 50
    assert warm_up.rate(last_moment + timedelta(seconds=1)).number == 75


@pytest.mark.parametrize("said", ["", "50*2", "2026-11-24", "2026-11-24:0*2", "24.11.2026:50*2"])
def test_what_is_no_warm_up_is_refused_with_a_sentence(said):
    with pytest.raises(ValueError, match="is not a warm-up: say first day, number and growth, as in 2026-11-24:50"):
        WarmUp.parse(said)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [("2026-11-24:50*1", "never becomes warm"), ("2026-02-30:50*2", "a day that is in no calendar")],
)
def test_a_warm_up_that_cannot_be_is_refused(said, sentence):
    with pytest.raises(ValueError, match=sentence):
        WarmUp.parse(said)


@pytest.mark.parametrize(
    ("address", "rest"),
    [
        ("smtp://u:p%40w@mail.example:587?rate=600/min", "smtp://u:p%40w@mail.example:587"),
        ("smtp://mail.example?timeout=9&rate=600%2Fmin&ca=/a=b", "smtp://mail.example?timeout=9&ca=/a=b"),
        ("person:?rate=600/min", "person:"),
    ],
)
def test_any_address_may_say_a_rate_and_is_otherwise_as_it_was(address, rest):
    assert parted(address) == (rest, Pace(Rate.parse("600/min")))


def test_without_these_options_nothing_limits_a_wire():
    assert parted("sendgrid://key@?region=eu") == ("sendgrid://key@?region=eu", Pace())
    assert Pace().rates(FIRST) == {}


def test_the_wire_knows_the_pace_of_its_address():
    wire = configured("email", "smtp://mail.example?rate=20/min&warm_up=2026-11-24:50*2")
    assert {name: str(rate) for name, rate in wire.pace.rates(FIRST).items()} == {
        "rate": "20 a minute",
        "warm_up": "50 a day",
    }
    assert configured("email", "smtp://mail.example").pace == Pace()


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("smtp://u:secret@mail.example?rate=fast", "“fast” is not a rate"),
        ("smtp://u:secret@mail.example?rate=1/s&rate=2/s", "says rate twice"),
    ],
)
def test_a_pace_that_makes_no_sense_is_refused_without_showing_a_secret(address, sentence):
    with pytest.raises(ValueError, match=sentence) as refused:
        configured("email", address)
    assert "secret" not in str(refused.value)
