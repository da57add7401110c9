from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from campaigns.addressee import ContactPoint
from campaigns.appeal import Appeal
from campaigns.campaign import Campaign
from campaigns.hold import Hold
from campaigns.outcome import Outcome, record_outcome
from outreach.delivery import Delivery
from outreach.exhibit import Exhibit
from outreach.response import Response
from tests.outreach.dashboard.conftest import member, signed_in
from tests.small_campaign import DAY, DEADLINE, FRIDAY, SECOND, draft, published, supporters

PDF = b"%PDF-1.7\nthe decree\n%%EOF\n"
pytestmark = pytest.mark.django_db
ANN = "/campaigns/bridge/addressees/ann"
ANSWER = {"text": "We will look into it.", "via": "email", "received": "", "kind": ""}


@pytest.fixture
def running(pass_at) -> Campaign:
    campaign = published()
    pass_at(campaign, FRIDAY)
    return campaign


@pytest.fixture
def ann(running) -> Appeal:
    return Appeal.objects.get(addressee__key="ann")


def test_the_clock_says_how_much_time_is_left_and_what_follows(staff, ann, at):
    at(FRIDAY + timedelta(hours=1))
    page = staff.get(ANN).text
    assert "7 d 13 h 0 min left" in page
    assert "Sat 6 May, 00:00 UTC (Sat 6 May, 01:00 London)" in page
    assert "If demands 1 and 2 are still open then, step 2 follows: Deadline." in page


def test_the_thread_shows_the_letter_word_for_word_with_its_proof(staff, ann):
    letter = Delivery.objects.get(appeal=ann)
    page = staff.get(ANN).text
    assert letter.text.splitlines()[0] in page
    assert "1. open the bridge" in page
    assert "Proof: 3 events" in page
    assert "ann@offices.example" in page


def test_the_thread_is_in_order_of_time_over_all_channels(staff, running, ann, pass_at):
    staff.post(f"{ANN}/responses", {**ANSWER, "kind": "acknowledgement"})
    supporters(running, 4)
    for moment in (DEADLINE + SECOND, DEADLINE + SECOND + DAY):
        pass_at(running, moment)
    page = staff.get(ANN).text
    told = ["Step 1, Letter", "We will look into it.", "Step 2, Deadline", "4 messages named this addressee"]
    places = [page.index(said) for said in told]
    assert places == sorted(places)
    assert "Public post of step 2" in page
    only_x = staff.get(f"{ANN}?channel=x").text
    assert "Public post of step 2" in only_x
    assert "We will look into it." not in only_x


def test_every_guard_says_whether_it_lets_a_step_pass(staff, ann, at):
    at(FRIDAY + timedelta(hours=1))
    Response.objects.create(appeal=ann, channel="email", text="Yes.", received_at=FRIDAY)
    page = staff.get(ANN).text
    assert "<b>An answer from 28 April lies unread.</b>" in page
    assert "<b>The last letter left on 28 April, 10:00, and 24 hours lie between two.</b>" in page
    assert "<b>Nothing is due before Thu 4 May, 00:00.</b>" in page
    for passed in ("No hold on campaign", "No dated commitment runs", "Last message proven delivered"):
        assert passed in page


def test_a_hold_on_a_channel_that_comes_later_is_no_reason_now(staff, running, ann, at):
    Hold.objects.place(campaign=running, channel="x", reason="a new account", author="mara", now=FRIDAY)
    assert "a new account" not in staff.get(ANN).text
    at(DEADLINE)  # the reminder has come and gone without a pass; the step after it uses the channel
    ann.turns.update(reminder=1)
    assert "<b>The channel x is on hold: a new account.</b>" in staff.get(ANN).text


def test_outcomes_are_recorded_together_with_their_evidence(staff, ann):
    said = {"o-open": "partly", "o-repair": "committed", "u-repair": "2023-05-12", "evidence": "https://ann.example/1"}
    assert staff.post(f"{ANN}/outcomes", said).url == ANN
    kept = {outcome.demand.key: outcome for outcome in Outcome.objects.all()}
    assert (kept["open"].kind, kept["open"].author, kept["open"].evidence) == (
        "partly",
        "mara",
        "https://ann.example/1",
    )
    assert kept["repair"].until == date(2023, 5, 12)
    page = staff.get(ANN).text
    assert "demand 1 partly done; demand 2 committed until 12 May" in page
    assert 'href="https://ann.example/1"' in page


def test_closing_every_demand_stops_the_clock(staff, ann):
    staff.post(f"{ANN}/outcomes", {"o-open": "done", "o-repair": "done", "evidence": "a decree"})
    ann.refresh_from_db()
    assert ann.status == "acted"
    assert "Acted: no demand is open" in staff.get(ANN).text


def test_a_correction_opens_a_demand_again(staff, ann):
    staff.post(f"{ANN}/outcomes", {"o-open": "done", "o-repair": "done", "evidence": "a decree"})
    staff.post(f"{ANN}/outcomes", {"o-open": "none", "o-repair": "done", "evidence": "the decree was withdrawn"})
    ann.refresh_from_db()
    assert ann.status == "waiting"
    assert Outcome.objects.count() == 3  # what did not change is not written again
    page = staff.get(ANN).text
    assert "demand 1 done; demand 2 done" in page
    assert "demand 1 no outcome in place of done" in page


def test_their_answer_can_be_the_evidence(staff, ann):
    staff.post(f"{ANN}/responses", {**ANSWER, "kind": "substantive"})
    page = staff.get(ANN).text
    answer = Response.objects.get()
    assert f'<option value="{answer.pk}">Their answer of Fri 28 Apr, 10:00 by Email' in page
    staff.post(f"{ANN}/outcomes", {"o-open": "done", "answer": answer.pk, "evidence": "second paragraph"})
    kept = Outcome.objects.get()
    assert (kept.evidence_kind, kept.shown_by) == ("response", answer.pk)
    assert kept.evidence == "Their answer of 28 April 2023 (Email); second paragraph"
    assert f'<a href="#r-{answer.pk}">Their answer of' in staff.get(ANN).text


def test_a_file_can_be_the_evidence_and_comes_back_as_it_was(staff, ann):
    decree = SimpleUploadedFile("The decree.PDF", PDF, "text/html")
    staff.post(f"{ANN}/outcomes", {"o-open": "done", "o-repair": "done", "evidence": "", "file": decree})
    assert [(kept.evidence, kept.evidence_kind) for kept in Outcome.objects.all()] == [("The-decree.pdf", "file")] * 2
    kept = Exhibit.objects.get()
    assert PDF not in bytes(kept.content)
    page = staff.get(ANN).text
    assert f"/campaigns/bridge/files/{kept.pk}" in page
    given = staff.get(f"/campaigns/bridge/files/{kept.pk}")
    assert (given.content, given.headers["Content-Type"]) == (PDF, "application/pdf")
    assert given.headers["Content-Disposition"] == 'attachment; filename="The-decree.pdf"'


def test_what_is_no_photograph_and_no_pdf_shows_nothing_and_changes_nothing(staff, ann):
    page = SimpleUploadedFile("decree.pdf", b"<script>alert(1)</script>", "application/pdf")
    told = staff.post(f"{ANN}/outcomes", {"o-open": "done", "evidence": "", "file": page})
    assert told.status_code == 422
    assert '<a href="#file">A file is a photograph' in told.text
    assert not Outcome.objects.exists()
    assert not Exhibit.objects.exists()


def test_a_second_person_reviews_an_outcome_and_its_author_cannot(staff, ann):
    staff.post(f"{ANN}/outcomes", {"o-open": "deflected", "evidence": "https://ann.example/1"})
    address = f"/campaigns/bridge/outcomes/{Outcome.objects.get().pk}/review"
    assert "<summary>Review</summary>" not in staff.get(ANN).text
    assert staff.post(address, {"holds": "yes"}).status_code == 422
    noor = signed_in(member(name="noor"))
    assert "does the evidence show “deflected”?" in noor.get(ANN).text
    assert "Say what is wrong with the evidence" in noor.post(address, {"holds": "no", "note": ""}).text
    noor.post(address, {"holds": "no", "note": "It speaks of another bridge"})
    noor.post(address, {"holds": "yes"})
    page = staff.get(ANN).text
    assert page.index("Demand 1 doubted") < page.index("It speaks of another bridge") < page.index("Demand 1 reviewed")


@pytest.mark.parametrize(
    ("said", "field", "sentence"),
    [
        ({"o-open": "done"}, "evidence", "Say what shows it"),
        ({"o-open": "committed", "evidence": "a letter"}, "u-open", "Demand 1: A commitment needs a date"),
        ({"o-open": "committed", "u-open": "soon", "evidence": "a letter"}, "u-open", "Demand 1: give the day"),
        ({"o-open": "committed", "u-open": "2023-04-01", "evidence": "x"}, "u-open", "Demand 1: The commitment ended"),
        ({"o-open": "maybe", "evidence": "a letter"}, "o-open", "Demand 1: “maybe” is no kind of outcome"),
        ({"o-open": "none", "o-repair": "none", "evidence": "a letter"}, "o-open", "Nothing was changed"),
    ],
)
def test_an_outcome_that_cannot_be_believed_is_a_problem_and_nothing_is_written(staff, ann, said, field, sentence):
    page = staff.post(f"{ANN}/outcomes", {"o-repair": "none", **said})
    assert page.status_code == 422
    assert f'<a href="#{field}">{sentence}' in page.text
    assert not Outcome.objects.exists()


def test_if_one_demand_cannot_be_recorded_none_is(staff, ann):
    page = staff.post(f"{ANN}/outcomes", {"o-open": "done", "o-repair": "committed", "evidence": "a letter"})
    assert page.status_code == 422
    assert not Outcome.objects.exists()
    ann.refresh_from_db()
    assert ann.status == "waiting"


def test_an_answer_added_by_hand_lies_unread_until_somebody_says_what_it_is(staff, ann):
    staff.post(f"{ANN}/responses", ANSWER)
    answer = Response.objects.get()
    assert (answer.kind, answer.read_at, answer.recorded_by, answer.received_at) == ("", None, "mara", FRIDAY)
    assert "the clock waits until a person has read it" in staff.get(ANN).text
    staff.post(f"/campaigns/bridge/responses/{answer.pk}/read", {"kind": "deflection"})
    answer.refresh_from_db()
    assert (answer.kind, answer.kind_by) == ("deflection", "mara")
    assert "Mark as read" not in staff.get(ANN).text


def test_reading_an_answer_asks_for_its_kind(staff, ann):
    staff.post(f"{ANN}/responses", ANSWER)
    answer = Response.objects.get()
    page = staff.post(f"/campaigns/bridge/responses/{answer.pk}/read", {"kind": ""})
    assert page.status_code == 422
    assert "Say what kind of answer it is" in page.text


@pytest.mark.parametrize(
    ("said", "field", "sentence"),
    [
        ({"text": " "}, "text", "Write down what they answered"),
        ({"received": "2023-04-29T10:00"}, "received", "An answer cannot have come in the future"),
        ({"received": "soon"}, "received", "Give the day and the time"),
        ({"kind": "friendly"}, "kind", "“friendly” is no kind of answer"),
        ({"via": "pigeon"}, "via", "Choose how it came"),
    ],
)
def test_an_answer_that_cannot_be_taken_is_a_problem_at_its_field(staff, ann, said, field, sentence):
    page = staff.post(f"{ANN}/responses", {**ANSWER, **said})
    assert page.status_code == 422
    assert f'<a href="#{field}">{sentence}' in page.text
    assert not Response.objects.exists()


def test_answers_of_a_demonstration_are_marked_as_invented(staff, ann):
    Campaign.objects.update(is_invented=True)
    staff.post(f"{ANN}/responses", ANSWER)
    assert Response.objects.get().is_invented
    assert "invented for this demonstration" in staff.get(ANN).text


def test_contact_points_show_their_health(staff, ann):
    assert "1 of 1 delivered" in staff.get(ANN).text
    ContactPoint.objects.filter(addressee__key="ann").update(health="dead")
    assert "Dead: not written to any more" in staff.get(ANN).text


def test_a_clock_that_a_hold_keeps_still_says_how_much_time_is_left(staff, ann):
    Hold.objects.place(addressee=ann.addressee, reason="a new ambassador", author="mara", now=FRIDAY)
    page = staff.get(ANN).text
    assert "The clock stands, 7 d 14 h 0 min left" in page
    assert "Ann is on hold: a new ambassador." in page


def test_a_commitment_is_why_the_clock_waits_after_the_deadline(staff, running, ann, pass_at):
    demand = running.demands.get(key="open")
    until = (DEADLINE + 3 * DAY).date()
    record_outcome(ann, demand, "committed", evidence="a letter", author="mara", now=FRIDAY, until=until)
    pass_at(running, DEADLINE + SECOND)
    page = staff.get(ANN).text
    assert "Waiting on a commitment" in page
    assert "Looks again Tue 9 May, 00:00 UTC" in page
    assert "Step 2 not taken" in page


def test_a_draft_shows_what_would_be_written_step_by_step(staff):
    draft()
    page = staff.get(ANN).text
    assert "Step 1, Letter: reminder" in page
    assert "1. open the bridge" in page
    assert "Ann has not acted by 5 May 2023." in page
    assert not Delivery.objects.exists()


def test_an_oversight_body_has_a_conversation_without_a_clock(staff, running):
    page = staff.get("/campaigns/bridge/addressees/ombud").text
    assert "Ombud" in page
    assert "Clock" not in page
    assert "Outcome per demand" not in page


def test_a_viewer_reads_the_conversation_and_has_no_forms(viewer, ann):
    page = viewer.get(ANN).text
    assert "Outcome per demand" in page
    assert "Record outcomes" not in page
    assert "Add an answer" not in page


def test_the_list_shows_who_is_asked_and_who_else_is_written_to(staff, running):
    page = staff.get("/campaigns/bridge/addressees").text
    assert "3 addressees the demands are put to" in page
    assert "1 body written to at a later step" in page
    assert "member of the council" in page
