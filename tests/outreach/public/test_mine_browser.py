"""«My data» in a real browser without scripts, on a phone and on a desktop: ask, see, change, take along, erase."""

import json
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from campaigns.moment import now
from campaigns.supporter import Supporter
from campaigns.tally import count
from outreach.confirming import confirm
from outreach.links import own_data
from outreach.notice import Notice
from outreach.signing import read_some
from outreach.signup import Form, keep
from tests.outreach.dashboard.test_browser import BASICS
from tests.small_campaign import published

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("width", [390, 1280])
def test_a_supporter_sees_takes_along_and_erases_what_we_know(browser_page, monkeypatch, width):
    monkeypatch.setattr("outreach.public.mine.give_hint", lambda actor: True)
    campaign, page = published(), browser_page
    keep(campaign.pk, Form("Anna Arshakyan", "anna@people.example", "en", comment="For my children"), "", now())
    read_some(now())
    anna = Supporter.objects.at("anna@people.example").get()
    confirm(anna, now())
    page.set_viewport_size({"width": width, "height": 800})

    def is_sound(heading: str) -> None:
        expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible()
        assert page.evaluate(BASICS) == []
        assert Axe().run(page).response["violations"] == []

    page.goto("/c/bridge/en/mine")
    is_sound("See, change or erase your data")
    page.get_by_label("Email address").fill("anna@people.example")
    page.get_by_role("button", name="Send me the link").click()
    is_sound("Look into your mail")
    read_some(now())
    page.goto(f"/mine/{own_data().token(Notice.objects.get(kind='data').pk)}")
    is_sound("What we know of you")
    page.get_by_label("Your name").fill("A. Arshakyan")
    page.get_by_role("button", name="Keep the change").click()
    expect(page.get_by_role("status")).to_contain_text("Your change has been kept")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download all of it").click()
    assert json.loads(Path(download.value.path()).read_text())["you"]["name"] == "A. Arshakyan"
    page.get_by_label("I know that this cannot be undone").check()
    page.get_by_role("button", name="Erase my data").click()
    is_sound("We do not know you any more")
    anna.refresh_from_db()
    assert (anna.name, anna.email, count(campaign.pk), page.context.cookies()) == ("", "", 1, [])
