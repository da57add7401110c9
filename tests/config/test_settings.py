"""What the environment may say, and what is refused with a sentence."""

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from channels.channel import CHANNELS
from channels.fakes.sendgrid_events import Bell
from config import environment


def test_without_credentials_no_channel_has_a_wire_that_leaves_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for channel in CHANNELS:
        monkeypatch.delenv(f"OUTREACH_{channel.upper()}", raising=False)
    assert environment.wires() == dict.fromkeys(CHANNELS)
    assert environment.wires() == settings.CHANNELS


def test_an_empty_address_of_a_wire_is_the_outbox_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OUTREACH_EMAIL", "")
    assert environment.wires()["email"] is None


def test_a_production_without_a_secret_key_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://db/outreach")
    monkeypatch.delenv("SECRET_KEY")
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY"):
        environment.secret_key()


@pytest.mark.parametrize("url", ["mysql://db/outreach", "postgresql://[half"])
def test_an_address_that_is_not_postgresql_is_refused(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL"):
        environment.database()


def test_a_database_address_keeps_all_its_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://ann:s%40fe@db:5433/petitions?sslmode=require")
    found = environment.database()
    parts = [found[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")]
    assert parts == ["petitions", "ann", "s@fe", "db", "5433"]
    assert found["OPTIONS"]["sslmode"] == "require"


def test_a_public_address_without_its_scheme_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OUTREACH_URL", "outreach.example")
    with pytest.raises(ImproperlyConfigured, match="give the whole address"):
        environment.public_url()


def test_a_switch_that_is_neither_on_nor_off_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEBUG", "maybe")
    with pytest.raises(ImproperlyConfigured, match="DEBUG"):
        environment.switch("DEBUG")


def test_debugging_is_off_unless_asked_for() -> None:
    assert settings.DEBUG is False


@pytest.mark.django_db
def test_every_answer_forbids_inline_scripts_styles_and_frames(client: Client) -> None:
    policy = client.get("/healthz").headers["Content-Security-Policy"]
    assert "style-src 'self'" in policy
    assert "script-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


def test_an_unknown_page_has_the_same_headers(client: Client) -> None:
    answer = client.get("/no-such-page")
    assert answer.status_code == 404
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_a_verification_key_that_is_none_is_refused_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OUTREACH_SENDGRID_EVENTS_KEY", "nonsense")
    with pytest.raises(ImproperlyConfigured, match=r"OUTREACH_SENDGRID_EVENTS_KEY is not .* base64"):
        environment.sendgrid_events_keys()


def test_bounces_come_back_to_the_reply_domain_if_nothing_else_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (environment.reply_domain(), environment.bounces()) == ("", "")
    monkeypatch.setenv("OUTREACH_REPLY_DOMAIN", "In.Example.org")
    assert (environment.reply_domain(), environment.bounces()) == ("in.example.org", "bounces@in.example.org")
    monkeypatch.setenv("OUTREACH_BOUNCES", "no address")
    with pytest.raises(ImproperlyConfigured, match="OUTREACH_BOUNCES: no address has a space"):
        environment.bounces()
    monkeypatch.setenv("OUTREACH_REPLY_DOMAIN", "nodot")
    with pytest.raises(ImproperlyConfigured, match=r"OUTREACH_REPLY_DOMAIN: nodot .* no dot"):
        environment.reply_domain()


def test_two_verification_keys_hold_while_one_takes_the_others_place(monkeypatch: pytest.MonkeyPatch) -> None:
    keys = [Bell().public_key, Bell().public_key]
    monkeypatch.setenv("OUTREACH_SENDGRID_EVENTS_KEY", " ".join(keys))
    assert environment.sendgrid_events_keys() == keys


def test_a_time_of_day_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OUTREACH_LETTERS_DIGEST_AT", "25:00")
    with pytest.raises(ImproperlyConfigured, match="as in 10:00"):
        environment.time_of_day("OUTREACH_LETTERS_DIGEST_AT", "10:00")
