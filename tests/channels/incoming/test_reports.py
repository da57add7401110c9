"""Reports of servers of many makes, written for the project: whom they missed, and whether for good."""

import pytest

from channels.incoming.reading import Kind, Reading
from tests.channels.incoming.mails import multipart, read

WHO = "anna@mfa.example"
LETTER = "Received: from road.example; Fri, 28 Apr 2023 08:00:00 +0000\nFrom: people@road.example\nTo: anna@mfa.example\nMessage-ID: <0190c1@road.example>\nSubject: Open the road\n\nDear Minister,\n"  # fmt: skip
DAEMON = {"From": "Mail Delivery System <MAILER-DAEMON@mx.example>", "Return-Path": "<>", "To": "bounces+0190c1@road.example"}  # fmt: skip
WORDS = {
    "exim": ("Mail delivery failed: returning message to sender", f"A message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  {WHO}\n    host mx.mfa.example [192.0.2.1]\n    SMTP error from remote mail server after RCPT TO:<{WHO}>:\n    550 5.1.1 <{WHO}>: User unknown\n\n------ This is a copy of the message, including all the headers. ------\n\n{LETTER}", True, True, "5.1.1"),
    "qmail": ("failure notice", f"Hi. This is the qmail-send program at mx.example.\nI'm afraid I wasn't able to deliver your message to the following addresses.\n\n<{WHO}>:\nSorry, I wasn't able to establish an SMTP connection. (#4.4.1)\nI'm not going to try again; this message has been in the queue too long.\n\n--- Below this line is a copy of the message.\n\n{LETTER}", False, False, "4.4.1"),
    "sendmail": ("Returned mail: see transcript for details", f"The original message was received at Fri, 28 Apr 2023 08:00:00 GMT\nfrom road.example [192.0.2.9]\n\n   ----- The following addresses had permanent fatal errors -----\n<{WHO}>\n\n   ----- Transcript of session follows -----\n... while talking to mx.mfa.example.:\n>>> DATA\n<<< 554 5.7.1 Message rejected as spam\n\n{LETTER}", True, False, "5.7.1"),
    "exchange": ("Undeliverable: Open the road", f"Delivery has failed to these recipients or groups:\n\n{WHO}<mailto:{WHO}>\nThe recipient's mailbox is full and can't accept messages now.\n\nDiagnostic information for administrators:\nRemote Server returned '550 5.2.2 mailbox full'\n\nOriginal message headers:\n\n{LETTER}", True, False, "5.2.2"),
    "gmail": ("Delivery Status Notification (Failure)", f"Delivery to the following recipient failed permanently:\n\n     {WHO}\n\nTechnical details of permanent failure:\nThe recipient server did not accept our requests to connect.\n\n----- Original message -----\n\n{LETTER}", False, False, ""),
    "domino": ("DELIVERY FAILURE: User anna not listed in Domino Directory", f"Your message\n\n  Subject: Open the road\n\nwas not delivered to:\n\n  {WHO}\n\nbecause:\n\n  User anna ({WHO}) not listed in Domino Directory\n", True, True, ""),
    "gmx": ("Mail delivery failed: returning message to sender", f"A message that you sent could not be delivered to one or more of\nits recipients. The following address failed:\n\n\"{WHO}\":\nReason:\ndelivery retry timeout exceeded\n\n--- The header of the original message is following. ---\n\n{LETTER}", False, False, ""),
    "mail.ru, in Russian": ("Ваше сообщение не доставлено", f"К сожалению, Ваше письмо не может быть доставлено одному или нескольким получателям:\n\n  {WHO}\n    почтовый ящик переполнен\n\nИсходное сообщение\n\n{LETTER}", False, False, ""),
    "a server in French": ("Échec de la remise du message", f"Votre message n'a pas pu être remis au destinataire suivant :\n\n{WHO} : utilisateur inconnu\n\n{LETTER}", True, True, ""),
    "a server in German": ("Unzustellbar: Öffnet die Straße", f"Ihre Nachricht konnte nicht zugestellt werden:\n\n<{WHO}>: Postfach unbekannt\n\n{LETTER}", True, True, ""),
    "a server in Japanese": ("配信エラーのお知らせ", f"次のあて先へのメッセージはエラーのため送信できませんでした。\n\n{WHO}\n送信先メールアドレスが見つかりません。\n\n{LETTER}", True, True, ""),
    "a server in Chinese": ("系统退信", f"您的邮件无法送达以下收件人：\n\n{WHO}\n用户不存在\n\n{LETTER}", True, True, ""),
    "yahoo": ("Failure Notice", f"Sorry, we were unable to deliver your message to the following address.\n\n<{WHO}>:\nMail server for \"mfa.example\" unreachable for too long\n\n--- Below this line is a copy of the message.\n\n{LETTER}", False, False, ""),
    "no reason": ("Undelivered Mail Returned to Sender", f"Your message could not be delivered to:\n\n{WHO}\n\n{LETTER}", None, False, ""),
}  # fmt: skip


def only(reading: Reading):
    (one,) = reading.recipients
    return one


@pytest.mark.parametrize("server", WORDS)
def test_the_words_of_a_server_say_whom_it_missed_and_whether_for_good(server):
    subject, text, is_permanent, is_dead, status = WORDS[server]
    reading = read(text, subject, DAEMON)
    one = only(reading)
    assert (reading.kind, one.address, one.action) == (Kind.BOUNCE, WHO, "failed")
    assert (one.is_permanent, one.is_dead, one.status) == (is_permanent, is_dead, status)
    assert reading.original.keys[0] == "0190c1"
    assert "Dear Minister" not in reading.own_text


def fields(said: str) -> Reading:
    body, headers = multipart(
        "Content-Type: text/plain\r\n\r\nThis is what became of your letter.",
        f"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\nOriginal-Envelope-Id: 0190c1\r\n\r\n{said}",
        f"Content-Type: text/rfc822-headers\r\n\r\n{LETTER}",
        kind="report; report-type=delivery-status",
    )
    return read(body, "Delivery Status Notification", {**DAEMON, **headers})


@pytest.mark.parametrize(
    ("action", "status", "kind", "is_permanent"),
    [
        ("failed", "5.1.1", Kind.BOUNCE, True),
        ("failed", "4.4.7", Kind.BOUNCE, False),
        ("delayed", "4.4.1", Kind.DELAYED, False),
        ("delivered", "2.1.5", Kind.DELIVERED, None),
        ("relayed", "2.0.0", Kind.DELIVERED, None),
        ("expanded", "2.0.0", Kind.DELIVERED, None),
    ],
)
def test_the_fields_of_a_report_say_what_became_of_a_letter(action, status, kind, is_permanent):
    reading = fields(f"Final-Recipient: rfc822; {WHO}\r\nAction: {action}\r\nStatus: {status}\r\n")
    one = only(reading)
    assert (reading.kind, one.action, one.status, one.is_permanent) == (kind, action, status, is_permanent)
    assert reading.original.message_id == "<0190c1@road.example>"
    assert "0190c1" in reading.original.keys


def test_of_several_recipients_each_has_its_own_fate():
    reading = fields(
        f"Final-Recipient: rfc822; {WHO}\r\nOriginal-Recipient: rfc822; office@mfa.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n"
        "Final-Recipient: rfc822; other@mfa.example\r\nAction: delayed\r\nStatus: 4.4.1\r\n"
    )
    assert [(each.address, each.addressed, each.action) for each in reading.recipients] == [
        (WHO, "office@mfa.example", "failed"),
        ("other@mfa.example", "", "delayed"),
    ]
    assert reading.kind is Kind.BOUNCE


def test_a_complaint_names_who_complained():
    body, headers = multipart(
        "Content-Type: text/plain\r\n\r\nThis is an email abuse report.",
        f"Content-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nOriginal-Rcpt-To: {WHO}\r\n",
        f"Content-Type: message/rfc822\r\n\r\n{LETTER}",
        kind="report; report-type=feedback-report",
    )
    reading = read(body, "abuse report", headers)
    assert (reading.kind, only(reading).address) == (Kind.COMPLAINT, WHO)
    assert reading.original.message_id == "<0190c1@road.example>"


def test_a_person_who_writes_of_a_letter_that_came_back_is_a_person():
    for subject in ("Re: Undeliverable: Open the road", "Your letter"):
        reading = read(
            f"Your mail to {WHO} could not be delivered: 550 5.1.1 user unknown. Please write to me.", subject
        )
        assert reading.kind is Kind.ANSWER
