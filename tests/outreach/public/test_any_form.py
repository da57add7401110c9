"""Whatever is posted to a public form, no answer is a failure of ours, nothing is doubled, nothing dangerous goes on.

A short round runs with the suite; FORMS_TO_TRY=20000 says how many forms a long one tries.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO
from typing import Any
from urllib.parse import quote_from_bytes

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns.addressee import ContactPoint
from campaigns.campaign import Campaign
from campaigns.consent import keep_words
from campaigns.signature import Signature
from campaigns.supporter import Supporter
from channels.answer import Receipt
from config.wsgi import application
from outreach.confirming import confirm
from outreach.letters.mailbag import Mailbag
from outreach.links import answering, confirming, letters_page, own_data, unsubscribing
from outreach.notice import Notice
from outreach.notify import send_some
from outreach.public.form_token import form_token
from outreach.public.kept_page import forget
from outreach.signing import read_some
from outreach.signup import DATA, Form, Signup, keep
from tests.outreach.public.test_consent import ASKED
from tests.small_campaign import DAY, FRIDAY, published

TRIES = int(os.environ.get("FORMS_TO_TRY", "20"))
MOST = 20_000  # bytes of what is tried at random
SIGN = "/c/bridge/en/sign"
URLENCODED = "application/x-www-form-urlencoded"
ANNA = "anna.arshakyan@gmail.com"


@dataclass
class World:
    """A campaign with one supporter, and the paths of every form that somebody can post to."""

    campaign: Campaign
    token: str
    paths: list[str]
    sent: list[Any] = field(default_factory=list)

    def form(self, **changed: str) -> dict[str, str]:
        said = {"name": "Bo", "email": "bo@people.example", "token": self.token, "age": "yes"}
        return {name: value for name, value in {**said, **changed}.items() if value != "(left out)"}

    def settle(self) -> None:
        """A worker reads what was kept, and every mail that is due leaves."""
        while read_some(FRIDAY):
            pass
        while send_some(FRIDAY):
            pass


@pytest.fixture
def world(db, monkeypatch) -> Iterator[World]:
    class Wire:
        batch = 10

        def send(self, envelopes):
            kept.sent.extend(envelopes)
            return [Receipt("<1@told.example>")] * len(envelopes)

    for page in ("mine", "signing_pages", "quick_door", "write"):
        monkeypatch.setattr(f"outreach.public.{page}.give_hint", lambda actor: True, raising=False)
    monkeypatch.setattr("campaigns.moment.now", lambda: FRIDAY)
    for place in ("outreach.public.quick_door", "outreach.notify"):
        monkeypatch.setattr(f"{place}.now", lambda: FRIDAY)
    monkeypatch.setattr("outreach.notify.wire_of", lambda channel: Wire())
    monkeypatch.setattr(application, "_open", {})
    forget()
    campaign = published(consent=ASKED)
    keep_words(campaign.asking())
    keep(campaign.pk, Form("Anna", ANNA, "en"), "network", FRIDAY)
    read_some(FRIDAY)
    anna = Supporter.objects.get()
    confirm(anna, FRIDAY)
    keep(campaign.pk, Form("", ANNA, "en", wish=DATA), "network", FRIDAY)
    read_some(FRIDAY)
    mine = own_data().token(Notice.objects.get(kind=Notice.Kind.DATA).pk)
    own, appeal = confirming().token(anna.pk), answering().token(campaign.appeals.get(addressee__key="ann").pk)
    ended = unsubscribing().token(anna.pk)
    places = ("sign", "mine", "write", "embed", "share", "share/mastodon", "share/x")
    paths = [f"/c/bridge/en/{place}" for place in places]
    paths += [f"/mine/{mine}/{deed}" for deed in ("change", "take-back", "erase")]
    paths += [f"/confirm/{own}", f"/confirm/{own}/not-me", f"/unsubscribe/{ended}", f"/unsubscribe/{ended}/undo"]
    paths += [f"/answer/{appeal}", "/unsubscribe", "/answer", f"/reply/{own}", f"/letters/{_mailbag(campaign)}"]
    kept = World(campaign, form_token("bridge", FRIDAY - timedelta(seconds=10)), paths)
    for signal in (request_started, request_finished):  # requests leave the connection of the test open
        signal.disconnect(close_old_connections)
    yield kept
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def _mailbag(campaign: Campaign) -> str:
    """The link to a message of supporters."""
    point = ContactPoint.objects.get(addressee__key="ann")
    known = {"campaign": campaign, "addressee": point.addressee, "contact_point": point}
    return letters_page().token(Mailbag.objects.create(**known, number=1, due_at=FRIDAY, created_at=FRIDAY).pk)


def encoded(said: dict[str, str]) -> bytes:
    return b"&".join(
        f"{name}=".encode() + quote_from_bytes(value.encode("utf-8", "surrogatepass")).encode()
        for name, value in said.items()
    )


def post(path: str, body: bytes, kind: str = URLENCODED, length: str = "", **environ: str) -> tuple[int, str]:
    """The status and the page that come back."""
    answered: list[str] = []
    asked = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": path.encode().decode("latin-1"),
        "SCRIPT_NAME": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "CONTENT_TYPE": kind,
        "CONTENT_LENGTH": length or str(len(body)),
        "REMOTE_ADDR": "192.0.2.17",
        "wsgi.input": BytesIO(body),
        "wsgi.url_scheme": "http",
        "wsgi.errors": BytesIO(),
        **environ,
    }
    response = application(asked, lambda status, headers, *_: answered.append(status))
    page = b"".join(response).decode("utf-8", "replace")
    if close := getattr(response, "close", None):
        close()
    return int(answered[0][:3]), page


NASTY = (
    "", " ", "\x00", "\r\nBcc: all@people.example", "<script>alert(1)</script>", "{{ 7 * 7 }}", "{% include 'x' %}",
    "\u202eevil", "\ud800", "👩‍👩‍👧‍👦", "Ó", "ａｎｎａ", "аnna@people.example", "a" * 5000, "%00%ff", "../../etc/pass",
    "' OR 1=1 --", "0", "-1", "9" * 400, "yes", "no", "2023-99-99", "\u2028", "İ", "anna@a.example,bo@b.example",
)  # fmt: skip
FIELDS = (
    "name", "email", "token", "age", "updates", "events", "partner-roads", "asked-updates", "asked-notice", "website",
    "public", "country", "postcode", "comment", "source", "altcha", "where", "division", "subject", "text", "to",
    "sure", "app", "server", "step", "passcode", "kind-1", "until-1", "words-1", "language", "way", "function",
)  # fmt: skip
value = st.sampled_from(NASTY) | st.text(max_size=60) | st.binary(max_size=60).map(lambda raw: raw.decode("latin-1"))
pair = st.tuples(st.sampled_from(FIELDS) | st.text(max_size=12), value)
kinds = st.sampled_from(
    (URLENCODED, f"{URLENCODED}; charset=utf-16", f"{URLENCODED}; charset=nothing", "multipart/form-data; boundary=x",
     "multipart/form-data", "multipart/form-data; boundary=\udc80", "text/plain", "application/json", "")
)  # fmt: skip
part = pair.map(
    lambda told: f'--x\r\nContent-Disposition: form-data; name="{told[0]}"; filename="f"\r\n\r\n{told[1]}\r\n'.encode(
        "utf-8", "surrogatepass"
    )
)
bodies = (
    st.binary(max_size=200)
    | st.lists(pair, max_size=8).map(lambda pairs: b"&".join(encoded(dict([each])) for each in pairs))
    | st.lists(part, max_size=4).map(lambda parts: b"".join(parts) + b"--x--\r\n")
)
lengths = st.sampled_from(("", "", "", "", "0", "-1", "many", "99999999999", "1"))


@settings(max_examples=TRIES, deadline=None, derandomize=TRIES < 1000, suppress_health_check=list(HealthCheck))
@given(
    place=st.integers(0, 99),
    changes=st.dictionaries(st.sampled_from(FIELDS), value, max_size=4),
    anything=bodies,
    is_form=st.booleans(),
    kind=kinds,
    length=lengths,
    site=st.sampled_from(("same-origin", "none", "cross-site", "x")),
)
@pytest.mark.timeout(3600)
def test_no_form_makes_a_page_fail(world, place, changes, anything, is_form, kind, length, site):
    path = world.paths[place % len(world.paths)]
    body = encoded(world.form(**changes)) if is_form else anything
    kind = URLENCODED if is_form else kind
    said = body[:MOST]
    status, page = post(path, said, kind, length if not is_form else "", HTTP_SEC_FETCH_SITE=site)
    assert status < 500, (path, said, kind, length)
    assert "<script>alert" not in page
    while read_some(FRIDAY):
        pass
    assert not Signup.objects.exists()


@pytest.mark.parametrize(
    ("changed", "status", "signed", "mails"),
    [
        pytest.param({"name": "<script>alert(1)</script>"}, 303, "<script>alert(1)</script>", 1, id="a script"),
        pytest.param({"name": "{{ 7 * 7 }}"}, 303, "{{ 7 * 7 }}", 1, id="a template"),
        pytest.param({"name": "Bo\r\nBcc: all@people.example"}, 303, "Bo Bcc: all@people.example", 1, id="a header"),
        pytest.param({"email": "bo@people.example\r\nBcc: x@y.example"}, 422, None, 0, id="a header in the address"),
        pytest.param({"email": "bo@people.example, x@y.example"}, 422, None, 0, id="two addresses"),
        pytest.param({"name": "\u202eoB\u202c"}, 303, "oB", 1, id="text that runs backwards"),
        pytest.param({"name": "\u202e\u200b"}, 422, None, 0, id="nothing that can be seen"),
        pytest.param({"name": "👩‍👩‍👧"}, 303, "👩‍👩‍👧", 1, id="an emoji"),
        pytest.param({"name": "Ó"}, 303, "Ó", 1, id="one letter"),
        pytest.param({"name": "x" * 10_000_000}, 413, None, 0, id="ten megabytes"),
        pytest.param({"comment": "x" * 1001}, 422, None, 0, id="a long comment"),
        pytest.param({"email": "info@people.example"}, 303, "Bo", 1, id="a role, which is marked"),
        pytest.param({"email": "bo+news@people.example"}, 303, "Bo", 1, id="a plus, which may be a name of its own"),
        pytest.param({"token": "made.up"}, 422, None, 0, id="a forged token"),
        pytest.param({"token": form_token("tunnel", FRIDAY)}, 422, None, 0, id="the token of another campaign"),
        pytest.param({"token": form_token("bridge", FRIDAY - 3 * DAY)}, 422, None, 0, id="a form three days old"),
        pytest.param({"age": "(left out)"}, 422, None, 0, id="no age"),
        pytest.param({"website": "https://spam.example"}, 303, "Bo", 0, id="a hidden field filled in"),
        pytest.param({"country": "Atlantis"}, 422, None, 0, id="no country"),
    ],
)
def test_each_bad_input_is_handled_and_nothing_of_it_goes_on(world, changed, status, signed, mails):
    before, world.sent = Supporter.objects.count(), []
    answer, page = post(SIGN, encoded(world.form(**changed)))
    assert answer == status
    assert "<script>alert" not in page
    if status == 422:
        assert 'role="alert"' in page  # a sentence, at the head and at its field
    world.settle()
    new = [each.name for each in Supporter.objects.exclude(pk__in=Supporter.objects.at(ANNA))]
    assert new == ([signed] if signed is not None else [])
    assert Supporter.objects.count() == before + len(new)
    written = [each for each in world.sent if each.to != ANNA]
    assert len(written) == mails
    for envelope in written:
        assert "\n" not in envelope.to + envelope.to_name + envelope.subject
        assert "<script" not in envelope.html


@pytest.mark.parametrize("times", [2, 3])
def test_a_double_click_a_replay_and_the_back_button_sign_once(world, times):
    for _ in range(times):
        assert post(SIGN, encoded(world.form()))[0] == 303
    world.settle()
    assert post(SIGN, encoded(world.form()))[0] == 303  # the back button, after it was read
    world.settle()
    assert Supporter.objects.at("bo@people.example").count() == 1
    assert [each.to for each in world.sent].count("bo@people.example") == 1


def test_an_address_that_only_looks_like_anothers_takes_nothing_from_them(world):
    looks_alike = ANNA.replace("a", "\u0430", 1)
    status, _ = post(SIGN, encoded(world.form(email=looks_alike)))
    world.settle()
    assert status in (303, 422)
    anna = Supporter.objects.at(ANNA).get()
    assert (anna.email, anna.signature.state) == (ANNA, Signature.State.CONFIRMED)


@pytest.mark.parametrize("spelt", ["annaarshakyan+x@gmail.com", "Anna.Arshakyan@Googlemail.com"])
def test_another_spelling_of_a_mailbox_is_no_second_signature(world, spelt):
    world.sent = []
    post(SIGN, encoded(world.form(email=spelt)))
    world.settle()
    assert Supporter.objects.count() == 1


@pytest.mark.parametrize("path", [SIGN, "/c/bridge/en/mine"])
def test_a_form_on_a_page_of_somebody_elses_does_nothing(world, path):
    status, page = post(path, encoded(world.form()), HTTP_SEC_FETCH_SITE="cross-site")
    assert (status, 'role="alert"' in page or "error" in page) == (422, True)
    world.settle()
    assert not Supporter.objects.at("bo@people.example").exists()


def test_links_that_were_forged_or_cut_off_open_nothing(world):
    for path in world.paths:
        if path.count("/") > 1 and not path.startswith("/c/"):
            head, token, *rest = path[1:].split("/")
            for wrong in (token[:-1], token[::-1], "x" * len(token), "é", "%00"):
                status, page = post("/".join(["", head, wrong, *rest]), b"sure=yes&name=X")
                assert status in (200, 403, 404), path
                assert ANNA not in page
    anna = Supporter.objects.at(ANNA).get()
    assert (anna.name, anna.opted_out_at, anna.signature.state) == ("Anna", None, Signature.State.CONFIRMED)
