"""Staff erase a person who asks by letter or phone: found first, then erased, and recorded without the address."""

import json
from typing import Any

import pytest
from django.db import connection
from typer.testing import CliRunner

from campaigns.supporter import Supporter
from campaigns.tally import count
from outreach.cli import app
from outreach.confirming import confirm
from outreach.erasure import PATIENCE, Erasure, NotErasable, erase_person, find
from outreach.signing import read_some
from outreach.signup import Form, keep
from outreach.suppression import suppressed
from tests.small_campaign import FRIDAY, SECOND, published

ANNA = "anna.arshakyan@people.example"
BY: dict[str, Any] = {"reason": "By letter of 3 May", "author": "Mia"}


@pytest.fixture
def signed(db) -> None:
    """Anna signed two campaigns, and Bo one."""
    for slug in ("bridge", "tunnel"):
        keep(published(slug=slug).pk, Form("Anna Arshakyan", ANNA, "en"), "network", FRIDAY)
    keep(published(slug="canal").pk, Form("Bo", "bo@people.example", "en"), "network", FRIDAY)
    read_some(FRIDAY)
    for person in Supporter.objects.all():
        confirm(person, FRIDAY)


def everything() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT outreach_erasure::text FROM outreach_erasure")
        return "\n".join(row[0] for row in cursor.fetchall())


def test_who_is_found_is_erased_everywhere_still_counts_and_is_not_named_in_the_record(signed):
    found = find(ANNA.upper(), FRIDAY)
    assert [(each.campaign, each.state) for each in found.traces] == [("bridge", "confirmed"), ("tunnel", "confirmed")]
    kept = erase_person(ANNA, found.proof, now=FRIDAY, **BY)
    assert (kept.campaigns, kept.author) == (["bridge", "tunnel"], "Mia")
    assert not Supporter.objects.at(ANNA).exists()
    assert Supporter.objects.at("bo@people.example").exists()
    assert {count(each.campaign_id) for each in Supporter.objects.all()} == {1}
    assert "anna" not in everything().lower()


def test_nobody_is_erased_who_was_not_looked_for_just_before(signed):
    proof = find(ANNA, FRIDAY).proof
    for address, with_proof, now, reason in (
        (ANNA, "", FRIDAY, "By letter"),
        (ANNA, "made.up", FRIDAY, "By letter"),
        (ANNA, proof, FRIDAY + PATIENCE + SECOND, "By letter"),
        ("bo@people.example", proof, FRIDAY, "By letter"),
        (ANNA, proof, FRIDAY, " "),
        (ANNA, proof, FRIDAY, f"{ANNA} wrote"),
    ):
        with pytest.raises(NotErasable):
            erase_person(address, with_proof, reason=reason, author="Mia", now=now)
    with pytest.raises(NotErasable):
        find("nobody", FRIDAY)
    nobody = find("nobody@people.example", FRIDAY)
    with pytest.raises(NotErasable, match="Nobody is known"):
        erase_person("nobody@people.example", nobody.proof, now=FRIDAY, **BY)
    assert (Supporter.objects.filter(forgotten_at=None).count(), Erasure.objects.count()) == (3, 0)


def test_the_same_over_http_in_two_steps(signed, caller, monkeypatch):
    monkeypatch.setattr("outreach.api.erasures.now", lambda: FRIDAY)
    api = caller()

    def post(path: str, **body):
        return api.post(f"/api/v1/{path}", json.dumps(body), content_type="application/json")

    found = post("person", address=ANNA).json()
    assert [each["campaign"] for each in found["traces"]] == ["bridge", "tunnel"]
    assert "Anna" not in json.dumps(found)
    refused = post("erasures", address=ANNA, proof="made.up", reason="By letter")
    assert refused.status_code == 422
    made = post("erasures", address=ANNA, proof=found["proof"], reason="By letter", never_write_again=True)
    assert (made.status_code, made.json()["is_suppressed"]) == (201, True)
    assert suppressed("email", [ANNA])
    assert api.get("/api/v1/erasures").json()["items"] == [made.json()]
    assert caller(scope="read").post("/api/v1/person", "{}", content_type="application/json").status_code == 403


def test_a_terminal_asks_for_the_address_so_that_it_stands_in_no_history(signed):
    shown = CliRunner().invoke(app, ["erase", "--by", "Mia", "--preview"], input=f"{ANNA}\n")
    assert "bridge" in shown.output
    assert CliRunner().invoke(app, ["erase", "--by", "Mia"], input=f"{ANNA}\n").exit_code == 2
    done = CliRunner().invoke(app, ["erase", "--by", "Mia", "--reason", "By phone", "--yes"], input=f"{ANNA}\n")
    assert done.output.endswith("Erased in 2 campaigns.\n")
    assert "By phone" in CliRunner().invoke(app, ["erasures"]).output
