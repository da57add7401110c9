from datetime import UTC, datetime, timedelta

import pytest

from campaigns.addressee import Addressee
from campaigns.appeal import Appeal
from campaigns.campaign import Campaign
from campaigns.place import Place
from campaigns.publication import pause, resume
from campaigns.sending import sending_of
from campaigns.spread import share, turn
from channels.answer import Delayed
from outreach.beat import Beat
from outreach.chunk import Chunk
from outreach.clock import tick
from outreach.dashboard.scene import Scene
from outreach.dashboard.when import When
from outreach.dashboard.why import why_not
from outreach.delivery import Delivery
from outreach.event import Event
from outreach.send import drain
from outreach.settle import settle_one
from outreach.turn import names_of
from tests.small_campaign import DAY, DEADLINE, FRIDAY, SECOND, published, supporters

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
OFFICE = {"hours": ["09:00", "17:00"], "days": "workdays", "holidays": "wait"}
MONDAY_IN_YEREVAN = datetime(2023, 5, 8, 5, tzinfo=UTC)
DEADLINE_IN_YEREVAN = DEADLINE - 4 * HOUR
SATURDAY_NIGHT = datetime(2023, 5, 6, 20, tzinfo=UTC)


@pytest.fixture
def at(monkeypatch):
    """One pass of the clock and of the workers at a moment of the test's choosing."""

    def pass_and_send(campaign: Campaign, moment: datetime) -> None:
        for door in ("send", "convoy", "bulk"):
            monkeypatch.setattr(f"outreach.{door}.now", lambda: moment)
        tick(campaign, moment)
        for channel in ("email", "x"):
            drain(channel, bulk=False)
            drain(channel, bulk=True)

    return pass_and_send


def campaign_in_office_hours(now: datetime = FRIDAY, **sending) -> Campaign:
    return published(now, sending={"addressees": OFFICE} | sending)


def letter(key: str = "ann", **fields) -> Delivery:
    return Delivery.objects.get(addressee__key=key, step__key="letter", **{"wave__reminder": 0} | fields)


def move_to_yerevan(key: str) -> None:
    Addressee.objects.filter(key=key).update(time_zone="Asia/Yerevan", country="AM")


def test_each_letter_leaves_in_the_office_hours_of_its_own_reader(at):
    campaign = campaign_in_office_hours(SATURDAY_NIGHT)
    move_to_yerevan("ann")
    at(campaign, SATURDAY_NIGHT)
    assert {each.state for each in Delivery.objects.all()} == {"due"}
    at(campaign, MONDAY_IN_YEREVAN - SECOND)
    assert letter().state == "due"
    at(campaign, MONDAY_IN_YEREVAN)
    assert (letter().state, letter().sent_at) == ("delivered", MONDAY_IN_YEREVAN)
    assert letter("bob").state == "due"
    at(campaign, datetime(2023, 5, 9, 8, tzinfo=UTC))  # 8 May was a public holiday in the United Kingdom
    assert letter("bob").state == "delivered"


def test_it_says_what_it_waits_for(at):
    campaign = campaign_in_office_hours(datetime(2023, 5, 4, 18, tzinfo=UTC))
    move_to_yerevan("ann")
    at(campaign, datetime(2023, 5, 4, 18, tzinfo=UTC))
    assert letter().reason == "Waits for office hours in Asia/Yerevan: Friday 5 May, 09:00"
    assert letter("bob").reason == "Waits for office hours in Europe/London: Friday 5 May, 09:00"


def test_a_day_of_rest_is_named(at):
    campaign = campaign_in_office_hours(SATURDAY_NIGHT)
    move_to_yerevan("ann")
    at(campaign, SATURDAY_NIGHT)
    assert letter().reason == "Waits because it is the weekend in AM: until Monday 8 May, 09:00 in Asia/Yerevan"


def test_the_list_of_deliveries_says_so_too(at):
    campaign = campaign_in_office_hours(datetime(2023, 5, 4, 18, tzinfo=UTC))
    at(campaign, datetime(2023, 5, 4, 18, tzinfo=UTC))
    now = datetime(2023, 5, 4, 18, 5, tzinfo=UTC)
    told = why_not(Scene(campaign, now), When("UTC", now))(letter())
    assert told == "Waits for office hours in Europe/London: Friday 5 May, 09:00; not before Fri 5 May, 08:00."


def test_what_is_tried_again_outside_the_hours_waits_for_them_at_the_gate(at):
    campaign = campaign_in_office_hours()
    at(campaign, FRIDAY)
    late = FRIDAY + 7 * HOUR
    Delivery.objects.update(state="delayed", due_at=late, sent_at=None, delivered_at=None)
    attempts = letter().attempts
    at(campaign, late)
    assert letter().state == "delayed"
    assert letter().due_at == datetime(2023, 5, 2, 8, tzinfo=UTC)  # 1 May was a public holiday in the United Kingdom
    assert letter().attempts == attempts
    assert Event.objects.get(delivery=letter(), kind="postponed").detail["reason"] == letter().reason


def test_a_window_is_read_anew_when_something_is_due(at):
    campaign = campaign_in_office_hours(SATURDAY_NIGHT)
    at(campaign, SATURDAY_NIGHT)
    move_to_yerevan("ann")
    Delivery.objects.update(due_at=SATURDAY_NIGHT)
    at(campaign, SATURDAY_NIGHT + SECOND)
    assert letter().due_at == MONDAY_IN_YEREVAN
    Campaign.objects.update(sending={})
    campaign.refresh_from_db()
    Delivery.objects.update(due_at=SATURDAY_NIGHT)
    at(campaign, SATURDAY_NIGHT + 2 * SECOND)
    assert letter().state == "delivered"


def test_a_calendar_without_a_day_of_work_stops_only_its_own_letter(at):
    campaign = campaign_in_office_hours()
    Addressee.objects.filter(key="ann").update(weekend=["mon", "tue", "wed", "thu", "fri", "sat", "sun"])
    at(campaign, FRIDAY)
    Delivery.objects.filter(addressee__key="ann").update(due_at=FRIDAY)
    at(campaign, FRIDAY + SECOND)
    assert letter().state == "due"
    assert "Mend sending" in letter().reason
    assert letter("bob").state == "delivered"


def test_a_notice_in_public_keeps_to_the_campaigns_own_hours(at):
    public = {"hours": ["08:00", "20:00"]}
    campaign = published(sending={"public": public}, time_zone="Asia/Yerevan")
    at(campaign, FRIDAY)
    at(campaign, DEADLINE_IN_YEREVAN + SECOND)
    notices = Delivery.objects.filter(channel="x")
    assert {each.state for each in notices} == {"due"}
    assert {each.reason for each in notices} == {"Waits for sending hours in Asia/Yerevan: Saturday 6 May, 08:00"}
    assert {each.state for each in Delivery.objects.filter(channel="email", wave__reminder=0)} == {"delivered"}


def spread_to_supporters(number: int, at, manner: dict[str, object]) -> tuple[Campaign, list[Delivery]]:
    campaign = published(sending={"supporters": manner}, time_zone="Asia/Yerevan")
    supporters(campaign, number)
    for moment in (FRIDAY, DEADLINE_IN_YEREVAN + SECOND):
        at(campaign, moment)
    tick(campaign, DEADLINE_IN_YEREVAN + DAY + SECOND)
    written = Delivery.objects.filter(audience="supporters")
    return campaign, list(written.select_related("wave__step", "wave__campaign", "chunk"))


@pytest.mark.parametrize("curve", ["even", "day"])
def test_the_database_and_the_plan_give_every_supporter_the_same_turn(at, curve):
    manner = {"hours": ["09:00", "12:00"], "days": "workdays", "spread": 27 * 3600, "curve": curve}
    campaign, rows = spread_to_supporters(200, at, manner)
    timing = sending_of(campaign.sending).timing("supporters", "email", campaign.zone, None)
    begun_at = rows[0].wave.at
    pieces = timing.pieces(begun_at)
    assert {row.due_at for row in rows} == {turn(pieces, share(*names_of(row.wave, row.recipient))) for row in rows}
    assert len({row.due_at for row in rows}) > 150
    assert all(timing.closed(row.due_at) is None for row in rows)
    assert {row.due_at.date().day for row in rows} == {8, 9}
    assert {row.reason for row in rows} == {"Spread over 27 hours from Monday 8 May, 09:00 in Asia/Yerevan"}


def test_who_is_spread_leaves_in_chunks_of_a_minute_and_none_before_its_turn(at):
    campaign, rows = spread_to_supporters(60, at, {"spread": 30 * 60})
    chunks = Chunk.objects.order_by("number")
    assert {chunk.size for chunk in chunks} == {2}
    assert all(chunk.due_at == max(each.due_at for each in chunk.deliveries.all()) for chunk in chunks)
    half = rows[0].wave.at + timedelta(minutes=15)
    at(campaign, half)
    gone = Delivery.objects.filter(audience="supporters").exclude(state="due")
    assert 20 <= gone.count() <= 40
    assert all(each.due_at <= half for each in gone)
    at(campaign, half + timedelta(minutes=15))
    assert {each.state for each in Delivery.objects.filter(audience="supporters")} == {"delivered"}


def test_a_chunk_that_comes_late_waits_for_the_next_morning_and_says_so(at):
    campaign = published(sending={"supporters": {"hours": ["09:00", "12:00"]}})
    supporters(campaign, 3)
    for moment in (FRIDAY, DEADLINE + SECOND):
        at(campaign, moment)
    tick(campaign, DEADLINE + DAY + SECOND)
    nine = datetime(2023, 5, 7, 9, tzinfo=UTC)
    assert Beat().seconds_to_wait(nine - timedelta(seconds=0.5)) == pytest.approx(0.5)
    noon = nine + 3 * HOUR
    at(campaign, noon)
    assert {chunk.due_at for chunk in Chunk.objects.all()} == {nine + DAY}
    waiting = Delivery.objects.filter(audience="supporters").first()
    told = why_not(Scene(campaign, noon), When("UTC", noon))(waiting)
    assert told == "Waits for sending hours in UTC: Monday 8 May, 09:00; not before Mon 8 May, 09:00."
    at(campaign, nine + DAY)
    assert {each.state for each in Delivery.objects.filter(audience="supporters")} == {"delivered"}


def test_a_message_to_supporters_expires_too(at):
    campaign = published()
    supporters(campaign, 3)
    step = campaign.steps.get(key="supporters")
    step.dispatches[0]["expires_after"] = 3600
    step.save()
    for moment in (FRIDAY, DEADLINE + SECOND):
        at(campaign, moment)
    tick(campaign, DEADLINE + DAY + SECOND)
    at(campaign, DEADLINE + DAY + HOUR + 2 * SECOND)
    assert {each.state for each in Delivery.objects.filter(audience="supporters")} == {"expired"}


def test_the_next_pass_comes_when_the_next_message_may_leave(at):
    campaign = campaign_in_office_hours(SATURDAY_NIGHT)
    move_to_yerevan("ann")
    at(campaign, SATURDAY_NIGHT)
    Appeal.objects.update(look_at=None)
    soon = MONDAY_IN_YEREVAN - timedelta(seconds=0.25)
    assert Beat().seconds_to_wait(soon) == pytest.approx(0.25)


def test_a_reminder_that_no_window_opens_for_in_time_is_recorded_as_expired_when_its_deadline_passes(at):
    never_on_weekdays = {"hours": ["09:00", "10:00"], "days": "workdays"}
    campaign = published(sending={"addressees": never_on_weekdays})
    Addressee.objects.update(weekend=["wed", "thu", "fri", "sat", "sun"])
    for moment in (datetime(2023, 5, 1, 8, 30, tzinfo=UTC), datetime(2023, 5, 4, tzinfo=UTC)):
        at(campaign, moment)
    reminder = Delivery.objects.get(addressee__key="ann", wave__reminder=1)
    assert (reminder.state, reminder.due_at) == ("due", DEADLINE + SECOND)
    at(campaign, DEADLINE + SECOND)
    reminder.refresh_from_db()
    assert (reminder.state, reminder.reason) == ("expired", "It would have come too late")
    assert Event.objects.filter(delivery=reminder, kind="expired").exists()


def test_a_message_of_a_dispatch_that_expires_is_not_sent_later_than_that(at):
    campaign = published()
    step = campaign.steps.get(key="letter")
    step.dispatches[0]["expires_after"] = 3600
    step.save()
    tick(campaign, FRIDAY)
    assert letter().expires_at == FRIDAY + HOUR
    at(campaign, FRIDAY + HOUR + SECOND)
    assert (letter().state, letter().reason) == ("expired", "It would have come too late")


def test_a_reminders_time_moves_with_the_deadline_that_a_pause_moved(at):
    campaign = published()
    at(campaign, FRIDAY)
    reminder_at = datetime(2023, 5, 4, tzinfo=UTC)
    tick(campaign, reminder_at)
    pause(campaign, reason="talks", author="Mia", now=reminder_at)
    resume(campaign, author="Mia", now=reminder_at + 3 * DAY)
    at(campaign, reminder_at + 3 * DAY)
    assert {each.state for each in Delivery.objects.filter(wave__reminder=1)} == {"delivered"}


def test_a_pause_gives_a_reminder_no_more_time_than_its_deadline_has(at):
    campaign = published()
    at(campaign, FRIDAY)
    reminder_at = datetime(2023, 5, 4, tzinfo=UTC)
    tick(campaign, reminder_at)
    pause(campaign, reason="talks", author="Mia", now=reminder_at)
    resume(campaign, author="Mia", now=reminder_at + 3 * DAY)
    Delivery.objects.filter(wave__reminder=1).update(due_at=DEADLINE + 3 * DAY + SECOND)
    at(campaign, DEADLINE + 3 * DAY + SECOND)
    assert {each.state for each in Delivery.objects.filter(wave__reminder=1)} == {"expired"}


def test_a_provider_that_asks_for_a_time_gets_it_to_the_second(at):
    campaign = published()
    tick(campaign, FRIDAY)
    Delivery.objects.update(state="sending", attempts=1)
    settle_one(letter(), Delayed("busy", 90 * SECOND), FRIDAY)
    assert letter().due_at == FRIDAY + 90 * SECOND


def test_an_addressee_without_a_country_has_no_holidays():
    assert Place(published().zone).rest_on(FRIDAY.date(), weekends=True, holidays=True) is None
