"""Mails that came in, for a bench where no real ones are."""

REPORT = b"""\
Return-Path: <>\r
From: Mail Delivery System <MAILER-DAEMON@mx.bench.example>\r
To: bounces+%(key)s@bench.example\r
Subject: Undelivered Mail Returned to Sender\r
Message-ID: <%(key)s@mx.bench.example>\r
Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r
\r
--b\r
Content-Type: text/plain\r
\r
Your message could not be delivered to person%(key)s@bench.example.\r
--b\r
Content-Type: message/delivery-status\r
\r
Reporting-MTA: dns; mx.bench.example\r
\r
Final-Recipient: rfc822; person%(key)s@bench.example\r
Action: failed\r
Status: 5.1.1\r
Diagnostic-Code: smtp; 550 5.1.1 User unknown\r
--b\r
Content-Type: text/rfc822-headers\r
\r
From: people@bench.example\r
To: person%(key)s@bench.example\r
Message-ID: <l%(key)s@bench.example>\r
--b--\r
"""
WORDS = b"""\
Return-Path: <>\r
From: MAILER-DAEMON@mx.bench.example\r
Message-ID: <w%(key)s@mx.bench.example>\r
Subject: failure notice\r
\r
I'm afraid I wasn't able to deliver your message to the following addresses.\r
\r
<person%(key)s@bench.example>:\r
192.0.2.1 does not like recipient.\r
Remote host said: 452 4.2.2 Mailbox full\r
\r
--- Below this line is a copy of the message.\r
\r
From: people@bench.example\r
To: person%(key)s@bench.example\r
Message-ID: <l%(key)s@bench.example>\r
Subject: Open the road\r
\r
Dear Person,\r
"""
ANSWER = b"""\
Return-Path: <office@bench.example>\r
From: Office <office@bench.example>\r
To: reply@bench.example\r
Message-ID: <a%(key)s@bench.example>\r
Subject: Re: Open the road\r
\r
We shall raise it on Thursday.\r
\r
On 28 April 2023, People <people@bench.example> wrote:\r
> Open the road.\r
"""


def several() -> list[bytes]:
    """Three hundred: reports with fields, reports in words, answers."""
    return [kind % {b"key": b"%d" % number} for number in range(100) for kind in (REPORT, WORDS, ANSWER)]


def around_a_file() -> tuple[bytes, bytes]:
    """What stands before and after the base64 of an attached file."""
    head = (
        b"From: Office <office@bench.example>\r\nTo: reply@bench.example\r\nMessage-ID: <large@bench.example>\r\n"
        b'Subject: Re: Open the road\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n'
        b"--b\r\nContent-Type: text/plain\r\n\r\nSee the film.\r\n"
        b"--b\r\nContent-Type: video/mp4; name=film.mp4\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    )
    return head, b"\r\n--b--\r\n"
