# ruff: noqa: E501 (a case is a line)
"""addressees.csv after a bad day: every mistake named at once, at its line and column, with what was probably meant."""

import shutil
import time

import pytest

from campaigns.folder.check import check
from tests.campaigns.folder.folders import DATA, PETITION, change, defect_of, stands_at_its_place


@pytest.fixture
def broken(tmp_path):
    folder = tmp_path / "artsakh-2023"
    shutil.copytree(PETITION, folder)
    shutil.copy(DATA / "addressees-broken.csv", folder / "addressees.csv")
    return folder


def test_a_file_after_a_bad_day_names_all_its_defects_at_once_and_nothing_is_loaded(broken):
    report = check(broken)
    assert report.campaign is None
    assert [str(defect) for defect in report.defects] == [
        "addressees.csv:3:115: time_zone: there is no such time zone (America/NewYork) — did you mean America/New_York?",
        "addressees.csv:5:130: email: mission-ec@ has nothing after the @",
        "addressees.csv:8:1: key: this key is taken: it is first used on line 7 (un-ga)",
        "addressees.csv:10:100: languages: there is no such language code (maltese) — did you mean mt?",
        "addressees.csv:12:178: this row has 14 columns and needs 15: it lacks capacities (un-ru)",
        "addressees.csv:16:154: x: @example us un has a space in it",
    ]


def test_the_columns_named_are_where_the_values_stand(broken):
    for defect in check(broken).defects:
        assert "lacks" in defect.message or stands_at_its_place(broken, defect)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("fr,state", "fr,stat", "kind: this is one of: state, office, body, person (stat) — did you mean state?"),
        ("fr,state", "Fr Ance,state", "key: a key is small letters, digits and hyphens (Fr Ance) — did you mean fr-ance?"),
        (",FR,", ",fr,", "country: a country is a code of two capital letters (ISO 3166) (fr) — did you mean FR?"),
        (",FR,", ",France,", "country: there is no such country code (ISO 3166: two letters) (France) — did you mean FR?"),
        (",fr;en,", ",fr;EN,", "languages: there is no such language code (EN) — did you mean en?"),
        (",fr;en,", ",french;en,", "languages: there is no such language code (french) — did you mean fr?"),
        (",fr;en,", ",,", "languages: this cell is empty"),
        ("Europe/Paris", "Paris", "time_zone: there is no such time zone (Paris) — did you mean Europe/Paris?"),
        ("sat;sun", "sat;sunday", "weekend: a day of the weekend is one of: mon, tue, wed, thu, fri, sat, sun (sunday) — did you mean sun?"),
        (",council,", ",counsil,", "groups: campaign.yaml has no such group (there is: council, watch) (counsil) — did you mean council?"),
        (",council,member of the council", ",council,member|chair", "capacities: there are 1 groups and 2 capacities, divided by |, in the same order (member|chair)"),
        ("key,kind", "key,kid", "there is no column of this name"),
        ("key,kind", "key,key", "this column is here twice (key)"),
        ("fr@council.example", "fr@council.example,more", "this row has 16 columns and needs 15: a text with a comma in it needs quotation marks"),
        ('"Minister, for roads"', '"Minister, for roads', "this quotation mark is not closed"),
        ("French Republic", "F" * 201, "name: this is longer than 200 characters"),
    ],
)  # fmt: skip
def test_each_mistake_is_named_at_its_place(folder, old, new, expected):
    change(folder, "addressees.csv", old, new)
    assert stands_at_its_place(folder, defect_of(check(folder).defects, "addressees.csv", expected))


def test_a_row_that_ends_early_is_one_defect_not_several(folder):
    change(folder, "addressees.csv", ",sat;sun,fr@council.example,@council_fr,,,council,member of the council", "")
    (defect,) = (d for d in check(folder).defects if d.file == "addressees.csv")
    assert "lacks weekend, email, x, bluesky, mastodon, groups, capacities" in defect.message


def test_a_file_with_hundreds_of_mistakes_is_not_read_to_its_end(folder):
    row = "{},stat,Somewhere,,Dear,XX,xx,Nowhere,,a@council.example,,,,council,\n"
    with (folder / "addressees.csv").open("a", encoding="utf-8") as file:
        file.writelines(row.format(f"a{number}") for number in range(500))
    defects = check(folder).defects
    assert len(defects) == 201
    assert "more than 200 mistakes" in str(defects[-1])


def test_thousands_of_addressees_are_checked_in_seconds(folder):
    row = "{},state,Albania,,Your Excellency,AL,en,Europe/Tirane,,a@council.example,,,,{},member of the council\n"
    with (folder / "addressees.csv").open("a", encoding="utf-8") as file:
        file.writelines(row.format(f"a{number}", "watch" if number % 2 else "council") for number in range(2000))
    started = time.perf_counter()
    assert not check(folder).defects
    assert time.perf_counter() - started < 20


def test_spreadsheet_habits_are_understood(folder):
    path = folder / "addressees.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n") + b"\r\n\r\n")
    assert check(folder).is_sound


def test_semicolons_between_columns_are_named_as_such(folder):
    path = folder / "addressees.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(";", "|").replace(",", ";"), encoding="utf-8")
    assert "columns are divided by commas" in str(check(folder).defects[0])


def test_lines_are_counted_as_people_count_them_even_after_a_cell_of_two_lines(folder):
    change(folder, "addressees.csv", "Minister, for roads", "Minister,\nfor roads")
    change(folder, "addressees.csv", "America/New_York", "America/NewYork")
    (defect,) = check(folder).defects
    assert defect.line == 5
    assert stands_at_its_place(folder, defect)


def test_an_addressee_without_a_contact_point_on_the_first_step_is_named(folder):
    change(folder, "addressees.csv", "mt@council.example", "")
    assert [str(defect) for defect in check(folder).defects] == [
        "addressees.csv:3:1: mt has no address on email, which the step letter needs"
    ]
