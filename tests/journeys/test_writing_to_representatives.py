"""A supporter finds who represents them, writes in their own words and confirms it; also without scripts."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from campaigns.addressee import Addressee, ContactPoint
from campaigns.locality import Lies, keep_localities
from channels.fakes.smtp_sink import SmtpSink
from channels.wire import configured
from outreach.letters.letter import Letter
from outreach.notify import send_some
from outreach.public.kept_page import forget
from outreach.signing import read_some
from tests.letters import open_to_letters
from tests.outreach.dashboard.test_browser import BASICS
from tests.small_campaign import DAY, FRIDAY

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = 390
STATE = "ocd-division/country:us/state:wa"
NOW = FRIDAY + 8 * DAY
OWN = "I grew up beside this bridge, and my mother is brought to the hospital over it every week."


@pytest.fixture(params=[390, 1280])
def page(request: pytest.FixtureRequest, browser_page: Page, new_context: Callable[..., Any], live_server: Any) -> Page:
    """A phone that runs no scripts, and a desktop."""
    found: Page = browser_page
    if request.param == PHONE:
        found = new_context(base_url=live_server.url, java_script_enabled=False).new_page()
    found.set_viewport_size({"width": request.param, "height": 800})
    return found


@pytest.fixture
def campaign(transactional_db, monkeypatch):
    """Ann is the senator; Bob represents district 7 and is reached by a web form only; Cat is asked for everybody."""
    forget()
    monkeypatch.setattr("campaigns.moment.now", lambda: NOW)
    for where in ("write_letter", "mine"):
        monkeypatch.setattr(f"outreach.public.{where}.give_hint", lambda actor: True)
    made = open_to_letters()
    for key, division in (("ann", STATE), ("bob", f"{STATE}/cd:7")):
        Addressee.objects.filter(key=key).update(division=division, country="US")
    ContactPoint.objects.filter(addressee__key="bob").update(channel="form", address="https://bob.example/write")
    keep_localities([Lies("US", "", "Washington", STATE), Lies("US", "", "Washington, district 7", f"{STATE}/cd:7")])
    keep_localities([Lies("US", "98101", "Seattle", f"{STATE}/cd:7")])
    return made


def seen(page: Page, heading: str) -> None:
    """The page is there, is laid out well, and can be used by everybody."""
    expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible()
    assert page.evaluate(BASICS) == []
    if page.viewport_size != {"width": PHONE, "height": 800}:  # axe is a script
        assert Axe().run(page).response["violations"] == []


def write(page: Page) -> None:
    """From the campaign's page to the mail that asks to confirm."""
    page.goto("/c/bridge/en/")
    page.get_by_role("link", name="Find").click()
    page.get_by_label("Postcode or town").fill("98101")
    page.get_by_role("button", name="Find").click()
    seen(page, "Write to your representative")
    expect(page.get_by_role("heading", name="Head of Bob")).to_be_visible()
    expect(page.get_by_role("link", name="Write by the office’s web form")).to_be_visible()
    page.get_by_label("Write to them here: Ann").check()
    page.get_by_label("Write to them here: Cat").check()
    page.get_by_role("button", name="Write the letter").click()
    seen(page, "Write to your representative")
    begun = page.get_by_role("textbox", name="Letter").first
    begun.fill(f"{begun.input_value()}\n\n{OWN}")
    page.get_by_label("Your name").fill("Anna Arshakyan")
    page.get_by_label("Email address", exact=True).fill("anna@people.example")
    page.get_by_label("Town").fill("Seattle <b>")
    page.get_by_role("button", name="Look at it once more").click()
    expect(page.get_by_role("alert")).to_contain_text("Leave out addresses, links and brackets here")
    seen(page, "Write to your representative")
    page.get_by_label("Town").fill("Seattle")
    page.get_by_role("button", name="Look at it once more").click()
    seen(page, "Read it as it will arrive")
    expect(page.get_by_text("Anna Arshakyan via Bridge Committee").first).to_be_visible()
    expect(page.get_by_text("So far these are our words alone.")).to_be_visible()
    page.get_by_role("button", name="Send me the mail to confirm it").click()
    seen(page, "Look into your mail")


def confirm(page: Page, link: str) -> None:
    page.goto(urlsplit(link).path)
    seen(page, "Confirm your letter")
    page.get_by_role("button", name="Yes, send it in my name").click()
    seen(page, "Thank you. Your letter is on its list")


def test_somebody_writes_to_their_representatives_and_confirms(campaign, page, monkeypatch):
    write(page)
    read_some(NOW)
    with SmtpSink() as sink:
        email = configured("email", f"{sink.address}?proof=final&starttls=never")
        monkeypatch.setattr("outreach.notify.wire_of", lambda channel: email)
        send_some(NOW)
        email.close()
        (mail,) = sink.messages
    assert mail.recipients == ("anna@people.example",)
    body = mail.parsed.get_body(("plain",))
    assert body is not None
    confirm(page, next(word for word in body.get_content().split() if "/writing/" in word))
    kept = Letter.objects.order_by("addressee__key")
    assert [(each.state, each.place) for each in kept] == [(Letter.State.CONFIRMED, "Seattle")] * 2
    assert kept[0].text.endswith(OWN)
    assert kept[0].own_share > kept[1].own_share == 0
    assert page.context.cookies() == []
