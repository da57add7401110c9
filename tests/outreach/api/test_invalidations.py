"""Signatures that nobody gave, over HTTP: looked at, taken out and put back."""

import json

import pytest

from campaigns.campaign import Campaign
from campaigns.invalidation import Invalidation
from campaigns.supporter import Supporter
from campaigns.tally import count
from outreach.confirming import confirm
from outreach.signing import read_some
from outreach.signup import Form, keep
from tests.small_campaign import FRIDAY, published

pytestmark = pytest.mark.usefixtures("friday")
V1 = "/api/v1/campaigns/bridge"


@pytest.fixture
def bridge(db) -> Campaign:
    """Two people and three machines have signed and confirmed."""
    campaign = published()
    for email in ("anna@people.example", "bo@people.example", *(f"bot{n}@junk.example" for n in range(3))):
        keep(campaign.pk, Form("Somebody", email, "en"), "network", FRIDAY)
    read_some(FRIDAY)
    for person in Supporter.objects.all():
        confirm(person, FRIDAY)
    return campaign


def post(api, path: str, **body):
    return api.post(f"{V1}{path}", json.dumps(body), content_type="application/json")


def test_a_batch_is_previewed_taken_out_shown_and_put_back(api, bridge):
    origins = api.get(f"{V1}/signature-origins").json()["items"]
    assert [(each["of"], each["value"], each["signed"]) for each in origins] == [
        ("network", "network", 5), ("domain", "junk.example", 3), ("domain", "people.example", 2),
    ]  # fmt: skip
    seen = post(api, "/invalidation-preview", domain="junk.example").json()
    assert (seen["number"], seen["counted"], seen["sample"][0]["address"]) == (3, 3, "b…0@junk.example")
    assert count(bridge.pk) == 5
    made = post(api, "/invalidations", domain="junk.example", until="2023-04-29T00:00:00Z", reason="Made by a machine")
    assert (made.status_code, made.json()["number"], made.json()["author"], count(bridge.pk)) == (201, 3, "Mia", 2)
    assert api.get(made.json()["url"]).json() == made.json()
    assert api.get(f"{V1}/invalidations").json()["items"] == [made.json()]
    undone = api.delete(made.json()["url"]).json()
    assert (undone["undone_by"], count(bridge.pk)) == ("Mia", 5)
    again = api.delete(made.json()["url"])
    assert (again.status_code, again.json()["detail"]) == (409, "This batch was undone before, by Mia")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"reason": "Why not"}, "Say which: by domain, network, time, mark, or a pattern of name or mailbox"),
        ({"reason": "Why not", "domain": "no domain"}, "“no domain” is no domain"),
        ({"domain": "junk.example"}, "This is needed"),
    ],
)
def test_what_names_nobody_or_gives_no_reason_takes_nobody_out(api, bridge, body, said):
    answer = post(api, "/invalidations", **body)
    assert (answer.status_code, Invalidation.objects.count(), count(bridge.pk)) == (422, 0, 5)
    assert said in json.dumps(answer.json(), ensure_ascii=False)


def test_who_may_only_look_takes_nobody_out(caller, bridge):
    answer = post(caller(scope="read"), "/invalidations", domain="junk.example", reason="Why not")
    assert (answer.status_code, count(bridge.pk)) == (403, 5)
