"""Every error is a problem document that says what is wrong and where."""

import pytest
from django.db import DatabaseError

from campaigns.hold import Hold
from tests.outreach.api.asking import get, post, problem

HOLDS = "/api/v1/holds"


def raw(api, body, kind="application/json"):
    return api.post(HOLDS, body, content_type=kind)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("{", "line 1, column 2"),
        ('{"reason": NaN}', "NaN is not a number"),
        ('{"reason": "a", "reason": "b"}', "“reason” stands twice"),
        ('{"reason": "a\\u0000b"}', "U+0000"),
        ('{"reason": "\\ud800"}', "U+D800"),
        (b'{"reason": "\xff"}', "not UTF-8"),
        ("[" * 100_000, "nested too deeply"),
        ('{"until": ' + "9" * 5000 + "}", "not JSON"),
    ],
)
def test_a_body_that_cannot_be_read_is_told_where(api, body, said):
    assert said in problem(raw(api, body), 400)["detail"]


def test_a_body_of_another_type_is_refused(api):
    assert "text/plain" in problem(raw(api, "{}", "text/plain"), 415)["detail"]
    problem(api.post(HOLDS, {"reason": "talks"}), 415)


def test_a_body_that_is_too_large_is_refused(api, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    assert "1,000 bytes" in problem(raw(api, '{"reason": "' + "a" * 1000 + '"}'), 413)["detail"]


def test_every_mistake_of_a_body_is_told_at_once(api, bridge):
    told = problem(post(api, "/holds", {"channel": "fax", "until": "soon", "weight": 3}), 422)
    assert [fault["location"] for fault in told["errors"]] == [
        "body/reason", "body/channel", "body/until", "body/weight",
    ]  # fmt: skip
    assert told["errors"][0]["detail"] == "This is needed"


def test_a_time_that_no_clock_can_show_is_refused(api, bridge):
    for moment in ("9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00Z", "2030-01-01T00:00:00"):
        told = problem(post(api, "/holds", {"campaign": "bridge", "reason": "talks", "until": moment}), 422)
        assert told["errors"][0]["location"] == "body/until"


def test_limits_of_a_list_are_kept(api, bridge):
    for query in ("limit=0", "limit=201", "limit=x", "offset=-1", "offset=99999999999999999999"):
        told = problem(api.get(f"{HOLDS}?{query}"), 422)
        assert told["errors"][0]["location"] == f"query/{query.partition('=')[0]}"


@pytest.mark.parametrize(
    "path", ["nowhere", "", "appeals/7", "holds/x", "campaigns/a%00b", "outcomes/0", "holds/", "a/b"]
)
def test_an_address_where_nothing_is_answers_with_a_problem(api, path):
    problem(api.get(f"/api/v1/{path}"), 404)


def test_a_method_that_is_not_there_names_those_that_are(api, bridge):
    answer = api.delete("/api/v1/campaigns/bridge")
    problem(answer, 405)
    assert answer.headers["Allow"] == "GET, PUT"


def test_a_failure_of_ours_says_nothing_of_itself_and_leaves_nothing_half_done(api, bridge, monkeypatch):
    def fail(*_):
        raise DatabaseError("secret table")

    monkeypatch.setattr("campaigns.hold.Hold.stop_clocks", fail)
    told = problem(post(api, "/holds", {"campaign": "bridge", "reason": "talks"}), 500)
    assert "secret" not in str(told)
    assert not Hold.objects.exists()


def test_the_type_of_a_problem_leads_to_its_explanation(api, client):
    told = problem(api.get("/api/v1/nowhere"), 404)
    explained = get(client, told["type"].removeprefix("/api/v1"))
    assert explained["title"] == told["title"]
    assert explained["advice"]
    problem(client.get("/api/v1/problems/nonsense"), 404)


def test_what_was_searched_for_is_not_repeated(api):
    assert problem(api.get("/api/v1/nowhere?name=Somebody"), 404)["instance"] == "/api/v1/nowhere"
