"""Whatever the bytes are, reading them ends soon, within bounds, and without an exception."""

import resource
import time
import zlib
from base64 import b64encode

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from channels.incoming.limits import Limits
from channels.incoming.read import read_mail
from channels.incoming.reading import Kind, Reading
from tests.channels.incoming.mails import mail, multipart, read
from tests.channels.incoming.test_reading import ANSWER

SOON = 3.0  # seconds, on a busy machine; unhurried each of these takes a tenth of it


SENSELESS = [
    "0000-00-00",
    "Fri, 5 May 0000 12:00:00 +0200",
    "Fri, 99 Foo 99999 99:99:99 +9999",
    "x" * 5000,
    "Fri, 31 Dec 9999 23:59:59 -2359",
    "Mon, 30 Feb 2023 00:00:00 GMT",
    "5 May 2023 12:00:00 +99999999",
]


def timed(raw: bytes) -> Reading:
    begun = time.perf_counter()
    reading = read_mail(raw)
    assert time.perf_counter() - begun < SOON
    return reading


def nested(depth: int) -> bytes:
    opening = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(depth))
    return b"From: a@mfa.example\r\n" + opening + b"\r\nThe innermost.\r\n"


REPORT = b"Return-Path: <>\r\nFrom: mailer-daemon\r\nSubject: failure notice\r\n\r\n"
MIXED = b"Content-Type: multipart/mixed; boundary="
FIELDS = b"Content-Type: message/delivery-status\r\n\r\n"
HOSTILE = {
    "nothing": b"",
    "line ends": b"\r\n" * 10_000,
    "no header": b"just some words, as they come",
    "noughts": b"\x00" * 100_000,
    "noughts in headers": b"From: a\x00@b.example\r\nSubject: x\x00y\r\n\r\nz\x00",
    "a thousand parts in one another": nested(1000),
    "a thousand letters in one another": b"Content-Type: message/rfc822\r\n\r\n" * 1000 + b"\r\nHello",
    "ten thousand parts": b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nx\r\n" * 10_000,
    "a boundary that is missing": b"Content-Type: multipart/mixed\r\n\r\n--x\r\n\r\nHello\r\n--x--\r\n",
    "a boundary that is another": MIXED + b"y\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nHi\r\n--x--",
    "a boundary of one letter": b"Content-Type: multipart/mixed; boundary=-\r\n\r\n" + b"---\r\n" * 20_000,
    "a hundred thousand headers": b"X: y\r\n" * 100_000 + b"\r\nHello",
    "one endless header": b"Subject: " + b"x" * 2_000_000 + b"\r\n\r\nHello",
    "one header folded without end": b"Subject: x\r\n" + b" y\r\n" * 200_000 + b"\r\nHello",
    "comments in comments": b"From: " + b"(" * 15_000 + b"\r\n\r\nHello",
    "an address list without end": b"To: " + b"a@b.example, " * 50_000 + b"\r\n\r\nHello",
    "encoded words without end": b"Subject: " + b"=?utf-8?q?=41?= " * 20_000 + b"\r\n\r\nHello",
    "encoded words in nothing": b"Subject: =?nonsense?b?!!!!?= =?utf-8?q?=ZZ?= =?utf-8?b?/w==?=\r\n\r\nHello",
    "eight-bit headers": "From: Անի <a@mfa.example>\r\nSubject: Ճանապարհ\r\n\r\nԲարև".encode(),
    "eight-bit headers in another charset": "Subject: Дорога\r\n\r\nПривет".encode("koi8-r"),
    "a charset nobody knows": b"Content-Type: text/plain; charset=klingon\r\n\r\n\xff\xfe\xfd",
    "a charset that runs code": b"Content-Type: text/plain; charset=unicode_escape\r\n\r\n\\x41",
    "a charset that unpacks": b"Content-Type: text/plain; charset=zlib_codec\r\n\r\n" + zlib.compress(b"x" * 1_000_000),
    "UTF-16 cut in the middle": b"Content-Type: text/plain; charset=utf-16\r\n\r\n\xff\xfeA\x00B",
    "base64 that is none": b"Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n****\r\nA",
    "tags in one another": b"Content-Type: text/html\r\n\r\n" + b"<div>" * 100_000,
    "tags without end": b"Content-Type: text/html\r\n\r\n" + b"<a href='" * 60_000,
    "comments without end": b"Content-Type: text/html\r\n\r\n" + b"<!--" * 100_000,
    "ampersands": b"Content-Type: text/html\r\n\r\n" + b"&" * 200_000,
    "quotes in one another": b"Content-Type: text/plain\r\n\r\n" + b"> " * 200_000,
    "wrote, without end": b"Content-Type: text/plain\r\n\r\n" + b"On 1 May a <a@b.example> wrote " * 20_000,
    "wrote, in lines": b"Content-Type: text/plain\r\n\r\n" + b"On 1 May\n a <a@b.example> wrote\n" * 20_000,
    "one endless line": b"Content-Type: text/plain\r\n\r\n" + b"a" * 900_000,
    "blank space": b"Content-Type: text/plain\r\n\r\n" + b" " * 400_000 + b"x" + b" \n" * 100_000,
    "at signs": REPORT + b"@" * 300_000,
    "a report of addresses": REPORT + b"<a@b.example>:\n" * 20_000,
    "a report of codes": REPORT + b"550 5.1.1 " * 30_000,
    "fields without end": FIELDS + b"Final-Recipient: rfc822; a@b.example\n\n" * 20_000,
    "JSON in JSON": b'Content-Type: text/plain\r\n\r\n{"notificationType":' + b"[" * 100_000,
    "verdicts without end": b"Authentication-Results: mx; " + b"(" * 8000 + b"spf=pass " * 500 + b"\r\n\r\nHello",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_an_attack_is_read_soon(name):
    assert isinstance(timed(HOSTILE[name]), Reading)


@pytest.mark.parametrize("stamp", SENSELESS)
def test_a_date_that_makes_no_sense_is_none(stamp):
    reading = read("Hello", headers={"Date": stamp})
    assert reading.date is None
    assert "Its date makes no sense" in reading.oddities


def test_what_was_not_read_is_said():
    assert any("deep" in oddity for oddity in read_mail(nested(1000)).oddities)
    assert any("parts" in oddity for oddity in read_mail(HOSTILE["ten thousand parts"]).oddities)
    assert any("cut" in oddity for oddity in read_mail(HOSTILE["a hundred thousand headers"]).oddities)
    assert any("bytes long" in oddity for oddity in read_mail(mail("x" * 3000), limits=Limits(size=2000)).oddities)


def test_several_senders_and_doubled_headers_are_said():
    raw = mail("Hello", headers={"From": "a@mfa.example, b@mfa.example"}).replace(
        b"To:", b"From: c@evil.example\r\nTo:", 1
    )
    reading = read_mail(raw)
    assert [each.address for each in reading.senders] == ["a@mfa.example", "b@mfa.example"]
    assert any("2 people" in oddity for oddity in reading.oddities)
    assert any("From more than once" in oddity for oddity in reading.oddities)


def test_a_packed_file_is_kept_packed():
    bomb = zlib.compress(b"\x00" * 10_000_000, 9)
    body, headers = multipart(
        "Content-Type: text/plain\r\n\r\nSee the file.",
        "Content-Type: application/zip; name=bomb.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + b64encode(bomb).decode(),
    )
    reading = read(body, headers=headers)
    assert [(file.name, file.size) for file in reading.attachments] == [("bomb.zip", len(bomb))]
    assert reading.kind is Kind.ANSWER


def test_a_file_of_25_megabytes_is_read_within_a_few_copies_of_itself():
    content = b64encode(bytes(25 * 1024 * 1024)).decode()
    body, headers = multipart(
        "Content-Type: text/plain\r\n\r\nHello.",
        f"Content-Type: video/mp4; name=long.mp4\r\nContent-Transfer-Encoding: base64\r\n\r\n{content}",
    )
    raw = mail(body, headers=headers)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    reading = timed(raw)
    assert reading.attachments[0].size == 25 * 1024 * 1024
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 3 * len(raw) / 1024


def test_html_that_acts_or_loads_is_made_harmless():
    page = (
        '<style>p{background:url(http://t.example/1)}</style><p onclick="x()" style="background:url(//t.example)">'
        "Hello "
        '<img src="https://t.example/pixel.gif"><a href="javascript:x()">one</a> <a href="https://mfa.example/a">two</a>'
        "<script>x()</script><iframe src=//t.example></iframe><form action=//t.example><input name=q></form>"
        "<svg onload=x()><style>@import '//t.example'</style></svg><link rel=stylesheet href=//t.example>"
        "<meta http-equiv=refresh content='0;url=//t.example'><object data=//t.example></object></p>"
    )
    reading = read(page, headers={"Content-Type": "text/html; charset=utf-8"})
    assert "t.example" not in reading.html
    assert not any(word in reading.html for word in ("script", "onclick", "style", "<img", "<form", "<input", "meta"))
    assert 'href="https://mfa.example/a"' in reading.html
    assert reading.own_text == "Hello one two"


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=2000), st.integers(0, len(ANSWER)), st.integers(0, 60))
@example(b"\xff\x00\r\n--", 700, 30)
def test_no_change_of_bytes_makes_reading_fail(put, at, left_out):
    reading = read_mail(ANSWER[:at] + put + ANSWER[at + left_out :], trusted=["mx.artsakh.example"])
    assert reading.kind in Kind
    assert "\x00" not in reading.text + reading.subject + reading.sender.address
    f"{reading}".encode()


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=4000))
def test_no_bytes_make_reading_fail(raw):
    f"{read_mail(raw)}".encode()
