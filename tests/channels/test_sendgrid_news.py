"""What SendGrid tells, and whether it was SendGrid."""

import json
from base64 import b64encode
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from channels.fakes.sendgrid_events import SAID, Bell
from channels.news import Kind, News
from channels.sendgrid_news import OLDEST, SKEW, TIMESTAMP, news_of, objection, public_key

BODY = b'[ {"event": "delivered"} ]\r\n'
NOW = datetime(2023, 4, 28, 10, tzinfo=UTC)
NAMES = st.sampled_from(["event", "email", "timestamp", "reason", "status", "sg_event_id", "outreach_key", "type"])
VALUES = st.none() | st.booleans() | st.floats() | st.text() | st.integers()
BELL = Bell()
KEYS = (BELL.public_key,)


def one(**event) -> News:
    (news,) = news_of(json.dumps([event]).encode(), NOW)
    return news


# Who says so


def headers(at: datetime = NOW, body: bytes = BODY) -> dict[str, str]:
    return BELL.signed(body, int(at.timestamp()))


def test_what_sendgrid_signed_is_taken():
    assert objection(BODY, headers(), KEYS, NOW) is None


@pytest.mark.parametrize("body", [BODY.strip(), BODY + b" ", b"", b"[]"])
def test_the_raw_bytes_count_not_what_they_mean(body):
    assert objection(body, headers(), KEYS, NOW) == "The signature is not good"


def test_while_keys_are_changed_both_are_good_and_a_foreign_one_is_not():
    new = Bell().public_key
    assert objection(BODY, headers(), (new, *KEYS), NOW) is None
    assert objection(BODY, headers(), (new,), NOW) == "The signature is not good"


def test_the_time_is_signed_too():
    said = headers() | {TIMESTAMP: str(int(NOW.timestamp()) + 1)}
    assert objection(BODY, said, KEYS, NOW) == "The signature is not good"


@pytest.mark.parametrize(
    ("age", "is_taken"),
    [(OLDEST, True), (OLDEST + timedelta(seconds=1), False), (-SKEW, True), (-SKEW - timedelta(seconds=1), False)],
)
def test_a_repetition_days_later_is_taken_and_an_old_recording_is_not(age, is_taken):
    assert (objection(BODY, headers(NOW - age), KEYS, NOW) is None) is is_taken


@given(st.text(max_size=40), st.text(max_size=120))
def test_odd_headers_are_an_objection_and_no_error(timestamp, signature):
    said = {**headers(), TIMESTAMP: timestamp, "X-Twilio-Email-Event-Webhook-Signature": signature}
    assert objection(BODY, said, KEYS, NOW)
    assert objection(BODY, {}, KEYS, NOW)


def spelt(key) -> str:
    return b64encode(key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("no key", "one line of base64"),
        ("bm8ga2V5", "one line of base64"),
        (spelt(ec.generate_private_key(ec.SECP384R1())), "P-256"),
        (spelt(rsa.generate_private_key(65537, 2048)), "P-256"),
    ],
)
def test_another_kind_of_key_is_refused_with_a_sentence(key, sentence):
    with pytest.raises(ValueError, match=sentence):
        public_key(key)


# What is said


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("processed", Kind.TAKEN),
        ("deferred", Kind.DEFERRED),
        ("delivered", Kind.DELIVERED),
        ("bounce", Kind.BOUNCED),
        ("blocked", Kind.BLOCKED),
        ("dropped", Kind.DROPPED),
        ("open", Kind.SEEN),
        ("click", Kind.SEEN),
        ("spamreport", Kind.COMPLAINT),
        ("unsubscribe", Kind.UNSUBSCRIBED),
    ],
)
def test_each_of_sendgrids_words_has_its_meaning(said, kind):
    event = {"event": said, **SAID[said]}
    assert one(**event).kind is kind


@pytest.mark.parametrize("said", ["group_resubscribe", "account_status_change", "teleported", "", None, 7, ["bounce"]])
def test_a_kind_nobody_has_heard_of_is_kept_as_such(said):
    assert one(event=said).kind is Kind.OTHER


@pytest.mark.parametrize(
    ("reason", "is_dead", "wants_no_more"),
    [
        ("Bounced Address", True, False),
        ("Invalid", True, False),
        ("Spam Reporting Address", False, True),
        ("Unsubscribed Address", False, True),
        ("Spam Content (if Spam Checker app is enabled)", False, False),
        ("Recipient List over Package Quota", False, False),
    ],
)
def test_why_it_was_dropped_tells_what_is_known_of_the_address(reason, is_dead, wants_no_more):
    news = one(event="dropped", reason=reason)
    assert (news.is_dead, news.wants_no_more) == (is_dead, wants_no_more)


def test_a_block_says_nothing_about_the_address():
    assert one(event="bounce", type="bounce").is_dead
    assert not one(event="bounce", type="blocked").is_dead


def test_the_reason_is_kept_without_the_address():
    news = one(event="bounce", email="anna@people.example", reason="550 <anna@people.example> is unknown here")
    assert news.reason == "550 <…> is unknown here"
    assert "anna" not in repr(news)


def test_a_time_in_the_future_or_none_is_the_time_it_came():
    for odd in (int(NOW.timestamp()) + 60, None, "soon", True, -1, 1e9, 10**30):
        assert one(event="open", timestamp=odd).at == NOW
    assert one(event="open", timestamp=str(int(NOW.timestamp()) - 60)).at == NOW - timedelta(minutes=1)


def test_without_a_name_the_same_event_has_the_same_name():
    first, again, other = one(event="open", n=1), one(n=1, event="open"), one(event="open", n=2)
    assert first.name == again.name != other.name


@given(st.recursive(VALUES, lambda inner: st.lists(inner) | st.dictionaries(NAMES, inner), max_leaves=12))
def test_whatever_json_comes_is_read_or_refused_in_peace(told):
    body = json.dumps(told).encode()
    if isinstance(told, list):
        assert len(news_of(body, NOW)) == sum(isinstance(event, dict) for event in told)
    else:
        with pytest.raises(ValueError, match="not a list"):
            news_of(body, NOW)


@pytest.mark.parametrize("body", [b"", b"\xff", b"{", b"[" * 100_000])
def test_what_is_no_json_is_refused(body):
    with pytest.raises(ValueError, match=r"not JSON|nested too deeply"):
        news_of(body, NOW)
