"""What needs a person, and what came in, over HTTP."""

from base64 import b64encode

import pytest

from outreach.incoming import Incoming
from outreach.links import answering
from outreach.response import Response
from tests.outreach.api.asking import HERE, get, post, problem
from tests.outreach.test_inbox import quarantined

PDF = b"%PDF-1.7\nletter\n%%EOF\n"


@pytest.fixture
def noor(caller):
    return caller(name="noor")


def test_an_answer_is_found_looked_at_by_one_person_and_settled_once(api, noor, ann):
    answer = post(api, f"/appeals/{ann.pk}/responses", {"channel": "phone", "text": "We will see."}).json()
    (need,) = get(api, "/inbox?campaign=bridge&kind=answer")["items"]
    assert (need["ref"], need["stops"], need["holder"]) == (answer["id"], True, "")
    path = f"/inbox/answer/{need['ref']}"
    assert post(api, f"{path}/attention", {}).json()["holder"] == "Mia"
    assert problem(post(noor, f"{path}/attention", {}), 409)["detail"] == "Mia has this"
    assert problem(post(noor, f"{path}/settlement", {"do": "refusal"}), 409)["detail"].startswith("Mia has this since")
    assert api.delete(f"{HERE}{path}/attention").json()["holder"] == ""
    done = post(noor, f"{path}/settlement", {"do": "refusal"})
    assert done.json() == {"done": "Read: refusal. An answer stops no clock; an outcome does."}
    problem(post(api, f"{path}/settlement", {"do": "refusal"}), 404)
    assert get(api, "/inbox")["total"] == 0


def test_what_is_missing_is_named_at_its_field(api, ann):
    ann.addressee.contact_points.update(health="dead")
    point = ann.addressee.contact_points.get()
    told = problem(post(api, f"/inbox/address/{point.pk}/settlement", {"do": "add", "said": {"address": "x"}}), 422)
    assert told["errors"][0]["location"] == "body/said/address"
    put = {"do": "put-aside", "note": "They publish no other"}
    assert post(api, f"/inbox/address/{point.pk}/settlement", put).status_code == 201


def test_a_quarantined_mail_is_shown_delivered_or_set_aside(api, ann):
    mail, other = quarantined(ann), quarantined(ann, name="2")
    (shown, _) = get(api, "/incoming?state=quarantined")["items"]
    assert "clerk@offices.example" in shown["sender"]
    assert shown["guesses"][0]["addressee"] == "ann"
    assert api.get(f"{HERE}/incoming/{mail.pk}/raw").content == b"raw"
    told = problem(post(api, f"/incoming/{mail.pk}/delivery", {"appeal": str(mail.pk)}), 422)
    assert told["errors"][0]["location"] == "body/appeal"
    made = post(api, f"/incoming/{mail.pk}/delivery", {"appeal": str(ann.pk)}).json()
    assert (made["text"], made["kind"]) == ("The mayor is away.", "")
    problem(post(api, f"/incoming/{mail.pk}/aside", {"aside": "spam"}), 409)
    assert post(api, f"/incoming/{other.pk}/aside", {"aside": "spam"}).json()["state"] == "set aside"
    assert get(api, f"/incoming/{mail.pk}")["responses"] == [made["id"]]


def test_a_letter_on_paper_comes_with_its_scan(api, ann):
    scan = {"name": "scan.pdf", "content": b64encode(PDF).decode()}
    said = {"channel": "letter", "text": "No.", "kind": "refusal", "files": [scan]}
    made = post(api, f"/appeals/{ann.pk}/responses", said).json()
    (file,) = made["files"]
    assert api.get(file["url"]).content == PDF
    broken = {**said, "files": [{**scan, "content": "%"}]}
    told = problem(post(api, f"/appeals/{ann.pk}/responses", broken), 422)
    assert told["errors"][0]["location"] == "body/files/0/content"
    assert Incoming.objects.count() == 1


def test_what_an_office_states_is_shown_and_recorded_by_one_request(api, client, ann):
    said = {"d-open": "done", "name": "M. Keller", "function": "Mayor", "step": "send"}
    client.post(f"/answer/{answering().token(ann.pk)}", {**said, "passcode": answering().passcode(ann.pk)})
    response = Response.objects.get()
    shown = get(api, f"/responses/{response.pk}")
    assert shown["stated"] == [{"demand": "open", "kind": "done", "until": None, "words": ""}]
    assert (shown["signed_by"], shown["may_be_published"]) == ("M. Keller, Mayor", False)
    (outcome,) = post(api, f"/responses/{response.pk}/recording").json()
    assert outcome["shown_by"] == shown["url"]
    assert post(api, f"/responses/{response.pk}/recording").json() == []
    by_hand = post(api, f"/appeals/{ann.pk}/responses", {"channel": "phone", "text": "Yes."}).json()
    problem(post(api, f"/responses/{by_hand['id']}/recording"), 422)
