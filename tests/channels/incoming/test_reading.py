"""What an ordinary answer says, part by part."""

from datetime import UTC, datetime
from hashlib import sha256

from channels.incoming.read import read_mail
from channels.incoming.reading import Kind, Party

ANSWER = b"""\
Return-Path: <anna@mfa.example>
Delivered-To: reply+k7@artsakh.example
Authentication-Results: mx.artsakh.example; spf=pass smtp.mailfrom=mfa.example;
 dkim=pass header.d=mfa.example; dmarc=pass header.from=mfa.example
Received: from mail.mfa.example by mx.artsakh.example; Fri, 5 May 2023 12:00:00 +0200
From: =?utf-8?q?Anna_Mu=C3=B1oz?= <anna@mfa.example>
To: The people of the road <reply+k7@artsakh.example>
Subject: =?utf-8?b?UmU6IE9wZW4gdGhl?=
 =?utf-8?b?IHJvYWQ=?=
Date: Fri, 5 May 2023 12:00:00 +0200
Message-ID: <a1@mfa.example>
In-Reply-To: <k1@artsakh.example>
References: <k0@artsakh.example> <k1@artsakh.example>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="out"

--out
Content-Type: multipart/alternative; boundary="in"

--in
Content-Type: text/plain; charset=utf-8

We support the first demand and have told the court so.

On 28 April 2023, The people of the road wrote:
> Open the road.

--\x20
Anna
--in
Content-Type: text/html; charset=utf-8

<p>We support the first demand <img src="http://t.example/1.gif"><script>x()</script> and have told the court so.</p>
--in--

--out
Content-Type: application/octet-stream; name="../../note.bin"
Content-Transfer-Encoding: base64
Content-Disposition: attachment

AAEC
--out--
"""


def test_an_answer_is_read_part_by_part():
    reading = read_mail(ANSWER, trusted=["mx.artsakh.example"])
    assert reading.kind is Kind.ANSWER
    assert reading.sender == Party(name="Anna Muñoz", address="anna@mfa.example")
    assert reading.to == (Party(name="The people of the road", address="reply+k7@artsakh.example"),)
    assert reading.subject == "Re: Open the road"
    assert reading.date == datetime(2023, 5, 5, 10, tzinfo=UTC)
    assert reading.message_id == "<a1@mfa.example>"
    assert reading.in_reply_to == ("<k1@artsakh.example>",)
    assert reading.references == ("<k0@artsakh.example>", "<k1@artsakh.example>")
    assert reading.delivered_to == ("reply+k7@artsakh.example",)
    assert reading.return_path == "anna@mfa.example"
    assert reading.own_text == "We support the first demand and have told the court so."
    assert "Open the road" in reading.quoted
    assert reading.html == "<p>We support the first demand  and have told the court so.</p>"
    assert reading.language == "en"
    assert reading.hops == 1
    assert not reading.is_automatic
    assert reading.oddities == ()


def test_a_file_keeps_its_bytes_and_loses_the_folders_in_its_name():
    (file,) = read_mail(ANSWER).attachments
    assert (file.name, file.media_type, file.size) == ("note.bin", "application/octet-stream", 3)
    assert file.content == b"\x00\x01\x02"
    assert file.sha256 == sha256(file.content).hexdigest()


def test_only_a_trusted_server_is_believed_about_the_sender():
    assert read_mail(ANSWER).verdicts.dmarc == ""
    found = read_mail(ANSWER, trusted=["MX.artsakh.example"]).verdicts
    assert (found.spf, found.dkim, found.dmarc, found.by) == ("pass", "pass", "pass", "mx.artsakh.example")
    assert found.dkim_domains == ("mfa.example",)
    assert found.proves("mfa.example")
    assert not found.is_refuted
