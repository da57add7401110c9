"""Every appeal ends in one final state or waits with a reason; the reason is there as long as it is true."""

import threading
from datetime import datetime

import pytest
from django.db import OperationalError, connection, transaction

from campaigns.addressee import ContactPoint
from campaigns.appeal import Appeal
from campaigns.campaign import Campaign
from campaigns.hold import Hold
from campaigns.outcome import record_outcome
from campaigns.position import Position
from campaigns.publication import pause, resume
from campaigns.wave import Turn
from outreach.clock import tick, tick_all
from outreach.delivery import Delivery
from outreach.proof import last_messages
from outreach.send import drain
from outreach.standing import positions
from tests.small_campaign import DAY, DEADLINE, FRIDAY, SECOND, published

pytestmark = pytest.mark.django_db
AFTER = DEADLINE + SECOND


@pytest.fixture
def now(monkeypatch):
    def pass_and_send(campaign: Campaign, moment: datetime) -> None:
        monkeypatch.setattr("outreach.send.now", lambda: moment)
        tick_all(moment)
        for channel in ("email", "x"):
            drain(channel, bulk=False)

    return pass_and_send


@pytest.fixture
def campaign(now) -> Campaign:
    campaign = published()
    now(campaign, FRIDAY)
    return campaign


def ann(campaign: Campaign) -> Appeal:
    return campaign.appeals.select_related("addressee").get(addressee__key="ann")


def waits(appeal: Appeal) -> list[str]:
    return list(appeal.pauses.filter(ended_at=None).values_list("sentence", flat=True))


def record(appeal: Appeal, kind: str, now: datetime) -> None:
    for demand in appeal.campaign.demands.all():
        record_outcome(appeal, demand, kind, evidence="a link", author="Mia", now=now)


def test_a_reason_to_wait_ends_with_the_hold_even_if_nothing_else_is_due(campaign, now):
    pause(campaign, reason="talks", author="Mia", now=FRIDAY + DAY)
    now(campaign, AFTER)
    assert waits(ann(campaign)) == ["the campaign is on hold: talks"]
    resume(campaign, author="Mia", now=AFTER + DAY)
    now(campaign, AFTER + DAY)
    assert waits(ann(campaign)) == []


def test_who_acted_waits_for_nothing_any_more(campaign, now):
    for appeal in campaign.appeals.all():
        record_outcome(
            appeal, campaign.demands.first(), "committed", until=(AFTER + DAY).date(), evidence="a letter",
            author="Mia", now=FRIDAY,
        )  # fmt: skip
    now(campaign, AFTER)
    assert len(waits(ann(campaign))) == 1
    for appeal in campaign.appeals.all():
        record(appeal, "done", AFTER + SECOND)
    now(campaign, AFTER + 2 * SECOND)
    assert waits(ann(campaign)) == []


def test_the_campaign_closes_when_everybody_has_acted(campaign, now):
    for appeal in campaign.appeals.all():
        record(appeal, "done", FRIDAY + DAY)
    now(campaign, FRIDAY + DAY + SECOND)
    campaign.refresh_from_db()
    assert (campaign.status, campaign.closed_at) == ("closed", FRIDAY + DAY + SECOND)


def test_a_correction_after_the_campaign_has_closed_opens_it_again_and_the_ladder_goes_on(campaign, now):
    for appeal in campaign.appeals.all():
        record(appeal, "done", FRIDAY + DAY)
    now(campaign, FRIDAY + DAY + SECOND)
    record(ann(campaign), "none", FRIDAY + 2 * DAY)
    now(campaign, AFTER)
    assert ann(campaign).step.key == "deadline"


def test_a_correction_before_the_first_letter_leaves_the_first_letter_to_come(now):
    campaign = published()
    record(ann(campaign), "done", FRIDAY)
    record(ann(campaign), "none", FRIDAY)
    now(campaign, FRIDAY)
    assert ann(campaign).status == "waiting"
    assert Delivery.objects.get(addressee__key="ann").state == "delivered"


def test_an_action_taken_back_during_a_hold_costs_no_time(campaign, now):
    hold = Hold.objects.place(addressee=ann(campaign).addressee, reason="talks", author="Mia", now=FRIDAY + DAY)
    record(ann(campaign), "done", FRIDAY + 2 * DAY)
    hold.lift(FRIDAY + 3 * DAY, "Mia")
    record(ann(campaign), "none", FRIDAY + 4 * DAY)
    assert ann(campaign).due_at == DEADLINE + 2 * DAY
    second = Hold.objects.place(addressee=ann(campaign).addressee, reason="more", author="Mia", now=FRIDAY + 5 * DAY)
    second.lift(FRIDAY + 6 * DAY, "Mia")
    assert ann(campaign).due_at == DEADLINE + 3 * DAY


def test_where_time_runs_from_delivery_a_letter_that_did_not_arrive_is_a_reason_that_is_shown(now):
    campaign = published(clock="delivery")
    now(campaign, FRIDAY)
    letter = Delivery.objects.get(addressee__key="ann")
    letter.appeal.addressee.contact_points.update(health="dead")
    Delivery.objects.filter(pk=letter.pk).update(state="bounced", delivered_at=None)
    now(campaign, FRIDAY + DAY)
    assert waits(ann(campaign)) == ["the letter of 28 April came back; they cannot be reached"]
    assert waits(campaign.appeals.get(addressee__key="bob")) == []


def test_a_letter_written_during_a_pause_names_the_deadline_that_now_runs(campaign, now):
    pause(campaign, reason="talks", author="Mia", now=FRIDAY + DAY)
    resume(campaign, author="Mia", now=FRIDAY + 11 * DAY)
    campaign.wordings.filter(name="reminder").update(body="Until {{ deadline | day }}.")
    now(campaign, AFTER + 8 * DAY)
    reminder = Delivery.objects.get(addressee__key="ann", wave__reminder=1)
    assert "15 May 2023" in reminder.text


def test_the_second_letter_names_the_deadline_that_was_missed_after_a_pause(campaign, now):
    pause(campaign, reason="talks", author="Mia", now=FRIDAY + DAY)
    resume(campaign, author="Mia", now=FRIDAY + 11 * DAY)
    now(campaign, AFTER + 10 * DAY)
    letter = Delivery.objects.get(addressee__key="ann", step__key="deadline", channel="x")
    assert letter.text == "Ann has not acted by 15 May 2023."


def test_where_time_runs_from_delivery_a_letter_names_the_addressees_own_deadline(now):
    campaign = published(clock="delivery")
    now(campaign, FRIDAY)
    Delivery.objects.filter(addressee__key="ann").update(delivered_at=FRIDAY + 3 * DAY)
    for moment in (FRIDAY + 3 * DAY, AFTER + 3 * DAY):
        now(campaign, moment)
    letter = Delivery.objects.get(addressee__key="ann", step__key="deadline", channel="x")
    assert letter.text == "Ann has not acted by 8 May 2023."


def test_one_campaign_that_fails_does_not_stop_the_others(now, monkeypatch):
    first, second = published(), published(slug="tunnel")
    Campaign.objects.filter(pk=first.pk).update(time_zone="Nowhere/At_All")
    now(second, FRIDAY)
    assert set(second.appeals.values_list("status", flat=True)) == {"waiting"}
    assert set(first.appeals.values_list("status", flat=True)) == {"planned"}


def test_the_reminders_of_each_step_are_its_own(campaign, now):
    second = campaign.steps.get(number=2)
    second.patience = 4 * DAY
    second.reminders = [{"audience": "addressees", "channels": ["email"], "wording": "reminder", "before": 24 * 3600}]
    second.save()
    for moment in (AFTER - 2 * DAY, AFTER, AFTER + 3 * DAY):
        now(campaign, moment)
    reminders = Turn.objects.filter(kind="follow-up", appeal=ann(campaign))
    assert list(reminders.values_list("step__key", "at")) == [
        ("letter", AFTER - 2 * DAY),
        ("deadline", AFTER + 3 * DAY),
    ]


@pytest.mark.django_db(transaction=True)
def test_an_outcome_cannot_slip_in_between_what_the_clock_reads_and_what_it_does(monkeypatch):
    campaign = published()
    tick(campaign, FRIDAY)
    refused: list[bool] = []

    def look_around(*read) -> list[Position]:
        def from_another_connection() -> None:
            try:
                with transaction.atomic():
                    list(Appeal.objects.select_for_update(nowait=True))
            except OperationalError:
                refused.append(True)
            connection.close()

        thread = threading.Thread(target=from_another_connection)
        thread.start()
        thread.join(10)
        return positions(*read)

    monkeypatch.setattr("outreach.stride.positions", look_around)
    tick(campaign, AFTER)
    assert refused == [True]


@pytest.mark.django_db(transaction=True)
def test_a_pass_leaves_a_campaign_that_another_pass_is_at_and_waits_for_nobody():
    campaign = published()
    done: list[bool] = []

    def second_pass() -> None:
        done.append(tick(campaign, FRIDAY).is_idle)
        connection.close()

    with transaction.atomic():
        assert tick(campaign, FRIDAY).begun == 3
        thread = threading.Thread(target=second_pass)
        thread.start()
        thread.join(10)
        assert done == [True]
    assert Delivery.objects.count() == 3


def test_a_reminder_that_could_not_leave_before_the_deadline_does_not_leave_after_it(campaign, now):
    tick(campaign, AFTER - 2 * DAY)
    now(campaign, AFTER)
    assert set(Delivery.objects.filter(wave__reminder=1).values_list("state", flat=True)) == {"expired"}


def test_a_letter_written_again_says_which_address_is_tried(campaign):
    office = campaign.appeals.get(addressee__key="ann").addressee
    ContactPoint.objects.create(addressee=office, channel="email", address="second@offices.example", position=2)
    letter = Delivery.objects.get(addressee=office)
    Delivery.objects.filter(pk=letter.pk).update(state="bounced", delivered_at=None)
    tick(campaign, FRIDAY + SECOND)
    (waits,) = last_messages([letter.appeal]).values()
    assert waits.trying == "the second address"
