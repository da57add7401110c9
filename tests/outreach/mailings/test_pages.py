"""The pages of mailings: written, read, tried, approved, let go, watched and stopped by staff, without a script too."""

from datetime import UTC, datetime
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Page, expect

from campaigns.hold import Hold
from campaigns.mailing import Mailing
from outreach.sign_in import SignInLink
from tests.outreach.dashboard.conftest import member, signed_in
from tests.outreach.dashboard.test_browser import BASICS
from tests.outreach.mailings.conftest import TUESDAY, compose, send
from tests.outreach.mailings.test_composing import TWO
from tests.outreach.wires import Told
from tests.small_campaign import DAY

pytestmark = pytest.mark.django_db
HERE = "/campaigns/bridge/mailings"
ONE = f"{HERE}/of/june"
FORM = {
    "key": "june",
    "title": "News in June",
    "subject-a-en": "Hello {{ supporter.name }}",
    "body-a-en": "Dear {{ supporter.name }},\r\n\r\nsilent are {{ silent | map(attribute='name') | listing }}.",
    "representatives": ["silent", "broken"],
    "divisions": "ocd-division/country:xx",
    "countries": "",
    "languages": "en",
    "has_signed": "",
    "has_written": "no",
    "joined_from": "2023-01-01T09:00",
    "joined_before": "",
    "measure": "letters",
    "test_share": "0",
    "test_hours": "48",
    "expires_hours": "72",
    "above_cap": "left out",
}


@pytest.fixture
def staff() -> Client:
    return signed_in(member())


def post(client: Client, what: str, **said: Any):
    return client.post(f"{ONE}/{what}", said)


def test_a_mailing_is_written_read_tried_let_go_held_and_stopped(staff, campaign):
    assert staff.post(f"{HERE}/write", FORM).headers["Location"] == ONE
    mailing = Mailing.objects.get()
    assert mailing.for_whom.sentence() == (
        "Supporters living in ocd-division/country:xx, reading en, who have not written a letter, who joined from "
        "1 January 2023, 09:00 UTC on, whose own representative is silent or has broken a commitment"
    )
    page = staff.get(ONE).content.decode()
    assert "Write to 4 supporters" in page
    assert "silent are Ann." in page
    assert staff.get(f"{ONE}/letters/mailing-june-a/en").headers["X-Frame-Options"] == "SAMEORIGIN"
    again = staff.get(f"{ONE}/draft").content.decode()
    assert "Hello {{ supporter.name }}" in again
    assert 'value="broken" checked' in again
    tried = post(staff, "test", letter="mailing-june-a en", to="mara@committee.example")
    assert "The test went to mara@committee.example" in staff.get(tried.headers["Location"]).content.decode()
    post(staff, "go")
    compose()
    post(staff, "hold", why="Wait for the minister")
    assert "Wait for the minister" in staff.get(ONE).content.decode()
    Hold.objects.get().lift(TUESDAY, "Ann")
    send(Told())
    assert "<b>4</b> of 4 settled" in staff.get(ONE).content.decode()
    post(staff, "stop", reason="A wrong figure")
    assert "Stopped by mara" in staff.get(ONE).content.decode()
    assert "News in June" in staff.get(HERE).content.decode()


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(staff, campaign):
    for change, field, sentence in (
        ({"key": "In June"}, "key", "small letters"),
        ({"body-a-en": "Dear {{ supporter.salary }}"}, "body-a-en", "salary"),
        ({"joined_from": "yesterday"}, "joined_from", "Give the day"),
        ({"expires_hours": "soon"}, "expires_hours", "no whole number"),
        ({"body-b-en": "Another", "subject-b-en": "B", "test_hours": ""}, "test_hours", "after how long"),
    ):
        answer = staff.post(f"{HERE}/write", FORM | change)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert f'id="{field}-e"' in page
        assert sentence in page
        assert "News in June" in page
    assert not Mailing.objects.exists()
    staff.post(f"{HERE}/write", FORM)
    assert post(staff, "go", at="yesterday").status_code == 422
    assert post(staff, "stop", reason=" ").status_code == 409
    assert post(staff, "test", letter="mailing-june-a en", to="nobody").status_code == 422


def test_it_waits_for_a_yes_on_its_page_and_who_only_looks_changes_nothing(staff, campaign):
    campaign.steps.filter(key="deadline").update(approvers=1)
    staff.post(f"{HERE}/write", FORM)
    post(staff, "go")
    compose()
    page = staff.get(ONE).content.decode()
    assert ("needs 1 more approval" in page, "Who would get it now" in page) == (True, True)
    olga = signed_in(member("owner", "olga"))
    assert "The mailing “News in June” needs one more approval" in olga.get("/inbox").content.decode()
    assert "The mailing" not in staff.get("/inbox").content.decode()
    post(olga, "approve", seen=Mailing.objects.get().content())
    post(olga, "take-back-approval")
    post(olga, "approve", seen=Mailing.objects.get().content())
    post(olga, "take-back")
    post(olga, "go")
    compose()
    assert Mailing.objects.get().state == "composed"
    assert "Who would get it now" not in olga.get(ONE).content.decode()
    viewer = signed_in(member("viewer", "vera"))
    assert viewer.get(ONE).status_code == viewer.get(f"{HERE}/new").status_code == 200
    assert post(viewer, "stop", reason="x").status_code == 403


def test_every_other_page_of_the_campaign_knows_what_belongs_to_no_step(staff, begun):
    mailing = begun()
    for page in ("", "/deliveries", "/queue", "/forecast"):
        assert staff.get(f"/campaigns/bridge{page}").status_code == 200, page
    one = mailing.wave.deliveries.first()
    assert "Mailing “News of the bridge”" in staff.get(f"/campaigns/bridge/deliveries/{one.pk}").content.decode()
    shown = staff.get(f"/api/v1/deliveries/{one.pk}").json()
    assert (shown["step"], shown["mailing"]) == (None, "news")
    put = {"on": "mailing:news", "reason": "Wait"}
    staff.post("/campaigns/bridge/holds", put)
    assert Hold.objects.get().what() == "the mailing “News of the bridge”"
    assert "News of the bridge" in staff.get("/campaigns/bridge").content.decode()


@pytest.mark.django_db(transaction=True)
def test_its_numbers_move_by_themselves_and_its_pages_are_fit_for_all(browser_page: Page, begun, monkeypatch):
    monkeypatch.setattr("outreach.dashboard.mailings.PACE", 1)
    begun(key="june", texts=TWO, test_time=DAY)
    secret = SignInLink.issue(member("owner"), datetime.now(UTC))
    browser_page.goto(f"/sign-in/{secret}")
    browser_page.get_by_role("button", name="Sign in").click()
    browser_page.goto(ONE)
    expect(browser_page.get_by_text("0 of 6 settled")).to_be_visible()
    send(Told())
    expect(browser_page.get_by_text("6 of 6 settled")).to_be_visible()
    expect(browser_page.get_by_text("They are compared once")).to_be_visible()
    for width in (390, 1280):
        browser_page.set_viewport_size({"width": width, "height": 900})
        for path in (HERE, f"{HERE}/new", ONE):
            browser_page.goto(path)
            assert browser_page.evaluate(BASICS) == []
            wide = browser_page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide == 0
            if width == 390:
                assert [each["id"] for each in Axe().run(browser_page).response["violations"]] == []
