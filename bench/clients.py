"""What is compared: our client, what it is measured against, and what others would use."""

import asyncio
import smtplib
import threading
from collections.abc import Callable, Iterator
from itertools import islice
from urllib.parse import urlsplit

from bench import letters
from bench.bare import Bare
from channels import loop
from channels.answer import Answer, Receipt
from channels.letter import Letter, unstuffed
from channels.smtp_address import SmtpAddress
from channels.smtp_pipeline import run

AT_A_TIME = 64  # letters filled in and spliced between two looks at the network


def ours(address: str, numbers: range, connections: int) -> Callable[[], int]:
    """Every letter filled in, spliced and sent over pipelined connections; no database."""
    return _ours(address, _some_at_a_time(numbers).__next__, connections)


def ours_prebuilt(address: str, numbers: range, connections: int) -> Callable[[], int]:
    """The client alone: the same letter again and again."""
    letter = letters.letter(0)
    return _ours(address, iter([letter] * len(numbers)).__next__, connections)


def bare(address: str, numbers: range, connections: int) -> Callable[[], int]:
    """As little as a pipelining client can do, with bytes that were built before."""
    return lambda: loop.run(lambda: _bare(address, len(numbers), connections))


def kept_smtplib(address: str, numbers: range, connections: int) -> Callable[[], int]:
    """The standard library's client on as many kept connections, a thread for each; the letters were built before."""
    letter = letters.letter(0)
    share = len(numbers) // connections
    shares = [share] * (connections - 1) + [len(numbers) - share * (connections - 1)]
    clients = [smtplib.SMTP(*_where(address), local_hostname="bench.example") for _ in shares]
    message = unstuffed(letter.data)

    def send(client: smtplib.SMTP, count: int) -> None:
        for _ in range(count):
            client.sendmail(letter.sender, [letter.to], message)
        client.quit()

    def run() -> int:
        threads = [threading.Thread(target=send, args=pair) for pair in zip(clients, shares, strict=True)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return len(numbers)

    return run


def django_letter(address: str) -> Callable[[int], int]:
    """Django's own mail on one kept connection: sends the letter of a number, and answers 1."""
    from django.core.mail import EmailMultiAlternatives, get_connection

    host, port = _where(address)
    backend = "django.core.mail.backends.smtp.EmailBackend"
    connection = get_connection(backend, host=host, port=port, username="", password="", use_tls=False)
    connection.open()

    def send(number: int) -> int:
        words = letters.rendered(number)
        headers = {"List-Unsubscribe": f"<https://road.example/leave/{letters.key(number)}>"}
        to = [f"{letters.name(number)} <{letters.address(number)}>"]
        message = EmailMultiAlternatives(words.subject, words.text, letters.SENDER.address, to, headers=headers)
        message.attach_alternative(words.html, "text/html")
        return connection.send_messages([message]) or 0

    return send


def _some_at_a_time(numbers: range) -> Iterator[Letter]:
    """Made in batches, because a processor that does one thing for a while does it faster."""
    waiting = iter(numbers)
    while some := [letters.letter(number) for number in islice(waiting, AT_A_TIME)]:
        yield from some


def _ours(address: str, following: Callable[[], Letter], connections: int) -> Callable[[], int]:
    where, receipts = SmtpAddress.parse(address), [0]

    def take() -> Letter | None:
        try:
            return following()
        except StopIteration:
            return None

    def put(letter: Letter, answer: Answer) -> None:
        if isinstance(answer, Receipt):
            receipts[0] += 1

    def send() -> int:
        loop.run(lambda: run(where, connections, take, put))
        return receipts[0]

    return send


async def _bare(address: str, count: int, connections: int) -> int:
    running, left = asyncio.get_running_loop(), iter(range(count))
    group = [Bare(letters.letter(0), left) for _ in range(connections)]
    waiting = iter(group)
    for _ in group:
        await running.create_connection(lambda: next(waiting), *_where(address))
    return sum(await asyncio.gather(*(client.done for client in group)))


def _where(address: str) -> tuple[str, int]:
    parts = urlsplit(address)
    return parts.hostname or "", parts.port or 25
