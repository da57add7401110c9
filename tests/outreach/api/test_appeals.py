"""Appeals, outcomes, responses, deliveries and holds over HTTP."""

from campaigns.hold import Hold
from outreach.delivery import Delivery
from outreach.response import Response
from tests.outreach.api.asking import HERE, get, post, problem
from tests.small_campaign import DAY, FRIDAY, supporters

PDF = b"%PDF-1.7\nthe decree\n%%EOF\n"
DONE = {"kind": "done", "evidence": "https://offices.example/press/1"}


def test_an_appeal_is_shown_with_its_deadline_demands_and_turns(api, ann):
    shown = get(api, f"/appeals/{ann.pk}")
    assert (shown["addressee"], shown["status"], shown["step"]) == ("ann", "waiting", "letter")
    assert shown["due_at"] == "2023-05-05T23:59:59Z"
    assert [demand["is_open"] for demand in shown["demands"]] == [True, True]
    assert [turn["kind"] for turn in shown["turns"]] == ["opening"]
    listed = get(api, "/campaigns/bridge/appeals?status=waiting")["items"]
    assert [appeal["addressee"] for appeal in listed] == ["ann", "bob", "cat"]


def test_an_outcome_for_every_demand_stops_the_clock(api, ann):
    first = post(api, f"/appeals/{ann.pk}/outcomes", {"demand": "open", **DONE})
    assert first.status_code == 201
    assert first.json()["author"] == "Mia"
    assert get(api, f"/appeals/{ann.pk}")["status"] == "waiting"
    post(api, f"/appeals/{ann.pk}/outcomes", {"demand": "repair", **DONE})
    assert get(api, f"/appeals/{ann.pk}")["status"] == "acted"
    assert get(api, f"/outcomes/{first.json()['id']}") == first.json()
    assert get(api, "/campaigns/bridge/outcomes")["total"] == 2


def test_a_file_shows_an_outcome_and_a_second_person_reviews_it(api, caller, ann):
    sent = api.post(f"{HERE}/appeals/{ann.pk}/files?name=decree", PDF, content_type="application/pdf")
    assert sent.status_code == 201
    said = {"demand": "open", "kind": "done", "file": sent.json()["id"]}
    done = post(api, f"/appeals/{ann.pk}/outcomes", said).json()
    assert (done["evidence"], done["evidence_kind"], done["shown_by"]) == ("decree.pdf", "file", sent.json()["url"])
    assert api.get(done["shown_by"]).content == PDF
    assert get(api, f"/appeals/{ann.pk}/files")["total"] == 1
    path = f"/outcomes/{done['id']}/reviews"
    assert "somebody else must look at it" in problem(post(api, path, {}), 422)["detail"]
    reviewed = post(caller(name="noor"), path, {"holds": False, "note": "It is a draft"}).json()
    assert [(each["reviewer"], each["holds"]) for each in reviewed["reviews"]] == [("Noor", False)]


def test_evidence_of_another_addressee_or_of_nobody_shows_nothing(api, bridge, ann):
    bob = bridge.appeals.get(addressee__key="bob")
    answer = post(api, f"/appeals/{bob.pk}/responses", {"channel": "letter", "text": "No.", "kind": "refusal"}).json()
    path, refused = f"/appeals/{ann.pk}/outcomes", {"demand": "open", "kind": "refused"}
    for field, value in (("response", answer["id"]), ("file", answer["id"])):
        told = problem(post(api, path, {**refused, field: value}), 422)
        assert told["errors"][0]["location"] == f"body/{field}"
    assert post(api, f"/appeals/{bob.pk}/outcomes", {**refused, "response": answer["id"]}).status_code == 201
    assert ann.outcomes.count() == 0


def test_an_outcome_that_says_too_little_is_refused_and_nothing_is_written(api, ann):
    path = f"/appeals/{ann.pk}/outcomes"
    assert "evidence" in problem(post(api, path, {"demand": "open", "kind": "done", "evidence": " "}), 422)["detail"]
    told = problem(post(api, path, {"demand": "shut", **DONE}), 422)
    assert told["errors"][0]["location"] == "body/demand"
    committed = {"demand": "open", "kind": "committed", "evidence": "a letter"}
    assert "until when" in problem(post(api, path, committed), 422)["detail"]
    assert get(api, path)["total"] == 0


def test_an_unread_response_is_listed_until_somebody_says_what_it_is(api, ann):
    made = post(api, f"/appeals/{ann.pk}/responses", {"channel": "letter", "text": "We have received your letter."})
    assert made.status_code == 201
    assert get(api, "/campaigns/bridge/responses?unread=true")["total"] == 1
    read = post(api, f"/responses/{made.json()['id']}/reading", {"kind": "acknowledgement"})
    assert (read.json()["kind"], read.json()["kind_by"]) == ("acknowledgement", "Mia")
    assert get(api, "/campaigns/bridge/responses?unread=true")["total"] == 0
    assert get(api, f"/appeals/{ann.pk}/responses")["items"] == [read.json()]


def test_an_answer_cannot_come_before_the_question_nor_from_the_future(api, ann, bridge):
    path, answer = f"/appeals/{ann.pk}/responses", {"channel": "email", "text": "Yes"}
    later = {**answer, "received_at": (FRIDAY + DAY).isoformat()}
    assert problem(post(api, path, later), 422)["errors"][0]["location"] == "body/received_at"
    bridge.published_at = None
    bridge.save()
    assert "before the campaign is published" in problem(post(api, path, answer), 409)["detail"]
    assert not Response.objects.exists()


def test_a_delivery_is_shown_with_the_exact_text_and_all_that_happened_to_it(api, bridge):
    (listed,) = get(api, "/campaigns/bridge/deliveries?addressee=ann")["items"]
    assert "text" not in listed
    shown = get(api, listed["url"].removeprefix("/api/v1"))
    assert shown["to"] == "ann@offices.example"
    assert shown["wire"] == "outbox"
    assert shown["text"].startswith("Dear Madam or Sir,")
    assert [event["kind"] for event in shown["events"]] == ["claimed", "sending", "delivered"]


def test_the_address_of_a_supporter_is_not_shown(api, bridge):
    (supporter,) = supporters(bridge, 1)
    letter = Delivery.objects.first()
    letter.pk, letter.appeal, letter.addressee, letter.contact_point = None, None, None, None
    letter.audience, letter.recipient, letter.supporter = "supporters", supporter.pk.hex, supporter
    letter.save(force_insert=True)
    assert supporter.email not in str(get(api, f"/deliveries/{letter.pk}"))


def test_a_person_settles_what_nobody_could_prove(api, bridge):
    letter = Delivery.objects.first()
    Delivery.objects.filter(pk=letter.pk).update(state="unknown")
    settled = post(api, f"/deliveries/{letter.pk}/settlement", {"arrived": True})
    assert settled.status_code == 201
    assert settled.json()["state"] == "delivered"
    assert settled.json()["events"][-1]["detail"] == {"how": "Mia found out"}
    assert "is delivered" in problem(post(api, f"/deliveries/{letter.pk}/settlement", {"arrived": True}), 409)["detail"]


def test_a_person_has_a_letter_written_again_that_did_not_arrive(api, bridge):
    letter = Delivery.objects.first()
    asked = f"/deliveries/{letter.pk}/again"
    assert "no reason to write again" in problem(post(api, asked, {}), 409)["detail"]
    Delivery.objects.filter(pk=letter.pk).update(state="bounced")
    again = post(api, asked, {})
    assert again.status_code == 201
    assert again.json()["instead_of"] == str(letter.pk)
    assert get(api, f"/deliveries/{letter.pk}")["written_again"] == again.json()["id"]
    assert "written again already" in problem(post(api, asked, {}), 409)["detail"]


def test_a_hold_is_placed_shown_and_lifted(api, ann):
    placed = post(api, "/holds", {"campaign": "bridge", "addressee": "ann", "reason": "new holder"})
    assert placed.status_code == 201
    assert placed.json()["what"] == "Ann"
    assert get(api, f"/appeals/{ann.pk}")["stopped_at"] == "2023-04-28T10:00:00Z"
    assert get(api, "/holds?standing=true&campaign=bridge")["total"] == 1
    lifted = api.delete(placed.json()["url"])
    assert lifted.json()["lifted_by"] == "Mia"
    assert get(api, "/holds?standing=false")["items"] == [lifted.json()]
    assert "lifted before" in problem(api.delete(placed.json()["url"]), 409)["detail"]


def test_a_hold_that_says_too_little_is_refused(api, bridge):
    assert "reason" in problem(post(api, "/holds", {"campaign": "bridge", "reason": " "}), 422)["detail"]
    assert "what to hold" in problem(post(api, "/holds", {"reason": "talks"}), 422)["detail"]
    told = problem(post(api, "/holds", {"step": "letter", "reason": "talks"}), 422)
    assert told["errors"][0]["location"] == "body/campaign"
    assert "nobody" in problem(post(api, "/holds", {"addressee": "nobody", "reason": "talks"}), 422)["detail"]
    assert not Hold.objects.exists()
