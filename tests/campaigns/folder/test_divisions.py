"""divisions.csv and fallbacks of a campaign folder: where its people are represented, and whom they write to if not."""

import pytest

from campaigns.addressee import Addressee
from campaigns.campaign import Campaign
from campaigns.directory.divisions_file import COLUMNS, written
from campaigns.folder.check import check
from campaigns.folder.load import difference, load
from campaigns.locality import Lies, Locality, keep_localities
from campaigns.redistricting import Redistricting
from campaigns.representatives import Map
from campaigns.whereabouts import Said, whereabouts
from tests.campaigns.folder.folders import change, sound
from tests.small_campaign import FRIDAY

DIVISIONS = "country,postcode,place,division\nFR,,The north,north\nFR,59000,Lille,north\nMT,,Malta,malta\n"


@pytest.fixture
def divided(folder):
    """France represents the north, and who sits for Malta is vacant; the Watch is written to instead."""
    change(folder, "addressees.csv", "groups,capacities\n", "groups,capacities,division\n")
    change(folder, "addressees.csv", "@council_fr,,,council,member of the council\n", "@council_fr,,,council,member of the council,north\n")  # fmt: skip # noqa: E501
    change(folder, "addressees.csv", "mt@council.example,,,,council,member of the council\n", "mt@council.example,,,,council,member of the council,malta\n")  # fmt: skip # noqa: E501
    change(folder, "addressees.csv", "watch,\n", "watch,,\n")
    change(folder, "addressees.csv", "Republic,,Your", "Republic,The President,Your")
    change(folder, "addressees.csv", '"Minister, for roads"', "")
    change(folder, "campaign.yaml", "website:", "fallbacks: [un]\nwebsite:")
    (folder / "divisions.csv").write_text(DIVISIONS, encoding="utf-8")
    return folder


@pytest.fixture
def loaded(divided, db):
    return load(sound(divided), FRIDAY).campaign


def test_a_folder_may_say_where_its_people_are_represented(loaded):
    known = Map(loaded)
    assert [each.name for each in known.within()] == ["Malta", "The north"]
    assert known.look_up("59000").place.division == "north"
    assert [each.key for each in known.representation("north").people] == ["fr"]


def test_where_nobody_sits_the_fallback_is_named_and_nowhere_else(loaded):
    known = Map(loaded)
    vacant, held = known.representation("malta"), known.representation("north")
    assert (vacant.is_vacant, [each.key for each in vacant.instead]) == (True, ["un"])
    assert (held.is_vacant, held.instead) == (False, ())
    Addressee.objects.filter(key="mt").update(division="")
    assert [each.key for each in Map(loaded).representation("malta").instead] == ["un"]


def test_loading_it_again_changes_nothing_and_an_edited_file_changes_what_it_says(loaded, divided):
    Redistricting.objects.all().delete()
    assert difference(sound(divided)) == []
    load(sound(divided), FRIDAY)
    assert not Redistricting.objects.exists()
    change(divided, "divisions.csv", "FR,59000,Lille,north\n", "FR,59000,Lille,north\nFR,62000,Arras,north\n")
    said = [str(each) for each in difference(sound(divided))]
    assert said[0] == "campaign road: divisions.rows: “3” → “4”"
    load(sound(divided), FRIDAY)
    assert Map(loaded).look_up("62000").place.division == "north"
    assert Redistricting.objects.get().campaign == loaded
    (divided / "divisions.csv").unlink()
    load(sound(divided), FRIDAY)
    assert not Locality.objects.exists()


def test_what_a_campaign_says_of_a_postcode_goes_before_what_all_campaigns_say(loaded):
    keep_localities([Lies("FR", "59000", "", "malta"), Lies("FR", "59100", "", "north")])
    assert Map(loaded).look_up("59000").place.division == "north"
    assert Map(loaded).look_up("59100").place.division == "north"
    said = Said(loaded.pk, "FR", "59000")
    assert whereabouts([said]) == {said: "north"}
    other = Campaign.objects.create(
        slug="other", title={}, languages=["en"], time_zone="UTC", publish_at=FRIDAY, created_at=FRIDAY
    )
    shared = Locality.objects.of(other).order_by("postcode").values_list("postcode", flat=True)
    assert list(shared) == ["59000", "59100"]


def test_what_is_written_is_read_as_it_was(loaded, divided):
    rows = sound(divided).divisions.rows
    assert written(rows) == DIVISIONS
    assert written([]) == ",".join(COLUMNS) + "\n"
    assert written([Lies("FR", "", 'A "place", here', "x")]).splitlines()[1] == 'FR,,"A ""place"", here",x'


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (("divisions.csv", "FR,59000", "France,59000"), "divisions.csv:3:1: country: this is longer than 2 characters"),
        (("divisions.csv", "FR,59000", "fr,59000"), "divisions.csv:3:1: country: a country is a code of two capital"),
        (("divisions.csv", "Lille,north", "Lille"), "divisions.csv:3:1: this row has 3 columns and needs 4"),
        (("campaign.yaml", "fallbacks: [un]", "fallbacks: [uno]"), "did you mean un?"),
        (("campaign.yaml", "fallbacks: [un]", "fallbacks: [un, un]"), "fallbacks: this is listed twice"),
        (("campaign.yaml", "fallbacks: [un]", "fallbacks: un"), "campaign.yaml:"),
    ],
)
def test_every_mistake_is_told_at_its_place_with_what_was_probably_meant(divided, spoil, told):
    change(divided, *spoil)
    assert any(told in str(defect) for defect in check(divided).defects)


def test_a_division_that_nobody_represents_is_told_and_a_file_of_nothing_else_is_refused(divided):
    change(divided, "divisions.csv", "MT,,Malta,malta\n", "MT,,Malta,maltta\n")
    (note,) = [str(each) for each in check(divided).notes if each.file == "divisions.csv"]
    assert note == "divisions.csv:4: division: nobody in addressees.csv represents maltta: did you mean malta?"
    (divided / "divisions.csv").write_text(DIVISIONS.replace("north\n", "nord\n").replace("malta\n", "m\n"))
    (defect,) = [str(each) for each in check(divided).defects]
    assert defect.startswith("divisions.csv:2:15: division: nobody in addressees.csv represents this or any other")
    assert defect.endswith("(nord) — did you mean north?")


def test_fallbacks_make_no_sense_where_nobody_represents_anybody(folder):
    change(folder, "campaign.yaml", "website:", "fallbacks: [un]\nwebsite:")
    assert any("nobody in addressees.csv has a division" in str(defect) for defect in check(folder).defects)
