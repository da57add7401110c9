"""Each way in which systems with a clock have done harm, by its name, and what happens here instead."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from campaigns.appeal import Appeal
from campaigns.campaign import Campaign
from campaigns.wave import Pause, Turn
from outreach.clock import tick, tick_all
from outreach.delivery import Delivery
from outreach.news import bounced
from outreach.response import Response
from outreach.send import drain
from tests.small_campaign import DAY, DEADLINE, FRIDAY, SECOND, published

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
LATE = DEADLINE + SECOND


@pytest.fixture
def passing(monkeypatch):
    """`passing(moment)`: the clock passes, and what is due leaves and arrives."""

    def go(moment: datetime) -> None:
        monkeypatch.setattr("outreach.send.now", lambda: moment)
        tick_all(moment)
        for channel in ("email", "x"):
            drain(channel, bulk=False)
            drain(channel, bulk=True)

    return go


def ann() -> Appeal:
    return Appeal.objects.get(addressee__key="ann")


def letters(**fields) -> int:
    return Delivery.objects.filter(appeal=ann(), channel="email", sent_at__isnull=False, **fields).count()


def test_chased_a_reply_that_lay_unread(passing):
    """An answer had come, nobody had opened it, and the reminder and the escalation went out all the same."""
    published()
    passing(FRIDAY)
    Response.objects.create(appeal=ann(), channel="email", received_at=FRIDAY + 3 * DAY)
    for day in (2, 5, 6, 7, 8, 29):
        passing(FRIDAY + day * DAY)
    assert letters() == 1
    assert ann().step.number == 1
    waits = Pause.objects.get(appeal=ann(), ended_at=None)
    assert waits.sentence == "an answer from 1 May lies unread"


def test_chased_twice_on_consecutive_days(passing):
    """The reminder went out late, and the escalation the day after it, because each counted for itself."""
    published()
    passing(FRIDAY)
    passing(DEADLINE - HOUR)  # the reminder of two days before leaves only now
    assert letters(wave__reminder=1) == 1
    passing(LATE)
    assert ann().step.number == 1
    assert [each.code for each in Pause.objects.filter(appeal=ann(), ended_at=None)] == ["gap"]
    passing(DEADLINE - HOUR + DAY - SECOND)
    assert letters() == 2
    passing(DEADLINE - HOUR + DAY)
    assert letters() == 3
    sent = Delivery.objects.filter(appeal=ann(), channel="email").order_by("sent_at").values_list("sent_at", flat=True)
    assert all(after - before >= DAY for before, after in pairwise(sent))


def test_counted_from_submission_instead_of_sending(passing):
    """The seven days ran from the moment somebody pressed a button, while the letter lay in a queue."""
    campaign = published(clock="delivery")
    tick(campaign, FRIDAY)
    assert ann().due_at is None
    tick(campaign, FRIDAY + 3 * DAY)
    assert ann().due_at is None
    passing(FRIDAY + 4 * DAY)
    tick(campaign, FRIDAY + 4 * DAY + SECOND)
    assert ann().due_at == DEADLINE + 4 * DAY


def test_counted_time_against_somebody_whose_letter_had_come_back(passing):
    campaign = published(clock="delivery")
    passing(FRIDAY)
    letter = Delivery.objects.get(appeal=ann())
    bounced(letter, FRIDAY + HOUR, "no such mailbox")
    for day in (1, 7, 8, 29):
        tick(campaign, FRIDAY + day * DAY)
    assert (ann().step.number, ann().due_at) == (1, None)


@pytest.mark.parametrize("missed", [1, 2, 10])
def test_lost_overdue_events_when_a_nightly_run_was_missed(passing, missed):
    """The job looked for what fell due since yesterday; where yesterday's had failed, the day was never looked at."""
    published()
    passing(FRIDAY)
    passing(FRIDAY + 6 * DAY)
    passing(DEADLINE + missed * DAY)
    assert {each.step.number for each in Appeal.objects.all()} == {2}
    assert Turn.objects.filter(kind="escalation", missed_at=DEADLINE).count() == 3


def test_stopped_nagging_never(passing):
    """Nobody had said when it was enough, so the same office was written to for years."""
    published()
    for day in range(26):
        passing(FRIDAY + day * DAY)
    assert {each.status for each in Appeal.objects.all()} == {"exhausted"}
    assert Campaign.objects.get().status == "closed"
    before = Delivery.objects.count()
    for year in range(1, 4):
        passing(FRIDAY + 365 * year * DAY)
    assert Delivery.objects.count() == before
    assert letters() == 3  # a letter, a reminder, and word of the deadline
