"""No log says who signed, wrote or left, and no link in it can be used by who reads it."""

import io
import logging
import re
from collections.abc import Iterator

import pytest
from django.test import Client

from campaigns.moment import now
from campaigns.supporter import Supporter
from channels.answer import Refused
from config.log import configuration
from outreach.letters.letter import Letter
from outreach.links import confirming, own_data, unsubscribing, writing
from outreach.notice import Notice
from outreach.notify import send_some
from outreach.public.kept_page import forget
from outreach.retention import purge_what_is_past_its_time
from outreach.signing import read_signups, read_some
from outreach.signup import Signup
from tests.letters import open_to_letters
from tests.outreach.wires import Told
from tests.small_campaign import DAY, FRIDAY, published

ANNA = "anna.arshakyan@people.example"
PAGE = "/c/bridge/en/"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What a log of production holds."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    formatter = configuration(as_json=True, level="INFO")["formatters"]["line"]
    handler.setFormatter(formatter.pop("()")(**formatter))
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


@pytest.mark.django_db
def test_a_letter_from_its_first_word_to_its_confirmation_is_in_no_log(monkeypatch, log):
    forget()
    monkeypatch.setattr("campaigns.moment.now", lambda: FRIDAY + DAY)
    for place in ("outreach.public.write_letter", "outreach.signing"):
        monkeypatch.setattr(f"{place}.give_hint", lambda actor: True)
    open_to_letters()
    phone, page = Client(enforce_csrf_checks=True), f"{PAGE}write/letter"
    words = {"subject-ann": "My bridge", "text-ann": "My children cross it", "town": "Seattle"}
    begun = phone.post(page, {"to": "ann"}).text
    said = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', begun)) | words
    said |= {"name": "Anna Arshakyan", "email": ANNA}
    for step in ("look", "send"):
        phone.post(page, {**said, "step": step})
    read_some(FRIDAY + DAY)
    token = writing().token(Letter.objects.get().form)
    assert phone.post(f"/writing/{token}/confirm").status_code == 200
    written = log.getvalue()
    assert written.count("request_finished") == 4
    for secret in ("anna", "arshakyan", "people.example", "children", "seattle", "my bridge", token.lower()):
        assert secret not in written.lower()


@pytest.mark.django_db
def test_a_life_from_signing_to_being_erased_leaves_no_name_address_or_token_in_the_log(monkeypatch, log):
    forget()
    for place in ("outreach.public.signing_pages", "outreach.public.mine", "outreach.signing"):
        monkeypatch.setattr(f"{place}.give_hint", lambda actor: True)
    wire = Told(Refused(f"550 <{ANNA}>: no Anna Arshakyan here"))
    monkeypatch.setattr("outreach.notify.wire_of", lambda channel: wire)
    published(now=now())
    phone = Client(enforce_csrf_checks=True)
    hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', phone.get(PAGE).text))
    signed = {**hidden, "name": "Anna Arshakyan", "email": ANNA, "updates": "yes", "comment": "For my children"}
    assert phone.post(f"{PAGE}sign", signed).status_code == 302
    Signup.objects.create(campaign=Signup.objects.get().campaign, content=b"", received_at=now())
    read_signups()
    send_some(now())
    anna = Supporter.objects.at(ANNA).get()
    tokens = [confirming().token(anna.pk), unsubscribing().token(anna.pk)]
    for path in (f"/confirm/{tokens[0]}", f"/unsubscribe/{tokens[1]}", f"/unsubscribe/{tokens[1]}/undo"):
        assert phone.post(path).status_code == 200
    phone.post(f"{PAGE}mine", {"email": ANNA})
    phone.post(f"{PAGE}mine", {"email": f"{ANNA}@"})
    read_signups()
    tokens.append(own_data().token(Notice.objects.get(kind="data").pk))
    for deed in ("change", "erase"):
        phone.post(f"/mine/{tokens[-1]}/{deed}", {"name": "Anna Arshakyan", "sure": "yes"})
    phone.get(f"/mine/{tokens[-1]}x")
    purge_what_is_past_its_time()
    anna.refresh_from_db()
    assert anna.forgotten_at
    said = log.getvalue()
    assert said.count("request_finished") >= 8
    for secret in ("anna", "arshakyan", "people.example", "children", *tokens):
        assert secret not in said
        assert secret.title() not in said
