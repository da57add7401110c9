"""Answers on networks: whose they are, and what becomes of them."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from campaigns.addressee import Addressee, ContactPoint
from campaigns.appeal import Appeal
from campaigns.campaign import Campaign
from campaigns.outcome import record_outcome
from channels.fakes.mastodon import Mastodon
from channels.mastodon_post import MastodonPost
from channels.reply import Replies, Reply
from channels.wire import configured
from outreach.account import Account
from outreach.beat import Beat
from outreach.clock import tick
from outreach.dashboard.wires import route
from outreach.delivery import Delivery
from outreach.inbox.posts import CERTAIN, ELSEWHERE, NAMED, RESEMBLING, SHARED, whom
from outreach.inbox.reading import read_waiting
from outreach.incoming import Incoming
from outreach.memory import LASTING
from outreach.poll import listening_channels, look, trouble
from outreach.response import Response, unread_since
from tests.small_campaign import DEADLINE, FRIDAY, SECOND, published

ANN, BOB = "@ann@elsewhere.example", "@bob@elsewhere.example"
NOW = datetime.now(UTC)


@pytest.fixture
def campaign(db) -> Campaign:
    """Ann and Bob have accounts; a post about Ann is out, and one about all three."""
    campaign = published()
    tick(campaign, FRIDAY)
    for key, account in (("ann", ANN), ("bob", BOB)):
        ContactPoint.objects.create(addressee=office(key), channel="mastodon", address=account)
    post("about ann", "100", appeal("ann"))
    post("public", "200", None)
    return campaign


def office(key: str) -> Addressee:
    return Addressee.objects.get(key=key)


def appeal(key: str) -> Appeal:
    return Appeal.objects.get(addressee__key=key, campaign__slug="bridge")


def post(recipient: str, reference: str, about: Appeal | None, at: datetime = FRIDAY) -> Delivery:
    first = Delivery.objects.filter(channel="email").earliest("created_at")
    return Delivery.objects.create(
        campaign=first.campaign, step=first.step, wave=first.wave, appeal=about, channel="mastodon", state="sent",
        audience="addressees" if about else "public", recipient=recipient, due_at=at, created_at=at, sent_at=at,
        wire="mastodon", reference=reference,
    )  # fmt: skip


def reply(author: str, *answers: str, **more: Any) -> Reply:
    said = {"name": "1", "text": "We will act.", "at": NOW, "raw": b"{}", **more}
    return Reply(author=author, answers=answers, **said)


def guessed(said: Reply) -> list[tuple[str, float]]:
    return sorted((known.addressee.key, certainty) for known, certainty, _ in whom("mastodon", said))


# Whose it is


@pytest.mark.parametrize("answers", [("100",), ("999", "100")])
def test_an_addressees_own_account_below_our_post_about_them_answers_that_appeal(campaign, answers):
    assert guessed(reply(ANN, *answers)) == [("ann", CERTAIN)]
    assert guessed(reply(ANN.upper(), *answers)) == [("ann", CERTAIN)]


def test_below_a_post_about_all_each_answers_for_themselves(campaign):
    assert guessed(reply(ANN, "200")) == [("ann", CERTAIN)]
    assert guessed(reply(BOB, "200")) == [("bob", CERTAIN)]


def test_below_a_post_about_somebody_else_it_is_a_guess(campaign):
    assert guessed(reply(BOB, "100")) == [("bob", ELSEWHERE)]


def test_who_only_names_us_is_a_guess(campaign):
    assert guessed(reply(ANN)) == [("ann", NAMED)]
    assert guessed(reply(ANN, "somebody else's post")) == [("ann", NAMED)]


def test_an_account_that_several_share_is_a_guess_for_each(campaign):
    ContactPoint.objects.create(addressee=office("cat"), channel="mastodon", address=ANN)
    assert guessed(reply(ANN, "200")) == [("ann", SHARED), ("cat", SHARED)]


def test_what_anybody_else_says_is_not_kept(campaign):
    assert guessed(reply("@eve@other.example", "100", author_name="Eve")) == []
    assert guessed(reply("@eve@other.example")) == []


@pytest.mark.parametrize("said", [{"author_name": "  ANN "}, {"author_name": "Head of Ann"}, {"author_name": "Eve"}])
def test_an_unknown_account_named_like_the_office_is_a_weak_guess_and_never_the_office(campaign, said):
    author = "@ann@new.example" if said["author_name"] == "Eve" else "@office123@new.example"
    assert guessed(reply(author, "100", **said)) == [("ann", RESEMBLING)]
    assert guessed(reply(author, **said)) == []


def test_an_account_of_another_channel_says_nothing(campaign):
    assert whom("bluesky", reply(ANN, "100")) == []


def test_a_second_answer_below_their_own_first_one_belongs_to_the_same_appeal(campaign, network):
    first = network.say("ann@elsewhere.example", "One.", "100")
    assert looked(network) == 1
    assert guessed(reply(ANN, first)) == [("ann", CERTAIN)]
    assert guessed(reply(BOB, first)) == [("bob", NAMED)]


# What becomes of it


@pytest.fixture
def network() -> Iterator[Mastodon]:
    with Mastodon() as fake:
        yield fake


def wire_to(network: Mastodon, options: str = "") -> Any:
    wire: Any = configured("mastodon", f"{network.address}{options}")
    wire.memory = LASTING
    return wire


def looked(network: Mastodon, at: datetime = NOW) -> int:
    kept = look("mastodon", wire_to(network), at)
    read_waiting(datetime.now(UTC))
    return kept


def test_an_answer_becomes_a_response_that_waits_for_a_person_and_the_ladder_waits_with_it(campaign, network):
    network.say("ann@elsewhere.example", "We will act.", "100", at=NOW - timedelta(hours=3))
    network.say("eve@elsewhere.example", "Shame on them!", "100")
    assert looked(network) == 1
    answer = Response.objects.get()
    assert (answer.appeal, answer.channel, answer.text) == (appeal("ann"), "mastodon", "We will act.")
    assert answer.read_at is None
    assert abs(answer.received_at - (NOW - timedelta(hours=3))) < timedelta(seconds=1)
    assert appeal("ann").pk in unread_since([appeal("ann")])
    assert Incoming.objects.count() == 1


def test_an_answer_on_a_network_stops_the_clock_through_a_person_and_an_outcome(campaign, network):
    network.say("eve@elsewhere.example", "They will act, I am sure.", "100")
    network.say("ann@elsewhere.example", "We have opened the bridge.", "100")
    looked(network)
    tick(campaign, DEADLINE + SECOND)
    assert (appeal("ann").status, appeal("ann").step.number) == ("waiting", 1), "it waits for whoever reads the answer"
    assert "lies unread" in appeal("ann").pauses.get(code="unread").sentence
    response = Response.objects.get()
    response.read("substantive", "Mina", NOW)
    for demand in campaign.demands.all():
        record_outcome(response.appeal, demand, "done", evidence="Their post", author="Mina", now=NOW)
    assert appeal("ann").status == "acted"


def test_a_guess_waits_in_quarantine(campaign, network):
    network.say("ann@elsewhere.example", "@campaign we said all there is to say")
    network.say("office9@new.example", "We refuse.", "100", name="Ann")
    assert looked(network) == 2
    assert not Response.objects.exists()
    assert Incoming.objects.quarantined().count() == 2


def test_a_doubled_look_and_one_too_soon_change_nothing(campaign, network):
    network.say("ann@elsewhere.example", "One.", "100")
    assert [looked(network), looked(network)] == [1, 0]
    asked = len(network.asked)
    looked(network, NOW + timedelta(seconds=30))
    assert len(network.asked) == asked
    Account.objects.update(replies_since="", look_at=None)
    looked(network)
    assert (Response.objects.count(), Incoming.objects.count()) == (1, 1)


def test_a_missed_look_loses_nothing_and_says_so_beside_the_wire(campaign, network, settings):
    looked(network)
    network.answer("503 Away", "/api/v1/notifications")
    network.say("ann@elsewhere.example", "One.", "100")
    assert looked(network, NOW + timedelta(minutes=5)) == 0
    assert "503" in trouble(wire_to(network))
    settings.CHANNELS = {"mastodon": network.address}
    assert "answers cannot be read: 127.0.0.1" in route("mastodon").sentence
    network.forgive()
    assert looked(network, NOW + timedelta(hours=1)) == 1
    assert "answers" not in route("mastodon").sentence


def test_it_waits_as_long_as_the_network_wants(campaign, network):
    network.answer("429 Too Many Requests", "/api/v1/notifications")
    looked(network)
    assert Account.objects.get().look_at > NOW + timedelta(minutes=4)


def test_nobody_is_asked_before_we_have_posted_or_where_replies_are_switched_off(campaign, network):
    look("mastodon", wire_to(network, "?replies=0"), NOW)
    Delivery.objects.filter(channel="mastodon").update(sent_at=None)
    looked(network)
    assert network.asked == []


def test_what_no_database_can_hold_is_left_out_of_the_text(campaign, network, monkeypatch):
    odd = Replies((reply(ANN, "100", text="We\x00 will \ud83d act.", author_name="A\x00nn"),), "1")
    monkeypatch.setattr(MastodonPost, "replies", lambda self, since, from_at: odd)
    assert looked(network) == 1
    assert Response.objects.get().text == "We will  act."


def test_the_clock_hints_only_where_a_network_could_be_asked(settings, network, monkeypatch):
    settings.CHANNELS = {"email": "smtp://127.0.0.1:1", "x": None, "bluesky": "outbox:", "mastodon": network.address}
    assert listening_channels() == ["mastodon"]
    hinted: list[tuple[str, ...]] = []

    def hint(actor: Any, *about: str) -> bool:
        hinted.append((actor.actor_name, *about))
        return True

    monkeypatch.setattr("outreach.beat.give_hint", hint)
    beat = Beat()
    beat.hint_at_replies()
    beat.hint_at_replies()
    assert hinted == [("look_for_replies", "mastodon")]
