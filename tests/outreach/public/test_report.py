import json

import pypdfium2
import pytest
from django.test import Client

from campaigns.campaign import Campaign
from outreach.clock import tick
from outreach.send import drain
from tests.outreach.dashboard.test_browser import BASICS
from tests.small_campaign import DAY, DEADLINE, FRIDAY, draft, published

REPORT = "/c/bridge/report"


def in_languages(*languages: str) -> Campaign:
    campaign = published()
    campaign.languages = list(languages)
    campaign.save()
    return campaign


@pytest.fixture
def bridge(db, monkeypatch):
    monkeypatch.setattr("outreach.send.now", lambda: FRIDAY)
    monkeypatch.setattr("campaigns.moment.now", lambda: DEADLINE)
    campaign = in_languages("en", "hy", "ar", "pt")
    tick(campaign, FRIDAY)
    drain("email", bulk=False)
    return campaign


def test_everybody_may_read_it_from_publication_on_and_nobody_before(bridge):
    draft("plan")
    page = Client().get(REPORT)
    assert page.status_code == 200
    assert "Interim report" in page.text
    assert page.headers["Cache-Control"] == "public, max-age=60"
    for address in ("plan/report", "plan/report.json", "plan/en/report", "plan/en/report.pdf", "no/report"):
        assert Client().get(f"/c/{address}").status_code == 404


def test_it_is_final_by_itself_when_the_campaign_has_closed(bridge):
    bridge.appeals.update(status="exhausted", look_at=None)
    tick(bridge, DEADLINE)
    page = Client().get(REPORT).text
    assert "Closing report" in page
    assert "Interim report" not in page


def test_it_speaks_the_readers_language_or_that_of_the_address(bridge):
    assert 'lang="hy"' in Client(headers={"Accept-Language": "hy;q=0.9, fr"}).get(REPORT).text
    arabic = Client().get("/c/bridge/ar/report").text
    assert 'lang="ar" dir="rtl"' in arabic
    assert "ثبت التسليم" in arabic
    assert Client().get("/c/bridge/fr/report").status_code == 404


def test_it_names_no_supporter_no_address_and_no_text_of_anybody(bridge):
    page = Client().get(REPORT).text + Client().get(f"{REPORT}.json").text
    assert "@" not in page
    assert "we write to" not in page


def test_machines_get_it_as_json_and_paper_as_pdf(bridge):
    told = json.loads(Client().get(f"{REPORT}.json").content)
    assert told["total"]["proven_delivered"] == 3
    assert told["deadline"] == DEADLINE.isoformat()
    response = Client().get("/c/bridge/hy/report.pdf")
    assert response.headers["Content-Type"] == "application/pdf"
    words = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(response.content))
    assert "Միջանկյալ հաշվետվություն" in words


def test_it_changes_nothing_and_takes_no_post(bridge):
    assert Client().post(REPORT).status_code == 405


@pytest.mark.django_db(transaction=True)
def test_it_fits_a_phone_and_is_whole_without_a_script(browser_page):
    campaign = in_languages("en", "ar")
    tick(campaign, FRIDAY)
    campaign.appeals.update(due_at=FRIDAY + 7 * DAY)
    for width, language in ((320, "en"), (390, "ar"), (1280, "en")):
        browser_page.set_viewport_size({"width": width, "height": 800})
        browser_page.goto(f"/c/bridge/{language}/report")
        assert browser_page.evaluate("document.documentElement.scrollWidth") <= width
        assert browser_page.evaluate(BASICS) == []
    browser_page.get_by_text("The numbers as a table").first.click()
    assert (
        browser_page.get_by_role("cell", name="Proven delivered")
        .or_(browser_page.get_by_role("rowheader", name="Proven delivered"))
        .first.is_visible()
    )
