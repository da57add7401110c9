from datetime import datetime

import pytest

from campaigns.addressee import ContactPoint
from campaigns.campaign import Campaign
from campaigns.hold import Hold
from campaigns.kept import edition_of
from campaigns.outcome import record_outcome
from campaigns.publication import pause
from campaigns.wave import Turn
from outreach.clock import tick_all
from outreach.delivery import Delivery
from outreach.forecast import forecast, forecast_of
from outreach.response import Response
from outreach.send import drain
from tests.small_campaign import DAY, DEADLINE, FRIDAY, SECOND, draft, published, supporters

pytestmark = pytest.mark.django_db
AFTER = DEADLINE + SECOND
ESCALATIONS = [AFTER, AFTER + DAY, AFTER + 4 * DAY]


@pytest.fixture
def now(monkeypatch):
    def pass_and_send(moment: datetime) -> None:
        monkeypatch.setattr("outreach.send.now", lambda: moment)
        tick_all(moment)
        for channel in ("email", "x"):
            drain(channel, bulk=False)

    return pass_and_send


@pytest.fixture
def campaign(now) -> Campaign:
    campaign = published()
    now(FRIDAY)
    return campaign


def escalations(campaign: Campaign, at: datetime, key: str = "ann") -> list[datetime]:
    return [entry.at for entry in forecast_of(campaign, at).rehearsal.escalations if entry.addressee == key]


def really(campaign: Campaign, now, moments: list[datetime], key: str = "ann") -> list[datetime]:
    for moment in moments:
        now(moment)
    turns = Turn.objects.filter(kind="escalation", appeal__addressee__key=key, appeal__campaign=campaign)
    return list(turns.order_by("at").values_list("at", flat=True))


def appeal(campaign: Campaign, key: str = "ann"):
    return campaign.appeals.select_related("addressee").get(addressee__key=key)


def test_a_draft_is_forecast_from_its_planned_publication():
    told = forecast_of(draft(), FRIDAY - 90 * DAY)
    assert told.events[0].at == FRIDAY
    assert len([e for e in told.sends if e.step == "letter" and not e.reminder]) == 3
    assert [e.at for e in told.rehearsal.escalations if e.addressee == "ann"] == ESCALATIONS


def test_a_forecast_changes_nothing(campaign):
    before = list(Delivery.objects.values_list("pk", "state")), list(campaign.appeals.values_list("pk", "look_at"))
    forecast_of(campaign, FRIDAY + DAY)
    after = list(Delivery.objects.values_list("pk", "state")), list(campaign.appeals.values_list("pk", "look_at"))
    assert before == after


def test_a_running_campaign_is_forecast_from_the_present(campaign):
    told = forecast_of(campaign, FRIDAY + DAY)
    assert not [e for e in told.events if e.at < FRIDAY + DAY]
    assert not [e for e in told.sends if e.step == "letter" and not e.reminder]
    assert escalations(campaign, FRIDAY + DAY) == ESCALATIONS


def test_the_forecast_comes_true(campaign, now):
    foretold = escalations(campaign, FRIDAY + DAY)
    assert really(campaign, now, foretold) == foretold


def test_who_has_acted_is_not_in_the_forecast(campaign):
    for demand in campaign.demands.all():
        record_outcome(appeal(campaign), demand, "done", evidence="a link", author="Mia", now=FRIDAY)
    told = forecast_of(campaign, FRIDAY + DAY)
    assert not [e for e in told.events if e.addressee == "ann"]


def test_a_dated_commitment_is_waited_for(campaign):
    until = (DEADLINE + 3 * DAY).date()
    demand = campaign.demands.first()
    record_outcome(
        appeal(campaign), demand, "committed", until=until, evidence="a letter", author="Mia", now=FRIDAY + DAY
    )
    assert escalations(campaign, FRIDAY + DAY)[0] == AFTER + 3 * DAY
    assert escalations(campaign, FRIDAY + DAY, "bob")[0] == AFTER


def test_an_answer_that_lies_unread_stops_the_forecast_where_it_stops_the_clock(campaign):
    Response.objects.create(
        appeal=appeal(campaign), channel="email", text="…", received_at=FRIDAY + DAY, recorded_by="Mia"
    )
    told = forecast_of(campaign, FRIDAY + 2 * DAY)
    assert [e.at for e in told.rehearsal.escalations if e.addressee == "ann"] == []
    assert "an answer from 29 April lies unread" in {e.detail for e in told.events if e.addressee == "ann"}
    assert escalations(campaign, FRIDAY + 2 * DAY, "bob") == ESCALATIONS


def test_a_hold_without_an_end_stops_the_forecast(campaign):
    pause(campaign, reason="talks", author="Mia", now=FRIDAY + DAY)
    told = forecast_of(campaign, FRIDAY + 2 * DAY)
    assert told.sends == []
    assert {e.detail for e in told.events} == {"the campaign is on hold: talks"}


@pytest.mark.parametrize("on", ["campaign", "addressee"])
def test_after_a_hold_with_an_end_the_forecast_goes_on_with_the_time_that_was_left(campaign, now, on):
    held = {"campaign": campaign} if on == "campaign" else {"addressee": appeal(campaign).addressee}
    end = FRIDAY + 11 * DAY
    Hold.objects.place(reason="talks", author="Mia", now=FRIDAY + DAY, until=end, **held)
    foretold = escalations(campaign, FRIDAY + 2 * DAY)
    assert foretold == [at + 10 * DAY for at in ESCALATIONS]
    assert really(campaign, now, [end, *foretold]) == foretold


@pytest.mark.parametrize("on", ["step", "channel"])
def test_a_hold_on_a_step_or_channel_puts_off_what_it_stops_until_its_end(campaign, now, on):
    held = {"campaign": campaign, "step": campaign.steps.get(number=2)} if on == "step" else {"channel": "x"}
    end = AFTER + 2 * DAY
    Hold.objects.place(reason="talks", author="Mia", now=FRIDAY + DAY, until=end, **held)
    foretold = escalations(campaign, FRIDAY + 2 * DAY)
    assert foretold[:2] == [end, end + DAY]
    assert really(campaign, now, [AFTER, *foretold]) == foretold


def test_what_is_waiting_now_goes_on_in_the_forecast_when_its_reason_ends_by_itself(campaign, now):
    Delivery.objects.filter(addressee__key="ann").update(state="sent", delivered_at=None, sent_at=DEADLINE - DAY)
    now(AFTER)
    assert escalations(campaign, AFTER + SECOND)[0] == DEADLINE + DAY


def test_a_letter_that_is_on_its_way_is_taken_to_arrive():
    campaign = published()
    tick_all(FRIDAY)
    assert escalations(campaign, FRIDAY) == ESCALATIONS


def test_a_letter_that_came_back_stops_the_forecast(campaign):
    Delivery.objects.filter(addressee__key="ann").update(state="bounced")
    assert escalations(campaign, FRIDAY + DAY) == []
    assert escalations(campaign, FRIDAY + DAY, "bob") == ESCALATIONS


def test_a_closed_campaign_has_nothing_to_come(campaign, now):
    for moment in (*ESCALATIONS, AFTER + 11 * DAY):
        now(moment)
    campaign.refresh_from_db()
    assert forecast_of(campaign, AFTER + 12 * DAY).events == ()


def test_supporters_are_counted_and_only_those_who_may_be_written_to(campaign):
    people = supporters(campaign, 3)
    type(people[0]).objects.filter(pk=people[0].pk).update(opted_out_at=FRIDAY)
    (call,) = [e for e in forecast_of(campaign, FRIDAY + DAY).sends if e.audience == "supporters"]
    assert (call.count, set(call.concerns)) == (2, {"ann", "bob", "cat"})


def test_what_is_missing_is_said_for_each_step_and_channel():
    campaign = draft()
    ContactPoint.objects.filter(addressee__key="ann").delete()
    appeal(campaign, "bob").addressee.__class__.objects.filter(key="bob").update(languages=["pt", "en"])
    told = {(m.addressee, m.step): m.sentence for m in forecast(edition_of(campaign)).missing}
    assert told["ann", "letter"] == told["ann", "deadline"] == "Ann has no usable address on email"
    assert told["bob", "letter"].startswith("Bob reads ")
    assert set(told) == {(key, step) for key in ("ann", "bob") for step in ("letter", "deadline")}


def test_a_dead_address_is_missing_and_the_next_one_is_used():
    campaign = draft()
    ann = appeal(campaign).addressee
    ann.contact_points.update(health="dead")
    assert [m.addressee for m in forecast(edition_of(campaign)).missing] == ["ann", "ann"]
    ContactPoint.objects.create(addressee=ann, channel="email", address="ann2@offices.example", position=2)
    assert forecast(edition_of(campaign)).missing == ()


def test_machines_get_instants_in_the_campaigns_own_zone():
    told = forecast_of(draft(time_zone="Asia/Yerevan"), FRIDAY - DAY).as_json()
    assert told["deadline"] == "2023-05-05T23:59:59+04:00"
    assert told["published_at"] == "2023-04-28T14:00:00+04:00"
    assert told["missing"] == []
