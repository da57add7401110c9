"""Approving: two different people, exactly what they saw, and asked again when it has changed."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from typer.testing import CliRunner

from campaigns.appeal import Appeal
from campaigns.approval import Approval
from campaigns.campaign import Campaign
from campaigns.folder.allowed import refusals
from campaigns.folder.change import Change
from campaigns.outcome import record_outcome
from campaigns.publication import publish
from campaigns.wave import Pause
from campaigns.wording import Wording
from outreach.approving import NotApprovable, approvals_due, approve, ask_for, asks, take_back
from outreach.cli import app
from outreach.clock import tick
from outreach.key import ApiKey
from outreach.needs.inbox import inbox
from outreach.needs.need import Scope
from tests.outreach.dashboard.conftest import member, signed_in
from tests.small_campaign import DAY, DEADLINE, FRIDAY, SECOND, draft

pytestmark = pytest.mark.django_db
AFTER = DEADLINE + SECOND
TUESDAY = FRIDAY + 4 * DAY
PATH = "/api/v1/campaigns/bridge"


@pytest.fixture(autouse=True)
def tuesday(monkeypatch) -> None:
    """It is the Tuesday before the deadline, at every door."""
    for door in ("campaigns.moment", "outreach.api.approvals", "outreach.cli.approvals"):
        monkeypatch.setattr(f"{door}.now", lambda: TUESDAY)


@pytest.fixture
def campaign() -> Campaign:
    """Its second step needs two approvals; the first letters have been written."""
    campaign = draft()
    campaign.steps.filter(key="deadline").update(approvers=2)
    publish(campaign, FRIDAY)
    tick(campaign, FRIDAY)
    campaign.deliveries.update(state="delivered", sent_at=FRIDAY, delivered_at=FRIDAY)
    return campaign


@pytest.fixture
def vahe() -> User:
    return member("approver", "vahe")


@pytest.fixture
def olga() -> User:
    return member("owner", "olga")


def says_yes(campaign: Campaign, user: User, now=TUESDAY) -> Approval:
    ask = ask_for(campaign, "deadline", now)
    assert ask
    return approve(campaign, "deadline", user, seen=ask.seen, now=now)


def step_of(key: str) -> str:
    return Appeal.objects.values_list("step__key", flat=True).get(addressee__key=key)


def test_a_step_begins_when_two_different_people_have_approved_it_and_not_before(campaign, vahe, olga):
    says_yes(campaign, vahe)
    with pytest.raises(NotApprovable, match="You have approved it already; somebody else must"):
        says_yes(campaign, vahe)
    tick(campaign, AFTER)
    assert step_of("ann") == "letter"
    assert set(Pause.objects.filter(ended_at=None).values_list("sentence", flat=True)) == {
        "step “deadline” needs one more approval"
    }
    says_yes(campaign, olga, AFTER)
    tick(campaign, AFTER + SECOND)
    assert {step_of(key) for key in ("ann", "bob", "cat")} == {"deadline"}
    assert asks(campaign, AFTER + SECOND) == []


def test_it_is_asked_before_its_time_and_says_when_that_is(campaign, vahe):
    (ask,) = asks(campaign, TUESDAY)
    assert (ask.step.key, ask.lacking, ask.wanted_at) == ("deadline", 2, AFTER)
    assert [appeal.addressee.key for appeal in ask.appeals] == ["ann", "bob", "cat"]
    assert not ask.is_waiting(TUESDAY)
    assert ask.is_waiting(AFTER)


def test_other_words_are_other_words_and_need_to_be_approved_again(campaign, vahe, olga):
    says_yes(campaign, vahe)
    says_yes(campaign, olga)
    assert asks(campaign, TUESDAY) == []
    old = Wording.objects.get(name="deadline", channel="email", replaced_at=None)
    Wording.objects.filter(pk=old.pk).update(replaced_at=TUESDAY)
    old.pk, old.version = None, 2
    Wording.objects.create(campaign=campaign, name=old.name, channel="email", language="en", version=2,
                           subject="Worse", body="Something else.", written_at=TUESDAY)  # fmt: skip
    assert asks(campaign, TUESDAY)[0].lacking == 2
    tick(campaign, AFTER)
    assert step_of("ann") == "letter"


def test_what_changed_while_somebody_was_reading_is_not_approved(campaign, vahe):
    ask = ask_for(campaign, "deadline", TUESDAY)
    campaign.steps.filter(key="deadline").update(patience=3 * DAY)
    with pytest.raises(NotApprovable, match="What you saw has changed since"):
        approve(campaign, "deadline", vahe, seen=ask.seen, now=TUESDAY)
    assert not Approval.objects.exists()


def test_it_counts_only_for_the_appeals_that_were_shown(campaign, vahe, olga):
    ann = Appeal.objects.get(addressee__key="ann")
    for demand in campaign.demands.all():
        record_outcome(ann, demand, "done", evidence="seen", author="Lusine", now=TUESDAY)
    says_yes(campaign, vahe)
    says_yes(campaign, olga)
    record_outcome(ann, campaign.demands.first(), "none", evidence="it was undone", author="Lusine", now=TUESDAY)
    (ask,) = asks(campaign, TUESDAY)
    assert [appeal.addressee.key for appeal in ask.appeals] == ["ann"]
    tick(campaign, AFTER)
    assert (step_of("ann"), step_of("bob")) == ("letter", "deadline")


@pytest.mark.parametrize("role", ["viewer", "organiser"])
def test_only_approvers_and_owners_may(campaign, role):
    with pytest.raises(NotApprovable, match="Only an approver or an owner may approve a step"):
        says_yes(campaign, member(role, "mara"))
    assert approvals_due(User.objects.get(username="mara"), TUESDAY) == []


def test_what_is_due_for_a_person_is_what_they_have_not_approved_yet(campaign, vahe, olga):
    assert [ask.step.key for ask in approvals_due(vahe, TUESDAY)] == ["deadline"]
    says_yes(campaign, vahe)
    assert approvals_due(vahe, TUESDAY) == []
    assert [ask.lacking for ask in approvals_due(olga, TUESDAY)] == [1]


def test_it_stands_in_the_inbox_of_who_may_approve_it(campaign, vahe):
    (found,) = inbox(Scope(vahe), TUESDAY, "approval")
    assert found.need.title == "Step 2, Deadline, needs 2 approvals"
    assert (found.need.path, found.need.stops) == ("/campaigns/bridge/approvals/deadline", False)
    assert "needs 2 approvals" in signed_in(vahe).get("/inbox").content.decode()
    assert inbox(Scope(member()), TUESDAY, "approval") == []


def test_an_approval_is_taken_back_by_who_gave_it_until_the_step_has_begun(campaign, vahe, olga):
    mine, theirs = says_yes(campaign, vahe), says_yes(campaign, olga)
    with pytest.raises(NotApprovable, match="Only who approved it"):
        take_back(mine, olga, TUESDAY)
    take_back(mine, vahe, TUESDAY)
    assert asks(campaign, TUESDAY)[0].lacking == 1
    says_yes(campaign, vahe)
    tick(campaign, AFTER)
    with pytest.raises(NotApprovable, match="too late"):
        take_back(theirs, olga, AFTER)


def key_of(user: User) -> Client:
    _, secret = ApiKey.issue(user, "key", ApiKey.Scope.WRITE, FRIDAY)
    return Client(headers={"Authorization": f"Bearer {secret}"})


def test_the_api_shows_what_would_be_sent_and_takes_a_yes_to_that(campaign, vahe):
    api = key_of(vahe)
    (asked,) = api.get(f"{PATH}/approvals-due").json()["items"]
    assert (asked["step"], asked["lacking"], asked["addressees"]) == ("deadline", 2, ["ann", "bob", "cat"])
    shown = api.get(asked["url"]).json()["messages"]
    assert [(kind["channel"], kind["number"]) for kind in shown] == [("email", 3), ("x", 3)]
    assert "open the bridge" in shown[0]["specimens"][0]["text"]
    body = {"step": "deadline", "seen": asked["seen"]}
    made = api.post(f"{PATH}/approvals", body, content_type="application/json")
    assert (made.status_code, made.json()["author"], made.json()["is_current"]) == (201, "vahe", True)
    again = api.post(f"{PATH}/approvals", body, content_type="application/json")
    assert (again.status_code, again.json()["detail"]) == (409, "You have approved it already; somebody else must, too")
    assert api.delete(made.json()["url"]).json()["is_current"] is False
    assert key_of(member()).post(f"{PATH}/approvals", body, content_type="application/json").status_code == 403


def test_the_pages_show_it_and_approve_exactly_what_was_shown(campaign, vahe):
    staff = signed_in(vahe)
    listed = staff.get("/campaigns/bridge/approvals").content.decode()
    assert "Step 2, Deadline: for 3 addressees" in listed
    page = staff.get("/campaigns/bridge/approvals/deadline").content.decode()
    assert "open the bridge" in page
    assert "Ann has not acted by" in page
    ask = ask_for(campaign, "deadline", TUESDAY)
    assert ask.seen in page
    assert staff.post("/campaigns/bridge/approvals/deadline/approve", {"seen": "other"}).status_code == 409
    assert staff.post("/campaigns/bridge/approvals/deadline/approve", {"seen": ask.seen}).status_code == 302
    assert "You have approved it." in staff.get("/campaigns/bridge/approvals/deadline").content.decode()
    board = staff.get("/campaigns/bridge").content.decode()
    assert "needs one more approval" in board
    approval = Approval.objects.get()
    staff.post(f"/campaigns/bridge/approvals/{approval.pk}/take-back")
    approval.refresh_from_db()
    assert approval.taken_back_at == TUESDAY


def test_the_command_line_does_the_same(campaign, vahe):
    run = CliRunner().invoke
    assert "deadline" in run(app, ["approvals", "bridge"]).output
    said = run(app, ["approve", "bridge", "deadline", "--user", "vahe", "--yes"])
    assert said.output.strip() == "Approved by vahe, for 3 addressees."
    assert Approval.objects.get().approver == vahe
    refused = run(app, ["approve", "bridge", "supporters", "--user", "vahe", "--yes"])
    assert (refused.exit_code, refused.stderr.strip()) == (2, "Step “supporters” needs no approval now")


def test_words_that_were_approved_do_not_change_once_their_step_has_begun(campaign, vahe, olga):
    says_yes(campaign, vahe)
    says_yes(campaign, olga)
    change = Change("wording", "deadline/email.en", "body", "old", "new")
    assert refusals(campaign, [change]) == []
    tick(campaign, AFTER)
    campaign.refresh_from_db()
    assert "it was approved as it is" in refusals(campaign, [change])[0]


def test_the_api_says_what_comes_next_and_what_would_stop_it(campaign, vahe, monkeypatch):
    monkeypatch.setattr("outreach.api.appeals.now", lambda: TUESDAY)
    campaign.steps.filter(key="letter").update(reminders=[])
    appeal = Appeal.objects.get(addressee__key="ann")
    shown = key_of(vahe).get(f"/api/v1/appeals/{appeal.pk}").json()
    assert shown["comes_next"] | {"at": ""} == {
        "what": "step", "step": "deadline", "at": "", "stops": ["step “deadline” needs two approvals"]
    }  # fmt: skip
    assert shown["skips"] == []


def test_asking_costs_the_same_however_many_appeals_there_are(campaign, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        assert asks(campaign, TUESDAY + timedelta(hours=1))
