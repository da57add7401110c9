"""A mailbox looked into, through the standard library's own client."""

from collections.abc import Iterator

import pytest

from channels.fakes.imap import ImapServer
from channels.imap_box import BoxClosed, ImapAddress, opened

RAW = b"Subject: one\r\n\r\nYes\r\n"


@pytest.fixture
def server() -> Iterator[ImapServer]:
    with ImapServer() as running:
        yield running


def test_what_is_new_is_read_in_order_and_stays_where_it_is(server):
    first, second = server.put(RAW), server.put(b"Subject: two\r\n\r\nNo \xff\r\n")
    with opened(ImapAddress.parse(server.address)) as box:
        assert [(each.uid, each.raw) for each in box.new(0, 1000)] == [(1, first.raw), (2, second.raw)]
        assert [each.uid for each in box.new(1, 1000)] == [2]
        assert list(box.new(2, 1000)) == [], "servers name the last mail even if nothing is new"
        assert first.flags == set(), "reading marks nothing"
        box.mark_seen(1)
    assert (first.flags, second.flags, len(server.mails)) == ({"\\Seen"}, set(), 2)


def test_a_mail_that_is_too_large_comes_without_its_content(server):
    server.put(RAW + b"x" * 100)
    with opened(ImapAddress.parse(server.address)) as box:
        (found,) = box.new(0, 50)
        assert (found.raw, found.size) == (None, len(RAW) + 100)
        assert box.head(1) == b"Subject: one\r\n\r\n"


def test_a_wrong_password_a_missing_folder_and_a_dead_server_are_said_without_the_password(server):
    server.password, right = "another", server.address
    with pytest.raises(BoxClosed, match="wrong password") as wrong, opened(ImapAddress.parse(right)):
        pass
    assert "pass word" not in str(wrong.value)
    server.password = "pass word"
    with pytest.raises(BoxClosed, match="no such folder"), opened(ImapAddress.parse(f"{right}/Letters")):
        pass
    with pytest.raises(BoxClosed, match="refused"), opened(ImapAddress.parse("imap://a:b@127.0.0.1:1")):
        pass


def test_a_server_that_hangs_up_in_the_middle_is_no_mail(server):
    server.put(RAW)
    server.cut = True
    with pytest.raises(BoxClosed), opened(ImapAddress.parse(server.address)) as box:
        list(box.new(0, 1000))
    with opened(ImapAddress.parse(server.address)) as box:
        assert [each.raw for each in box.new(0, 1000)] == [RAW]


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("pop3://a:b@mail.example", "begins with imaps"),
        ("imaps://mail.example/INBOX", "a user, a password and a host"),
        ("imaps://a:secret@mail.example:99999", "port"),
        ("imaps://a:secret@mail.example?x=1", "no option x"),
    ],
)
def test_an_address_that_makes_no_sense_is_refused_without_its_password(url, problem):
    with pytest.raises(ValueError, match=problem) as refused:
        ImapAddress.parse(url)
    assert "secret" not in str(refused.value)


def test_an_address_keeps_its_password_to_itself():
    where = ImapAddress.parse("imaps://office%40us.example:p%40ss@mail.us.example/Campaign%20answers")
    assert (where.name, where.password) == ("office@us.example@mail.us.example:993/Campaign answers", "p@ss")
    assert "p@ss" not in repr(where)
