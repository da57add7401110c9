import pytest

from campaigns.wording import Wording
from outreach.delivery import Delivery
from tests.letters import open_to_letters
from tests.small_campaign import DEADLINE, FRIDAY, SECOND, addressee, draft, published, supporters

pytestmark = pytest.mark.django_db
PAGE = "/campaigns/bridge/forecast"
WORDING = "/campaigns/bridge/wordings/letter/email/en"


def test_the_forecast_lists_what_leaves_by_day_and_step(staff):
    supporters(draft(), 5)
    page = staff.get(PAGE).text
    assert "Sat 6 May, 00:00" in page
    assert "Public notice about each" in page
    assert "Message to supporters" in page
    assert "Messages a day" in page
    assert not Delivery.objects.exists()


def test_the_forecast_of_a_running_campaign_starts_from_the_present(staff, pass_at):
    campaign = published()
    pass_at(campaign, FRIDAY)
    pass_at(campaign, DEADLINE + SECOND)
    page = staff.get(PAGE).text
    assert "Fri 28 Apr, 10:00" not in page.split("By day and step")[1]
    assert "Oversight" in page


def test_the_forecast_says_once_what_is_missing_and_for_which_steps(staff):
    addressee("ann", languages=["pt"])
    draft()
    page = staff.get(PAGE).text
    assert page.count("Ann reads") == 1


def test_the_forecast_of_a_campaign_that_is_over_is_empty(staff, pass_at):
    campaign = published()
    pass_at(campaign, FRIDAY)
    campaign.appeals.update(status="exhausted", look_at=None)
    campaign.close_if_done(FRIDAY)
    assert "Nothing more will leave by itself" in staff.get(PAGE).text


def test_wordings_are_listed_with_their_state(staff):
    draft()
    Wording.objects.filter(name="oversight").update(status="draft")
    page = staff.get("/campaigns/bridge/wordings").text
    assert page.index(">letter<") < page.index(">deadline<") < page.index(">oversight<")
    assert 'data-state="draft"' in page


def test_a_wording_is_shown_as_it_is_written_and_as_it_will_read(staff):
    draft()
    page = staff.get(f"{WORDING}?addressee=bob").text
    assert "{{ addressee.salutation }}" in page
    assert "we write to Bob as member of the council" in page
    part = staff.get(f"{WORDING}/html?addressee=bob")
    assert "Bob" in part.text
    assert "sandbox" in part["Content-Security-Policy"]


def test_a_post_shows_its_length_as_the_channel_counts(staff):
    draft()
    page = staff.get("/campaigns/bridge/wordings/deadline/x/en").text
    assert "of 280" in page


def test_a_wording_for_supporters_is_previewed_with_an_invented_one(staff):
    draft()
    assert "Dear Sample Supporter" in staff.get("/campaigns/bridge/wordings/supporters/email/en").text


def test_what_letters_of_supporters_begin_with_is_previewed(staff):
    open_to_letters()
    page = staff.get("/campaigns/bridge/wordings/own/email/en?addressee=bob").text
    assert "What letters of supporters begin with" in page
    assert "The bridge of Bob" in page
    assert "For 8 days you have not answered" in page


def test_a_wording_that_is_not_approved_has_no_preview_and_says_why(staff):
    draft()
    Wording.objects.filter(name="letter").update(status="draft")
    page = staff.get(WORDING).text
    assert "No preview." in page
    assert "no approved wording" in page


def test_a_wording_no_step_uses_says_so(staff):
    campaign = draft()
    Wording.objects.create(
        campaign=campaign, name="spare", channel="email", language="en", subject="S", body="B", written_at=FRIDAY
    )
    page = staff.get("/campaigns/bridge/wordings/spare/email/en").text
    assert "No step of the ladder uses this wording" in page


def test_the_forecast_says_what_collides_and_shows_one_day_by_the_hour(staff):
    for slug in ("bridge", "dam", "road", "well"):
        published(slug=slug)
    page = staff.get(PAGE).text
    assert "Above the cap" in page
    assert "4 messages to this addressee within 24 hours, of 4 campaigns" in page
    assert "hour by hour" in page
    assert "Friday 28 April, hour by hour" in staff.get(f"{PAGE}?day=2023-04-28").text
    assert "Saturday 6 May, hour by hour" in staff.get(f"{PAGE}?day=2023-05-06").text


def test_the_forecast_shows_what_will_happen_to_one_addressee(staff):
    draft()
    page = staff.get(f"{PAGE}?addressee=ann").text
    assert "What will happen to one addressee" in page
    assert "Exhausted" in page


def test_the_forecast_is_there_as_a_calendar_file(staff):
    draft()
    response = staff.get(f"{PAGE}.ics")
    assert response.headers["Content-Type"].startswith("text/calendar")
    assert response.content.startswith(b"BEGIN:VCALENDAR")


def test_a_rehearsal_in_silence_and_with_a_scenario_written_on_the_page(staff, viewer):
    draft()
    page = "/campaigns/bridge/rehearsal"
    assert "Ann: Exhausted" in staff.get(page).text
    acts = "title: Ann acts\nanswers: [{addressee: ann, after: 1 day, kind: substantive, outcomes: {all: done}}]\n"
    for client in (staff, viewer):  # it changes nothing, so that who may only look may rehearse
        told = client.post(page, {"scenario": acts}).text
        assert "Ann: Acted" in told
        assert "Bob: Exhausted" in told
    assert not Delivery.objects.exists()


def test_a_mistake_in_a_scenario_is_named_at_its_line_and_what_was_written_is_kept(staff):
    draft()
    response = staff.post("/campaigns/bridge/rehearsal", {"scenario": "title: T\nanswers: [{addressee: an}]\n"})
    assert response.status_code == 422
    assert "Line 2" in response.text
    assert "addressee: an" in response.text
