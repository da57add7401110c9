import threading
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import OperationalError, connection, connections

from campaigns.addressee import ContactPoint
from campaigns.campaign import Campaign
from channels.answer import Delayed, Receipt, Refused, Unknown
from channels.envelope import Envelope
from outreach.claim import claim
from outreach.clock import tick
from outreach.delivery import Delivery
from outreach.desk import Desk
from outreach.news import bounced, proven, settle_by_person
from outreach.send import drain, send
from outreach.settle import backoff, intend, settle, settle_one
from tests.outreach.wires import Told
from tests.small_campaign import DAY, DEADLINE, FRIDAY, SECOND, published

AFTER = DEADLINE + SECOND
MINUTE = timedelta(minutes=1)


@pytest.fixture
def campaign(db) -> Campaign:
    campaign = published()
    tick(campaign, FRIDAY)
    return campaign


@pytest.fixture
def through(monkeypatch) -> Callable[..., Told]:
    """Send what is due at a moment through a wire that is told what to answer."""

    def send_all(answer=None, now: datetime = FRIDAY, **fields) -> Told:
        wire = Told(answer, **fields)
        monkeypatch.setattr("outreach.send.now", lambda: now)
        monkeypatch.setattr("outreach.send.wire_of", lambda channel: wire)
        drain("email", bulk=False)
        return wire

    return send_all


def letter(key: str = "ann", **fields) -> Delivery:
    return Delivery.objects.get(addressee__key=key, channel="email", **{"step__key": "letter", **fields})


def waits(campaign: Campaign, key: str = "ann") -> list[str]:
    return list(
        campaign.appeals.get(addressee__key=key).pauses.filter(ended_at=None).values_list("sentence", flat=True)
    )


def states() -> set[str]:
    return set(Delivery.objects.values_list("state", flat=True))


# What the wire answers


def test_what_the_wire_took_is_sent_and_no_more_than_that(campaign, through):
    through(Receipt("<1@relay.example>", detail="250 queued"))
    kept = letter()
    assert (kept.state, kept.reference, kept.sent_at, kept.delivered_at) == ("sent", "<1@relay.example>", FRIDAY, None)
    assert kept.wire == "told"


def test_only_a_proof_makes_it_delivered(campaign, through):
    through(Receipt("<1@relay.example>", proven=True))
    assert (letter().state, letter().delivered_at) == ("delivered", FRIDAY)


def test_what_nobody_can_prove_is_unknown_and_counts_as_neither_sent_nor_delivered(campaign, through):
    through(Unknown("the line went dead after the final dot"))
    assert states() == {"unknown"}
    assert letter().sent_at is letter().delivered_at is None


def test_what_is_unknown_is_never_sent_again(campaign, through):
    through(Unknown("the line went dead"))
    assert through(now=FRIDAY + 3 * DAY).envelopes == []


def test_what_was_refused_is_never_sent_again_and_says_why(campaign, through):
    through(Refused("550 we do not want this", "5.7.1"))
    assert (letter().state, letter().reason) == ("refused", "550 we do not want this")
    assert through(now=FRIDAY + 3 * DAY).envelopes == []


@pytest.mark.parametrize(
    ("code", "health"),
    [
        ("5.1.1", "dead"), ("5.1.10", "dead"), ("550", "dead"), ("5.7.1", "good"), ("5.2.2", "good"), ("", "good"),
        ("5.1.8", "good"),
    ],
)  # fmt: skip
def test_only_an_address_that_does_not_exist_is_marked_dead(campaign, through, code, health):
    through(Refused("no", code))
    assert letter().contact_point.health == health


def test_after_a_dead_address_the_next_letter_uses_the_next_one(campaign, through):
    ann = letter().addressee
    second = ContactPoint.objects.create(addressee=ann, channel="email", address="office@offices.example", position=2)
    through(Refused("no such user", "5.1.1"))
    settle_by_person_after_a_call(letter())
    tick(campaign, AFTER)
    assert letter(step__key="deadline").contact_point == second


def settle_by_person_after_a_call(delivery: Delivery) -> None:
    """As if the letter had been handed over in another way: only the address is of interest here."""
    Delivery.objects.filter(pk=delivery.pk).update(state="delivered", delivered_at=FRIDAY)


def test_delayed_waits_as_long_as_the_wire_asks(campaign, through):
    through(Delayed("greylisted", timedelta(minutes=5)))
    assert (letter().state, letter().due_at) == ("delayed", FRIDAY + 5 * MINUTE)
    assert through(now=FRIDAY + 5 * MINUTE - SECOND).envelopes == []
    assert len(through(now=FRIDAY + 5 * MINUTE).envelopes) == 3
    assert states() == {"delivered"}


def test_delayed_without_a_wish_waits_up_to_twice_as_long_each_time_and_half_of_it_at_least(campaign, through):
    now, spans = FRIDAY, []
    for _ in range(4):
        through(Delayed("busy"), now=now)
        spans.append(letter().due_at - now)
        now = letter().due_at
    assert all(n * MINUTE / 2 <= span <= n * MINUTE for n, span in zip((1, 2, 4, 8), spans, strict=True))


def test_nothing_waits_longer_than_an_hour_for_its_next_try():
    for attempts, longest in ((0, MINUTE), (1, MINUTE), (3, 4 * MINUTE), (7, 60 * MINUTE), (60, 60 * MINUTE)):
        waits = [backoff(attempts, key) for key in ("a", "b", "c", "d")]
        assert all(longest / 2 <= wait <= longest for wait in waits)
        assert len(set(waits)) == 4
        assert waits == [backoff(attempts, key) for key in ("a", "b", "c", "d")]


def test_every_try_goes_by_the_same_name(campaign, through):
    first = through(Delayed("busy"))
    second = through(now=FRIDAY + DAY)
    assert {each.key for each in first.envelopes} == {each.key for each in second.envelopes}


def test_each_letter_gets_its_own_answer(campaign, through):
    answers = {
        "ann": Receipt("<a@told.example>", proven=True),
        "bob": Refused("no", "5.7.1"),
        "cat": Unknown("lost"),
    }
    through(lambda envelope: answers[envelope.to.partition("@")[0]], in_flight=3)
    assert [letter(key).state for key in ("ann", "bob", "cat")] == ["delivered", "refused", "unknown"]


# Intent, and the wire


@pytest.mark.django_db(transaction=True)
def test_the_intent_is_committed_before_the_wire_is_touched_and_no_transaction_is_open(monkeypatch):
    campaign = published()
    tick(campaign, FRIDAY)
    seen: list[tuple[str, bool]] = []

    def look_around(envelope) -> Receipt:
        found: list[str] = []

        def from_another_connection() -> None:
            found.extend(Delivery.objects.filter(pk=envelope.key).values_list("state", flat=True))
            connections.close_all()

        thread = threading.Thread(target=from_another_connection)
        thread.start()
        thread.join(10)
        seen.append((found[0], connection.in_atomic_block))
        return Receipt("<1@told.example>", proven=True)

    monkeypatch.setattr("outreach.send.now", lambda: FRIDAY)
    monkeypatch.setattr("outreach.send.wire_of", lambda channel: Told(look_around))
    assert drain("email", bulk=False) == 3
    assert seen == [("sending", False)] * 3


def test_no_more_is_intended_at_a_time_than_the_wire_has_in_flight(campaign, through):
    on_the_wire: list[int] = []

    def count(envelope) -> Receipt:
        on_the_wire.append(Delivery.objects.filter(state="sending").count())
        return Receipt("<1@told.example>", proven=True)

    through(count, in_flight=1)
    assert on_the_wire == [1, 1, 1]


def test_whoever_lost_the_claim_does_not_send(campaign):
    claimed = claim("email", FRIDAY, FRIDAY, bulk=False, limit=10)
    Delivery.objects.filter(addressee__key="bob").update(token="00000000-0000-0000-0000-000000000001")
    wire = Told()
    send(claimed, wire)
    assert sorted(each.to for each in wire.envelopes) == ["ann@offices.example", "cat@offices.example"]
    assert letter("bob").state == "claimed"


def test_an_answer_with_an_old_token_settles_nothing(campaign):
    delivery, *_ = intend(claim("email", FRIDAY, FRIDAY, bulk=False, limit=1), FRIDAY, "told")
    Delivery.objects.filter(pk=delivery.pk).update(token="00000000-0000-0000-0000-000000000001")
    for answer in (Receipt("<1@a.example>"), Refused("no"), Delayed("later"), Unknown("lost")):
        assert not settle_one(delivery, answer, FRIDAY)
    assert Delivery.objects.get(pk=delivery.pk).state == "sending"


def test_an_answer_comes_to_each_letter_or_none_is_written(campaign):
    sending = intend(claim("email", FRIDAY, FRIDAY, bulk=False, limit=3), FRIDAY, "told")
    with pytest.raises(ValueError, match="zip"):
        settle(sending, [Receipt("<1@a.example>")], FRIDAY)
    assert states() == {"sending"}


def test_the_story_of_a_delivery_is_told_by_its_events(campaign, through):
    through(Delayed("busy"))
    through(Receipt("<1@a.example>"), now=FRIDAY + DAY)
    proven(letter(), FRIDAY + 2 * DAY, how="a delivery report")
    told = [event.kind for event in letter().events.all()]
    assert told == ["claimed", "sending", "delayed", "claimed", "sending", "sent", "delivered"]


# News after the first answer


def test_a_late_proof_settles_what_was_unknown(campaign, through):
    through(Unknown("lost"))
    assert proven(letter(), FRIDAY + DAY, how="a delivery report")
    assert (letter().state, letter().reason, letter().delivered_at) == ("delivered", "", FRIDAY + DAY)


def test_a_late_bounce_is_stronger_than_an_earlier_proof_and_marks_the_address_dead(campaign, through):
    through()
    assert bounced(letter(), FRIDAY + DAY, "550 no such user")
    assert (letter().state, letter().contact_point.health) == ("bounced", "dead")


def test_a_proof_after_a_bounce_changes_nothing(campaign, through):
    through()
    bounced(letter(), FRIDAY + DAY, "550 no such user")
    assert not proven(letter(), FRIDAY + 2 * DAY, how="a delivery report")
    assert letter().state == "bounced"


def test_the_same_news_twice_is_one_event(campaign, through):
    through(Receipt("<1@a.example>"))
    assert proven(letter(), FRIDAY + DAY, how="a report")
    assert not proven(letter(), FRIDAY + 2 * DAY, how="the same report")
    assert letter().delivered_at == FRIDAY + DAY
    assert letter().events.filter(kind="delivered").count() == 1


def test_a_bounce_that_may_pass_leaves_the_address_in_good_health(campaign, through):
    through()
    assert bounced(letter(), FRIDAY + DAY, "mailbox full", is_permanent=False)
    assert letter().contact_point.health == "good"


@pytest.mark.parametrize(("arrived", "state"), [(True, "delivered"), (False, "bounced")])
def test_a_person_settles_what_is_unknown_and_it_is_written_who_did(campaign, through, arrived, state):
    through(Unknown("lost"))
    assert settle_by_person(letter(), arrived=arrived, by="Mia", now=FRIDAY + DAY)
    assert letter().state == state
    assert "Mia" in str(letter().events.last().detail)
    assert letter().contact_point.health == "good"


def test_a_person_cannot_settle_what_has_not_been_on_the_wire(campaign):
    assert not settle_by_person(letter(), arrived=True, by="Mia", now=FRIDAY)
    assert letter().state == "due"


def test_what_a_person_settled_as_arrived_lets_the_ladder_go_on(campaign, through):
    through(Unknown("lost"))
    tick(campaign, AFTER)
    assert waits(campaign) == ["the letter of 28 April has an unknown outcome; a person must say whether it arrived"]
    settle_by_person(letter(), arrived=True, by="Mia", now=AFTER)
    tick(campaign, AFTER)
    assert waits(campaign) == []
    assert letter(step__key="deadline").state == "due"


# Many at once


def test_what_must_not_go_out_does_not_keep_what_comes_behind_it_waiting_for_the_next_hint(campaign, monkeypatch):
    Delivery.objects.filter(addressee__key__in=["ann", "bob"]).update(due_at=FRIDAY - DAY, expires_at=FRIDAY - SECOND)
    wire = Told()
    wire.batch = 1
    monkeypatch.setattr("outreach.send.now", lambda: FRIDAY)
    monkeypatch.setattr("outreach.send.wire_of", lambda channel: wire)
    assert drain("email", bulk=False) == 1
    assert [letter(key).state for key in ("ann", "bob", "cat")] == ["expired", "expired", "delivered"]


def test_a_wire_that_carries_many_side_by_side_is_given_the_lease_to_do_it(campaign):
    class Wide(Told):
        time_limit = timedelta(seconds=40)

        def takes(self, number: int) -> timedelta:
            return self.time_limit

    claimed = claim("email", FRIDAY, FRIDAY, bulk=False, limit=3)
    assert send(claimed, Wide(in_flight=3)) == 3


# Words that do not hold


def test_a_wording_that_does_not_hold_goes_nowhere_and_the_appeal_waits_with_a_reason(campaign, through):
    campaign.wordings.filter(name="letter").update(body="{{ addressee.shoe_size }}")
    assert through().envelopes == []
    assert states() == {"cancelled"}
    assert letter().reason.startswith("The wording does not hold: ")
    tick(campaign, AFTER)
    assert waits(campaign) == ["the letter of 28 April was not sent"]


def test_one_wording_that_does_not_hold_does_not_stop_the_others(campaign, through):
    broken = campaign.wordings.get(name="letter")
    broken.pk, broken.language, broken.body = uuid.uuid4(), "fr", "{{ addressee.shoe_size }}"
    broken.save(force_insert=True)
    type(letter().addressee).objects.filter(key="ann").update(languages=["fr"])
    assert len(through(in_flight=3).envelopes) == 2
    assert (letter("ann").state, letter("bob").state) == ("cancelled", "delivered")


def test_a_defect_of_the_program_costs_the_letter_it_struck_and_no_other(campaign, through, monkeypatch):
    write = Desk.envelope

    def fail_for_ann(desk: Desk, delivery: Delivery) -> Envelope:
        if delivery.addressee and delivery.addressee.key == "ann":
            raise ZeroDivisionError
        return write(desk, delivery)

    monkeypatch.setattr(Desk, "envelope", fail_for_ann)
    assert len(through(in_flight=3).envelopes) == 2
    assert (letter("ann").state, letter("bob").state) == ("cancelled", "delivered")
    assert letter("ann").reason == "It could not be written: ZeroDivisionError, as the log tells in full"


def test_when_the_database_is_away_nothing_is_put_aside(campaign, through, monkeypatch):
    def away(desk: Desk, delivery: Delivery) -> Envelope:
        raise OperationalError("the connection is closed")

    monkeypatch.setattr(Desk, "envelope", away)
    with pytest.raises(OperationalError):
        through()
    assert states() == {"claimed"}


def test_a_wording_taken_back_before_sending_goes_nowhere(campaign, through):
    campaign.wordings.filter(name="letter").update(status="draft")
    assert through().envelopes == []
    assert states() == {"cancelled"}


def test_what_was_sent_is_kept_word_for_word_with_its_version(campaign, through):
    (first, *_) = through().envelopes
    kept = Delivery.objects.get(pk=first.key)
    assert (kept.subject, kept.text, kept.html) == (first.subject, first.text, first.html)
    assert kept.wording == campaign.wordings.get(name="letter", channel="email")
    campaign.wordings.filter(name="letter").update(body="other words")
    kept.refresh_from_db()
    assert kept.text == first.text
