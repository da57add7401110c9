from datetime import timedelta

import pytest

from campaigns.kept import edition_of
from outreach.rehearsal import Answer, Scenario, rehearse
from outreach.rehearsal.comparison import compare
from tests.small_campaign import DAY, DEADLINE, SECOND, addressee, draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign():
    return draft()


@pytest.fixture
def before(campaign):
    return rehearse(edition_of(campaign))


def compared(before, campaign, scenario: Scenario | None = None):
    after = rehearse(edition_of(campaign), scenario) if scenario else rehearse(edition_of(campaign))
    return compare(before, after)


def test_the_same_version_has_no_differences(before, campaign):
    assert compared(before, campaign).differences == ()


def test_more_patience_moves_the_deadline_and_all_that_follows(before, campaign):
    campaign.steps.filter(number=1).update(patience=9 * DAY)
    told = compared(before, campaign)
    ann = told.of("ann")
    assert ("deadline", "letter", DEADLINE, DEADLINE + 2 * DAY) in {
        (each.kind, each.step, each.before, each.after) for each in ann
    }
    moved = {(each.step, each.what): each.after - each.before for each in ann if each.kind == "moves"}
    assert moved["deadline", "email to ann"] == moved["letter (reminder 1)", "email to ann"] == 2 * DAY
    assert told.addressees == ["ann", "bob", "cat", "ombud"]


def test_a_message_that_is_left_out_vanishes_and_a_new_one_appears(before, campaign):
    step = campaign.steps.get(key="deadline")
    step.dispatches = [{"audience": "addressees", "channels": ["email"], "wording": "letter"}]
    step.save()
    kinds = {(each.kind, each.what) for each in compared(before, campaign).of("bob")}
    assert ("vanishes", "x to bob") in kinds
    assert ("changes", "email to bob") in kinds  # other words


def test_who_is_not_asked_any_more_and_who_is_asked_too_are_named(before, campaign):
    group = campaign.groups.get(key="council")
    group.memberships.filter(addressee__key="cat").delete()
    group.memberships.create(addressee=addressee("dan"), capacity="member")
    differences = compared(before, campaign).differences
    asked = {(each.kind, each.addressee) for each in differences if each.what == "asked"}
    assert asked == {("vanishes", "cat"), ("appears", "dan")}
    oversight = next(each for each in differences if each.step == "oversight")
    assert "about" in oversight.detail or oversight.detail == "other words"


def test_another_end_is_told_and_machines_get_the_campaigns_own_time(before, campaign):
    acts = Answer("ann", "substantive", after=timedelta(days=1), outcomes={"all": ("done", None)})
    told = compared(before, campaign, Scenario("Ann acts", answers=(acts,)))
    assert "exhausted → acted" in {each.detail for each in told.of("ann")}
    written = told.as_json()
    assert written["after"]["statuses"] == {"acted": 1, "exhausted": 2}
    gone = next(each for each in written["differences"] if each["kind"] == "vanishes" and each["step"] == "deadline")
    assert gone["before"] == (DEADLINE + SECOND).isoformat()
    assert gone["after"] is None
