"""Alarms: while far more sign than usual, browsers prove some work, nobody is locked out, and staff decide."""

import json
from base64 import b64encode
from collections.abc import Iterable
from datetime import timedelta
from functools import cache
from typing import Any

import pytest
from altcha import Challenge, Payload, solve_challenge
from django.test import Client

from campaigns.campaign import Campaign
from campaigns.signature import Signature
from campaigns.supporter import Supporter
from campaigns.suspects import NoSuspects, Suspects
from outreach.alarm import FAR, LEAST, LULL, REST, Alarm, end_alarms, raise_alarm, watch_signatures
from outreach.crowds import MOST_OF
from outreach.needs.alarm import ALARM, END
from outreach.needs.inbox import find, settle
from outreach.needs.need import Scope
from outreach.notice import Notice
from outreach.proof_of_work import COST, LIFETIME, MOST, UsedProof, challenge, nonce_of
from outreach.public.kept_page import forget
from outreach.release import preview_release, release
from outreach.signing import read_some
from outreach.signup import Form, keep
from outreach.slow_lane import GAP, LONGEST
from tests.outreach.dashboard.conftest import member
from tests.small_campaign import DAY, FRIDAY, published

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def campaign(db) -> Campaign:
    return published()


@cache
def proof(slug: str = "bridge", at=FRIDAY) -> str:
    """What a browser finds out; found out once for all tests."""
    asked = Challenge.from_dict(challenge(slug, at))
    found = solve_challenge(asked)
    assert found is not None
    return Payload(asked, found).to_base64()


def signed(campaign: Campaign, *emails: str, network: str = "home", at=FRIDAY, **signals: Any) -> None:
    for email in emails:
        keep(campaign.pk, Form("Anna", email, "en", signals=signals), network, at)
    while read_some(at):
        pass


def crowd(campaign: Campaign, number: int, at=FRIDAY, network: str = "away", domain: str = "gmail.com") -> None:
    """So many signatures, as the worker would have written them."""
    before = Supporter.objects.count()
    people = Supporter.objects.bulk_create(
        Supporter(campaign=campaign, email=f"person{before + n}@{domain}", language="en", joined_at=at)
        for n in range(number)
    )
    Signature.objects.bulk_create(
        Signature(campaign=campaign, supporter=each, network=network, signed_at=at) for each in people
    )


def turns(emails: Iterable[str]) -> list[timedelta | None]:
    """How long after it was read the mail for each of them leaves."""
    due = {each.supporter.email: each.due_at - FRIDAY for each in Notice.objects.select_related("supporter")}
    return [due.get(email) for email in emails]


def test_a_proof_solves_one_challenge_of_one_campaign_for_half_an_hour():
    found = proof()
    assert len(nonce_of(found, "bridge", FRIDAY + LIFETIME)) == 32
    assert nonce_of(found, "bridge", FRIDAY + LIFETIME + MINUTE) == ""
    assert nonce_of(found, "tunnel", FRIDAY) == ""
    assert nonce_of(found, "bridge", FRIDAY - HOUR) == ""


def test_no_browser_needs_more_guesses_than_the_most(monkeypatch):
    monkeypatch.setattr("outreach.proof_of_work.COST", 1)  # the bound is in guesses
    for _ in range(10):
        found = solve_challenge(Challenge.from_dict(challenge("bridge", FRIDAY)))
        assert found is not None
        assert found.counter <= MOST
    assert COST * MOST <= 1_000_000  # rounds: seconds, on an old phone


def spoilt(change: str) -> str:
    kept = Payload.from_base64(proof()).to_dict()
    match change:
        case "cost":
            kept["challenge"]["parameters"]["cost"] = 1
        case "key":
            kept["solution"]["derivedKey"] = "00" * 32
        case "campaign":
            kept["challenge"]["parameters"]["data"]["campaign"] = "tunnel"
        case "made":
            kept["challenge"]["parameters"]["data"]["made"] = "yesterday"
        case "nonce":
            kept["challenge"]["parameters"]["nonce"] = "0" * 32
        case "unsigned":
            del kept["challenge"]["signature"]
    return b64encode(json.dumps(kept).encode()).decode()


@pytest.mark.parametrize(
    "forged",
    [
        *("", "x", "é" * 50, b64encode(b"[]").decode(), b64encode(b'{"challenge": 7}').decode(), "[" * 2000),
        *("cost", "key", "campaign", "made", "nonce", "unsigned"),
    ],
)
def test_what_was_not_found_out_proves_nothing(forged):
    said = spoilt(forged) if forged in ("cost", "key", "campaign", "made", "nonce", "unsigned") else forged
    assert nonce_of(said, "bridge", FRIDAY) == ""
    assert nonce_of(said, "tunnel", FRIDAY) == ""


def test_without_an_alarm_nobody_proves_anything_and_every_mail_leaves_at_once(campaign):
    signed(campaign, "anna@people.example")
    signed(campaign, "bo@people.example", proof="made up")
    assert turns(["anna@people.example", "bo@people.example"]) == [timedelta(), timedelta()]
    assert [each.marks for each in Signature.objects.all()] == [[], []]


def test_under_an_alarm_a_proof_serves_one_form_and_the_others_get_their_mail_one_after_the_other(campaign):
    raise_alarm(campaign, reason="They come", author="Mia", now=FRIDAY)
    found = proof()
    signed(campaign, "anna@people.example", proof=found)
    signed(campaign, "bo@people.example", "cat@people.example", proof=found)  # the same again
    signed(campaign, "dan@people.example")  # a browser without scripts
    everybody = [f"{name}@people.example" for name in ("anna", "bo", "cat", "dan")]
    assert turns(everybody) == [timedelta(), GAP, 2 * GAP, 3 * GAP]
    assert [each.marks for each in Signature.objects.all()] == [[], ["unproven"], ["unproven"], ["unproven"]]
    assert UsedProof.objects.count() == 1


def test_who_would_wait_longer_than_a_day_gets_no_mail_until_staff_let_them(campaign):
    raise_alarm(campaign, reason="They come", author="Mia", now=FRIDAY)
    signed(campaign, "anna@people.example")
    Notice.objects.update(due_at=FRIDAY + LONGEST)
    signed(campaign, "bo@people.example", "cat@people.example")
    assert turns(["bo@people.example", "cat@people.example"]) == [None, None]
    these = Suspects(marked="unproven")
    seen = preview_release(campaign, these, FRIDAY)
    assert (seen.number, seen.sample[0].address) == (2, "b…o@people.example")
    kept = release(campaign, these, reason="They wrote to us", author="Mia", now=FRIDAY)
    assert (kept.number, kept.author) == (2, "Mia")
    assert turns(["bo@people.example", "cat@people.example"]) == [timedelta(), timedelta(seconds=1)]
    assert release(campaign, these, reason="Once more", author="Mia", now=FRIDAY).number == 0
    with pytest.raises(NoSuspects):
        release(campaign, Suspects(), reason="All", author="Mia", now=FRIDAY)


def test_an_alarm_begins_where_far_more_sign_than_usual_and_ends_by_itself(campaign):
    crowd(campaign, LEAST // FAR, FRIDAY - DAY, "before")  # over a week, next to nothing in ten minutes
    crowd(campaign, LEAST - 1, network="")
    assert watch_signatures(FRIDAY) == []
    crowd(campaign, 1, network="")
    assert [(each.of, each.number) for each in watch_signatures(FRIDAY)] == [("all", LEAST)]
    assert watch_signatures(FRIDAY) == []  # it stands, once
    assert watch_signatures(FRIDAY + LULL - MINUTE) == []
    assert Alarm.objects.over(campaign).exists()
    watch_signatures(FRIDAY + LULL)
    assert not Alarm.objects.over(campaign).exists()


@pytest.mark.parametrize(
    ("of", "where"),
    [("network", {"network": "street"}), ("domain", {"network": "", "domain": "junk.example"})],
)
def test_one_network_or_domain_is_enough_and_a_large_provider_is_not(campaign, of, where):
    crowd(campaign, MOST_OF[of] + 1, FRIDAY - 11 * MINUTE, **where)
    crowd(campaign, 2, FRIDAY - 11 * MINUTE, network="")
    (begun,) = watch_signatures(FRIDAY)
    assert (begun.of, begun.value, begun.number) == (of, next(filter(None, reversed(where.values()))), MOST_OF[of] + 1)


def test_what_staff_end_stays_over_for_an_hour_and_what_they_raise_stands_until_they_end_it(campaign):
    crowd(campaign, MOST_OF["network"] + 1)
    watch_signatures(FRIDAY)
    assert end_alarms(campaign, author="Mia", now=FRIDAY) == 1
    crowd(campaign, MOST_OF["network"] + 1, FRIDAY + REST - MINUTE)
    assert watch_signatures(FRIDAY + REST - MINUTE) == []
    assert watch_signatures(FRIDAY + REST)
    assert raise_alarm(campaign, reason="We were told", author="Mia", now=FRIDAY)
    assert raise_alarm(campaign, reason="We were told", author="Bo", now=FRIDAY) is None
    watch_signatures(FRIDAY + DAY)
    assert [(each.of, each.said) for each in Alarm.objects.over(campaign)] == [("staff", "We were told")]


def test_staff_see_an_alarm_in_the_inbox_with_its_trend_and_the_way_to_the_batch(campaign):
    crowd(campaign, 5, FRIDAY - 2 * HOUR, "street")
    crowd(campaign, MOST_OF["network"] + 1, FRIDAY - 11 * MINUTE, "street")
    watch_signatures(FRIDAY)
    mia = member(name="mia")
    (need,) = ALARM.among(Scope(mia), FRIDAY)
    assert need.source.endswith("0, 0, 0, 5, 0, 101")
    assert need.path == "/campaigns/bridge/signatures?network=street"
    assert find(Scope(mia), FRIDAY, "alarm", need.ref).need.title == need.title
    assert settle(Scope(mia), "alarm", need.ref, END, {}, FRIDAY).startswith("The alarm is over")
    assert list(ALARM.among(Scope(mia), FRIDAY)) == []


def test_only_while_it_stands_the_page_asks_for_a_proof_and_says_what_happens_without_scripts(campaign, monkeypatch):
    monkeypatch.setattr("campaigns.moment.now", lambda: FRIDAY)
    forget()
    assert "challenge" not in Client().get("/c/bridge/en/").text
    assert Client().get("/c/bridge/challenge").status_code == 404
    raise_alarm(campaign, reason="They come", author="Mia", now=FRIDAY)
    forget()
    page = Client().get("/c/bridge/en/").text
    assert 'data-challenge="/c/bridge/challenge"' in page
    assert "<noscript><p" in page
    answer = Client().get("/c/bridge/challenge")
    assert (answer.status_code, answer.json()["parameters"]["cost"]) == (200, COST)
    assert "no-store" in answer["Cache-Control"]
