"""Who represents me, and how do I reach them: found by postcode, by name and from a list, without keeping any of it."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from campaigns.addressee import Addressee, ContactPoint
from campaigns.campaign import Campaign
from campaigns.locality import Lies, Locality, keep_localities
from campaigns.representation import covering
from channels.fakes.lookup import LookupFake
from channels.lookups import Division
from outreach.public.kept_page import forget
from outreach.public.write_sentences import WRITE
from tests.outreach.dashboard.test_browser import BASICS
from tests.outreach.public.test_campaign_page import text
from tests.small_campaign import FRIDAY, published

PAGE = "/c/bridge/en/write"
STATE = "ocd-division/country:us/state:wa"
PLACES = (
    Lies("US", "", "Washington", STATE),
    Lies("US", "", "Washington, district 10", f"{STATE}/cd:10"),
    Lies("US", "", "Washington, district 7", f"{STATE}/cd:7"),
    Lies("US", "", "Oregon", "ocd-division/country:us/state:or"),
    Lies("US", "98101", "Seattle", f"{STATE}/cd:7"),
    Lies("US", "98354", "Milton", f"{STATE}/cd:10"),
    Lies("US", "98354", "Milton", f"{STATE}/cd:7"),
)


pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign(monkeypatch):
    """Ann is the senator, Bob represents district 7, the office of Cat is vacant."""
    forget()
    monkeypatch.setattr("campaigns.moment.now", lambda: FRIDAY)
    made = published()
    for key, division in (("ann", STATE), ("bob", f"{STATE}/cd:7"), ("cat", f"{STATE}/cd:10")):
        Addressee.objects.filter(key=key).update(division=division)
    Addressee.objects.filter(key="cat").update(holder="")
    ann = Addressee.objects.get(key="ann")
    for channel, address in (
        ("form", "https://ann.example/write"),
        ("phone", "+1 202-555-0101 ext. 7"),
        ("letter", "1 Hill Street\nWashington, DC 20510"),
        ("x", "@ann"),
    ):
        ContactPoint.objects.create(addressee=ann, channel=channel, address=address)
    keep_localities(PLACES)
    return made


def ask(client, **said):
    return client.post(PAGE, said)


@pytest.mark.parametrize("where", ["98101", "98101-1234", " 98101 ", "seattle", "SEATTLE", "Washington,  district 7"])
def test_a_place_is_found_by_postcode_and_by_name(campaign, client, where):
    answer = ask(client, where=where)
    said = text(answer.content.decode())
    assert (answer.status_code, "Who represents you: Washington, district 7" in said) == (200, True)
    assert said.index("Head of Bob") < said.index("Head of Ann")
    assert "Cat" not in said


def test_the_ways_that_are_open_to_everybody_are_shown_and_what_is_not_known_is_said(campaign, client):
    page = ask(client, division=f"{STATE}/cd:7").content.decode()
    assert 'href="https://ann.example/write"' in page
    assert 'href="tel:+12025550101;ext=7"' in page
    assert "1 Hill Street, Washington, DC 20510" in page
    assert 'href="https://x.com/intent/tweet?text=%40ann+"' in page
    assert "offices.example" not in page
    assert WRITE["en"].by_us in text(page)


def test_an_address_that_is_dead_is_not_shown(campaign, client):
    ContactPoint.objects.filter(channel="form").update(health=ContactPoint.Health.DEAD)
    assert "ann.example" not in ask(client, division=STATE).content.decode()


def test_who_knows_only_the_state_gets_its_representatives_and_may_choose_the_district(campaign, client):
    page = ask(client, where="washington").content.decode()
    assert "Head of Ann" in page
    assert "Head of Bob" not in page
    assert page.index("Washington, district 7</option>") < page.index("Washington, district 10</option>")


def test_a_vacant_office_is_said_to_be_vacant(campaign, client):
    assert WRITE["en"].vacant in text(ask(client, division=f"{STATE}/cd:10").content.decode())
    Addressee.objects.filter(key="bob").update(division="")
    assert "the office may be vacant" in text(ask(client, division=f"{STATE}/cd:7").content.decode())


def test_where_it_cannot_be_told_the_reader_chooses(campaign, client):
    page = ask(client, where="98354").content.decode()
    assert WRITE["en"].several in text(page)
    assert page.count('<option value="ocd') == 2
    assert "Head of" not in page


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({}, "nothing"),
        ({"where": "   "}, "nothing"),
        ({"where": "Atlantis"}, "unknown"),
        ({"where": "9"}, "unknown"),
        ({"where": "<script>alert(1)</script>"}, "unknown"),
        ({"where": "{{ 7*7 }}\x00\u202e"}, "unknown"),
        ({"where": "9" * 100_000}, "unknown"),
        ({"division": "ocd-division/country:us/state:or"}, "unknown"),
        ({"division": "' OR 1=1"}, "unknown"),
    ],
)
def test_what_is_no_place_here_is_told_and_the_list_is_offered(campaign, client, said, sentence):
    answer = ask(client, **said)
    page = answer.content.decode()
    assert (answer.status_code, getattr(WRITE["en"], sentence) in text(page)) == (422, True)
    assert "<script>" not in page
    assert f'<option value="{STATE}">Washington</option>' in page


def test_the_campaigns_page_leads_there_only_where_somebody_is_represented(campaign, client):
    assert f'href="{PAGE}"' in client.get("/c/bridge/en/").content.decode()
    Locality.objects.all().delete()
    forget()
    assert f'href="{PAGE}"' not in client.get("/c/bridge/en/").content.decode()
    assert client.get(PAGE).headers["Location"] == "/c/bridge/en/"


def test_another_language_is_the_same_page_in_it(campaign, client):
    Campaign.objects.update(languages=["en", "fr"])
    for page in ("write", "mine"):
        assert f'href="/c/bridge/fr/{page}"' in client.get(f"/c/bridge/en/{page}").text


def test_keeping_places_again_changes_nothing_and_a_place_moves_when_the_file_says_so(campaign):
    assert keep_localities(PLACES) == (0, 0)
    assert keep_localities([Lies("US", "98354", "Milton", f"{STATE}/cd:10")]) == (0, 1)
    assert {each.division for each in Locality.objects.at_postcode("98354")} == {f"{STATE}/cd:10"}
    assert Locality.objects.called("seattle")


def test_a_division_lies_in_all_that_its_id_names():
    assert covering(f"{STATE}/cd:7") == (f"{STATE}/cd:7", STATE, "ocd-division/country:us")
    assert covering("north/east") == ("north/east",)
    assert covering("") == ()


@pytest.mark.parametrize("width", [390, 1280])
def test_somebody_finds_their_representatives_in_a_browser(campaign, browser_page, width):
    page = browser_page
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/c/bridge/en/")
    page.get_by_role("link", name="Find").click()
    page.get_by_label("Postcode or town").fill("Atlantis")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_role("alert")).to_contain_text("We do not know this place")
    assert page.evaluate(BASICS) == []
    page.get_by_label("Or choose where you live").select_option("Washington")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_role("heading", name="Who represents you: Washington")).to_be_visible()
    page.get_by_role("form", name="More people").get_by_role("combobox").select_option("Washington, district 7")
    page.get_by_role("form", name="More people").get_by_role("button").click()
    expect(page.get_by_role("heading", name="Head of Bob")).to_be_visible()
    assert page.evaluate(BASICS) == []
    assert Axe().run(page).response["violations"] == []
    assert page.context.cookies() == []
    assert "where" not in page.url


def test_a_postcode_of_two_countries_asks_which_country_it_is_in(campaign, client):
    Addressee.objects.filter(key="cat").update(division="berlin", country="DE", holder="Cat")
    keep_localities([Lies("DE", "", "Berlin", "berlin"), Lies("DE", "98101", "", "berlin")])
    page = ask(client, where="98101").content.decode()
    assert WRITE["en"].which_country in text(page)
    assert re.findall(r'<option value="([A-Z]{2})">', page) == ["DE", "US"]
    answer = ask(client, where="98101", country="DE").content.decode()
    assert "Who represents you: Berlin" in text(answer)


def test_where_nobody_sits_the_campaigns_fallback_is_offered(campaign, client):
    assert WRITE["en"].instead not in text(ask(client, division=f"{STATE}/cd:10").content.decode())
    Campaign.objects.update(fallbacks=["ombud"])
    page = text(ask(client, division=f"{STATE}/cd:10").content.decode())
    assert page.index(WRITE["en"].vacant) < page.index(WRITE["en"].instead) < page.index("Head of Ombud")
    assert "Head of Ombud" not in text(ask(client, division=f"{STATE}/cd:7").content.decode())
    Addressee.objects.filter(key="ombud").update(holder="")
    page = text(ask(client, division=f"{STATE}/cd:10").content.decode())
    assert page.count(WRITE["en"].vacant) == 1, "an office of its own is not vacant because it has no name"


def test_a_service_is_asked_with_the_street_and_said_to_be_silent_when_it_is(campaign, client, settings):
    places = {"98354": (Division((f"{STATE}/cd:7",), "7th district"),)}
    with LookupFake(places=places) as fake:
        settings.LOOKUPS = [fake.address]
        assert 'name="street"' in client.get(PAGE).content.decode()
        told = text(ask(client, where="98354", street="1 Main Street, Milton").content.decode())
        assert "Who represents you: Washington, district 7" in told
        assert fake.asked[0].query["address"] == "1 Main Street, Milton, 98354, US"
        fake.answer("500 Internal Server Error")
        page = ask(client, where="98354", street="2 Main Street, Milton").content.decode()
        assert WRITE["en"].unsure in text(page)
        assert page.count('<option value="ocd') == 2
