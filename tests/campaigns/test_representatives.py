"""Where a postcode lies: by our own map, by a service where there is one, and asked back where nobody can tell."""

import pytest
import redis
from django.core.cache import cache

from campaigns.addressee import Addressee
from campaigns.locality import Lies, keep_localities
from campaigns.representatives import Map
from channels.fakes.lookup import LookupFake
from channels.lookups import Division, lookup_at
from tests.small_campaign import published

WA, SEVEN, TEN = (f"ocd-division/country:us/state:wa{part}" for part in ("", "/cd:7", "/cd:10"))
COUNTY = Division((f"{WA}/county:king",), "King County")
TOLD = {
    "98101": (Division((WA,), "Washington"), COUNTY, Division((SEVEN,), "7th district")),
    "98354": (Division((WA,), "Washington"), Division((TEN,), "10th district")),
    "10001": (Division(("ocd-division/country:us/state:ny",), "New York"),),
}
MAP = (
    Lies("US", "", "Washington", WA),
    Lies("US", "", "Washington, district 7", SEVEN),
    Lies("US", "", "Washington, district 10", TEN),
    Lies("US", "98354", "", SEVEN),
    Lies("US", "98354", "", TEN),
    Lies("US", "10115", "", SEVEN),
    Lies("DE", "10115", "Berlin", "berlin"),
    Lies("DE", "", "Berlin", "berlin"),
)


@pytest.fixture(scope="module")
def server():
    with LookupFake(places=TOLD) as running:
        yield running


@pytest.fixture
def fake(server, settings):
    """The service, fresh."""
    cache.clear()
    lookup_at.cache_clear()
    server.forgive()
    server.asked.clear()
    settings.LOOKUPS = [server.address]
    yield server
    lookup_at.cache_clear()


@pytest.fixture
def known(db) -> Map:
    """Ann is the senator, Bob represents district 7, and nobody district 10; Cat represents Berlin."""
    campaign = published()
    for key, division, country in (("ann", WA, "US"), ("bob", SEVEN, "US"), ("cat", "berlin", "DE")):
        Addressee.objects.filter(key=key).update(division=division, country=country)
    keep_localities(MAP)
    return Map(campaign)


def names(finding) -> list[str]:
    return [each.name for each in finding.places]


def test_what_the_map_can_tell_no_service_is_asked(known, fake):
    assert names(known.look_up("berlin")) == ["Berlin"]
    assert known.look_up("10115", "DE").place
    assert fake.asked == []


def test_a_service_tells_what_the_map_cannot_and_its_answer_is_kept_without_who_asked(known, fake, settings):
    assert names(known.look_up("98101", "US")) == ["Washington, district 7"]
    assert names(known.look_up("98101-", "US")) == ["Washington, district 7"]
    assert names(known.look_up("98354", "US")) == ["Washington, district 10"]
    assert known.look_up("10001", "US").places == known.look_up("10001", "US").places == ()
    assert len(fake.asked) == 3
    with redis.Redis.from_url(settings.REDIS_URL) as kept:
        keys = [str(key) for key in kept.scan_iter("*lookup:*")]
    assert len(keys) == 3
    assert not any("98101" in key for key in keys)


def test_a_street_is_asked_each_time_and_never_kept(known, fake):
    for _ in range(2):
        assert names(known.look_up("98101", "US", street="1 Pike Place")) == ["Washington, district 7"]
    assert len(fake.asked) == 2


def test_where_a_service_fails_the_map_and_the_list_are_left_and_it_is_said(known, fake):
    fake.answer("503 Service Unavailable")
    several = known.look_up("98354", "US")
    assert (names(several), several.is_unsure) == (["Washington, district 7", "Washington, district 10"], True)
    assert (known.look_up("98101", "US").places, known.look_up("98101", "US").is_unsure) == ((), True)
    assert known.everywhere()


def test_a_postcode_of_two_countries_asks_for_the_country_first(known, fake):
    asked = known.look_up("10115")
    assert (asked.countries, asked.place) == (("DE", "US"), None)
    assert names(known.look_up("10115", "DE")) == ["Berlin"]
    assert names(known.look_up("10115", "US")) == ["Washington, district 7"]


def test_a_map_without_names_is_enough_where_a_service_has_them(db, fake, settings):
    campaign = published()
    Addressee.objects.filter(key="ann").update(division=WA, country="US")
    known = Map(campaign)
    assert known
    assert known.takes_streets
    assert names(known.look_up("98101")) == ["Washington"]
    settings.LOOKUPS = []
    assert not Map(campaign)
