"""Each supporter who is meant gets one letter of a mailing, whatever happens while it is written and sent."""

import threading
from contextlib import closing

import pytest
from django.db import connection

from campaigns.lot import lot, parts
from campaigns.mailing import Mailing
from campaigns.segment import Segment
from campaigns.signature import Signature
from campaigns.supporter import Supporter
from outreach.chunk import Chunk
from outreach.delivery import Delivery
from outreach.mailings import composing
from outreach.mailings.draft import write
from outreach.mailings.steering import plan
from outreach.readership import Readers, count
from outreach.unsubscribe import opt_out
from tests.outreach.mailings.conftest import (
    DRAFT,
    OF_THE_SILENT,
    STATE,
    TUESDAY,
    WHERE,
    act,
    compose,
    readers,
    send,
    states,
)
from tests.outreach.wires import Told
from tests.small_campaign import DAY, FRIDAY

pytestmark = pytest.mark.django_db
SEGMENTS = (
    (Segment(), 6),
    (Segment(divisions=(STATE,)), 3),
    (Segment(divisions=("ocd-division/country:xx",)), 4),
    (Segment(countries=("AM",)), 1),
    (Segment(languages=("hy",)), 2),
    (Segment(languages=("hy", "en"), countries=("AM",), divisions=(STATE,)), 1),
    (Segment(joined_from=FRIDAY), 6),
    (Segment(joined_before=FRIDAY), 0),
    (Segment(has_signed=True), 1),
    (Segment(has_signed=False), 5),
    (Segment(has_written=False), 6),
    (Segment(has_written=True), 0),
)
TWO = [{"en": ("One", "Dear {{ supporter.name }}, one.")}, {"en": ("Two", "Dear {{ supporter.name }}, two.")}]


def test_everybody_who_allows_letters_gets_one_with_their_own_name_and_the_silent_named(begun):
    mailing = begun()
    assert mailing.state == "composed"
    assert states(mailing) == {"due": 6}
    wire = Told()
    assert send(wire) == 6
    assert states(mailing) == {"delivered": 6}
    assert {each.subject for each in wire.envelopes} == {f"Still closed, Supporter {number}" for number in range(6)}
    assert all("silent are Ann, Bob and Cat." in each.text for each in wire.envelopes)
    assert all(each.unsubscribe in each.text for each in wire.envelopes)


def test_composing_a_portion_again_writes_nobody_twice(begun):
    mailing = begun()
    Mailing.objects.update(state="composing", written_to=None)
    compose()
    assert states(mailing) == {"due": 6}
    assert sorted(Chunk.objects.values_list("size", flat=True)) == [2, 2, 2]


def test_a_worker_that_dies_between_two_portions_is_followed_by_one_that_goes_on(campaign):
    mailing = plan(write(campaign, DRAFT, "Ann", TUESDAY), None, TUESDAY)
    assert composing.compose_some(TUESDAY)
    assert composing.compose_some(TUESDAY)
    mailing.refresh_from_db()
    assert (mailing.state, sum(states(mailing).values())) == ("composing", 4)
    compose()
    mailing.refresh_from_db()
    assert (mailing.state, mailing.written_to, states(mailing)) == ("composed", mailing.written_to, {"due": 6})


@pytest.mark.django_db(transaction=True)
def test_workers_that_compose_at_the_same_moment_write_each_person_one_letter(campaign):
    mailing = plan(write(campaign, DRAFT, "Ann", TUESDAY), None, TUESDAY)

    def work() -> None:
        with closing(connection):
            for _ in range(6):
                composing.compose_some(TUESDAY)

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    compose()
    letters = Delivery.objects.filter(wave__mailing=mailing)
    assert letters.count() == letters.values("supporter").distinct().count() == 6


def test_who_opts_out_between_composing_and_sending_gets_none(begun):
    mailing = begun()
    person = Supporter.objects.at("supporter3@people.example").get()
    Supporter.objects.filter(pk=Supporter.objects.at("supporter4@people.example").get().pk).update(agreed_at=None)
    opt_out(person, TUESDAY)
    wire = Told()
    assert send(wire) == 4
    assert states(mailing) == {"delivered": 4, "suppressed": 2}
    assert set(Delivery.objects.filter(state="suppressed").values_list("reason", flat=True)) == {"Opted out"}


def test_it_goes_to_whose_representative_is_silent_when_it_is_composed(campaign, begun):
    act(campaign, "ann")
    act(campaign, "bob", "refused")
    assert readers(begun(segment=OF_THE_SILENT)) == {WHERE["cat"]}
    acted_or_refused = Segment(representatives=("acted", "refused"))
    assert readers(begun(key="others", segment=acted_or_refused)) == {f"{STATE}/cd:1", f"{STATE}/cd:2", WHERE["bob"]}
    act(campaign, "cat", "committed", until=(TUESDAY + 3 * DAY).date())
    assert readers(begun(key="later", segment=Segment(representatives=("committed",)))) == {WHERE["cat"]}
    broken = Segment(representatives=("broken",))
    assert readers(begun(key="broken", at=TUESDAY + 5 * DAY, segment=broken)) == {WHERE["cat"]}


def test_whose_representative_acts_before_it_is_sent_gets_none_and_the_others_read_of_their_own_only(campaign, begun):
    mailing = begun(segment=OF_THE_SILENT)
    assert states(mailing) == {"due": 5}
    act(campaign, "ann")
    wire = Told()
    assert send(wire) == 2
    assert states(mailing) == {"delivered": 2, "suppressed": 3}
    reasons = Delivery.objects.filter(state="suppressed").values_list("reason", flat=True)
    assert set(reasons) == {"Their own representatives stand otherwise by now"}
    assert sorted(each.text.split(".")[0] for each in wire.envelopes) == [
        "Dear Supporter 2, silent are Bob",
        "Dear Supporter 3, silent are Cat",
    ]


def test_a_segment_counts_who_is_in_it(campaign):
    first = campaign.supporters.filter(division=f"{STATE}/cd:1").first()
    campaign.supporters.filter(pk=first.pk).update(country="AM", language="hy")
    campaign.supporters.filter(division="").update(language="hy")
    Signature.objects.create(supporter=first, campaign=campaign, state="confirmed", signed_at=FRIDAY)
    for segment, number in SEGMENTS:
        divisions = segment.within(campaign.supporters.by_division(), None)
        assert count(campaign.pk, Readers(segment, divisions)) == number, segment.sentence()


def test_of_two_wordings_each_gets_the_one_their_lot_says(begun):
    mailing = begun(texts=TWO, test_time=DAY)
    first, second = parts(1.0, 2)
    for delivery in Delivery.objects.filter(wave__mailing=mailing):
        assert delivery.supporter is not None
        drawn = lot(mailing.pk, delivery.supporter.pk)
        low, high = first if delivery.wording_name == "mailing-news-a" else second
        assert low <= drawn < high
    assert sum(states(mailing).values()) == 6


def test_it_leaves_in_the_hours_of_the_campaign_spread_as_it_says_and_expires_when_it_could_not(campaign, begun):
    campaign.sending = {"supporters": {"hours": ["12:00", "18:00"], "spread": 4 * 3600}}
    campaign.save()
    mailing = begun(expires_after=DAY)
    letters = Delivery.objects.filter(wave__mailing=mailing)
    noon = TUESDAY.replace(hour=12)
    assert all(noon <= each.due_at <= noon + DAY / 6 for each in letters)
    assert letters.values("due_at").distinct().count() > 1
    assert {each.expires_at for each in letters} == {TUESDAY + DAY}
    assert send(Told()) == 0
