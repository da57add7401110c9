"""The form for signing in a frame: on the sites that a campaign names, and on no other."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from threading import Thread
from urllib.parse import urlencode

import pytest
from django.test import Client
from typer.testing import CliRunner

from campaigns.campaign import Campaign
from config.headers import HEADERS, POLICY
from outreach.cli import app
from outreach.public.form_token import form_token
from outreach.public.framing import framed_by
from outreach.public.kept_page import forget
from outreach.public.quick_door import QuickDoor
from outreach.public.snippet import HEIGHT, snippet
from outreach.signup import Signup
from tests.outreach.public.test_campaign_page import ANNA, hidden
from tests.small_campaign import DAY, FRIDAY, published

EMBED = "/c/bridge/en/embed"
NEWS = "https://news.example"


@pytest.fixture(autouse=True)
def _now(monkeypatch):
    forget()
    monkeypatch.setattr("campaigns.moment.now", lambda: FRIDAY)
    monkeypatch.setattr("outreach.public.signing_pages.give_hint", lambda actor: True)


@pytest.fixture
def campaign(db) -> Campaign:
    return published(embed=[NEWS])


def test_only_the_sites_of_the_campaign_may_show_the_form(client, campaign):
    for path in (EMBED, f"{EMBED}/signed"):
        shown = client.get(path)
        assert shown.headers["Content-Security-Policy"] == framed_by([NEWS], POLICY)
        assert "X-Frame-Options" not in shown.headers
        assert not shown.cookies
    page = client.get("/c/bridge/en/")
    assert page.headers["Content-Security-Policy"] == POLICY
    assert page.headers["X-Frame-Options"] == "DENY"


def test_without_such_sites_nobody_may(client, db):
    published()
    shown = client.get(EMBED)
    assert "frame-ancestors 'none'" in shown.headers["Content-Security-Policy"]
    assert shown.headers["X-Frame-Options"] == "DENY"


def test_a_signature_from_there_is_kept_like_any_other_and_says_where_it_was_given(client, campaign):
    fields = hidden(client.get(EMBED).text)
    answer = client.post(EMBED, {**fields, **ANNA, "source": "elsewhere"})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{EMBED}/signed")
    form = Signup.objects.get().form()
    assert (form.email, form.source) == (ANNA["email"], "embed")


def test_what_is_wrong_is_said_in_the_frame_and_nothing_typed_is_lost(client, campaign):
    again = client.post(EMBED, {**hidden(client.get(EMBED).text), **ANNA, "email": "anna@"})
    assert again.status_code == 422
    assert "Give an email address such as" in again.text
    assert 'value="Anna Arshakyan"' in again.text
    assert f"frame-ancestors {NEWS}" in again.headers["Content-Security-Policy"]
    assert not Signup.objects.exists()


def test_any_page_may_load_the_script_that_sets_the_height(client, db):
    script = client.get("/embed.js")
    assert script.headers["Content-Type"].startswith("text/javascript")
    assert script.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert Client().get(EMBED).status_code == 404


@pytest.fixture
def another_site():
    """`another_site(body)`: the address of a page on another origin."""
    servers = []

    def serve(body: str) -> str:
        class Page(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.end_headers()
                self.wfile.write(body.encode())

            def log_message(self, *_: object) -> None:
                """Says nothing."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
        Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_address[1]}"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.mark.django_db(transaction=True)
def test_in_a_browser_it_is_signed_on_a_site_that_may_show_it_and_seen_on_no_other(
    browser_page, live_server, another_site, settings
):
    settings.OUTREACH_URL = live_server.url
    page, campaign = browser_page, published()
    friend, stranger = another_site(snippet(campaign, "en")), another_site(snippet(campaign, "en"))
    campaign.embed = [friend]
    campaign.save()
    page.goto(friend)
    frame = page.frame_locator("iframe")
    frame.get_by_label("Your name").fill("Anna Arshakyan")
    page.wait_for_function("document.querySelector('iframe').height > 700")
    high = page.locator("iframe").get_attribute("height")
    frame.get_by_label("Email address").fill("anna@people.example")
    frame.get_by_role("button", name="Sign").click()
    frame.get_by_role("heading", name="Look into your mail").wait_for()
    page.wait_for_function("high => document.querySelector('iframe').height < high", arg=int(high))
    assert Signup.objects.get().form().source == "embed"
    assert page.context.cookies() == []
    refused = page.context.new_page()
    refused.goto(stranger)
    assert refused.frames[1].url.startswith("chrome-error:")
    assert refused.locator("iframe").get_attribute("height") == str(HEIGHT)
    refused.close()


def test_the_command_prints_what_a_site_puts_into_its_page(campaign):
    printed = CliRunner().invoke(app, ["embed", "bridge"])
    assert printed.output == snippet(campaign, "en")
    refused = CliRunner().invoke(app, ["embed", "bridge", "-l", "xx"])
    assert refused.exit_code == 2
    assert "does not speak xx" in refused.output


def test_behind_the_quick_door_it_is_the_same(campaign, monkeypatch):
    monkeypatch.setattr("outreach.public.quick_door.now", lambda: FRIDAY)
    monkeypatch.setattr("outreach.public.quick_door.give_hint", lambda actor: True)

    def ask(method: str, said: bytes = b"", path: str = EMBED) -> tuple[str, dict[str, str]]:
        answered: list[tuple[str, dict[str, str]]] = []
        asked = {"REQUEST_METHOD": method, "PATH_INFO": path, "wsgi.input": BytesIO(said), "REMOTE_ADDR": "192.0.2.1"}
        asked |= {"CONTENT_LENGTH": str(len(said)), "CONTENT_TYPE": "application/x-www-form-urlencoded"}
        door(asked, lambda status, headers: answered.append((status[:3], dict(headers))))
        return answered[0]

    door = QuickDoor(lambda environ, start: start("418 Behind", []), HEADERS)
    status, headers = ask("GET")
    assert (status, headers["Content-Security-Policy"]) == ("200", framed_by([NEWS], POLICY))
    assert "frame-ancestors 'none'" in ask("GET", path="/c/bridge/en/")[1]["Content-Security-Policy"]
    said = urlencode({**ANNA, "token": form_token("bridge", FRIDAY - DAY)}).encode()
    status, headers = ask("POST", said)
    assert (status, headers["Location"]) == ("303", f"{EMBED}/signed")
    assert Signup.objects.get().form().source == "embed"
