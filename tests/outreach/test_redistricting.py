"""Who signs is placed where they are represented, as the map can surely tell, and placed anew when it changes."""

import pytest

from campaigns.addressee import Addressee
from campaigns.locality import Lies, keep_localities
from campaigns.redistricting import Redistricting
from campaigns.representation import narrowest
from campaigns.supporter import Supporter
from outreach.links import own_data
from outreach.notice import Notice
from outreach.public.kept_page import forget
from outreach.redistricting import is_to_redistrict, redistrict, redistrict_some
from outreach.signing import read_some
from outreach.signup import Form, keep
from tests.small_campaign import FRIDAY, published

WA, SEVEN, TEN = (f"ocd-division/country:us/state:wa{part}" for part in ("", "/cd:7", "/cd:10"))
BERLIN, GERMANY = "ocd-division/country:de/state:be", "ocd-division/country:de"
MAP = (
    Lies("US", "98101", "Seattle", SEVEN),
    Lies("US", "98354", "Milton", TEN),
    Lies("US", "98354", "Milton", SEVEN),
    Lies("US", "10115", "New York", "ocd-division/country:us/state:ny/cd:12"),
    Lies("DE", "10115", "Berlin", BERLIN),
    Lies("US", "981", "", WA),
)


@pytest.fixture
def campaign(db):
    made = published()
    for key, division in (("ann", WA), ("bob", SEVEN), ("cat", GERMANY)):
        Addressee.objects.filter(key=key).update(division=division)
    keep_localities(MAP)
    return made


def signed(campaign, **said) -> Supporter:
    number = Supporter.objects.count()
    keep(campaign.pk, Form(f"Person {number}", f"person{number}@people.example", "en", **said), "", FRIDAY)
    read_some(FRIDAY)
    return Supporter.objects.at(f"person{number}@people.example").get()


@pytest.mark.parametrize(
    ("country", "postcode", "division"),
    [
        ("US", "98101", SEVEN),
        ("US", "98101-1234", SEVEN),
        ("", "98101", SEVEN),
        ("US", "98199", WA),  # the longest beginning that is known
        ("US", "98354", WA),  # in two districts, so surely in the state
        ("DE", "10115", BERLIN),
        ("US", "10115", "ocd-division/country:us/state:ny/cd:12"),
        ("", "10115", BERLIN),  # nobody in this campaign represents New York
        ("DE", "", GERMANY),
        ("DE", "99999", GERMANY),
        ("FR", "98101", ""),
        ("US", "", ""),
        ("", "", ""),
        ("US", "Seattle", ""),
    ],
)
def test_who_signs_is_placed_as_narrowly_as_is_sure(campaign, country, postcode, division):
    assert signed(campaign, country=country, postcode=postcode).division == division


def test_a_postcode_of_two_countries_places_nobody_who_gave_none(campaign):
    Addressee.objects.filter(key="bob").update(division="ocd-division/country:us/state:ny/cd:12")
    assert signed(campaign, postcode="10115").division == ""


def test_a_batch_costs_two_statements_and_one_where_nobody_represents_anybody(
    campaign, django_assert_max_num_queries, django_assert_num_queries
):
    from campaigns.whereabouts import Said, whereabouts

    said = [Said(campaign.pk, "US", str(code)) for code in range(98101, 98301)]
    with django_assert_max_num_queries(2):
        assert len(whereabouts(said)) == 99
    Addressee.objects.update(division="")
    with django_assert_num_queries(1):
        assert whereabouts(said) == {}


def test_when_the_map_changes_supporters_move_unless_they_chose_where_they_are(campaign):
    moves, chose, stays = (signed(campaign, country="US", postcode=code) for code in ("98101", "98101", "00000"))
    Supporter.objects.filter(pk=chose.pk).update(division=TEN, chose_division=True)
    Supporter.objects.filter(pk=stays.pk).update(division="somewhere")
    redistrict()
    assert keep_localities(MAP) == (0, 0)
    assert not is_to_redistrict()
    keep_localities([Lies("US", "98101", "Seattle", "ocd-division/country:us/state:wa/cd:9")])
    assert is_to_redistrict()
    redistrict()
    places = dict(Supporter.objects.values_list("pk", "division"))
    assert places == {moves.pk: "ocd-division/country:us/state:wa/cd:9", chose.pk: TEN, stays.pk: "somewhere"}
    assert not is_to_redistrict()


def test_placing_goes_on_where_it_was_interrupted_and_begins_again_with_another_change(campaign):
    people = [signed(campaign, country="US", postcode="98101") for _ in range(3)]
    Supporter.objects.update(division="")
    assert redistrict_some(limit=2)
    assert Supporter.objects.exclude(division="").count() == 2
    keep_localities([Lies("US", "98102", "", TEN)])
    assert Redistricting.objects.get().after is None
    while redistrict_some(limit=2):
        pass
    assert set(Supporter.objects.values_list("pk", "division")) == {(each.pk, SEVEN) for each in people}


def test_on_the_page_for_ones_own_data_people_say_where_they_live(campaign, client, monkeypatch):
    monkeypatch.setattr("campaigns.moment.now", lambda: FRIDAY)
    keep_localities([Lies("US", "", "Washington, district 10", TEN), Lies("US", "", "Washington", WA)])
    anna = signed(campaign, country="US", postcode="98101")
    asked = Notice.objects.create(
        campaign=campaign, supporter=anna, kind=Notice.Kind.DATA, due_at=FRIDAY, created_at=FRIDAY
    )
    page = f"/mine/{own_data().token(asked.pk)}"

    def move(**said) -> tuple[int, str, str, bool]:
        told = client.post(f"{page}/move", said)
        anna.refresh_from_db()
        return told.status_code, anna.division, anna.postcode, anna.chose_division

    assert "Washington, district 10" in client.get(page).content.decode()
    assert move(postcode="98101", division=TEN) == (200, TEN, "98101", True)
    assert move(postcode="98199", division="") == (200, WA, "98199", False)
    assert move(postcode="", division="") == (200, "", "", False)
    assert move(postcode="98101", division="atlantis") == (422, "", "", False)
    assert move(postcode="9" * 17, division="") == (422, "", "", False)


def test_a_postcode_is_asked_for_only_where_somebody_represents_a_place(campaign, client):
    forget()
    assert 'name="postcode"' not in client.get("/c/bridge/en/").content.decode()
    keep_localities([Lies("US", "", "Washington", WA)])
    forget()
    assert 'name="postcode"' in client.get("/c/bridge/en/").content.decode()


def test_the_narrowest_division_that_is_sure():
    assert narrowest([SEVEN]) == SEVEN
    assert narrowest([SEVEN, TEN]) == WA
    assert narrowest([SEVEN, WA]) == WA
    assert narrowest(["north", "south"]) == narrowest([]) == narrowest([SEVEN, BERLIN]) == ""
