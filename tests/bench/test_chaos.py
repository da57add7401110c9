"""The account of the chaos is one that a broken promise cannot hide in."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bench.chaos.blow import Blow
from bench.chaos.ledger import CRASH, Doubt, Entry
from bench.chaos.limits import at_the_kills, by_a_kill, by_the_servers, too_many
from bench.chaos.lots import BAG, WIRES, Fault, Lot, lots
from bench.chaos.reckoning import CHANNELS, Expected, Tally, account, strangers
from bench.chaos.report import as_table
from bench.chaos.round import Played, broken, deaths_in
from bench.chaos.run import Result, Size
from bench.chaos.tripwire import Phase, Tripwire
from bench.chaos.weather import BY_WIRE, Meaning, Spell
from channels.fakes.smtp_rule import Rule
from channels.fakes.web_rule import WebRule

NOON = datetime(2023, 4, 28, 12, tzinfo=UTC)
EXPECTED = Expected("round-1", "smtp", addressees=2, supporters=1)
KEPT = {
    "smtp": Counter({"a": 1, "b": 1, "s": 1}),
    **{channel: Counter({f"{channel} 1": 1, f"{channel} 2": 1}) for channel in CHANNELS[1:]},
}


def entry(known_as: str, channel: str = "email", state: str = "sent", reason: str = "", is_bulk: bool = False) -> Entry:
    return Entry(known_as, channel, is_bulk, state, reason)


def ledger(**instead: Entry) -> list[Entry]:
    """A ledger that is right; `instead`: another entry for the letter to `a`, or None for no entry."""
    posts = [entry(f"{channel} {n}", channel) for channel in CHANNELS[1:] for n in (1, 2)]
    letters = [instead.get("a", entry("a")), entry("b"), entry("s", is_bulk=True)]
    return [each for each in [*letters, *posts] if each]


def test_a_round_in_which_all_came_once_breaks_nothing():
    made = account(EXPECTED, ledger(), KEPT)
    assert list(made) == ["smtp to addressees", "x", "bluesky", "mastodon", "smtp to supporters"]
    assert made["smtp to addressees"] == Tally(planned=2, sent=2)
    assert list(broken(made)) == []


@pytest.mark.parametrize(
    ("first", "times", "problem"),
    [
        (entry("a"), 2, "1 of 2 came more than once"),
        (entry("a", state="unknown", reason=CRASH), 2, "1 of 2 came more than once"),
        (entry("a"), 0, "1 of 2 were lost"),
        (None, 0, "1 of 2 were lost"),
        (entry("a", state="claimed"), 0, "1 of 2 were lost"),
        (entry("a", state="expired"), 0, "1 of 2 were lost"),
        (entry("a", state="refused", reason="554"), 1, "1 came, though the ledger says that they were not sent"),
    ],
)
def test_what_came_twice_or_never_or_against_the_ledger_is_said(first, times, problem):
    received = {**KEPT, "smtp": Counter({"a": times, "b": 1, "s": 1})}
    assert list(broken(account(EXPECTED, ledger(a=first), received))) == [f"smtp to addressees: {problem}"]


def test_what_is_unknown_or_was_refused_with_a_reason_is_not_lost():
    unknown = account(EXPECTED, ledger(a=entry("a", state="unknown")), KEPT)["smtp to addressees"]
    assert unknown == Tally(planned=2, sent=1, unknown=1, came=1)
    refused = ledger(a=entry("a", state="refused", reason="554"))
    tally = account(EXPECTED, refused, {**KEPT, "smtp": Counter({"b": 1, "s": 1})})["smtp to addressees"]
    assert tally == Tally(planned=2, sent=1, given_up=1)


def test_supporters_may_get_a_letter_twice_only_where_that_is_the_policy():
    received = {**KEPT, "smtp": Counter({"a": 1, "b": 1, "s": 2})}
    for at_least_once, problems in ((False, ["smtp to supporters: 1 of 1 came more than once"]), (True, [])):
        expected = replace(EXPECTED, at_least_once=at_least_once)
        assert list(broken(account(expected, ledger(), received), expected.may_double)) == problems


def test_what_came_and_is_in_no_ledger_is_a_stranger():
    assert strangers(ledger(), {**KEPT, "x": Counter({"x 1": 1, "never written": 1})}) == Counter(x=1)


def test_the_same_seed_draws_the_same_rounds_and_five_of_them_have_every_fault():
    drawn = lots(7, 50)
    assert drawn == lots(7, 50)
    assert drawn != lots(8, 50)
    assert [lot.email for lot in drawn] == ["smtp"] * 25 + ["sendgrid"] * 25
    for start in range(0, 50, 5):
        faults = [fault.what for lot in drawn[start : start + 5] for fault in lot.faults]
        assert sorted(faults) == sorted(BAG)
    assert {fault.what for lot in lots(7, 5) for fault in lot.faults} == set(BAG)


def test_one_part_is_never_killed_so_often_in_a_row_that_the_supervisor_gives_up():
    for seed in range(20):
        faults = [fault.what for lot in lots(seed, 50) for fault in lot.faults]
        assert all(faults[n : n + 12].count("worker") <= 6 for n in range(len(faults)))


def test_ten_thousand_deliveries_in_fifty_rounds_are_not_one_less():
    size = Size.of(200)
    assert size.addressees * len(CHANNELS) + size.supporters == 200


@pytest.mark.parametrize("spell", [spell for wire in (*WIRES, *CHANNELS[1:]) for spell in BY_WIRE[wire]], ids=str)
def test_each_spell_of_bad_weather_is_one_that_the_fake_can_do(spell):
    made = (Rule if spell.wire == "smtp" else WebRule)(**spell.rule, times=spell.times)
    assert made.times == spell.times > 0


def test_a_tripwire_acts_once_in_its_phase_of_the_message_it_is_set_for_or_the_next():
    wire, done = Tripwire(), []
    wire.set(2, Phase.KEPT, lambda: done.append(wire.count))
    for phase in (Phase.BEGUN, Phase.KEPT, Phase.BEGUN, Phase.BEGUN):
        wire.passed(phase)
    assert done == []
    wire.passed(Phase.KEPT)
    wire.passed(Phase.KEPT)
    assert done == [3]
    wire.passed(Phase.BEGUN, 4)
    assert wire.count == 7


@pytest.mark.parametrize(
    ("part", "most"), [("worker", 4), ("postgres", 4), ("clock", 0), ("web", 0), ("valkey", 0), ("flushall", 0)]
)
def test_a_kill_leaves_unknown_what_was_on_the_wire_then_and_not_one_more(part, most):
    blow = Blow(Fault(part, "posts", 0.5, Phase.KEPT), NOON, 3, Counter(x=2))
    allowed = at_the_kills([blow], {"x": 4})
    assert list(too_many(Counter(x=most), allowed, "a process died")) == []
    assert list(too_many(Counter(x=most + 1), allowed, "a process died")) == [
        f"x: {most + 1} are unknown because a process died, 1 more than were on the wire then ({most})"
    ]


@pytest.mark.parametrize(("part", "seconds", "is_so"), [("worker", 1, True), ("worker", 5, False), ("clock", 1, False)])
def test_what_no_kill_explains_was_left_by_a_sender_slower_than_its_lease(part, seconds, is_so):
    left = Doubt(CRASH, NOON + timedelta(seconds=3), put_down=NOON)
    blow = Blow(Fault(part, "posts", 0.5, None), NOON + timedelta(seconds=seconds), 3, Counter())
    assert by_a_kill(left, [blow]) is is_so


def test_a_server_makes_uncertain_what_it_did_not_answer_for_and_no_more():
    weather = (Spell("x", "503", Meaning.PERHAPS, {}, 2), Spell("smtp", "450", Meaning.LATER, {}, 3))
    calm = Lot(1, "smtp", (), weather)
    assert by_the_servers(calm, {"x": 4}) == Counter(x=2)
    cut = replace(calm, faults=(Fault("cut", "posts", 0.5, None),))
    assert by_the_servers(cut, {"x": 4, "email": 4}) == Counter(x=6, email=4)
    stormy = replace(calm, weather=(Spell("smtp", "cut", Meaning.PERHAPS, {}, 2),))
    assert by_the_servers(stormy, {}, together=4) == Counter(email=8, supporters=8)


def test_deaths_are_counted_from_what_the_supervisor_says():
    said = [f"up     | {name} ended (SIGKILL) and is started again" for name in ("worker", "web")]
    assert deaths_in("\n".join([*said, "worker | ended and is started again"])) == Counter(worker=1, web=1)


def test_a_broken_promise_is_said_with_the_seed_to_have_it_again():
    made = account(EXPECTED, ledger(a=None), KEPT)
    result = Result([Played(lots(3, 5)[0], EXPECTED)], made, list(broken(made)), 12.0)
    assert "BROKEN (have it again with --seed 3)" in as_table(result, 3)
    assert "smtp to addressees: 1 of 2 were lost" in as_table(result, 3)
    assert "Every promise was kept." in as_table(Result([], made, [], 12.0), 3)
