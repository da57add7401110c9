"""Everybody can read what was asked, proven, answered and decided, and take the proof home."""

import json
from io import BytesIO
from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.db import transaction
from django.test import Client

from campaigns.campaign import Campaign
from campaigns.hold import Hold
from campaigns.outcome import record_outcome
from campaigns.review import review
from outreach.clock import tick
from outreach.evidence.entry import Evidence
from outreach.evidence.note import note_marked
from outreach.evidence.verify import verify
from outreach.foot import answer_of
from outreach.public.record_sentences import SAID
from outreach.response import record_response
from outreach.said import Position, Said
from outreach.send import drain
from outreach.stating import state
from tests.outreach.wires import Told
from tests.small_campaign import DAY, DEADLINE, FRIDAY, SECOND, draft, published, supporters

pytestmark = pytest.mark.django_db
SATURDAY = FRIDAY + DAY
ANN = "/c/bridge/record/ann"


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    """A campaign, and what happened in it: told once for all tests here, each of which takes back what it changes."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        yield lived(patch)
        transaction.set_rollback(True)


@pytest.fixture
def campaign(told) -> Campaign:
    return told


def lived(monkeypatch) -> Campaign:
    """Ann acknowledged, and was then written to again; Bob did what was asked, and took it back; Cat is silent."""
    campaign = published()
    languages = ["en", "hy", "ar", "tr"]
    Campaign.objects.filter(pk=campaign.pk).update(languages=languages, title={"en": "Bridge", "ar": "الجسر"})
    supporters(campaign, 2)
    monkeypatch.setattr("outreach.send.wire_of", lambda channel: Told())
    at = [FRIDAY]
    monkeypatch.setattr("outreach.send.now", lambda: at[0])
    tick(campaign, FRIDAY)
    drain("email", bulk=False)
    ann, bob = (campaign.appeals.get(addressee__key=key) for key in ("ann", "bob"))
    text = "We got it. Jane Roe, jane@offices.example"
    record_response(ann, channel="email", text=text, recorded_by="Mia", now=SATURDAY, kind="acknowledgement")
    demand = campaign.demands.get(key="open")
    done = record_outcome(bob, demand, "done", evidence="https://gazette.example/1", author="Mia", now=SATURDAY)
    review(done, reviewer="Noa", now=SATURDAY, holds=False, note="It says otherwise")
    record_outcome(bob, demand, "none", evidence="The gazette was misread", author="Mia", now=SATURDAY + SECOND)
    Hold.objects.place(campaign=campaign, reason="talks", author="Mia", now=SATURDAY).lift(SATURDAY, "Mia")
    at[0] = DEADLINE + SECOND
    tick(campaign, DEADLINE + SECOND)
    drain("email", bulk=False)
    drain("x", bulk=False)
    note_marked(DEADLINE + DAY)
    return campaign


@pytest.fixture
def reader() -> Client:
    return Client()


def test_there_is_no_record_of_a_draft_nor_of_nothing(reader):
    draft("tunnel")
    for path in ("record", "record.json", "record/ann", "record/ann.json", "evidence", "en/record"):
        assert reader.get(f"/c/tunnel/{path}").status_code == 404
        assert reader.get(f"/c/nothing/{path}").status_code == 404


def test_the_record_says_how_everybody_stands(reader, campaign):
    page = reader.get("/c/bridge/record").content.decode()
    for name in ("Ann", "Bob", "Cat"):
        assert f'<a href="/c/bridge/en/record/{name.lower()}">{name}</a>' in page
    assert page.count('data-state="silent"') >= 3
    assert "On hold" in page
    assert "talks" in page


def test_the_record_of_an_addressee_says_what_was_sent_proven_answered_and_missed(reader, campaign):
    page = reader.get(ANN).content.decode()
    assert "The demands were put: Letter" in page
    assert "The deadline of 23:59 on 5 May 2023 (UTC time) passed without action" in page
    assert 'data-state="delivered"' in page
    assert "we write to Ann as member of the council" in page
    assert "This answers no demand; the clock ran on." in page


def test_an_answer_that_nobody_allowed_to_publish_is_only_named_by_its_kind(reader, campaign):
    page = reader.get(ANN).content.decode()
    assert "Acknowledgement" in page
    assert "Its words are not published without permission." in page
    assert "We got it" not in page


def test_an_answer_that_its_office_allows_to_publish_stands_word_for_word_without_private_addresses(reader, campaign):
    cat, demand = campaign.appeals.get(addressee__key="cat"), campaign.demands.get(key="open")
    words = "We keep it open. Ask roe@offices.example"
    positions = (Position(demand, "done", words="It is open"),)
    said = Said(positions, words, "Jane Roe", "Head of Cat", may_be_published=True)
    state(cat, said, uuid4(), DEADLINE + DAY)
    note_marked(DEADLINE + DAY)
    page = reader.get("/c/bridge/record/cat").content.decode()
    assert "We keep it open. Ask […]" in page
    assert "An answer is being read" in page
    assert "roe@" not in page
    assert "Jane Roe" not in page


def test_whoever_reads_a_letter_cannot_answer_for_the_office_it_went_to(reader, campaign):
    ann = campaign.appeals.get(addressee__key="ann")
    letter = campaign.deliveries.filter(addressee__key="ann", channel="email").first()
    secrets = answer_of(ann.pk, "addressees", "email")
    assert all(secret and secret in letter.text for secret in secrets)
    evidence = reader.get("/c/bridge/evidence").content.decode("latin-1")
    for said in (reader.get(ANN).content.decode(), reader.get(f"{ANN}.json").content.decode(), evidence):
        assert "we write to Ann" in said
        assert not any(secret in said for secret in secrets)


def test_a_correction_stands_as_a_new_entry_beside_what_it_corrects(reader, campaign):
    page = reader.get("/c/bridge/record/bob").content.decode()
    assert "Corrected later." in page
    assert "A correction of an earlier entry." in page
    assert "doubts it" in page
    assert page.index("A correction of an earlier entry.") < page.index("Corrected later.")


def test_names_of_staff_and_supporters_and_private_addresses_are_nowhere(reader, campaign):
    for path in ("/c/bridge/record", ANN, "/c/bridge/record/bob", "/c/bridge/record.json", f"{ANN}.json"):
        said = reader.get(path).content.decode()
        for private in ("Mia", "Noa", "Jane Roe", "offices.example", "people.example", "Supporter 1"):
            assert private not in said, path


@pytest.mark.parametrize(("language", "spoken", "way"), [("hy", "hy", "ltr"), ("ar", "ar", "rtl"), ("tr", "en", "ltr")])
def test_the_record_speaks_every_language_of_the_campaign(reader, campaign, language, spoken, way):
    for path in ("record", "record/ann", "record/bob"):
        page = reader.get(f"/c/bridge/{language}/{path}").content.decode()
        assert f'<html lang="{spoken}" dir="{way}">' in page
        assert SAID[spoken].check in page


def test_a_language_that_the_campaign_does_not_speak_has_no_page(reader, campaign):
    assert reader.get("/c/bridge/fr/record").status_code == 404


def test_every_language_says_everything_and_names_what_is_filled_in(campaign):
    for language, said in SAID.items():
        for name in said.__slots__:
            ours, english = getattr(said, name), getattr(SAID["en"], name)
            assert ours, (language, name)
            if isinstance(english, str):
                assert ours.count("{") == english.count("{"), (language, name)
            else:
                assert ours.keys() == english.keys(), (language, name)


def test_programs_get_the_same_with_the_hash_that_stands_for_all_of_it(reader, campaign):
    told = reader.get("/c/bridge/record.json")
    assert told.headers["Access-Control-Allow-Origin"] == "*"
    said, last = told.json(), Evidence.objects.filter(campaign=campaign).last()
    assert (said["head"]["entries"], said["head"]["hash"]) == (last.number, last.hash)
    standings = {office["key"]: office["standing"] for office in said["addressees"]}
    assert standings == dict.fromkeys(("ann", "bob", "cat"), "silent")
    ann = reader.get(said["addressees"][0]["url"]).json()["addressee"]
    assert [item["state"] for item in ann["log"] if item["kind"] == "message"] == ["delivered"] * 3
    assert any("we write to Ann" in item["words"].get("text", "") for item in ann["log"])


def test_the_evidence_can_be_taken_home_and_verifies_against_the_hash_on_the_page(reader, campaign, tmp_path):
    answer = reader.get("/c/bridge/evidence")
    (tmp_path / "evidence.zip").write_bytes(answer.content)
    head = reader.get("/c/bridge/record.json").json()["head"]["hash"]
    assert head in reader.get("/c/bridge/record").content.decode()
    assert verify(tmp_path / "evidence.zip", head).holds
    assert "index.html" in ZipFile(BytesIO(answer.content)).namelist()


def test_caches_may_keep_it_and_ask_again_cheaply_until_something_is_noted(reader, campaign):
    for path in ("/c/bridge/record", ANN, f"{ANN}.json", "/c/bridge/evidence"):
        first = reader.get(path)
        assert "public" in first.headers["Cache-Control"]
        assert not first.cookies
        assert "Cookie" not in first.headers.get("Vary", "")
        assert reader.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
        Hold.objects.place(campaign=campaign, reason="more talks", author="Mia", now=DEADLINE + DAY)
        note_marked(DEADLINE + DAY)
        assert reader.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_reading_changes_nothing_and_nothing_but_reading_is_possible(reader, campaign):
    before = Evidence.objects.count()
    for path in ("/c/bridge/record", "/c/bridge/record.json", "/c/bridge/evidence"):
        assert reader.post(path).status_code == 405
        reader.get(path)
    assert Evidence.objects.count() == before


@pytest.mark.parametrize("odd", ["?from=-1", "?from=x", "?from=9999999999", "?from=١"])
def test_a_part_that_cannot_be_is_not_there(reader, campaign, odd):
    assert reader.get(f"/c/bridge/record{odd}").status_code == 404


def test_a_letter_nobody_can_prove_is_called_unknown(reader, campaign):
    campaign.deliveries.filter(addressee__key="cat", channel="email", wave__reminder=0).update(state="sent")
    silent = json.loads(reader.get("/c/bridge/record/cat.json").content)["addressee"]
    assert silent["standing"] == "silent"  # what is noted stands, whatever the tables say now


def test_staff_find_the_record_from_the_board_and_from_each_conversation(campaign, admin_client):
    assert 'href="/c/bridge/record"' in admin_client.get("/campaigns/bridge").content.decode()
    assert 'href="/c/bridge/record/ann"' in admin_client.get("/campaigns/bridge/addressees/ann").content.decode()
