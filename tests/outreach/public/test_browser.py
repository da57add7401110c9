"""Ending the letters in a real browser, on a phone."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from outreach.links import unsubscribing
from tests.outreach.dashboard.test_browser import BASICS
from tests.small_campaign import published, supporters

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_supporter_ends_the_letters_and_takes_it_back(browser_page):
    (anna,) = supporters(published(), 1)
    page = browser_page
    page.set_viewport_size({"width": 360, "height": 700})
    page.goto(urlsplit(unsubscribing().link(anna.pk)).path)
    for heading, button in (
        ("Stop these messages?", "Stop the messages"),
        ("You will get no more messages", "Send me messages again"),
        ("You will get messages again", "Stop the messages"),
    ):
        expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible()
        assert page.evaluate(BASICS) == []
        page.get_by_role("button", name=button).click()
    expect(page.get_by_role("heading", level=1, name="You will get no more messages")).to_be_visible()
    assert page.context.cookies() == []
