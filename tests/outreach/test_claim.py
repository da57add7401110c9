import threading
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction

from campaigns.campaign import Campaign
from campaigns.hold import Hold
from campaigns.outcome import record_outcome
from campaigns.wave import Wave
from outreach.claim import LEASE, claim
from outreach.clock import tick
from outreach.delivery import Delivery
from outreach.giving_up import FEWEST_ATTEMPTS
from outreach.move import move
from outreach.settle import recover
from outreach.suppression import suppress
from tests.small_campaign import DAY, DEADLINE, FRIDAY, SECOND, published, supporters

AFTER = DEADLINE + SECOND
REAL = FRIDAY + 1000 * DAY  # the real present, which has nothing to do with the campaign's


def take(now: datetime = FRIDAY, real: datetime = REAL, *, channel="email", bulk=False, limit=100) -> list[Delivery]:
    return claim(channel, now, real, bulk=bulk, limit=limit)


def keys(claimed: list[Delivery]) -> list[str]:
    return sorted(each.addressee.key for each in claimed)


@pytest.fixture
def campaign(db) -> Campaign:
    campaign = published()
    tick(campaign, FRIDAY)
    return campaign


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_claim_disjoint_rows_and_wait_for_nobody():
    tick(published(), FRIDAY)
    theirs: list[Delivery] = []

    def other_worker() -> None:
        theirs.extend(take(limit=2))
        connection.close()

    with transaction.atomic():
        mine = take(limit=2)
        thread = threading.Thread(target=other_worker)
        thread.start()
        thread.join(10)
        assert not thread.is_alive()
    assert len(mine) == 2
    assert len(theirs) == 1
    assert {each.pk for each in mine}.isdisjoint(each.pk for each in theirs)


@pytest.mark.django_db(transaction=True)
def test_many_workers_together_claim_every_row_once():
    campaign = published()
    supporters(campaign, 60)
    for at in (FRIDAY, AFTER, AFTER + DAY):
        tick(campaign, at)
        Delivery.objects.filter(audience="addressees").update(state="delivered", sent_at=at, delivered_at=at)
    Delivery.objects.filter(audience="supporters").update(chunk=None)  # as those that left theirs
    claimed: list[Delivery] = []
    start = threading.Barrier(4)

    def worker() -> None:
        start.wait()
        while batch := take(AFTER + DAY, bulk=True, limit=7):
            claimed.extend(batch)
        connection.close()

    threads = [threading.Thread(target=worker) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(claimed) == len({each.pk for each in claimed}) == 60


def test_a_claim_takes_no_more_than_it_is_told(campaign):
    assert len(take(limit=2)) == 2
    assert len(take(limit=2)) == 1
    assert take() == []


def test_a_claim_has_a_token_of_its_own_a_lease_in_real_time_and_counts_as_an_attempt(campaign):
    claimed = take()
    assert len({each.token for each in claimed}) == 3
    assert {each.lease_until for each in claimed} == {REAL + LEASE}
    assert {each.attempts for each in claimed} == {1}


def test_what_is_not_due_yet_is_left(campaign):
    Delivery.objects.filter(addressee__key="ann").update(due_at=FRIDAY + SECOND)
    assert keys(take()) == ["bob", "cat"]
    assert keys(take(FRIDAY + SECOND)) == ["ann"]


def test_the_oldest_is_claimed_first(campaign):
    Delivery.objects.filter(addressee__key="cat").update(due_at=FRIDAY - DAY)
    assert keys(take(limit=1)) == ["cat"]


def test_letters_to_supporters_wait_for_their_own_workers(campaign):
    Delivery.objects.filter(addressee__key="ann").update(audience="supporters")
    assert keys(take(bulk=True)) == ["ann"]
    assert keys(take()) == ["bob", "cat"]


def test_one_channel_does_not_claim_what_belongs_to_another(campaign):
    assert take(channel="x") == []


# Looked at again inside the claim


def test_an_address_suppressed_after_planning_gets_nothing_and_the_reason_is_kept(campaign):
    suppress("email", " Ann@Offices.EXAMPLE ", "They asked us to stop", FRIDAY)
    assert keys(take()) == ["bob", "cat"]
    ann = Delivery.objects.get(addressee__key="ann")
    assert (ann.state, ann.reason, ann.attempts) == ("suppressed", "They asked us to stop", 0)


def test_a_suppression_on_one_channel_does_not_speak_for_another(campaign):
    suppress("x", "ann@offices.example", "They asked us to stop", FRIDAY)
    assert keys(take()) == ["ann", "bob", "cat"]


@pytest.mark.parametrize("fields", [{"opted_out_at": FRIDAY}, {"agreed_at": None}])
def test_a_supporter_who_does_not_agree_any_more_gets_nothing(campaign, fields):
    out, stays = supporters(campaign, 2)
    wave = Wave.objects.first()
    for person in (out, stays):
        Delivery.objects.create(
            campaign=campaign, step=wave.step, wave=wave, audience="supporters", channel="email", due_at=FRIDAY,
            recipient=person.pk.hex, supporter=person, wording_name="supporters", created_at=FRIDAY,
        )  # fmt: skip
    type(out).objects.filter(pk=out.pk).update(**fields)
    assert [each.supporter for each in take(bulk=True)] == [stays]
    assert Delivery.objects.get(supporter=out).state == "suppressed"


def test_a_reminder_that_would_come_after_the_deadline_expires(campaign):
    Delivery.objects.filter(addressee__key="ann").update(expires_at=FRIDAY)
    assert keys(take(FRIDAY + SECOND)) == ["bob", "cat"]
    ann = Delivery.objects.get(addressee__key="ann")
    assert (ann.state, ann.reason) == ("expired", "It would have come too late")


def test_a_reminder_in_the_last_second_is_in_time(campaign):
    Delivery.objects.update(expires_at=FRIDAY)
    assert len(take(FRIDAY)) == 3


def test_a_letter_to_somebody_who_has_acted_since_is_cancelled(campaign):
    appeal = campaign.appeals.get(addressee__key="ann")
    for demand in campaign.demands.all():
        record_outcome(appeal, demand, "done", evidence="a link", author="Mia", now=FRIDAY)
    assert keys(take()) == ["bob", "cat"]
    assert Delivery.objects.get(addressee__key="ann").state == "cancelled"


def test_a_letter_about_many_goes_out_while_one_of_them_is_still_asked(campaign):
    wave = Wave.objects.get()
    about_all = Delivery.objects.create(
        campaign=campaign, step=wave.step, wave=wave, audience="public", channel="x", due_at=FRIDAY,
        recipient="public", wording_name="deadline", created_at=FRIDAY,
    )  # fmt: skip
    campaign.appeals.exclude(addressee__key="cat").update(status="acted")
    assert take(channel="x") == [about_all]


def test_a_letter_about_many_is_cancelled_when_nobody_is_asked_any_more(campaign):
    wave = Wave.objects.get()
    Delivery.objects.create(
        campaign=campaign, step=wave.step, wave=wave, audience="public", channel="x", due_at=FRIDAY,
        recipient="public", wording_name="deadline", created_at=FRIDAY,
    )  # fmt: skip
    campaign.appeals.update(status="acted")
    assert take(channel="x") == []
    assert Delivery.objects.get(channel="x").state == "cancelled"


@pytest.mark.parametrize("held", ["campaign", "step", "channel", "addressee", "domain", "domain in capitals"])
def test_what_is_on_hold_stays_due_and_goes_out_when_the_hold_is_lifted(campaign, held):
    ann = campaign.appeals.get(addressee__key="ann").addressee
    on = {
        "campaign": {"campaign": campaign},
        "step": {"campaign": campaign, "step": campaign.steps.get(number=1)},
        "channel": {"channel": "email"},
        "addressee": {"addressee": ann},
        "domain": {"domain": "offices.example"},
        "domain in capitals": {"domain": "OFFICES.example"},
    }[held]
    hold = Hold.objects.place(reason="talks", author="Mia", now=FRIDAY, **on)
    assert keys(take()) == (["bob", "cat"] if held == "addressee" else [])
    assert Delivery.objects.get(addressee=ann).state == "due"
    hold.lift(FRIDAY + SECOND, "Mia")
    assert "ann" in keys(take(FRIDAY + SECOND))


@pytest.mark.parametrize("on", [{"channel": "x"}, {"domain": "ces.example"}, {"domain": "example"}])
def test_a_hold_on_something_else_stops_nothing(campaign, on):
    Hold.objects.place(reason="talks", author="Mia", now=FRIDAY, **on)
    assert len(take()) == 3


def test_a_hold_that_names_two_things_stops_only_what_is_both(campaign):
    step = campaign.steps.get(number=2)
    Hold.objects.place(reason="talks", author="Mia", now=FRIDAY, campaign=campaign, step=step)
    assert len(take()) == 3


def test_a_hold_ends_with_its_time(campaign):
    Hold.objects.place(reason="talks", author="Mia", now=FRIDAY, channel="email", until=FRIDAY + DAY)
    assert take(FRIDAY + DAY - SECOND) == []
    assert len(take(FRIDAY + DAY)) == 3


# Rows that come back


def test_a_row_that_kills_every_worker_is_given_up_with_a_reason(campaign):
    for attempt in range(1, FEWEST_ATTEMPTS + 1):
        real = REAL + attempt * 2 * LEASE
        assert {each.attempts for each in take(real=real)} == {attempt}
        assert recover(FRIDAY, real + LEASE + timedelta(seconds=1)) == 3
    assert take() == []
    ends = set(Delivery.objects.values_list("state", "reason"))
    reason = "Tried 8 times without getting through: its worker stopped 8 times"
    assert ends == {("expired", reason)}


def test_a_claim_that_was_overtaken_by_a_newer_one_can_do_nothing_any_more(campaign):
    old = take(limit=1)[0]
    recover(FRIDAY, REAL + 2 * LEASE)
    newer = take(real=REAL + 2 * LEASE, limit=3)
    assert old.pk in {each.pk for each in newer}
    assert not move(old, Delivery.State.SENDING, FRIDAY, fence=old.token)
    assert Delivery.objects.get(pk=old.pk).state == "claimed"
