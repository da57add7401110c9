"""What every wire that listens promises, against the fake that ships with it, through the provider's own library."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channels.fakes.bluesky import Bluesky
from channels.fakes.mastodon import Mastodon
from channels.fakes.x import CUT, HANG, X
from channels.memory import ProcessMemory
from channels.reply import MOST_PAGES, Page, Replies, Reply, newest_first
from channels.wire import WIRES, Unavailable, configured
from tests.channels.envelopes import post

ASKED = {"x": "/2/users", "bluesky": "/xrpc/app.bsky.notification", "mastodon": "/api/v1/notifications"}
OFFICE = {"x": "office", "bluesky": "office.example", "mastodon": "office@elsewhere.example"}
SPELT = {"x": "@office", "bluesky": "office.example", "mastodon": "@office@elsewhere.example"}
FAKES: dict[str, Callable[[], Any]] = {"x": X, "bluesky": Bluesky, "mastodon": Mastodon}
LONG_AGO = datetime(2023, 4, 28, tzinfo=UTC)


class LastingMemory(ProcessMemory):
    lasts = True


@dataclass
class Place:
    """A network and our account on it. `answered`: the reference of a post of ours."""

    name: str
    fake: Any
    wire: Any
    answered: str

    def say(self, text: str, answers: str = "", **more: Any) -> str:
        said: str = self.fake.say(OFFICE[self.name], text, answers, **more)
        return said


@pytest.fixture(params=FAKES)
def place(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    for name, value in X().environment.items():
        monkeypatch.setenv(name, value)
    with FAKES[request.param]() as fake:
        yield _place(request.param, fake, "replies=1&timeout=10&total=20")


def _place(name: str, fake: Any, options: str) -> Place:
    wire: Any = configured(name, f"{fake.address}?{options}")
    wire.memory = LastingMemory()
    (receipt,) = wire.send([post()])
    return Place(name, fake, wire, receipt.reference)


def texts(told: Replies) -> list[str]:
    return sorted(each.text for each in told.found)


def test_every_wire_of_a_network_listens():
    assert {wire.name for wire in WIRES.values() if wire.listens} == set(FAKES)


def test_an_answer_is_told_with_who_wrote_it_what_it_answers_and_when_the_network_had_it(place):
    before = datetime.now(UTC) - timedelta(seconds=5)
    name = place.say("We will act & <soon>: https://office.example/plan", place.answered, name="The Office")
    (reply,) = place.wire.replies().found
    assert (reply.name, reply.author, reply.author_name) == (name, SPELT[place.name], "The Office")
    assert reply.text == "We will act & <soon>: https://office.example/plan"
    assert reply.answers == (place.answered,)
    assert before <= reply.at <= datetime.now(UTC) + timedelta(seconds=5)
    assert reply.language == "en"
    assert reply.url.startswith("https://")
    assert b"act" in reply.raw
    assert "office" not in repr(reply)


def test_who_only_names_us_answers_nothing(place):
    place.say("@campaign, see our statement")
    (reply,) = place.wire.replies().found
    assert reply.answers == ()


def test_what_is_said_below_an_answer_is_told_with_that_answer(place):
    first = place.say("One.", place.answered)
    place.say("Two.", first)
    (second,) = [each for each in place.wire.replies().found if each.text == "Two."]
    assert second.answers[0] == first


def test_each_look_goes_on_where_the_one_before_ended(place):
    place.say("One.", place.answered)
    told = place.wire.replies()
    place.say("Two.", place.answered)
    again = place.wire.replies(told.since)
    assert "Two." in texts(again)
    assert texts(place.wire.replies(again.since)) in ([], ["Two."])  # what came at the same moment may be told twice
    assert place.wire.replies(again.since).since == again.since


def test_nobody_said_anything(place):
    told = place.wire.replies()
    assert (told.found, told.is_all) == ((), True)


def test_more_than_fits_in_one_look_is_told_by_the_next_ones_and_none_is_left_out(place):
    number = MOST_PAGES * 50 + 30
    for each in range(number):
        place.say(f"{each}.", place.answered)
    found, since, looks = set(), "", 0
    while True:
        told = place.wire.replies(since)
        found |= {each.text for each in told.found}
        since, looks = told.since, looks + 1
        if looks == 1:
            place.say("While you read.", place.answered)
        if told.is_all and looks > 1 and "While you read." in found:
            break
        assert looks < 30
    assert found >= {f"{each}." for each in range(number)}


def test_what_is_older_than_our_first_post_is_not_asked_for(place):
    place.say("Long ago.", at=LONG_AGO)
    place.say("Now.", at=datetime.now(UTC) - timedelta(seconds=2))
    assert texts(place.wire.replies("", datetime.now(UTC) - timedelta(hours=1))) == ["Now."]


@pytest.mark.parametrize("reply", [CUT, "500 Internal Server Error", "429 Too Many Requests", "401 No", "403 No"])
def test_when_it_cannot_be_told_it_says_so_and_nothing_is_lost(place, reply):
    place.say("One.", place.answered)
    place.wire.replies()  # what is asked about ourselves is known
    place.fake.answer(reply, ASKED[place.name])
    with pytest.raises(Unavailable) as away:
        place.wire.replies()
    assert str(away.value)
    assert away.value.wait
    place.fake.forgive()
    assert texts(place.wire.replies()) == ["One."]


def test_a_silent_network_takes_no_longer_than_was_promised(place):
    hasty = _place(place.name, place.fake, "replies=1&timeout=0.3&total=0.6") if place.name == "x" else place
    wire: Any = configured(place.name, f"{hasty.fake.address}?replies=1&timeout=0.3&total=0.6")
    wire.memory = LastingMemory()
    wire.replies()
    place.fake.answer(HANG, ASKED[place.name])
    with pytest.raises(Unavailable):
        wire.replies()


def test_replies_can_be_switched_off(place):
    assert not configured(place.name, f"{place.fake.address}?replies=0").listens
    assert configured(place.name, place.fake.address).listens == (place.name != "x")  # where each is paid for


# Money


@pytest.fixture
def x(monkeypatch: pytest.MonkeyPatch) -> Iterator[X]:
    for name, value in X().environment.items():
        monkeypatch.setenv(name, value)
    with X() as x:
        yield x


def test_what_is_read_on_x_is_paid_and_what_is_not_read_is_not(x):
    place = _place("x", x, "replies=1&budget=100&price=2&price_read=1.5")
    place.wire.replies()
    assert place.wire.memory.spend("x:1234", "rest", Decimal(98), Decimal(100))
    place.wire.memory.refund("x:1234", "rest")
    for each in range(4):
        place.say(f"{each}.", place.answered)
    place.wire.replies()
    assert not place.wire.memory.spend("x:1234", "rest", Decimal("92.5"), Decimal(100))
    assert place.wire.memory.spend("x:1234", "rest", Decimal(92), Decimal(100))


def test_without_money_for_a_page_nothing_is_read(x):
    place = _place("x", x, "replies=1&budget=31&price=2&price_read=1.5")
    place.say("One.", place.answered)
    with pytest.raises(Unavailable, match="The budget for X, 31 cents, is spent"):
        place.wire.replies()
    assert x.mentions.told == 0


def test_what_x_refused_to_tell_is_not_paid(x):
    place = _place("x", x, "replies=1&budget=100&price=0")
    x.answer("429 Too Many Requests", "/2/users")
    with pytest.raises(Unavailable) as away:
        place.wire.replies()
    assert away.value.wait > timedelta(minutes=14)
    assert place.wire.memory.spend("x:1234", "rest", Decimal(100), Decimal(100))


# Newest first


@settings(max_examples=30)
@given(st.integers(1, 4), st.lists(st.integers(0, 40), min_size=1, max_size=4))
def test_however_many_come_between_looks_each_is_told(size, arrivals):
    there: list[int] = []

    def page(known: str, older: str) -> Page:
        fresh = [n for n in reversed(there) if n > int(known or -1) and (not older or n < int(older))]
        some = fresh[:size]
        found = tuple(Reply(name=str(n), author="a", text="", at=LONG_AGO, raw=b"") for n in some)
        return Page(found, str(some[0]) if some else "", str(some[-1]) if len(fresh) > size else "")

    told: list[str] = []
    since = ""
    for more in arrivals:
        there += range(len(there), len(there) + more)
        look = newest_first(since, page)
        told, since = told + [each.name for each in look.found], look.since
    while not look.is_all or int(since or -1) < len(there) - 1:
        look = newest_first(since, page)
        told, since = told + [each.name for each in look.found], look.since
    assert sorted(map(int, told)) == there
