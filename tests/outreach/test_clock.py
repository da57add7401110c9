from datetime import UTC, datetime, timedelta

import pytest

from campaigns.appeal import Appeal
from campaigns.campaign import Campaign
from campaigns.hold import Hold
from campaigns.outcome import record_outcome
from campaigns.publication import pause, resume
from campaigns.wave import Turn
from outreach import clock
from outreach.clock import tick
from outreach.compose import compose
from outreach.delivery import Delivery
from outreach.news import bounced
from outreach.response import Response
from outreach.send import drain
from tests.small_campaign import DAY, DEADLINE, FRIDAY, SECOND, published, supporters

pytestmark = pytest.mark.django_db
AFTER = DEADLINE + SECOND
REMINDER = datetime(2023, 5, 4, tzinfo=UTC)


@pytest.fixture
def campaign() -> Campaign:
    return published()


@pytest.fixture
def now(monkeypatch):
    """Send at a moment of the test's choosing: `now(moment)` passes the clock, then sends what is due."""

    def pass_and_send(campaign: Campaign, moment: datetime) -> None:
        monkeypatch.setattr("outreach.send.now", lambda: moment)
        tick(campaign, moment)
        for channel in ("email", "x"):
            drain(channel, bulk=False)
            drain(channel, bulk=True)

    return pass_and_send


def sent(step: str, **fields) -> int:
    return Delivery.objects.filter(step__key=step, state="delivered", **fields).count()


def test_nothing_is_due_before_publication(campaign):
    assert tick(campaign, FRIDAY - SECOND).is_idle
    assert not Delivery.objects.exists()


def test_every_addressee_gets_one_letter_when_the_campaign_is_published(campaign, now):
    now(campaign, FRIDAY)
    assert sent("letter") == 3
    assert {appeal.due_at for appeal in Appeal.objects.all()} == {DEADLINE}


def test_a_letter_says_who_is_asked_for_what_until_when(campaign, now):
    now(campaign, FRIDAY)
    letter = Delivery.objects.get(addressee__key="ann")
    assert letter.subject == "The bridge (letter)"
    assert "member of the council" in letter.text
    assert "1. open the bridge" in letter.text
    assert "23:59" in letter.text


def test_a_second_pass_changes_nothing(campaign, now):
    now(campaign, FRIDAY)
    assert tick(campaign, FRIDAY).is_idle
    assert Delivery.objects.count() == 3


def test_a_reminder_goes_out_two_days_before_the_deadline_and_once(campaign, now):
    now(campaign, FRIDAY)
    assert tick(campaign, REMINDER - SECOND).is_idle
    now(campaign, REMINDER)
    now(campaign, REMINDER + DAY)
    assert Turn.objects.filter(kind="follow-up").count() == 3
    assert sent("letter", wave__reminder=1) == 3


def test_the_last_second_is_still_in_time(campaign, now):
    now(campaign, FRIDAY)
    tick(campaign, REMINDER)
    assert tick(campaign, DEADLINE).is_idle


def test_it_escalates_when_seven_days_pass_without_action(campaign, now):
    now(campaign, FRIDAY)
    now(campaign, AFTER)
    escalations = Turn.objects.filter(kind="escalation")
    assert {turn.step.key for turn in escalations} == {"deadline"}
    assert {turn.missed_at for turn in escalations} == {DEADLINE}
    assert sent("deadline", channel="email") == 3
    assert sent("deadline", channel="x") == 3


def test_supporters_get_one_message_that_names_all_who_are_silent(campaign, now):
    supporters(campaign, 2)
    for moment in (FRIDAY, AFTER, AFTER + DAY):
        now(campaign, moment)
    messages = Delivery.objects.filter(step__key="supporters")
    assert messages.count() == 2
    assert all("Ann, Bob and Cat" in message.words.text for message in messages)


def test_who_opted_out_between_planning_and_sending_gets_nothing(campaign, now):
    person, _ = supporters(campaign, 2)
    now(campaign, FRIDAY)
    now(campaign, AFTER)
    tick(campaign, AFTER + DAY)
    person.opted_out_at = AFTER
    person.save()
    now(campaign, AFTER + DAY)
    assert Delivery.objects.get(supporter=person).state == "suppressed"
    assert sent("supporters") == 1


def test_the_ladder_ends_exhausted_and_closes_the_campaign(campaign, now):
    for moment in (FRIDAY, AFTER, AFTER + DAY, AFTER + 4 * DAY, AFTER + 11 * DAY):
        now(campaign, moment)
    assert set(Appeal.objects.values_list("status", flat=True)) == {"exhausted"}
    campaign.refresh_from_db()
    assert campaign.status == "closed"


def test_who_acted_is_left_alone_and_the_rest_go_on(campaign, now):
    now(campaign, FRIDAY)
    ann = Appeal.objects.get(addressee__key="ann")
    act(ann, FRIDAY + DAY)
    now(campaign, AFTER)
    ann.refresh_from_db()
    assert ann.status == "acted"
    assert sorted(Turn.objects.filter(kind="escalation").values_list("appeal__addressee__key", flat=True)) == [
        "bob",
        "cat",
    ]


def test_a_part_of_the_demands_does_not_stop_the_clock_and_the_next_letter_names_the_rest(campaign, now):
    now(campaign, FRIDAY)
    ann = Appeal.objects.get(addressee__key="ann")
    record_outcome(ann, demand(ann, "open"), "done", evidence="a link", author="Mia", now=FRIDAY + DAY)
    now(campaign, AFTER)
    letter = Delivery.objects.get(addressee__key="ann", step__key="deadline", channel="email")
    assert "repair the bridge" in letter.text
    assert "open the bridge" not in letter.text


def test_one_closed_demand_is_enough_where_the_campaign_says_any(now):
    campaign = published(satisfied="any")
    now(campaign, FRIDAY)
    ann = Appeal.objects.get(addressee__key="ann")
    record_outcome(ann, demand(ann, "open"), "partly", evidence="a link", author="Mia", now=FRIDAY + DAY)
    ann.refresh_from_db()
    assert ann.status == "acted"


def test_a_commitment_holds_the_ladder_until_its_date_and_wakes_it_after(campaign, now):
    now(campaign, FRIDAY)
    ann = Appeal.objects.get(addressee__key="ann")
    until = DEADLINE + 3 * DAY
    record_outcome(
        ann, demand(ann, "open"), "committed", until=until.date(), evidence="a letter", author="Mia", now=FRIDAY + DAY
    )
    now(campaign, AFTER)
    assert waits(ann) == ["a dated commitment runs until the end of 8 May"]
    now(campaign, until)
    assert Turn.objects.filter(appeal=ann, kind="escalation").count() == 0
    now(campaign, until + SECOND)
    assert Turn.objects.filter(appeal=ann, kind="escalation").count() == 1
    assert waits(ann) == []


def test_a_refusal_closes_nothing(campaign, now):
    now(campaign, FRIDAY)
    ann = Appeal.objects.get(addressee__key="ann")
    for key in ("open", "repair"):
        record_outcome(ann, demand(ann, key), "refused", evidence="a letter", author="Mia", now=FRIDAY + DAY)
    now(campaign, AFTER)
    assert Turn.objects.filter(appeal=ann, kind="escalation").exists()


def test_no_step_while_an_answer_lies_unread(campaign, now):
    now(campaign, FRIDAY)
    answer = answered("ann", FRIDAY + DAY)
    now(campaign, AFTER)
    assert waits(answer.appeal) == ["an answer from 29 April lies unread"]
    answer.read("acknowledgement", "Mia", AFTER)
    now(campaign, AFTER)
    assert Turn.objects.filter(appeal=answer.appeal, kind="escalation").exists()


def test_no_step_while_the_last_message_is_not_proven_delivered(campaign, now):
    now(campaign, FRIDAY)
    letter = Delivery.objects.get(addressee__key="ann")
    assert bounced(letter, FRIDAY + DAY, "550 no such user")
    now(campaign, AFTER)
    assert waits(letter.appeal) == ["the letter of 28 April came back; they cannot be reached"]
    assert sent("deadline", channel="email") == 2


def test_late_action_is_still_action(campaign, now):
    for moment in (FRIDAY, AFTER, AFTER + DAY, AFTER + 4 * DAY, AFTER + 11 * DAY):
        now(campaign, moment)
    ann = Appeal.objects.get(addressee__key="ann")
    act(ann, AFTER + 20 * DAY)
    ann.refresh_from_db()
    assert ann.status == "acted"


def test_a_pause_keeps_the_time_that_was_left(campaign, now):
    now(campaign, FRIDAY)
    pause(campaign, reason="talks", author="Mia", now=FRIDAY + DAY)
    now(campaign, AFTER)
    assert Turn.objects.filter(kind="escalation").count() == 0
    assert waits(Appeal.objects.first()) == ["the campaign is on hold: talks"]
    assert resume(campaign, author="Mia", now=FRIDAY + 11 * DAY) == 1
    assert set(Appeal.objects.values_list("due_at", flat=True)) == {DEADLINE + 10 * DAY}


def test_two_holds_at_once_stop_the_clock_once(campaign, now):
    now(campaign, FRIDAY)
    ann = Appeal.objects.get(addressee__key="ann")
    pause(campaign, reason="talks", author="Mia", now=FRIDAY + DAY)
    second = Hold.objects.place(addressee=ann.addressee, reason="new holder", author="Mia", now=FRIDAY + 2 * DAY)
    resume(campaign, author="Mia", now=FRIDAY + 3 * DAY)
    second.lift(FRIDAY + 4 * DAY, "Mia")
    ann.refresh_from_db()
    assert ann.due_at == DEADLINE + 3 * DAY
    assert Appeal.objects.get(addressee__key="bob").due_at == DEADLINE + 2 * DAY


def test_a_hold_stops_what_is_due_already(campaign, now):
    tick(campaign, FRIDAY)
    Hold.objects.place(domain="offices.example", reason="their server is down", author="Mia", now=FRIDAY)
    now(campaign, FRIDAY)
    assert set(Delivery.objects.values_list("state", flat=True)) == {"due"}


def test_the_time_of_an_addressee_starts_at_proven_delivery_where_the_campaign_says_so(now):
    campaign = published(clock="delivery")
    now(campaign, FRIDAY)
    ann = Appeal.objects.get(addressee__key="ann")
    assert ann.due_at is None
    now(campaign, FRIDAY + timedelta(hours=1))
    ann.refresh_from_db()
    assert ann.due_at == DEADLINE


def test_a_letter_composed_before_somebody_acted_does_not_leave(campaign, now):
    now(campaign, FRIDAY)
    tick(campaign, AFTER)
    act(Appeal.objects.get(addressee__key="ann"), AFTER)
    now(campaign, AFTER)
    states = Delivery.objects.filter(step__key="deadline", addressee__key="ann").values_list("state", flat=True)
    assert set(states) == {"cancelled"}


def test_a_correction_opens_the_demand_again_and_the_clock_goes_on(campaign, now):
    now(campaign, FRIDAY)
    ann = Appeal.objects.get(addressee__key="ann")
    act(ann, FRIDAY + DAY)
    record_outcome(ann, demand(ann, "open"), "none", evidence="it was a misreading", author="Mia", now=FRIDAY + DAY)
    now(campaign, AFTER)
    assert Turn.objects.filter(appeal=ann, kind="escalation").exists()


def demand(appeal: Appeal, key: str):
    return appeal.campaign.demands.get(key=key)


def act(appeal: Appeal, now: datetime) -> None:
    for key in ("open", "repair"):
        record_outcome(appeal, demand(appeal, key), "done", evidence="a link", author="Mia", now=now)


def answered(key: str, now: datetime) -> Response:
    appeal = Appeal.objects.get(addressee__key=key)
    return Response.objects.create(appeal=appeal, channel="email", text="…", received_at=now, recorded_by="Mia")


def waits(appeal: Appeal) -> list[str]:
    return list(appeal.pauses.filter(ended_at=None).values_list("sentence", flat=True))


def test_appeals_looked_at_one_by_one_make_the_same_waves_and_one_message_for_each_supporter(
    campaign, now, monkeypatch
):
    monkeypatch.setattr(clock, "BATCH", 1)
    supporters(campaign, 2)
    for moment in (FRIDAY, REMINDER, AFTER, AFTER + DAY):
        now(campaign, moment)
    waves = campaign.waves.values_list("step__key", "reminder")
    assert sorted(waves) == [("deadline", 0), ("letter", 0), ("letter", 1), ("supporters", 0)]
    assert (sent("letter", wave__reminder=0), sent("deadline", channel="email"), sent("supporters")) == (3, 3, 2)


def test_composing_again_changes_nothing(campaign, now):
    now(campaign, FRIDAY)
    before = list(Delivery.objects.order_by("pk").values())
    compose(campaign.waves.get(), campaign.appeals.select_related("addressee"), FRIDAY)
    assert list(Delivery.objects.order_by("pk").values()) == before
