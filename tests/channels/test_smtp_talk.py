"""What is said and answered on one connection, with no network in it: servers that obey the letter of the standard."""

import pytest

from channels.answer import Answer, Delayed, Receipt, Refused, Unknown
from channels.letter import Letter
from channels.smtp_address import SmtpAddress
from channels.smtp_desk import Desk
from channels.smtp_failure import BROKEN
from channels.smtp_offer import Offer
from channels.smtp_reply import Reply
from channels.smtp_talk import Talk

WHERE = SmtpAddress.parse("smtp://mail.example?timeout=5&total=20")
GROUP = "MAIL FROM:<a@a.example>\r\nRCPT TO:<{}@un.example>\r\nDATA\r\n"


class Stage:
    """A talk about so many letters, what was written in it, and what came of each letter."""

    def __init__(self, count, pipelining=True, where=WHERE):
        waiting = [
            Letter(f"k{n}", f"k{n}@un.example", "a@a.example", f"Subject: {n}\r\n\r\n".encode()) for n in range(count)
        ]
        self.written: list[str] = []
        self.answers: dict[str, Answer] = {}
        desk = Desk(lambda: waiting.pop(0) if waiting else None, lambda letter, answer: self._put(letter, answer))
        self.talk = Talk(where, Offer(pipelining=pipelining), desk, lambda words: self.written.append(words.decode()))
        self.talk.begin(0.0)

    def _put(self, letter, answer):
        assert letter.key not in self.answers
        self.answers[letter.key] = answer

    def hear(self, *replies, now=0.0):
        """Hear these replies in one go; what is then written."""
        before = len(self.written)
        for reply in replies:
            self.talk.hear(Reply(int(reply[:3]), reply[4:]), now)
        self.talk.act(now)
        return "".join(self.written[before:])

    @property
    def kinds(self):
        return {key: type(answer) for key, answer in self.answers.items()}


def test_there_is_one_write_and_one_wait_for_a_letter():
    stage = Stage(3)
    assert stage.written == [GROUP.format("k0")]
    assert stage.hear("250 ok", "250 ok", "354 go") == f"Subject: 0\r\n\r\n.\r\n{GROUP.format('k1')}"
    assert stage.hear("250 kept", "250 ok", "250 ok", "354 go") == f"Subject: 1\r\n\r\n.\r\n{GROUP.format('k2')}"
    assert stage.kinds == {"k0": Receipt}


def test_without_pipelining_each_command_waits_for_its_answer():
    stage = Stage(2, pipelining=False)
    for reply in ("250 ok", "250 ok", "354 go", "250 kept"):
        stage.hear(reply)
    first = GROUP.format("k0").splitlines(keepends=True)
    assert stage.written == [*first, "Subject: 0\r\n\r\n.\r\n", "MAIL FROM:<a@a.example>\r\n"]


@pytest.mark.parametrize("pipelining", [True, False])
def test_a_reset_is_said_only_after_an_error_and_only_if_a_letter_follows(pipelining):
    refusal = ("250 ok", "550 no", "503 what?") if pipelining else ("250 ok", "550 no")
    followed, last = Stage(2, pipelining), Stage(1, pipelining)
    for reply in refusal:
        followed.hear(reply)
        last.hear(reply)
    followed.hear("250 reset")
    assert "".join(followed.written).startswith(GROUP.format("k0")[: None if pipelining else -6] + "RSET\r\nMAIL")
    assert last.talk.is_idle
    assert "RSET" not in "".join(last.written)
    assert followed.kinds == last.kinds == {"k0": Refused}


def test_a_server_that_wants_a_letter_for_nobody_gets_an_empty_one():
    stage = Stage(2)
    assert stage.hear("250 ok", "550 5.1.1 no such user", "354 go") == ".\r\n"
    assert stage.hear("554 5.5.1 no valid recipients") == f"RSET\r\n{GROUP.format('k1')}"
    assert stage.hear("250 ok", "250 ok", "250 ok", "354 go").startswith("Subject: 1")
    assert stage.kinds == {"k0": Refused}


def test_a_server_that_wants_a_letter_whose_sender_it_refused_never_gets_its_dot():
    stage = Stage(2)
    with pytest.raises(BROKEN):
        stage.hear("550 no", "250 ok", "354 go")
    assert stage.talk.lost("confused") is None
    assert stage.kinds == {"k0": Delayed}
    assert ".\r\n" not in stage.written


def test_a_word_too_many_is_a_farewell_and_is_never_taken_for_the_answer_to_a_letter():
    stage = Stage(2)
    with pytest.raises(BROKEN):
        stage.hear("250 ok", "250 ok", "354 go", "250 kept")
    stage.talk.lost("confused")
    assert stage.kinds == {"k0": Delayed}


@pytest.mark.parametrize("reply", ["354 go on", "199 hm"])
def test_an_answer_to_a_letter_that_is_neither_yes_nor_no_leaves_it_unknown(reply):
    stage = Stage(1)
    stage.hear("250 ok", "250 ok", "354 go")
    with pytest.raises(BROKEN):
        stage.hear(reply)
    assert stage.kinds == {"k0": Unknown}


def test_what_was_announced_behind_a_letter_may_be_begun_elsewhere_and_the_letter_may_not():
    stage = Stage(2)
    stage.hear("250 ok", "250 ok", "354 go")
    again = stage.talk.lost("gone")
    assert again is not None
    assert again.key == "k1"
    assert stage.kinds == {"k0": Unknown}


def test_what_the_server_began_to_take_is_delayed_when_it_is_lost():
    stage = Stage(2)
    stage.hear("250 ok", "250 ok", "354 go")
    stage.hear("250 kept", "250 ok")
    assert stage.talk.lost("gone") is None
    assert stage.kinds == {"k0": Receipt, "k1": Delayed}


def test_the_last_word_may_take_the_whole_time_and_everything_before_it_half():
    stage = Stage(2)
    assert stage.talk.ends_at == 5
    stage.hear("250 ok", now=4.0)
    assert stage.talk.ends_at == 9
    stage.hear("250 ok", now=8.0)
    assert stage.talk.ends_at == 10
    stage.hear("354 go", now=9.0)
    assert stage.talk.ends_at == 20
    stage.hear("250 kept", now=19.0)
    assert stage.talk.ends_at == 24


def test_nobody_is_waited_for_when_there_is_nothing_to_say():
    stage = Stage(1)
    stage.hear("250 ok", "250 ok", "354 go")
    stage.hear("250 kept")
    assert stage.talk.is_idle
    assert stage.talk.ends_at == float("inf")


def test_a_large_letters_dot_is_held_back_until_the_network_took_the_rest():
    letter = Letter("big", "b@un.example", "a@a.example", b"x" * 60 + b"\r\n" * 40_000)
    stage = Stage(0)
    stage.talk.begin(0.0, letter)
    assert not stage.hear("250 ok", "250 ok", "354 go").endswith(".\r\n")
    assert stage.talk.is_half_said
    stage.talk.act(1.0)
    assert stage.written[-1] == ".\r\n"
    assert not stage.talk.is_half_said
