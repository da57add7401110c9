import json
import smtplib
import socket
import subprocess
import sys
import time
from contextlib import contextmanager

from channels import loop
from channels.letter import Letter
from channels.smtp_address import SmtpAddress
from channels.smtp_pipeline import run
from tests.channels.envelopes import letter
from tests.channels.messages import AT

GROUP = b"MAIL FROM:<a@a.example>\r\nRCPT TO:<b@un.example>\r\nDATA\r\n"


@contextmanager
def counter(*options):
    command = [sys.executable, "-m", "channels.fakes.smtp_counter", "--port", "0", *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        yield int(process.stdout.readline().rpartition(":")[2])
    finally:
        process.terminate()
        assert process.wait(10) == 0
        process.stdout.close()


def say(port, *parts):
    """Say each part, wait a moment, and hear all that was answered."""
    with socket.create_connection(("127.0.0.1", port), 5) as connection:
        for part in parts:
            connection.sendall(part)
            time.sleep(0.05)
        connection.sendall(b"QUIT\r\n")
        return b"".join(iter(lambda: connection.recv(65536), b""))


def count(port):
    return json.loads(say(port, b"XCOUNT\r\n").splitlines()[1].partition(b" ")[2])


def test_it_counts_letters_and_how_many_of_them_differ():
    waiting = [Letter.of(letter(key=f"k{number % 40}"), AT) for number in range(50)]
    answers = []
    with counter() as port:
        where = SmtpAddress.parse(f"smtp://127.0.0.1:{port}")
        loop.run(lambda: run(where, 3, lambda: waiting.pop() if waiting else None, lambda *each: answers.append(each)))
        told = count(port)
        assert (told["letters"], told["different"], told["broken"]) == (len(answers), 40, 0) == (50, 40, 0)
        say(port, b"XFORGET\r\n")
        assert count(port)["letters"] == 0


def test_it_notices_what_smtp_does_not_allow():
    good = b"Subject: x\r\nMessage-ID: <a@a.example>\r\n\r\nHello\r\n.\r\n"
    with counter() as port:
        say(port, GROUP, good)
        assert count(port)["broken"] == 0
        for bad in (good.replace(b"Hello", b"Hel\nlo"), good.replace(b"Message-ID", b"X"), b".\r\n"):
            say(port, GROUP, bad)
        say(port, b"RCPT TO:<b@un.example>\r\n")
        told = count(port)
        assert (told["letters"], told["broken"]) == (4, 4)


def test_it_can_be_far_away():
    with counter("--delay", "100") as port:
        started = time.monotonic()
        with smtplib.SMTP("127.0.0.1", port, local_hostname="a.example", timeout=5) as client:
            client.noop()
        assert time.monotonic() - started >= 0.3


def test_it_can_insist_on_one_command_at_a_time():
    with counter("--no-pipelining") as port:
        assert b"PIPELINING" not in say(port, b"EHLO a.example\r\n")
        assert b"503" in say(port, GROUP)
        with smtplib.SMTP("127.0.0.1", port, local_hostname="a.example", timeout=5) as client:
            client.sendmail(
                "a@a.example", ["b@un.example"], b"Subject: x\r\nMessage-ID: <a@a.example>\r\n\r\nHello\r\n"
            )
        assert count(port)["letters"] == 1
