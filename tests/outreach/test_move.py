import uuid
from itertools import product

import pytest

from outreach.clock import tick
from outreach.delivery import Delivery, may_move
from outreach.event import Event
from outreach.move import move
from tests.small_campaign import FRIDAY, published

pytestmark = pytest.mark.django_db
State = Delivery.State
NEVER_ON_THE_WIRE = {"suppressed", "expired", "cancelled"}
KNOWN = {"sent", "delivered", "bounced", "refused"}
ALLOWED = {
    "planned": {"due"} | NEVER_ON_THE_WIRE,
    "due": {"claimed"} | NEVER_ON_THE_WIRE,
    "delayed": {"claimed"} | NEVER_ON_THE_WIRE | KNOWN,
    "claimed": {"sending", "due"} | NEVER_ON_THE_WIRE,
    "sending": {"delayed", "unknown", "handed"} | KNOWN,
    "handed": {"sent", "delivered", "refused"} | NEVER_ON_THE_WIRE,
    "sent": {"delivered", "bounced", "refused"},
    "delivered": {"bounced"},
    "refused": {"delivered", "bounced"},
    "unknown": KNOWN,
}


@pytest.fixture
def delivery() -> Delivery:
    tick(published(), FRIDAY)
    return Delivery.objects.get(addressee__key="ann")


def put(delivery: Delivery, state: str) -> Delivery:
    Delivery.objects.filter(pk=delivery.pk).update(state=state)
    delivery.refresh_from_db()
    return delivery


@pytest.fixture
def every_pair() -> list[tuple[str, str]]:
    return list(product(State.values, State.values))


def test_a_delivery_goes_where_it_may_and_nowhere_else(delivery, every_pair):
    went = {(a, b) for a, b in every_pair if move(put(delivery, a), b, FRIDAY)}
    assert went == {(a, b) for a, targets in ALLOWED.items() for b in targets}


def test_what_may_not_be_leaves_the_row_and_its_story_as_they_were(delivery, every_pair):
    Event.objects.all().delete()
    for before, after in every_pair:
        if not may_move(before, after):
            assert not move(put(delivery, before), after, FRIDAY, reason="never")
            delivery.refresh_from_db()
            assert (delivery.state, delivery.reason) == (before, "")
    assert not Event.objects.exists()


@pytest.mark.parametrize("state", ["sent", "delivered", "bounced", "refused", "unknown"])
def test_what_may_have_arrived_can_never_be_tried_again(state, every_pair):
    reachable = {state}
    while more := {b for a, b in every_pair if a in reachable and may_move(a, b)} - reachable:
        reachable |= more
    assert not reachable & {"planned", "due", "delayed", "claimed", "sending"}


def test_only_what_is_unknown_and_proven_not_sent_may_be_due_again(delivery, every_pair):
    went = {(a, b) for a, b in every_pair if move(put(delivery, a), b, FRIDAY, is_unsent=True)}
    assert went - {(a, b) for a, targets in ALLOWED.items() for b in targets} == {("unknown", "due")}


def test_every_state_is_final_or_has_a_way_to_a_final_one(every_pair):
    final = {"bounced", "refused", "suppressed", "expired", "cancelled", "sent", "delivered"}
    for state in State.values:
        assert state in final or any(may_move(state, after) for after in final)


def test_each_move_writes_one_event_with_what_was_said(delivery):
    assert move(delivery, State.CLAIMED, FRIDAY, event="taken", detail={"attempt": 1}, attempts=1)
    (event,) = delivery.events.all()
    assert (event.kind, event.at, event.detail) == ("taken", FRIDAY, {"attempt": 1})
    assert delivery.attempts == 1


def test_an_old_token_moves_nothing(delivery):
    mine, newer = uuid.uuid4(), uuid.uuid4()
    assert move(delivery, State.CLAIMED, FRIDAY, token=mine)
    Delivery.objects.filter(pk=delivery.pk).update(token=newer)
    assert not move(delivery, State.SENDING, FRIDAY, fence=mine)
    assert move(delivery, State.SENDING, FRIDAY, fence=newer)


def test_a_copy_read_long_ago_cannot_bring_a_delivery_back(delivery):
    stale = Delivery.objects.get(pk=delivery.pk)
    put(delivery, State.DELIVERED)
    assert not move(stale, State.CLAIMED, FRIDAY)
