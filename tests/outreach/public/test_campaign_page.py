"""The campaign's page is the same for everybody, says how things stand, and can be signed on without a script."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client

from campaigns.campaign import Campaign
from campaigns.outcome import record_outcome
from campaigns.supporter import Supporter
from campaigns.tally import count
from outreach.clock import tick
from outreach.confirming import confirm
from outreach.public.kept_page import forget
from outreach.send import drain
from outreach.signing import read_some
from outreach.signup import Signup
from tests.small_campaign import DAY, FRIDAY, draft, published

PAGE = "/c/bridge/en/"
ANNA = {"name": "Anna Arshakyan", "email": "anna@people.example", "country": "AM", "updates": "yes", "public": "yes"}


@pytest.fixture(autouse=True)
def at(monkeypatch):
    """`at(moment)`: it is that moment, and every page is made anew."""

    def stand(moment):
        forget()
        monkeypatch.setattr("campaigns.moment.now", lambda: moment)
        monkeypatch.setattr("outreach.send.now", lambda: moment)

    monkeypatch.setattr("outreach.public.signing_pages.give_hint", lambda actor: True)
    stand(FRIDAY)
    return stand


@pytest.fixture
def campaign(db) -> Campaign:
    return published()


def speaking(languages: list[str]) -> None:
    campaign = published()
    campaign.languages = languages
    campaign.save()


def text(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page))


def signed(client: Client, **other: str) -> Any:
    page = client.get(PAGE).text
    return client.post(f"{PAGE}sign", {**hidden(page), **ANNA, **other})


def test_it_says_what_is_asked_of_whom_until_when_and_how_it_stands(client, campaign, at):
    tick(campaign, FRIDAY)
    drain("email", bulk=False)
    ann = campaign.appeals.get(addressee__key="ann")
    for demand in campaign.demands.all():
        record_outcome(ann, demand, "done", evidence="https://ann.example", author="Mara", now=FRIDAY)
    at(FRIDAY + 5 * DAY)
    page = client.get(PAGE).text
    said = text(page)
    assert "Petition, published on 28 April 2023 Keep the bridge open" in said
    assert "Time left: 2 days and 14 hours" in said
    assert "The addressees have until 23:59 on 5 May 2023 (GMT time)" in said or "until 23:59 on 5 May 2023" in said
    assert "Open open the bridge" in said
    assert "Acted : Ann 1" in said
    assert "No action yet 2" in said
    assert page.count('<rect x="') == 8
    assert page.count('class="gone"') == 6


def test_who_was_not_reached_is_not_called_silent(client, campaign):
    assert "Not reached yet : Ann, Bob, Cat 3" in text(client.get(PAGE).text)


def test_it_is_the_same_for_everybody_and_can_be_kept(client, campaign):
    first, second = client.get(PAGE), Client(headers={"user-agent": "another"}).get(PAGE)
    assert first.content == second.content
    assert first.headers["Cache-Control"] == "public, max-age=2"
    assert not first.cookies
    assert client.get(PAGE, headers={"if-none-match": first.headers["ETag"]}).status_code == 304


def test_it_is_small_and_brings_no_script_and_no_style_within(client, campaign):
    page = client.get(PAGE).text
    assert len(page) < 30_000
    assert not re.search(r"<script(?! src=\"/static/)|<style|style=|onclick", page)


def test_the_language_is_chosen_by_the_reader_or_the_address(client, db):
    speaking(["hy", "en"])
    assert client.get("/c/bridge/", headers={"accept-language": "fr, en;q=0.5"}).url == PAGE
    assert client.get("/c/bridge/", headers={"accept-language": "fr"}).url == "/c/bridge/hy/"
    page = client.get("/c/bridge/hy/").text
    assert '<html lang="hy" dir="ltr">' in page
    assert "Ստորագրել հանրագիրը" in page
    assert client.get("/c/bridge/fr/").status_code == 404


def test_a_language_we_do_not_know_is_the_campaigns_own_with_our_words_in_one_we_know(client, db):
    speaking(["ka", "ru"])
    page = client.get("/c/bridge/ka/").text
    assert '<html lang="ka"' in page
    assert '<h2 id="sign-h">Подписать петицию</h2>' in page


def test_right_to_left_turns_the_page(client, db):
    speaking(["ar"])
    assert '<html lang="ar" dir="rtl">' in client.get("/c/bridge/ar/").text


def test_a_draft_is_not_to_be_seen_and_a_closed_campaign_cannot_be_signed(client, db):
    campaign = draft()
    assert client.get("/c/bridge/").status_code == client.get(PAGE).status_code == 404
    assert client.post(f"{PAGE}sign", ANNA).status_code == 404
    campaign.status, campaign.published_at = "closed", FRIDAY
    campaign.save()
    page = client.get(PAGE).text
    assert "it cannot be signed any more" in page
    assert "/en/sign" not in page


def test_signing_without_a_script_leads_to_the_mail_and_from_there_to_the_count(client, campaign, at):
    answer = signed(client)
    assert answer.url == f"{PAGE}signed"
    assert "Look into your mail" in client.get(answer.url).text
    read_some(FRIDAY)
    anna = Supporter.objects.at(ANNA["email"]).get()
    assert anna.consents.get().asked.text.startswith("May we write to you about this campaign?")
    confirm(anna, FRIDAY)
    at(FRIDAY + timedelta(minutes=1))
    page = client.get(PAGE).text
    assert '<span class="total">1</span>' in page
    assert '<li dir="auto">Anna Arshakyan</li>' in page
    assert client.get("/c/bridge/count.json").json() == {"campaign": "bridge", "signatures": 1}


@pytest.mark.parametrize(
    ("wrong", "sentence", "place"),
    [
        ({"name": " "}, "Give your name", "name"),
        ({"email": ""}, "Give your email address", "email"),
        ({"email": "anna@"}, "Give an email address such as anna@mail.example", "email"),
        ({"name": "A" * 300}, "This is too long", "name"),
        ({"country": "Atlantis"}, "Choose a country from the list", "country"),
        ({"token": "made up"}, "The form was open for too long", "press"),
    ],
)
def test_what_is_wrong_is_said_at_its_place_and_nothing_typed_is_lost(client, campaign, wrong, sentence, place):
    answer = signed(client, **wrong)
    assert answer.status_code == 422
    assert f'<a href="#{place}">{sentence}' in answer.text
    assert "<title>There is a problem: " in answer.text
    assert f'value="{ANNA["email"] if "email" not in wrong else wrong["email"]}"' in answer.text
    assert 'id="updates-yes" name="updates" value="yes" checked' in answer.text
    assert not Signup.objects.exists()


def test_a_form_from_another_site_is_refused_with_a_sentence(client, campaign):
    page = client.get(PAGE).text
    answer = client.post(f"{PAGE}sign", {**hidden(page), **ANNA}, headers={"sec-fetch-site": "cross-site"})
    assert (answer.status_code, Signup.objects.count()) == (422, 0)
    assert "This form came from another site" in answer.text


def test_a_form_of_megabytes_is_refused_unread(client, campaign):
    assert client.post(f"{PAGE}sign", {**ANNA, "comment": "x" * 1_000_000}).status_code == 413


def test_a_double_click_and_the_back_button_sign_once(client, campaign):
    assert {signed(client).url, signed(client).url} == {f"{PAGE}signed"}
    read_some(FRIDAY)
    assert Supporter.objects.count() == 1


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "{{ 7 * 7 }}", '"><b>', "‮Anna"])
def test_a_name_is_only_ever_text(client, campaign, at, name):
    signed(client, name=name)
    read_some(FRIDAY)
    confirm(Supporter.objects.get(), FRIDAY)
    at(FRIDAY + timedelta(minutes=1))
    page = client.get(PAGE).text
    assert "<script>" not in page
    assert "49" not in page.partition("Signed lately")[2]
    assert "‮" not in page


def test_the_second_step_changes_nothing_before_the_button_is_pressed(client, campaign):
    from outreach.links import confirming

    signed(client)
    read_some(FRIDAY)
    link = f"/confirm/{confirming().token(Supporter.objects.get().pk)}"
    page = client.get(link)
    assert "Confirm your signature" in page.text
    assert "Anna Arshakyan" in page.text
    assert count(campaign.pk) == 0
    assert (page.headers["X-Robots-Tag"], page.headers["Referrer-Policy"]) == ("noindex", "no-referrer")
    for _ in range(2):
        assert "Your signature counts" in client.post(link).text
        assert count(campaign.pk) == 1
    assert "The signature is removed" in client.post(f"{link}/not-me").text
    assert count(campaign.pk) == 0
    assert "Anna" not in client.get(link).text
    assert client.get(f"{link}/not-me").status_code == 405
    assert client.get("/confirm/made-up").status_code == 404
