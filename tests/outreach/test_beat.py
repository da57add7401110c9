from datetime import timedelta

import pytest
from django.db import OperationalError
from django.db.utils import ProgrammingError

from campaigns.hold import Hold
from outreach import beat as beating
from outreach.beat import PERIOD, Beat
from outreach.bulletin import Bulletin
from outreach.claim import LEASE, claim
from outreach.delivery import Delivery
from outreach.hear import hear
from outreach.letters.mailbag import Mailbag
from outreach.seal import sealed
from tests.letters import confirmed
from tests.small_campaign import DAY, DEADLINE, FRIDAY, SECOND, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def hints(monkeypatch) -> list[list[tuple[str, str]]]:
    given: list[list[tuple[str, str]]] = []
    monkeypatch.setattr(beating, "hint", given.append)
    return given


@pytest.fixture
def at(monkeypatch):
    def set_clock(moment) -> Beat:
        monkeypatch.setattr(beating, "now", lambda: moment)
        monkeypatch.setattr(beating, "close_old_connections", lambda: None)
        return Beat()

    return set_clock


def test_one_beat_does_a_pass_over_every_running_campaign_and_tells_the_workers(at, hints):
    published()
    published(slug="tunnel")
    at(FRIDAY).beat()
    assert Delivery.objects.filter(state="due").count() == 6
    assert hints == [[("email", "addressees")]]


def test_a_beat_settles_what_a_worker_left_behind_and_hints_at_it_in_the_same_pass(at, hints):
    published()
    at(FRIDAY).beat()
    claim("email", FRIDAY, FRIDAY - 10 * LEASE, bulk=False, limit=10)
    at(FRIDAY).beat()
    assert set(Delivery.objects.values_list("state", flat=True)) == {"due"}
    assert hints[-1] == [("email", "addressees")]


def test_a_beat_ends_holds_whose_time_is_over(at, hints):
    campaign = published()
    hold = Hold.objects.place(campaign=campaign, reason="talks", author="Mia", now=FRIDAY, until=FRIDAY + DAY)
    at(FRIDAY + 2 * DAY).beat()
    hold.refresh_from_db()
    assert (hold.lifted_at, hold.lifted_by) == (FRIDAY + DAY, "the clock")


def test_a_database_that_is_away_is_waited_for_and_the_next_beat_does_the_work(at, hints, monkeypatch):
    published()
    beat = at(FRIDAY)
    with monkeypatch.context() as away:
        away.setattr(beating, "tick_all", lambda now: (_ for _ in ()).throw(OperationalError("connection refused")))
        assert beat.beat_safely() == PERIOD
    assert not Delivery.objects.exists()
    beat.beat_safely()
    assert Delivery.objects.count() == 3


def test_a_defect_is_not_taken_for_a_database_that_is_away(at, hints, monkeypatch):
    beat = at(FRIDAY)
    monkeypatch.setattr(beating, "tick_all", lambda now: (_ for _ in ()).throw(ProgrammingError("no such table")))
    with pytest.raises(ProgrammingError):
        beat.beat_safely()


def test_the_next_beat_comes_when_the_next_step_is_due_and_never_later_than_a_period(at, hints):
    campaign = published()
    beat = at(FRIDAY)
    beat.beat()
    campaign.appeals.update(look_at=DEADLINE + SECOND)
    assert beat.seconds_to_wait(DEADLINE + SECOND - timedelta(milliseconds=200)) == pytest.approx(0.2)
    assert beat.seconds_to_wait(FRIDAY) == PERIOD
    campaign.appeals.update(status="exhausted")
    assert beat.seconds_to_wait(FRIDAY) == PERIOD


def test_a_fast_clock_waits_for_the_next_step_in_its_own_time(at, hints, monkeypatch):
    campaign = published()
    campaign.appeals.update(look_at=FRIDAY + timedelta(hours=1))
    monkeypatch.setenv("OUTREACH_TIME", f"{FRIDAY.isoformat()} 0 10800")
    assert at(FRIDAY).seconds_to_wait(FRIDAY) == pytest.approx(1 / 3)


def test_the_clock_stops_when_told_to(at, hints, monkeypatch):
    beat = at(FRIDAY)
    monkeypatch.setattr("signal.signal", lambda *_: None)
    monkeypatch.setattr(beat, "beat_safely", lambda: beat.stopping.set() or 0.0)
    beat.run_forever()
    assert beat.stopping.is_set()


def test_a_beat_tells_the_workers_that_there_is_news_until_it_is_read(at, hints, monkeypatch):
    told: list[str] = []

    def give_hint(actor) -> bool:
        told.append(actor.actor_name)
        return True

    monkeypatch.setattr(beating, "give_hint", give_hint)
    beat = at(FRIDAY)
    beat.beat()
    assert told == []
    Bulletin.objects.create(provider="sendgrid", body=sealed(b"[]"), received_at=FRIDAY)
    beat.beat()
    beat.beat()
    assert told == ["hear"]  # the same hint is not given again at once
    hear()
    at(FRIDAY).beat()
    assert told == ["hear"]


@pytest.fixture
def told(monkeypatch) -> list[tuple[str, ...]]:
    """What workers were told to look at."""
    told: list[tuple[str, ...]] = []

    def give_hint(actor, *about: str) -> bool:
        told.append((actor.actor_name, *about))
        return True

    monkeypatch.setattr(beating, "give_hint", give_hint)
    return told


def test_a_beat_tells_the_workers_that_there_is_something_to_ask_about(at, hints, told):
    published()
    beat = at(FRIDAY)
    beat.beat()
    Delivery.objects.update(state="unknown", channel="x", wire="x")
    beat.beat()
    beat.beat()
    assert [each for each in told if each[0] == "ask"] == [("ask", "x")]


def test_a_beat_tells_the_workers_that_there_is_something_to_note_and_only_then(at, hints, told):
    at(FRIDAY).beat()
    assert told == []
    published()
    at(FRIDAY).beat()
    assert told == [("note",)]


def test_a_beat_tells_the_workers_that_supporters_letters_wait_and_settles_what_was_left_behind(at, hints, told):
    campaign = published()
    beat = at(FRIDAY)
    beat.beat()
    assert ("post_letters",) not in told
    (letter,) = confirmed(campaign, 1)
    bag = Mailbag.objects.create(
        campaign=campaign,
        addressee=letter.addressee,
        number=1,
        state="sending",
        due_at=FRIDAY,
        created_at=FRIDAY,
        lease_until=FRIDAY,
    )
    beat.beat()
    beat.beat()
    bag.refresh_from_db()
    assert (told.count(("post_letters",)), bag.state) == (1, "unknown")
