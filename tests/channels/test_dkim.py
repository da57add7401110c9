"""Signatures on letters, checked by dkimpy as a recipient's server would: real keys, and a DNS that is told to it."""

import asyncio
import base64
from typing import Any

import dkim
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_public_key,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from channels import loop
from channels.answer import Receipt
from channels.dkim import Signer, relaxed, signer, signers
from channels.fakes.smtp_sink import CUT, SmtpSink
from channels.letter import Letter, unstuffed
from channels.skeleton import Skeleton
from channels.smtp_address import SmtpAddress
from channels.smtp_pipeline import run
from channels.wire import configured
from tests.channels.envelopes import CAMPAIGN, letter
from tests.channels.messages import AT, one_line, unicode_text

LEAVE = "https://artsakh.example/leave/1"
RSA = Signer("spring", "artsakh.example", rsa.generate_private_key(65537, 2048))
EDWARDS = Signer("summer", "artsakh.example", ed25519.Ed25519PrivateKey.generate())
DNS = {f"{name}.".encode(): text.encode() for name, text in (RSA.record, EDWARDS.record)}


def pem(key: Any, encryption: Any = None) -> bytes:
    made: bytes = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption or NoEncryption())
    return made


def holds(raw: bytes, number: int = 0) -> bool:
    """Whether the signature of that number is good."""
    try:
        return bool(dkim.DKIM(raw).verify(idx=number, dnsfunc=lambda name, timeout=5: DNS.get(name)))
    except dkim.DKIMException:
        return False


def signed(by: Signer = EDWARDS, **changes: Any) -> bytes:
    return unstuffed(Letter.of(letter(**{"unsubscribe": LEAVE, **changes}), AT).signed((by,)).data)


@pytest.fixture(params=[RSA, EDWARDS], ids=["rsa", "ed25519"])
def by(request: pytest.FixtureRequest) -> Signer:
    found: Signer = request.param
    return found


@pytest.fixture
def key_file(tmp_path, by):
    (tmp_path / "key.pem").write_bytes(pem(by.key))
    return tmp_path / "key.pem"


@pytest.fixture(params=[True, False], ids=["8BITMIME", "seven bits"])
def sink(request):
    with SmtpSink(eight_bit=request.param) as sink:
        yield sink


def test_a_letter_sent_by_itself_arrives_with_a_signature_that_holds(sink, by, key_file):
    wire = configured("email", f"{sink.address}?dkim={by.selector}:artsakh.example:{key_file}")
    (answer,) = wire.send([letter(text=".\n..\n.hidden  \t end \n\n\n", unsubscribe=LEAVE)])
    wire.close()
    assert isinstance(answer, Receipt)
    assert holds(sink.messages[0].raw)
    assert sink.messages[0].parsed.get_body(("plain",)) is not None


def test_bulk_mail_arrives_with_signatures_that_hold(sink, by, key_file):
    where = SmtpAddress.parse(f"{sink.address}?dkim={by.selector}:artsakh.example:{key_file}")
    eight, seven = Skeleton(CAMPAIGN, language="hy"), Skeleton(CAMPAIGN, language="hy", eight_bit=False)
    waiting = [
        skeleton.letter(f"k{number}", "ani@mail.example", "Ani", "Ձայն", "Գործե՛ք։\n..\n", "<p>Ani</p>", AT, LEAVE)
        for number, skeleton in enumerate((eight, seven, eight))
    ]
    loop.run(lambda: run(where, 1, lambda: waiting.pop(0) if waiting else None, lambda letter, answer: None))
    assert len(sink.messages) == 3
    assert all(holds(message.raw) and message.raw.isascii() for message in sink.messages)


def test_a_letter_that_is_begun_again_is_signed_once():
    waiting = [Letter.of(letter(key=f"k{number}"), AT) for number in range(3)]
    with SmtpSink(pipelining=False) as sink:
        sink.answer(CUT, at="sender", nth=2, times=1)
        where = SmtpAddress(host=sink.host, port=sink.port, dkim=(EDWARDS,), starttls="never")
        loop.run(
            lambda: asyncio.wait_for(
                run(where, 1, lambda: waiting.pop(0) if waiting else None, lambda letter, answer: None), 10
            )
        )
        raws = [message.raw for message in sink.messages]
    assert [raw.count(b"DKIM-Signature:") for raw in raws] == [1, 1, 1]
    assert all(map(holds, raws))


def test_two_keys_sign_side_by_side():
    raw = unstuffed(Letter.of(letter(), AT).signed((RSA, EDWARDS)).data)
    assert holds(raw, 0)
    assert holds(raw, 1)


def test_without_a_key_a_letter_goes_out_byte_for_byte_as_before():
    made = Letter.of(letter(), AT)
    assert made.signed(()) is made
    assert SmtpAddress.parse("smtp://mail.example").dkim == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"Subject: =?utf-8?b?", b"Subject: Another =?utf-8?b?"),
        (b"From: The", b"From: mallory@other.example\r\nFrom: The"),
        (b"\r\nTo:", b"\r\nFrom: mallory@other.example\r\nTo:"),
        (b"Date: Fri, 28", b"Date: Fri, 29"),
        (b"<p>", b"<p>No "),
        (b"/leave/1", b"/leave/2"),
        (b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n", b""),
        (b"boundary=", b"charset=x; boundary="),
        (b"Reply-To: answers@", b"Reply-To: mallory@"),
    ],
)
def test_whoever_changes_a_letter_on_its_way_breaks_the_signature(before, after):
    raw = signed(html="<p>We ask you to act.</p>", reply_to="answers@artsakh.example", text="We ask")
    assert holds(raw)
    assert before in raw
    assert not holds(raw.replace(before, after, 1))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"\r\nTo: ", b"\r\nTO:   \r\n\t"),
        (b"Subject: ", b"Subject:\t"),
        (b"We ask you", b"We  ask \t you"),
        (b"act.\r\n", b"act. \t\r\n"),
        (b"--\r\n", b"--\r\n\r\n \r\n"),
        (b"From: The", b"Received: by relay.example\r\nFrom: The"),
    ],
)
def test_what_relays_may_do_to_a_letter_breaks_nothing(before, after):
    raw = signed(text="We ask you\nto act.", html="<p>-</p>", subject="What we ask")
    assert before in raw
    assert holds(raw.replace(before, after, 1) if before != b"--\r\n" else raw[: -len(before)] + after)


@given(text=unicode_text, html=unicode_text, subject=one_line, name=one_line, utf8=st.booleans())
@settings(max_examples=60)
def test_every_letter_that_can_be_built_can_be_signed(text, html, subject, name, utf8):
    to = "նախագահ@un.example" if utf8 else "ani@un.example"
    assert holds(signed(text=text, html=html, subject=subject, to_name=name, to=to))


@pytest.mark.parametrize(
    ("body", "hashed"),
    [
        (b"", b""),
        (b"\r\n \r\n\r\n", b""),
        (b"a", b"a\r\n"),
        (b" a  b\t\r\n\t c \r\n\r\n", b" a b\r\n c\r\n"),
        (b"a\r\n\r\nb\r\n \t \r\n", b"a\r\n\r\nb\r\n"),
    ],
)
def test_a_body_is_hashed_without_what_relays_touch(body, hashed):
    assert relaxed(body) == hashed


def test_the_signature_is_the_same_each_time(by):
    assert signed(by) == signed(by)


def test_the_record_for_the_dns_holds_the_public_key():
    name, text = RSA.record
    assert name == "spring._domainkey.artsakh.example"
    assert text.startswith("v=DKIM1; k=rsa; p=")
    assert load_der_public_key(base64.b64decode(text.partition("p=")[2])) == RSA.key.public_key()
    assert "v=DKIM1; k=ed25519; p=" in EDWARDS.record[1]
    assert RSA.zone_line.startswith('spring._domainkey.artsakh.example. IN TXT ( "v=DKIM1; ')
    assert all(len(string) <= 255 for string in RSA.zone_line.split('"')[1::2])
    assert "".join(RSA.zone_line.split('"')[1::2]) == text


def test_the_key_may_stand_in_the_environment_or_in_a_file_it_names(key_file, by):
    said = {"OUTREACH_DKIM_SELECTOR": by.selector, "OUTREACH_DKIM_DOMAIN": "artsakh.example"}
    for key in (pem(by.key).decode(), str(key_file)):
        (found,) = signers("", {**said, "OUTREACH_DKIM_KEY": key})
        assert found.record == by.record


@pytest.mark.parametrize(
    ("selector", "domain", "key", "sentence"),
    [
        ("a b", "artsakh.example", pem(EDWARDS.key), "a b is not a selector"),
        ("s", "artsakh", pem(EDWARDS.key), "artsakh is not a domain name: it has no dot"),
        ("s", "artsakh.example", b"secret", "not a private key in PEM"),
        ("s", "artsakh.example", pem(EDWARDS.key, BestAvailableEncryption(b"x")), "locked with a password"),
        ("s", "artsakh.example", pem(ec.generate_private_key(ec.SECP256R1())), "make an RSA or Ed25519 key"),
        ("s", "artsakh.example", pem(rsa.generate_private_key(65537, 1024)), "has 1024 bits"),
    ],
)
def test_what_is_wrong_with_a_key_is_a_sentence(selector, domain, key, sentence):
    with pytest.raises(ValueError, match=sentence) as found:
        signer(selector, domain, key)
    assert "secret" not in str(found.value)


@pytest.mark.parametrize(
    ("option", "environment", "sentence"),
    [
        ("spring:artsakh.example", {}, "needs three parts"),
        ("spring:artsakh.example:/no/such/key", {}, "cannot be read from the file that was named: No such file"),
        ("", {"OUTREACH_DKIM_KEY": "x"}, "OUTREACH_DKIM_SELECTOR and OUTREACH_DKIM_DOMAIN must be in the environment"),
    ],
)
def test_a_wrong_key_is_told_when_the_wire_is_configured_not_when_the_first_letter_goes(
    option, environment, sentence, monkeypatch
):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ValueError, match=sentence):
        configured("email", f"smtp://mail.example{f'?dkim={option}' if option else ''}")
