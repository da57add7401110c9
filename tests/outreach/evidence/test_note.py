"""Whatever supports a public claim is in the log, once, and the log can only grow."""

from collections.abc import Mapping

import pytest
from django.db import DatabaseError, transaction

from campaigns.addressee import Addressee
from campaigns.approval import Approval
from campaigns.campaign import Campaign
from campaigns.hold import Hold
from campaigns.intervention import extend
from campaigns.outcome import record_outcome
from campaigns.publication import publish
from campaigns.review import review
from campaigns.wave import Skip
from outreach.attachment import Attachment
from outreach.clock import tick
from outreach.evidence import sources
from outreach.evidence.canonical import commitment
from outreach.evidence.chain import Line, whole
from outreach.evidence.entry import Evidence, EvidenceSalt, forget, salt_of
from outreach.evidence.mark import EvidenceMark
from outreach.evidence.note import is_behind, note_all, note_marked
from outreach.exhibit import Shown, keep_exhibit, record_shown
from outreach.incoming import Incoming
from outreach.response import Response, record_response
from outreach.send import drain
from tests.outreach.wires import Told
from tests.small_campaign import DAY, DEADLINE, FRIDAY, SECOND, draft, published, supporters

pytestmark = pytest.mark.django_db
SATURDAY = FRIDAY + DAY


@pytest.fixture(scope="module")
def begun(django_db_setup, django_db_blocker):
    """Everybody was written to, with proof: once for all tests here, each of which takes back what it changes."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        campaign = published()
        supporters(campaign, 2)
        send(campaign, FRIDAY, patch)
        yield campaign
        transaction.set_rollback(True)


@pytest.fixture
def campaign(begun) -> Campaign:
    return Campaign.objects.get(pk=begun.pk)


def send(campaign: Campaign, at, monkeypatch, answer=None) -> None:
    monkeypatch.setattr("outreach.send.wire_of", lambda channel: Told(answer))
    monkeypatch.setattr("outreach.send.now", lambda: at)
    tick(campaign, at)
    for channel in ("email", "x"):
        drain(channel, bulk=False)


def lines(campaign: Campaign) -> list[Line]:
    """The log, which holds."""
    found = whole(row.content.encode() for row in Evidence.objects.filter(campaign=campaign))
    assert [row.hash for row in Evidence.objects.filter(campaign=campaign)] == [line.hash for line in found]
    return found


def said(campaign: Campaign, kind: str, addressee: str | None = None) -> list[Mapping]:
    return [line.told for line in lines(campaign) if line.kind == kind and addressee in (None, line.addressee)]


def answer(campaign: Campaign, text: str = "?") -> Response:
    appeal = campaign.appeals.get(addressee__key="ann")
    return record_response(appeal, channel="email", text=text, recorded_by="Mia", now=SATURDAY)


def opened(line: Line, field: str, value: str) -> bool:
    row = Evidence.objects.get(hash=line.hash)
    return line.committed[field] == commitment(salt_of(bytes(row.salt.secret), field), value.encode())


def test_a_draft_has_no_log_and_what_was_published_begins_it(db):
    campaign = draft("tunnel")
    note_marked(FRIDAY)
    assert not Evidence.objects.exists()
    assert not is_behind()
    publish(campaign, FRIDAY)
    note_marked(FRIDAY)
    first = lines(campaign)[0]
    assert (first.kind, first.at) == ("publication", "2023-04-28T10:00:00.000000Z")
    assert [demand["key"] for demand in first.told["demands"]] == ["open", "repair"]
    assert sorted(line.addressee for line in lines(campaign) if line.kind == "asked") == ["ann", "bob", "cat"]


def test_every_message_and_its_proof_is_in_the_log_and_its_words_only_as_a_commitment(campaign):
    note_marked(FRIDAY)
    (message,) = [line for line in lines(campaign) if line.kind == "message" and line.addressee == "ann"]
    delivery = campaign.deliveries.get(addressee__key="ann")
    assert message.told["channel"] == "email"
    assert delivery.text not in message.content.decode()
    assert "ann@offices.example" not in message.content.decode()
    assert opened(message, "words", delivery.text)
    assert opened(message, "address", "ann@offices.example")
    (proof,) = said(campaign, "proof", "ann")
    assert (proof["state"], proof["message"]) == ("delivered", str(delivery.pk))


def test_an_escalation_stands_with_the_deadline_that_was_missed(campaign, monkeypatch):
    send(campaign, DEADLINE + SECOND, monkeypatch)
    note_marked(DEADLINE + SECOND)
    opening, *_, escalation = said(campaign, "turn", "ann")
    assert (opening["kind"], escalation["kind"]) == ("opening", "escalation")
    assert escalation["missed_at"] == "2023-05-05T23:59:59.000000Z"


def test_letters_to_supporters_are_not_in_the_log(campaign, monkeypatch):
    for day in range(8, 12):
        send(campaign, FRIDAY + day * DAY, monkeypatch)
    drain("email", bulk=True)
    assert campaign.deliveries.filter(audience="supporters", state="delivered").exists()
    note_all(campaign, FRIDAY + 12 * DAY)
    assert {told["audience"] for told in said(campaign, "message")} <= {"addressees", "oversight"}
    assert "people.example" not in "".join(Evidence.objects.values_list("content", flat=True))


def test_a_kind_that_was_given_and_then_corrected_leaves_both_entries_even_if_no_pass_came_between(campaign):
    response = answer(campaign, "No. Call +44 20 7946 0000")
    response.read("refusal", "Mia", SATURDAY)
    response.read("acknowledgement", "Noa", SATURDAY + SECOND)
    note_marked(SATURDAY + DAY)
    assert [told["kind"] for told in said(campaign, "reading", "ann")] == ["refusal", "acknowledgement"]
    (line,) = [line for line in lines(campaign) if line.kind == "response"]
    assert opened(line, "shown", "No. Call […]")
    assert "Mia" not in "".join(each.content.decode() for each in lines(campaign))


def test_a_correction_is_a_new_entry_that_says_what_it_corrects(campaign):
    appeal, demand = campaign.appeals.get(addressee__key="ann"), campaign.demands.get(key="open")
    first = record_outcome(appeal, demand, "done", evidence="a", author="Mia", now=SATURDAY)
    record_outcome(appeal, demand, "none", evidence="it was not so", author="Noa", now=SATURDAY + SECOND)
    note_marked(SATURDAY + DAY)
    assert [(told["kind"], told["corrects"]) for told in said(campaign, "outcome")] == [
        ("done", None),
        ("none", str(first.pk)),
    ]


def test_a_file_that_shows_an_outcome_stands_with_its_hash_and_so_does_who_looked_at_it(campaign):
    appeal, demand = campaign.appeals.get(addressee__key="ann"), campaign.demands.get(key="open")
    exhibit = keep_exhibit(appeal, b"%PDF-1.7 yes %%EOF", name="Mr Smith.pdf", by="Mia", now=SATURDAY)
    outcome = record_shown(appeal, demand, "done", Shown(exhibit=exhibit), author="Mia", now=SATURDAY)
    review(outcome, reviewer="Noa", now=SATURDAY + SECOND)
    note_marked(SATURDAY + DAY)
    (told,) = said(campaign, "outcome")
    assert (told["evidence_kind"], told["files"][0]["sha256"]) == ("file", exhibit.sha256)
    assert said(campaign, "review") == [{"outcome": str(outcome.pk), "holds": True, "note": ""}]


def test_a_mail_stands_with_the_hash_of_its_bytes(campaign):
    appeal = campaign.appeals.get(addressee__key="ann")
    came = Incoming(channel="email", door="smtp", name="1", raw=b"", size=3, sha256="ab" * 32, received_at=SATURDAY)
    came.handed_in = ("ann@offices.example", ())
    came.save()
    Attachment.of(came, 1, b"yes", name="Mr Smith.txt", media_type="text/plain").save()
    record_response(appeal, channel="email", text="yes", recorded_by="the inbox", now=SATURDAY, incoming=came)
    note_marked(SATURDAY)
    (told,) = said(campaign, "response")
    assert told["raw_sha256"] == "ab" * 32
    assert [file["size"] for file in told["files"]] == [3]
    assert "Smith" not in str(told)


def test_an_appeal_that_ended_and_was_opened_again_says_both(campaign):
    appeal = campaign.appeals.get(addressee__key="ann")
    for kind, at in (("done", SATURDAY), ("none", SATURDAY + SECOND)):
        for demand in campaign.demands.all():
            record_outcome(appeal, demand, kind, evidence="seen", author="Mia", now=at)
    note_marked(SATURDAY + DAY)
    assert [told["status"] for told in said(campaign, "end", "ann")] == ["acted", "waiting"]


def test_a_hold_stands_in_every_campaign_it_concerns_with_its_reason_and_its_end(campaign):
    other = published(slug="tunnel")
    Campaign.objects.filter(pk=draft("ferry").pk).update(put_to=["oversight"])
    untouched = publish(Campaign.objects.get(slug="ferry"), FRIDAY)
    ann = Addressee.objects.get(key="ann")
    hold = Hold.objects.place(addressee=ann, reason="talks with ann@offices.example", author="Mia", now=SATURDAY)
    hold.lift(SATURDAY + DAY, "Noa")
    note_marked(SATURDAY + 2 * DAY)
    for each in (campaign, other):
        placed, lifted = said(each, "hold")
        assert (placed["reason"], placed["lifted_at"]) == ("talks with […]", None)
        assert lifted["lifted_at"] == "2023-04-30T10:00:00.000000Z"
    assert said(untouched, "hold") == []


def test_more_time_stands_with_its_reason_and_both_deadlines(campaign):
    extend(campaign.appeals.filter(addressee__key="ann"), DAY, reason="talks", author="Mia", now=SATURDAY)
    note_marked(SATURDAY)
    (told,) = said(campaign, "intervention", "ann")
    assert (told["kind"], told["reason"]) == ("extended", "talks")
    assert [told[name][:10] for name in ("due_before", "due_after")] == ["2023-05-05", "2023-05-06"]


def test_a_stop_of_everything_stands_with_what_the_public_was_told(campaign):
    note = "We check our system."
    Hold.objects.place_on_everything(reason="we were broken into", note=note, author="Mia", now=SATURDAY)
    note_marked(SATURDAY)
    assert [(told["on"], told["reason"]) for told in said(campaign, "hold")] == [("everything", "We check our system.")]


def test_a_step_that_was_left_out_and_one_that_was_approved_stand_with_who_and_why(campaign):
    step, appeal = campaign.steps.get(key="deadline"), campaign.appeals.get(addressee__key="ann")
    Skip.objects.create(appeal=appeal, step=step, sentence="nobody refused", at=SATURDAY)
    approval = Approval.objects.create(step=step, author="Noa", content="ab" * 32, at=SATURDAY)
    Approval.objects.filter(pk=approval.pk).update(taken_back_at=SATURDAY + SECOND)
    note_marked(SATURDAY + DAY)
    assert said(campaign, "skip", "ann") == [{"step": "deadline", "sentence": "nobody refused"}]
    given, taken_back = said(campaign, "approval")
    assert given["taken_back_at"] is None
    assert taken_back["taken_back_at"].startswith("2023-04-29T10:00:01")


def test_a_new_holder_of_an_office_stands_beside_the_one_before(campaign):
    note_marked(FRIDAY)
    Addressee.objects.filter(key="ann").update(holder="Somebody new")
    note_marked(SATURDAY)
    assert [told["holder"] for told in said(campaign, "asked", "ann")] == ["Head of Ann", "Somebody new"]


def test_a_reason_to_wait_stands_with_its_beginning_and_its_end(campaign):
    answer(campaign)
    tick(campaign, DEADLINE + SECOND)
    campaign.appeals.get(addressee__key="ann").responses.get().read("acknowledgement", "Mia", DEADLINE + DAY)
    tick(campaign, DEADLINE + DAY)
    note_marked(DEADLINE + DAY)
    began, ended = said(campaign, "pause", "ann")
    assert began["reason"] == "unread"
    assert began["ended_at"] is None
    assert ended["ended_at"] == "2023-05-06T23:59:59.000000Z"


def test_the_database_refuses_to_change_or_delete_an_entry(campaign):
    note_marked(FRIDAY)
    for deed in (lambda rows: rows.update(content="{}"), lambda rows: rows._raw_delete("default")):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            deed(Evidence.objects.all())


def test_what_is_erased_cannot_be_opened_any_more_and_the_chain_holds(campaign):
    note_marked(FRIDAY)
    before = Evidence.objects.count()
    assert forget({"addressee": "ann"}) > 0
    assert not EvidenceSalt.objects.filter(entry__addressee="ann").exists()
    assert len(lines(campaign)) == before
    note_all(campaign, SATURDAY)
    assert len(lines(campaign)) == before


def test_what_cannot_be_noted_stands_aside_with_its_reason_and_keeps_nothing_else_back(campaign, monkeypatch):
    whole = sources.SOURCES["response"]

    def choke(marks):
        raise ValueError("no form for it")

    note_marked(FRIDAY)
    answer(campaign)
    Hold.objects.place(campaign=campaign, reason="talks", author="Mia", now=SATURDAY)
    monkeypatch.setitem(sources.SOURCES, "response", choke)
    note_marked(SATURDAY)
    assert len(said(campaign, "hold")) == 1
    (mark,) = EvidenceMark.objects.all()
    assert mark.problem == "ValueError: no form for it"
    assert not is_behind()
    monkeypatch.setitem(sources.SOURCES, "response", whole)
    note_all(campaign, SATURDAY)
    assert len(said(campaign, "response")) == 1


def test_a_second_pass_and_a_comparison_of_everything_add_nothing(campaign, monkeypatch):
    send(campaign, DEADLINE + SECOND, monkeypatch)
    note_marked(DEADLINE + SECOND)
    before = lines(campaign)
    note_marked(DEADLINE + DAY)
    note_all(campaign, DEADLINE + DAY)
    assert lines(campaign) == before
    assert not EvidenceMark.objects.exists()


def test_what_the_marks_missed_is_found_by_comparing_everything(campaign):
    EvidenceMark.objects.all().delete()
    note_marked(SATURDAY)
    assert lines(campaign) == []
    note_all(campaign, SATURDAY)
    assert {line.kind for line in lines(campaign)} == {"publication", "asked", "turn", "message", "proof"}
