# ruff: noqa: E501 (a case is a line)
"""When messages leave, as a campaign file says it: read, judged, kept, and seen the same from every side."""

from datetime import UTC, datetime, time, timedelta

import jsonschema
import pytest

from campaigns.folder.check import check
from campaigns.folder.defect import Defects
from campaigns.folder.load import difference, load
from campaigns.folder.positions import read_yaml
from campaigns.folder.schema import json_schema
from campaigns.kept import edition_of
from campaigns.sending import Manner, Sending
from campaigns.spread import Curve
from campaigns.window import Window
from tests.campaigns.folder.folders import CAMPAIGN, change, sound

MONDAY = datetime(2023, 4, 24, 9, tzinfo=UTC)
SENDING = """sending:
  addressees: {hours: "09:00-17:00", days: workdays, holidays: wait}
  supporters: {hours: "8:00-24:00", holidays: wait, country: AM, spread: 4 hours, curve: day}
  public: {hours: "22:00–06:00"}
"""


def say(folder, sending: str) -> None:
    change(folder, "campaign.yaml", "put_to:", f"{sending}put_to:")


def test_without_a_word_about_it_everything_leaves_at_once(folder):
    assert sound(folder).rules().sending == Sending()
    assert sound(folder).sending() == {}


def test_each_audience_has_its_own_hours(folder):
    say(folder, SENDING)
    assert sound(folder).rules().sending == Sending(
        addressees=Manner(Window(time(9), time(17), is_for_workdays=True, skips_holidays=True)),
        supporters=Manner(Window(time(8), time(0), skips_holidays=True), timedelta(hours=4), Curve.DAY, "AM"),
        public=Manner(Window(time(22), time(6))),
    )


@pytest.mark.django_db
def test_what_is_kept_of_it_is_what_the_folder_says(folder):
    say(folder, SENDING)
    change(folder, "campaign.yaml", "wording: thanks}", "wording: thanks, expires_after: 2 days}")
    kept = load(sound(folder), MONDAY).campaign
    assert edition_of(kept).rules == sound(folder).edition().rules
    assert kept.rules().ladder.rung(3).dispatches[1].expires_after == timedelta(days=2)
    assert difference(sound(folder)) == []
    change(folder, "campaign.yaml", "spread: 4 hours", "spread: 5 hours")
    assert [str(each) for each in difference(sound(folder))] == [
        "campaign road: sending.supporters.spread: “14400.0” → “18000.0”"
    ]


@pytest.mark.parametrize(
    ("sending", "expected"),
    [
        ('addressees: {hours: "9 to 5"}', "hours: hours are two times of the day: 09:00-17:00 (9 to 5)"),
        ('addressees: {hours: "09:00-25:00"}', "hours: hours are two times of the day, from 00:00 to 24:00"),
        ('addressees: {hours: "09:60-12:00"}', "hours: hours are two times of the day, from 00:00 to 24:00"),
        (
            'addressees: {hours: "09:00-09:00"}',
            "hours: these hours end where they begin, so that nothing would ever leave",
        ),
        ("addressees: {days: weekdays}", "days: this is one of: all, workdays (weekdays)"),
        ("addressees: {country: AM}", "there is no key `country` here"),
        ("public: {holidays: wait}", "public: holidays: say whose holidays: country: AM"),
        ("public: {country: XX}", "country: there is no such country code"),
        ("supporters: {spread: 15 days}", "spread: messages are spread over 14 days at the most (15 days)"),
        ("supporters: {curve: day}", "supporters: curve: there is nothing to spread along it"),
        ("council: {days: all}", "there is no key `council` here (there is: addressees, supporters, public)"),
    ],
)
def test_a_mistake_in_it_is_said_at_its_line(folder, sending, expected):
    say(folder, f"sending:\n  {sending}\n")
    (defect,) = check(folder).defects
    assert str(defect).startswith(f"campaign.yaml:7:{defect.column}: {expected}")


def test_the_schema_for_editors_knows_it():
    campaign = read_yaml(CAMPAIGN + SENDING, Defects("campaign.yaml")).value
    jsonschema.validate(campaign, json_schema())
    spoiled = read_yaml(CAMPAIGN + SENDING.replace("workdays", "weekdays"), Defects("campaign.yaml")).value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(spoiled, json_schema())


def test_hours_that_never_come_for_an_addressee_are_a_defect(folder):
    say(folder, SENDING)
    change(folder, "addressees.csv", "Europe/Malta,sat;sun", "Europe/Malta,mon;tue;wed;thu;fri;sat;sun")
    (defect,) = check(folder).defects
    assert str(defect).startswith(
        "addressees.csv:3:1: sending: no hours of addressees come for mt within 40 days: its weekend leaves no day of work"
    )


def test_who_would_lose_more_than_a_day_of_the_time_to_act_is_named(folder):
    say(folder, SENDING)
    change(folder, "campaign.yaml", "2023-04-28 10:00", "2023-04-29 10:00")
    notes = [str(note) for note in check(folder).notes]
    assert (
        "addressees.csv:2: fr may get the first letter only on Tuesday 2 May, 09:00 in Europe/Paris: "
        "4 days of its time to act would be left"
    ) in notes
    change(folder, "campaign.yaml", "put_to:", "clock: delivery\nput_to:")
    assert not [note for note in check(folder).notes if "first letter" in str(note)]


def test_a_letter_after_the_deadline_is_called_that(folder):
    say(folder, SENDING)
    change(folder, "campaign.yaml", "2023-04-28 10:00", "2023-04-29 10:00")
    change(folder, "campaign.yaml", "put_to:", "deadline: {after: 1 day}\nput_to:")
    change(folder, "campaign.yaml", "    reminders:\n      - {before: 2 days, wording: reminder}\n", "")
    assert any("Europe/Paris, after the deadline" in str(note) for note in check(folder).notes)
