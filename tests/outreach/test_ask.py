"""What nobody could say is asked about, as far as the provider can tell."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from django.db import connections

from campaigns.campaign import Campaign
from channels.answer import Delayed, Receipt, Unknown
from channels.fakes.bluesky import Bluesky
from channels.fakes.mastodon import Mastodon
from channels.fakes.x import X
from channels.wire import configured
from outreach.ask import MOST_ASKS, MOST_REPEATS, ask_all, channels_with_questions, record, take_question
from outreach.clock import tick
from outreach.dashboard.scene import Scene
from outreach.dashboard.when import When
from outreach.dashboard.why import why_not
from outreach.delivery import Delivery
from outreach.desk import Desk
from outreach.news import settle_by_person
from outreach.send import drain, wire_of
from outreach.settle import recover
from tests.outreach.wires import Told
from tests.small_campaign import DEADLINE, FRIDAY, SECOND, published

AFTER = DEADLINE + SECOND
REAL = datetime(2026, 1, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
LATER = REAL + 30 * MINUTE


class Knowing(Told):
    """A wire that can tell what became of a message; it goes by the name of one that the clock knows."""

    name = "x"
    can_tell = True

    def reconcile(self, envelopes):
        return self.send(envelopes)


@pytest.fixture
def campaign(db) -> Campaign:
    """A post about ann is unknown: it left at the deadline, and nobody can say whether it arrived."""
    return unknown_post()


def unknown_post(channel: str = "x", state: str = "unknown") -> Campaign:
    campaign = published()
    tick(campaign, FRIDAY)
    Delivery.objects.update(state="delivered", delivered_at=FRIDAY)
    tick(campaign, AFTER)
    Delivery.objects.filter(channel="x", appeal__addressee__key="ann").update(
        channel=channel, wire=channel, state=state, text="Ann has not acted.", attempts=1, reason="lost",
        token="00000000-0000-0000-0000-000000000001", lease_until=REAL,
    )  # fmt: skip
    Delivery.objects.filter(state="due").update(state="cancelled")
    post().events.create(kind="sending", at=AFTER)
    return campaign


def post() -> Delivery:
    return Delivery.objects.get(text="Ann has not acted.")


def asked(answer, real_now: datetime = LATER) -> Knowing:
    """Ask a wire that knows this."""
    wire = Knowing(answer)
    ask_all("x", wire, real_now)
    return wire


def scheduled() -> None:
    """The first question is set, and its time has come."""
    asked(None, LATER - wire_settles())


def wire_settles() -> timedelta:
    return Knowing.settling


def test_nothing_is_asked_before_what_was_on_its_way_has_had_time_to_come_in(campaign):
    assert channels_with_questions(REAL) == ["x"]
    assert asked(Receipt("1"), REAL).envelopes == []
    assert channels_with_questions(REAL + wire_settles() - SECOND) == []
    assert asked(Receipt("1"), REAL + wire_settles() - SECOND).envelopes == []
    assert channels_with_questions(REAL + wire_settles()) == ["x"]
    assert len(asked(Receipt("1"), REAL + wire_settles()).envelopes) == 1


def test_it_is_asked_about_in_the_very_words_that_left_even_if_the_wording_is_another_by_now(campaign):
    scheduled()
    campaign.wordings.update(body="Something else.")
    (envelope,) = asked(Receipt("1")).envelopes
    assert (envelope.text, envelope.key, envelope.written_at) == (post().text, post().key, post().created_at)


def test_what_the_provider_has_is_sent_since_it_left(campaign):
    scheduled()
    asked(Receipt("1", url="https://x.example/1"))
    kept = post()
    assert (kept.state, kept.reference, kept.sent_at, kept.reason) == ("sent", "1", AFTER, "")
    assert kept.events.last().detail == {"how": "x was asked", "reference": "1", "url": "https://x.example/1"}


def test_only_a_proof_that_it_was_not_sent_lets_it_be_sent_again(campaign, monkeypatch):
    scheduled()
    monkeypatch.setattr("outreach.ask.now", lambda: AFTER)
    asked(Delayed("The account's own timeline does not have it"))
    assert (post().state, post().events.last().kind) == ("due", "proven not sent")
    assert AFTER + MINUTE / 2 <= post().due_at <= AFTER + MINUTE
    wire = Told()
    monkeypatch.setattr("outreach.send.wire_of", lambda channel: wire)
    monkeypatch.setattr("outreach.send.now", lambda: AFTER + MINUTE)
    key = post().key
    assert drain("x", bulk=False) == 1
    assert [each.key for each in wire.envelopes] == [key]
    assert Delivery.objects.get(pk=key).state == "delivered"


def test_what_is_still_unknown_is_asked_ever_more_seldom_and_then_left_to_a_person(campaign):
    scheduled()
    real_now, times = LATER, []
    for _ in range(MOST_ASKS + 2):
        if asked(Unknown("the timeline is too long"), real_now).envelopes:
            times.append(real_now)
        real_now = post().ask_at
    gaps = [later - earlier for earlier, later in pairwise(times)]
    assert len(times) == MOST_ASKS
    assert gaps == sorted(set(gaps))
    assert (post().state, channels_with_questions(REAL + timedelta(days=365))) == ("unknown", [])
    assert post().events.filter(kind="asked").count() == MOST_ASKS


def test_a_proof_counts_only_so_often(campaign, monkeypatch):
    for _ in range(MOST_REPEATS):
        post().events.create(kind="proven not sent", at=AFTER)
    scheduled()
    asked(Delayed("not there"))
    assert post().state == "unknown"
    assert post().reason == "It was tried again 3 times and never got out; not there"
    assert channels_with_questions(LATER + timedelta(days=365)) == []


def test_a_person_who_knows_better_meanwhile_is_not_overruled(campaign):
    scheduled()
    delivery = take_question("x", Knowing(), LATER)
    assert settle_by_person(post(), arrived=True, by="Mia", now=AFTER)
    assert not record(delivery, Delayed("not there"), AFTER)
    assert post().state == "delivered"


def test_an_answer_that_comes_after_the_next_question_does_not_count(campaign):
    scheduled()
    slow = take_question("x", Knowing(), LATER)
    assert take_question("x", Knowing(), LATER + timedelta(hours=1))
    assert not record(slow, Delayed("not there"), AFTER)
    assert post().state == "unknown"


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_ask_at_once():
    unknown_post()
    scheduled()
    start = threading.Barrier(4)

    def look(_: int) -> bool:
        try:
            start.wait(10)
            return take_question("x", Knowing(), LATER) is not None
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as workers:
        assert sorted(workers.map(look, range(4))) == [False, False, False, True]


@pytest.mark.parametrize("wire", ["smtp", "sendgrid", "outbox", "person", "webhook"])
def test_who_cannot_tell_is_not_asked(campaign, wire):
    Delivery.objects.update(wire=wire)
    assert channels_with_questions(LATER) == []


def test_another_wire_than_it_went_by_is_not_asked(campaign):
    Delivery.objects.filter(pk=post().pk).update(wire="mastodon")
    asked(None, LATER)
    assert asked(Delayed("not there"), LATER + 60 * MINUTE).envelopes == []
    assert channels_with_questions(LATER + 60 * MINUTE) == []


def test_the_page_says_that_we_ask(campaign):
    scheduled()
    said = why_not(Scene(campaign, AFTER), When("UTC", AFTER))(post())
    assert said == "Lost; we ask X what became of it."


# The real clients, and what the providers know


@pytest.fixture(params=[X, Bluesky, Mastodon])
def provider(request, monkeypatch, settings):
    with request.param() as fake:
        for name, value in getattr(fake, "environment", {}).items():
            monkeypatch.setenv(name, value)
        settings.CHANNELS = {**settings.CHANNELS, fake.name: fake.address}
        monkeypatch.setattr("outreach.send.now", lambda: AFTER + 10 * MINUTE)
        monkeypatch.setattr("outreach.ask.now", lambda: AFTER)
        yield fake
        configured.cache_clear()


def posts(fake) -> int:
    return len(fake.records if isinstance(fake, Bluesky) else fake.posts if isinstance(fake, X) else fake.statuses)


@pytest.mark.django_db
@pytest.mark.parametrize("had_arrived", [True, False])
def test_a_post_left_on_the_wire_by_a_killed_worker_goes_out_exactly_once(provider, had_arrived):
    channel = provider.name
    campaign = unknown_post(channel, "sending")
    Delivery.objects.filter(pk=post().pk).update(created_at=datetime.now(UTC))
    if had_arrived:
        assert isinstance(wire_of(channel).send_one(Desk(campaign).envelope(post())), Receipt)
    assert recover(AFTER, REAL + SECOND) == 1
    wire = wire_of(channel)
    ask_all(channel, wire, REAL)
    ask_all(channel, wire, REAL + wire.settling)
    assert post().state == ("sent" if had_arrived else "due")
    campaign.wordings.filter(name="deadline", channel="x").update(channel=channel)
    drain(channel, bulk=False)
    assert posts(provider) == 1
    assert Delivery.objects.filter(channel=channel, state="sent").count() == 1
