"""Letters to supporters go in chunks: what is written down about each is what happened, whatever comes between."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from campaigns.campaign import Campaign
from campaigns.hold import Hold
from campaigns.messages import Message
from campaigns.outcome import record_outcome
from campaigns.supporter import Supporter
from campaigns.wave import Turn, Wave
from campaigns.wording import Wording
from channels.answer import Answer, Delayed, Receipt, Refused, Unknown
from channels.email import EMAIL
from channels.envelope import Envelope
from channels.fakes.smtp_sink import SmtpSink
from channels.news import Kind, News
from channels.rate import Rate
from channels.smtp import Smtp
from channels.wire import Wire
from outreach import journal
from outreach.bucket import Taken
from outreach.bulk import drain_chunks
from outreach.chunk import Chunk
from outreach.chunk_claim import claim_chunk
from outreach.chunk_fold import MOST_CLAIMS, fold_done, is_behind, recover_chunks
from outreach.claim import LEASE, claim
from outreach.convoy import Convoy
from outreach.delivery import Delivery
from outreach.event import Event
from outreach.fate import Told as Known
from outreach.fate import fate
from outreach.ledger import settle_deliveries
from outreach.readership import to_supporters
from outreach.suppression import suppress
from outreach.unsubscribe import opt_out
from outreach.window import Intended, intend
from tests.outreach.wires import Told
from tests.small_campaign import DAY, DEADLINE, FRIDAY, SECOND, published, supporters

pytestmark = pytest.mark.django_db
AT = DEADLINE + SECOND + DAY
REAL = FRIDAY + 1000 * DAY
LATER = REAL + LEASE + SECOND
PEOPLE = 7
TO_ALL = Message("supporters", "email", "supporters", None, ())


def one(email: str) -> Supporter:
    return Supporter.objects.at(email).get()


def change(whom: str, **fields: str) -> None:
    person = one(whom)
    for field, value in fields.items():
        setattr(person, field, value)
    person.save()


@pytest.fixture
def campaign(monkeypatch) -> Campaign:
    """At the step that writes to seven supporters, in chunks of three."""
    monkeypatch.setattr("outreach.readership.SIZE", 3)
    monkeypatch.setattr("outreach.bulk.now", lambda: AT)
    monkeypatch.setattr("outreach.convoy.now", lambda: AT)
    campaign = published()
    supporters(campaign, PEOPLE)
    step = campaign.steps.get(key="supporters")
    wave = Wave.objects.create(campaign=campaign, step=step, at=AT)
    for appeal in campaign.appeals.all():
        Turn.objects.create(appeal=appeal, wave=wave, step=step, kind="escalation", at=AT, due_at=AT + DAY)
    to_supporters(wave, TO_ALL, AT)
    return campaign


def theirs() -> "Counter[str]":
    return Counter(Delivery.objects.filter(audience="supporters").values_list("state", flat=True))


def send(wire: Wire) -> int:
    return drain_chunks("email", wire, lambda: True)


def begin(places: int, real: datetime = REAL) -> Chunk:
    """A worker claims a chunk, intends some places, and is never seen again."""
    claimed = claim_chunk("email", AT, real)
    assert claimed
    if places:
        assert intend(claimed, claimed.readers[:places], places, [], AT, real).is_ours
    return claimed.chunk


def test_supporters_are_written_to_in_chunks_each_once(campaign):
    wire = Told()
    assert list(Chunk.objects.values_list("size", flat=True)) == [3, 3, 1]
    assert send(wire) == PEOPLE
    assert theirs() == {"delivered": PEOPLE}
    assert len({each.to for each in wire.envelopes}) == PEOPLE
    assert set(Chunk.objects.values_list("state", flat=True)) == {"folded"}
    assert send(wire) == 0


def test_composing_again_writes_only_to_who_has_come_since(campaign):
    wave = Wave.objects.get(chunks__number=0)
    to_supporters(wave, TO_ALL, AT)
    assert theirs() == {"due": PEOPLE}
    Supporter.objects.create(
        campaign=campaign, name="Late", email="late@people.example", language="en", joined_at=AT, agreed_at=AT
    )
    to_supporters(wave, TO_ALL, AT)
    assert theirs() == {"due": PEOPLE + 1}
    assert sorted(Chunk.objects.values_list("number", "size")) == [(0, 3), (1, 3), (2, 1), (3, 1)]


def test_what_a_supporter_got_can_be_shown_word_for_word(campaign):
    wire = Told()
    send(wire)
    for envelope in wire.envelopes:
        delivery = Delivery.objects.get(pk=envelope.key)
        assert (delivery.words.subject, delivery.words.text, delivery.words.html) == (
            envelope.subject,
            envelope.text,
            envelope.html,
        )
        assert delivery.wording == Wording.objects.get(name="supporters")
    assert delivery.sheet
    assert not delivery.text


def test_each_answer_becomes_the_state_of_its_delivery_and_an_event(campaign):
    answers: list[Answer] = [
        Receipt("<1@told.example>", detail="250 taken"),
        Refused("No such mailbox", "5.1.1"),
        Delayed("Busy"),
        Unknown("Lost"),
    ]
    given = iter(answers)
    send(Told(lambda envelope: next(given, Receipt("<x@told.example>"))))
    refused = Delivery.objects.get(state="refused")
    assert (refused.reference, refused.events.get().detail) == (
        "",
        {"wire": "told", "code": "5.1.1", "reason": "No such mailbox"},
    )
    assert theirs() == {"sent": 4, "refused": 1, "delayed": 1, "unknown": 1}
    sent = Delivery.objects.get(reference="<1@told.example>")
    assert (sent.wire, sent.attempts, sent.sent_at, sent.reason) == ("told", 1, AT, "")
    assert [(e.kind, e.detail) for e in sent.events.all()] == [
        ("sent", {"wire": "told", "reference": "<1@told.example>", "detail": "250 taken"})
    ]
    assert Delivery.objects.get(state="refused").reason == "No such mailbox"
    assert Delivery.objects.get(state="unknown").reason == "Lost"


def test_what_was_delayed_leaves_its_chunk_and_is_tried_again_by_itself(campaign):
    given: Iterator[Answer] = iter([Delayed("Busy", timedelta(minutes=3))])
    send(Told(lambda envelope: next(given, Receipt("<x@told.example>"))))
    delayed = Delivery.objects.get(state="delayed")
    assert (delayed.chunk, delayed.attempts, delayed.due_at) == (None, 1, AT + timedelta(minutes=3))
    assert claim("email", AT + timedelta(minutes=4), REAL, bulk=True, limit=9) == [delayed]


def test_a_supporter_who_left_after_the_chunk_was_claimed_gets_nothing(campaign):
    convoy = Convoy("email", Told(), lambda: True, window=1)
    first = convoy.next([])
    assert first
    left = Delivery.objects.get(chunk=first.chunk, place=1).supporter
    assert left
    opt_out(left, AT)
    second = convoy.next([journal.line(first.chunk.pk, 0, None, "told", Receipt("<1@t.example>"), AT)])
    assert second
    third = convoy.next([])
    assert third
    assert left.pk not in {reader.supporter for batch in (second, third) for reader in batch.readers}
    rest = [(batch.chunk.pk, reader.place) for batch in (second, third) for reader in batch.readers]
    convoy.end([journal.line(chunk, place, None, "told", Delayed("Busy"), AT) for chunk, place in rest])
    fold_done(AT)
    assert Delivery.objects.get(supporter=left).state == "suppressed"


def test_a_suppressed_address_is_left_out_with_the_reason(campaign):
    suppress("email", "supporter3@people.example", "Complained", AT)
    assert send(Told()) == PEOPLE - 1
    left_out = Delivery.objects.get(supporter=one("supporter3@people.example"))
    assert (left_out.state, left_out.reason) == ("suppressed", "Complained")


def test_a_hold_stops_a_chunk_between_two_windows_and_the_rest_goes_when_it_is_lifted(campaign):
    def hold(envelope: Envelope) -> Answer:
        if not Hold.objects.exists():
            Hold.objects.place(campaign=campaign, reason="A mistake in the letter", author="Ann", now=AT)
        return Receipt("<1@told.example>")

    assert send(Told(hold)) == 1
    assert Chunk.objects.filter(intended=1).count() == 1
    Hold.objects.get().lift(AT, "Ann")
    assert send(Told()) == 6
    assert theirs() == {"sent": 1, "delivered": 6}


def test_addresses_of_a_held_domain_wait_and_the_others_go(campaign):
    change("supporter2@people.example", email="supporter2@Held.example")
    Hold.objects.place(domain="held.example", reason="They asked for a day", author="Ann", now=AT)
    assert send(Told()) == PEOPLE - 1
    assert theirs() == {"delivered": PEOPLE - 1, "due": 1}
    assert claim("email", AT, REAL, bulk=True, limit=9) == []


def test_when_all_have_acted_the_chunks_end(campaign):
    for appeal in campaign.appeals.all():
        for demand in campaign.demands.all():
            record_outcome(appeal, demand, "done", evidence="https://council.example/1", author="Ann", now=AT)
    assert send(Told()) == 0
    assert theirs() == {"cancelled": PEOPLE}
    assert Event.objects.filter(kind="cancelled").count() >= PEOPLE


def test_a_chunk_whose_worker_vanished_before_the_wire_is_due_again(campaign):
    begin(0)
    assert recover_chunks(AT, REAL) == 0
    assert recover_chunks(AT, LATER) == 1
    send(Told())
    assert theirs() == {"delivered": PEOPLE}


def test_what_was_on_the_wire_is_unknown_and_only_the_rest_is_sent(campaign):
    begin(2)
    recover_chunks(AT, LATER)
    assert theirs() == {"due": 5, "unknown": 2}
    wire = Told()
    assert send(wire) == 5
    assert theirs() == {"delivered": 5, "unknown": 2}


def test_by_policy_what_was_on_the_wire_is_sent_once_more(campaign, settings):
    settings.SUPPORTERS_AT_LEAST_ONCE = True
    begin(2)
    recover_chunks(AT, LATER)
    assert theirs() == {"due": PEOPLE}
    assert len(claim("email", AT, REAL, bulk=True, limit=9)) == 2


def test_answers_written_down_before_the_worker_vanished_count(campaign):
    chunk = begin(2)
    journal.append([journal.line(chunk.pk, 0, None, "told", Receipt("<1@told.example>"), AT)])
    recover_chunks(AT, LATER)
    assert theirs() == {"due": 5, "sent": 1, "unknown": 1}


def test_an_answer_that_comes_after_all_makes_the_unknown_known(campaign):
    chunk = begin(2)
    recover_chunks(AT, LATER)
    journal.append([journal.line(chunk.pk, place, None, "told", Receipt("<1@t.example>"), AT) for place in (0, 1)])
    assert is_behind()
    fold_done(AT)
    assert theirs() == {"due": 5, "sent": 2}
    assert not is_behind()


def test_a_worker_whose_claim_was_taken_over_intends_nothing_more(campaign):
    slow = claim_chunk("email", AT, REAL)
    assert slow
    recover_chunks(AT, LATER)
    again = begin(1, LATER)
    assert again.pk == slow.chunk.pk
    assert not intend(slow, slow.readers, 3, [], AT, LATER).is_ours
    again.refresh_from_db()
    assert again.intended == 1


def test_the_answers_of_a_worker_whose_claim_was_taken_over_are_written_down_all_the_same(campaign):
    slow = claim_chunk("email", AT, REAL)
    assert slow
    assert intend(slow, slow.readers[:1], 1, [], AT, REAL).is_ours
    recover_chunks(AT, LATER)
    line = journal.line(slow.chunk.pk, 0, None, "told", Receipt("<1@told.example>"), AT)
    assert not intend(slow, slow.readers, 3, [line], AT, LATER).is_ours
    fold_done(AT)
    assert theirs() == {"due": 6, "sent": 1}


def test_what_is_intended_and_never_answered_for_is_not_lost(campaign):
    """Should a worker ever call a chunk done that is not, its letters are unknown and not forgotten."""
    chunk = begin(3)
    Chunk.objects.filter(pk=chunk.pk).update(state="done")
    fold_done(AT)
    assert theirs() == {"due": 4, "unknown": 3}


def test_a_chunk_that_workers_die_over_goes_on_letter_by_letter(campaign):
    for attempt in range(MOST_CLAIMS):
        begin(0, REAL + attempt * DAY)
        recover_chunks(AT, REAL + attempt * DAY + LEASE + SECOND)
    assert len(claim("email", AT, REAL, bulk=True, limit=9)) == 3


def test_folding_again_changes_nothing(campaign):
    send(Told(Receipt("<1@t.example>")))
    events = Event.objects.count()
    assert fold_done(AT) == 0
    assert Event.objects.count() == events


def test_a_name_that_is_missing_sends_the_letter_by_the_ordinary_road(campaign):
    change("supporter0@people.example", name="")
    assert send(Told()) == PEOPLE - 1
    (alone,) = claim("email", AT, REAL, bulk=True, limit=9)
    assert alone.supporter
    assert alone.supporter.email == "supporter0@people.example"


def test_a_broken_wire_or_database_loses_no_letter(campaign, monkeypatch):
    """Whatever stops the worker: a letter is answered for, or it is unknown after recovery, or it is still due."""
    calls = iter([None, None, RuntimeError("away")])

    def failing(*asked: Any) -> Intended:
        if problem := next(calls, None):
            raise problem
        return intend(*asked)

    monkeypatch.setattr("outreach.convoy.intend", failing)
    with pytest.raises(RuntimeError):
        send(Told(Receipt("<1@t.example>")))
    Chunk.objects.filter(state="claimed").update(lease_until=REAL)
    recover_chunks(AT, LATER)
    fold_done(AT)
    assert sum(theirs().values()) == PEOPLE
    sent_twice = send(wire := Told())
    assert sent_twice == len(wire.envelopes)
    fold_done(AT)
    assert set(theirs()) <= {"sent", "delivered", "unknown"}


@pytest.mark.django_db(transaction=True)
def test_a_stream_of_letters_reaches_a_mail_server_and_every_answer_its_delivery(campaign):
    with SmtpSink() as sink, closing(Smtp(EMAIL, sink.address)) as wire:
        sink.answer("550 5.1.1 no such mailbox", "supporter1@people.example")
        sink.answer("451 4.3.0 later", "supporter4@people.example")
        assert send(wire) == PEOPLE
        assert theirs() == {"sent": 5, "refused": 1, "delayed": 1}
        assert not sink.duplicates
        assert len(sink.messages) == 5
        references = Delivery.objects.filter(state="sent").values_list("reference", flat=True)
        assert {message.message_id for message in sink.messages} == set(references)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_each_letter_once(campaign):
    with SmtpSink() as sink:

        def work() -> None:
            with closing(Smtp(EMAIL, sink.address)) as wire:
                send(wire)
            connection.close()

        workers = [threading.Thread(target=work) for _ in range(2)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join(20)
        assert theirs() == {"sent": PEOPLE}
        assert len(sink.messages) == PEOPLE
        assert not sink.duplicates


@pytest.mark.django_db(transaction=True)
def test_a_letter_in_a_stream_says_how_to_leave_by_one_click(campaign):
    with SmtpSink() as sink, closing(Smtp(EMAIL, sink.address)) as wire:
        send(wire)
        headers = sink.messages[0].parsed
        assert "/unsubscribe/" in headers["List-Unsubscribe"]
        assert headers["Auto-Submitted"] == "auto-generated"


def test_time_that_is_over_leaves_the_rest_due(campaign):
    looks = iter([True, True])
    assert drain_chunks("email", Told(), lambda: next(looks, False)) == 2
    assert Chunk.objects.filter(state="claimed").count() == 0
    assert fold_done(AT) == 0
    send(Told())
    assert theirs() == {"delivered": PEOPLE}


def test_a_rate_lets_a_chunk_go_on_when_its_time_has_come(campaign, monkeypatch):
    wire = Told()
    answers = iter([Taken(2, AT), Taken(0, AT + timedelta(minutes=5))])
    monkeypatch.setattr("outreach.convoy.take_for_chunk", lambda *asked: next(answers, Taken(0, AT + DAY)))
    assert send(wire) == 2
    first = Chunk.objects.get(intended__gt=0)
    assert (first.state, first.due_at, first.attempts) == ("due", AT + timedelta(minutes=5), 0)


def test_addresses_of_a_domain_with_a_rate_go_the_ordinary_road(campaign, settings):
    settings.DOMAIN_RATES = {"slow.example": Rate.parse("20/min")}
    change("supporter2@people.example", email="supporter2@Slow.example")
    assert send(Told()) == PEOPLE - 1
    assert Delivery.objects.get(chunk=None, audience="supporters").address == "supporter2@Slow.example"


def test_news_about_a_letter_that_is_on_the_wire_waits_for_its_answer(campaign):
    chunk = begin(2)
    key = Delivery.objects.get(chunk=chunk, place=0).pk
    news = News("1", Kind.DELIVERED, AT, key=key.hex)
    told = {key: Known(fate([news]), fate([news]), [news])}
    assert not settle_deliveries(told, AT)[key].is_settled
    journal.append([journal.line(chunk.pk, 0, None, "told", Receipt("<1@t.example>"), AT)])
    recover_chunks(AT, LATER)
    assert settle_deliveries(told, AT)[key].is_settled
    assert Delivery.objects.get(pk=key).state == "delivered"
