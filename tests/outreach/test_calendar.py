import pytest
from icalendar import Calendar

from campaigns.kept import edition_of
from outreach.rehearsal import rehearse
from outreach.rehearsal.calendar import calendar
from outreach.shown import as_file
from tests.small_campaign import DAY, DEADLINE, FRIDAY, draft

pytestmark = pytest.mark.django_db


def events(made: bytes) -> list:
    return list(Calendar.from_ical(made).walk("VEVENT"))


def test_each_kind_of_message_and_each_deadline_is_an_event_at_its_instant():
    made = events(calendar(rehearse(edition_of(draft())), "A rehearsal.", now=FRIDAY))
    said = {(str(each["summary"]), each["dtstart"].dt) for each in made}
    assert ("Letter: 3 × Email to addressees", FRIDAY) in said
    assert ("Deadline: Letter (3 addressees)", DEADLINE) in said
    letter = next(each for each in made if each["dtstart"].dt == FRIDAY and "×" in each["summary"])
    assert str(letter["description"]).split("\n") == ["A rehearsal.", "Ann", "Bob", "Cat"]
    assert len({str(each["uid"]) for each in made}) == len(made)


def test_the_same_forecast_has_the_same_names_so_that_importing_it_again_doubles_nothing():
    edition = edition_of(draft())
    first, again = (events(calendar(rehearse(edition), "A", now=now)) for now in (FRIDAY, FRIDAY + DAY))
    assert [str(each["uid"]) for each in first] == [str(each["uid"]) for each in again]


def test_a_rehearsal_as_a_file_needs_nothing_else_and_says_that_it_is_invented():
    page = as_file(rehearse(edition_of(draft())), FRIDAY)
    assert "every answer in it is invented" in page
    assert "What happened to Ann" in page
    assert "<script" not in page
    assert 'rel="stylesheet"' not in page
    assert "src=" not in page
