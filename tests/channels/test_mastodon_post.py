from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from channels.answer import Delayed, Receipt, Refused, Unknown
from channels.fakes.mastodon import CUT, HANG, Mastodon
from channels.wire import configured
from tests.channels.envelopes import post

CALM = "?timeout=10&total=20"
QUICK = "?timeout=0.7&total=5"  # only where something hangs
STATUSES = "/api/v1/statuses"
MARKED = 'Արցախ & <b>"peace"</b>, it\'s @office@un.example:\n\nhttps://example.org/a/very/long/way/to/go?b=1&c=2\nEnd.'


@pytest.fixture
def mastodon():
    with Mastodon() as mastodon:
        yield mastodon


def wire_to(mastodon, options=CALM) -> Any:
    return configured("mastodon", mastodon.address + options)


def send(mastodon, *envelopes, options=CALM) -> Any:
    answers = wire_to(mastodon, options).send(envelopes or [post()])
    return answers if len(answers) > 1 else answers[0]


def test_a_post_stands_there_as_it_was_written(mastodon):
    answer = send(mastodon, post(language="pt-BR"), options="?visibility=unlisted")
    (status,) = mastodon.statuses
    assert answer == Receipt(status.id, url=f"https://fake.example/@campaign/{status.id}")
    assert (status.text, status.visibility, status.language) == (post().text, "unlisted", "pt")
    assert status.key == post().key


def test_the_server_knows_a_repeat_by_its_key(mastodon):
    first, again, other = send(mastodon, post(), post(), post(key="other"))
    assert first == again
    assert first != other
    assert len(mastodon.statuses) == 2


@pytest.mark.parametrize("text", [post().text, MARKED])
@pytest.mark.parametrize("hours", [1, 30])
def test_a_repeat_is_known_even_when_the_server_has_forgotten_its_key(mastodon, text, hours):
    envelope = post(text=text, written_at=datetime.now(UTC) - timedelta(hours=hours))
    first = send(mastodon, envelope)
    mastodon.forget_keys()
    assert send(mastodon, envelope) == first
    assert len(mastodon.statuses) == 1


@pytest.mark.parametrize("reply", [HANG, CUT, "500 Internal Server Error", "503 Service Unavailable"])
def test_what_was_posted_without_a_word_is_found_among_the_own_statuses(mastodon, reply):
    mastodon.answer(reply, STATUSES, keep=True, times=1)
    answer = send(mastodon, post(text=MARKED), options=QUICK if reply == HANG else CALM)
    assert answer.reference == mastodon.statuses[0].id
    assert len(mastodon.statuses) == 1


@pytest.mark.parametrize("reply", [HANG, CUT, "500 Internal Server Error", "503 Service Unavailable"])
def test_what_may_have_been_posted_is_unknown_and_can_be_asked_for_later(mastodon, reply):
    mastodon.answer(reply, STATUSES, times=1)
    wire = wire_to(mastodon, QUICK if reply == HANG else CALM)
    envelope = post(written_at=datetime.now(UTC))
    assert isinstance(wire.send([envelope])[0], Unknown)
    assert isinstance(wire.reconcile([envelope])[0], Delayed)
    wire.send([envelope])
    assert wire.reconcile([envelope])[0].reference == mastodon.statuses[0].id
    assert len(mastodon.statuses) == 1


def test_asking_later_in_vain_leaves_it_unknown(mastodon):
    wire = wire_to(mastodon)
    mastodon.answer("500 Internal Server Error", "/api/v1/accounts")
    assert isinstance(wire.reconcile([post()])[0], Unknown)


def test_statuses_older_than_the_words_are_others(mastodon):
    send(mastodon, post(text="Again."))
    later = post(text="Again.", key="later", written_at=datetime.now(UTC) + timedelta(hours=1))
    assert isinstance(wire_to(mastodon).reconcile([later])[0], Delayed)


def test_a_long_list_of_statuses_is_read_in_pages(mastodon):
    first = post(text="The first.", key="first", written_at=datetime.now(UTC))
    send(mastodon, first, *[post(key=f"k{n}", text=f"Post {n}.") for n in range(100)])
    assert wire_to(mastodon).reconcile([first])[0].reference == mastodon.statuses[0].id
    send(mastodon, *[post(key=f"l{n}", text=f"Later post {n}.") for n in range(60)])
    assert isinstance(wire_to(mastodon).reconcile([first])[0], Unknown)


def test_the_servers_own_limit_counts():
    with Mastodon(longest=300) as mastodon:
        refused, sent = send(mastodon, post(text="a" * 301), post(text="a" * 300))
        assert isinstance(refused, Refused)
        assert refused.reason.endswith("allows 300")
        assert isinstance(sent, Receipt)
        assert len([asked for asked in mastodon.asked if "instance" in asked.path]) == 1


def test_a_server_that_does_not_tell_its_limit_has_the_usual_one(mastodon):
    mastodon.answer("404 Not Found", "/api/v2/instance")
    assert isinstance(send(mastodon), Receipt)


@pytest.mark.parametrize("status", ["401 Unauthorized", "403 This action is not allowed", "404 Not Found"])
def test_what_a_person_must_mend_stops_the_whole_batch(mastodon, status):
    mastodon.answer(status, STATUSES)
    answers = send(mastodon, post(), post(key="next"))
    assert [(type(answer), answer.wait) for answer in answers] == [(Delayed, timedelta(minutes=15))] * 2
    assert len([asked for asked in mastodon.asked if asked.path == STATUSES]) == 1


def test_a_limit_delays_until_it_is_reset_and_nobody_sleeps():
    with Mastodon(posts_left=1) as mastodon:
        sent, *delayed = send(mastodon, post(), post(key="b"), post(key="c"))
        assert isinstance(sent, Receipt)
        assert {type(answer) for answer in delayed} == {Delayed}
        assert timedelta(minutes=4) < delayed[0].wait <= timedelta(minutes=5, seconds=5)


def test_what_breaks_a_rule_is_refused(mastodon):
    mastodon.answer("422 Validation failed: Text is no good", STATUSES, times=1)
    refused, sent = send(mastodon, post(), post(key="next"))
    assert isinstance(refused, Refused)
    assert "Text is no good" in refused.reason
    assert isinstance(sent, Receipt)


def test_an_address_without_token_or_with_an_odd_visibility_gets_a_sentence(mastodon):
    with pytest.raises(ValueError, match="OUTREACH_MASTODON_TOKEN"):
        configured("mastodon", f"mastodon://127.0.0.1:{mastodon.port}")
    with pytest.raises(ValueError, match="visibility=direct"):
        configured("mastodon", f"{mastodon.address}?visibility=direct")


def test_the_token_may_stand_in_the_environment(mastodon, monkeypatch):
    monkeypatch.setenv("OUTREACH_MASTODON_TOKEN", mastodon.token)
    answer = configured("mastodon", f"mastodon://127.0.0.1:{mastodon.port}").send([post()])[0]
    assert isinstance(answer, Receipt)
