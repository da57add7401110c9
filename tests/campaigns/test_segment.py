"""Whom a mailing is for: said in words, kept as plain values, and refused with a sentence where it cannot be."""

import uuid
from datetime import UTC, datetime

import pytest

from campaigns.lot import lot, parts
from campaigns.segment import FOR_ALL, Segment, Unsuited

SAID = {
    "countries": ["us", "AM"],
    "divisions": ["ocd-division/country:us/state:wa"],
    "languages": ["en"],
    "has_signed": True,
    "has_written": False,
    "joined_from": "2026-05-01T09:00:00+00:00",
    "joined_before": "2026-06-01T09:00:00+00:00",
    "representatives": ["silent", "broken"],
}
MAY, JUNE = datetime(2026, 5, 1, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC)


def test_what_is_kept_of_a_segment_makes_the_same_segment_again():
    segment = Segment.of(SAID)
    assert segment.countries == ("US", "AM")
    assert Segment.of(segment.to_keep()) == segment
    assert Segment.of({"countries": [], "has_signed": None, "joined_from": ""}) == FOR_ALL
    assert FOR_ALL.to_keep() == {}


def test_a_segment_says_in_words_whom_it_is_for():
    assert FOR_ALL.sentence() == "All supporters"
    assert Segment.of(SAID).sentence() == (
        "Supporters in US or AM, living in ocd-division/country:us/state:wa, reading en, who have signed, who have not "
        "written a letter, who joined from 1 May 2026, 09:00 UTC on, who joined before 1 June 2026, 09:00 UTC, whose "
        "own representative is silent or has broken a commitment"
    )


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"colour": ["blue"]}, "colour"),
        ({"countries": ["Armenia"]}, "countries"),
        ({"countries": "AM"}, "countries"),
        ({"has_signed": "yes"}, "has_signed"),
        ({"representatives": ["asleep"]}, "representatives"),
        ({"joined_from": "yesterday"}, "joined_from"),
        ({"joined_from": "2026-05-01T09:00:00"}, "joined_from"),
        ({"joined_from": JUNE, "joined_before": MAY}, "joined_before"),
    ],
)
def test_what_no_segment_can_be_is_refused_at_its_field(said, field):
    with pytest.raises(Unsuited) as refused:
        Segment.of(said)
    assert refused.value.field == field
    assert str(refused.value)


def test_where_somebody_lives_counts_with_all_that_it_lies_in():
    seventh, eighth = "ocd-division/country:us/state:wa/cd:7", "ocd-division/country:us/state:wa/cd:8"
    lived_in = [seventh, eighth, "ocd-division/country:us/state:or", "Yerevan"]
    assert FOR_ALL.within(lived_in, None) is None
    in_state = Segment.of({"divisions": ["ocd-division/country:us/state:wa"]})
    assert in_state.within(lived_in, None) == [seventh, eighth]
    of_the_silent = Segment.of({"divisions": ["ocd-division/country:us/state:wa"], "representatives": ["silent"]})
    assert of_the_silent.within(lived_in, {eighth, "Yerevan"}) == [eighth]
    assert of_the_silent.within(lived_in, set()) == []


def test_lots_are_drawn_evenly_and_always_the_same():
    mailing = uuid.UUID(int=7)
    drawn = [lot(mailing, uuid.UUID(int=number)) for number in range(2000)]
    assert drawn == [lot(mailing, uuid.UUID(int=number)) for number in range(2000)]
    halves = parts(0.5, 2)
    assert halves == [(0.0, 0.25), (0.25, 0.5)]
    for low, high in halves:
        assert 430 < sum(low <= each < high for each in drawn) < 570
