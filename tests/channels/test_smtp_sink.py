import json
import signal
import smtplib
import socket
import subprocess
import sys
import urllib.error
import urllib.request

import pytest

from channels.fakes.smtp_sink import CUT, KEEP_AND_CUT, SmtpSink
from channels.fakes.smtp_sink_command import serve_pages

LETTER = b"Message-ID: <one@a.example>\r\nSubject: Hello\r\n\r\nDear Sir\r\n"


@pytest.fixture
def sink(tmp_path):
    with SmtpSink(folder=tmp_path) as sink:
        yield sink


def post(sink, to="b@un.example", raw=LETTER):
    with smtplib.SMTP(sink.host, sink.port, local_hostname="test.example", timeout=5) as client:
        client.sendmail("a@a.example", [to], raw)


def test_it_keeps_every_byte_with_who_and_when(sink, tmp_path):
    post(sink)
    (kept,) = sink.messages
    assert (kept.raw, kept.sender, kept.recipients) == (LETTER, "a@a.example", ("b@un.example",))
    assert (tmp_path / "000001.eml").read_bytes() == LETTER
    assert json.loads((tmp_path / "000001.json").read_text())["subject"] == "Hello"


def test_a_new_start_on_the_same_folder_goes_on_counting(sink, tmp_path):
    post(sink)
    with SmtpSink(folder=tmp_path) as again:
        post(again)
    assert sorted(path.name for path in tmp_path.glob("*.eml")) == ["000001.eml", "000002.eml"]


def test_it_counts_what_came_twice_to_the_same_recipient(sink):
    post(sink)
    post(sink)
    post(sink, "c@un.example")
    assert sink.duplicates == {"<one@a.example> b@un.example": 2}


def test_an_answer_can_be_for_one_recipient_one_letter_or_some_times(sink):
    sink.answer("450 4.2.0 Later", "b@un.example", times=1)
    sink.answer("550 5.0.0 No", at="letter", nth=3)
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        post(sink)
    post(sink)
    with pytest.raises(smtplib.SMTPDataError):
        post(sink)
    post(sink)
    assert len(sink.messages) == 2


def test_it_takes_nothing_from_strangers_if_it_asks_for_a_password():
    with SmtpSink(user="post", password="secret") as closed, pytest.raises(smtplib.SMTPSenderRefused):
        post(closed)


def talk(sink, *parts):
    """Say each part at once and hear so many answers to it, each of one line; the codes."""
    with socket.create_connection((sink.host, sink.port), 5) as connection, connection.makefile("rb") as answers:
        heard = [answers.readline()]
        for part, expected in parts:
            connection.sendall(part)
            heard += [answers.readline() for _ in range(expected)]
        return [int(line[:3]) for line in heard]


GROUP = b"MAIL FROM:<a@a.example>\r\nRCPT TO:<b@un.example>\r\nDATA\r\n"


def test_commands_may_come_in_groups_the_next_letters_right_behind_a_letter(sink):
    letter = b"Subject: Hello\r\n\r\n..\r\n.\r\n"
    heard = talk(sink, (b"HELO a.example\r\n", 1), (GROUP, 3), (letter + GROUP, 4), (letter + b"QUIT\r\n", 2))
    assert heard == [220, 250, 250, 250, 354, 250, 250, 250, 354, 250, 221]
    assert [message.raw for message in sink.messages] == [b"Subject: Hello\r\n\r\n.\r\n"] * 2


def test_whoever_does_not_wait_where_that_was_not_offered_is_refused():
    with SmtpSink(pipelining=False) as strict:
        assert talk(strict, (b"HELO a.example\r\n", 1), (GROUP, 2)) == [220, 250, 554, 554]
        post(strict)
        with smtplib.SMTP(strict.host, strict.port, timeout=5) as client:
            client.ehlo()
            assert not client.has_extn("pipelining")


def test_it_takes_everything_again_when_told_to_forget(sink):
    sink.answer(CUT, at="greeting")
    with pytest.raises((smtplib.SMTPServerDisconnected, OSError)):
        post(sink)
    sink.forgive()
    post(sink)
    assert len(sink.messages) == 1


@pytest.mark.parametrize(
    "rule",
    [
        {"reply": "no"},
        {"reply": "450 later", "at": "lunch"},
        {"reply": KEEP_AND_CUT, "at": "data"},
        {"reply": "450 later", "at": "sender", "recipient": "b@un.example"},
    ],
)
def test_an_answer_that_makes_no_sense_is_not_accepted(sink, rule):
    with pytest.raises(ValueError, match=" "):
        sink.answer(**rule)


def test_a_taken_port_is_an_error_at_once(sink):
    with pytest.raises(OSError, match="in use"):
        SmtpSink(port=sink.port).start()


def ask(port, path, method="GET", body=None):
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", body, method=method)
    try:
        with urllib.request.urlopen(request, timeout=5) as response:
            return response.status, response.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read()


def test_its_pages_list_letters_and_take_rules(sink):
    pages = serve_pages(sink, 0)
    post(sink)
    port = pages.server_port
    assert [m["message_id"] for m in json.loads(ask(port, "/messages")[1])] == ["<one@a.example>"]
    assert ask(port, "/messages/1") == (200, LETTER)
    assert ask(port, "/messages/2")[0] == ask(port, "/other")[0] == 404
    assert ask(port, "/duplicates") == (200, b"{}")
    assert ask(port, "/rules", "POST", b'{"reply": "550 5.1.1 No", "recipient": "b@un.example"}')[0] == 201
    assert ask(port, "/rules", "POST", b'{"replay": 1}')[0] == ask(port, "/rules", "POST", b"{")[0] == 400
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        post(sink)
    assert ask(port, "/rules", "DELETE")[0] == 200
    post(sink)
    pages.shutdown()
    pages.server_close()


def test_it_runs_as_a_process_and_ends_when_told_to(tmp_path):
    command = [
        sys.executable,
        "-m",
        "channels.fakes.smtp_sink",
        "--port",
        "0",
        "--http",
        "0",
        "--folder",
        str(tmp_path),
    ]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        port = int(process.stdout.readline().rpartition(":")[2])
        pages = int(process.stdout.readline().rpartition(":")[2].partition("/")[0])
        with smtplib.SMTP("127.0.0.1", port, local_hostname="test.example", timeout=5) as client:
            client.sendmail("a@a.example", ["b@un.example"], LETTER)
        assert len(json.loads(ask(pages, "/messages")[1])) == 1
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
    assert (tmp_path / "000001.eml").read_bytes() == LETTER
