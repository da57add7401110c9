"""The kill switch: while everything is stopped nothing leaves and no clock moves; afterwards nothing was lost."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from campaigns.appeal import Appeal
from campaigns.hold import ClockInDoubt, Hold, NotHoldable, standstill
from campaigns.publication import NotPublishable, publish
from outreach.chunk_claim import claim_chunk, next_chunk_due
from outreach.claim import claim
from outreach.clock import tick, tick_all
from outreach.delivery import Delivery
from outreach.send import drain
from outreach.settle import intend
from outreach.standstill import go, stop
from outreach.window import intend as intend_window
from tests.small_campaign import DAY, DEADLINE, FRIDAY, SECOND, draft, published, supporters

pytestmark = pytest.mark.django_db
HOUR = DAY / 24
REAL = datetime(2026, 1, 1, tzinfo=UTC)


def stopped(at=FRIDAY, **fields) -> Hold:
    return stop(**{"reason": "the letters are wrong", "author": "Mia", "now": at, **fields})


@pytest.fixture
def campaign():
    campaign = published()
    tick(campaign, FRIDAY)
    return campaign


def test_no_letter_is_claimed_while_everything_is_stopped_and_each_is_afterwards(campaign):
    stopped()
    assert not claim("email", FRIDAY, REAL, bulk=False, limit=10)
    go(author="Mia", now=FRIDAY)
    assert len(claim("email", FRIDAY, REAL, bulk=False, limit=10)) == 3


def test_what_was_claimed_before_the_stop_is_put_back_before_the_wire_is_touched(campaign):
    claimed = claim("email", FRIDAY, REAL, bulk=False, limit=10)
    stopped()
    assert intend(claimed, FRIDAY, "smtp") == []
    assert set(Delivery.objects.values_list("state", flat=True)) == {"due"}


def test_no_post_leaves(campaign):
    Delivery.objects.update(channel="x", audience="public")
    stopped()
    assert drain("x", bulk=False) == 0


def test_no_chunk_is_claimed_and_a_claimed_one_stops_within_its_window(campaign):
    supporters(campaign, 3)
    Appeal.objects.update(due_at=FRIDAY, step=campaign.steps.get(number=2), look_at=FRIDAY)
    Delivery.objects.update(state="delivered", delivered_at=FRIDAY - 2 * DAY)
    tick(campaign, FRIDAY + SECOND)
    claimed = claim_chunk("email", FRIDAY + DAY, REAL)
    assert claimed
    stopped(FRIDAY + DAY)
    window = intend_window(claimed, claimed.readers, 3, [], FRIDAY + DAY, REAL)
    assert not window.is_ours
    claimed.chunk.move("due")
    assert claim_chunk("email", FRIDAY + DAY, REAL) is None
    assert next_chunk_due("email", FRIDAY) is None


def test_no_step_begins_however_late_it_is(campaign):
    stopped()
    assert tick_all(DEADLINE + 30 * DAY) == {}
    assert tick(campaign, DEADLINE + 30 * DAY).is_idle


def test_the_time_that_was_left_is_left_afterwards(campaign):
    stopped(FRIDAY + DAY)
    go(author="Mia", now=FRIDAY + 3 * DAY)
    assert set(Appeal.objects.values_list("due_at", "stopped_at")) == {(DEADLINE + 2 * DAY, None)}


def test_a_clock_that_another_hold_keeps_still_goes_on_only_with_that(campaign):
    ann = Appeal.objects.get(addressee__key="ann")
    own = Hold.objects.place(addressee=ann.addressee, reason="ill", author="Mia", now=FRIDAY)
    stopped(FRIDAY + DAY)
    go(author="Mia", now=FRIDAY + 2 * DAY)
    ann.refresh_from_db()
    assert (ann.stopped_at, ann.due_at) == (FRIDAY, DEADLINE)
    own.lift(FRIDAY + 3 * DAY, "Mia")
    ann.refresh_from_db()
    assert (ann.stopped_at, ann.due_at) == (None, DEADLINE + 3 * DAY)
    assert Appeal.objects.get(addressee__key="bob").due_at == DEADLINE + DAY


def test_a_stop_may_end_by_itself(campaign):
    stopped(until=FRIDAY + HOUR)
    assert standstill(FRIDAY + HOUR - SECOND)
    tick_all(FRIDAY + 2 * HOUR)
    assert standstill(FRIDAY + 2 * HOUR) is None
    assert set(Appeal.objects.values_list("due_at", flat=True)) == {DEADLINE + HOUR}


def test_nothing_is_published_while_everything_is_stopped():
    stopped()
    with pytest.raises(NotPublishable, match="Everything is on hold, and no deadline begins: the letters are wrong"):
        publish(draft(), FRIDAY)


def test_a_stop_needs_a_reason():
    with pytest.raises(NotHoldable, match="needs a reason"):
        stopped(reason=" ")


def test_a_stop_that_doubts_the_clock_is_lifted_only_by_who_says_that_it_is_right(campaign):
    Hold.objects.place_on_everything(reason="The clock went back", author="the clock", now=FRIDAY, is_doubt=True)
    stopped()
    with pytest.raises(ClockInDoubt, match=r"The clock went back\. Look at the clock first"):
        go(author="Mia", now=FRIDAY)
    assert Hold.objects.standing(FRIDAY).count() == 2
    assert len(go(author="Mia", now=FRIDAY, clock_is_right=True)) == 2
    assert go(author="Mia", now=FRIDAY) == []


# The doors


def test_public_pages_say_the_note_and_no_reason():
    stop(reason="a secret", note="We have paused our letters.", author="Mia", now=datetime.now(UTC))
    page = Client().get("/unsubscribe").text
    assert "We have paused our letters." in page
    assert "a secret" not in page


def test_a_supervisor_is_told_and_restarts_nothing():
    assert Client().get("/healthz").content == b"ok\n"
    stopped(datetime.now(UTC))
    answer = Client().get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\nstopped\n")
