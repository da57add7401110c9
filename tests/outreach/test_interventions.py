"""More time, no more, and somebody else in office: with a reason, kept, and never at an addressee's cost."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from campaigns.addressee import Addressee
from campaigns.appeal import Appeal, Appeals
from campaigns.campaign import Campaign
from campaigns.hold import Hold
from campaigns.holder_change import change_holder
from campaigns.intervention import Intervention, NotPossible, extend, withdraw
from campaigns.publication import pause, resume
from outreach.claim import claim
from outreach.clock import tick
from outreach.delivery import Delivery
from outreach.send import drain
from tests.small_campaign import DAY, DEADLINE, FRIDAY, SECOND, draft, published

pytestmark = pytest.mark.django_db
WHY: dict[str, Any] = {"reason": "they asked for it", "author": "Mia", "now": FRIDAY + DAY}
REMINDER = datetime(2023, 5, 4, tzinfo=UTC)


@pytest.fixture
def passing(monkeypatch):
    """`passing(campaign, moment)`: let the clock pass and letters leave; answers how many steps began."""

    def go(campaign: Campaign, moment: datetime) -> int:
        begun = tick(campaign, moment).begun
        monkeypatch.setattr("outreach.send.now", lambda: moment)
        drain("email", bulk=False)
        return begun

    return go


@pytest.fixture
def campaign(passing) -> Campaign:
    """Published, and its letters delivered."""
    campaign = published()
    passing(campaign, FRIDAY)
    return campaign


def ann() -> Appeal:
    return Appeal.objects.get(addressee__key="ann")


def only_ann() -> Appeals:
    return Appeal.objects.filter(addressee__key="ann")


def test_more_time_for_one_moves_its_deadline_and_nobody_elses(campaign, passing):
    assert extend(only_ann(), 2 * DAY, **WHY) == 1
    assert ann().due_at == DEADLINE + 2 * DAY
    assert Appeal.objects.get(addressee__key="bob").due_at == DEADLINE
    passing(campaign, REMINDER)
    assert passing(campaign, DEADLINE + SECOND) == 2
    assert ann().step.number == 1
    assert passing(campaign, DEADLINE + 2 * DAY + SECOND) == 1 + 2


def test_more_time_for_all_is_recorded_for_each_with_both_deadlines(campaign):
    assert extend(campaign.appeals.all(), DAY, **WHY) == 3
    kept = Intervention.objects.values_list("kind", "reason", "author", "at", "due_before", "due_after")
    assert set(kept) == {("extended", "they asked for it", "Mia", FRIDAY + DAY, DEADLINE, DEADLINE + DAY)}
    assert len(kept) == 3


def test_a_reminder_that_has_not_gone_out_moves_along_and_so_does_its_end(campaign):
    extend(only_ann(), DAY, **WHY)
    tick(campaign, REMINDER)
    assert not Delivery.objects.filter(appeal=ann(), wave__reminder=1).exists()
    tick(campaign, REMINDER + DAY)
    assert Delivery.objects.get(appeal=ann(), wave__reminder=1).expires_at == DEADLINE + DAY


def test_a_reminder_that_waits_to_leave_may_leave_as_late_as_the_new_deadline(campaign):
    tick(campaign, REMINDER)
    extend(only_ann(), 3 * DAY, **WHY)
    claimed = claim("email", DEADLINE + DAY, datetime.now(UTC), bulk=False, limit=10)
    assert [each.appeal.addressee.key for each in claimed] == ["ann"]


def test_a_day_more_keeps_the_end_of_the_day_when_clocks_change():
    autumn = datetime(2023, 10, 21, 10, tzinfo=UTC)
    campaign = published(now=autumn, time_zone="Europe/Paris")
    tick(campaign, autumn)
    before = ann().due_at.astimezone(campaign.zone)
    extend(campaign.appeals.all(), 2 * DAY, **WHY)
    after = ann().due_at.astimezone(campaign.zone)
    assert (before.day, before.hour, after.day, after.hour) == (28, 23, 30, 23)
    assert before.utcoffset() != after.utcoffset()


@pytest.mark.parametrize("span", [timedelta(), -DAY, 4000 * DAY])
def test_time_is_never_taken_away(campaign, span):
    with pytest.raises(NotPossible, match="time is never taken away"):
        extend(campaign.appeals.all(), span, **WHY)
    assert ann().due_at == DEADLINE


def test_nothing_is_done_without_a_reason(campaign):
    with pytest.raises(NotPossible, match="Say why"):
        extend(only_ann(), DAY, **{**WHY, "reason": " "})
    with pytest.raises(NotPossible, match="Say why"):
        withdraw(only_ann(), **{**WHY, "reason": ""})
    assert not Intervention.objects.exists()


def test_more_time_for_a_draft_is_refused():
    with pytest.raises(NotPossible, match="No deadline runs here"):
        extend(draft().appeals.all(), DAY, **WHY)


def test_more_time_while_a_hold_stands_is_there_when_it_is_lifted(campaign):
    pause(campaign, reason="talks", author="Mia", now=FRIDAY + DAY)
    extend(only_ann(), DAY, **WHY)
    resume(campaign, author="Mia", now=FRIDAY + 3 * DAY)
    assert ann().due_at == DEADLINE + 3 * DAY


def test_who_is_withdrawn_gets_nothing_more_and_the_rest_go_on(campaign, passing):
    tick(campaign, REMINDER)
    assert withdraw(only_ann(), **WHY) == 1
    assert (ann().status, ann().ended_at) == ("withdrawn", FRIDAY + DAY)
    claimed = claim("email", REMINDER, datetime.now(UTC), bulk=False, limit=10)
    assert {each.appeal.addressee.key for each in claimed} == {"bob", "cat"}
    assert Intervention.objects.get().due_after is None
    Delivery.objects.filter(state="claimed").update(state="delivered", delivered_at=REMINDER)
    assert passing(campaign, DEADLINE + SECOND) == 2


def test_a_campaign_from_which_all_is_withdrawn_is_closed(campaign):
    assert withdraw(campaign.appeals.all(), **WHY) == 3
    campaign.refresh_from_db()
    assert (campaign.status, campaign.closed_at) == ("closed", FRIDAY + DAY)
    with pytest.raises(NotPossible, match="nothing to withdraw"):
        withdraw(campaign.appeals.all(), **WHY)


def test_a_draft_has_nothing_to_withdraw():
    with pytest.raises(NotPossible, match="or not yet"):
        withdraw(draft().appeals.all(), **WHY)


# Somebody else in office


def succeed(**fields) -> None:
    office = Addressee.objects.get(key="ann")
    change_holder(office, "Nina New", "Dear Ms New", **{**WHY, "now": FRIDAY + 6 * DAY, **fields})


def test_the_next_letter_addresses_the_new_holder(campaign, passing):
    succeed()
    passing(campaign, DEADLINE + SECOND)
    assert Delivery.objects.get(appeal=ann(), step__key="deadline", channel="email").text.startswith("Dear Ms New,")


def test_where_the_clock_is_carried_the_deadline_stays_and_that_is_recorded(campaign):
    succeed()
    assert ann().due_at == DEADLINE
    record = Intervention.objects.get()
    assert (record.kind, record.due_after) == ("carried", DEADLINE)
    assert record.reason == "Head of Ann → Nina New: they asked for it"


@pytest.fixture
def restarting(campaign) -> Campaign:
    campaign.fairness = {"holder_change": "restart"}
    campaign.save()
    return campaign


def test_where_it_restarts_the_new_holder_has_the_steps_whole_time(restarting):
    succeed()
    assert ann().due_at == datetime(2023, 5, 11, 23, 59, 59, tzinfo=UTC)
    assert ann().begun_at == FRIDAY + 6 * DAY
    assert Intervention.objects.get().kind == "restarted"
    assert tick(restarting, DEADLINE + SECOND).begun == 2


def test_a_restart_never_leaves_less_time_than_there_was(restarting):
    extend(only_ann(), 30 * DAY, **WHY)
    succeed()
    assert ann().due_at == DEADLINE + 30 * DAY
    assert Intervention.objects.latest("id").kind == "carried"


def test_a_restart_under_a_hold_is_the_whole_time_once_it_is_lifted(restarting):
    hold = Hold.objects.place(campaign=restarting, reason="talks", author="Mia", now=FRIDAY + 2 * DAY)
    succeed(now=FRIDAY + 4 * DAY)
    hold.lift(FRIDAY + 6 * DAY, "Mia")
    assert ann().due_at == datetime(2023, 5, 11, 23, 59, 59, tzinfo=UTC)


def test_a_name_where_none_was_is_no_newcomer(restarting):
    Addressee.objects.update(holder="")
    succeed()
    assert ann().due_at == DEADLINE


def test_the_same_holder_again_is_no_change(campaign):
    office = Addressee.objects.get(key="ann")
    with pytest.raises(NotPossible, match="is held by Head of Ann already"):
        change_holder(office, "Head of Ann", **WHY)
    assert not Intervention.objects.exists()
