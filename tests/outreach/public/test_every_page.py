"""Every public page in a real browser: nothing serious is in anybody's way, and signing needs no script."""

from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from campaigns.signature import Signature
from campaigns.supporter import Supporter
from campaigns.tally import count
from outreach.evidence.note import note_marked
from outreach.links import answering, confirming, unsubscribing
from outreach.public.kept_page import forget
from outreach.send import drain
from outreach.signing import read_some
from tests.letters import open_to_letters
from tests.small_campaign import FRIDAY

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(240)]
HOME = "/c/bridge"


@pytest.fixture
def campaign(monkeypatch, settings, live_server):
    """Running for a moment, in English and Arabic, with somebody who is to confirm."""
    settings.OUTREACH_URL = live_server.url
    monkeypatch.setattr("campaigns.moment.now", lambda: FRIDAY)
    monkeypatch.setattr("outreach.send.now", lambda: FRIDAY)
    forget()
    campaign = open_to_letters(embed=["https://news.example"])
    campaign.languages, campaign.title = ["en", "ar"], {"en": "Keep the bridge open", "ar": "أبقوا الجسر مفتوحًا"}
    campaign.save()
    campaign.steps.filter(key="oversight").update(signatures=1000)
    drain("email", bulk=False)
    note_marked(FRIDAY)
    return campaign


@pytest.fixture
def waiting(campaign):
    """Somebody who has signed and not confirmed."""
    anna = Supporter.objects.create(
        campaign=campaign, name="Anna", email="anna@people.example", language="en", joined_at=FRIDAY, agreed_at=FRIDAY
    )
    Signature.objects.create(campaign=campaign, supporter=anna, is_public=True, signed_at=FRIDAY)
    return anna


def test_no_public_page_has_anything_serious_in_anybodys_way(new_context, live_server, campaign, waiting):
    appeal = campaign.appeals.get(addressee__key="ann")
    links = (confirming().link(waiting.pk), unsubscribing().link(waiting.pk), answering().link(appeal.pk))
    pages = [f"{HOME}/en/{page}" for page in ("", "signed", "embed", "share/mastodon", "write", "mine")]
    pages += [f"{HOME}/en/{page}" for page in ("record", "record/ann", "report")]
    pages += [urlsplit(each).path for each in links]
    both = [f"{HOME}/ar/"]
    found = []
    for scheme, paths in (("light", [*both, *pages]), ("dark", both)):
        look = {"color_scheme": scheme, "reduced_motion": "reduce", "viewport": {"width": 390, "height": 800}}
        page = new_context(base_url=live_server.url, **look).new_page()
        for path in paths:
            assert page.goto(path).ok, path
            for each in Axe().run(page).response["violations"]:
                if each["impact"] in ("serious", "critical"):
                    found.append((path, scheme, each["id"], each["nodes"][0]["html"]))
        assert page.context.cookies() == []
    assert found == []


@pytest.mark.parametrize("width", [390, 1280])
def test_signing_to_the_end_needs_no_script(new_context, live_server, campaign, width):
    context = new_context(base_url=live_server.url, java_script_enabled=False, viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(f"{HOME}/en/")
    expect(page.get_by_role("button", name="Stop updating")).to_be_hidden()
    page.get_by_label("Your name").fill("Anna Arshakyan")
    page.get_by_label("Email address").fill("anna@people.example")
    page.get_by_label("Show my name on this page").check()
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Look into your mail")).to_be_visible()
    read_some(FRIDAY)
    assert count(campaign.pk) == 0
    page.goto(urlsplit(confirming().link(Supporter.objects.get().pk)).path)
    page.get_by_role("button", name="Yes, count my signature").click()
    expect(page.get_by_role("heading", level=1, name="Your signature counts")).to_be_visible()
    assert count(campaign.pk) == 1
    forget()
    page.goto(f"{HOME}/en/")
    page.reload()  # for a browser need not ask again within two seconds
    expect(page.get_by_text("1 of 1,000 signatures")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="Anna Arshakyan")).to_be_visible()
    assert context.cookies() == []


def test_with_a_script_the_count_renews_itself_until_somebody_stops_it(browser_page, campaign, waiting):
    page = browser_page
    page.clock.install()
    page.goto(f"{HOME}/en/")
    expect(page.get_by_text("0 of 1,000 signatures")).to_be_visible()
    Signature.objects.get().confirm(FRIDAY)
    forget()
    page.clock.run_for(2100)
    expect(page.get_by_text("1 of 1,000 signatures")).to_be_visible()
    page.get_by_role("button", name="Stop updating").click()
    expect(page.get_by_role("button", name="Stop updating")).to_be_disabled()
