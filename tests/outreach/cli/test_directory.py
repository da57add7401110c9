import csv
import json

import pytest
from typer.testing import CliRunner

from campaigns.addressee import Addressee
from campaigns.locality import Locality
from campaigns.moment import now
from outreach.cli import app
from tests.campaigns.directory.sample import MEMBERS, write_sample
from tests.campaigns.folder.folders import change, write_folder

pytestmark = pytest.mark.django_db


def run(*arguments: str):
    return CliRunner().invoke(app, ["directory", "congress", *arguments, "--group", "congress", "--yes"])


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A campaign folder with a group for Congress."""
    monkeypatch.setattr("outreach.cli.directory.now", lambda: now().replace(year=2026, month=11, day=28))
    made = tmp_path / "road"
    made.mkdir()
    write_folder(made)
    change(made, "campaign.yaml", "groups:\n", "groups:\n  - {key: congress, title: The Congress}\n")
    return made


def rows(folder):
    with (folder / "addressees.csv").open(encoding="utf-8", newline="") as file:
        return {row["key"]: row for row in csv.DictReader(file)}


def test_one_command_brings_congress_in_with_accounts_offices_and_divisions(folder, tmp_path):
    before = rows(folder)
    told = run(str(write_sample(tmp_path / "source")), str(folder))
    assert told.exit_code == 0, told.output
    assert "5 members of Congress: email 0, web form 1, phone 5, letter 2, X 1, Mastodon 1." in told.output
    assert "They publish no email addresses" in told.output
    assert "The term these files give for U.S. Senator for Ohio, class 3 has ended" in told.output
    after = rows(folder)
    assert {key: {name: after[key][name] for name in before[key]} for key in before} == before
    member = Addressee.objects.get(key="us-house-wa-7")
    assert (member.holder, member.division) == ("Cy Clark", "ocd-division/country:us/state:wa/cd:7")
    assert set(member.contact_points.values_list("channel", flat=True)) == {"phone", "letter"}
    assert member.memberships.get().group.key == "congress"


def test_bringing_it_in_again_changes_nothing(folder, tmp_path):
    source = str(write_sample(tmp_path / "source"))
    run(source, str(folder))
    text = (folder / "addressees.csv").read_text(encoding="utf-8")
    again = run(source, str(folder), "--json")
    assert json.loads(again.output)["changes"] == []
    assert (folder / "addressees.csv").read_text(encoding="utf-8") == text


def test_a_successor_takes_the_seat_and_nothing_of_the_predecessors_own(folder, tmp_path):
    source = write_sample(tmp_path / "source")
    run(str(source), str(folder))
    lines = (folder / "addressees.csv").read_text(encoding="utf-8").splitlines()
    known = [line.replace("sat;sun,,", "sat;sun,clark@house.example,", "Cy Clark" in line) for line in lines]
    (folder / "addressees.csv").write_text("\n".join(known), encoding="utf-8")
    run(str(source), str(folder))
    assert rows(folder)["us-house-wa-7"]["email"] == "clark@house.example"

    write_sample(source, MEMBERS.replace("Cy Clark", "Flo Fry"))
    told = run(str(source), str(folder))
    assert told.exit_code == 0, told.output
    assert (rows(folder)["us-house-wa-7"]["holder"], rows(folder)["us-house-wa-7"]["email"]) == ("Flo Fry", "")
    assert Addressee.objects.get(key="us-house-wa-7").holder_changes.get().before == "Cy Clark"


def test_a_seat_that_falls_vacant_keeps_its_office_and_nobody_holds_it(folder, tmp_path):
    source = write_sample(tmp_path / "source")
    run(str(source), str(folder))
    write_sample(source, MEMBERS.replace("'2031-01-03'", "'2026-11-01'"))
    run(str(source), str(folder))
    seat = Addressee.objects.get(key="us-senate-wa-1")
    assert (seat.holder, seat.division) == ("", "ocd-division/country:us/state:wa")
    assert set(seat.contact_points.values_list("channel", flat=True)) == {"phone", "letter"}


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (("campaign.yaml", "key: congress,", "key: senate,"), "campaign.yaml has no such group"),
        (("addressees.csv", "key,kind", "kind"), "and lacks key"),
        (("addressees.csv", ",council,member of the council\n", "\n"), "this row has 13 columns"),
    ],
)
def test_bad_input_changes_neither_the_folder_nor_the_campaign(folder, tmp_path, spoil, said):
    change(folder, *spoil)
    text = (folder / "addressees.csv").read_text(encoding="utf-8")
    told = run(str(write_sample(tmp_path / "source")), str(folder))
    assert (told.exit_code, said in told.output) == (2, True), told.output
    assert (folder / "addressees.csv").read_text(encoding="utf-8") == text
    assert not Addressee.objects.exists()


def test_files_that_are_not_congress_are_refused(folder, tmp_path):
    told = run(str(write_sample(tmp_path / "source", "- {}")), str(folder))
    assert (told.exit_code, "entry 1: this is not a member" in told.output) == (2, True)
    assert not Addressee.objects.exists()


DIVISIONS = "country,postcode,place,division\nUS,,Washington,ocd-division/country:us/state:wa\nUS,98101,Seattle,{}\n"


def divided(tmp_path, text: str):
    (tmp_path / "divisions.csv").write_text(text, encoding="utf-8")
    return CliRunner().invoke(app, ["directory", "divisions", str(tmp_path / "divisions.csv")])


def test_postcodes_and_places_are_kept_for_all_campaigns(tmp_path):
    told = divided(tmp_path, DIVISIONS.format("ocd-division/country:us/state:wa/cd:7"))
    assert (told.exit_code, told.output.strip()) == (0, "2 rows: 2 added, 0 taken away.")
    told = divided(tmp_path, DIVISIONS.format("ocd-division/country:us/state:wa/cd:9"))
    assert told.output.strip() == "2 rows: 1 added, 1 taken away."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "divisions.csv:1:1: the first line names the columns country, postcode, place, division"),
        (DIVISIONS.format(""), "divisions.csv:3:18: division: this cell is empty"),
        (DIVISIONS.format("x").replace("US,98", "us,98"), "did you mean US?"),
        (DIVISIONS.format("x").replace("98101,Seattle", ","), "divisions.csv:3:4: a postcode or a place is needed"),
        (DIVISIONS.format("x,y"), "divisions.csv:3:1: this row has 5 columns and needs 4"),
        (DIVISIONS.format("x" * 81), "division: this is longer than 80 characters"),
    ],
)
def test_a_file_of_divisions_with_a_mistake_changes_nothing(tmp_path, text, said):
    told = divided(tmp_path, text)
    assert (told.exit_code, said in told.output) == (2, True), told.output
    assert not Locality.objects.exists()


def test_with_congress_its_states_and_districts_get_their_names(folder, tmp_path):
    run(str(write_sample(tmp_path / "source")), str(folder))
    assert Locality.objects.called("Washington, district 7")[0].division == "ocd-division/country:us/state:wa/cd:7"
    assert Locality.objects.called("Alaska")[0].division == "ocd-division/country:us/state:ak"
    assert Locality.objects.count() == 50 + 6 + 429
