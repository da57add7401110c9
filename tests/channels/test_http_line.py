"""The line under every wire of the web: each wait has an end, and each failure its true meaning."""

import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta

import pytest

from channels.deadline import left, within
from channels.fakes.receiver import CUT, HANG, Receiver
from channels.fakes.web_rule import WebRule
from channels.http_line import HttpLine, Lost, NoConnection, NotSent
from channels.http_lines import HttpLines
from channels.http_wait import wait_of
from channels.web_address import WebAddress

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


@contextmanager
def server(talk, patience=5.0):
    """Whatever `talk` does with the first connection."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve():
            with suppress(OSError):
                connection, _ = listening.accept()
                with connection:
                    talk(connection)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield HttpLine("127.0.0.1", listening.getsockname()[1], tls=False, patience=patience)
    thread.join(3)


def drip(connection):
    connection.recv(1000)
    for byte in OK * 100:
        time.sleep(0.05)
        connection.sendall(bytes([byte]))


def test_an_answer_that_comes_byte_by_byte_ends_with_the_deadline():
    with server(drip) as line:
        started = time.monotonic()
        with within(0.5), pytest.raises(Lost, match="before it answered"):
            line.ask("POST", "/", {}, b"body")
        assert 0.4 < time.monotonic() - started < 2


def test_a_server_that_reads_nothing_ends_with_the_deadline_and_the_request_was_not_sent():
    with server(lambda connection: time.sleep(0.7)) as line, within(0.5), pytest.raises(NotSent):
        line.ask("POST", "/", {}, b"x" * 20_000_000)


def test_an_answer_given_while_we_still_speak_is_heard():
    def impatient(connection):
        connection.recv(1000)
        connection.sendall(b"HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n")
        time.sleep(0.6)

    with server(impatient, patience=0.3) as line, within(5):
        assert line.ask("POST", "/", {}, b"x" * 30_000_000).status == 413


@pytest.mark.parametrize(
    "said", [b"", b"hello\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok", b"HTTP/1.1 2", b"\x00" * 70_000]
)
def test_an_answer_that_is_none_is_lost(said):
    def odd(connection):
        connection.recv(1000)
        connection.sendall(said)

    with server(odd) as line, pytest.raises(Lost):
        line.ask("POST", "/", {}, b"body")


def test_an_answer_without_a_length_ends_when_the_server_hangs_up():
    def old(connection):
        said = b""
        while b"body" not in said:
            said += connection.recv(1000)
        connection.sendall(b"HTTP/1.0 200 OK\r\nX-Said: yes\r\n\r\nall of it")

    with server(old) as line:
        reply = line.ask("POST", "/", {}, b"body")
    assert (reply.status, reply.headers, reply.content) == (200, {"x-said": "yes"}, b"all of it")


def test_nobody_there_is_said_as_such():
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    with pytest.raises(NoConnection, match=f"127.0.0.1:{port}"):
        HttpLine("127.0.0.1", port, tls=False, patience=5).ask("GET", "/", {})


def test_a_certificate_nobody_vouches_for_is_no_connection():
    with server(lambda connection: connection.sendall(b"this is no TLS")) as line:
        line.tls = True
        with pytest.raises(NoConnection):
            line.ask("GET", "/", {})


def test_a_connection_is_kept_and_a_dead_one_is_not_used():
    with Receiver() as receiver:
        lines = HttpLines(10)
        for _ in range(5):
            assert lines.ask("POST", receiver.url, {}, b"{}").status == 200
        assert receiver.connections == 1
        receiver.cut_all()
        time.sleep(0.05)
        assert lines.ask("POST", receiver.url, {}, b"{}").status == 200
        assert receiver.connections == 2
        lines.close()


@pytest.mark.parametrize("reply", [CUT, HANG])
def test_only_what_changes_nothing_is_asked_twice(reply):
    with Receiver() as receiver:
        receiver.answer(reply, times=2, nth=0)
        lines = HttpLines(0.7)
        with pytest.raises(Lost):
            lines.ask("POST", receiver.url, {}, b"{}")
        assert len(receiver.asked) == 1
        assert lines.ask("GET", receiver.url, {}).status == 405
        assert len(receiver.asked) == 3


def test_inner_work_has_no_more_time_than_what_is_around_it():
    assert left(3) == 3
    with within(1), within(60):
        assert 0.5 < left(10) <= 1
    with within(0), pytest.raises(TimeoutError):
        left(1)


NOW = datetime(2023, 5, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "120"}, 120),
        ({"retry-after": "Sat, 06 May 2023 00:02:00 GMT"}, 120),
        ({"x-rate-limit-reset": str(int(NOW.timestamp()) + 900)}, 900),
        ({"x-ratelimit-reset": "2023-05-06T00:05:00.000000Z"}, 300),
        ({"ratelimit-reset": str(int(NOW.timestamp()) + 60), "retry-after": "5"}, 5),
        ({"retry-after": "9999999"}, 86_400),
        ({"x-rate-limit-reset": "1"}, 1),
    ],
)
def test_the_wait_is_understood_however_it_is_said(headers, seconds):
    assert wait_of(headers, NOW) == timedelta(seconds=seconds)


@pytest.mark.parametrize("said", ["", "soon", "9" * 40])
def test_a_wait_that_makes_no_sense_is_none(said):
    assert wait_of({"retry-after": said}, NOW) is None
    assert wait_of({}, NOW) is None


def test_this_machine_is_spoken_to_plainly_and_every_other_by_tls():
    assert WebAddress.parse("x://127.0.0.1:80").base == "http://127.0.0.1:80"
    assert WebAddress.parse("x://[::1]:80").base == "http://[::1]:80"
    assert WebAddress.parse("x://api.example").base == "https://api.example"
    assert WebAddress.parse("x://a%40b:c%2Fd@api.example").secret == "c/d"


@pytest.mark.parametrize(
    "address",
    ["x://", "x://u:secret@h:99999", "x://u:secret@h/path", "x://u:secret@h?timeout=0", "x://u:secret@h?total=61",
     "x://u:secret@[h", "x://u:secret@h?who=me", "x://u:secret@h#x"],
)  # fmt: skip
def test_an_address_that_makes_no_sense_gets_a_sentence_that_keeps_the_secret(address):
    with pytest.raises(ValueError, match=r"^(?!.*secret)(The|An|timeout|total)"):
        WebAddress.parse(address)


# The fakes, run as a user would run them.


@pytest.mark.parametrize("name", ["sendgrid", "x", "bluesky", "mastodon", "receiver"])
def test_each_fake_runs_as_a_process_and_is_told_what_to_do(name):
    command = [sys.executable, "-m", f"channels.fakes.{name}", "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        address = process.stdout.readline().split()[-1]
        port = int(address.rpartition(":")[2].partition("/")[0])
        lines, base = HttpLines(20), f"http://127.0.0.1:{port}"
        assert lines.ask("POST", f"{base}/_fake/rules", {}, b'{"reply": "418 Teapot", "times": 1}').status == 201
        assert lines.ask("POST", f"{base}/_fake/rules", {}, b'{"reply": "later"}').status == 400
        assert lines.ask("POST", f"{base}/anything", {}, b"{}").status == 418
        assert lines.ask("DELETE", f"{base}/_fake/rules", {}).status == 200
        assert lines.ask("GET", f"{base}/_fake/summary", {}).status == 200
    finally:
        process.terminate()
        assert process.wait(20) == 0
        process.stdout.close()


def test_a_rule_that_makes_no_sense_gets_a_sentence():
    for reply, at in (("later", "request"), ("500 Oh", "body"), ("cut", "dawn")):
        with pytest.raises(ValueError, match=r"later|at="):
            WebRule(reply, at=at)
