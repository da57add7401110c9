from collections.abc import Hashable
from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest

from campaigns.deadline import Patience
from campaigns.ladder import ADDRESSEES, PUBLIC, SUPPORTERS, Dispatch, Ladder, Reminder, Rung
from campaigns.messages import Message, Wave, messages, waves
from campaigns.moves import Begin, Exhaust, Remind, StartClock, Wait
from campaigns.plan import PUNCTUAL, decide, next_instant, wants
from campaigns.position import Clock, Fairness, LastMessage, Stop
from campaigns.reminders import lapsed
from tests.small_ladder import DAY, DEADLINE, FRIDAY, HOUR, NUDGE, SECOND, planned, position, rules

AFTER = DEADLINE + SECOND
REMINDER = DEADLINE + SECOND - 2 * DAY
THREE = (
    Reminder(1, NUDGE, after=2 * DAY),
    Reminder(2, NUDGE, before=3 * DAY),
    Reminder(3, NUDGE, before=DAY),
)
THREE_AT = (FRIDAY + 2 * DAY, AFTER - 3 * DAY, AFTER - DAY)
MISSED: dict[str, Any] = {"missed_at": DEADLINE, "left": 1, "was_due": DEADLINE}
BY_DELIVERY = rules(clock=Clock.DELIVERY)


# What is wanted


def test_nothing_is_wanted_a_second_before_publication():
    assert wants(rules(), planned(), FRIDAY - SECOND) is None


def test_the_first_step_begins_with_publication_and_the_public_deadline_runs_from_it():
    assert wants(rules(), planned(), FRIDAY) == Begin("ann", 1, FRIDAY, DEADLINE)


def test_a_late_first_letter_does_not_move_the_public_deadline():
    late = FRIDAY + 3 * DAY
    assert wants(rules(), planned(), late) == Begin("ann", 1, late, DEADLINE)


def test_a_first_letter_after_the_public_deadline_gives_the_whole_time_anew():
    late = AFTER + HOUR
    assert wants(rules(), planned(), late) == Begin("ann", 1, late, DEADLINE + 8 * DAY)


def test_nothing_is_wanted_in_the_last_second_of_the_deadline():
    assert wants(rules(), position(reminded=frozenset({1})), DEADLINE) is None


def test_the_next_step_begins_with_the_second_after_and_names_the_deadline_that_was_missed():
    assert wants(rules(), position(), AFTER) == Begin("ann", 2, AFTER, AFTER + DAY - SECOND, **MISSED)


def test_a_punctual_pass_does_not_move_the_ladder():
    begin = wants(rules(), position(), AFTER + PUNCTUAL)
    assert begin == Begin("ann", 2, AFTER, AFTER + DAY - SECOND, **MISSED)


def test_a_late_pass_gives_the_next_step_its_whole_patience():
    late = AFTER + PUNCTUAL + SECOND
    assert wants(rules(), position(), late) == Begin("ann", 2, late, late + DAY - SECOND, **MISSED)


def test_a_pass_that_was_missed_for_weeks_takes_one_step_and_no_more():
    begin = wants(rules(), position(), AFTER + 60 * DAY)
    assert isinstance(begin, Begin)
    assert begin.rung == 2


def test_after_the_last_step_the_appeal_is_exhausted():
    assert wants(rules(), position(rung=4), AFTER) == Exhaust("ann", DEADLINE)


@pytest.mark.parametrize("order", permutations(THREE))
def test_reminders_come_in_the_order_of_their_instants_however_they_are_written(order):
    law, seen = rules(reminders=order), position()
    for at, reminder in zip(THREE_AT, THREE, strict=True):
        assert wants(law, seen, at - SECOND) is None
        assert wants(law, seen, at) == Remind("ann", 1, reminder.number)
        seen = replace(seen, reminded=seen.reminded | {reminder.number})
        assert wants(law, seen, at) is None


def test_a_reminder_that_was_missed_is_overtaken_by_the_next_one():
    assert wants(rules(reminders=THREE), position(), THREE_AT[2]) == Remind("ann", 1, 3)


def test_a_reminder_that_was_overtaken_is_never_sent_afterwards():
    seen = position(reminded=frozenset({3}))
    assert all(wants(rules(reminders=THREE), seen, at) is None for at in THREE_AT)


def test_the_deadline_is_stronger_than_a_reminder_not_yet_sent():
    assert isinstance(wants(rules(), position(), AFTER), Begin)


# clock: delivery


def test_where_the_clock_starts_at_delivery_the_first_step_begins_without_a_deadline():
    assert wants(BY_DELIVERY, planned(), FRIDAY) == Begin("ann", 1, FRIDAY, None)


def test_the_clock_starts_when_delivery_was_proven():
    proven = FRIDAY + 5 * HOUR
    seen = position(due_at=None, last_message=LastMessage(FRIDAY, proven_at=proven))
    assert wants(BY_DELIVERY, seen, proven - SECOND) is None
    assert wants(BY_DELIVERY, seen, proven + DAY) == StartClock("ann", DEADLINE)


def test_a_letter_that_was_taken_and_did_not_come_back_starts_the_clock_after_the_time_for_proof():
    seen = position(due_at=None, last_message=LastMessage(FRIDAY, accepted_at=FRIDAY))
    assert wants(BY_DELIVERY, seen, FRIDAY + 2 * DAY - SECOND) is None
    assert wants(BY_DELIVERY, seen, FRIDAY + 2 * DAY) == StartClock("ann", DEADLINE + 2 * DAY)


@pytest.mark.parametrize(
    "last",
    [None, LastMessage(FRIDAY), LastMessage(FRIDAY, trouble="came back"),
     LastMessage(FRIDAY, accepted_at=FRIDAY, trouble="came back")],
)  # fmt: skip
def test_a_letter_that_did_not_arrive_never_starts_the_clock(last):
    seen = position(due_at=None, last_message=last)
    assert not isinstance(decide(BY_DELIVERY, seen, FRIDAY + 300 * DAY), StartClock)
    assert next_instant(BY_DELIVERY, seen, FRIDAY) is None


# Decisions: a wish and what stands in its way


def test_nothing_in_the_way_means_that_the_wish_is_done():
    assert decide(rules(), position(), AFTER) == wants(rules(), position(), AFTER)


def test_a_decision_to_wait_says_what_was_wanted_and_every_reason():
    seen = position(unread_since=FRIDAY, committed_until=DEADLINE + DAY)
    wait = decide(rules(), seen, AFTER)
    assert isinstance(wait, Wait)
    assert wait.wanted == wants(rules(), seen, AFTER)
    assert [reason.code for reason in wait.reasons] == ["unread", "committed"]


def test_a_wait_has_an_end_only_if_time_alone_can_end_all_of_it():
    dated = decide(rules(), position(committed_until=DEADLINE + DAY), AFTER)
    open_ended = decide(rules(), position(committed_until=DEADLINE + DAY, unread_since=FRIDAY), AFTER)
    assert isinstance(dated, Wait)
    assert dated.until == AFTER + DAY
    assert isinstance(open_ended, Wait)
    assert open_ended.until is None


def test_a_wait_ends_when_its_last_reason_does():
    seen = position(committed_until=DEADLINE + DAY, last_message=LastMessage(FRIDAY, accepted_at=DEADLINE))
    wait = decide(rules(), seen, AFTER)
    assert isinstance(wait, Wait)
    assert wait.until == DEADLINE + 2 * DAY


@pytest.mark.parametrize(
    ("stop", "waits_at"),
    [
        (Stop("the campaign", "talks"), {1, 2, 3, 4}),
        (Stop("step “deadline”", "talks", rung=2), {1}),
        (Stop("the channel x", "talks", channel="x"), {1, 3}),
        (Stop("the channel mastodon", "talks", channel="mastodon"), {3}),
        (Stop("the channel bluesky", "talks", channel="bluesky"), set()),
        (Stop("step “oversight”", "talks", rung=4), {3, 4}),
    ],
)
def test_a_hold_stops_only_what_it_names(stop, waits_at):
    held = {n for n in (1, 2, 3, 4) if isinstance(decide(rules(), position(rung=n, stops=(stop,)), AFTER), Wait)}
    assert held == waits_at


def test_a_reminder_waits_like_any_letter():
    wait = decide(rules(), position(last_message=LastMessage(REMINDER - HOUR, proven_at=REMINDER)), REMINDER)
    assert isinstance(wait, Wait)
    assert wait.wanted == Remind("ann", 1, 1)
    assert wait.until == REMINDER + 23 * HOUR


# When to look again


@pytest.mark.parametrize(
    ("seen", "instant"),
    [
        (planned(), FRIDAY),
        (position(), REMINDER),
        (position(reminded=frozenset({1})), AFTER),
        (position(rung=2), AFTER),
    ],
)
def test_the_next_look_is_at_the_first_instant_at_which_something_could_be_wanted(seen, instant):
    assert next_instant(rules(), seen, FRIDAY) == instant
    assert wants(rules(), seen, instant - SECOND) is None
    assert wants(rules(), seen, instant) is not None


def test_where_the_clock_starts_at_delivery_the_next_look_is_when_delivery_counts_as_proven():
    seen = position(due_at=None, last_message=LastMessage(FRIDAY, accepted_at=FRIDAY))
    assert next_instant(BY_DELIVERY, seen, FRIDAY) == FRIDAY + 2 * DAY


# Reminders that lapsed


def test_a_reminder_that_could_not_go_out_in_time_is_recorded_when_the_step_ends():
    step = wants(rules(), position(), AFTER)
    assert step is not None
    assert lapsed(rules(), position(), step) == (1,)
    assert lapsed(rules(), position(reminded=frozenset({1})), step) == ()


def test_a_reminder_overtakes_those_before_it_and_leaves_those_after_it():
    law, seen = rules(reminders=THREE), position()
    assert lapsed(law, seen, Remind("ann", 1, 3)) == (1, 2)
    assert lapsed(law, seen, Remind("ann", 1, 1)) == ()


def test_nothing_lapses_while_the_appeal_waits():
    wait = decide(rules(), position(unread_since=FRIDAY), AFTER)
    assert wait is not None
    assert lapsed(rules(), position(unread_since=FRIDAY), wait) == ()


def test_the_end_of_the_ladder_overtakes_the_reminders_of_its_last_step():
    only = Rung(1, "letter", Patience(7 * DAY), (), THREE)
    law = rules(ladder=Ladder((only,)))
    assert lapsed(law, position(), Exhaust("ann", DEADLINE)) == (1, 2, 3)


# Waves and their messages


def test_what_begins_at_the_same_moment_is_one_wave_for_each_step_and_reminder():
    begin = [Begin(who, 2, AFTER, None) for who in ("ann", "cat")]
    found = waves([begin[0], Remind("bob", 1, 1), begin[1], Exhaust("dan", DEADLINE), Begin("eve", 3, AFTER, None)])
    assert found == [Wave(1, 1, ("bob",)), Wave(2, 0, ("ann", "cat")), Wave(3, 0, ("eve",))]


def test_neither_an_end_nor_a_wait_nor_a_started_clock_sends_anything():
    wait = decide(rules(), position(unread_since=FRIDAY), AFTER)
    assert wait is not None
    assert waves([wait, Exhaust("ann", DEADLINE), StartClock("bob", DEADLINE)]) == []


ADDRESSEE_OF: dict[Hashable, Hashable] = {"appeal of ann": "ann", "appeal of bob": "bob"}
BOTH = ("appeal of ann", "appeal of bob")


def sent(*dispatches: Dispatch, reminders: tuple[Reminder, ...] = (), reminder: int = 0) -> list[Message]:
    rung = Rung(1, "step", Patience(DAY), dispatches, reminders)
    return list(messages(Wave(1, reminder, BOTH), rung, ADDRESSEE_OF, {"oversight": ("ombud", "court")}))


def test_each_addressee_gets_a_letter_about_their_own_appeal():
    assert sent(Dispatch(ADDRESSEES, ("email",), "letter")) == [
        Message(ADDRESSEES, "email", "letter", "ann", ("appeal of ann",)),
        Message(ADDRESSEES, "email", "letter", "bob", ("appeal of bob",)),
    ]


def test_a_public_channel_to_addressees_is_one_notice_about_each():
    notices = sent(Dispatch(ADDRESSEES, ("x",), "notice"))
    assert [(each.recipient, each.appeals) for each in notices] == [
        ("ann", ("appeal of ann",)),
        ("bob", ("appeal of bob",)),
    ]


def test_each_member_of_a_group_gets_one_letter_about_all_who_are_silent():
    assert sent(Dispatch("oversight", ("email",), "file")) == [
        Message("oversight", "email", "file", "ombud", BOTH),
        Message("oversight", "email", "file", "court", BOTH),
    ]


@pytest.mark.parametrize(("audience", "channel"), [(SUPPORTERS, "email"), (PUBLIC, "x")])
def test_supporters_and_the_public_get_one_message_that_concerns_the_whole_wave(audience, channel):
    assert sent(Dispatch(audience, (channel,), "words")) == [Message(audience, channel, "words", None, BOTH)]


def test_every_channel_of_every_dispatch_is_used():
    found = sent(Dispatch(PUBLIC, ("x", "mastodon"), "press"), Dispatch(SUPPORTERS, ("email",), "call"))
    assert [(each.channel, each.wording) for each in found] == [
        ("x", "press"),
        ("mastodon", "press"),
        ("email", "call"),
    ]


def test_a_reminder_sends_only_what_it_says_itself():
    found = sent(Dispatch(PUBLIC, ("x",), "press"), reminders=(Reminder(1, NUDGE, after=DAY),), reminder=1)
    assert [(each.wording, each.recipient) for each in found] == [("reminder", "ann"), ("reminder", "bob")]


def test_a_group_without_members_gets_nothing():
    assert sent(Dispatch("nobody", ("email",), "file")) == []


def test_deciding_twice_gives_the_same_answer():
    law = rules(fairness=Fairness(minimum_gap=timedelta()))
    for now in (FRIDAY, REMINDER, AFTER):
        assert decide(law, position(), now) == decide(law, position(), now)
