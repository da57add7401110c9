"""Services that know divisions: three formats, one answer, and nobody waits for a service that does not answer."""

import pytest

from channels.fakes.lookup import CUT, HANG, LookupFake
from channels.lookups import LOOKUPS, Division, Unanswered, Where, lookup_at
from channels.lookups.brake import FAILURES, LONGEST_PAUSE, PAUSE, Brake
from channels.postcode import is_like_a_postcode

STATE = "ocd-division/country:us/state:wa"
RIDING = "federal-electoral-districts-2023-representation-order/35020"
SEATTLE, LONDON, OTTAWA = Where("US", "98101"), Where("GB", "sw1a 1aa"), Where("CA", "K0A 1K0")


@pytest.fixture(scope="module")
def server():
    with LookupFake(key="right") as running:
        yield running


@pytest.fixture
def fake(server):
    server.forgive()
    server.asked.clear()
    yield server
    server.forgive()


def service(fake, scheme="civic", options=""):
    return LOOKUPS[scheme](fake.address_of(scheme, options))


@pytest.mark.parametrize(
    ("scheme", "where", "names"),
    [
        ("civic", SEATTLE, [(STATE,), (f"{STATE}/cd:7",)]),
        ("mapit", LONDON, [("gss:E14009999", "mapit:65000")]),
        ("represent", OTTAWA, [("ocd-division/country:ca/ed:35020-2023", RIDING)]),
    ],
)
def test_a_place_has_its_divisions_in_every_format(fake, scheme, where, names):
    found = service(fake, scheme).divisions(where)
    assert [each.names for each in found] == names
    assert all(each.title for each in found)


@pytest.mark.parametrize("scheme", LOOKUPS)
def test_a_place_that_the_service_does_not_know_lies_in_no_division(fake, scheme):
    assert service(fake, scheme).divisions(Where("XX", "00000")) == ()


def test_only_areas_of_the_wanted_kinds_count(fake):
    assert service(fake, "mapit", "types=WMC").divisions(LONDON)
    assert service(fake, "mapit", "types=LBO,SPC").divisions(LONDON) == ()
    assert service(fake, "represent", "sets=ottawa-wards").divisions(OTTAWA) == ()


def test_a_key_stands_in_no_address_and_a_street_is_said_only_where_it_helps(fake):
    service(fake).divisions(Where("US", "98101", "1 Pike Place, Seattle"))
    service(fake, "mapit").divisions(Where("GB", "SW1A 1AA", "10 Downing Street"))
    civic, mapit = fake.asked
    assert "right" not in civic.url + mapit.url
    assert civic.query["address"] == "1 Pike Place, Seattle, 98101, US"
    assert mapit.path == "/postcode/SW1A1AA"


def test_a_division_may_go_by_several_names():
    with LookupFake(places={"82001": [Division(("a/state:wy", "a/state:wy/cd:1"), "Wyoming")]}) as fake:
        assert service(fake).divisions(Where("US", "82001")) == (
            Division(("a/state:wy", "a/state:wy/cd:1"), "Wyoming"),
        )


@pytest.mark.parametrize(
    ("reply", "body"),
    [
        ("500 Internal Server Error", None),
        ("403 Forbidden", {"error": {"code": 403}}),
        ("200 OK", b"<html>not JSON</html>"),
        ("200 OK", {"areas": "none"}),
        ("200 OK", []),
        (CUT, None),
    ],
)
def test_what_is_no_answer_is_never_taken_for_one(fake, reply, body):
    fake.answer(reply, body=body)
    with pytest.raises(Unanswered):
        service(fake, "mapit").divisions(LONDON)


def test_nobody_waits_long_and_a_service_that_fails_is_left_alone(fake):
    fake.answer(HANG)
    slow = LOOKUPS["mapit"](fake.address_of("mapit", "total=0.05"))
    for _ in range(FAILURES):
        with pytest.raises(Unanswered):
            slow.divisions(LONDON)
    asked = len(fake.asked)
    fake.forgive()
    with pytest.raises(Unanswered, match="left alone for a while"):
        slow.divisions(LONDON)
    assert len(fake.asked) == asked


def test_a_service_that_asks_for_patience_gets_it_at_once(fake):
    fake.answer("429 Too Many Requests", headers={"Retry-After": "120"})
    busy = service(fake)
    with pytest.raises(Unanswered, match="429"):
        busy.divisions(SEATTLE)
    assert not busy.brake.is_open()


def test_the_brake_opens_again_after_its_pause():
    now = [0.0]
    brake = Brake(lambda: now[0])
    for _ in range(FAILURES - 1):
        brake.note_failure()
    brake.note_success()
    for _ in range(FAILURES - 1):
        brake.note_failure()
    assert brake.is_open()
    brake.note_failure()
    assert not brake.is_open()
    now[0] = PAUSE
    assert brake.is_open()
    brake.note_failure(wait=1e9)
    now[0] += LONGEST_PAUSE
    assert brake.is_open()


@pytest.mark.parametrize("address", ["civc://:secret@", "civic://:secret@?types=1", "mapit://:secret@h/path", ""])
def test_an_address_that_makes_no_sense_is_refused_and_its_key_is_not_shown(address):
    with pytest.raises(ValueError) as refused:  # noqa: PT011 (each has a sentence of its own)
        lookup_at(address)
    assert str(refused.value)
    assert "secret" not in str(refused.value)


def test_what_may_be_a_postcode():
    assert all(map(is_like_a_postcode, ["98101", "SW1A 1AA", "k0a-1k0", "98101-1234"]))
    assert not any(map(is_like_a_postcode, ["Seattle", "", "9", "Washington, district 7"]))
