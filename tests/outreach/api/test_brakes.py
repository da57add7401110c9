"""The brakes over HTTP: everything stopped, more time, no more, a new holder, and the versions there were."""

import json

import pytest

from campaigns.appeal import Appeal
from campaigns.hold import Hold
from campaigns.intervention import Intervention
from campaigns.version import Version
from outreach.clock import tick
from tests.outreach.api.documents import petition
from tests.small_campaign import DAY, DEADLINE, FRIDAY, published

pytestmark = pytest.mark.usefixtures("friday")
V1 = "/api/v1"


@pytest.fixture
def bridge(db):
    campaign = published()
    tick(campaign, FRIDAY)
    return campaign


def post(api, path: str, **body):
    return api.post(f"{V1}{path}", json.dumps(body), content_type="application/json")


def test_everything_is_stopped_and_let_go(api, bridge):
    assert api.get(f"{V1}/stop").json() == {"is_stopped": False, "stop": None}
    answer = post(api, "/stop", reason="the letters are wrong", note="We have paused.")
    assert (answer.status_code, answer.json()["note"], answer.json()["author"]) == (201, "We have paused.", "Mia")
    assert api.get(f"{V1}/stop").json()["stop"]["reason"] == "the letters are wrong"
    assert api.delete(f"{V1}/stop").status_code == 200
    assert api.delete(f"{V1}/stop").json()["detail"] == "Nothing is stopped"


def test_a_doubted_clock_needs_the_word_that_it_is_right(api, bridge):
    hold = Hold.objects.place_on_everything(reason="It went back", author="the clock", now=FRIDAY, is_doubt=True)
    for path in ("/stop", f"/holds/{hold.pk}"):
        assert api.delete(f"{V1}{path}").status_code == 409
    assert api.delete(f"{V1}/stop?clock_is_right=true").status_code == 200


def test_one_gets_more_time_and_then_everybody_does(api, bridge):
    ann = Appeal.objects.get(addressee__key="ann")
    assert post(api, f"/appeals/{ann.pk}/extensions", span="2 days", reason="she is ill").json() == {"appeals": 1}
    assert post(api, "/campaigns/bridge/extensions", span="1 day", reason="a holiday").json() == {"appeals": 3}
    kept = api.get(f"{V1}/appeals/{ann.pk}/interventions").json()["items"]
    assert [(each["reason"], each["author"]) for each in kept] == [("she is ill", "Mia"), ("a holiday", "Mia")]
    assert api.get(f"{V1}/campaigns/bridge/interventions").json()["total"] == 4
    ann.refresh_from_db()
    assert ann.due_at == DEADLINE + 3 * DAY


@pytest.mark.parametrize(
    ("body", "location"),
    [({"span": "soon", "reason": "x"}, "body/span"), ({"span": "2 days", "reason": " "}, "body/reason")],
)
def test_what_is_wrong_with_an_extension_is_told_at_its_field(api, bridge, body, location):
    answer = post(api, "/campaigns/bridge/extensions", **body)
    assert answer.status_code == 422
    assert location in [fault["location"] for fault in answer.json()["errors"]]
    assert not Intervention.objects.exists()


def test_demands_are_taken_back_once(api, bridge):
    assert post(api, "/campaigns/bridge/withdrawal", reason="they have acted").json() == {"appeals": 3}
    assert post(api, "/campaigns/bridge/withdrawal", reason="they have acted").status_code == 409


def test_somebody_else_holds_an_office(api, bridge):
    path = "/campaigns/bridge/addressees/ann/holders"
    answer = post(api, path, holder="Nina New", salutation="Dear Ms New", reason="the gazette")
    assert (answer.status_code, answer.json().get("before")) == (201, "Head of Ann")
    assert post(api, path, holder="Nina New", reason="again").status_code == 422
    assert [each["after"] for each in api.get(f"{V1}{path}").json()["items"]] == ["Nina New"]
    assert api.get(f"{V1}/campaigns/bridge/addressees/ann").json()["holder"] == "Nina New"


def test_a_change_is_shown_before_it_is_saved_and_kept_as_a_version(api):
    document = petition()
    slug = document["slug"]
    assert post(api, "/campaigns", **document).status_code == 201
    document["title"] = "Another title"
    told = [
        api.put(f"{V1}/campaigns/{slug}{how}", json.dumps(document), content_type="application/json").json()["changes"]
        for how in ("?dry_run=true", "")
    ]
    assert told[0] == told[1]
    newest, first = api.get(f"{V1}/campaigns/{slug}/versions").json()["items"]
    assert (newest["number"], newest["author"], newest["is_live"]) == (2, "Mia", False)
    assert newest["changes"] == [change["sentence"] for change in told[1]]
    assert first["changes"] == []
    assert first["digest"] != newest["digest"]
    assert api.get(f"{V1}/campaigns/{slug}/versions/2").json() == newest
    assert Version.objects.count() == 2
