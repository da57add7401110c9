"""In a real browser, on a phone and on a desktop, with scripts and without: end the letters, see, take along, erase."""

import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from campaigns.consent import UPDATES
from campaigns.moment import now
from campaigns.supporter import Supporter
from campaigns.tally import count
from outreach.confirming import confirm
from outreach.links import own_data, unsubscribing
from outreach.notice import Notice
from outreach.signing import read_some
from outreach.signup import Form, keep
from tests.outreach.dashboard.test_browser import BASICS
from tests.small_campaign import published

ANNA = "anna@people.example"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(("scripts", "width"), [("browser_page", 390), ("browser_page", 1280), ("still_page", 390)])
def test_a_supporter_ends_the_letters_sees_takes_along_and_erases_what_we_know(request, monkeypatch, width, scripts):
    monkeypatch.setattr("outreach.public.mine.give_hint", lambda actor: True)
    campaign, page = published(), request.getfixturevalue(scripts)
    signed = Form("Anna Arshakyan", ANNA, "en", comment="For my children", consents={UPDATES: True})
    keep(campaign.pk, signed, "", now())
    read_some(now())
    anna = Supporter.objects.at(ANNA).get()
    confirm(anna, now())
    page.set_viewport_size({"width": width, "height": 800})

    def is_sound(heading: str) -> None:
        expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible()
        if scripts == "browser_page":
            assert page.evaluate(BASICS) == []
            assert Axe().run(page).response["violations"] == []

    page.goto(urlsplit(unsubscribing().link(anna.pk)).path)
    is_sound("Stop these messages?")
    page.get_by_role("button", name="Stop the messages").click()
    is_sound("You will get no more messages")
    page.goto("/c/bridge/en/mine")
    is_sound("See, change or erase your data")
    page.get_by_label("Email address").fill(ANNA)
    page.get_by_role("button", name="Send me the link").click()
    is_sound("Look into your mail")
    read_some(now())
    page.goto(f"/mine/{own_data().token(Notice.objects.get(kind='data').pk)}")
    is_sound("What we know of you")
    expect(page.get_by_role("radio", name="No", exact=True)).to_be_checked()
    page.get_by_label("Your name").fill("A. Arshakyan")
    page.get_by_role("button", name="Keep the change").click()
    expect(page.get_by_role("status")).to_contain_text("Your change has been kept")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download all of it").click()
    told = json.loads(Path(download.value.path()).read_text())
    assert told["you"]["name"] == "A. Arshakyan"
    assert [each["is_given"] for each in told["consents"]] == [True, False]
    page.get_by_label("I know that this cannot be undone").check()
    page.get_by_role("button", name="Erase my data").click()
    is_sound("We do not know you any more")
    anna.refresh_from_db()
    assert (anna.name, anna.email, count(campaign.pk), page.context.cookies()) == ("", "", 1, [])
