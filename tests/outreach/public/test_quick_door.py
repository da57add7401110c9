"""The quick door takes plain forms, and leaves everything else to the ordinary way, with nothing written."""

from datetime import timedelta
from gzip import decompress as gunzip
from io import BytesIO
from urllib.parse import urlencode

import pytest
from django.db import OperationalError

from campaigns.asking import Asking
from campaigns.campaign import Campaign
from config.headers import HEADERS
from outreach.network import network_of
from outreach.public.form_token import form_token
from outreach.public.kept_page import forget
from outreach.public.quick_door import QuickDoor, came_from
from outreach.public.sign_form import Wrong, read
from outreach.signup import Form, Signup
from tests.small_campaign import DAY, FRIDAY, draft, published

SIGN = "/c/bridge/en/sign"
TEN_SECONDS = timedelta(seconds=10)


@pytest.fixture(autouse=True)
def _friday(monkeypatch) -> None:
    monkeypatch.setattr("outreach.public.quick_door.now", lambda: FRIDAY)
    monkeypatch.setattr("outreach.public.quick_door.give_hint", lambda actor: True)


@pytest.fixture
def campaign(db) -> Campaign:
    return published()


def fields(**other: str) -> dict[str, str]:
    token = form_token("bridge", FRIDAY - TEN_SECONDS)
    return {"name": "Anna Arshakyan", "email": "anna@people.example", "token": token, **other}


def post(said: dict[str, str] | bytes, path: str = SIGN, **environ: str) -> tuple[str, bytes]:
    """The status, and what the application behind was left to read."""
    body = said if isinstance(said, bytes) else urlencode(said).encode()
    left: list[bytes] = []
    answered: list[tuple[str, dict[str, str]]] = []

    def behind(environ, start):
        left.append(environ["wsgi.input"].read())
        start("418 Behind", [])
        return [b""]

    asked = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": path,
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(body)),
        "REMOTE_ADDR": "192.0.2.17",
        "wsgi.input": BytesIO(body),
        **environ,
    }
    QuickDoor(behind, HEADERS)(asked, lambda status, headers: answered.append((status, dict(headers))))
    ((status, headers),) = answered
    if status.startswith("303"):
        assert headers["Location"] == "/c/bridge/en/signed"
        assert "default-src 'none'" in headers["Content-Security-Policy"]
    return status[:3], left[0] if left else b""


def test_a_plain_form_is_kept_and_answered(campaign):
    assert post(fields(public="yes", updates="no", comment="For\r\nmy children"))[0] == "303"
    kept = Signup.objects.get()
    assert (kept.campaign, len(kept.network), kept.received_at) == (campaign, 32, FRIDAY)
    assert "192.0.2" not in kept.network
    form = kept.form()
    assert (form.name, form.is_public, form.consents, form.comment) == (
        "Anna Arshakyan",
        True,
        {"updates": False},
        "For my children",
    )
    assert form.signals == {"seconds": 10.0}


def test_neighbours_of_one_day_look_alike_and_nobody_does_on_the_next():
    assert network_of("192.0.2.17", FRIDAY) == network_of("::ffff:192.0.2.99", FRIDAY)
    assert network_of("2001:db8:1::7", FRIDAY) == network_of("[2001:db8:1:ff::1]", FRIDAY)
    several = ("192.0.2.17", "192.0.3.17", "2001:db8::1")
    hashes = {network_of(each, day) for each in several for day in (FRIDAY, FRIDAY + DAY)}
    assert len(hashes) == 6
    assert network_of("nowhere", FRIDAY) == ""


@pytest.mark.parametrize(
    ("said", "environ"),
    [
        (fields(name=""), {}),
        (fields(name="\u202e\u200b"), {}),
        (fields(email="anna"), {}),
        (fields(email="anna@people.example\r\nBcc: all@people.example"), {}),
        (fields(name="A" * 201), {}),
        (fields(country="Atlantis"), {}),
        (fields(token="made up"), {}),
        (fields(token=form_token("tunnel", FRIDAY)), {}),
        (fields(token=form_token("bridge", FRIDAY - 3 * DAY)), {}),
        (fields(), {"HTTP_SEC_FETCH_SITE": "cross-site"}),
        (fields(), {"PATH_INFO": "/c/bridge/fr/sign"}),
        (fields(), {"PATH_INFO": "/c/nothing/en/sign"}),
        (b"\xff=\xfe", {}),
        (b"&".join(b"a%d=1" % n for n in range(100)), {}),
    ],
)
def test_what_is_not_plain_goes_the_ordinary_way_as_it_came(campaign, said, environ):
    status, left = post(said, **environ)
    assert status == "418"
    assert left == (said if isinstance(said, bytes) else urlencode(said).encode())
    assert not Signup.objects.exists()


@pytest.mark.parametrize(
    "environ",
    [
        {"REQUEST_METHOD": "GET"},
        {"CONTENT_LENGTH": str(10 * 1024 * 1024)},
        {"CONTENT_LENGTH": ""},
        {"CONTENT_TYPE": "text/plain"},
        {"PATH_INFO": "/c/bridge/en"},
    ],
)
def test_what_is_no_form_for_it_is_not_even_read(campaign, environ):
    assert post(fields(), **environ) == ("418", urlencode(fields()).encode())


def test_a_draft_cannot_be_signed(db):
    draft()
    assert post(fields())[0] == "418"


def test_a_database_that_is_away_leaves_it_to_the_ordinary_way(campaign, monkeypatch):
    def away(*_):
        raise OperationalError("the server is gone")

    monkeypatch.setattr("outreach.public.quick_door.keep", away)
    monkeypatch.setattr("outreach.public.quick_door.connection.close", lambda: None)
    assert post(fields())[0] == "418"


def test_workers_are_told_once_a_second_and_not_for_each(campaign, monkeypatch):
    told = []
    monkeypatch.setattr("outreach.public.quick_door.give_hint", lambda actor: told.append(actor.actor_name))
    door = QuickDoor(lambda *_: [b""], HEADERS)
    for _ in range(5):
        door._hint()
    assert told == ["read_signups"]


def test_behind_a_proxy_it_counts_what_the_proxy_saw_and_not_what_the_person_claims(settings):
    environ = {"HTTP_X_FORWARDED_FOR": "198.51.100.1, 192.0.2.17", "REMOTE_ADDR": "127.0.0.1"}
    assert came_from(environ) == "127.0.0.1"
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert came_from(environ) == "192.0.2.17"


def test_everything_that_is_wrong_is_told_at_once():
    wrong = read({"email": "anna", "country": "XYZ", "comment": "x" * 1001}, "bridge", "en", Asking(), FRIDAY)
    assert wrong == (
        Wrong("comment", "long"),
        Wrong("country", "long"),
        Wrong("token", "old"),
        Wrong("name", "missing"),
        Wrong("email", "not an address"),
        Wrong("country", "unknown"),
    )


@pytest.mark.parametrize("name", ["Ա", "Nguyễn Thị 🌻", "O’Brien-Łukasiewicz", "{{ name }}", "<b>Anna</b>", "محمد"])
def test_a_name_is_kept_as_it_was_given(name):
    form = read(fields(name=f"  {name}\u202e "), "bridge", "en", Asking(), FRIDAY)
    assert isinstance(form, Form)
    assert form.name == name


def get(path: str = "/c/bridge/en/", **environ: str) -> tuple[str, dict[str, str], bytes]:
    told: list[tuple[str, dict[str, str]]] = []

    def behind(environ, start):
        start("418 Behind", [])
        return [b""]

    asked = {"REQUEST_METHOD": "GET", "PATH_INFO": path, **environ}
    body = b"".join(QuickDoor(behind, HEADERS)(asked, lambda *said: told.append((said[0], dict(said[1])))))
    return told[0][0][:3], told[0][1], body


def test_a_page_is_handed_out_as_it_is_kept_packed_for_who_can_unpack_it(campaign):
    forget()
    status, headers, body = get()
    assert (status, headers["Content-Length"]) == ("200", str(len(body)))
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert b"Keep the bridge open" in body
    _, packed, less = get(HTTP_ACCEPT_ENCODING="br, gzip")
    assert (packed["Content-Encoding"], packed["Vary"]) == ("gzip", "Accept-Encoding")
    assert gunzip(less) == body
    assert get(HTTP_IF_NONE_MATCH=headers["ETag"])[0] == "304"


def test_pages_that_are_not_there_are_left_to_the_ordinary_way(campaign):
    assert [get(path)[0] for path in ("/c/bridge/fr/", "/c/nothing/en/", "/c/bridge/en", "/")] == ["418"] * 4
    assert get(QUERY_STRING="a=1")[0] == "418"
