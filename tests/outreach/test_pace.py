"""What exceeds a rate waits for a slot of its own, and everything gets its turn."""

import uuid
from collections import Counter
from datetime import datetime, timedelta
from itertools import pairwise
from time import monotonic

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.campaign import Campaign
from campaigns.hold import Hold
from campaigns.messages import Message
from campaigns.wave import Turn, Wave
from channels.pace import Pace
from channels.rate import Rate
from channels.warm_up import WarmUp
from outreach.bucket import Bucket
from outreach.claim import claim
from outreach.clock import tick
from outreach.delivery import Delivery
from outreach.limit import limited_domains
from outreach.pace import take_for_chunk
from outreach.readership import to_supporters
from outreach.send import drain
from tests.small_campaign import DAY, FRIDAY, SECOND, published, supporters

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def take(now: datetime = FRIDAY, *, bulk=True, limit=100) -> list[Delivery]:
    return claim("email", now, FRIDAY, bulk=bulk, limit=limit)


@pytest.fixture
def campaign() -> Campaign:
    campaign = published()
    tick(campaign, FRIDAY)
    return campaign


@pytest.fixture
def wire(settings):
    def say(options: str) -> None:
        settings.CHANNELS = {**settings.CHANNELS, "email": f"outbox:?{options}"}

    return say


def letters_to_supporters(campaign: Campaign, number: int, domain: str = "people.example") -> None:
    wave = Wave.objects.get()
    people = supporters(campaign, number)
    for n, person in enumerate(people):
        person.email = f"supporter{n}@{domain}"
        person.save()
    Delivery.objects.bulk_create(
        Delivery(
            campaign=campaign, step=wave.step, wave=wave, audience="supporters", channel="email", due_at=FRIDAY,
            recipient=person.pk.hex, supporter=person, wording_name="supporters", created_at=FRIDAY,
        )
        for person in people
    )  # fmt: skip


def test_what_exceeds_the_rate_waits_for_slots_one_after_the_other_and_says_why(campaign, wire):
    wire("rate=20/min")
    letters_to_supporters(campaign, 30)
    assert len(take()) == 2
    waiting = Delivery.objects.filter(audience="supporters", state="due").order_by("due_at")
    gaps = {after.due_at - before.due_at for before, after in pairwise(waiting)}
    assert gaps == {Rate.parse("20/min").interval}
    assert set(waiting.values_list("reason", "attempts")) == {("At most 20 a minute leave the account for Email", 0)}
    assert waiting[0].events.last().kind == "postponed"


def test_ten_thousand_that_wait_are_not_looked_at_again_before_their_time(campaign, wire):
    wire("rate=20/min")
    letters_to_supporters(campaign, 200)
    while take(limit=50) or Delivery.objects.due(FRIDAY).filter(audience="supporters").exists():
        pass
    slots = list(Delivery.objects.filter(audience="supporters", state="due").values_list("due_at", flat=True))
    assert len(slots) == len(set(slots)) == 198
    assert Delivery.objects.due(FRIDAY + 2 * SECOND).filter(audience="supporters").count() == 0


def test_everything_that_waits_gets_its_turn_in_order_and_no_minute_has_too_many(campaign, wire):
    rate = Rate.parse("30/min")
    wire("rate=30/min")
    letters_to_supporters(campaign, 40)
    now, gone = FRIDAY, dict[uuid.UUID, datetime]()
    while len(gone) < 40:
        assert now < FRIDAY + 48 * rate.interval, "what was promised was not kept"
        gone |= {each.pk: now for each in take(now, limit=7)}
        now += 2 * SECOND  # nobody looks at the very moment
    moments = list(gone.values())
    assert max(sum(at <= other < at + MINUTE for other in moments) for at in moments) <= 30


def test_letters_to_addressees_do_not_wait_behind_those_to_supporters(campaign, wire):
    wire("rate=120/min")
    letters_to_supporters(campaign, 40)
    assert len(take()) == 9
    assert len(take(bulk=False)) == 3


def test_a_domain_with_a_rate_delays_nobody_else(campaign, settings):
    settings.DOMAIN_RATES = {"offices.example": Rate.parse("1/hour")}
    letters_to_supporters(campaign, 5)
    assert (len(take(bulk=False)), len(take())) == (1, 5)
    assert set(Delivery.objects.filter(state="due").values_list("reason", flat=True)) == {
        "At most 1 an hour go to offices.example"
    }


def test_who_waits_for_their_domain_takes_nothing_from_the_account(campaign, wire, settings):
    settings.DOMAIN_RATES = {"offices.example": Rate.parse("1/hour")}
    wire("rate=3/day")
    assert len(take(bulk=False)) == 1
    assert Bucket.objects.get(name="wire email rate").full_at == FRIDAY + Rate.parse("3/day").interval


def test_who_waits_for_the_account_takes_nothing_from_their_domain(campaign, wire, settings):
    settings.DOMAIN_RATES = {"offices.example": Rate.parse("20/hour")}
    wire("rate=1/day")
    assert len(take(bulk=False)) == 1
    assert Bucket.objects.get(name="domain email offices.example").full_at == FRIDAY + Rate.parse("20/hour").interval


def test_campaigns_share_the_account_and_senders_have_rates_of_their_own(campaign, settings):
    other = published(slug="tunnel")
    other.sender["email"] = "tunnel@other.example"
    other.save()
    tick(other, FRIDAY)
    settings.SENDER_RATES = {"committee.example": Pace(Rate.parse("2/day"))}
    claimed = Counter(each.campaign.slug for each in take(bulk=False))
    assert claimed == {"bridge": 1, "tunnel": 3}
    assert Delivery.objects.filter(reason="At most 2 a day leave committee.example").count() == 2


def test_a_new_sender_is_warmed_up_and_each_day_has_its_number(campaign, settings):
    settings.SENDER_RATES = {"bridge@committee.example": Pace(None, WarmUp.parse("2023-04-28:4*2"))}
    letters_to_supporters(campaign, 40)
    Delivery.objects.filter(audience="supporters").update(audience="public")
    midnight, gone = FRIDAY.replace(hour=0), Counter[int]()
    for hour in range(10, 3 * 24):
        now = midnight + timedelta(hours=hour)
        gone[(now - midnight).days] += len(take(now, bulk=False))
    assert gone == {0: 3, 1: 8, 2: 16}


def test_a_line_that_is_on_hold_keeps_nobody_waiting(campaign, wire):
    wire("rate=20/min")
    letters_to_supporters(campaign, 50)
    take()
    Hold.objects.place(campaign=campaign, reason="talks", author="Mia", now=FRIDAY)
    other = published(slug="tunnel")
    tick(other, FRIDAY)
    Delivery.objects.filter(campaign=other).update(audience="supporters")
    take()
    assert Delivery.objects.filter(campaign=other).latest("due_at").due_at < FRIDAY + MINUTE


def test_a_channel_without_rates_asks_the_database_nothing_about_them(campaign):
    with CaptureQueriesContext(connection) as asked:
        assert len(take(bulk=False)) == 3
    assert not any("outreach_bucket" in each["sql"] for each in asked)


def test_a_rate_survives_that_everything_but_the_database_is_lost(campaign, wire):
    wire("rate=1/day")
    assert len(take(bulk=False)) == 1
    Delivery.objects.update(due_at=FRIDAY)  # as if every worker and the queue had begun anew
    assert take(FRIDAY + DAY - SECOND, bulk=False) == []


def test_the_domains_that_have_a_rate_are_found_among_many_addresses(settings):
    settings.DOMAIN_RATES = {"mail.example": Rate.parse("1/s"), "*.org.example": Rate.parse("2/s")}
    asked = ["a@Mail.example", "b@sub.mail.example", "c@x.y.org.example", "d@org.example", "nobody", ""]
    assert limited_domains("email", asked) == {"a@Mail.example": "mail.example", "c@x.y.org.example": "x.y.org.example"}


def test_each_domain_that_a_pattern_fits_has_a_count_of_its_own(campaign, settings):
    settings.DOMAIN_RATES = {"*": Rate.parse("1/hour")}
    letters_to_supporters(campaign, 5)
    assert (len(take(bulk=False)), len(take())) == (1, 1)


def test_a_chunk_is_told_how_many_may_go_and_when_it_may_ask_again(wire, settings):
    assert take_for_chunk("email", "bridge@committee.example", 500, FRIDAY).granted == 500
    wire("rate=600/min")
    settings.SENDER_RATES = {"committee.example": Pace(Rate.parse("100/min"))}
    taken = take_for_chunk("email", "bridge@committee.example", 500, FRIDAY)
    assert taken.granted == 8
    assert take_for_chunk("email", "tunnel@other.example", 500, FRIDAY).granted == 60 - 15 - 8
    assert take_for_chunk("email", "bridge@committee.example", 500, taken.until).granted == 1


def test_a_worker_waits_for_a_slot_that_is_but_a_moment_away(campaign, wire, monkeypatch):
    wire("rate=10/s")
    began = monotonic()
    monkeypatch.setattr("outreach.send.now", lambda: FRIDAY + timedelta(seconds=monotonic() - began))
    assert drain("email", bulk=False) == 3
    wire("rate=1/hour")
    Delivery.objects.update(state="due", due_at=FRIDAY)
    assert drain("email", bulk=False) == 1
    assert monotonic() - began < 5


def test_chunks_go_on_at_their_rate_while_a_limited_domain_waits(campaign, wire, settings, monkeypatch):
    wire("rate=40/s")
    settings.DOMAIN_RATES = {"slow.example": Rate.parse("6/min")}
    letters_to_supporters(campaign, 20, "slow.example")
    began = monotonic()
    for door in ("send", "bulk", "convoy"):
        monkeypatch.setattr(f"outreach.{door}.now", lambda: FRIDAY + timedelta(seconds=monotonic() - began))
    monkeypatch.setattr("outreach.send.WORKING_TIME", 6)
    people = supporters(published(slug="tunnel"), 20)
    tunnel = people[0].campaign
    asked = Wave.objects.create(campaign=tunnel, step=tunnel.steps.get(key="supporters"), at=FRIDAY)
    for appeal in tunnel.appeals.all():
        Turn.objects.create(appeal=appeal, wave=asked, step=asked.step, kind="escalation", at=FRIDAY, due_at=FRIDAY)
    to_supporters(asked, Message("supporters", "email", "supporters", None, ()), FRIDAY)
    drain("email", bulk=True)
    assert Delivery.objects.filter(campaign=tunnel, state="delivered").count() == 20
    assert Delivery.objects.filter(campaign=campaign, state="delivered").count() == 1
