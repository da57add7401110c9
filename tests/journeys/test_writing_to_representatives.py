"""A supporter finds who represents them, writes in their own words and confirms it, and is answered; also without
scripts.
"""

from collections.abc import Callable
from email.message import EmailMessage
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from campaigns.addressee import Addressee, ContactPoint
from campaigns.locality import Lies, keep_localities
from channels.fakes.smtp_message import Message
from channels.fakes.smtp_sink import SmtpSink
from channels.wire import configured
from outreach.inbox.reading import read_waiting
from outreach.letters.letter import Letter
from outreach.letters.mailbag import Mailbag
from outreach.letters.posting import post_some
from outreach.notify import send_some
from outreach.public.kept_page import forget
from outreach.response import Response
from outreach.signing import read_some
from tests.journeys.test_answers_by_mail import by_our_own_server
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
    seen(page, "Thank you. Your letter waits for its turn")


def body_of(mail: Message) -> str:
    """Its words, without regard for where lines end."""
    body = mail.parsed.get_body(("plain",))
    assert body is not None
    return " ".join(body.get_content().split())


def answer(to: str) -> bytes:
    """What the office of Ann sends back, with a file."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "Office of Ann <ann@offices.example>", to, "Re: The bridge of Ann"
    mail["Message-ID"] = "<17@offices.example>"
    mail["Authentication-Results"] = "mx.us.example; dmarc=pass header.from=offices.example"
    mail.set_content("Dear Anna, we will open the bridge in June.")
    mail.add_attachment(b"%PDF-1.7 %%EOF", maintype="application", subtype="pdf", filename="plan.pdf")
    return mail.as_bytes().replace(b"\n", b"\r\n")


def test_somebody_writes_to_their_representatives_confirms_and_is_answered(campaign, page, monkeypatch, settings):
    settings.REPLY_DOMAIN, settings.BOUNCES = "in.example", "bounces@in.example"
    settings.MAIL_TRUSTED, settings.PARSE_SECRETS = ["mx.us.example"], ["a-secret-that-nobody-can-guess"]
    monkeypatch.setattr("outreach.inbox.smtp_door.close_old_connections", lambda: None)
    for place in ("notify", "letters.posting", "inbox.smtp_door"):
        monkeypatch.setattr(f"outreach.{place}.now", lambda: NOW)
    with SmtpSink() as sink:
        email = configured("email", f"{sink.address}?proof=final&starttls=never")
        for place in ("notify", "letters.posting"):
            monkeypatch.setattr(f"outreach.{place}.wire_of", lambda channel: email)
        write(page)
        read_some(NOW)
        send_some(NOW)
        (mail,) = sink.messages
        assert mail.recipients == ("anna@people.example",)
        confirm(page, next(word for word in body_of(mail).split() if "/writing/" in word))
        kept = Letter.objects.order_by("addressee__key")
        assert [(each.state, each.place) for each in kept] == [(Letter.State.CONFIRMED, "Seattle")] * 2
        assert kept[0].text.endswith(OWN)
        assert kept[0].own_share > kept[1].own_share == 0

        assert [post_some(NOW), post_some(NOW)] == [2, 0]
        to_ann, to_cat = sorted(sink.messages[1:], key=lambda each: each.recipients)
        assert (to_ann.recipients, to_cat.recipients) == (("ann@offices.example",), ("cat@offices.example",))
        assert str(to_ann.parsed["From"]) == "Anna Arshakyan via Bridge Committee <bridge@committee.example>"
        assert OWN in body_of(to_ann)
        assert "An answer to this message goes to Anna Arshakyan." in body_of(to_ann)
        assert set(Mailbag.objects.values_list("state", flat=True)) == {"delivered"}

        alias = str(to_ann.parsed["Reply-To"])
        by_our_own_server(answer(alias), "ann@offices.example", alias)
        read_waiting(NOW)
        send_some(NOW)
        email.close()
        forwarded = sink.messages[-1]
    assert forwarded.recipients == ("anna@people.example",)
    assert str(forwarded.parsed["Subject"]) == "Ann answered your letter: The bridge of Ann"
    assert str(forwarded.parsed["Reply-To"]) == "ann@offices.example"
    assert "Dear Anna, we will open the bridge in June." in body_of(forwarded)
    assert not Response.objects.exists(), "it is no answer to the campaign"

    page.goto(urlsplit(next(word for word in body_of(forwarded).split() if "/reply/" in word)).path)
    seen(page, "Ann answered your letter: The bridge of Ann")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download plan.pdf").click()
    assert download.value.suggested_filename == "plan.pdf"
    assert page.context.cookies() == []
