"""The door to which SendGrid posts mail."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from outreach.inbox import sendgrid_door
from outreach.inbox.reading import read_waiting
from outreach.incoming import Incoming
from outreach.reply_address import reply_to
from outreach.response import Response
from tests.channels.test_sendgrid_parse import ENVELOPE, HEADERS, TYPE, form
from tests.small_campaign import published

pytestmark = pytest.mark.django_db
SECRET = "a-secret-that-nobody-can-guess"
RAW = b"From: Ann <ann@offices.example>\r\nSubject: Re: x\r\nMessage-ID: <1@x>\r\n\r\nYes, we will.\r\n"


@pytest.fixture(autouse=True)
def secret(settings):
    settings.PARSE_SECRETS = ["the-one-before-that-still-holds", SECRET]


def post(body: bytes, secret: str = SECRET, content_type: str = TYPE, **more: Any) -> Any:
    return Client().post(f"/inbound/sendgrid/{secret}", data=body, content_type=content_type, **more)


def test_a_posted_mail_is_kept_answered_at_once_and_read_later(settings):
    settings.REPLY_DOMAIN = "in.example"
    appeal = published().appeals.get(addressee__key="ann")
    to = reply_to(appeal.campaign, appeal)
    fields = (("email", RAW), ("envelope", f'{{"to": ["{to}"], "from": "ann@offices.example"}}'), ("SPF", "pass"))
    for _ in range(3):
        assert post(form(*fields)).status_code == 204, "a repetition gets the same answer"
    incoming = Incoming.objects.get()
    assert (incoming.state, incoming.door, incoming.opened()) == ("waiting", "parse", RAW)
    read_waiting(datetime.now(UTC))
    response = Response.objects.get()
    assert (response.appeal, response.text, response.doubt) == (appeal, "Yes, we will.", "")


@pytest.mark.parametrize("wrong", ["another-secret-of-the-same-kind", SECRET[:-1], "x", "%00", "ա"])
def test_a_wrong_secret_finds_nothing(wrong):
    assert post(form(("email", RAW)), secret=wrong).status_code == 404
    assert not Incoming.objects.exists()


def test_without_a_secret_there_is_no_door(settings):
    settings.PARSE_SECRETS = []
    assert post(form(("email", RAW))).status_code == 404


def test_looking_changes_nothing():
    assert Client().get(f"/inbound/sendgrid/{SECRET}").status_code == 405


def test_a_post_that_was_cut_short_is_wanted_again():
    answer = post(form(("email", RAW), ENVELOPE)[:-20])
    assert (answer.status_code, "before its end" in answer.content.decode()) == (503, True)
    assert not Incoming.objects.exists()


def test_a_post_of_a_hundred_megabytes_is_refused_before_it_is_read(monkeypatch):
    said = post(b"", CONTENT_LENGTH=str(100 * 1024 * 1024))
    assert said.status_code == 413
    monkeypatch.setattr(sendgrid_door, "MOST_BYTES", 100)
    assert post(form(("email", b"x" * 200))).status_code == 413


def test_a_form_without_a_mail_is_refused_with_a_sentence():
    answer = post(form(("subject", "x")))
    assert (answer.status_code, answer.content.decode()) == (
        400, "The form has no field “email” and no field “headers”: it holds no mail\n",
    )  # fmt: skip


def test_while_the_database_is_away_sendgrid_keeps_the_mail(monkeypatch):
    def away(*_: object, **__: object) -> None:
        raise OperationalError("away")

    monkeypatch.setattr(sendgrid_door, "take_mail", away)
    assert post(form(("email", RAW))).status_code == 503


def test_a_mail_in_a_broken_charset_and_html_with_scripts_does_no_harm():
    html = "<p>Yes</p><script>alert(1)</script><img src='https://tracker.example/1.gif'>"
    charsets = ("charsets", '{"text": "no-such-charset"}')
    fields = (("headers", HEADERS), ("text", b"\xff\xfe\x00"), ("html", html), charsets)
    assert post(form(*fields, ENVELOPE)).status_code == 204
    read_waiting(datetime.now(UTC))
    shown = Incoming.objects.get().gist.html
    assert "Yes" in shown
    assert "script" not in shown
    assert "tracker" not in shown
