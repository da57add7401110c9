from datetime import timedelta

import pytest

from campaigns.kept import edition_of
from outreach.rehearsal import Answer, Scenario, rehearse
from outreach.rehearsal.scenario_file import Outcomes
from tests.small_campaign import DAY, DEADLINE, FRIDAY, SECOND, draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return edition_of(draft())


def test_silence_takes_every_addressee_up_the_whole_ladder(edition):
    rehearsal = rehearse(edition)
    assert rehearsal.statuses() == {"exhausted": 3}
    assert [entry.at for entry in rehearsal.escalations if entry.addressee == "ann"] == [
        DEADLINE + SECOND,
        DEADLINE + SECOND + DAY,
        DEADLINE + SECOND + 4 * DAY,
    ]


def test_one_letter_per_addressee_per_step_and_channel(edition):
    sends = [
        (e.step, e.reminder, e.channel, e.addressee) for e in rehearse(edition).sends if e.audience == "addressees"
    ]
    assert len(sends) == len(set(sends)) == 3 + 3 + 3 + 3


def test_who_acts_gets_nothing_more(edition):
    acts = Answer("ann", "substantive", after=DAY, outcomes={"all": ("done", None)})
    rehearsal = rehearse(edition, Scenario("Ann acts", answers=(acts,)))
    assert rehearsal.statuses() == {"acted": 1, "exhausted": 2}
    assert [e.step for e in rehearsal.sends if e.addressee == "ann"] == ["letter"]


@pytest.mark.parametrize("kind", ["auto-reply", "acknowledgement", "deflection", "refusal"])
def test_an_answer_that_is_no_outcome_does_not_stop_the_clock(edition, kind):
    outcomes: Outcomes = {"all": ("refused", None)} if kind == "refusal" else {}
    answers = (Answer("ann", kind, on="letter", outcomes=outcomes),)
    assert rehearse(edition, Scenario(kind, answers=answers)).statuses() == {"exhausted": 3}


def test_a_commitment_holds_the_ladder_until_its_date(edition):
    until = (DEADLINE + 3 * DAY).date()
    answers = (Answer("ann", "commitment", after=DAY, outcomes={"open": ("committed", until)}),)
    rehearsal = rehearse(edition, Scenario("Ann commits", answers=answers))
    assert min(e.at for e in rehearsal.escalations if e.addressee == "ann") == DEADLINE + 3 * DAY + SECOND


def test_an_answer_in_the_last_second_is_in_time(edition):
    acts = Answer("ann", "substantive", at=DEADLINE, outcomes={"all": ("done", None)})
    assert rehearse(edition, Scenario("", answers=(acts,))).statuses()["acted"] == 1


def test_an_unread_answer_is_waited_for(edition):
    answers = (Answer("ann", "acknowledgement", at=DEADLINE, read_after=timedelta(days=2)),)
    rehearsal = rehearse(edition, Scenario("", answers=answers))
    assert min(e.at for e in rehearsal.escalations if e.addressee == "ann") == DEADLINE + 2 * DAY
    assert "an answer from 5 May lies unread" in {e.detail for e in rehearsal.entries if e.kind == "wait"}


def test_who_was_not_reached_is_never_accused_of_silence(edition):
    answers = (Answer("ann", on="letter", bounce="550 no such user"),)
    rehearsal = rehearse(edition, Scenario("", answers=answers))
    assert rehearsal.statuses() == {"waiting": 1, "exhausted": 2}
    (ann,) = [appeal for appeal in rehearsal.as_json()["appeals"] if appeal["addressee"] == "ann"]
    assert ann["waiting"] == ["the message of 28 April came back"]


def test_it_starts_with_publication_and_says_how_long_it_took(edition):
    told = rehearse(edition).as_json()
    assert told["published_at"] == FRIDAY.isoformat()
    assert told["virtual_days"] == pytest.approx(18.583, abs=0.001)
    assert told["wall_seconds"] < 5


def rehearsed_with(**reminder) -> list[tuple[str, int]]:
    """The steps and reminders Ann gets if the first step has this reminder."""
    campaign = draft(slug="reminded")
    first = campaign.steps.get(number=1)
    first.reminders = [{"audience": "addressees", "channels": ["email"], "wording": "reminder", **reminder}]
    first.save()
    rehearsal = rehearse(edition_of(campaign))
    assert rehearsal.statuses() == {"exhausted": 3}
    return [(e.step, e.reminder) for e in rehearsal.sends if e.addressee == "ann" and e.channel == "email"]


def test_a_reminder_that_is_due_before_its_step_has_begun_does_not_end_the_rehearsal():
    assert rehearsed_with(before=30 * 24 * 3600) == [("letter", 0), ("letter", 1), ("deadline", 0)]


def test_a_reminder_that_waits_past_the_deadline_gives_way_to_the_next_step_at_its_instant():
    campaign = draft(slug="late", fairness={"minimum_gap": 9 * 24 * 3600})
    steps = {step.key: step for step in campaign.steps.all()}
    steps["deadline"].dispatches = steps["supporters"].dispatches
    steps["deadline"].save()
    rehearsal = rehearse(edition_of(campaign))
    assert min(e.at for e in rehearsal.escalations) == DEADLINE + SECOND
