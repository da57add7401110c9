"""A flood of letters reaches an office as one message; on its page the office reads them all and asks for no others."""

from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from campaigns.addressee import ContactPoint
from channels.fakes.smtp_sink import SmtpSink
from channels.wire import configured
from outreach.letters.letter import Letter
from outreach.letters.mailbag import Mailbag
from outreach.letters.posting import post_some
from tests.letters import confirmed
from tests.outreach.dashboard.test_browser import BASICS, signed_in
from tests.small_campaign import DAY, FRIDAY, published

__all__ = ["signed_in"]
pytestmark = pytest.mark.django_db(transaction=True)
TUESDAY = FRIDAY + 4 * DAY  # Monday is a holiday where the office is
OWN = "I cross this bridge every day with my two children.\n\nLast winter we walked for an hour."


def is_sound(page: Page, heading: str) -> None:
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible()
        assert page.evaluate(BASICS) == []
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
        assert Axe().run(page).response["violations"] == []


def test_an_office_reads_a_digest_and_wants_letters_together_only(signed_in, monkeypatch, settings):
    settings.REPLY_DOMAIN, settings.LETTERS_A_DAY = "in.example", 2
    monkeypatch.setattr("campaigns.moment.now", lambda: TUESDAY)
    page, campaign = signed_in, published()
    confirmed(campaign, 8, at=TUESDAY - DAY, text=OWN, may_quote=True, own_share=90)
    with SmtpSink() as sink:
        wire = configured("email", f"{sink.address}?proof=final&starttls=never")
        monkeypatch.setattr("outreach.letters.posting.wire_of", lambda channel: wire)
        post_some(TUESDAY)
        wire.close()
        alone, together = sorted(sink.messages, key=lambda each: "letters to you" in str(each.parsed["Subject"]))
    assert str(alone.parsed["From"]).endswith(" via Bridge Committee <bridge@committee.example>")
    assert str(alone.parsed["Reply-To"]).startswith("reply+letter-")
    assert str(together.parsed["Subject"]) == "6 letters to you about “Keep the bridge open”"
    assert set(Mailbag.objects.values_list("state", "number")) == {("delivered", 1), ("delivered", 6)}
    assert Letter.objects.waiting().count() == 1
    body = together.parsed.get_body(("plain",))
    assert body is not None
    text = body.get_content()
    assert "Last winter we walked for an hour." in " ".join(text.replace("> ", "").split())

    page.goto(urlsplit(next(word for word in text.split() if "/letters/" in word)).path)
    is_sound(page, "6 letters to Ann")
    page.get_by_role("button", name="Together only, once a day at the most").click()
    expect(page.get_by_text("You get letters together only")).to_be_visible()
    assert ContactPoint.objects.get(addressee__key="ann").digests_only

    page.goto("/campaigns/bridge/letters")
    is_sound(page, "Letters of supporters")
    expect(page.get_by_text("it wants them together only")).to_be_visible()
