"""Whole campaigns over HTTP: checked in full, then loaded or not at all."""

import io
import zipfile
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns.campaign import Campaign
from campaigns.moment import now
from campaigns.publication import publish
from outreach.api import archive
from tests.outreach.api.asking import get, post, problem
from tests.outreach.api.documents import petition, zipped

CAMPAIGNS = "/api/v1/campaigns"
STRANGE: tuple[Any, ...] = (
    None,
    True,
    -1,
    1.5,
    "",
    " ",
    "\n",
    "{{ x }}",
    "{% for",
    "|;,\"'",
    "---",
    "é́🙂\u2028",
    "x" * 5000,
    [],
    {},
    [[]],
    [{}],
)


def send(api, archive: bytes):
    return api.post(CAMPAIGNS, archive, content_type="application/zip")


def put(api, document, query=""):
    return api.put(f"{CAMPAIGNS}/artsakh-2023{query}", document, content_type="application/json")


def test_a_whole_campaign_is_created_as_a_draft_from_one_document(api):
    answer = post(api, "/campaigns", petition())
    assert answer.status_code == 201, answer.json()["errors"]
    assert get(api, "/campaigns/artsakh-2023")["status"] == "draft"
    assert get(api, "/campaigns/artsakh-2023/addressees?limit=1")["total"] == len(petition()["addressees"])
    assert get(api, "/campaigns/artsakh-2023/wordings?limit=1")["total"] == len(petition()["wordings"])


def test_a_zipped_folder_says_the_same_as_the_document(api):
    assert send(api, zipped()).status_code == 201
    assert put(api, petition()).json()["changes"] == []


def test_a_campaign_that_exists_is_not_created_again(api):
    post(api, "/campaigns", petition())
    assert "PUT" in problem(post(api, "/campaigns", petition()), 409)["detail"]


def test_every_mistake_is_told_at_its_place_in_the_document_and_nothing_is_loaded(api):
    document = petition(time_zone="Asia/Jerevan")
    document["ladder"][1]["channels"][0] = "emial"
    document["addressees"][3]["languages"] = ["xx", "en"]
    document["wordings"][0]["body"] += "\n{{ adressee.name }}"
    told = problem(post(api, "/campaigns", document), 422)
    faults = {fault["location"].partition(":")[0]: fault for fault in told["errors"]}
    assert faults.keys() >= {
        "body/time_zone",
        "body/ladder/1/channels/0",
        "body/addressees/3/languages",
        "body/wordings/0/body",
    }
    assert faults["body/time_zone"]["suggestion"] == "Asia/Yerevan"
    assert not Campaign.objects.exists()


def test_a_mistake_of_a_zipped_folder_is_told_with_file_and_line(api):
    told = problem(send(api, zipped({"artsakh-2023/addressees.csv": "key;name\n"})), 422)
    assert told["errors"][0]["location"] == "addressees.csv:1:1"


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"slug": "../etc"}, "body/slug"),
        ({"wordings": [{"name": "..", "channel": "email", "language": "en", "body": "a"}]}, "body/wordings/0/name"),
        (
            {"wordings": [{"name": "letter", "channel": "email", "language": "../en", "body": "a"}]},
            "body/wordings/0/language",
        ),
        ({"addressees": [{"adress": "a@b.example"}]}, "body/addressees/0/adress"),
        ({"addressees": [{"groups": ["minsk;unsc"]}]}, "body/addressees/0/groups"),
        ({"wordings": [{"name": "a", "channel": "x", "language": "en", "body": "a"}] * 2}, "body/wordings/0"),
        ({"addressees": "all"}, "body/addressees"),
    ],
)
def test_what_no_folder_can_hold_is_refused_at_its_place(api, changes, where):
    assert problem(post(api, "/campaigns", petition(**changes)), 422)["errors"][0]["location"] == where


def test_a_dry_run_shows_the_difference_and_changes_nothing(api):
    post(api, "/campaigns", petition())
    edited = petition(title="Another title")
    shown = put(api, edited, "?dry_run=true").json()
    assert {change["kind"] for change in shown["changes"]} == {"campaign"}
    assert put(api, petition()).json()["changes"] == []
    assert put(api, edited).json()["changes"] == shown["changes"]
    assert put(api, edited).json()["changes"] == []


def test_a_dry_run_of_a_new_campaign_creates_none(api):
    answer = post(api, "/campaigns?dry_run=true", petition())
    assert answer.status_code == 200
    assert answer.json()["changes"]
    assert not Campaign.objects.exists()


def test_what_was_said_in_public_does_not_change(api):
    post(api, "/campaigns", petition())
    publish(Campaign.objects.get(), now())
    told = problem(put(api, petition(time_zone="Europe/Paris")), 409)
    assert "the deadline was given on its clock" in told["errors"][0]["detail"]
    problem(put(api, petition(time_zone="Europe/Paris"), "?dry_run=true"), 409)


def test_a_document_is_put_where_it_belongs(api):
    problem(put(api, petition()), 404)
    post(api, "/campaigns", petition())
    assert problem(put(api, petition(slug="other")), 422)["errors"][0]["location"] == "body/slug"


@pytest.mark.parametrize("body", [b"PK\x03\x04 nonsense", b"PK\x05\x06" + bytes(17), zipped()[:-300]])
def test_what_is_no_archive_is_refused(api, body):
    problem(send(api, body), 400)


@pytest.mark.parametrize(
    "name", ["../campaign.yaml", "/campaign.yaml", "a/../../addressees.csv", "wordings/../../x/email.en.md"]
)
def test_a_file_of_an_archive_lands_nowhere_else(tmp_path, name):
    inside = tmp_path / "inside"
    inside.mkdir()
    archive.unpack(packed({name: "evil", "campaign.yaml": "good"}), inside)
    assert [file.relative_to(tmp_path) for file in tmp_path.rglob("*") if file.is_file()] == [
        (inside / "campaign" / "campaign.yaml").relative_to(tmp_path)
    ]


def test_an_archive_does_not_grow_without_end(api):
    bomb = packed({"campaign.yaml": "a" * 200_000_000})
    assert len(bomb) < 1_000_000
    assert "larger than 1,000,000 bytes" in problem(send(api, bomb), 413)["detail"]


def test_an_archive_has_one_campaign_in_it(api):
    both = packed({"a/campaign.yaml": "", "b/campaign.yaml": ""})
    assert "more than one" in problem(send(api, both), 422)["detail"]


def test_an_archive_has_no_file_twice(api):
    content = io.BytesIO(packed({"campaign.yaml": "a"}))
    with zipfile.ZipFile(content, "a") as again, pytest.warns(UserWarning, match="Duplicate"):
        again.writestr("campaign.yaml", "b")
    assert "twice" in problem(send(api, content.getvalue()), 422)["detail"]


def test_an_archive_has_a_bounded_number_of_files(api):
    many = packed({f"{n}.txt": "" for n in range(archive.MOST_FILES + 1)})
    assert "files" in problem(send(api, many), 413)["detail"]


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_strange_value_anywhere_in_a_document_is_never_a_failure_of_ours(api, data):
    document = petition()
    spot = document
    while True:
        names = list(spot) if isinstance(spot, dict) else list(range(len(spot)))
        name = data.draw(st.sampled_from(names))
        if not isinstance(spot[name], dict | list) or not spot[name] or data.draw(st.integers(0, 3)) == 0:
            break
        spot = spot[name]
    spot[name] = data.draw(st.sampled_from(STRANGE))
    assert post(api, "/campaigns?dry_run=true", document).status_code in (200, 422)


def packed(files: dict[str, str]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in files.items():
            made.writestr(name, text)
    return content.getvalue()
