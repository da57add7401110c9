"""Workers that vanish, hints that are lost, a broker that is away: it costs time and nothing else."""

from datetime import datetime

import dramatiq
import pytest
from redis.exceptions import ConnectionError as RedisAway
from redis.exceptions import TimeoutError as RedisSlow

from campaigns.campaign import Campaign
from channels.answer import Receipt
from outreach import send as sending
from outreach.beat import Beat
from outreach.claim import LEASE, claim
from outreach.clock import tick
from outreach.delivery import Delivery
from outreach.settle import intend, recover
from tests.outreach.wires import Told
from tests.small_campaign import DAY, FRIDAY, SECOND, published, supporters

pytestmark = pytest.mark.django_db
REAL = FRIDAY + 1000 * DAY
LATER = REAL + LEASE + SECOND


@pytest.fixture
def campaign() -> Campaign:
    campaign = published()
    tick(campaign, FRIDAY)
    return campaign


def take(limit: int = 100, real: datetime = REAL) -> list[Delivery]:
    return claim("email", FRIDAY, real, bulk=False, limit=limit)


def states() -> list[str]:
    return sorted(Delivery.objects.values_list("state", flat=True))


def test_what_was_claimed_by_a_worker_that_vanished_is_due_again(campaign):
    take()
    assert recover(FRIDAY, LATER) == 3
    assert states() == ["due"] * 3
    assert len(take(real=LATER)) == 3


def test_what_was_on_the_wire_when_its_worker_vanished_is_unknown_and_never_sent_again(campaign):
    intend(take(limit=1), FRIDAY, "told")
    assert recover(FRIDAY, LATER) == 1
    assert states() == ["due", "due", "unknown"]
    lost = Delivery.objects.get(state="unknown")
    assert lost.reason.startswith("The worker stopped while it was on the wire")
    assert lost.pk not in {each.pk for each in take(real=LATER)}


def test_a_worker_whose_lease_still_runs_is_left_in_peace(campaign):
    intend(take(limit=2)[:1], FRIDAY, "told")
    assert recover(FRIDAY, REAL + LEASE) == 0
    assert states() == ["claimed", "due", "sending"]


def test_recovering_twice_changes_nothing(campaign):
    take()
    assert recover(FRIDAY, LATER) == 3
    assert recover(FRIDAY, LATER) == 0


def test_leases_are_real_time_however_fast_a_demonstration_runs(campaign):
    take()
    assert recover(FRIDAY + 400 * DAY, REAL) == 0


def test_the_worker_that_comes_back_from_the_dead_cannot_send_what_was_taken_from_it(campaign):
    old = take()
    recover(FRIDAY, LATER)
    wire = Told()
    sending.send(old, wire)
    assert wire.envelopes == []
    assert states() == ["due"] * 3


# Hints


@pytest.fixture
def hints(monkeypatch) -> list[str]:
    given: list[str] = []
    monkeypatch.setattr(sending.send_letters, "send", lambda channel: given.append(f"{channel} letters"))
    monkeypatch.setattr(sending.send_bulk, "send", lambda channel: given.append(f"{channel} bulk"))
    return given


def test_one_hint_is_given_for_each_channel_and_kind_of_audience_never_for_each_recipient(campaign, hints):
    supporters(campaign, 30)
    wave = Delivery.objects.first().wave
    for person in campaign.supporters.all():
        Delivery.objects.create(
            campaign=campaign, step=wave.step, wave=wave, audience="supporters", channel="email", due_at=FRIDAY,
            recipient=person.pk.hex, supporter=person, wording_name="supporters", created_at=FRIDAY,
        )  # fmt: skip
    Beat().hint_at_due(FRIDAY)
    assert sorted(hints) == ["email bulk", "email letters"]


def test_a_hint_that_was_lost_is_given_again(campaign, hints, monkeypatch):
    beat, seconds = Beat(), [1000.0]
    monkeypatch.setattr("outreach.beat.monotonic", lambda: seconds[0])
    beat.hint_at_due(FRIDAY)
    beat.hint_at_due(FRIDAY)
    assert hints == ["email letters"]
    seconds[0] += 3
    beat.hint_at_due(FRIDAY)
    assert hints == ["email letters"] * 2


def test_nothing_is_hinted_when_nothing_is_due(campaign, hints):
    Delivery.objects.update(state="delivered")
    Beat().hint_at_due(FRIDAY)
    assert hints == []


def test_a_hint_given_twice_sends_nothing_twice(campaign, monkeypatch):
    wire = Told()
    monkeypatch.setattr("outreach.send.now", lambda: FRIDAY)
    monkeypatch.setattr("outreach.send.wire_of", lambda channel: wire)
    sending.send_letters("email")
    sending.send_letters("email")
    assert len(wire.envelopes) == 3


@pytest.mark.parametrize(
    "away", [RedisAway("Connection refused"), RedisSlow("timed out"), dramatiq.errors.ConnectionClosed("gone")]
)
def test_a_broker_that_is_away_does_not_fail_the_pass(campaign, monkeypatch, away):
    def refuse(channel: str) -> None:
        raise away

    monkeypatch.setattr(sending.send_letters, "send", refuse)
    Beat().hint_at_due(FRIDAY)
    assert states() == ["due"] * 3


# A slow wire


def test_what_a_lease_was_too_short_for_goes_back_unharmed_and_is_not_counted_as_tried(campaign, monkeypatch):
    claimed, clock = take(), [0.0]
    monkeypatch.setattr(sending, "monotonic", lambda: clock[0])

    def slowly(envelope) -> Receipt:
        clock[0] += LEASE.total_seconds()
        return Receipt("<1@told.example>", proven=True)

    wire = Told(slowly)
    sending.send(claimed, wire)
    assert states() == ["delivered", "due", "due"]
    assert set(Delivery.objects.filter(state="due").values_list("attempts", flat=True)) == {0}
