import re
from email import message_from_string
from email.policy import SMTPUTF8
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channels import mime
from channels.domain import ascii_domain
from channels.envelope import Sender
from tests.channels.envelopes import letter
from tests.channels.messages import (
    AT,
    address,
    one_line,
    parsed,
    shown,
    shown_name,
    standard,
    text_of,
    unicode_text,
    with_ending,
)

SCRIPTS = {
    "Armenian": "Հարգելի պարոն նախագահ, մենք խնդրում ենք Ձեզ գործել",
    "Arabic": "صاحب السعادة، نطلب منكم أن تتحركوا الآن",
    "Chinese": "尊敬的阁下,我们请求您立即采取行动",
    "Russian": "Ваше Превосходительство, мы просим Вас",
    "emoji": "👨‍👩‍👧‍👦 🇦🇲 👍🏽 1️⃣",
    "long and plain": "A question about the Lachin corridor, which has been closed, " * 5,
    "one long word": "x" * 1500,
    "looks encoded": "=?utf-8?q?not_really?= and = signs",
    "spaces": "two  spaces   three",
}


@pytest.mark.parametrize("words", SCRIPTS.values(), ids=SCRIPTS.keys())
@pytest.mark.parametrize("eight_bit", [True, False])
def test_every_script_comes_back_as_it_was_written(words: str, eight_bit: bool) -> None:
    envelope = letter(subject=words, to_name=words, text=f"{words}\n\n{words}\n", html=f"<p>{words}</p>\n")
    raw = mime.build(envelope, AT, eight_bit=eight_bit)
    message = parsed(raw)
    assert message["Subject"] == words
    assert shown(raw, "To") == (words.strip(), envelope.to)
    assert text_of(message, "plain") == envelope.text
    assert text_of(message, "html") == envelope.html


@pytest.mark.parametrize(
    "name", ['Anna "Ani" Petrosyan', "Doe, John (UN)", "back\\slash", 'Ճ "quoted" Ա', "a@b.example", "x;y"]
)
def test_a_display_name_with_quotes_and_commas_stays_one_name(name: str) -> None:
    raw = mime.build(letter(to_name=name), AT)
    (recipient,) = parsed(raw)["To"].addresses
    assert recipient.addr_spec == "mission-cn@un.example"
    assert shown(raw, "To") == (name, "mission-cn@un.example")


def test_it_says_who_when_and_in_which_conversation() -> None:
    envelope = letter(
        reply_to="answers@artsakh.example", in_reply_to="<b@a.example>", references=("<a@a.example>", "<b@a.example>")
    )
    message = parsed(mime.build(envelope, AT))
    assert message["From"] == "The Artsakh campaign <campaign@artsakh.example>"
    assert message["Reply-To"] == "answers@artsakh.example"
    assert message["Message-ID"] == "<0190c1e0b5d97a3c8f2e6d4b1a0f9e8c@artsakh.example>"
    assert message["In-Reply-To"] == "<b@a.example>"
    assert message["References"].split() == ["<a@a.example>", "<b@a.example>"]
    assert message["Date"].datetime == AT
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "hy"


def test_a_letter_by_a_person_is_not_called_automatic() -> None:
    assert parsed(mime.build(letter(auto_submitted=False), AT))["Auto-Submitted"] is None


def test_a_letter_without_html_is_plain_text_alone() -> None:
    assert parsed(mime.build(letter(html=""), AT)).get_content_type() == "text/plain"


def test_the_same_letter_built_again_is_the_same_to_the_byte() -> None:
    assert mime.build(letter(), AT) == mime.build(letter(), AT)


def test_the_root_of_a_long_conversation_is_kept_and_its_middle_left_out() -> None:
    ids = tuple(f"<{number}@a.example>" for number in range(100))
    kept = parsed(mime.build(letter(references=ids), AT))["References"].split()
    assert kept == [ids[0], *ids[-19:]]


def test_a_domain_in_any_script_is_spelt_for_machines() -> None:
    message = parsed(mime.build(letter(to="info@օրինակ.հայ"), AT, domain="օրինակ.հայ"))
    assert message["To"].addresses[0].addr_spec == f"info@{ascii_domain('օրինակ.հայ')}"
    assert message["Message-ID"].endswith("@xn--y9atn0a2c3a.xn--y9a3aq>")


def test_letters_before_the_at_sign_need_a_server_that_takes_them() -> None:
    envelope = letter(to="նախագահ@un.example")
    assert mime.needs_utf8(envelope)
    with pytest.raises(ValueError, match="beyond ASCII"):
        mime.build(envelope, AT)
    message = message_from_string(mime.build(envelope, AT, utf8=True).decode(), policy=SMTPUTF8)
    assert message["To"].addresses[0].addr_spec == "նախագահ@un.example"


@pytest.mark.parametrize("poison", ["\r\nBcc: all@un.example", "\nX: y", "\rX: y", "\x0bX", "\x00", "\x85X", "\u2028X"])
@pytest.mark.parametrize(
    ("field", "named"),
    [
        ("subject", "Subject"),
        ("to_name", "To name"),
        ("to", "to:"),
        ("reply_to", "reply_to"),
        ("language", "language"),
        ("key", "key"),
        ("in_reply_to", "in_reply_to"),
        ("references", "references"),
        ("sender_name", "From name"),
        ("sender_address", "sender.address"),
    ],
)
def test_nothing_can_smuggle_in_another_header(field: str, named: str, poison: str) -> None:
    changes: dict[str, Any] = {field: ("<a@b.example>" if field == "in_reply_to" else "good") + poison}
    if field == "references":
        changes = {"references": (f"<a@b.example>{poison}",)}
    elif field == "to" or field == "reply_to":
        changes = {field: f"a@b.example{poison}"}
    elif field == "sender_name":
        changes = {"sender": Sender(f"Good{poison}", "a@b.example")}
    elif field == "sender_address":
        changes = {"sender": Sender("Good", f"a@b.example{poison}")}
    with pytest.raises(ValueError, match=re.escape(named)):
        mime.build(letter(**changes), AT)


def test_a_letter_that_quotes_its_own_boundary_still_has_two_parts() -> None:
    text = f"before\n--=_{letter().key}\nafter\n--=_{letter().key}--\nend\n"
    message = parsed(mime.build(letter(text=text, html=text), AT, eight_bit=True))
    assert (text_of(message, "plain"), text_of(message, "html")) == (text, text)


@pytest.mark.parametrize("text", ["null \x00 byte\n", "spaces at the end  \nof a line\n", "bell \x07\n"])
@pytest.mark.parametrize("eight_bit", [True, False])
def test_what_servers_are_known_to_mangle_is_wrapped_up(text: str, eight_bit: bool) -> None:
    raw = mime.build(letter(text=text, html=""), AT, eight_bit=eight_bit)
    assert not re.search(rb"[\x00-\x08]|[ \t]\r\n", raw)
    assert text_of(parsed(raw), "plain") == text


def test_a_date_needs_a_zone_and_a_letter_needs_words() -> None:
    with pytest.raises(ValueError, match="time zone"):
        mime.build(letter(), AT.replace(tzinfo=None))
    with pytest.raises(ValueError, match="text: is empty"):
        mime.build(letter(text=""), AT)
    with pytest.raises(ValueError, match="html: has half a character"):
        mime.build(letter(html="\ud800"), AT)


@given(
    subject=one_line,
    to_name=shown_name,
    name=shown_name,
    to=address,
    text=unicode_text,
    html=unicode_text,
    eight_bit=st.booleans(),
)
@settings(max_examples=80, deadline=None)
def test_whatever_is_written_comes_back_and_no_line_breaks_the_protocol(
    subject: str, to_name: str, name: str, to: str, text: str, html: str, eight_bit: bool
) -> None:
    sender = Sender(name, "campaign@artsakh.example")
    raw = mime.build(
        letter(subject=subject, to_name=to_name, sender=sender, to=to, text=text, html=html), AT, eight_bit=eight_bit
    )
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", raw)
    assert raw.endswith(b"\r\n")
    assert eight_bit or raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    head = raw.partition(b"\r\n\r\n")[0]
    assert max(map(len, head.split(b"\r\n"))) <= 200
    message = parsed(raw)
    assert message["Subject"] == subject
    assert shown(raw, "To") == (to_name, to)
    assert shown(raw, "From") == (name, "campaign@artsakh.example")
    assert text_of(message, "plain") == with_ending(text)
    assert text_of(message, "html") == with_ending(html)


@given(subject=one_line, to_name=shown_name, to=address, text=unicode_text, html=unicode_text, eight_bit=st.booleans())
@settings(max_examples=60, deadline=None)
def test_it_parses_equal_to_the_standard_librarys_own_build(
    subject: str, to_name: str, to: str, text: str, html: str, eight_bit: bool
) -> None:
    envelope = letter(subject=subject, to_name=to_name, to=to, text=text, html=html)
    raw, reference = mime.build(envelope, AT, eight_bit=eight_bit), standard(envelope)
    ours, theirs = parsed(raw), parsed(reference)
    assert shown(raw, "To") == shown(reference, "To")
    assert {header: str(ours[header]) for header in ours if header not in ("To", "Content-Type")} == {
        header: str(theirs[header]) for header in theirs if header not in ("To", "Content-Type")
    }
    assert ours.get_content_type() == theirs.get_content_type()
    for kind in ("plain", "html"):
        assert text_of(ours, kind) == text_of(theirs, kind)
