"""A rate is kept whoever asks, in whatever order, and what it allows is really had."""

import random
import threading
from bisect import bisect_left
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from channels.rate import Rate
from outreach.bucket import Bucket, give_back, take
from tests.small_campaign import DAY, FRIDAY, SECOND

RATES = st.sampled_from(["1/s", "7/s", "3/min", "20/min", "100/min", "1/hour", "50/day"])
ASKED = st.lists(st.tuples(st.floats(0, 0.7), st.integers(1, 60), st.booleans()), min_size=1, max_size=25)
MANY = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


def most_in_any_window(gone: list[datetime], period: timedelta) -> int:
    """Of the windows that begin with one of them: later beginnings hold no more."""
    gone = sorted(gone)
    return max((bisect_left(gone, at + period) - n for n, at in enumerate(gone)), default=0)


@pytest.mark.django_db
@MANY
@given(said=RATES, asked=ASKED)
def test_no_window_ever_holds_more_than_the_rate(said, asked):
    rate, now, gone = Rate.parse(said), FRIDAY, []
    Bucket.objects.all().delete()
    for pause, wanted, is_bulk in asked:
        now += rate.period * pause
        gone += [now] * take("wire", rate, wanted, now, reserve=rate.at_once // 4 if is_bulk else 0).granted
    assert most_in_any_window(gone, rate.period) <= rate.number


@pytest.mark.django_db
@MANY
@given(said=RATES, asked=ASKED)
def test_who_comes_back_when_told_gets_what_was_promised(said, asked):
    rate, now = Rate.parse(said), FRIDAY
    Bucket.objects.all().delete()
    for pause, wanted, is_bulk in asked:
        now += rate.period * pause
        reserve = rate.at_once // 4 if is_bulk else 0
        until = take("wire", rate, wanted, now, reserve=reserve).until
        if until > now:
            assert take("wire", rate, 1, until - timedelta(microseconds=1), reserve=reserve).granted == 0
        now = until
        assert take("wire", rate, 1, now, reserve=reserve).granted == 1


@pytest.mark.django_db(transaction=True)
def test_many_workers_at_once_never_take_more_than_there_is():
    rate, gone, start = Rate.parse("300/min"), [], threading.Barrier(4)

    def worker(seed: int) -> None:
        chance = random.Random(seed)
        start.wait()
        for _ in range(40):
            now = FRIDAY + timedelta(seconds=chance.uniform(0, 20))  # their clocks differ, and they overtake each other
            gone.append((now, take("wire", rate, chance.randint(1, 9), now).granted))
        connection.close()

    threads = [threading.Thread(target=worker, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    granted = sum(number for _, number in gone)
    full_at = Bucket.objects.get().full_at
    assert len(gone) == 160
    assert granted <= rate.at_once + timedelta(seconds=20) / rate.interval
    assert full_at >= FRIDAY + granted * rate.interval


@pytest.mark.django_db
def test_the_whole_rate_but_for_what_may_go_at_once_is_really_had():
    rate, granted = Rate.parse("600/min"), 0
    for second in range(600):
        granted += take("wire", rate, 1000, FRIDAY + second * SECOND).granted
    assert granted == rate.at_once + 599 * SECOND // rate.interval


@pytest.mark.django_db
def test_who_is_in_less_of_a_hurry_leaves_something_for_the_others():
    rate = Rate.parse("100/min")
    assert take("wire", rate, 1000, FRIDAY, reserve=5).granted == 5
    assert take("wire", rate, 1000, FRIDAY, reserve=5).granted == 0
    assert take("wire", rate, 1000, FRIDAY).granted == 5


@pytest.mark.django_db
def test_what_is_given_back_can_be_taken_again():
    rate = Rate.parse("100/min")
    assert take("wire", rate, 10, FRIDAY).granted == 10
    give_back("wire", rate, 4)
    assert take("wire", rate, 10, FRIDAY).granted == 4


@pytest.mark.django_db
def test_a_take_that_is_rolled_back_took_nothing():
    rate = Rate.parse("100/min")
    take("wire", rate, 3, FRIDAY)
    with transaction.atomic():
        take("wire", rate, 7, FRIDAY)
        transaction.set_rollback(True)
    assert take("wire", rate, 10, FRIDAY).granted == 7


@pytest.mark.django_db
def test_a_clock_that_was_set_back_does_not_stop_everything():
    rate = Rate.parse("1/day")
    assert take("wire", rate, 1, FRIDAY + 30 * DAY).granted == 1
    again = take("wire", rate, 1, FRIDAY).until
    assert again == FRIDAY + rate.interval
    assert take("wire", rate, 1, again).granted == 1


@pytest.mark.django_db
def test_a_clock_that_is_a_little_behind_gets_no_more_for_it():
    rate = Rate.parse("10/s")
    assert take("wire", rate, 9, FRIDAY + SECOND).granted == 2
    for late in range(50):
        assert take("wire", rate, 1, FRIDAY - late * SECOND).granted == 0
    assert take("wire", rate, 1, FRIDAY + SECOND).granted == 0
