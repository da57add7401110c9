import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.smtp_replies import Garbled, Replies
from channels.smtp_reply import Reply

SAID = b"250 2.0.0 Kept\r\n550-5.7.1 No\r\n550 5.7.1 Never\r\n354\r\n421 bye\n"
HEARD = [Reply(250, "2.0.0 Kept"), Reply(550, "5.7.1 No\n5.7.1 Never"), Reply(354, ""), Reply(421, "bye")]


def heard(replies):
    return list(iter(replies.take, None))


@given(cuts=st.lists(st.integers(0, len(SAID))))
def test_replies_are_the_same_however_the_network_cuts_them(cuts):
    replies, found = Replies(), []
    for start, end in zip([0, *sorted(cuts)], [*sorted(cuts), len(SAID)], strict=True):
        replies.feed(SAID[start:end])
        found += heard(replies)
    assert found == HEARD
    assert not replies


def test_half_a_reply_is_something_to_wait_for():
    replies = Replies()
    for half in (b"250-one\r\n", b"25"):
        replies.feed(half)
        assert replies.take() is None
        assert replies


def test_what_was_said_properly_counts_before_what_was_not():
    replies = Replies()
    replies.feed(b"250 ok\r\nHTTP/1.1 400\r\n")
    assert replies.take() == Reply(250, "ok")
    with pytest.raises(Garbled, match="is not SMTP"):
        replies.take()


@pytest.mark.parametrize("endless", [b"2" * 10_000, b"250-more\r\n" * 1000])
def test_an_answer_without_an_end_is_not_waited_for(endless):
    replies = Replies()
    replies.feed(endless)
    with pytest.raises(Garbled, match="has no end"):
        replies.take()
