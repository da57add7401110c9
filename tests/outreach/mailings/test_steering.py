"""A mailing goes when it may, waits when it must, and stops when somebody says so."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from campaigns.hold import Hold
from campaigns.mailing import Mailing
from campaigns.segment import Segment, Unsuited
from channels.answer import Receipt
from channels.envelope import Envelope
from outreach.delivery import Delivery
from outreach.evidence.mark import EvidenceMark
from outreach.evidence.sources import facts_of
from outreach.mailings import steering
from outreach.mailings.draft import draft_of, write
from outreach.mailings.sample import sample, send_test
from outreach.mailings.steering import NotAllowed, NotNow, plan
from tests.outreach.dashboard.conftest import member
from tests.outreach.mailings.conftest import DRAFT, OF_THE_SILENT, TUESDAY, act, compose, send, states
from tests.outreach.mailings.test_composing import TWO
from tests.outreach.wires import Told
from tests.small_campaign import DAY, draft

pytestmark = pytest.mark.django_db
UNSUITED: tuple[tuple[dict[str, Any], str], ...] = (
    ({"key": "May Update"}, "key"),
    ({"title": " "}, "title"),
    ({"texts": []}, "texts"),
    ({"texts": [{"en": ("", "Hello")}]}, "texts.a.en"),
    ({"texts": [{"hy": ("Hi", "Hello")}]}, "texts.a"),
    ({"texts": [{"en": ("Hi", "Hello {{ supporter.salary }}")}]}, "texts.a.en"),
    ({"texts": [{"en": ("Hi", "Hello {% for x in %}")}]}, "texts.a.en"),
    ({"texts": [{"en": ("Hi", "Dear {{ addressee.name }}")}]}, "texts.a.en"),
    ({"texts": [{"en": ("Hi", "Hello"), "xx": ("Hi", "Hello")}]}, "texts.a.xx"),
    ({"texts": TWO}, "test_time"),
    ({"texts": TWO, "test_time": DAY, "test_share": 95}, "test_share"),
    ({"test_share": 10}, "test_share"),
    ({"measure": "clicks"}, "measure"),
    ({"above_cap": "anyway"}, "above_cap"),
    ({"expires_after": timedelta(0)}, "expires_after"),
)


def test_it_begins_at_its_time_and_not_before(campaign):
    mailing = plan(write(campaign, DRAFT, "Ann", TUESDAY), TUESDAY + DAY, TUESDAY)
    compose(TUESDAY + DAY - timedelta(seconds=1))
    assert states(mailing) == {}
    compose(TUESDAY + DAY)
    assert states(mailing) == {"due": 6}


def test_it_waits_for_as_many_approvals_as_the_campaign_asks_for_of_what_was_seen(campaign):
    campaign.steps.filter(key="deadline").update(approvers=2)
    mailing = plan(write(campaign, DRAFT, "Ann", TUESDAY), None, TUESDAY)
    vahe, olga = member("approver", "vahe"), member("owner", "olga")
    with pytest.raises(NotAllowed):
        steering.approve(mailing, member("organiser", "ora"), mailing.content(), TUESDAY)
    steering.approve(mailing, vahe, mailing.content(), TUESDAY)
    with pytest.raises(NotNow, match="already"):
        steering.approve(mailing, vahe, mailing.content(), TUESDAY)
    compose()
    assert states(mailing) == {}
    steering.take_back(mailing)
    mailing = plan(write(campaign, replace(DRAFT, segment=OF_THE_SILENT), "Ann", TUESDAY), None, TUESDAY)
    assert mailing.lacking() == 2
    with pytest.raises(NotNow, match="changed"):
        steering.approve(mailing, olga, "what was there before", TUESDAY)
    for user in (vahe, olga):
        steering.approve(mailing, user, mailing.content(), TUESDAY)
    compose()
    assert states(mailing) == {"due": 5}
    with pytest.raises(NotNow, match="too late"):
        steering.take_back_approval(mailing, olga, TUESDAY)


def test_a_hold_on_it_stops_it_between_two_letters_and_nothing_else(begun):
    mailing, other = begun(), begun(key="other")

    def hold_it(envelope: Envelope) -> Receipt:
        if not Hold.objects.exists():
            steering.hold(mailing, "A wrong figure", "Ann", TUESDAY)
        return Receipt("<1@told.example>", proven=True)

    assert send(Told(hold_it)) == 7
    assert states(mailing) == {"delivered": 1, "due": 5}
    assert states(other) == {"delivered": 6}
    Hold.objects.get().lift(TUESDAY, "Ann")
    assert send(Told()) == 5


def test_a_hold_keeps_it_from_being_composed(campaign):
    mailing = plan(write(campaign, DRAFT, "Ann", TUESDAY), None, TUESDAY)
    steering.hold(mailing, "Wait for the minister", "Ann", TUESDAY)
    compose()
    assert states(mailing) == {}
    assert campaign.appeals.exclude(stopped_at=None).count() == 0
    marks = EvidenceMark.objects.filter(kind="hold")
    assert marks.exists()
    assert facts_of(marks) == []


def test_stopped_it_ends_with_the_reason_and_nothing_of_it_leaves_any_more(begun):
    mailing = begun()

    def stop_it(envelope: Envelope) -> Receipt:
        if mailing.stopped_at is None:
            mailing.stopped_at = steering.stop(mailing, "A wrong figure", "Ann", TUESDAY).stopped_at
        return Receipt("<1@told.example>", proven=True)

    assert send(Told(stop_it)) == 1
    assert send(Told()) == 0
    assert states(mailing) == {"delivered": 1, "cancelled": 5}
    reasons = Delivery.objects.filter(state="cancelled").values_list("reason", flat=True)
    assert set(reasons) == {"The mailing was stopped by Ann: A wrong figure"}
    with pytest.raises(NotNow):
        steering.stop(mailing, "Again", "Ann", TUESDAY)


def test_only_a_draft_is_changed_and_its_old_words_are_kept(campaign):
    mailing = write(campaign, replace(DRAFT, texts=TWO, test_time=DAY), "Ann", TUESDAY)
    again = write(campaign, replace(draft_of(mailing), title="Other news", texts=TWO[:1]), "Ann", TUESDAY)
    assert (again.pk, again.title, again.wordings) == (mailing.pk, "Other news", ["mailing-news-a"])
    assert list(mailing.texts.values_list("name", "version", "replaced_at").order_by("name")) == [
        ("mailing-news-a", 1, None),
        ("mailing-news-b", 1, TUESDAY),
    ]
    plan(again, None, TUESDAY)
    with pytest.raises(Unsuited, match="is planned"):
        write(campaign, DRAFT, "Ann", TUESDAY)


def test_what_cannot_be_sent_is_refused_at_its_field_and_changes_nothing(campaign):
    for change, field in UNSUITED:
        with pytest.raises(Unsuited) as refused:
            write(campaign, replace(DRAFT, **change), "Ann", TUESDAY)
        assert refused.value.field == field
    assert not Mailing.objects.exists()
    assert not campaign.wordings.exclude(mailing=None).exists()


def test_of_a_campaign_that_nobody_knows_of_nobody_is_told():
    mailing = write(draft("river"), DRAFT, "Ann", TUESDAY)
    with pytest.raises(NotNow, match="not published"):
        plan(mailing, None, TUESDAY)


def test_a_sample_is_written_as_somebody_in_the_segment_would_read_it(campaign):
    act(campaign, "ann")
    mailing = write(campaign, replace(DRAFT, segment=Segment(representatives=("acted",))), "Ann", TUESDAY)
    shown = sample(mailing, "mailing-news-a", "en", TUESDAY)
    assert shown.subject == "Still closed, Sample Supporter"
    assert "silent are Ann." in shown.text


def test_a_test_goes_to_ones_own_address_and_is_marked_and_counted_nowhere(campaign, monkeypatch):
    wire = Told()
    monkeypatch.setattr("outreach.mailings.sample.wire_of", lambda channel: wire)
    mailing = write(campaign, DRAFT, "Ann", TUESDAY)
    before = Delivery.objects.count()
    said = send_test(mailing, "mailing-news-a", "en", "ann@committee.example", TUESDAY)
    assert said == "The test went to ann@committee.example, over told."
    (letter,) = wire.envelopes
    assert (letter.to, letter.subject) == ("ann@committee.example", "[TEST] Still closed, Sample Supporter")
    assert letter.sender.address == "bridge@committee.example"
    assert Delivery.objects.count() == before
    with pytest.raises(Unsuited):
        send_test(mailing, "mailing-news-a", "en", "ann", TUESDAY)
