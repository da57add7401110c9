import base64
import json
import threading
import time
from collections import Counter
from datetime import timedelta
from typing import Any, cast
from urllib.parse import urlsplit

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key
from hypothesis import given, settings
from hypothesis import strategies as st

from channels.answer import Delayed, Receipt, Refused, Unknown
from channels.envelope import Sender
from channels.fakes.receiver import Receiver
from channels.fakes.sendgrid import CUT, HANG, SendGrid
from channels.pattern import Pattern
from channels.sendgrid_request import KEY
from channels.wire import configured
from tests.channels.envelopes import letter

CALM = "?timeout=10&total=20"
QUICK = "?timeout=0.7&total=5"  # only where something hangs
SHARED = Pattern("Dear [name],\n\nhere: [link]\n", "<p>Dear [name!],</p><p><a href='[link]'>here</a></p>\n")


@pytest.fixture
def sendgrid():
    with SendGrid() as sendgrid:
        yield sendgrid


def wire_to(sendgrid, options=CALM) -> Any:
    return configured("email", sendgrid.address + options)


def send(sendgrid, *envelopes, options=CALM) -> Any:
    wire = wire_to(sendgrid, options)
    answers = wire.send(envelopes or [letter()])
    wire.close()
    return answers if envelopes else answers[0]


def personal(name, link="https://a.example/1", **changes):
    words = {"[name]": name, "[name!]": name.replace("<", "&lt;"), "[link]": link}
    text, html = SHARED.filled(words)
    return letter(text=text, html=html, pattern=SHARED, words=words, **changes)


def test_a_letter_arrives_as_it_was_written(sendgrid):
    answer = send(sendgrid, letter(reply_to="desk@artsakh.example", in_reply_to="<a@b.c>", references=("<a@b.c>",)),
                  letter(key="k2"))[0]  # fmt: skip
    assert isinstance(answer, Receipt)
    assert answer.reference == "<0190c1e0b5d97a3c8f2e6d4b1a0f9e8c@artsakh.example>"
    assert not answer.proven
    (mail,) = [mail for mail in sendgrid.mails if mail.headers["Message-ID"] == answer.reference]
    assert mail.message_id in answer.detail
    assert (mail.text, mail.html, mail.subject) == (letter().text, letter().html, letter().subject)
    assert (mail.to, mail.to_name) == ("mission-cn@un.example", "Permanent Representative of China")
    assert (mail.sender, mail.sender_name) == ("campaign@artsakh.example", "The Artsakh campaign")
    assert mail.reply_to == "desk@artsakh.example"
    assert mail.headers["In-Reply-To"] == mail.headers["References"] == "<a@b.c>"
    assert mail.headers["Auto-Submitted"] == "auto-generated"
    assert mail.custom_args == {KEY: letter().key}


def test_links_stay_as_they_are_and_nobody_is_watched_reading(sendgrid):
    send(sendgrid, options="?categories=petition,letters")
    settings = sendgrid.asked[0].json["tracking_settings"]
    assert not settings["click_tracking"]["enable"]
    assert not settings["open_tracking"]["enable"]
    assert sendgrid.mails[0].categories == ("petition", "letters")


def test_a_letter_one_may_leave_says_how_in_one_click(sendgrid):
    good, bad = send(sendgrid, letter(unsubscribe="https://a.example/leave"), letter(unsubscribe="https://a\r\nBcc: b"))
    assert isinstance(good, Receipt)
    assert isinstance(bad, Refused)
    assert sendgrid.mails[0].headers["List-Unsubscribe"] == "<https://a.example/leave>"
    assert sendgrid.mails[0].headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_name_with_a_comma_is_shown_without_it(sendgrid):
    send(sendgrid, letter(to_name="China, Mission to the UN; New York"))
    assert sendgrid.mails[0].to_name == "China Mission to the UN New York"


def test_many_letters_share_as_many_connections_as_were_allowed(sendgrid):
    answers = send(sendgrid, *[letter(key=f"k{n}") for n in range(40)], options="?connections=2")
    assert {type(answer) for answer in answers} == {Receipt}
    assert len(sendgrid.asked) == 40
    assert sendgrid.connections <= 2


def test_letters_with_a_pattern_go_in_one_request_and_each_has_its_own_words(sendgrid):
    envelopes = [personal(f"Name {n}", key=f"k{n}", to=f"a{n}@un.example") for n in range(1500)]
    answers = send(sendgrid, *envelopes)
    assert [len(asked.json["personalizations"]) for asked in sendgrid.asked] in ([1000, 500], [500, 1000])
    assert {type(answer) for answer in answers} == {Receipt}
    got = {mail.custom_args[KEY]: mail for mail in sendgrid.mails}
    assert all(got[each.key].text == each.text and got[each.key].to == each.to for each in envelopes)


@pytest.mark.parametrize(
    "words", [{"[name]": "[link]"}, {"[name]": "x" * 10_000}], ids=["words with a mark in them", "too many words"]
)
def test_what_substitution_could_get_wrong_goes_by_itself(sendgrid, words):
    good, odd = personal("A", key="k1"), personal("B", key="k2")
    words = {**odd.words, **words}
    text, html = SHARED.filled(words)
    odd = letter(key="k2", text=text, html=html, pattern=SHARED, words=words)
    send(sendgrid, good, personal("C", key="k3"), odd)
    assert {mail.custom_args[KEY]: mail.text for mail in sendgrid.mails}["k2"] == text
    assert sorted(len(asked.json["personalizations"]) for asked in sendgrid.asked) == [1, 2]


def test_text_that_its_pattern_does_not_give_counts_and_the_pattern_does_not(sendgrid):
    changed = letter(key="k2", text="Changed by hand.", pattern=SHARED, words=personal("B").words)
    send(sendgrid, personal("A", key="k1"), changed)
    assert "Changed by hand." in {mail.text for mail in sendgrid.mails}


names = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=12)
readers = st.lists(st.tuples(names, names, st.booleans()), min_size=2, max_size=5)


@pytest.fixture(scope="module")
def lasting_sendgrid():
    with SendGrid() as sendgrid:
        yield sendgrid


@given(readers)
@settings(max_examples=40, deadline=None)
def test_one_request_for_many_and_one_for_each_give_equal_mails(lasting_sendgrid, people):
    together = [
        personal(name, f"https://a.example/{n}", key=f"k{n}", subject=f"To {subject}", to_name=name,
                 in_reply_to="<a@b.c>" if follows else "")
        for n, (name, subject, follows) in enumerate(people)
    ]  # fmt: skip
    apart = [letter(**{f: getattr(e, f) for f in ("key", "subject", "to_name", "in_reply_to", "text", "html")})
             for e in together]  # fmt: skip
    mails = []
    for envelopes in (together, apart):
        lasting_sendgrid.mails.clear()
        answers = wire_to(lasting_sendgrid, "?connections=1").send(envelopes)
        assert {type(answer) for answer in answers} == {Receipt}, answers
        mails.append({mail.custom_args[KEY]: (mail.subject, mail.text, mail.html, mail.to_name, mail.headers)
                      for mail in lasting_sendgrid.mails})  # fmt: skip
    assert mails[0] == mails[1]
    assert len(mails[0]) == len(people)


# What SendGrid says.


@pytest.mark.parametrize("status", ["400 Bad Request", "413 Payload Too Large"])
def test_what_it_will_never_take_is_refused_with_its_reason(sendgrid, status):
    sendgrid.answer(status, times=1)
    refused, sent = send(sendgrid, letter(), letter(key="next"), options="?connections=1")
    assert isinstance(refused, Refused)
    assert status[4:] in refused.reason
    assert isinstance(sent, Receipt)


@pytest.mark.parametrize("status", ["401 Unauthorized", "403 Forbidden"])
def test_a_wrong_key_delays_everything_until_a_person_has_looked(sendgrid, status):
    sendgrid.answer(status)
    answers = send(sendgrid, *[letter(key=f"k{n}") for n in range(9)], options="?connections=1")
    assert {type(answer) for answer in answers} == {Delayed}
    assert answers[0].wait == timedelta(minutes=15)
    assert len(sendgrid.asked) == 1


def test_a_limit_delays_everything_until_it_is_reset(sendgrid):
    sendgrid.answer("429 Too Many Requests")
    answers = send(sendgrid, letter(), letter(key="next"), options="?connections=1")
    assert {type(answer) for answer in answers} == {Delayed}
    assert timedelta(seconds=50) < answers[1].wait <= timedelta(seconds=60)
    assert len(sendgrid.asked) == 1


def test_the_wait_that_is_asked_for_is_kept(sendgrid):
    sendgrid.answer("429 Too Many Requests", headers={"Retry-After": "7"})
    assert send(sendgrid).wait == timedelta(seconds=7)


@pytest.mark.parametrize("keep", [False, True])
@pytest.mark.parametrize("reply", ["500 Internal Server Error", "503 Service Unavailable", HANG, CUT])
def test_after_the_whole_request_only_consent_is_consent(sendgrid, reply, keep):
    sendgrid.answer(reply, keep=keep, times=1)
    unknown, sent = send(
        sendgrid, letter(), letter(key="next"), options=(QUICK if reply == HANG else CALM) + "&connections=1"
    )
    assert isinstance(unknown, Unknown)
    assert isinstance(sent, Receipt)
    assert len(sendgrid.mails) == 1 + keep


def test_one_bad_reader_of_many_spoils_no_other(sendgrid):
    sendgrid.answer("400 Bad Request", times=1)
    answers = send(sendgrid, *[personal(f"N{n}", key=f"k{n}") for n in range(3)])
    assert [type(answer) for answer in answers] == [Receipt] * 3
    assert Counter(mail.custom_args[KEY] for mail in sendgrid.mails) == {"k0": 1, "k1": 1, "k2": 1}


def test_a_request_cut_short_was_not_sent():
    with SendGrid() as sendgrid:
        sendgrid.answer(CUT, at="body")
        big = letter(text="Ա" * 4_000_000, html="")
        assert isinstance(send(sendgrid, big, letter())[0], Delayed)
        assert sendgrid.mails == []


def test_a_restarted_server_costs_no_letter(sendgrid):
    wire = wire_to(sendgrid)
    wire.send([letter()])
    sendgrid.cut_all()
    time.sleep(0.05)
    assert isinstance(wire.send([letter(key="next")])[0], Receipt)
    wire.close()


def test_when_the_server_dies_no_letter_is_lost_and_no_more_are_unknown_than_were_under_way(sendgrid):
    envelopes = [letter(key=f"k{number}") for number in range(400)]

    def stop_in_the_middle():
        while len(sendgrid.mails) < 60:
            time.sleep(0.001)
        sendgrid.stop()

    stopper = threading.Thread(target=stop_in_the_middle)
    stopper.start()
    wire = wire_to(sendgrid, "?connections=4&timeout=2")
    answers = wire.send(envelopes)
    stopper.join()
    kept = Counter(mail.custom_args[KEY] for mail in sendgrid.mails)
    by_kind = {kind: {e.key for e, a in zip(envelopes, answers, strict=True) if isinstance(a, kind)}
               for kind in (Receipt, Delayed, Unknown)}  # fmt: skip
    assert sum(map(len, by_kind.values())) == 400
    assert len(by_kind[Unknown]) <= 4
    assert by_kind[Receipt] <= set(kept)
    assert by_kind[Delayed]
    assert by_kind[Delayed].isdisjoint(kept)
    assert set(kept.values()) == {1}


def test_the_sandbox_says_that_nothing_was_sent(sendgrid):
    answer = send(sendgrid, options="?sandbox=1")
    assert isinstance(answer, Receipt)
    assert "sent nothing" in answer.detail
    assert sendgrid.mails == []


def test_the_region_chooses_the_host_and_the_key_is_not_shown():
    assert wire_at("?region=eu").base == "https://api.eu.sendgrid.com"
    assert wire_at("").base == "https://api.sendgrid.com"
    assert wire_at("mail.example:8443").base == "https://mail.example:8443"
    for options in ("?region=moon", "?pace=1", "?connections=0", "?sandbox=yes", "?categories=a@b.c", "#x", "/v3"):
        with pytest.raises(ValueError, match=r"^(?!.*secret)"):
            wire_at(options)


def wire_at(rest) -> Any:
    return configured("email", f"sendgrid://SG.secret@{rest}")


def test_the_key_may_stand_in_the_environment(sendgrid, monkeypatch):
    address = f"sendgrid://127.0.0.1:{sendgrid.port}"
    with pytest.raises(ValueError, match="OUTREACH_SENDGRID_KEY"):
        configured("email", address)
    monkeypatch.setenv("OUTREACH_SENDGRID_KEY", "SG.fake")
    assert isinstance(configured("email", address).send([letter()])[0], Receipt)


# The fake's own word.


def test_events_are_signed_and_come_late_repeated_and_shuffled(sendgrid):
    sendgrid.fate("mission-cn@un.example", "processed", "deferred", "delivered", "bounce")
    send(sendgrid)
    with Receiver() as receiver:
        statuses = sendgrid.tell(receiver.url, repeat=46, shuffle=7, together=50)
    assert statuses == [200] * 4
    events = [event for asked in receiver.asked for event in asked.json]
    assert len(events) == 4 * 46
    assert len({event["sg_event_id"] for event in events}) == 4
    assert {event[KEY] for event in events} == {letter().key}
    assert [event["event"] for event in events] != sorted(event["event"] for event in events)
    public = cast(ec.EllipticCurvePublicKey, load_der_public_key(base64.b64decode(sendgrid.bell.public_key)))
    asked = receiver.asked[0]
    signature = base64.b64decode(asked.headers["X-Twilio-Email-Event-Webhook-Signature"])
    stamp = asked.headers["X-Twilio-Email-Event-Webhook-Timestamp"]
    public.verify(signature, stamp.encode() + asked.body, ec.ECDSA(SHA256()))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"headers": {"Reply-To": "a@b.example"}}, "headers.Reply-To"),
        ({"personalizations": []}, "personalizations"),
        ({"personalizations": [{"to": [{"email": "a@b.example"}], "subject": "s"}] * 1001}, "personalizations"),
        ({"personalizations": [{"to": [{"email": "a@b.example"}] * 2, "subject": "s"}]}, "personalizations.0"),
        ({"content": [{"type": "text/html", "value": "h"}, {"type": "text/plain", "value": "t"}]}, "content"),
        ({"from": {"email": "a@b.example", "name": "A, B"}}, "from.name"),
        ({"surprise": 1}, "surprise"),
    ],
)
def test_the_fake_checks_what_sendgrid_checks(sendgrid, change, field):
    wire = wire_to(sendgrid)
    request = {
        "personalizations": [{"to": [{"email": "a@b.example"}]}],
        "from": {"email": "a@b.example"},
        "subject": "s",
        "content": [{"type": "text/plain", "value": "t"}],
    }
    headers = {"Authorization": f"Bearer {sendgrid.key}"}
    ask = wire.lines.ask
    assert ask("POST", f"{sendgrid.url}/v3/mail/send", headers, json.dumps(request).encode()).status == 202
    reply = ask("POST", f"{sendgrid.url}/v3/mail/send", headers, json.dumps(request | change).encode())
    assert reply.status == 400
    assert field in {error["field"] for error in json.loads(reply.content)["errors"]}


def test_a_sender_that_cannot_be_is_refused_before_anything_is_sent(sendgrid):
    answer = send(sendgrid, letter(sender=Sender("A", "nobody")), letter(key="k2"))[0]
    assert isinstance(answer, Refused)
    assert urlsplit(sendgrid.address).port == sendgrid.port
