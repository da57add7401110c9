"""Under an alarm a real browser finds the proof of work by itself, and the mail comes as quickly as ever."""

import pytest
from playwright.sync_api import expect

from campaigns.moment import now
from campaigns.signature import Signature
from outreach.alarm import raise_alarm
from outreach.notice import Notice
from outreach.public.kept_page import forget
from outreach.signing import read_some
from tests.outreach.dashboard.test_browser import BASICS
from tests.small_campaign import published

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_browser_proves_its_work_while_the_person_fills_in_the_form(browser_page, monkeypatch):
    monkeypatch.setattr("outreach.public.signing_pages.give_hint", lambda actor: True)
    monkeypatch.setattr("outreach.public.quick_door.give_hint", lambda actor: True)
    raise_alarm(published(), reason="They come", author="Mia", now=now())
    forget()
    page = browser_page
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto("/c/bridge/en/")
    assert page.evaluate(BASICS) == []
    page.get_by_label("Your name").fill("Anna Arshakyan")
    page.get_by_label("Email address").fill("anna@people.example")
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Look into your mail")).to_be_visible()
    moment = now()
    read_some(moment)
    assert Signature.objects.get().marks in ([], ["quick"])
    assert Notice.objects.get().due_at == moment
