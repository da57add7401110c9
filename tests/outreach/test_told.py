"""What SendGrid tells us, from its webhook to what is known of a letter."""

import json
import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.db import connections
from django.test import Client

from campaigns.addressee import ContactPoint
from campaigns.appeal import Appeal
from campaigns.campaign import Campaign
from campaigns.supporter import Supporter
from channels.domain import ascii_domain
from channels.fakes.sendgrid import SendGrid
from channels.fakes.sendgrid_events import Bell, events_of
from channels.fakes.sendgrid_mail import Mail
from channels.news import News
from channels.sendgrid_news import news_of
from outreach import listen
from outreach.brake import pull_brakes
from outreach.bulletin import Bulletin
from outreach.clock import tick
from outreach.delivery import Delivery
from outreach.event import Event
from outreach.fate import fate
from outreach.fold import fold
from outreach.hear import KEPT, READERS, has_news, hear, read_bulletins
from outreach.listen import MOST_BYTES
from outreach.report import Report
from outreach.send import drain
from outreach.spike import Brakes
from outreach.suppression import suppress, suppressed
from tests.small_campaign import DEADLINE, FRIDAY, published, supporters

PATH = "/events/sendgrid"
BELL = Bell()
TOLD_AT = int(FRIDAY.timestamp())
A_MAIL = Mail("", "", "", "", "", "", "", "", {}, {}, (), "m")
Tell = Callable[..., None]


@pytest.fixture
def campaign(db) -> Campaign:
    """Three letters are with SendGrid, sent by the moment of publication."""
    campaign = published()
    tick(campaign, FRIDAY)
    Delivery.objects.update(state="sent", wire="sendgrid", sent_at=FRIDAY, reference="<1@bridge.example>")
    return campaign


@pytest.fixture
def post(settings, client) -> Callable[..., int]:
    """Post a body, signed as SendGrid signs; the status of the answer."""
    settings.SENDGRID_EVENTS_KEYS = [BELL.public_key]

    def signed(body: bytes, **changes) -> int:
        said = {**BELL.signed(body), **changes}
        kind = said.pop("Content-Type")
        return client.post(PATH, body, content_type=kind, headers=said).status_code

    return signed


@pytest.fixture
def tell(post) -> Tell:
    """Tell events and let them count."""

    def told(*events: dict) -> None:
        assert post(json.dumps(events).encode()) == 204
        hear()

    return told


class BrokenOff(BytesIO):
    """A connection that ends in the middle of a body."""

    def read(self, *_: int) -> bytes:
        raise OSError("the client hung up")

    def seekable(self) -> bool:
        return False


def letter(key: str = "ann") -> Delivery:
    return Delivery.objects.get(addressee__key=key)


def event(delivery: Delivery, *kinds: str, **more) -> list[dict]:
    """What SendGrid tells of a letter: one event of each kind, a second apart."""
    to = delivery.supporter.email if delivery.supporter else delivery.contact_point.address
    mail = replace(A_MAIL, to=to, custom_args={"outreach_key": delivery.key})
    return [{**each, **more} for each in events_of(mail, kinds, TOLD_AT)]


def kinds_of(delivery: Delivery) -> list[str]:
    return list(delivery.events.values_list("kind", flat=True))


# The door


@pytest.mark.django_db
def test_a_post_is_kept_byte_for_byte_sealed_and_answered_before_it_is_read(campaign, post):
    body = json.dumps(event(letter(), "delivered"), indent=3).encode()
    assert post(body) == 204
    kept = Bulletin.objects.get()
    assert kept.content() == body
    assert b"ann" not in bytes(kept.body)
    assert (kept.read_at, letter().state) == (None, "sent")
    assert has_news()


@pytest.mark.django_db
def test_what_is_not_signed_by_sendgrid_is_refused_and_leaves_no_trace(post, settings):
    body = b"[]"
    assert post(body, **{"X-Twilio-Email-Event-Webhook-Signature": "bm8="}) == 403
    assert post(b"[{}]", **BELL.signed(body)) == 403
    settings.SENDGRID_EVENTS_KEYS = [Bell().public_key]
    assert post(body) == 403
    settings.SENDGRID_EVENTS_KEYS = []
    assert post(body) == 403
    assert not Bulletin.objects.exists()


@pytest.mark.django_db
def test_both_keys_are_good_while_one_takes_the_others_place(post, settings):
    settings.SENDGRID_EVENTS_KEYS = [Bell().public_key, BELL.public_key]
    assert post(b"[]") == 204


@pytest.mark.django_db
def test_what_is_too_large_is_refused_unread(post, rf):
    assert post(b" " * (MOST_BYTES + 1)) == 413
    heavy = rf.generic("POST", PATH, b"", CONTENT_LENGTH=str(100 * 1024 * 1024))
    heavy.read = heavy.readline = None  # whoever read it would fail
    assert listen.sendgrid(heavy).status_code == 413


@pytest.mark.django_db
def test_a_body_that_breaks_off_is_refused_and_leaves_no_trace(post, rf, settings):
    body = json.dumps([{"event": "delivered", "sg_event_id": "1"}]).encode()
    said = BELL.signed(body)
    assert post(body[:20], **said) == 403
    broken = rf.generic("POST", PATH, body, headers=said)
    broken._stream = BrokenOff()
    assert listen.sendgrid(broken).status_code == 400
    assert listen.sendgrid(rf.generic("POST", PATH, body, CONTENT_LENGTH="much")).status_code == 400
    assert not Bulletin.objects.exists()


@pytest.mark.django_db
def test_a_body_that_is_played_again_is_kept_once_and_too_old_a_recording_not_at_all(campaign, post):
    body = json.dumps(event(letter(), "delivered")).encode()
    assert [post(body), post(body)] == [204, 204]
    hear()
    assert (post(body), Bulletin.objects.count(), has_news()) == (204, 1, False)
    long_ago = BELL.signed(body, int((datetime.now(UTC) - timedelta(days=4)).timestamp()))
    assert post(body, **long_ago) == 403


def test_looking_at_the_door_is_not_allowed(client):
    assert client.get(PATH).status_code == 405


@pytest.mark.django_db
def test_a_program_needs_no_cookie(settings):
    settings.SENDGRID_EVENTS_KEYS = [BELL.public_key]
    client, said = Client(enforce_csrf_checks=True), BELL.signed(b"[]")
    answer = client.post(PATH, b"[]", content_type="application/json", headers=said)
    assert (answer.status_code, len(answer.cookies)) == (204, 0)


# What it means for a letter


def test_the_first_delivered_proves_the_delivery(campaign, tell):
    tell(*event(letter(), "processed", "delivered"))
    kept = letter()
    assert (kept.state, kept.delivered_at, kept.sent_at) == ("delivered", FRIDAY + timedelta(seconds=1), FRIDAY)
    assert kinds_of(kept)[-1:] == ["delivered"]
    assert letter("bob").state == "sent"


def test_a_late_bounce_is_stronger_and_an_office_that_is_not_there_is_marked(campaign, tell):
    tell(*event(letter(), "delivered"))
    tell(*event(letter(), "bounce"))
    kept = letter()
    assert (kept.state, kept.reason, kept.delivered_at) == ("bounced", "550 5.1.1 No such user", None)
    assert kept.contact_point.health == ContactPoint.Health.DEAD
    assert suppressed("email", [kept.contact_point.address]) == {}


def test_a_delivered_after_a_bounce_changes_nothing(campaign, tell):
    tell(*event(letter(), "bounce"))
    before = letter()
    tell(*event(letter(), "delivered"))
    assert (letter().state, letter().delivered_at, letter().reason) == ("bounced", None, before.reason)


@pytest.mark.parametrize(("code", "failures"), [("5.7.1", 0), ("5.2.2", 1)])
def test_a_block_says_of_the_address_no_more_than_its_code(campaign, tell, code, failures):
    tell(*event(letter(), "blocked", status=code))
    point = letter().contact_point
    assert (letter().state, point.health, point.failures) == ("bounced", "good", failures)


def test_a_proof_heals_the_address(campaign, tell):
    ContactPoint.objects.update(failures=2)
    tell(*event(letter(), "delivered"))
    assert letter().contact_point.failures == 0
    assert letter("bob").contact_point.failures == 2


def test_what_sendgrid_dropped_is_refused_with_the_reason(campaign, tell):
    tell(*event(letter(), "processed", "dropped"))
    assert (letter().state, letter().reason) == ("refused", "Bounced Address")
    assert letter().contact_point.health == ContactPoint.Health.DEAD


def test_deferred_is_noted_and_changes_no_state(campaign, tell):
    tell(*event(letter(), "deferred"))
    assert letter().state == "sent"
    assert kinds_of(letter())[-1:] == ["deferred"]
    assert letter().events.last().detail["reason"] == "451 4.7.1 Greylisted"


def test_opens_and_clicks_are_kept_and_say_nothing(campaign, tell):
    before = kinds_of(letter())
    tell(*event(letter(), "open", "click"))
    assert (letter().state, kinds_of(letter())) == ("sent", before)
    assert Report.objects.count() == 2


def test_the_first_proof_a_provider_tells_starts_the_clock_where_the_campaign_counts_from_it(db, post):
    """A deferral, an open and what was only taken start nothing; a later proof moves nothing."""
    campaign = published(clock="delivery")
    tick(campaign, FRIDAY)
    Delivery.objects.update(state="sent", wire="sendgrid", sent_at=FRIDAY)

    def due_after(*told: dict) -> datetime | None:
        assert post(json.dumps(told).encode()) == 204
        hear()
        tick(campaign, FRIDAY + timedelta(hours=1))
        return Appeal.objects.get(addressee__key="ann").due_at

    assert due_after(*event(letter(), "processed", "deferred", "open", "click")) is None
    proof = event(letter(), "delivered")
    assert due_after(*proof) == DEADLINE
    assert due_after(*event(letter(), "delivered", timestamp=TOLD_AT + 1800)) == DEADLINE


def test_what_a_program_opened_is_marked_as_such(campaign, tell):
    tell(*event(letter(), "open", sg_machine_open=True), *event(letter(), "open"), *event(letter(), "delivered"))
    flags = Report.objects.values_list("said", "is_machine")
    assert sorted(flags) == [("delivered", False), ("open", False), ("open", True)]


def test_what_was_unknown_is_settled_by_what_sendgrid_tells(campaign, tell):
    Delivery.objects.update(state="unknown", reason="lost", sent_at=None)
    tell(*event(letter("ann"), "processed"), *event(letter("bob"), "delivered"))
    assert (letter("ann").state, letter("ann").reason, letter("ann").sent_at) == ("sent", "", FRIDAY)
    assert letter("bob").state == "delivered"
    assert letter("cat").state == "unknown"


def test_what_was_delayed_and_has_arrived_all_the_same_is_not_sent_again(campaign, tell):
    Delivery.objects.update(state="delayed", due_at=FRIDAY)
    tell(*event(letter(), "delivered"))
    assert not Delivery.objects.due(FRIDAY).filter(addressee__key="ann").exists()


def test_news_of_a_letter_on_the_wire_waits_for_the_wires_own_answer(campaign, tell):
    Delivery.objects.update(state="sending")
    tell(*event(letter(), "delivered"))
    assert letter().state == "sending"
    assert has_news()
    Delivery.objects.update(state="sent", reference="<1@a.example>")
    hear()
    assert (letter().state, letter().reference) == ("delivered", "<1@a.example>")
    assert not has_news()


@pytest.mark.parametrize("state", ["planned", "suppressed", "expired", "cancelled"])
def test_news_never_brings_back_what_was_not_to_be_sent(campaign, tell, state):
    Delivery.objects.update(state=state)
    tell(*event(letter(), "delivered", "bounce"))
    assert letter().state == state


def test_a_complaint_is_told_in_the_letters_story_and_the_address_is_never_used_again(campaign, tell):
    tell(*event(letter(), "delivered", "spamreport"))
    assert letter().state == "delivered"
    assert kinds_of(letter())[-1:] == ["complaint"]
    assert suppressed("email", ["Ann@offices.example"]) == {"Ann@offices.example": "Called a message spam"}


@pytest.mark.parametrize("kind", ["bounce", "dropped"])
def test_too_many_dead_addresses_pull_the_brake(campaign, tell, settings, kind):
    settings.BRAKES = Brakes(letters=3)
    tell(*event(letter(), kind))
    assert [hold.channel for hold in pull_brakes(FRIDAY + timedelta(hours=1))] == ["email"]


# People


@pytest.fixture
def anna(campaign) -> Supporter:
    """A supporter with a letter of her own."""
    (anna,) = supporters(campaign, 1)
    first = letter()
    Delivery.objects.create(
        campaign=campaign, step=first.step, wave=first.wave, audience="supporters", channel="email", state="sent",
        recipient=str(anna.pk), supporter=anna, due_at=FRIDAY, created_at=FRIDAY, sent_at=FRIDAY, wire="sendgrid",
    )  # fmt: skip
    return anna


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("unsubscribe", "Wants no more messages"),
        ("group_unsubscribe", "Wants no more messages"),
        ("spamreport", "Called a message spam"),
        ("bounce", "Nobody is to be found at this address"),
    ],
)
def test_a_supporter_who_left_or_is_not_there_is_never_written_to_again(anna, tell, kind, reason):
    tell(*event(anna.deliveries.get(), kind))
    anna.refresh_from_db()
    assert suppressed("email", [anna.email]) == {anna.email: reason}
    assert (anna.opted_out_at is None) == (kind == "bounce")


def test_who_came_back_is_not_taken_out_again_by_old_news(anna, tell):
    told = event(anna.deliveries.get(), "unsubscribe", "open")
    tell(told[0])
    anna.refresh_from_db()
    anna.opt_in_again()
    tell(*told)
    anna.refresh_from_db()
    assert anna.opted_out_at is None


def test_one_address_is_one_however_it_is_spelt(db):
    suppress("email", "Anna@Բարև.example", "Opted out", FRIDAY)
    spelt = ["anna@բարև.example", f"ANNA@{ascii_domain('բարև.example')}", "anna@other.example"]
    assert set(suppressed("email", spelt)) == set(spelt[:2])


FATES = ("processed", "deferred", "delivered", "open", "bounce", "blocked", "dropped", "teleported")


@pytest.mark.parametrize("seed", range(3))
def test_letters_to_many_end_as_all_that_was_told_of_each_says_in_whatever_order_it_came(campaign, post, seed):
    """Whatever counts as it is kept must end where everything told at once would have ended."""
    chance, first = random.Random(seed), letter()
    letters = Delivery.objects.bulk_create(
        Delivery(
            campaign=campaign, step=first.step, wave=first.wave, audience="supporters", channel="email",
            state=chance.choice(["sent", "unknown"]), recipient=str(each.pk), supporter=each, due_at=FRIDAY,
            created_at=FRIDAY, sent_at=FRIDAY, wire="sendgrid",
        )
        for each in supporters(campaign, 60)
    )  # fmt: skip
    told = {each.pk: event(each, *chance.sample(FATES, chance.randint(1, 5))) for each in letters}
    for each in (one for events in told.values() for one in events):
        each["timestamp"] += chance.randint(-100, 100)
    storm = [each for events in told.values() for each in events] * 3
    chance.shuffle(storm)
    while storm:
        some, storm = storm[:90], storm[90:]
        assert post(json.dumps(some).encode()) == 204
        if chance.random() < 0.4:
            hear()
    hear()
    for before in letters:
        known = fate(news_of(json.dumps(told[before.pk]).encode(), datetime.now(UTC)))
        after = Delivery.objects.get(pk=before.pk)
        assert after.state == (known.state or before.state)
        assert after.delivered_at == (known.at if known.state == "delivered" else None)
        assert after.sent_at == min(FRIDAY, known.sent_at or FRIDAY)
        assert after.reason == known.reason
        assert kinds_of(after).count("delivered") <= 1
    assert not has_news()


def test_good_news_of_many_counts_in_a_few_statements_as_it_is_kept(anna, post, django_assert_max_num_queries):
    post(json.dumps(event(anna.deliveries.get(), "processed", "delivered", "open")).encode())
    with django_assert_max_num_queries(14):
        read_bulletins()
    assert (anna.deliveries.get().state, has_news()) == ("delivered", False)


# Oddities


def test_news_of_nothing_we_know_is_kept_and_shown_as_such(campaign, tell, caplog):
    tell(
        {"event": "account_status_change", "sg_event_id": "1", "type": "compliance_suspend"},
        {"event": "delivered", "sg_event_id": "2", "outreach_key": uuid4().hex},
        {"event": "delivered", "sg_event_id": "3", "outreach_key": "robert'); drop table"},
    )
    loose = Report.objects.filter(is_ours=False)
    assert sorted(loose.values_list("said", flat=True)) == ["account_status_change", "delivered", "delivered"]
    assert not has_news()


def test_a_kind_nobody_has_heard_of_stands_in_the_letters_story(campaign, tell):
    tell(*event(letter(), "teleported", reason="to\x00 the moon \ud83d"))
    assert letter().state == "sent"
    told = letter().events.last()
    assert (told.kind, told.detail["said"], told.detail["reason"]) == ("told", "teleported", "to the moon ")


@pytest.mark.parametrize("body", [b"{}", b"not json", b"\xff\xfe", b"[" * 50_000])
def test_a_bulletin_that_makes_no_sense_is_put_aside_and_stops_no_other(campaign, post, tell, body):
    post(body)
    tell(*event(letter(), "delivered"))
    assert letter().state == "delivered"
    assert Bulletin.objects.get(problem__gt="").read_at


def test_a_bulletin_is_not_kept_for_longer_than_it_is_of_use(campaign, tell):
    tell(*event(letter(), "delivered"))
    assert Bulletin.objects.exists()
    Bulletin.objects.update(read_at=datetime.now(UTC) - KEPT - timedelta(seconds=1))
    read_bulletins()
    assert not Bulletin.objects.exists()
    assert Report.objects.exists()


def test_what_could_not_be_read_is_kept_for_a_person_and_read_when_it_comes_again(campaign, post, settings):
    body = json.dumps(event(letter(), "delivered")).encode()
    settings.SECRET_KEY = "one that got lost"
    post(body)
    settings.SECRET_KEY = "another"
    hear()
    Bulletin.objects.update(read_at=datetime.now(UTC) - KEPT - timedelta(days=1))
    read_bulletins()
    assert Bulletin.objects.get().problem == "it was sealed with a SECRET_KEY that is gone"
    post(body)
    hear()
    assert (Bulletin.objects.get().problem, letter().state) == ("", "delivered")


def test_what_no_database_can_hold_is_put_aside_alone(campaign, post, tell, monkeypatch):
    def read(body: bytes, at: datetime) -> list[News]:
        told = news_of(body, at)
        return [replace(each, code="x" * 99) if each.said == "teleported" else each for each in told]

    monkeypatch.setitem(READERS, "sendgrid", read)
    post(json.dumps(event(letter("bob"), "teleported")).encode())
    tell(*event(letter(), "delivered"))
    assert (letter().state, Bulletin.objects.exclude(problem="").count(), has_news()) == ("delivered", 1, False)


def test_on_a_virtual_clock_news_happens_now(campaign, tell, monkeypatch):
    monkeypatch.setenv("OUTREACH_TIME", f"{FRIDAY.isoformat()} {datetime.now(UTC).timestamp()} 1")
    tell(*event(letter(), "delivered", timestamp=int(datetime.now(UTC).timestamp())))
    assert letter().delivered_at - FRIDAY < timedelta(minutes=1)


def test_folding_again_changes_nothing_and_many_are_folded_in_a_few_statements(
    campaign, tell, django_assert_max_num_queries, monkeypatch
):
    for key in ("ann", "bob", "cat"):
        tell(*event(letter(key), "processed", "deferred", "delivered"))
    before = list(Event.objects.values_list("pk", flat=True))
    Report.objects.update(folded_at=None)
    with django_assert_max_num_queries(20):
        assert fold(FRIDAY) == 9
    noted = Event.objects.exclude(pk__in=before).values_list("kind", flat=True)
    assert set(noted) == {"deferred"}  # what is noted again here was marked as new by this test
    assert set(Delivery.objects.values_list("state", flat=True)) == {"delivered"}


# The storm


@pytest.mark.django_db(transaction=True)
def test_several_workers_read_the_same_news_at_once_and_each_counts_once(settings, client):
    settings.SENDGRID_EVENTS_KEYS = [BELL.public_key]
    tick(published(), FRIDAY)
    Delivery.objects.update(state="sent")
    told = [each for one in Delivery.objects.all() for each in event(one, "processed", "delivered", "open", "deferred")]
    for seed in range(12):
        random.Random(seed).shuffle(told)
        body = json.dumps(told).encode()
        assert client.post(PATH, body, content_type="application/json", headers=BELL.signed(body)).status_code == 204

    def work(_: int) -> None:
        try:
            hear()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as workers:
        list(workers.map(work, range(4)))
    hear()
    assert (Report.objects.count(), Bulletin.objects.filter(read_at=None).count(), has_news()) == (12, 0, False)
    assert set(Delivery.objects.values_list("state", flat=True)) == {"delivered"}
    assert kinds_of(letter()).count("delivered") == kinds_of(letter()).count("deferred") == 1


@pytest.mark.django_db(transaction=True)
def test_a_storm_of_events_over_the_real_door_leaves_what_each_told_once_leaves(live_server, settings, monkeypatch):
    """Every kind of event 46 times, in random order, in posts that are read in between."""
    with SendGrid() as sendgrid:
        settings.CHANNELS = {**settings.CHANNELS, "email": sendgrid.address}
        settings.SENDGRID_EVENTS_KEYS = [sendgrid.bell.public_key]
        monkeypatch.setattr("outreach.send.now", lambda: FRIDAY)
        tick(published(), FRIDAY)
        assert drain("email", bulk=False) == 3
        everything = ("processed", "deferred", "delivered", "open", "click", "group_resubscribe", "teleported")
        sendgrid.fate("ann@offices.example", *everything, "bounce", "dropped", "spamreport", "unsubscribe", "blocked")
        sendgrid.fate("bob@offices.example", *everything, "dropped")
        sendgrid.fate("cat@offices.example", *everything)
        told = [{**each, "timestamp": each["timestamp"] - 3600} for each in sendgrid.untold()]
        url, chance = f"{live_server.url}{PATH}", random.Random(8058)
        storm = [each for each in told for _ in range(46)]
        chance.shuffle(storm)
        for start in range(0, len(storm), 200):
            assert sendgrid.bell.ring(url, storm[start : start + 200], together=200) == [204]
            if chance.random() < 0.5:
                hear()
        hear()
    fates = {each.addressee.key: each for each in Delivery.objects.select_related("addressee", "contact_point")}
    assert [fates[key].state for key in ("ann", "bob", "cat")] == ["bounced", "delivered", "delivered"]
    assert fates["ann"].reason == "550 5.1.1 No such user"
    assert fates["bob"].delivered_at == fates["cat"].delivered_at == datetime.fromtimestamp(told[2]["timestamp"], UTC)
    assert Report.objects.count() == len(told)
    assert kinds_of(fates["ann"]).count("complaint") == kinds_of(fates["cat"]).count("deferred") == 1
    assert not has_news()
