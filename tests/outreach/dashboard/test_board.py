import re
from datetime import timedelta

import pytest

from campaigns.appeal import Appeal
from campaigns.campaign import Campaign
from campaigns.group import Group, Membership
from campaigns.hold import Hold
from campaigns.outcome import record_outcome
from campaigns.publication import pause, plan_appeals
from outreach.clock import tick
from outreach.delivery import Delivery
from outreach.news import bounced
from outreach.response import Response
from tests.outreach.dashboard.conftest import COUNT
from tests.small_campaign import DAY, DEADLINE, FRIDAY, SECOND, addressee, draft, published, supporters

pytestmark = pytest.mark.django_db
BOARD = "/campaigns/bridge"


@pytest.fixture
def running(pass_at) -> Campaign:
    campaign = published()
    pass_at(campaign, FRIDAY)
    return campaign


def row(page: str, name: str) -> str:
    """The words of one addressee's row."""
    found = re.search(rf'<tr><th scope="row"><a id="a-{name}".*?</tr>', page, re.DOTALL)
    assert found
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split())


def test_the_board_says_where_we_are_and_what_comes_next_and_when(staff, running, at):
    at(FRIDAY + timedelta(hours=1))
    page = staff.get(BOARD).text
    assert "Fri 28 April 2023, 11:00</time> UTC" in page
    assert "You are here" in page
    assert "3 letters: 3 delivered" in page
    assert "Reminder of step 1: Ann, Bob and Cat" in page
    assert "5 d 13 h 0 min" in page
    assert "Step 2 is due on 6 May, 00:00." in page


def test_each_addressee_has_a_state_for_the_letter_and_for_each_demand(staff, running):
    ann = Appeal.objects.get(addressee__key="ann")
    demand = running.demands.get(key="open")
    record_outcome(ann, demand, "partly", evidence="their web page", author="mara", now=FRIDAY)
    page = staff.get(BOARD).text
    assert row(page, "ann") == "Ann No answer · Next: reminder, Thu 4 May, 00:00 Delivered Partly Silent"
    assert row(page, "bob") == "Bob No answer · Next: reminder, Thu 4 May, 00:00 Delivered Silent Silent"
    assert "<b>1</b> done in part" in page


def test_an_answer_nobody_has_read_stands_in_the_place_of_the_demands(staff, running):
    Response.objects.create(
        appeal=Appeal.objects.get(addressee__key="ann"), channel="email", text="Yes.", received_at=FRIDAY
    )
    page = staff.get(BOARD).text
    assert row(page, "ann") == "Ann Arrived, 28 Apr Delivered An answer from 28 April lies unread."
    assert "<b>1</b> unread" in page


def test_a_letter_that_came_back_is_said_and_never_counted_as_silent(staff, running):
    bounced(Delivery.objects.get(addressee__key="bob"), FRIDAY, "550 no such mailbox")
    page = staff.get(BOARD).text
    assert row(page, "bob") == ("Bob No answer Bounced The letter of 28 April came back; they cannot be reached.")
    assert "<b>1</b> not reached" in page
    assert "<b>2</b> silent" in page


def test_the_reason_the_clock_has_noted_stands_beside_what_was_recorded(staff, running, pass_at):
    ann, demand = Appeal.objects.get(addressee__key="ann"), running.demands.get(key="open")
    until = (DEADLINE + 5 * DAY).date()
    record_outcome(ann, demand, "committed", evidence="a letter", author="mara", now=FRIDAY, until=until)
    pass_at(running, DEADLINE + SECOND)
    page = staff.get(BOARD).text
    why = "A dated commitment runs until the end of 10 May."
    then = "Next: step 2, Deadline, Thu 11 May, 00:00"
    assert row(page, "ann").endswith(f"{why} · {then} Delivered Committed Silent")
    assert "Commitment of Ann has ended" in page


def test_after_the_deadline_the_board_is_at_the_next_step(staff, running, pass_at):
    pass_at(running, DEADLINE + SECOND)
    page = staff.get(BOARD).text
    assert "3 letters: 3 delivered" in page
    assert "3 public notices: 3 delivered" in page
    assert "You are here, since <time" in page
    assert 'aria-current="step"><span class="n">2 Deadline' in page


def test_the_wave_shows_how_much_is_settled_and_what_is_unknown(staff, running):
    Delivery.objects.filter(addressee__key="ann").update(state="unknown", sent_at=None)
    Delivery.objects.filter(addressee__key="bob").update(state="due", sent_at=None)
    page = staff.get(BOARD).text
    assert "<b>2</b> of 3 settled" in page
    assert "60 percent of the wave settled" in page
    assert "See 1 unknown" in page


def test_the_board_updates_itself_and_can_be_told_to_stop(staff, running):
    page = staff.get(BOARD).text
    assert 'hx-trigger="every 15s"' in page
    assert "stop updating" in page
    still = staff.get(f"{BOARD}?live=off").text
    assert "hx-get" not in still
    assert "htmx" not in still.split("<body")[1]
    assert "update again" in still


def test_progress_is_said_aloud_only_when_a_tenth_is_full(staff, running):
    assert 'id="wave-said"' in staff.get(BOARD).text
    assert 'id="wave-said"' not in staff.get(f"{BOARD}?said=100").text


def test_a_hold_on_the_campaign_is_shown_with_its_reason_and_can_be_lifted(staff, running, at):
    pause(running, reason="an election", author="mara", now=FRIDAY)
    at(FRIDAY + DAY)
    page = staff.get(BOARD).text
    assert "On hold since" in page
    assert "an election" in page
    assert "Resume the campaign" in page
    staff.post(f"{BOARD}/resume")
    assert not Hold.objects.standing(FRIDAY + DAY).exists()
    assert {appeal.due_at for appeal in Appeal.objects.all()} == {DEADLINE + DAY}


def test_a_campaign_whose_answers_are_invented_says_so_above_and_below(staff):
    published(is_invented=True)
    page = staff.get(BOARD).text
    assert page.count("invented") == 2
    assert "This is a demonstration" in page


def test_a_virtual_clock_is_called_virtual(staff, running, monkeypatch):
    monkeypatch.setattr("campaigns.moment.is_virtual", lambda: True)
    page = staff.get(BOARD).text
    assert "Virtual time:" in page
    assert "This is a demonstration" in page


def test_a_closed_campaign_still_has_its_board(staff, running, at):
    running.appeals.update(status="exhausted", ended_at=FRIDAY)
    running.close_if_done(FRIDAY)
    page = staff.get(BOARD).text
    assert "Closed" in page
    assert "no addressee is waiting any more" in page
    assert "hx-get" not in page


def test_looking_changes_nothing(staff, running):
    before = list(Delivery.objects.order_by("pk").values()), list(Appeal.objects.order_by("pk").values())
    for path in ("", "/addressees", "/addressees/ann", "/deliveries", "/forecast", "/hold"):
        assert staff.get(BOARD + path).status_code == 200
    after = list(Delivery.objects.order_by("pk").values()), list(Appeal.objects.order_by("pk").values())
    assert before == after


def crowd(campaign: Campaign, size: int) -> None:
    council = Group.objects.get(campaign=campaign, key="council")
    for n in range(size - 3):
        Membership.objects.create(group=council, addressee=addressee(f"office-{n}"), capacity="member")
    plan_appeals(campaign)


@pytest.mark.parametrize("size", [17, 60])
def test_the_board_costs_the_same_number_of_queries_however_many_addressees(
    staff, at, django_assert_max_num_queries, size
):
    campaign = published()
    crowd(campaign, size)
    supporters(campaign, 20)
    tick(campaign, FRIDAY)
    Delivery.objects.update(state="delivered", sent_at=FRIDAY, delivered_at=FRIDAY)
    at(DEADLINE + SECOND)
    tick(campaign, DEADLINE + SECOND)
    with django_assert_max_num_queries(32 + COUNT):
        page = staff.get(BOARD).text
    assert page.count('<tr><th scope="row">') == size


def test_the_board_of_a_draft_costs_the_same_too(staff, django_assert_max_num_queries):
    crowd(draft(), 60)
    with django_assert_max_num_queries(40 + COUNT):
        staff.get(BOARD)


def test_each_row_says_what_comes_next_and_when(staff, running):
    page = staff.get("/campaigns/bridge").content.decode()
    assert page.count("Next: reminder") == 3
    assert "Thu 4 May, 00:00" in page


def test_times_are_shown_on_the_clock_somebody_chose_until_they_choose_the_campaigns(staff, running):
    staff.post("/campaigns/bridge/clock", {"zone": "America/New_York"})
    page = staff.get("/campaigns/bridge").content.decode()
    assert "Wed 3 May, 20:00" in page
    assert "New York" in page
    staff.post("/campaigns/bridge/clock", {"zone": "America/NewYork"})
    page = staff.get("/campaigns/bridge").content.decode()
    assert "Did you mean America/New_York?" in page
    assert "Wed 3 May, 20:00" in page
    staff.post("/campaigns/bridge/clock", {"zone": ""})
    assert "Thu 4 May, 00:00" in staff.get("/campaigns/bridge").content.decode()


def test_a_ladder_that_forks_says_for_whom_each_step_is_and_where_it_leads(staff):
    campaign = draft()
    campaign.steps.filter(key="letter").update(next=[["refused", "deadline"], ["otherwise", "supporters"]])
    campaign.steps.filter(key="deadline").update(only_if=["refused", "broken"], at_once=True, approvers=2)
    campaign.steps.filter(key="oversight").update(signatures=1000)
    page = staff.get(BOARD).text
    assert "Then: who have refused → deadline; everyone else → supporters" in page
    assert "Only for those who have refused or have broken a commitment" in page
    assert "Begins at once" in page
    assert "Needs 2 approvals" in page
    assert "Needs 1,000 signatures" in page
    assert page.count("if an answer leads to it") == 1
    assert "Approvals</a>" in page
