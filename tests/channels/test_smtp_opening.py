"""The beginning of a conversation with a mail server, with no network in it."""

import smtplib
from base64 import b64decode, b64encode

import pytest

from channels.smtp_address import SmtpAddress
from channels.smtp_login import login
from channels.smtp_offer import Offer
from channels.smtp_opening import ENCRYPTED, Act, opening, own_name
from channels.smtp_reply import Reply

EHLO = "mail.example\nPIPELINING\nSIZE 5000\n8BITMIME\nSMTPUTF8\nAUTH PLAIN LOGIN"


def said(dialogue, *replies):
    """What is said while the server gives these replies, and what the dialogue returns."""
    moves = [next(dialogue)]
    for reply in replies:
        try:
            moves.append(dialogue.send(reply))
        except StopIteration as over:
            return moves, over.value
    return moves, None


def test_what_the_server_offers_is_read_from_its_answer():
    offer = Offer.of(Reply(250, EHLO))
    assert (offer.pipelining, offer.eight_bit, offer.utf8, offer.starttls) == (True, True, True, False)
    assert (offer.size, offer.largest, offer.logins) == (True, 5000, frozenset({"PLAIN", "LOGIN"}))


@pytest.mark.parametrize("words", ["hi", "hi\nSIZE", "hi\nSIZE many", "hi\n\nAUTH=LOGIN", "PIPELINING"])
def test_an_odd_offer_is_an_offer_of_less(words):
    offer = Offer.of(Reply(250, words))
    assert not offer.pipelining
    assert offer.largest == 0


def test_tls_comes_before_the_password_and_what_was_offered_before_it_is_forgotten():
    where = SmtpAddress.parse("smtp://post:secret@mail.example?domain=a.example")
    moves, offer = said(
        opening(where, own_name(where, "10.0.0.1")),
        Reply(220, "hi"),
        Reply(250, "mail.example\nSTARTTLS\nPIPELINING"),
        Reply(220, "go"),
        ENCRYPTED,
        Reply(250, "mail.example\nAUTH PLAIN"),
        Reply(235, "welcome"),
    )
    assert moves[:5] == [Act.LISTEN, "EHLO a.example", "STARTTLS", Act.ENCRYPT, "EHLO a.example"]
    assert moves[5].startswith("AUTH PLAIN ")
    assert b64decode(moves[5].split()[2]) == b"\0post\0secret"
    assert not offer.pipelining


def test_an_old_server_is_greeted_the_old_way():
    where = SmtpAddress.parse("smtp://mail.example")
    moves, offer = said(opening(where, "[10.0.0.1]"), Reply(220, "hi"), Reply(502, "what?"), Reply(250, "hello"))
    assert moves == [Act.LISTEN, "EHLO [10.0.0.1]", "HELO [10.0.0.1]"]
    assert offer == Offer()


def test_a_host_without_a_name_is_known_by_its_address():
    where = SmtpAddress.parse("smtp://mail.example")
    assert own_name(where, "10.0.0.1") == "[10.0.0.1]"
    assert own_name(where, "2001:db8::1") == "[IPv6:2001:db8::1]"


def test_where_it_can_be_avoided_the_password_itself_is_not_said():
    challenge = b64encode(b"<1896.697170952@postoffice.example.net>").decode()  # the example of RFC 2195
    moves, _ = said(
        login("tim", "tanstaaftanstaaf", {"CRAM-MD5", "PLAIN"}), Reply(334, challenge), Reply(235, "welcome")
    )
    assert moves[0] == "AUTH CRAM-MD5"
    user, digest = b64decode(moves[1]).decode().split()
    assert (user, len(digest)) == ("tim", 32)
    assert "tanstaaf" not in b64decode(moves[1]).decode()


def test_the_next_way_to_sign_in_is_tried_when_one_fails():
    moves, _ = said(
        login("tim", "secret", {"PLAIN", "LOGIN"}), Reply(535, "no"), Reply(334, "UGFzc3dvcmQ6"), Reply(235, "welcome")
    )
    assert moves[1] == f"AUTH LOGIN {b64encode(b'tim').decode()}"
    assert moves[2] == b64encode(b"secret").decode()


@pytest.mark.parametrize(
    ("offered", "replies", "error"),
    [
        ({"PLAIN"}, [Reply(535, "5.7.8 no")], smtplib.SMTPAuthenticationError),
        ({"PLAIN"}, [Reply(334, "")] * 6, smtplib.SMTPAuthenticationError),
        ({"CRAM-MD5"}, [Reply(334, "é")], smtplib.SMTPException),
        ({"GSSAPI"}, [], smtplib.SMTPNotSupportedError),
        (set(), [], smtplib.SMTPNotSupportedError),
    ],
)
def test_where_no_way_works_that_is_an_error(offered, replies, error):
    with pytest.raises(error):
        said(login("tim", "secret", offered), *replies)
