"""Sharing counts what was opened and nobody; a shared link shows itself well and says nothing that gets untrue."""

import json
import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from typer.testing import CliRunner

from campaigns.campaign import Campaign
from campaigns.share import Share, is_long, note_share, opened, sum_up
from campaigns.tally import add
from outreach.cli import app as commands
from outreach.clock import tick
from outreach.evidence.note import note_marked
from outreach.public import picture as pictures
from outreach.public.front import Front
from outreach.public.goal import goal_of
from outreach.public.kept_page import forget
from outreach.public.picture import picture_of
from outreach.public.qr import qr_svg
from outreach.public.shares import server_of, share_link
from outreach.public.snippet import snippet
from tests.small_campaign import DAY, FRIDAY, published

PAGE = "/c/bridge/en/"
HOME = settings.OUTREACH_URL


@pytest.fixture(autouse=True)
def _now(monkeypatch):
    forget()
    pictures._pictures.forget()
    monkeypatch.setattr("campaigns.moment.now", lambda: FRIDAY + 2 * DAY)


@pytest.fixture
def campaign(db) -> Campaign:
    return published()


def meta(page: str) -> dict[str, str]:
    found = re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)"', page)
    return {name: unescape(said) for name, said in found}


def test_a_press_is_counted_and_leads_to_the_readers_own_app(client, campaign):
    answer = client.post(f"{PAGE}share", {"app": "x"})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{PAGE}share/x")
    led = client.get(answer.headers["Location"])
    _, _, link = led.headers["Refresh"].partition("url=")
    assert parse_qs(urlsplit(link).query) == {"text": ["Keep the bridge open"], "url": [f"{HOME}{PAGE}"]}
    assert f'href="{link.replace("&", "&amp;")}"' in led.text
    assert opened(campaign.pk)["x"] == 1
    assert not answer.cookies


def test_looking_counts_nothing(client, campaign):
    for path in (PAGE, f"{PAGE}share/x", f"{PAGE}share/mastodon"):
        assert client.get(path).status_code == 200
    assert client.get(f"{PAGE}share").status_code == 405
    assert not Share.objects.exists()


def test_mastodon_is_opened_on_the_readers_own_server_which_is_kept_nowhere(client, campaign):
    asked = client.get(f"{PAGE}share/mastodon")
    assert "Refresh" not in asked.headers
    wrong = client.post(f"{PAGE}share/mastodon", {"server": "no server"})
    assert wrong.status_code == 422
    assert "Give the name of your server" in wrong.text
    assert not Share.objects.exists()
    led = client.post(f"{PAGE}share/mastodon", {"server": "@anna@Social.Example"})
    assert led.headers["Refresh"].startswith("0; url=https://social.example/share?text=Keep%20the%20bridge%20open")
    assert opened(campaign.pk)["mastodon"] == 1


def test_what_another_site_posts_is_not_counted(client, campaign):
    client.post(f"{PAGE}share", {"app": "x"}, headers={"sec-fetch-site": "cross-site"})
    assert client.post(f"{PAGE}share", {"app": "fax"}).status_code == 404
    assert not Share.objects.exists()


def test_shares_are_summed_up_and_stay_what_they_are(campaign):
    for app in ("x", "email") * 60:
        note_share(campaign.pk, app)
    assert not is_long()
    for _ in range(60):
        note_share(campaign.pk, "x")
    assert is_long()
    before = opened(campaign.pk)
    assert sum_up() == 2
    assert opened(campaign.pk) == before == {**dict.fromkeys(before, 0), "x": 120, "email": 60}
    assert not is_long()


@pytest.mark.parametrize(
    ("written", "server"),
    [
        ("mastodon.social", "mastodon.social"),
        (" https://Mastodon.Social/@anna ", "mastodon.social"),
        ("anna@mastodon.social", "mastodon.social"),
        ("ուտ.հայ", "xn--mbboi.xn--y9a3aq"),
        ("localhost", ""),
        ("a b.example", ""),
        ("evil.example/?x", "evil.example"),
        ("javascript:alert(1)", ""),
        ("127.0.0.1", ""),
        ("", ""),
    ],
)
def test_a_server_is_a_name_and_nothing_else(written, server):
    assert server_of(written) == server


def test_every_app_is_filled_in_with_the_words_and_the_address():
    for app in ("email", "whatsapp", "telegram", "x", "bluesky", "mastodon"):
        link = share_link(app, "A & B", "https://here.example/c/a/", "social.example")
        assert "A%20%26%20B" in link
        assert "https%3A%2F%2Fhere.example%2Fc%2Fa%2F" in link or "https%3A//here.example/c/a/" in link


def test_a_shared_link_shows_title_summary_and_picture(client, campaign):
    said = meta(client.get(PAGE).text)
    assert said["og:title"] == "Keep the bridge open"
    assert said["og:description"] == said["description"] == "Three offices can keep the bridge open."
    assert (said["og:url"], said["og:locale"]) == (f"{HOME}{PAGE}", "en_US")
    assert said["twitter:card"] == "summary_large_image"
    image = client.get(urlsplit(said["og:image"]).path)
    assert (image.status_code, image.headers["Content-Type"]) == (200, "image/png")
    assert image.content.startswith(b"\x89PNG")
    again = client.get(urlsplit(said["og:image"]).path, headers={"if-none-match": image.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/c/bridge/xx/picture.png").status_code == 404


def test_the_picture_says_of_which_day_its_count_is(campaign):
    add({campaign.pk: 1234})
    shown = picture_of(Front(campaign, "en", FRIDAY + 2 * DAY))
    assert shown.facts == ("1,234 people have signed and confirmed", "Deadline: 23:59 on 5 May 2023 (UTC time)")
    assert shown.as_of == "As of 30 April 2023"


def test_where_the_title_cannot_be_drawn_no_picture_is_promised(client, campaign):
    campaign.title = {"en": "橋"}
    campaign.save()
    said = meta(client.get(PAGE).text)
    assert "og:image" not in said
    assert said["twitter:card"] == "summary"
    assert client.get(f"{PAGE}picture.png").status_code == 404


def test_the_qr_code_is_a_plain_drawing_of_the_address(client, campaign):
    drawing = client.get(f"{PAGE}qr.svg")
    assert drawing.headers["Content-Type"] == "image/svg+xml"
    assert drawing.content == qr_svg(f"{HOME}{PAGE}")
    assert not re.search(rb"style|script|class", drawing.content)


def test_progress_is_told_of_the_next_step_that_needs_signatures(client, campaign):
    steps = [(0, "Letter"), (100, "Notice"), (1000, "Hearing")]
    assert goal_of(0, steps[:1]) is None
    assert [goal_of(count, steps).wanted for count in (0, 99, 100, 1000, 5000)] == [100, 100, 1000, 1000, 1000]
    campaign.steps.filter(key="oversight").update(signatures=1000)
    add({campaign.pk: 250})
    page = client.get(PAGE).text
    assert "250 of 1,000 signatures" in page
    assert re.search(r'<progress max="1000" value="250"', page)
    assert client.get(f"{PAGE}count").text in page


def test_staff_see_what_was_opened_and_everything_to_hand_on_by_every_door(client, campaign, django_user_model):
    for _ in range(3):
        note_share(campaign.pk, "bluesky")
    client.force_login(django_user_model.objects.create_superuser("mara", password="bridge over water"))
    page = client.get("/campaigns/bridge/sharing").text
    assert "3 times opened to share" in page
    assert re.search(r"Bluesky</th><td class=\"num\">3<", page)
    assert "&lt;iframe src=" in page
    told = client.get("/api/v1/campaigns/bridge/sharing").json()
    assert told["opened"]["bluesky"] == 3
    (outlet,) = told["outlets"]
    assert outlet["html"] == snippet(campaign, "en")
    for name in ("page", "qr", "sheet", "picture"):
        assert client.get(urlsplit(outlet[name]).path).status_code == 200, name
    assert json.loads(CliRunner().invoke(commands, ["sharing", "bridge", "--json"]).output) == told
    assert "Bluesky" in CliRunner().invoke(commands, ["sharing", "bridge"]).output


def test_record_and_report_are_shared_as_themselves(client, campaign):
    tick(campaign, FRIDAY)
    note_marked(FRIDAY)
    for path in (f"{PAGE}record", f"{PAGE}record/ann", f"{PAGE}report"):
        said = meta(client.get(path).text)
        assert (said["og:url"], said["og:title"]) == (f"{HOME}{path}", "Keep the bridge open")
        assert said["og:image"] == f"{HOME}{PAGE}picture.png"
