"""What comes next and what would stop it, told before its time."""

from campaigns.coming import coming
from campaigns.moves import Begin, Exhaust, Remind
from campaigns.position import Clock, Fairness, LastMessage
from tests.small_ladder import DAY, DEADLINE, FRIDAY, HOUR, SECOND, planned, position, rules

AFTER = DEADLINE + SECOND


def test_the_reminder_comes_before_the_step_and_each_at_its_time():
    found = coming(rules(), position(), FRIDAY + HOUR)
    assert (type(found.wanted), found.at, found.stops) == (Remind, AFTER - 2 * DAY, ())
    found = coming(rules(), position(reminded=frozenset({1})), FRIDAY + HOUR)
    assert isinstance(found.wanted, Begin)
    assert (found.wanted.rung, found.at) == (2, AFTER)
    last = LastMessage(FRIDAY, proven_at=FRIDAY)
    found = coming(rules(), position(rung=4, due_at=AFTER, last_message=last), FRIDAY)
    assert isinstance(found.wanted, Exhaust)


def test_what_would_stop_it_is_said_before_it_is_due():
    found = coming(rules(), position(reminded=frozenset({1}), unread_since=FRIDAY), FRIDAY + HOUR)
    assert (found.at, [reason.code for reason in found.stops]) == (AFTER, ["unread"])
    saturday = rules(fairness=Fairness(respects_weekends=True))
    found = coming(saturday, position(reminded=frozenset({1})), FRIDAY + HOUR)
    assert [reason.sentence for reason in found.stops] == ["it is the weekend in UTC"]


def test_what_waits_already_comes_when_the_last_reason_ends_or_a_person_acts():
    found = coming(rules(), position(committed_until=AFTER + DAY), AFTER)
    assert isinstance(found.wanted, Begin)
    assert found.at == AFTER + DAY + SECOND
    assert coming(rules(), position(unread_since=FRIDAY), AFTER).at is None


def test_before_publication_comes_the_first_letter_and_without_proof_no_time_is_known():
    assert coming(rules(), planned(), FRIDAY - DAY).at == FRIDAY
    by_delivery = rules(clock=Clock.DELIVERY)
    assert coming(by_delivery, position(due_at=None, last_message=LastMessage(FRIDAY)), FRIDAY) is None
