"""An address is given time while its server is down, and is left when it is clear that it is dead."""

from datetime import datetime, timedelta

import pytest

from campaigns.addressee import ContactPoint
from campaigns.campaign import Campaign
from channels.answer import Answer, Delayed, Receipt, Refused
from outreach.clock import tick
from outreach.delivery import Delivery
from outreach.health import note_bounce, note_proof
from outreach.news import bounced, proven
from outreach.send import drain
from tests.outreach.wires import Told
from tests.small_campaign import DAY, FRIDAY, SECOND, published

pytestmark = pytest.mark.django_db
FULL = Delayed("The server did not take the recipient: 452 4.2.2 mailbox full", timedelta(hours=6), "4.2.2")


@pytest.fixture
def campaign() -> Campaign:
    campaign = published()
    tick(campaign, FRIDAY)
    Delivery.objects.exclude(addressee__key="ann").delete()
    return campaign


def letter() -> Delivery:
    return Delivery.objects.get(addressee__key="ann")


def point() -> ContactPoint:
    return ContactPoint.objects.get(addressee__key="ann")


def send(monkeypatch, answer: Answer, now: datetime) -> None:
    monkeypatch.setattr("outreach.send.now", lambda: now)
    monkeypatch.setattr("outreach.send.wire_of", lambda channel: Told(answer))
    drain("email", bulk=False)


def try_on(monkeypatch, answer: Answer) -> datetime:
    """Send again whenever it is due, until nothing is; the last moment."""
    while letter().state in Delivery.CLAIMABLE:
        now = letter().due_at
        send(monkeypatch, answer, now)
    return now


def test_a_letter_to_a_server_that_is_down_is_tried_for_two_days_before_it_is_given_up(campaign, monkeypatch):
    last = try_on(monkeypatch, Delayed("No connection: Connection refused", timedelta(hours=6)))
    assert 2 * DAY <= last - FRIDAY <= 2 * DAY + timedelta(hours=6)
    assert letter().state == "expired"
    assert letter().reason.endswith("times in 48 hours: No connection: Connection refused")


def test_a_letter_gets_through_when_the_server_is_back_after_a_weekend(campaign, monkeypatch):
    for hours in range(0, 47, 12):
        send(monkeypatch, Delayed("down", timedelta(hours=1)), FRIDAY + timedelta(hours=hours))
    send(monkeypatch, Receipt("<1@told.example>", proven=True), FRIDAY + timedelta(hours=47))
    assert letter().state == "delivered"


def test_nothing_is_given_up_after_a_few_tries_however_long_they_took(campaign, monkeypatch):
    for day in range(5):
        send(monkeypatch, Delayed("down", timedelta(hours=1)), FRIDAY + day * DAY)
    assert letter().state == "delayed"


def test_a_full_mailbox_counts_against_the_address_and_a_relay_of_ours_that_is_down_does_not(campaign, monkeypatch):
    try_on(monkeypatch, FULL)
    assert (point().failures, point().health) == (1, "good")
    Delivery.objects.update(state="due", attempts=0)
    letter().events.all().delete()
    try_on(monkeypatch, Delayed("No connection", timedelta(hours=6)))
    assert point().failures == 1


def test_an_address_ails_after_some_failures_in_a_row_and_is_dead_after_more(campaign, settings):
    seen = []
    for _ in range(settings.DEAD_AFTER):
        note_bounce(letter(), is_permanent=False)
        seen.append(point().health)
    assert seen == ["good", "ailing", "ailing", "ailing", "dead"]


def test_a_proof_of_delivery_heals_an_ailing_address_and_not_a_dead_one(campaign):
    note_bounce(letter(), is_permanent=False)
    note_bounce(letter(), is_permanent=False)
    note_proof(letter())
    assert (point().health, point().failures) == ("good", 0)
    note_bounce(letter(), is_permanent=True)
    note_proof(letter())
    assert point().health == "dead"


def test_the_same_bounce_told_twice_is_counted_once(campaign, monkeypatch):
    send(monkeypatch, Receipt("<1@told.example>"), FRIDAY)
    assert bounced(letter(), FRIDAY + DAY, "mailbox full", is_permanent=False)
    assert not bounced(letter(), FRIDAY + DAY, "mailbox full", is_permanent=False)
    assert point().failures == 1


def test_news_that_it_arrived_heals(campaign, monkeypatch):
    send(monkeypatch, Receipt("<1@told.example>"), FRIDAY)
    note_bounce(letter(), is_permanent=False)
    assert proven(letter(), FRIDAY + SECOND, how="a report")
    assert point().failures == 0


def test_a_refusal_for_a_mailbox_that_is_full_is_counted_and_a_policy_is_not(campaign, monkeypatch):
    send(monkeypatch, Refused("full", "5.2.2"), FRIDAY)
    assert point().failures == 1
    Delivery.objects.update(state="due")
    send(monkeypatch, Refused("we do not like you", "5.7.1"), FRIDAY)
    assert point().failures == 1


def test_a_good_address_comes_before_an_ailing_one_and_a_dead_one_is_never_used():
    campaign = published()
    first = point()
    second = ContactPoint.objects.create(
        addressee=first.addressee, channel="email", address="second@offices.example", position=2
    )
    ContactPoint.objects.filter(pk=first.pk).update(health="ailing")
    tick(campaign, FRIDAY)
    assert letter().contact_point == second


def test_an_ailing_address_is_better_than_none():
    campaign = published()
    ContactPoint.objects.filter(pk=point().pk).update(health="ailing")
    tick(campaign, FRIDAY)
    assert letter().contact_point == point()
