from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from campaigns.directory.congress import NotCongress, read_congress
from campaigns.directory.seat import STATES, WITH_DELEGATES, Chamber, Seat, division_of, house
from campaigns.representation import covering
from tests.campaigns.directory.sample import MEMBERS, write_sample

REAL = Path(__file__).parents[4] / "shared" / "data" / "congress"
TODAY = date(2026, 11, 28)


@pytest.fixture
def sample(tmp_path):
    return read_congress(write_sample(tmp_path), TODAY)


def entry(congress, key):
    return next(each for each in congress.entries if each.key == key)


def test_the_house_has_435_seats_and_six_delegates():
    assert len(list(house())) == 441
    assert len(STATES) == 50
    assert sum(seat.state in WITH_DELEGATES for seat in house()) == 6


def test_a_member_has_a_seat_a_division_accounts_and_an_office(sample):
    senator = entry(sample, "us-senate-wa-1")
    assert (senator.holder, senator.salutation) == ("Ada Adams", "Senator Adams")
    assert senator.name == "U.S. Senator for Washington, class 1"
    assert senator.division == "ocd-division/country:us/state:wa"
    assert senator.addresses == {
        "x": "@SenAdams",
        "mastodon": "@SenAdams@social.example",
        "form": "https://adams.senate.example/contact",
        "phone": "+1 202-555-0101",
        "post": "1 Hart Senate Office Building|Washington, DC 20510",
    }
    member = entry(sample, "us-house-wa-7")
    assert member.division == "ocd-division/country:us/state:wa/cd:7"
    assert member.addresses["post"] == "7 Rayburn House Office Building|Washington, DC 20515-4707"


def test_one_district_is_the_whole_state_and_a_delegate_is_called_one(sample):
    assert entry(sample, "us-house-ak").division == "ocd-division/country:us/state:ak"
    delegate = entry(sample, "us-house-dc")
    assert delegate.division == "ocd-division/country:us/district:dc"
    assert (delegate.salutation, delegate.name) == ("Delegate Eden", "U.S. Delegate for the District of Columbia")


def test_what_is_not_known_is_said_and_not_guessed(sample):
    assert "form" not in entry(sample, "us-house-wa-7").addresses
    assert "x" not in entry(sample, "us-house-wa-7").addresses
    assert any(why.startswith("Cy Clark: @a handle with spaces has a space in it") for why in sample.left_out)
    assert sample.ended == (Seat(Chamber.SENATE, "OH", 3),)
    ohio = entry(sample, "us-senate-oh-3")
    assert (ohio.holder, ohio.salutation, ohio.addresses) == ("", "", {"phone": "+1 202-555-0106"})
    assert Seat(Chamber.HOUSE, "WA", 1) in sample.vacant


def test_files_without_accounts_are_read_too(tmp_path):
    sample = read_congress(write_sample(tmp_path, accounts=None), TODAY)
    assert "x" not in entry(sample, "us-senate-wa-1").addresses


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ("", "this is not a list of members"),
        ("- [", "this is not YAML"),
        ("- {terms: []}", "entry 1: this is not a member of Congress"),
        (MEMBERS.replace("district: 7", "district: 99"), "entry 3: this is not a member of Congress as these files "),
        (MEMBERS.replace("state: WA, class: 3", "state: WA, class: 1"), "entry 2: Ada Adams holds this seat, too"),
        (MEMBERS.replace("'2027-01-03'", "soon"), "entry 3: this is not a member of Congress"),
    ],
)
def test_a_file_that_is_not_congress_is_refused_with_every_reason(tmp_path, members, said):
    with pytest.raises(NotCongress) as refused:
        read_congress(write_sample(tmp_path, members), TODAY)
    assert any(defect.message.startswith(said) for defect in refused.value.defects)
    assert {defect.file for defect in refused.value.defects} == {"legislators-current.yaml"}


def test_a_folder_without_the_files_is_refused(tmp_path):
    with pytest.raises(NotCongress, match="this file is missing"):
        read_congress(tmp_path, TODAY)


def test_a_supporter_in_any_state_or_district_gets_the_right_two_or_three_of_the_real_members():
    if not REAL.exists():
        pytest.skip("the real members of Congress are not here (../shared/data/congress)")
    real = read_congress(REAL, date(2026, 6, 30))
    assert (len(real.entries), len(real.vacant), len(real.left_out), real.short) == (537, 4, 1, ())
    for seat in house():
        theirs = [each for each in real.entries if each.division in covering(seat.division)]
        titles = Counter(each.salutation.partition(" ")[0] for each in theirs)
        has_senators = seat.state in STATES
        assert titles["Senator"] == (2 if has_senators else 0)
        assert len(theirs) == 2 * has_senators + (seat not in real.vacant)
        assert all(each.division in (seat.division, division_of(seat.state)) for each in theirs)
    ways = Counter(way for each in real.entries for way in each.addresses)
    assert ways == {"post": 536, "phone": 536, "x": ways["x"], "form": 88, "mastodon": 13}
    assert ways["x"] > 500
