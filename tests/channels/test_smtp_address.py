import re

import pytest

from channels.smtp_address import SmtpAddress


def test_everything_can_be_said_in_the_address():
    where = SmtpAddress.parse(
        "smtps://post%40a.example:p%3Aw%2F@mail.example:4650?timeout=5&total=9"
        "&connections=3&reuse=50&proof=final&domain=a.example&ca=/etc/ca.pem"
    )
    assert where == SmtpAddress(
        host="mail.example",
        port=4650,
        tls=True,
        user="post@a.example",
        password="p:w/",
        starttls="required",
        timeout=5,
        total=9,
        connections=3,
        reuse=50,
        is_final=True,
        domain="a.example",
        ca="/etc/ca.pem",
    )


def test_the_short_form_has_careful_defaults():
    where = SmtpAddress.parse("smtp://mail.example")
    assert (where.port, where.tls, where.starttls, where.timeout, where.total) == (25, False, "if-offered", 20, 40)
    assert (where.connections, where.reuse) == (20, 1000)
    assert SmtpAddress.parse("smtps://mail.example").port == 465


@pytest.mark.parametrize(
    ("url", "starttls"),
    [
        ("smtp://u:p@mail.example", "required"),
        ("smtp://u:p@127.0.0.1:2525", "if-offered"),
        ("smtp://u:p@[::1]:2525", "if-offered"),
        ("smtp://u:p@localhost", "if-offered"),
        ("smtp://u:p@mail.example?starttls=never", "never"),
    ],
)
def test_a_password_does_not_leave_the_machine_in_the_clear_unless_told_to(url, starttls):
    assert SmtpAddress.parse(url).starttls == starttls


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("http://u:secret@mail.example", "The address of a mail server begins with smtp:// or smtps://"),
        ("smtp://u:secret@", "The address of the mail server has no host in it"),
        ("smtp://:secret@mail.example", "The address of the mail server has a password and no user"),
        ("smtp://u:secret@mail.example:port", "The port of the mail server is not a number from 1 to 65535"),
        ("smtp://u:secret@mail.example:70000", "The port of the mail server is not a number from 1 to 65535"),
        ("smtp://u:secret℀@mail.example", "The address of the mail server is not a URL"),
        (
            "smtp://u:sec/ret@mail.example",
            "The address of the mail server has something after the host that is not an option (?…)",
        ),
        (
            "smtp://mail.example/inbox",
            "The address of the mail server has something after the host that is not an option (?…)",
        ),
        ("smtp://mail.example?tiemout=3", "A mail server's address has no option tiemout"),
        ("smtp://mail.example?starttls=maybe", "starttls=maybe is none of required, if-offered, never"),
        ("smtp://mail.example?timeout=soon", "timeout=soon is not a number of seconds from 0 to 600"),
        ("smtp://mail.example?total=nan", "total=nan is not a number of seconds from 0 to 600"),
        ("smtp://mail.example?connections=0", "connections=0 is not a number from 1 to 999999"),
        ("smtp://mail.example?reuse=²", "reuse=² is not a number from 1 to 999999"),
        ("smtp://mail.example?proof=yes", "proof=yes is not understood: there is only proof=final"),
        ("smtp://mail.example?domain=a", "domain=a: a is not a domain name: it has no dot"),
    ],
)
def test_a_wrong_address_gets_a_sentence_that_keeps_the_password(url, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)) as problem:
        SmtpAddress.parse(url)
    assert "sec" not in str(problem.value).replace("seconds", "")
    assert str(problem.value) == sentence


def test_nothing_shows_the_password():
    where = SmtpAddress.parse("smtp://u:secret@mail.example")
    assert "secret" not in repr(where) + str(where)
