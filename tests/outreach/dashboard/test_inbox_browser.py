"""The inbox in a real browser: one key settles, the next one comes, and keys can be switched off."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from outreach.response import Response
from tests.outreach.dashboard.test_browser import BASICS, letters_sent
from tests.outreach.dashboard.test_browser import signed_in as signed_in
from tests.outreach.test_inbox import answered, quarantined
from tests.small_campaign import FRIDAY, published

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_key_settles_and_the_next_one_comes(signed_in):
    campaign = letters_sent(published())
    ann, bob = (campaign.appeals.get(addressee__key=key) for key in ("ann", "bob"))
    first = answered(ann, proposed_kind="acknowledgement", received_at=FRIDAY - timedelta(hours=1))
    quarantined(bob)
    page = signed_in
    page.set_viewport_size({"width": 360, "height": 700})
    page.goto("/inbox")
    assert page.evaluate(BASICS) == []
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    page.get_by_role("button", name="One after the other").click()
    expect(page.get_by_text("You have this since")).to_be_visible()
    expect(page.get_by_label("Single keys")).to_be_visible()
    assert page.evaluate(BASICS) == []
    page.keyboard.press("1")
    expect(page.get_by_role("heading", level=1, name="Whose answer is it?")).to_be_visible()
    first.refresh_from_db()
    assert first.kind == "acknowledgement"
    assert page.evaluate(BASICS) == []
    page.get_by_label("Why, if it is no answer").press("1")
    expect(page.get_by_label("Why, if it is no answer")).to_have_value("1")
    page.get_by_label("Single keys").uncheck()
    page.locator("h1").click()
    page.keyboard.press("1")
    expect(page.get_by_role("heading", level=1, name="Whose answer is it?")).to_be_visible()
    page.get_by_role("button", name="This one").first.click()
    expect(page.get_by_role("heading", level=1, name="An answer to read")).to_be_visible()
    assert Response.objects.filter(appeal=bob).exists()
