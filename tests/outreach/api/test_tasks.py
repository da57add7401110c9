"""Tasks by the API: found, taken, printed, proven and settled, by one person at a time."""

import pytest

from outreach.task import TaskProof
from tests.by_hand import ADDRESSES, handed, task
from tests.outreach.api.asking import HERE, get, key, post, problem

PDF = b"%PDF-1.7\nreceipt\n%%EOF\n"


@pytest.fixture
def campaign(db, friday, settings):
    settings.CAP = 9  # Ann gets four messages at once
    return handed()


@pytest.fixture
def noor(caller):
    return caller(name="noor")


def path(channel: str = "letter", what: str = "") -> str:
    return f"/tasks/{task(channel).pk}{f'/{what}' if what else ''}"


def attach(api, content: bytes, what: str = "proofs?name=IMG 1.PDF", **headers):
    return api.post(HERE + path(what=what), content, content_type="application/pdf", headers=headers)


def test_tasks_are_listed_the_most_urgent_first_and_can_be_chosen(campaign, api):
    found = get(api, "/campaigns/bridge/tasks?is_open=true")
    assert [each["channel"] for each in found["items"]] in (["phone", "form", "letter"], ["form", "phone", "letter"])
    assert {each["deed"] for each in found["items"]} >= {"post this letter", "make this call"}
    assert get(api, "/campaigns/bridge/tasks?channel=letter")["total"] == 1
    assert get(api, "/campaigns/bridge/tasks?is_open=false")["total"] == 0


def test_a_task_has_all_that_is_needed(campaign, api):
    told = get(api, path("phone"))
    assert told["to"] == ADDRESSES["phone"]
    assert "open the bridge" in told["text"]
    assert (told["state"], told["holder"], told["letter_url"]) == ("handed", "", None)


def test_one_person_takes_it_and_another_may_take_it_over_and_put_it_back(campaign, api, noor):
    taken = post(api, path(what="claim"), {})
    assert (taken.status_code, taken.json()["holder"]) == (201, "Mia")
    assert problem(post(noor, path(what="claim"), {}), 409)["detail"] == "Mia has this task"
    assert post(noor, path(what="claim"), {"take_over": True}).json()["holder"] == "Noor"
    assert noor.delete(HERE + path(what="claim")).json()["holder"] == ""
    assert problem(noor.delete(HERE + path(what="claim")), 409)["detail"] == "Nobody has this task"


def test_the_letter_can_be_printed_once_somebody_has_it(campaign, api):
    assert "Take this task first" in problem(api.get(HERE + path(what="letter")), 409)["detail"]
    url = post(api, path(what="claim"), {}).json()["letter_url"]
    made = api.get(url)
    assert made.content.startswith(b"%PDF-")
    assert made.headers["Content-Type"] == "application/pdf"


def test_a_proof_is_kept_and_comes_back_as_it_was(campaign, api, noor):
    added = attach(api, PDF)
    assert added.status_code == 201
    assert added.json()["name"] == "IMG-1.pdf"
    given = noor.get(added.json()["url"])
    assert given.content == PDF
    assert given.headers["X-Content-Type-Options"] == "nosniff"
    assert given.headers["Content-Disposition"] == 'attachment; filename="IMG-1.pdf"'
    assert get(api, path())["proofs"][0]["sha256"] == TaskProof.objects.get().sha256


def test_a_proof_that_is_none_is_refused_and_one_sent_twice_is_kept_once(campaign, api):
    assert problem(attach(api, b"<html>"), 422)["errors"][0]["location"] == "body"
    name = key()
    first, again = (attach(api, PDF, Idempotency_Key=name) for _ in range(2))
    assert first.json() == again.json()
    assert TaskProof.objects.count() == 1


def test_a_task_is_settled_once_by_who_has_it(campaign, api, noor):
    post(api, path(what="claim"), {})
    assert "take it over first" in problem(post(noor, path(what="settlement"), {"result": "done"}), 409)["detail"]
    done = post(api, path(what="settlement"), {"result": "done", "at": "2023-04-28T09:30:00Z", "note": "RR 1"})
    assert (done.status_code, done.json()["state"], done.json()["settled_by"]) == (201, "sent", "Mia")
    told = problem(post(api, path(what="settlement"), {"result": "failed", "note": "?"}), 409)
    assert told["detail"] == "This task is settled by Mia: it is sent"


def test_what_is_wrong_with_a_settlement_is_named_at_its_field(campaign, api):
    post(api, path(what="claim"), {})
    early = problem(post(api, path(what="settlement"), {"result": "done", "at": "2030-01-01T00:00:00Z"}), 422)
    assert early["errors"][0]["location"] == "body/at"
    why = problem(post(api, path(what="settlement"), {"result": "failed"}), 422)
    assert why["errors"][0]["location"] == "body/note"
    failed = post(api, path(what="settlement"), {"result": "failed", "note": "Moved", "address_is_wrong": True})
    assert failed.json()["state"] == "refused"
    assert task().delivery.contact_point.health == "dead"


def test_a_delivery_that_is_a_task_is_settled_as_a_task(campaign, api):
    told = problem(post(api, f"/deliveries/{task().pk}/settlement", {"arrived": True}), 409)
    assert told["detail"].endswith(f"settle it at /api/v1/tasks/{task().pk}/settlement")


def test_who_may_only_look_changes_nothing(campaign, caller):
    viewer = caller(role="viewer", name="vera")
    assert get(viewer, path())["state"] == "handed"
    for what in ("claim", "settlement", "proofs"):
        problem(post(viewer, path(what=what), {"result": "done"} if what == "settlement" else {}), 403)
