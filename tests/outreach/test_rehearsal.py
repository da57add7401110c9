from datetime import datetime, timedelta

import pytest

from campaigns.kept import edition_of
from outreach.rehearsal import Answer, Approval, Halt, Outage, Scenario, Signed, rehearse
from outreach.rehearsal.scenario_file import read_scenario
from outreach.rehearsal.scenario_schema import Outcomes
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
    assert ann["waiting"] == ["the letter of 28 April came back"]


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


def sends_to(rehearsal, key: str) -> list[tuple[str, int, str, datetime]]:
    return [(e.step, e.reminder, e.channel, e.at) for e in rehearsal.sends if e.addressee == key]


def test_after_an_outage_of_days_the_next_step_begins_once_with_its_whole_patience(edition):
    out = Outage(DEADLINE - 4 * DAY, DEADLINE + 3 * DAY)
    rehearsal = rehearse(edition, Scenario("Out", outages=(out,)))
    begun = [(e.at, e.due_at) for e in rehearsal.escalations if e.addressee == "ann"]
    assert begun[0] == (out.until, out.until + DAY - SECOND)
    assert len(begun) == 3
    assert not [e for e in rehearsal.entries if out.since < e.at < out.until]


def test_a_reminder_whose_time_came_while_the_system_was_out_is_recorded_and_not_sent(edition):
    out = Outage(DEADLINE - 4 * DAY, DEADLINE + 3 * DAY)
    rehearsal = rehearse(edition, Scenario("Out", outages=(out,)))
    assert {e.addressee for e in rehearsal.entries if e.kind == "lapsed"} == {"ann", "bob", "cat"}
    assert [send[:3] for send in sends_to(rehearsal, "ann")] == [
        ("letter", 0, "email"), ("deadline", 0, "email"), ("deadline", 0, "x"),
    ]  # fmt: skip


def test_what_came_while_the_system_was_out_is_heard_before_the_next_step(edition):
    out = Outage(DEADLINE - DAY, DEADLINE + 3 * DAY)
    acts = Answer("ann", "substantive", at=DEADLINE, outcomes={"all": ("done", None)})
    rehearsal = rehearse(edition, Scenario("Out", answers=(acts,), outages=(out,)))
    assert rehearsal.statuses() == {"acted": 1, "exhausted": 2}
    assert not [e for e in rehearsal.escalations if e.addressee == "ann"]


def test_what_a_provider_cannot_take_leaves_when_it_is_back_and_nobody_is_accused_meanwhile(edition):
    out = Outage(FRIDAY - DAY, DEADLINE + 2 * DAY, "email")
    rehearsal = rehearse(edition, Scenario("No mail", outages=(out,)))
    assert sends_to(rehearsal, "ann")[0] == ("letter", 0, "email", out.until)
    assert min(e.at for e in rehearsal.escalations) >= out.until
    assert {e.until for e in rehearsal.entries if e.kind == "delayed" and e.step == "letter"} == {out.until}
    waits = {e.detail for e in rehearsal.entries if e.kind == "wait"}
    assert "the letter of 28 April is not proven delivered" in waits


def test_the_other_channels_go_on_while_one_is_out(edition):
    out = Outage(DEADLINE, DEADLINE + 2 * DAY, "x")
    sends = sends_to(rehearse(edition, Scenario("No posts", outages=(out,))), "ann")
    assert ("deadline", 0, "email", DEADLINE + SECOND) in sends
    assert ("deadline", 0, "x", out.until) in sends


def test_a_hold_on_the_campaign_keeps_the_time_that_is_left(edition):
    hold = Halt("Talks have begun.", FRIDAY + DAY, FRIDAY + 4 * DAY)
    rehearsal = rehearse(edition, Scenario("Talks", holds=(hold,)))
    assert min(e.at for e in rehearsal.escalations) == DEADLINE + 3 * DAY + SECOND
    assert [(e.kind, e.at) for e in rehearsal.entries if e.kind in ("hold", "lifted")] == [
        ("hold", hold.since),
        ("lifted", hold.until),
    ]


def test_a_hold_on_one_addressee_or_one_step_concerns_nobody_else(edition):
    until = DEADLINE + 2 * DAY
    holds = (Halt("A new head", DEADLINE - DAY, until, addressee="ann"), Halt("?", FRIDAY, until, step="oversight"))
    first = {e.addressee: e.at for e in reversed(rehearse(edition, Scenario("Holds", holds=holds)).escalations)}
    assert first == {"ann": DEADLINE + 3 * DAY + SECOND, "bob": DEADLINE + SECOND, "cat": DEADLINE + SECOND}


def test_a_hold_without_an_end_stops_what_it_is_on_for_good(edition):
    rehearsal = rehearse(edition, Scenario("Held", holds=(Halt("We do not know", FRIDAY + DAY),)))
    assert rehearsal.statuses() == {"waiting": 3}
    assert not rehearsal.escalations


def read(tmp_path, edition, text: str):
    (tmp_path / "scenario.yaml").write_text(text)
    return read_scenario(tmp_path / "scenario.yaml", edition)


def test_outages_and_holds_are_read_with_the_campaigns_own_clock(tmp_path, edition):
    scenario, defects = read(
        tmp_path,
        edition,
        """title: Much goes wrong
outages:
  - {from: 2023-05-01 10:00, until: 2023-05-02 10:00}
  - {after: 3 days, lasts: 2 hours, channel: email}
holds:
  - {from: 2023-05-01 10:00, reason: Talks}
  - {after: 1 day, lasts: 1 day, reason: A new head, addressee: ann}
""",
    )
    assert defects == []
    assert scenario.outages == (
        Outage(FRIDAY + 3 * DAY, FRIDAY + 4 * DAY),
        Outage(FRIDAY + 3 * DAY, FRIDAY + 3 * DAY + timedelta(hours=2), "email"),
    )
    assert scenario.holds == (
        Halt("Talks", FRIDAY + 3 * DAY),
        Halt("A new head", FRIDAY + DAY, FRIDAY + 2 * DAY, addressee="ann"),
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("outages: [{from: 2023-05-01 10:00}]", "an outage ends: say until, or lasts"),
        ("outages: [{until: 2023-05-01 10:00}]", "this begins at one of from and after"),
        ("outages: [{after: 1 day, lasts: 1 day, until: 2023-05-09 10:00}]", "this ends at one of until and lasts"),
        ("outages: [{from: 2023-05-02 10:00, until: 2023-05-01 10:00}]", "this would end before it begins"),
        ("outages: [{after: 1 day, lasts: 1 day, channel: emial}]", "did you mean email?"),
        ("holds: [{after: 1 day, reason: R, addressee: ana}]", "did you mean ann?"),
        ("holds: [{after: 1 day, reason: R, step: letter, channel: x}]", "a hold is on one of addressee, step and"),
        ("holds: [{after: 1 day}]", "reason"),
    ],
)
def test_a_mistake_in_an_outage_or_a_hold_is_named_with_its_line(tmp_path, edition, line, said):
    scenario, defects = read(tmp_path, edition, f"title: Wrong\n{line}\n")
    assert scenario is None
    assert str(defects[0]).startswith("scenario.yaml:2:")
    assert said in str(defects[0])


def test_a_time_that_the_clocks_skip_is_a_defect_at_its_place(tmp_path):
    edition = edition_of(draft("skips", time_zone="Europe/London"))
    _, defects = read(tmp_path, edition, "title: Spring\noutages: [{from: 2023-03-26 01:30, lasts: 1 day}]\n")
    assert "there is no such time in Europe/London" in str(defects[0])


def test_a_message_that_cannot_be_written_is_told_and_spoils_no_other():
    campaign = draft("unwritten")
    campaign.wordings.filter(name="oversight").update(body="{{ addressee.name }}: {{ silent[17].name }}")
    rehearsal = rehearse(edition_of(campaign))
    (unwritten,) = [e for e in rehearsal.entries if e.kind == "unwritten"]
    assert (unwritten.step, unwritten.addressee) == ("oversight", "ombud")
    assert unwritten.detail.startswith("The wording does not hold: body, line 1")
    assert rehearsal.statuses() == {"exhausted": 3}


def gated(**step):
    campaign = draft("gated")
    campaign.steps.filter(key="oversight").update(**step)
    return edition_of(campaign)


def test_a_step_that_is_approved_late_begins_then_and_one_that_never_is_does_not():
    edition = gated(approvers=1)
    late = Approval("oversight", DEADLINE + 20 * DAY)
    rehearsal = rehearse(edition, Scenario("Late", approvals=(late,)))
    assert {e.at for e in rehearsal.escalations if e.step == "oversight"} == {late.at}
    never = rehearse(edition, Scenario("Never", approvals=(Approval("oversight", None),)))
    assert never.statuses() == {"waiting": 3}
    assert not [e for e in never.escalations if e.step == "oversight"]


def test_a_step_opens_with_its_signatures_and_closes_again_if_they_are_taken_away():
    edition = gated(signatures=100)
    enough = (Signed(FRIDAY + DAY, 120),)
    taken_away = (*enough, Signed(FRIDAY + 2 * DAY, 90))
    for signatures, begins in ((enough, True), (taken_away, False)):
        rehearsal = rehearse(edition, Scenario("Signed", signatures=signatures))
        assert any(e.step == "oversight" for e in rehearsal.escalations) == begins


def test_approvals_and_signatures_are_read_from_the_file(tmp_path, edition):
    signed, approved = "[{after: 1 day, count: 5}]", "[{step: oversight}, {step: letter, after: 2 days}]"
    scenario, defects = read(tmp_path, edition, f"title: T\nsignatures: {signed}\napprovals: {approved}\n")
    assert defects == []
    assert scenario.signatures == (Signed(FRIDAY + DAY, 5),)
    assert scenario.approvals == (Approval("oversight", None), Approval("letter", FRIDAY + 2 * DAY))
