"""A change of the machine's clock, another time-zone database or an old backup stops the clock and asks a person."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import transaction
from redis.exceptions import ConnectionError as Away

from campaigns.appeal import Appeal
from campaigns.hold import Hold, standstill
from outreach import watch as watching
from outreach.clock import tick, tick_all
from outreach.pulse import Pulse, Reading, disagreement, doubt, read_clocks
from outreach.standstill import go
from outreach.watch import watch
from tests.small_campaign import DAY, FRIDAY, SECOND, published

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
NOON = Reading(datetime(2023, 5, 1, 12, tzinfo=UTC), "boot", 1000.0)


def later(clock: timedelta, uptime: timedelta, boot: str = "boot") -> Reading:
    return Reading(NOON.at + clock, boot, NOON.uptime + uptime.total_seconds())


@pytest.mark.parametrize(
    "now",
    [
        pytest.param(later(SECOND, SECOND), id="the next pass"),
        pytest.param(later(30 * DAY, 30 * DAY), id="passes missed for a month while the machine ran"),
        pytest.param(later(100 * DAY, 100 * DAY), id="a machine that slept for longer than anybody is away"),
        pytest.param(later(5 * DAY, MINUTE - NOON.uptime * SECOND, "another"), id="all of it was off for days"),
        pytest.param(later(-MINUTE, SECOND, "another"), id="another machine takes over, a minute behind"),
        pytest.param(later(HOUR, SECOND), id="put right by an hour"),
        pytest.param(later(-MINUTE, SECOND), id="put back by a minute"),
    ],
)
def test_time_that_may_have_passed_is_believed(now):
    assert doubt(NOON, now) == ""


@pytest.mark.parametrize(
    ("now", "sentence"),
    [
        (later(7 * DAY, SECOND), "The clock jumped ahead by 6 days: from 1 May 2023, 12:00 UTC to 8 May 2023"),
        (later(3 * HOUR, SECOND), "The clock jumped ahead by 2 h 59 min"),
        (later(-3 * HOUR, SECOND), "The clock went back: the last pass was at 1 May 2023, 12:00 UTC, and now it is"),
        (later(HOUR, 3 * HOUR), "The clock was put back by 2 h 0 min: it should be 1 May 2023, 15:00 UTC"),
        (later(-HOUR, SECOND, "another"), "The clock went back"),
        (later(60 * DAY, SECOND, "another"), "The last pass was 60 days ago, at 1 May 2023, 12:00 UTC: was all of it"),
    ],
)
def test_time_that_cannot_have_passed_is_doubted_with_a_sentence(now, sentence):
    assert doubt(NOON, now).startswith(sentence)


def test_two_machines_that_disagree_about_the_time_are_doubted_unless_that_is_known():
    assert disagreement(NOON.at, NOON.at + HOUR, timedelta()) == ""
    said = disagreement(NOON.at, NOON.at + 2 * HOUR, timedelta())
    assert said.startswith("It is 1 May 2023, 12:00 UTC here and 1 May 2023, 14:00 UTC where the database is")
    assert disagreement(NOON.at, NOON.at + 2 * HOUR, 2 * HOUR) == ""


def test_this_machines_clocks_can_be_read_and_agree_with_themselves():
    one, two = read_clocks(), read_clocks()
    assert one.boot == two.boot
    assert doubt(one, two) == ""


# With a database


@pytest.fixture
def clocks(db, monkeypatch):
    """`clocks(reading)`: what the machine's clocks say now, and the database's with them. A pass was at noon."""
    cache.clear()

    def say(reading: Reading, there: datetime | None = None) -> Hold | None:
        monkeypatch.setattr(watching, "read_clocks", lambda: reading)
        monkeypatch.setattr(watching, "database_clock", lambda: there or reading.at)
        return watch(reading.at)

    monkeypatch.setattr(transaction, "on_commit", lambda act: act())
    assert say(NOON) is None
    yield say
    cache.clear()


def test_a_jump_stops_everything_until_a_person_says_that_the_clock_is_right(clocks):
    jumped = later(7 * DAY, SECOND)
    hold = clocks(jumped)
    assert hold.is_doubt
    assert hold.author == "the clock"
    assert clocks(later(7 * DAY + SECOND, 2 * SECOND)) is None
    assert standstill(jumped.at) == hold
    go(author="Mia", now=jumped.at, clock_is_right=True)
    assert clocks(later(7 * DAY + MINUTE, MINUTE)) is None
    assert standstill(jumped.at + MINUTE) is None


def test_a_jump_ahead_fires_no_step_and_leaves_the_deadline_where_it_was_when_it_is_put_right(clocks):
    campaign = published(now=NOON.at)
    tick(campaign, NOON.at)
    before = set(Appeal.objects.values_list("due_at", flat=True))
    jumped = later(30 * DAY, SECOND)
    clocks(jumped)
    assert tick_all(jumped.at) == {}
    right = later(HOUR, HOUR)
    go(author="Mia", now=right.at, clock_is_right=True)
    assert clocks(right) is None
    tick_all(right.at)
    assert set(Appeal.objects.values_list("due_at", "step__number")) == {(due, 1) for due in before}


def test_a_clock_put_back_moves_no_deadline_by_more_than_the_time_it_was_doubted(clocks):
    campaign = published(now=NOON.at)
    tick(campaign, NOON.at)
    before = Appeal.objects.earliest("due_at").due_at
    clocks(later(-3 * HOUR, SECOND))
    go(author="Mia", now=NOON.at + 10 * MINUTE, clock_is_right=True)
    assert set(Appeal.objects.values_list("due_at", flat=True)) == {before + 10 * MINUTE}


def test_a_database_older_than_the_last_pass_that_was_seen_stops_everything(clocks):
    backup = Pulse.objects.values("number", "at", "boot", "uptime", "zones").get()
    for minute in range(1, 4):
        clocks(later(minute * MINUTE, minute * MINUTE))
    Pulse.objects.update(**backup)
    hold = clocks(later(5 * MINUTE, 5 * MINUTE))
    assert hold.reason.startswith(
        "The database is older than what has happened: its last pass was at 1 May 2023, 12:00 UTC, and a pass at 1 May"
        " 2023, 12:03 UTC was seen. If a backup was put back"
    )
    go(author="Mia", now=NOON.at + HOUR, clock_is_right=True)
    assert clocks(later(HOUR, HOUR)) is None
    assert clocks(later(HOUR + SECOND, HOUR + SECOND)) is None


def test_a_queue_that_was_flushed_is_no_reason_to_stop(clocks):
    cache.clear()
    assert clocks(later(SECOND, SECOND)) is None


def test_a_queue_that_is_away_is_no_reason_to_stop(clocks, monkeypatch):
    def away(*_: object, **__: object) -> None:
        raise Away("refused")

    monkeypatch.setattr(cache, "get", away)
    monkeypatch.setattr(cache, "set", away)
    assert clocks(later(SECOND, SECOND)) is None


def test_another_clock_at_the_database_is_asked_about_once(clocks):
    wrong = NOON.at + DAY
    assert "where the database is" in clocks(later(SECOND, SECOND), wrong).reason
    go(author="Mia", now=NOON.at, clock_is_right=True)
    assert clocks(later(MINUTE, MINUTE), wrong + MINUTE) is None
    assert clocks(later(HOUR, HOUR), wrong + HOUR) is None


def test_a_new_time_zone_database_moves_a_deadline_to_the_end_of_its_day_never_back(clocks, monkeypatch):
    """Yerevan's clocks are put back by an hour: its 5 May ends an hour later than was said."""
    campaign = published(time_zone="Asia/Yerevan")
    tick(campaign, FRIDAY)
    said = datetime(2023, 5, 5, 19, 59, 59, tzinfo=UTC)
    too_early = {"ann": -HOUR, "bob": HOUR, "cat": timedelta()}
    for key, by in too_early.items():
        Appeal.objects.filter(addressee__key=key).update(due_at=said + by)
        campaign.appeals.get(addressee__key=key).turns.update(due_at=said + by)
    monkeypatch.setattr(watching, "zones_version", lambda: "2099a")
    assert clocks(later(SECOND, SECOND)) is None
    assert dict(Appeal.objects.values_list("addressee__key", "due_at")) == {
        "ann": said,
        "bob": said + HOUR,
        "cat": said,
    }
    record = campaign.interventions.get()
    assert (record.kind, record.due_before, record.due_after) == ("zone", said - HOUR, said)
    assert "to 2099a" in record.reason
    assert clocks(later(2 * SECOND, 2 * SECOND)) is None
    assert campaign.interventions.count() == 1


def test_a_deadline_that_a_hold_moved_hangs_on_no_day(clocks, monkeypatch):
    campaign = published()
    tick(campaign, FRIDAY)
    Appeal.objects.update(due_at=datetime(2023, 5, 5, 22, 59, 59, tzinfo=UTC))
    monkeypatch.setattr(watching, "zones_version", lambda: "2099a")
    clocks(later(SECOND, SECOND))
    assert not campaign.interventions.exists()


def test_a_leap_day_is_a_day_like_any_other(clocks):
    campaign = published(now=datetime(2024, 2, 22, 10, tzinfo=UTC))
    tick(campaign, datetime(2024, 2, 22, 10, tzinfo=UTC))
    assert set(Appeal.objects.values_list("due_at", flat=True)) == {datetime(2024, 2, 29, 23, 59, 59, tzinfo=UTC)}
    assert tick(campaign, datetime(2024, 2, 29, 23, 59, 59, tzinfo=UTC)).begun == 0
