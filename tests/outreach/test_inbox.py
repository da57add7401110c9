"""The staff inbox: what needs a person, derived from how things stand, with one person at a time."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User

from campaigns.addressee import ContactPoint
from campaigns.campaign import Campaign
from campaigns.outcome import NotRecordable, Outcome, record_outcome
from campaigns.review import review
from outreach import needs
from outreach.attention import KEPT, Attention, give_attention, leave
from outreach.clock import tick
from outreach.delivery import Delivery
from outreach.guess import put_down
from outreach.inbox.by_hand import tell_by_hand
from outreach.inbox.deciding import quarantine
from outreach.inbox.gist import Gist
from outreach.inbox.taking import take_in
from outreach.incoming import Incoming
from outreach.needs.inbox import find, inbox, settle, take_next
from outreach.needs.need import IsGone, NotSettled, Scope
from outreach.response import Response, record_response
from outreach.send import drain
from outreach.task import Task
from tests.small_campaign import DAY, FRIDAY, published

pytestmark = pytest.mark.django_db
LATER = FRIDAY + DAY
PDF = b"%PDF-1.7\nletter\n%%EOF\n"


@pytest.fixture
def campaign(db) -> Campaign:
    return published()


@pytest.fixture
def letters(campaign, monkeypatch) -> None:
    """The first letters have gone out."""
    monkeypatch.setattr("outreach.send.now", lambda: FRIDAY)
    tick(campaign, FRIDAY)
    drain("email", bulk=False)


@pytest.fixture
def ann(campaign):
    return campaign.appeals.select_related("campaign", "addressee").get(addressee__key="ann")


@pytest.fixture
def mara(db) -> User:
    return User.objects.create_user("mara", is_staff=True, first_name="Mara")


@pytest.fixture
def noor(db) -> User:
    return User.objects.create_user("noor", is_staff=True, first_name="Noor")


def answered(appeal, **fields) -> Response:
    said = {"channel": "email", "text": "We will see.", "recorded_by": "rule", "now": FRIDAY, **fields}
    return record_response(appeal, **said)


def quarantined(appeal, name: str = "1", heap: str = "", certainty: float = 0.8) -> Incoming:
    gist = Gist(sender="clerk@offices.example", subject="Re: the bridge", text="The mayor is away.")
    incoming = take_in(channel="email", door="imap", name=name, raw=b"raw", now=FRIDAY, gist=gist)
    put_down(incoming, [(appeal, certainty, "the same domain")])
    quarantine(incoming, "From an address we do not know", heap=heap)
    return incoming


def kinds(user: User, now=LATER) -> list[str]:
    return [each.need.kind for each in inbox(Scope(user), now)]


def test_nothing_waits_when_nothing_is_to_be_done(campaign, mara):
    assert inbox(Scope(mara), LATER) == []
    assert take_next(Scope(mara), LATER) is None


@pytest.mark.usefixtures("letters")
def test_every_kind_is_found_and_what_stops_a_clock_comes_first_then_the_oldest(campaign, ann, mara):
    bob, cat = (campaign.appeals.get(addressee__key=key) for key in ("bob", "cat"))
    demand = campaign.demands.get(key="open")
    until = (FRIDAY + 2 * DAY).date()
    record_outcome(cat, demand, "committed", until=until, evidence="a call", author="Mia", now=FRIDAY)
    answered(ann, received_at=FRIDAY - timedelta(hours=1))
    quarantined(bob)
    letter = Delivery.objects.get(appeal=cat)
    Delivery.objects.filter(pk=letter.pk).update(state="unknown", tried_at=FRIDAY + DAY)
    ContactPoint.objects.filter(addressee__key="bob").update(health="dead")
    by_hand = Delivery.objects.get(appeal=bob)
    Delivery.objects.filter(pk=by_hand.pk).update(state="handed", channel="letter")
    Task.objects.create(delivery=by_hand, due_at=FRIDAY + 30 * DAY)
    found = [each.need for each in inbox(Scope(mara), FRIDAY + 4 * DAY)]
    assert [need.kind for need in found] == ["answer", "quarantine", "unknown", "address", "task", "commitment"]
    assert [need.stops for need in found] == [True] * 4 + [False] * 2
    assert set(needs.KINDS) - {need.kind for need in found} == {"doubt", "approval", "alarm", "letters"}
    assert {each.need.campaign for each in inbox(Scope(mara, campaign), LATER)} == {campaign}
    assert all(need.choices and need.title and need.since.tzinfo for need in found)


def test_an_answer_is_read_with_one_choice_and_the_one_a_rule_proposes_comes_first(ann, mara):
    response = answered(ann, proposed_kind="acknowledgement", proposed_why="“will see”")
    need = find(Scope(mara), LATER, "answer", str(response.pk)).need
    assert need.guess == "acknowledgement (“will see”)"
    assert (need.choices[0].do, need.choices[0].is_proposed) == ("acknowledgement", True)
    settle(Scope(mara), "answer", need.ref, "acknowledgement", {}, LATER)
    response.refresh_from_db()
    assert (response.kind, response.kind_by, response.read_at) == ("acknowledgement", "Mara", LATER)
    with pytest.raises(IsGone):
        settle(Scope(mara), "answer", need.ref, "refusal", {}, LATER)
    assert kinds(mara) == []


def test_what_is_no_choice_changes_nothing(ann, mara):
    response = answered(ann)
    with pytest.raises(NotSettled):
        settle(Scope(mara), "answer", str(response.pk), "deliver", {}, LATER)
    response.refresh_from_db()
    assert response.read_at is None
    assert not Attention.objects.exists()


def test_a_quarantined_mail_becomes_an_answer_that_somebody_has_to_read(ann, mara):
    incoming = quarantined(ann)
    need = find(Scope(mara), LATER, "quarantine", str(incoming.pk)).need
    assert need.choices[0].said == "Ann"
    assert need.choices[0].about == "0.80: the same domain"
    settle(Scope(mara), "quarantine", need.ref, need.choices[0].do, {}, LATER)
    assert Response.objects.get().appeal == ann
    assert kinds(mara) == ["answer"]


def test_a_flood_is_one_task_and_is_set_aside_together(campaign, ann, mara):
    for number in range(3):
        quarantined(ann, name=str(number), heap="flood of clerk")
    (only,) = inbox(Scope(mara), LATER)
    assert only.need.title.endswith("and 2 more")
    settle(Scope(mara), "quarantine", only.need.ref, "aside spam", {"note": "all the same"}, LATER)
    assert set(Incoming.objects.values_list("state", "aside", "reason")) == {("set aside", "spam", "all the same")}
    assert kinds(mara) == []


@pytest.mark.usefixtures("letters")
@pytest.mark.parametrize(("do", "state"), [("arrived", "delivered"), ("lost", "bounced")])
def test_a_person_says_of_an_unknown_delivery_whether_it_arrived(ann, mara, do, state):
    letter = Delivery.objects.get(appeal=ann)
    Delivery.objects.filter(pk=letter.pk).update(state="unknown")
    settle(Scope(mara), "unknown", str(letter.pk), do, {}, LATER)
    letter.refresh_from_db()
    assert letter.state == state
    assert kinds(mara) == []


def test_a_dead_address_is_mended_by_another_and_a_wrong_one_is_refused(ann, mara):
    point = ann.addressee.contact_points.get()
    ContactPoint.objects.filter(pk=point.pk).update(health="dead")
    for address, sentence in (("ann", "ann"), (point.address, "known already")):
        with pytest.raises(NotSettled, match=sentence) as refused:
            settle(Scope(mara), "address", str(point.pk), "add", {"address": address}, LATER)
        assert refused.value.field == "address"
    settle(Scope(mara), "address", str(point.pk), "add", {"address": "mayor@ann.example"}, LATER)
    assert [p.address for p in ann.addressee.contact_points.all() if p.is_usable] == ["mayor@ann.example"]
    assert kinds(mara) == []


def test_a_dead_address_nobody_can_mend_is_put_aside_with_a_reason(ann, mara):
    point = ann.addressee.contact_points.get()
    ContactPoint.objects.filter(pk=point.pk).update(health="dead")
    with pytest.raises(NotSettled, match="Say why"):
        settle(Scope(mara), "address", str(point.pk), "put-aside", {"aside": " "}, LATER)
    settle(Scope(mara), "address", str(point.pk), "put-aside", {"aside": "They publish no other"}, LATER)
    assert kinds(mara) == []
    assert Attention.objects.get().note == "They publish no other"


def test_a_commitment_is_due_after_its_last_second_and_until_something_is_recorded(campaign, ann, mara):
    demand, until = campaign.demands.get(key="open"), (FRIDAY + DAY).date()
    kept = record_outcome(ann, demand, "committed", until=until, evidence="a call", author="Mia", now=FRIDAY)
    last = datetime(2023, 4, 29, 23, 59, 59, tzinfo=UTC)
    assert kinds(mara, last) == []
    assert kinds(mara, last + timedelta(seconds=1)) == ["commitment"]
    for do, said, field in (("done", {}, "evidence"), ("committed", {"evidence": "x"}, "until")):
        with pytest.raises(NotSettled) as refused:
            settle(Scope(mara), "commitment", str(kept.pk), do, said, last + DAY)
        assert refused.value.field == field
    settle(Scope(mara), "commitment", str(kept.pk), "partly", {"evidence": "https://ann.example"}, last + DAY)
    assert Outcome.objects.last().kind == "partly"
    assert kinds(mara, last + DAY) == []


def test_a_doubted_outcome_waits_until_it_is_recorded_anew_or_holds(campaign, ann, mara, noor):
    demand = campaign.demands.get(key="open")
    outcome = record_outcome(ann, demand, "done", evidence="a call", author="Mara", now=FRIDAY)
    review(outcome, reviewer="Noor", now=FRIDAY, holds=False, note="Nobody else heard it")
    (only,) = inbox(Scope(mara), LATER)
    assert (only.need.kind, only.need.said) == ("doubt", "Nobody else heard it")
    with pytest.raises(NotSettled, match="somebody else must look"):
        settle(Scope(mara), "doubt", only.need.ref, "holds", {}, LATER)
    settle(Scope(noor), "doubt", only.need.ref, "holds", {"note": "They sent it in writing"}, LATER)
    assert kinds(mara) == []
    review(outcome, reviewer="Noor", now=LATER, holds=False, note="It is a draft")
    assert kinds(mara) == ["doubt"]
    record_outcome(ann, demand, "none", evidence="a draft", author="Mara", now=LATER)
    assert kinds(mara) == []


def test_two_people_never_have_the_same_without_knowing(campaign, ann, mara, noor):
    first = answered(ann)
    second = answered(campaign.appeals.get(addressee__key="bob"), received_at=LATER, now=LATER)
    assert take_next(Scope(mara), LATER).ref == str(first.pk)
    assert take_next(Scope(noor), LATER).ref == str(second.pk)
    shown = {each.need.ref: each for each in inbox(Scope(noor), LATER)}
    assert shown[str(first.pk)].attention.name == "Mara"
    assert shown[str(first.pk)].is_with_another(noor)
    with pytest.raises(NotSettled, match="Mara has this since"):
        settle(Scope(noor), "answer", str(first.pk), "refusal", {}, LATER)
    settle(Scope(noor), "answer", str(first.pk), "refusal", {}, LATER, from_another=True)
    assert take_next(Scope(mara), LATER) is None


def test_what_somebody_left_lying_is_free_again(ann, mara, noor):
    key = f"answer:{answered(ann).pk}"
    give_attention(key, mara)
    assert give_attention(key, noor).user == mara
    Attention.objects.update(since=datetime.now(UTC) - KEPT)
    assert take_next(Scope(noor), LATER).key == key
    assert not leave(key, mara)
    assert leave(key, noor)
    assert not Attention.objects.exists()


def test_who_may_not_see_a_campaign_has_an_empty_inbox(ann, mara):
    answered(ann)
    quarantined(ann)
    assert inbox(Scope(User(username="nobody")), LATER) == []


def test_a_paper_letter_is_kept_with_its_scan_and_dated_when_it_came(ann, mara):
    response = tell_by_hand(
        ann, channel="letter", text="No.", by="Mara", now=LATER, received_at=FRIDAY, kind="refusal",
        files=[("scan 1.PDF", PDF)],
    )  # fmt: skip
    assert (response.received_at, response.kind, response.recorded_by) == (FRIDAY, "refusal", "Mara")
    assert response.incoming.door == "hand"
    kept = response.incoming.attachments.get()
    assert (kept.name, kept.media_type, kept.opened()) == ("scan-1.pdf", "application/pdf", PDF)
    assert PDF not in bytes(kept.content)
    assert kinds(mara) == []


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"files": [("a.pdf", b"<html>")]}, "file"),
        ({"files": [("a.pdf", PDF)] * 6}, "file"),
        ({"received_at": LATER + DAY}, "received_at"),
        ({"kind": "friendly"}, "kind"),
    ],
)
def test_what_cannot_be_kept_by_hand_leaves_nothing_behind(ann, changed, field):
    said = {"channel": "phone", "text": "No.", "by": "Mara", "now": LATER, "files": [("a.pdf", PDF)], **changed}
    with pytest.raises(NotRecordable) as refused:
        tell_by_hand(ann, **said)
    assert refused.value.field == field
    assert not Incoming.objects.exists()
    assert not Response.objects.exists()
