"""Campaigns, their ladder, addressees, wordings and publication over HTTP."""

from campaigns.wording import Wording
from tests.letters import open_to_letters
from tests.outreach.api.asking import get, post, problem
from tests.small_campaign import FRIDAY


def test_a_campaign_is_shown_with_what_it_asks_and_of_whom(api, bridge):
    shown = get(api, "/campaigns/bridge")
    assert shown["title"] == {"en": "Keep the bridge open"}
    assert [demand["key"] for demand in shown["demands"]] == ["open", "repair"]
    assert shown["deadline"] == "2023-05-05T23:59:59Z"
    assert shown["letter_rules"] == {}
    assert shown["appeals"] == {"planned": 0, "waiting": 3, "acted": 0, "exhausted": 0, "withdrawn": 0}


def test_an_addressee_is_shown_with_its_capacities_and_contact_points(api, bridge):
    shown = get(api, "/campaigns/bridge/addressees/ann")
    assert shown["groups"] == [{"group": "council", "capacity": "member of the council"}]
    assert [point["address"] for point in shown["contact_points"]] == ["ann@offices.example"]
    assert shown["is_asked"]
    assert not get(api, "/campaigns/bridge/addressees/ombud")["is_asked"]


def test_the_ladder_is_listed_in_order(api, bridge):
    steps = get(api, "/campaigns/bridge/steps")["items"]
    assert [step["key"] for step in steps] == ["letter", "deadline", "supporters", "oversight"]
    assert steps[0]["reminders"][0]["before"] == 2 * 24 * 3600
    assert get(api, "/campaigns/bridge/steps/letter") == steps[0]


def test_only_the_current_version_of_a_wording_is_listed(api, bridge):
    old = Wording.objects.filter(name="letter", channel="email")
    old.update(replaced_at=FRIDAY)
    Wording.objects.create(
        campaign=bridge, name="letter", channel="email", language="en", version=2, body="Yes", written_at=FRIDAY
    )
    listed = get(api, "/campaigns/bridge/wordings?name=letter")["items"]
    assert [(wording["version"], wording["body"]) for wording in listed] == [(2, "Yes")]


def test_a_preview_is_the_exact_letter_to_one_addressee(api, bridge_draft):
    shown = get(api, "/campaigns/bridge/wordings/letter/email/en/preview?addressee=bob")
    assert "we write to Bob as member of the council" in shown["text"]
    assert shown["subject"] == "The bridge (letter)"
    assert shown["step"] == "letter"
    assert get(api, "/campaigns/bridge/wordings/reminder/email/en/preview?addressee=bob")["reminder"] == 1


def test_what_letters_of_supporters_begin_with_is_previewed_for_whom_is_asked(api, friday, db):
    open_to_letters()
    shown = get(api, "/campaigns/bridge/wordings/own/email/en/preview?addressee=bob")
    assert (shown["step"], shown["subject"]) == ("", "The bridge of Bob")
    assert "For 8 days you have not answered" in shown["text"]
    told = problem(api.get("/api/v1/campaigns/bridge/wordings/own/email/en/preview?addressee=ombud"), 422)
    assert "supporters do not write to it" in told["detail"]


def test_a_wording_can_be_looked_at_before_it_is_approved(api, bridge_draft):
    Wording.objects.filter(name="letter").update(status="draft")
    assert get(api, "/campaigns/bridge/wordings/letter/email/en/preview?addressee=bob")["text"]


def test_a_preview_for_somebody_who_gets_no_such_letter_says_who_does(api, bridge_draft):
    answer = api.get("/api/v1/campaigns/bridge/wordings/letter/email/en/preview?addressee=ombud")
    told = problem(answer, 422)
    assert "ombud" in told["detail"]
    assert told["errors"][0]["location"] == "query/addressee"


def test_a_wording_that_does_not_hold_is_a_problem_and_not_a_failure(api, bridge_draft):
    Wording.objects.filter(name="letter").update(body="{{ nobody.name }}")
    answer = api.get("/api/v1/campaigns/bridge/wordings/letter/email/en/preview?addressee=bob")
    assert problem(answer, 409)["errors"][0]["location"].startswith("body:1:")


def test_publishing_starts_the_deadline_once(api, bridge_draft):
    problem(api.get("/api/v1/campaigns/bridge/publication"), 404)
    published = post(api, "/campaigns/bridge/publication")
    assert published.status_code == 201
    assert published.json()["published_at"] == "2023-04-28T10:00:00Z"
    assert published.json()["appeals"] == 3
    assert get(api, "/campaigns/bridge/publication") == published.json()
    assert "running already" in problem(post(api, "/campaigns/bridge/publication"), 409)["detail"]


def test_what_does_not_exist_is_a_problem_that_names_it(api, bridge):
    assert problem(api.get("/api/v1/campaigns/dam"), 404)["detail"] == "There is no campaign “dam”"
    for path in ("addressees/zed", "steps/zed", "wordings/zed/email/en"):
        assert "zed" in problem(api.get(f"/api/v1/campaigns/bridge/{path}"), 404)["detail"]


def test_a_forecast_says_what_will_happen_if_nobody_acts(api, bridge_draft):
    told = get(api, "/campaigns/bridge/forecast?kind=send&channel=email&limit=200")
    assert [event["step"] for event in told["items"] if event["addressee"] == "ann"] == ["letter", "letter", "deadline"]
    assert told["missing"] == []


def test_a_rehearsal_runs_to_the_end_with_the_answers_it_is_given(caller, bridge_draft):
    scenario = {"answers": [{"addressee": "ann", "after": "1 day", "kind": "substantive", "outcomes": {"all": "done"}}]}
    told = post(caller(scope="read"), "/campaigns/bridge/rehearsals", scenario).json()
    assert told["statuses"] == {"acted": 1, "exhausted": 2}
    assert "invented" in told["note"]


def test_every_mistake_of_a_scenario_is_told_at_its_place(api, bridge_draft):
    answers = [{"addressee": "anne", "after": "1 day", "kind": "refusal"}, {"addressee": "bob", "kind": "refusal"}]
    told = problem(post(api, "/campaigns/bridge/rehearsals", {"answers": answers, "extra": 1}), 422)
    faults = {fault["location"]: fault for fault in told["errors"]}
    assert faults.keys() >= {"body/answers/0/addressee", "body/answers/1", "body/extra"}
    assert faults["body/answers/0/addressee"]["suggestion"] == "ann"
