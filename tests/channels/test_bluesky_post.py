import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.answer import Delayed, Receipt, Refused, Unknown
from channels.bluesky_record import record_key
from channels.fakes.bluesky import CUT, HANG, Bluesky
from channels.memory import ProcessMemory
from channels.wire import configured
from tests.channels.envelopes import post

CALM = "?timeout=10&total=20"
QUICK = "?timeout=0.7&total=5"  # only where something hangs
CREATE = "/xrpc/com.atproto.repo.createRecord"


@pytest.fixture
def bluesky():
    with Bluesky() as bluesky:
        yield bluesky


def wire_to(bluesky, options=CALM) -> Any:
    wire: Any = configured("bluesky", bluesky.address + options)
    wire.memory = ProcessMemory()
    return wire


def send(bluesky, *envelopes, options=CALM) -> Any:
    answers = wire_to(bluesky, options).send(envelopes or [post()])
    return answers if len(answers) > 1 else answers[0]


def test_a_post_stands_there_as_it_was_written(bluesky):
    answer = send(bluesky)
    key = record_key(post().key, None)
    assert answer == Receipt(
        f"at://did:plc:fakefakefakefakefakefake/app.bsky.feed.post/{key}",
        url=f"https://bsky.app/profile/campaign.example/post/{key}",
    )
    assert bluesky.records[key]["text"] == post().text
    assert bluesky.records[key]["langs"] == ["hy"]


def test_links_lead_where_they_say_whatever_script_stands_before_them(bluesky):
    text = "Արցախ 漢字 👨‍👩‍👧‍👦: https://example.org/ա and example.org. #Artsakh"
    assert isinstance(send(bluesky, post(text=text)), Receipt)
    (record,) = bluesky.records.values()
    spelt = text.encode()
    linked = [spelt[f["index"]["byteStart"] : f["index"]["byteEnd"]].decode() for f in record["facets"]]
    assert linked == ["https://example.org/ա", "example.org", "#Artsakh"]


def test_a_repeat_is_the_same_post_even_for_a_wire_that_remembers_nothing(bluesky):
    envelope = post(written_at=datetime(2023, 5, 6, tzinfo=UTC))
    assert send(bluesky, envelope) == send(bluesky, envelope)
    assert len(bluesky.texts) == 1


def test_a_clash_of_names_is_taken_for_the_post_itself(bluesky):
    bluesky.answer(
        "400 Could not locate record", "/xrpc/com.atproto.repo.getRecord", nth=2, body={"error": "RecordNotFound"}
    )
    assert send(bluesky, post()) == send(bluesky, post())
    assert len([asked for asked in bluesky.asked if asked.path == CREATE]) == 2
    assert len(bluesky.texts) == 1


def test_wires_share_one_session_and_sign_in_again_only_when_it_is_stale(bluesky):
    memory = ProcessMemory()
    for number in range(3):
        wire = wire_to(bluesky, f"?total={number + 5}")
        wire.memory = memory
        wire.send([post(key=f"k{number}")])
    assert bluesky.sessions_left == 29
    bluesky.tokens.forget()
    assert isinstance(wire.send([post(key="after")])[0], Receipt)
    assert bluesky.sessions_left == 28
    assert len(bluesky.texts) == 4


def test_a_newer_session_of_another_process_is_used_before_signing_in(bluesky):
    memory = ProcessMemory()
    stale, fresh = wire_to(bluesky, "?total=5"), wire_to(bluesky, "?total=6")
    stale.memory = fresh.memory = memory
    stale.send([post(key="a")])
    bluesky.tokens.forget()
    fresh.send([post(key="b")])
    stale.send([post(key="c")])
    assert (bluesky.sessions_left, len(bluesky.texts)) == (28, 3)


def test_a_session_about_to_end_is_refreshed_without_signing_in():
    with Bluesky(lasting=60) as bluesky:
        assert isinstance(send(bluesky), Receipt)
        assert bluesky.sessions_left == 29
        assert any(asked.path.endswith("refreshSession") for asked in bluesky.asked)


def test_a_wrong_password_delays_everything_and_is_tried_once(bluesky):
    bluesky.password = "changed"
    wire: Any = configured("bluesky", f"bluesky://campaign.example:wrong@127.0.0.1:{bluesky.port}")
    answers = wire.send([post(), post(key="next")])
    assert [(type(answer), answer.wait) for answer in answers] == [(Delayed, timedelta(minutes=15))] * 2
    assert len(bluesky.asked) == 1


def test_too_many_sessions_delay_everything():
    with Bluesky(sessions_left=0) as bluesky:
        answer = send(bluesky)
        assert isinstance(answer, Delayed)
        assert timedelta(minutes=4) < answer.wait <= timedelta(minutes=5)


@pytest.mark.parametrize("reply", [HANG, CUT, "500 Internal Server Error", "502 Bad Gateway"])
def test_what_was_posted_without_a_word_is_found_in_the_own_repository(bluesky, reply):
    bluesky.answer(reply, CREATE, keep=True)
    assert isinstance(send(bluesky, options=QUICK if reply == HANG else CALM), Receipt)
    assert len(bluesky.texts) == 1


@pytest.mark.parametrize("reply", [HANG, CUT, "500 Internal Server Error", "502 Bad Gateway"])
def test_what_may_have_been_posted_is_unknown_and_can_be_asked_for_later(bluesky, reply):
    bluesky.answer(reply, CREATE, times=1)
    wire = wire_to(bluesky, QUICK if reply == HANG else CALM)
    assert isinstance(wire.send([post()])[0], Unknown)
    assert isinstance(wire.reconcile([post()])[0], Delayed)
    assert isinstance(wire.send([post()])[0], Receipt)
    assert isinstance(wire.reconcile([post()])[0], Receipt)
    assert len(bluesky.texts) == 1


def test_asking_later_in_vain_leaves_it_unknown(bluesky):
    bluesky.answer(CUT)
    assert isinstance(wire_to(bluesky).reconcile([post()])[0], Unknown)


def test_a_limit_delays_until_it_is_reset(bluesky):
    bluesky.answer("429 Rate Limit Exceeded", CREATE)
    answers = send(bluesky, post(), post(key="next"))
    assert {type(answer) for answer in answers} == {Delayed}
    assert timedelta(minutes=4) < answers[1].wait <= timedelta(minutes=5)


def test_an_account_taken_down_delays_everything(bluesky):
    bluesky.answer("403 Account has been taken down", CREATE)
    answers = send(bluesky, post(), post(key="next"))
    assert {type(answer) for answer in answers} == {Delayed}
    assert not bluesky.texts


def test_what_breaks_a_rule_is_refused(bluesky):
    bluesky.answer("400 Record/text is bad", CREATE, times=1)
    refused, sent = send(bluesky, post(), post(key="next"))
    assert isinstance(refused, Refused)
    assert "Record/text is bad" in refused.reason
    assert isinstance(sent, Receipt)


@pytest.mark.parametrize("text", ["ա" * 301, "👨‍👩‍👧‍👦" * 150])
def test_graphemes_and_bytes_are_both_counted(bluesky, text):
    assert isinstance(send(bluesky, post(text=text)), Refused)
    assert bluesky.asked == []


moments = st.datetimes(datetime(2020, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(st.text(min_size=1), st.none() | moments)
def test_the_name_of_a_post_is_one_that_posts_may_have_and_always_the_same(key, at):
    name = record_key(key, at)
    assert re.fullmatch(r"[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}", name)
    assert name == record_key(key, at)


def test_a_thousand_posts_of_one_moment_have_a_thousand_names():
    at = datetime(2023, 5, 6, tzinfo=UTC)
    assert len({record_key(f"k{number}", at) for number in range(1000)}) == 1000


@pytest.mark.parametrize("address", ["bluesky://127.0.0.1", "bluesky://campaign.example@", "bluesky://@@:secret@"])
def test_an_address_without_handle_or_password_gets_a_sentence(address):
    with pytest.raises(ValueError, match=r"Bluesky|host"):
        configured("bluesky", address)
