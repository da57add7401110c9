"""The public pages in a real browser, on a phone."""

import re
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from outreach.clock import tick
from outreach.evidence.note import note_marked
from outreach.links import answering, unsubscribing
from tests.outreach.dashboard.test_browser import BASICS
from tests.small_campaign import FRIDAY, published, supporters

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


def test_an_office_answers_and_mends_what_it_forgot(browser_page, monkeypatch):
    monkeypatch.setattr("campaigns.moment.now", lambda: FRIDAY)
    appeal = published().appeals.get(addressee__key="ann")
    page = browser_page
    page.set_viewport_size({"width": 360, "height": 700})
    page.goto(urlsplit(answering().link(appeal.pk)).path)
    assert page.evaluate(BASICS) == []
    page.get_by_role("group", name="1. Open").get_by_label("We will do it, by a date").check()
    page.get_by_role("button", name="Check my answer").click()
    expect(page.get_by_role("alert")).to_contain_text("Demand 1: give the date")
    expect(page).to_have_title(re.compile("^There is a problem"))
    assert page.evaluate(BASICS) == []
    page.get_by_role("group", name="1. Open").get_by_label("By which date").fill("2023-05-12")
    page.get_by_label("Function").fill("Mayor")
    page.get_by_role("button", name="Check my answer").click()
    expect(page.get_by_text("We will do it, by a date: 12 May 2023")).to_be_visible()
    assert page.evaluate(BASICS) == []
    page.get_by_label("Passcode").fill(answering().passcode(appeal.pk).lower())
    page.get_by_role("button", name="Send the answer").click()
    expect(page.get_by_role("heading", level=1, name="We have received your answer")).to_be_visible()
    assert page.context.cookies() == []
    assert appeal.responses.get().proposed_kind == "commitment"


def test_anybody_reads_the_record_on_a_phone(browser_page):
    campaign = published()
    tick(campaign, FRIDAY)
    note_marked(FRIDAY)
    page = browser_page
    page.set_viewport_size({"width": 360, "height": 700})
    page.goto("/c/bridge/record")
    assert page.evaluate(BASICS) == []
    assert Axe().run(page).response["violations"] == []
    page.get_by_role("link", name="Ann").click()
    expect(page.get_by_role("heading", level=1, name="Ann")).to_be_visible()
    assert page.evaluate(BASICS) == []
    assert Axe().run(page).response["violations"] == []
    assert page.context.cookies() == []
