"""How letters stand, and what a person decides about them: the same by page, API and command line."""

import json
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from typer.testing import CliRunner

from campaigns.addressee import ContactPoint
from campaigns.campaign import Campaign
from campaigns.hold import Hold
from outreach.cli import app
from outreach.key import ApiKey
from outreach.letters.letter import Letter
from outreach.letters.lines import written_to
from outreach.letters.mailbag import Mailbag
from outreach.letters.overview import overview
from outreach.needs.inbox import inbox, settle
from outreach.needs.need import Scope
from outreach.public.kept_page import forget
from tests.letters import confirmed
from tests.small_campaign import FRIDAY, addressee, published


@pytest.fixture
def bag(db, monkeypatch) -> Mailbag:
    """Of five letters to Ann two wait and two have left; of another nobody knows. Bob cannot be reached by email."""
    monkeypatch.setattr("campaigns.moment.now", lambda: FRIDAY)
    for door in ("api.letters", "api.mailbags", "cli.letters"):
        monkeypatch.setattr(f"outreach.{door}.now", lambda: FRIDAY)
    campaign = published()
    first, second, third, *_ = confirmed(campaign, 5, own_share=80)
    confirmed(campaign, 1, "bob", own_share=20)
    ContactPoint.objects.filter(addressee__key="bob").update(health="dead")
    point = ContactPoint.objects.get(addressee__key="ann")
    known = {"campaign": campaign, "addressee": point.addressee, "contact_point": point, "due_at": FRIDAY}
    sent = Mailbag.objects.create(**known, number=2, is_digest=True, state="sent", created_at=FRIDAY, sent_at=FRIDAY)
    lost = Mailbag.objects.create(**known, number=1, state="unknown", created_at=FRIDAY, reason="no answer")
    Letter.objects.filter(pk__in=[first.pk, second.pk]).update(state="taken", mailbag=sent)
    Letter.objects.filter(pk=second.pk).update(resembles=first.pk)
    Letter.objects.filter(pk=third.pk).update(state="taken", mailbag=lost)
    return lost


def test_the_numbers_are_right_and_say_what_is_in_the_way(bag):
    seen = overview(bag.campaign, FRIDAY)
    assert {state: number for state, number in seen.letters.items() if number} == {"confirmed": 3, "taken": 3}
    assert (seen.digests, seen.mostly_own, seen.own_share) == (1, 5, 70)
    assert [each.number for each in seen.alike] == [2]
    ann, bob = seen.lines
    assert (ann.waiting, ann.sent_alone, ann.sent_together) == (2, 0, 2)
    assert (ann.next_at or FRIDAY) > FRIDAY, "what is unknown may have arrived just now"
    assert (bob.waiting, bob.next_at, bob.why) == (1, None, "There is no email address that may be used")
    assert written_to(bag.campaign) == {ann.addressee.pk: 2, bob.addressee.pk: 0}


def test_everybody_sees_how_many_letters_have_left_for_whom(bag, client):
    forget()
    page = client.get("/c/bridge/en/").content.decode()
    assert "letters from supporters: 2" in page
    assert page.count("letters from supporters") == 1


def by_page(person: User, bag: Mailbag, what: str) -> None:
    client = Client()
    client.force_login(person)
    assert client.post(f"/campaigns/bridge/letters/{bag.pk}/settle", {"do": what}).status_code == 302


def by_api(person: User, bag: Mailbag, what: str) -> None:
    key = ApiKey.issue(person, "test", "write", FRIDAY)[1]
    noun = {"arrived": "arrival", "again": "again"}[what]
    client = Client(headers={"Authorization": f"Bearer {key}"})
    assert client.post(f"/api/v1/mailbags/{bag.pk}/{noun}").status_code in (200, 201)
    assert client.post(f"/api/v1/mailbags/{bag.pk}/{noun}").status_code == 409


def by_command(person: User, bag: Mailbag, what: str) -> None:
    assert CliRunner().invoke(app, ["letters", what, str(bag.pk), "--by", "Mia"]).exit_code == 0
    assert CliRunner().invoke(app, ["letters", what, str(bag.pk), "--by", "Mia"]).exit_code == 2


def by_inbox(person: User, bag: Mailbag, what: str) -> None:
    settle(Scope(person), "letters", str(bag.pk), what, {}, FRIDAY)


@pytest.fixture
def person(db) -> User:
    return User.objects.create_superuser("mia")


Door = Callable[[User, Mailbag, str], None]


@pytest.mark.parametrize("door", [by_page, by_api, by_command, by_inbox])
@pytest.mark.parametrize(("what", "state", "number"), [("arrived", "delivered", 2), ("again", "refused", 3)])
def test_by_every_door_a_person_settles_what_nobody_knows_of(bag, person, door: Door, what, state, number):
    door(person, bag, what)
    bag.refresh_from_db()
    assert (bag.state, Mailbag.objects.count()) == (state, number)


def test_the_inbox_has_what_nobody_knows_of_and_what_did_not_arrive(bag, person):
    def titles() -> list[str]:
        return [each.need.title for each in inbox(Scope(person), FRIDAY, "letters")]

    assert titles() == ["A supporter’s letter to Ann: nobody can say whether it arrived"]
    Mailbag.objects.filter(pk=bag.pk).update(state="bounced")
    assert titles() == ["A supporter’s letter to Ann: came back"]
    settle(Scope(person), "letters", str(bag.pk), "put-aside", {"aside": "they have moved"}, FRIDAY)
    assert titles() == []


def test_the_page_holds_and_releases_letters_and_says_how_an_office_wants_them(bag, person, client):
    client.force_login(person)
    page = client.get("/campaigns/bridge/letters").content.decode()
    assert "Ann: 2 letters waiting" in page
    assert "70 % own words" in page
    assert "Person" not in page, "nobody is named"
    at = "/campaigns/bridge/addressees/ann/letters"
    assert "A hold needs a reason" in client.post(f"{at}/hold", {"reason": " "}).content.decode()
    client.post(f"{at}/hold", {"reason": "they asked us to wait"})
    assert "they asked us to wait" in client.get("/campaigns/bridge/letters").content.decode()
    client.post(f"{at}/release")
    assert not Hold.objects.standing(FRIDAY)
    client.post("/campaigns/bridge/holds", {"on": "letters", "reason": "an attack"})
    assert Hold.objects.standing(FRIDAY).get().what() == "supporters’ letters to everybody"
    client.post(f"{at}/release")
    assert not Hold.objects.standing(FRIDAY)
    client.post(f"{at}/manner", {"digests_only": "yes"})
    assert ContactPoint.objects.get(addressee__key="ann").digests_only


def test_the_api_lists_letters_without_words_and_names(bag, person):
    client = Client(headers={"Authorization": f"Bearer {ApiKey.issue(person, 'test', 'write', FRIDAY)[1]}"})
    listed = client.get("/api/v1/campaigns/bridge/letters?state=taken&addressee=ann").json()
    assert listed["total"] == 3
    assert {each["mailbag_state"] for each in listed["items"]} == {"sent", "unknown"}
    assert "Person" not in json.dumps(listed)
    assert "bridge every day" not in json.dumps(listed)
    queue = client.get("/api/v1/campaigns/bridge/letter-queue").json()
    assert [each["addressee"] for each in queue["addressees"]] == ["ann", "bob"]
    assert client.get("/api/v1/campaigns/bridge/mailbags?state=unknown").json()["items"][0]["id"] == str(bag.pk)
    said = {"digests_only": True}
    assert client.put("/api/v1/addressees/ann/letters", said, content_type="application/json").json()["digests_only"]
    hold = {"campaign": "bridge", "addressee": "ann", "channel": "letters", "reason": "talks"}
    placed = client.post("/api/v1/holds", hold, content_type="application/json").json()
    assert placed["what"] == "supporters’ letters to Ann"


def test_a_terminal_says_the_same(bag):
    def run(*arguments: str) -> str:
        done = CliRunner().invoke(app, ["letters", *arguments])
        assert done.exit_code == 0, done.output
        return done.output

    assert "3 confirmed, 3 taken. Own words: 70 %." in run("status", "bridge")
    assert json.loads(run("status", "bridge", "--json"))["addressees"][1]["addressee"] == "bob"
    assert str(bag.pk) in run("messages", "bridge", "--state", "unknown")
    assert "On hold" in run("hold", "bridge", "--addressee", "ann", "--reason", "talks", "--by", "Mia")
    assert "Lifted" in run("release", "bridge", "--addressee", "ann", "--by", "Mia")
    run("manner", "ann", "--digests-only")
    assert addressee("ann").contact_points.get().digests_only
    assert Campaign.objects.count() == 1
