from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channels.envelope import Envelope, Sender
from channels.letter import Letter, unstuffed
from channels.skeleton import Skeleton
from tests.channels.envelopes import CAMPAIGN
from tests.channels.messages import AT, address, one_line, parsed, shown, standard, text_of, unicode_text

KEY = "0190c1e0b5d97a3c8f2e6d4b1a0f9e8c"
LEAVE = "https://artsakh.example/leave/tGzv3JOkF0XG5Qx2TlKWIA"
USUAL: dict[str, Any] = {
    "key": KEY,
    "to": "ani@mail.example",
    "to_name": "Ani Petrosyan",
    "subject": "Ձեր ձայնը: your voice counts",
    "text": "Dear Ani,\n\n.hidden dots\n..\nԳործե՛ք։\n",
    "html": "<p>Dear Ani,</p>\n<p>Գործե՛ք։</p>\n",
    "unsubscribe": LEAVE,
}


def spliced(skeleton: Skeleton, **changes: Any) -> Letter:
    return skeleton.letter(at=AT, **{**USUAL, **changes})


def built(skeleton: Skeleton, **changes: Any) -> Letter:
    return Letter.of(skeleton.envelope(**{**USUAL, **changes}), AT)


def outcome(make: Any, *arguments: Any, **changes: Any) -> Letter | str:
    try:
        return make(*arguments, **changes)
    except ValueError as problem:
        return str(problem)


@pytest.fixture
def slow_path(monkeypatch: pytest.MonkeyPatch) -> list[Envelope]:
    """The envelopes that were left to the general build."""
    left: list[Envelope] = []
    of = Letter.of

    def noted(envelope: Envelope, *arguments: Any, **options: Any) -> Letter:
        left.append(envelope)
        return of(envelope, *arguments, **options)

    monkeypatch.setattr(Letter, "of", noted)
    return left


def test_a_usual_letter_is_spliced_and_not_built(slow_path: list[Envelope]) -> None:
    skeleton = Skeleton(CAMPAIGN, language="hy", reply_to="answers@artsakh.example")
    slow_path.clear()
    letter = spliced(skeleton)
    assert slow_path == []
    message = parsed(unstuffed(letter.data))
    assert message["To"] == "Ani Petrosyan <ani@mail.example>"
    assert message["Subject"] == USUAL["subject"]
    assert (text_of(message, "plain"), text_of(message, "html")) == (USUAL["text"], USUAL["html"])
    assert letter == built(skeleton)


def test_supporters_can_leave_by_one_click() -> None:
    message = parsed(spliced(Skeleton(CAMPAIGN)).data)
    assert message["List-Unsubscribe"] == f"<{LEAVE}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_one_click_is_not_promised_for_a_link_that_is_not_safe() -> None:
    message = parsed(spliced(Skeleton(CAMPAIGN), unsubscribe="http://localhost:8000/leave/1").data)
    assert message["List-Unsubscribe"] == "<http://localhost:8000/leave/1>"
    assert message["List-Unsubscribe-Post"] is None


def test_bounces_come_back_to_an_address_with_the_letters_key() -> None:
    skeleton = Skeleton(CAMPAIGN, return_path="bounces@artsakh.example", is_tagged=True)
    assert spliced(skeleton).sender == f"bounces+{KEY}@artsakh.example"
    assert spliced(Skeleton(CAMPAIGN, return_path="bounces@artsakh.example")).sender == "bounces@artsakh.example"
    assert spliced(Skeleton(CAMPAIGN)).sender == CAMPAIGN.address


def test_the_same_moment_in_another_zone_is_written_in_that_zone() -> None:
    skeleton = Skeleton(CAMPAIGN)
    for at in (AT, AT.astimezone(AT.tzinfo), AT + timedelta(hours=1), AT):
        date = parsed(skeleton.letter(at=at, **USUAL).data)["Date"].datetime
        assert (date, date.utcoffset()) == (at, at.utcoffset())
    with pytest.raises(ValueError, match="time zone"):
        skeleton.letter(at=datetime(2023, 4, 28), **USUAL)  # noqa: DTZ001


@pytest.mark.parametrize(
    "wrong",
    [
        {"sender": Sender("The campaign\r\nBcc: all@un.example", "campaign@artsakh.example")},
        {"sender": Sender("The campaign", "campaign@")},
        {"reply_to": "a@b.example\n"},
        {"language": "hy\r\nX: y"},
        {"domain": "no domain"},
        {"return_path": "bounces"},
        {"return_path": f"{'b' * 40}@artsakh.example", "is_tagged": True},
    ],
)
def test_what_is_wrong_for_all_is_said_before_the_first_letter(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=" "):
        Skeleton(**{"sender": CAMPAIGN, **wrong})


@pytest.mark.parametrize("poison", ["\r\nBcc: all@un.example", "\nX: y", "\rX: y", "\x0bX", "\x00", "\x85X", "\u2028X"])
@pytest.mark.parametrize("field", ["key", "to", "to_name", "subject", "unsubscribe"])
def test_nothing_personal_can_smuggle_in_another_header(field: str, poison: str) -> None:
    with pytest.raises(ValueError, match=": "):
        spliced(Skeleton(CAMPAIGN), **{field: USUAL[field] + poison})


@pytest.mark.parametrize(
    "unusual",
    [
        {"to": "ani@օրինակ.հայ"},
        {"to": "o'neill!#$%@un.example"},
        {"to": f"{'a' * 64}@{'b' * 60}.example"},
        {"key": "a.b-c_d"},
        {"html": ""},
        {"text": f"--=_{KEY}\nquoted\n--=_{KEY}--\n"},
        {"text": "one\r\ntwo\rthree\n"},
        {"text": "spaces  \nnull \x00\n", "html": "x" * 3000},
        {"to_name": 'Anna "Ani" Petrosyan, Ճ'},
        {"subject": "=?utf-8?q?not_really?= " * 9},
        {"unsubscribe": ""},
    ],
)
def test_whatever_is_unusual_is_still_the_same_letter(unusual: dict[str, Any]) -> None:
    skeleton = Skeleton(CAMPAIGN, is_tagged="." not in unusual.get("key", ""))
    assert spliced(skeleton, **unusual) == built(skeleton, **unusual)


def test_letters_before_the_at_sign_are_carried_and_said_to_be_there() -> None:
    skeleton = Skeleton(CAMPAIGN)
    assert spliced(skeleton, to="նախագահ@un.example").smtputf8
    assert not spliced(skeleton, to="info@օրինակ.հայ").smtputf8
    assert spliced(skeleton, to="info@օրինակ.հայ").to == "info@xn--y9atn0a2c3a.xn--y9a3aq"


odd = st.text(max_size=60)


@given(
    to=address | odd,
    to_name=one_line | odd,
    subject=one_line | odd,
    text=unicode_text | st.text(),
    html=unicode_text | st.text(),
    unsubscribe=st.sampled_from(["", LEAVE]) | odd,
    is_tagged=st.booleans(),
    eight_bit=st.booleans(),
)
@settings(max_examples=200, deadline=None)
def test_it_is_to_the_byte_what_the_general_build_makes_or_refuses(
    is_tagged: bool, eight_bit: bool, **own: str
) -> None:
    skeleton = Skeleton(CAMPAIGN, language="hy", is_tagged=is_tagged, eight_bit=eight_bit)
    envelope = skeleton.envelope(key=KEY, **own)
    assert outcome(skeleton.letter, KEY, at=AT, **own) == outcome(Letter.of, envelope, AT, eight_bit=eight_bit)


@given(subject=one_line, to_name=one_line, to=address, text=unicode_text, html=unicode_text, eight_bit=st.booleans())
@settings(max_examples=60, deadline=None)
def test_it_parses_equal_to_the_standard_librarys_own_build(eight_bit: bool, **own: str) -> None:
    skeleton = Skeleton(CAMPAIGN, language="hy", eight_bit=eight_bit)
    raw, reference = unstuffed(skeleton.letter(KEY, at=AT, **own).data), standard(skeleton.envelope(key=KEY, **own))
    ours, theirs = parsed(raw), parsed(reference)
    assert shown(raw, "To") == shown(reference, "To")
    named = [header for header in theirs if header not in ("To", "Content-Type")]
    assert [str(ours[header]) for header in named] == [str(theirs[header]) for header in named]
    for kind in ("plain", "html"):
        assert text_of(ours, kind) == text_of(theirs, kind)


@given(text=unicode_text, html=unicode_text, subject=one_line)
@settings(max_examples=60, deadline=None)
def test_for_a_server_without_8bitmime_the_same_words_are_wrapped_in_ascii(text: str, html: str, subject: str) -> None:
    letter = spliced(Skeleton(CAMPAIGN), text=text, html=html, subject=subject)
    plain = letter.plain()
    assert plain.data.isascii()
    assert plain.data.endswith(b"\r\n")
    ours, theirs = parsed(unstuffed(plain.data)), parsed(unstuffed(letter.data))
    assert list(map(str, ours.items())) == list(map(str, theirs.items()))
    for kind in ("plain", "html"):
        assert text_of(ours, kind) == text_of(theirs, kind)
