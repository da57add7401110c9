import pytest

from tests.small_campaign import DAY, FRIDAY, draft, published

pytestmark = pytest.mark.django_db


def test_without_a_campaign_the_page_says_how_to_load_one(staff):
    page = staff.get("/").text
    assert "No campaign yet" in page
    assert "outreach load" in page


def test_each_campaign_is_shown_with_its_state_and_its_next_moment(staff, pass_at):
    draft("plan")
    running = published(FRIDAY, slug="bridge")
    pass_at(running, FRIDAY)
    page = staff.get("/").text
    assert page.index("Running</h2>") < page.index("Drafts</h2>")
    assert page.count("3 addressees") == 2
    assert "planned for" in page
    assert "Thu 4 May, 00:00" in page


def test_a_campaign_that_only_waits_for_people_says_so(staff, pass_at):
    running = published()
    pass_at(running, FRIDAY)
    running.appeals.update(look_at=FRIDAY - DAY)
    assert "nothing is due before a person acts" in staff.get("/").text


def test_as_long_as_nothing_leaves_the_page_says_so(staff, settings):
    published()
    assert "Outbox: nothing leaves this machine" in staff.get("/").text
    settings.CHANNELS = {"email": "smtp://relay.example:587"}
    assert "nothing leaves this machine" not in staff.get("/").text
