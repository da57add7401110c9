"""Who represents whom, over HTTP and at a terminal: the same functions, the same answers."""

import csv
import json
import re
from io import StringIO

import pytest
from typer.testing import CliRunner

from campaigns.addressee import Addressee, ContactPoint
from campaigns.locality import Lies, Locality, keep_localities
from campaigns.redistricting import Redistricting
from outreach.cli import app
from tests.campaigns.directory.sample import ACCOUNTS, MEMBERS
from tests.outreach.api.asking import get, post, problem
from tests.outreach.dashboard.conftest import member, signed_in

WA, SEVEN = "ocd-division/country:us/state:wa", "ocd-division/country:us/state:wa/cd:7"
ROWS = (
    {"country": "US", "postcode": "", "place": "Washington", "division": WA},
    {"country": "US", "postcode": "", "place": "Washington, district 7", "division": SEVEN},
    {"country": "US", "postcode": "98101", "place": "Seattle", "division": SEVEN},
    {"country": "DE", "postcode": "98101", "place": "", "division": "berlin"},
)


@pytest.fixture
def represented(bridge):
    """Ann is the senator, district 7 is vacant, Cat represents Berlin; the ombudsman is written to instead."""
    for key, division, country in (("ann", WA, "US"), ("bob", SEVEN, "US"), ("cat", "berlin", "DE")):
        Addressee.objects.filter(key=key).update(division=division, country=country)
    Addressee.objects.filter(key="bob").update(holder="")
    ContactPoint.objects.filter(addressee__key="bob").update(health=ContactPoint.Health.DEAD)
    ContactPoint.objects.filter(addressee__key="cat").update(channel="phone", address="+49 30 1234")
    bridge.fallbacks = ["ombud"]
    bridge.save()
    return bridge


def put(api, rows):
    return api.put("/api/v1/localities", json.dumps({"localities": rows}), content_type="application/json")


def run(*arguments: str):
    told = CliRunner().invoke(app, ["directory", *arguments])
    assert told.exit_code == 0, told.output
    return told.output


def test_places_are_kept_listed_and_written_to_a_file_as_they_are_read(api, represented, tmp_path):
    assert put(api, ROWS).json() == {"rows": 4, "added": 4, "removed": 0}
    assert Redistricting.objects.get().campaign == represented
    assert put(api, ROWS).json() == {"rows": 4, "added": 0, "removed": 0}
    listed = get(api, "/localities?country=US&postcode=98101")
    assert listed["items"] == [{"country": "US", "postcode": "98101", "place": "Seattle", "division": SEVEN}]
    assert run("export", str(tmp_path / "d.csv")) == f"4 rows written to {tmp_path / 'd.csv'}.\n"
    assert "4 rows: 0 added, 0 taken away." in run("divisions", str(tmp_path / "d.csv"))


@pytest.mark.parametrize(
    ("spoil", "location", "said"),
    [
        ({"country": "us"}, "body/localities/2", "country: a country is a code of two capital letters"),
        ({"postcode": "", "place": " "}, "body/localities/2", "a postcode or a place is needed"),
        ({"division": ""}, "body/localities/2", "division: this cell is empty"),
        ({"division": "x\n"}, "body/localities/2/division", ""),
    ],
)
def test_one_mistake_among_the_places_changes_nothing(api, represented, spoil, location, said):
    told = problem(put(api, [*ROWS[:2], ROWS[2] | spoil]), 422)
    assert told["errors"][0]["location"] == location
    assert said in told["errors"][0]["detail"]
    assert not Locality.objects.exists()


def test_a_place_is_looked_up_with_who_represents_it(api, represented):
    keep_localities(Lies(**each) for each in ROWS)
    asked = post(api, "/campaigns/bridge/places", {"where": "98101"}).json()
    assert (asked["countries"], asked["representatives"]) == (["DE", "US"], [])
    told = post(api, "/campaigns/bridge/places", {"where": "98101", "country": "US"}).json()
    assert told["places"] == [{"division": SEVEN, "name": "Washington, district 7"}]
    assert [each["key"] for each in told["representatives"]] == ["bob", "ann"]
    assert (told["is_vacant"], [each["key"] for each in told["instead"]]) == (True, ["ombud"])
    assert (told["representatives"][0]["channels"], told["representatives"][1]["channels"]) == ([], ["email"])
    said = run("place", "bridge", "98101", "--country", "us")
    assert "Nobody sits for this division. Instead, people may write to:" in said
    assert json.loads(run("place", "bridge", "98101", "--country", "US", "--json")) == told
    assert "say --country DE or US" in run("place", "bridge", "98101")
    assert "not known" in run("place", "bridge", "Atlantis")
    assert post(api, "/campaigns/bridge/places", {"where": "98101", "country": "us"}).status_code == 422


def test_who_can_be_reached_how_is_reported(api, represented):
    keep_localities(Lies(**each) for each in ROWS)
    told = get(api, "/campaigns/bridge/coverage")
    assert told["by_channel"] == {"email": 2, "phone": 1}
    assert (told["addressees"], told["by_us"], told["only_by_hand"], told["only_in_public"]) == (4, 2, 1, 0)
    assert (told["unreached"], told["vacant"]) == (["bob"], ["bob"])
    assert (told["places"], [each["name"] for each in told["unrepresented"]]) == (2, ["Washington, district 7"])
    letter = told["shortfalls"][0]
    assert (letter["step"], letter["of"], letter["unreached"]) == ("letter", 3, ["bob", "cat"])
    assert [(each["key"], each["channels"], each["dead"]) for each in told["reaches"]] == [
        ("ann", ["email"], 0), ("bob", [], 1), ("cat", ["phone"], 0), ("ombud", ["email"], 0),
    ]  # fmt: skip
    assert json.loads(run("coverage", "bridge", "--json")) == told
    said = run("coverage", "bridge")
    assert "4 addressees: Email 2, Phone 1." in said
    assert "Step letter (letter) has no way on email to 2 of 3." in said
    assert "Of 2 places, nobody sits for: Washington, district 7." in said


def test_staff_see_who_can_be_reached_how(represented, caller):
    keep_localities(Lies(**each) for each in ROWS)
    page = signed_in(member()).get("/campaigns/bridge/coverage").content.decode()
    said = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert "2 by us 1 only by a person 0 only in public 1 not at all" in said
    assert "Letter has no way on Email to 2 of 3 addressees. bob, cat" in said
    assert "Nobody sits for Washington, district 7" in said
    assert "Vacant offices Bob" in said


def test_congress_is_brought_into_the_addressees_of_a_document(api, monkeypatch):
    from campaigns.moment import now

    monkeypatch.setattr("outreach.api.directories.now", lambda: now().replace(year=2026, month=11, day=28))
    body = {"members": MEMBERS, "accounts": ACCOUNTS, "group": "congress"}
    told = post(api, "/directories/congress", body).json()
    assert (told["members"], told["reached_by"]["phone"]) == (5, 5)
    rows = {row["key"]: row for row in csv.DictReader(StringIO(told["addressees"]))}
    assert rows["us-house-wa-7"]["division"] == SEVEN
    assert Locality.objects.filter(place="Washington, district 7").exists()
    again = post(api, "/directories/congress", body | {"addressees": told["addressees"]}).json()
    assert again["addressees"] == told["addressees"]
    wrong = problem(post(api, "/directories/congress", body | {"members": "- {}"}), 422)
    assert wrong["errors"][0]["location"] == "body/members:1:1"
    assert "not a member of Congress" in wrong["errors"][0]["detail"]
    wrong = problem(post(api, "/directories/congress", body | {"addressees": "kind\n"}), 422)
    assert wrong["errors"][0]["location"] == "body/addressees:1:1"
