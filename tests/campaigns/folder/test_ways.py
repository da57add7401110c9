"""Conditions, branches, approvals and business days in a campaign folder; a ladder only leads down."""

from datetime import timedelta

import pytest

from campaigns.campaign import Campaign
from campaigns.condition import Condition, Stance
from campaigns.deadline import Days, Patience
from campaigns.folder.check import check
from campaigns.folder.load import difference, load
from campaigns.kept import edition_of
from campaigns.ladder import Branch
from tests.campaigns.folder.folders import change, defect_of, sound
from tests.small_campaign import FRIDAY

FILE = "campaign.yaml"
ANSWER = """  - step: answer
    title: Answer to a refusal
    audience: addressees
    channels: [email]
    wording: reminder
    patience: 5 business days
    only_if: [refused, broken]
    begins: at once
    minimum_gap: 2 hours
    next: report
  - step: notice
"""


@pytest.fixture
def forked(folder):
    """Who refuses gets an answer at once, and no notice; the report needs signatures and two approvals."""
    change(folder, FILE, "wording: reminder}\n", "wording: reminder}\n    next: {silent: notice, refused: answer}\n")
    change(folder, FILE, "  - step: notice\n", ANSWER)
    change(folder, FILE, "audience: watch\n", "audience: watch\n    signatures: 1000\n    approval: two approvers\n")
    return folder


def test_a_ladder_with_branches_is_read_as_it_is_meant(forked):
    letter, answer, notice, report = sound(forked).rules().ladder
    assert letter.branches == (Branch(Stance.SILENT, "notice"), Branch(Stance.REFUSED, "answer"))
    assert answer.condition == Condition(frozenset({Stance.REFUSED, Stance.BROKEN}))
    assert answer.patience == Patience(timedelta(days=5), days=Days.BUSINESS)
    assert (answer.at_once, answer.minimum_gap) == (True, timedelta(hours=2))
    assert answer.branches == (Branch(None, "report"),)
    assert (report.condition.signatures, report.approvers) == (1000, 2)
    assert (notice.condition, notice.approvers, notice.at_once) == (Condition(), 0, False)


@pytest.mark.django_db
def test_what_is_loaded_is_what_the_folder_says(forked):
    read = sound(forked)
    campaign = load(read, FRIDAY).campaign
    assert edition_of(Campaign.objects.get(pk=campaign.pk)).rules.ladder == read.rules().ladder
    assert difference(read) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("next: report", "next: letter", "next: this leads to letter, which stands above: a ladder only leads down"),
        ("next: report", "next: answer", "next: this leads to this step itself: a ladder only leads down"),
        ("next: report", "next: {otherwise: letter}", "next: this leads to letter, which stands above"),
        ("next: report", "next: reprot", "next: this is one of: letter, answer, notice, report, end (reprot)"),
        ("next: report", "next: {refuse: report}", "next: this is one of: silent, refused, broken, unreachable"),
        ("only_if: [refused, broken]", "only_if: [refused, brocken]", "only_if: this is one of: silent, refused"),
        ("    only_if: [refused, broken]\n", "", "begins: what begins at once needs a condition that can come true"),
        ("only_if: [refused, broken]", "only_if: [silent, refused]", "begins: what begins at once needs a condition"),
        ("5 business days", "0 business days", "patience: business days are from 1 to 1000"),
        ("two approvers", "three approvers", "approval: this is one of: automatic, one approver, two approvers"),
        ("signatures: 1000", "signatures: many", "signatures: this is a number from 1"),
        ("  - step: letter\n", "  - step: letter\n    only_if: refused\n", "only_if: the first step is for everyone"),
        ("step: answer", "step: end", "step: end means something in next"),
        ("next: {silent: notice, refused: answer}", "next: notice", "no way leads to this step"),
        ("put_to:", "deadline: {after: 5 business days}\nput_to:", "after: business days differ from country"),
        ("audience: watch", "audience: supporters of the silent", "audience: no addressee has a division"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_named_at_its_place(forked, old, new, expected):
    change(forked, FILE, old, new)
    assert defect_of(check(forked).defects, FILE, expected)


def test_business_days_are_a_deadline_where_each_addressee_has_a_time_of_its_own(folder):
    change(folder, FILE, "put_to:", "clock: delivery\ndeadline: {after: 5 business days}\nput_to:")
    assert sound(folder).rules().ladder.rung(1).patience.days is Days.BUSINESS


@pytest.mark.django_db
def test_divisions_are_read_kept_and_not_forgotten_by_a_folder_that_says_nothing_of_them(folder):
    silent_about_it = (folder / "addressees.csv").read_text(encoding="utf-8")
    header, fr, *others = silent_about_it.splitlines()
    rows = [f"{header},division", f"{fr},north", *(f"{row}," for row in others)]
    (folder / "addressees.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    change(folder, FILE, "audience: supporters,", "audience: supporters of the silent,")
    read = sound(folder)
    assert read.edition().divisions(read.edition().asked) == {"north"}
    load(read, FRIDAY)
    (folder / "addressees.csv").write_text(silent_about_it, encoding="utf-8")
    change(folder, FILE, "audience: supporters of the silent,", "audience: supporters,")
    campaign = load(sound(folder), FRIDAY).campaign
    assert campaign.appeals.get(addressee__key="fr").addressee.division == "north"
