"""What goes by hand: a task until a person says what came of it, and nothing counted before."""

from datetime import UTC, datetime, timedelta

import pypdfium2
import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError

from campaigns.addressee import ContactPoint
from campaigns.hold import Hold
from campaigns.outcome import record_outcome
from campaigns.publication import publish
from channels import answer
from outreach.again import fall_back
from outreach.beat import Beat
from outreach.carrying import done, failed, put_back, recall, take
from outreach.claim import claim
from outreach.clock import tick
from outreach.delivery import Delivery
from outreach.news import settle_by_person
from outreach.printed import printed
from outreach.proof import last_messages
from outreach.sealed_file import LARGEST, kind_of
from outreach.send import drain
from outreach.settle import intend, recover
from outreach.suppression import suppress
from outreach.task import NotDoable, Task, TaskProof, hand_over
from outreach.task_proof import MOST, add_proof
from tests.by_hand import ADDRESSES, drafted, handed, task
from tests.small_campaign import DAY, DEADLINE, FRIDAY, SECOND

State = Delivery.State
HOUR = timedelta(hours=1)
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0" * 40 + b"IEND\xaeB`\x82"
PDF = b"%PDF-1.7\nreceipt\n%%EOF\n"


@pytest.fixture(autouse=True)
def _it_is_friday(db, monkeypatch, settings):
    settings.CAP = 9  # Ann gets four messages at once
    monkeypatch.setattr("outreach.send.now", lambda: FRIDAY)


@pytest.fixture
def mara() -> User:
    return User.objects.create_user("mara", is_staff=True, first_name="Mara")


@pytest.fixture
def noor() -> User:
    return User.objects.create_user("noor", is_staff=True, first_name="Noor")


@pytest.fixture
def campaign():
    return handed()


def state(channel: str = "letter") -> str:
    return str(Delivery.objects.get(channel=channel, addressee__key="ann", step__key="letter").state)


# From the ledger into a person's hands


def test_what_only_a_person_can_carry_becomes_a_task_with_a_day_and_counts_as_nothing_yet(campaign):
    assert {channel: state(channel) for channel in ADDRESSES} == dict.fromkeys(ADDRESSES, "handed")
    assert task("letter").due_at == FRIDAY + 2 * DAY
    assert task("phone").due_at == FRIDAY + DAY
    letter = task().delivery
    assert (letter.sent_at, letter.delivered_at, letter.wire) == (None, None, "person")
    assert letter.reason == "Waits for a person to post this letter"
    assert letter.text.startswith("Dear Madam or Sir,")
    assert list(letter.events.values_list("kind", flat=True)) == ["claimed", "sending", "handed"]
    assert task("form").delivery.subject == ""
    assert "open the bridge and repair the bridge" in task("form").delivery.text


def test_a_task_is_not_handed_over_twice_and_no_worker_takes_it_again(campaign):
    assert drain("letter", bulk=False) == 0
    assert recover(FRIDAY + DAY, datetime.now(UTC) + DAY) == 0
    assert Task.objects.count() == 3


def test_a_worker_that_dies_while_handing_over_loses_nothing_because_nothing_can_have_left():
    tick(publish(drafted(), FRIDAY), FRIDAY)
    claimed = claim("letter", FRIDAY, datetime.now(UTC), bulk=False, limit=9)
    intend(claimed, FRIDAY, "person")
    assert recover(FRIDAY, datetime.now(UTC) + HOUR) == 1
    assert state() == "handed"
    assert task().delivery.reference == task().delivery.key


def test_a_reminder_by_hand_is_due_before_it_would_come_too_late(campaign):
    late = task().delivery
    Task.objects.all().delete()
    Delivery.objects.filter(pk=late.pk).update(state="sending", expires_at=FRIDAY + HOUR)
    late.refresh_from_db()
    assert hand_over(late, answer.Task("Waits for a person"), FRIDAY)
    assert task().due_at == FRIDAY + HOUR


# Who has it


def test_the_first_who_takes_a_task_has_it_and_the_other_reads_who(campaign, mara, noor):
    take(task(), mara, FRIDAY)
    take(task(), mara, FRIDAY + HOUR)
    assert task().taken_at == FRIDAY
    with pytest.raises(NotDoable, match="Mara has this task"):
        take(task(), noor, FRIDAY)
    with pytest.raises(NotDoable, match="Mara has this task: take it over first"):
        done(task(), noor, FRIDAY)
    take(task(), noor, FRIDAY, from_another=True)
    assert task().holder == noor
    put_back(task(), FRIDAY)
    assert (task().holder, task().taken_at) == (None, None)
    assert [e.kind for e in task().delivery.events.all()][3:] == ["taken", "taken", "put back"]


def test_what_nobody_has_taken_cannot_be_done(campaign, mara):
    with pytest.raises(NotDoable, match="Take this task first"):
        done(task(), mara, FRIDAY)
    with pytest.raises(NotDoable, match="Nobody has this task"):
        put_back(task(), FRIDAY)


def test_the_words_are_those_of_the_moment_it_was_taken(campaign, mara):
    appeal = campaign.appeals.get(addressee__key="ann")
    record_outcome(appeal, campaign.demands.get(key="open"), "done", evidence="a decree", author="Mia", now=FRIDAY)
    assert "open the bridge" in task().delivery.text
    take(task(), mara, FRIDAY + HOUR)
    assert "open the bridge" not in task().delivery.text
    assert "repair the bridge" in task().delivery.text
    assert task().enclosure == ["Keep the bridge open", "2. Repair\n\nrepair the bridge"]


def test_holds_suppression_and_demands_are_looked_at_when_it_is_taken(campaign, mara):
    hold = Hold.objects.place(channel="letter", reason="talks", author="Mia", now=FRIDAY)
    with pytest.raises(NotDoable, match="on hold: talks"):
        take(task(), mara, FRIDAY)
    hold.lift(FRIDAY, "Mia")
    suppress("letter", ADDRESSES["letter"], "They asked us not to write", FRIDAY)
    with pytest.raises(NotDoable, match="They asked us not to write"):
        take(task(), mara, FRIDAY)
    assert task().holder is None


def test_what_nobody_took_is_recalled_once_no_demand_is_open_and_what_somebody_has_stays_theirs(campaign, mara):
    take(task("phone"), mara, FRIDAY)
    appeal = campaign.appeals.get(addressee__key="ann")
    for demand in campaign.demands.all():
        record_outcome(appeal, demand, "done", evidence="a decree", author="Mia", now=FRIDAY)
    assert recall(FRIDAY) == 2
    assert [state(channel) for channel in ("letter", "form", "phone")] == ["cancelled", "cancelled", "handed"]
    with pytest.raises(NotDoable, match="it is cancelled"):
        take(task(), mara, FRIDAY)
    done(task("phone"), mara, FRIDAY)
    assert state("phone") == "delivered"
    assert recall(FRIDAY) == 0


def test_the_clock_recalls_by_itself(campaign, monkeypatch):
    monkeypatch.setattr("outreach.beat.now", lambda: FRIDAY + HOUR)
    Delivery.objects.filter(channel="letter").update(expires_at=FRIDAY)
    Beat().beat()
    assert state() == "expired"


# What came of it


def test_a_letter_counts_as_sent_from_the_day_it_was_posted_and_says_who_says_so(campaign, mara):
    take(task(), mara, FRIDAY)
    done(task(), mara, FRIDAY + DAY, at=FRIDAY + HOUR, note="Registered, RR123")
    letter = task().delivery
    assert (letter.state, letter.sent_at, letter.delivered_at, letter.reason) == ("sent", FRIDAY + HOUR, None, "")
    assert (task().settled_by, task().note, task().settled_at) == ("Mara", "Registered, RR123", FRIDAY + DAY)
    event = letter.events.last()
    assert (event.kind, event.at, event.detail["how"], event.detail["by"]) == ("sent", FRIDAY + DAY, "Posted", "Mara")
    assert "RR123" not in str(event.detail)


def test_a_call_that_was_taken_is_proof_and_so_is_a_letter_that_was_signed_for(campaign, mara):
    for channel, reached in (("phone", False), ("letter", True), ("form", False)):
        take(task(channel), mara, FRIDAY)
        done(task(channel), mara, FRIDAY, reached=reached)
    assert [state(channel) for channel in ("phone", "letter", "form")] == ["delivered", "delivered", "sent"]


def test_nothing_is_settled_twice(campaign, mara):
    take(task(), mara, FRIDAY)
    done(task(), mara, FRIDAY)
    for again in (
        lambda: done(task(), mara, FRIDAY, reached=True),
        lambda: failed(task(), mara, FRIDAY, reason="No stamp"),
        lambda: take(task(), mara, FRIDAY),
        lambda: put_back(task(), FRIDAY),
    ):
        with pytest.raises(NotDoable, match="This task is settled by Mara: it is sent"):
            again()
    assert state() == "sent"


@pytest.mark.parametrize(
    ("at", "sentence"), [(FRIDAY + 2 * HOUR, "in the future"), (FRIDAY - 2 * DAY, "before the message was due")]
)
def test_a_day_that_cannot_be_is_refused(campaign, mara, at, sentence):
    take(task(), mara, FRIDAY)
    with pytest.raises(NotDoable, match=sentence):
        done(task(), mara, FRIDAY + HOUR, at=at)
    assert state() == "handed"


def test_what_could_not_be_done_is_refused_with_its_reason_so_that_another_way_may_be_taken(campaign, mara):
    take(task("phone"), mara, FRIDAY)
    with pytest.raises(NotDoable, match="Say why"):
        failed(task("phone"), mara, FRIDAY, reason=" ")
    failed(task("phone"), mara, FRIDAY, reason="The number is not in use", address_is_wrong=True)
    call = task("phone").delivery
    assert (call.state, call.reason) == ("refused", "Mara could not do it: The number is not in use")
    assert call.contact_point.health == ContactPoint.Health.DEAD
    take(task("form"), mara, FRIDAY)
    failed(task("form"), mara, FRIDAY, reason="The page does not open today")
    assert task("form").delivery.contact_point.health == ContactPoint.Health.GOOD


def test_after_a_call_that_could_not_be_made_the_next_channel_is_tried(mara):
    campaign = handed(("phone",))
    take(task("phone"), mara, FRIDAY)
    failed(task("phone"), mara, FRIDAY, reason="Nobody answers")
    assert fall_back(campaign, FRIDAY) == 1
    again = Delivery.objects.get(instead_of=task("phone").delivery)
    assert again.channel == "email"
    assert fall_back(campaign, FRIDAY) == 0


def test_a_task_is_settled_as_a_task_and_in_no_other_way(campaign):
    assert not settle_by_person(task().delivery, arrived=True, by="Mia", now=FRIDAY)
    assert state() == "handed"


# The clock


def waits(campaign, now):
    tick(campaign, now)
    pauses = campaign.appeals.get(addressee__key="ann").pauses.filter(ended_at=None)
    return list(pauses.values_list("sentence", flat=True))


def test_a_letter_that_nobody_has_posted_holds_the_next_step_back_if_nothing_else_arrived():
    campaign = handed(("letter",))
    assert waits(campaign, DEADLINE + SECOND) == ["the letter of 28 April waits for a person to carry it"]


def test_a_letter_that_nobody_has_posted_holds_nothing_back_if_another_channel_arrived(campaign):
    assert state("email") == "delivered"
    assert waits(campaign, DEADLINE + SECOND) == []


def test_a_posted_letter_is_given_its_time_in_the_post_before_silence_counts(mara):
    campaign = handed(("letter",))
    take(task(), mara, FRIDAY)
    done(task(), mara, FRIDAY + 6 * DAY, at=FRIDAY + 6 * DAY)
    (waiting,) = waits(campaign, DEADLINE + SECOND)
    assert "was taken but is not proven delivered" in waiting
    assert waits(campaign, FRIDAY + 13 * DAY - SECOND)
    assert waits(campaign, FRIDAY + 13 * DAY) == []


def test_whichever_channel_was_first_to_be_taken_counts(campaign, mara):
    Delivery.objects.filter(channel="email").update(state="sent", sent_at=FRIDAY, delivered_at=None)
    take(task(), mara, FRIDAY)
    done(task(), mara, FRIDAY + DAY)
    appeal = campaign.appeals.get(addressee__key="ann")
    assert last_messages([appeal])[appeal.pk].accepted_at == FRIDAY


# On paper


def test_the_letter_is_a_pdf_with_the_address_the_words_and_the_demands_enclosed(campaign, mara):
    with pytest.raises(NotDoable, match="Take this task first"):
        printed(task())
    take(task(), mara, FRIDAY)
    first, enclosed = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(printed(task()))]
    for words in ("Bridge Committee", "2 Quay", "Head of Ann", "1 Bridge Street", "London SW1A 2JR", "28 April 2023"):
        assert words in first
    assert "we write to Ann as member of the council" in first
    assert enclosed.startswith("Keep the bridge open")
    assert "1. Open" in enclosed


def test_a_name_that_the_address_begins_with_is_not_printed_twice(campaign, mara):
    ContactPoint.objects.filter(channel="letter").update(address="Head of Ann\nANN\n1 Bridge Street")
    take(task(), mara, FRIDAY)
    (page, _) = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(printed(task()))]
    assert page.count("Head of Ann") == 1


def test_letters_that_no_font_has_are_a_sentence(campaign, mara):
    take(task(), mara, FRIDAY)
    Delivery.objects.filter(channel="letter").update(subject="中国")
    with pytest.raises(NotDoable, match=r"No font has these letters: 中国.*in OUTREACH_FONTS"):
        printed(task())


# Proofs


def test_a_proof_is_kept_sealed_with_its_hash_and_may_come_after_the_task_was_settled(campaign, mara):
    take(task(), mara, FRIDAY)
    add_proof(task(), PDF, name="../../My receipt.exe", by="Mara", now=FRIDAY)
    done(task(), mara, FRIDAY)
    again = add_proof(task(), PNG, name="IMG 1.jpeg", by="Mara", now=FRIDAY + DAY)
    assert add_proof(task(), PNG, name="IMG 1.jpeg", by="Mara", now=FRIDAY + DAY) == again
    receipt, photo = task().proofs.all()
    assert (receipt.name, receipt.media_type, receipt.opened()) == ("My-receipt.pdf", "application/pdf", PDF)
    assert (photo.name, photo.media_type, photo.size) == ("IMG-1.png", "image/png", len(PNG))
    assert b"receipt" not in bytes(receipt.content)
    kinds = [event.kind for event in task().delivery.events.all()]
    assert kinds[-3:] == ["proof added", "sent", "proof added"]
    assert task().delivery.events.get(kind="sent").detail["proofs"] == receipt.sha256


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<html><script>alert(1)</script>", "a photograph"),
        (b"", "a photograph"),
        (b"%PDF-1.7 cut", "a photograph"),
        (PNG[:-12], "a photograph"),
        (b"GIF89a....", "a photograph"),
        (PNG[:40] + b"\0" * LARGEST + PNG[-8:], "at the most"),
    ],
    ids=["a page", "nothing", "half a PDF", "half a picture", "a GIF", "too much"],
)
def test_what_is_no_proof_is_refused_by_its_content(campaign, content, sentence):
    with pytest.raises(NotDoable, match=sentence):
        add_proof(task(), content, name="receipt.pdf", by="Mara", now=FRIDAY)
    assert not TaskProof.objects.exists()


def test_a_task_has_a_few_proofs_and_no_more(campaign):
    for number in range(MOST):
        add_proof(task(), PDF + b" " * number, name="a.pdf", by="Mara", now=FRIDAY)
    with pytest.raises(NotDoable, match="5 proofs already"):
        add_proof(task(), PNG, name="a.png", by="Mara", now=FRIDAY)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PNG, "image/png"),
        (PDF, "application/pdf"),
        (b"\xff\xd8\xff\xe0 \xff\xd9", "image/jpeg"),
        (b"RIFF\1\0\0\0WEBPVP8L1", "image/webp"),
    ],
)
def test_the_kind_of_a_proof_is_told_from_its_content(content, kind):
    assert kind_of(content) == kind


def test_the_same_file_cannot_be_kept_twice_even_by_two_at_once(campaign):
    add_proof(task(), PDF, name="a.pdf", by="Mara", now=FRIDAY)
    with pytest.raises(IntegrityError):
        TaskProof.of(PDF, name="a.pdf", media_type="application/pdf", by="Noor", now=FRIDAY, task=task()).save()
