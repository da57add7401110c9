from datetime import timedelta

import pytest

from campaigns.hold import Hold
from outreach.clock import tick
from outreach.delivery import Delivery
from tests.small_campaign import FRIDAY, published

pytestmark = pytest.mark.django_db
PAGE = "/campaigns/bridge/queue"


def test_the_queue_says_why_with_numbers_and_examples(staff):
    campaign = published()
    tick(campaign, FRIDAY)
    Hold.objects.place(campaign=campaign, channel="email", reason="a new relay", author="mara", now=FRIDAY)
    letter = Delivery.objects.get(addressee__key="ann")
    Delivery.objects.filter(pk=letter.pk).update(state="refused", reason="550 no such mailbox")
    page = staff.get(PAGE).text
    assert "2 messages not sent yet" in page
    assert "<b>On hold: 2 messages by Email</b>" in page
    assert "The channel email is on hold: a new relay; placed by mara until somebody lifts it." in page
    assert "550 no such mailbox." in page
    assert f"/campaigns/bridge/deliveries/{letter.pk}" in page


def test_what_is_spread_says_from_when_to_when(staff):
    campaign = published()
    tick(campaign, FRIDAY)
    for n, letter in enumerate(Delivery.objects.all(), 1):
        letter.due_at, letter.reason = FRIDAY + timedelta(minutes=n), "A rate"
        letter.save()
    assert "A rate; from Fri 28 Apr, 10:01 to Fri 28 Apr, 10:03." in staff.get(PAGE).text


def test_an_empty_queue_says_so(staff):
    published()
    assert "Nothing waits" in staff.get(PAGE).text
