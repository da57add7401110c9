"""How fast mail that comes in is read and taken in: real bounces where they are, and a mail of 25 MB.

Beside it, in the same run: the standard library parsing the same bytes and decoding their parts, which tells nothing
of what they mean; and bare rows of the same bytes in the same PostgreSQL, each committed.
"""

import tempfile
import time
from base64 import encodebytes
from collections.abc import Callable
from email import message_from_bytes
from multiprocessing import get_context
from pathlib import Path

from bench import inbound_mails
from bench.database import Database
from bench.figure import Figure
from bench.interleave import interleaved, middle
from channels.incoming.read import read_mail

REAL = Path(__file__).parents[2] / "shared" / "data" / "bounces"
LARGE = 25 * 1024 * 1024


def figures(quick: bool) -> tuple[list[Figure], list[str]]:
    """Measure all of it, and say which mails were read."""
    mails, which = _mails()
    rounds = 1 if quick else 5
    rates = interleaved(rounds, {"ours": lambda: _rate(read_mail, mails), "parse": lambda: _rate(_parse, mails)})
    ours, parse = middle(rates["ours"], float), middle(rates["parse"], float)
    return [
        Figure("mails read", ours, "mails/s", "higher"),
        Figure("the same mails only parsed (standard library)", parse, "mails/s", "higher"),
        Figure("read ÷ parsed", ours / parse, "", "higher"),
        *_large(1 if quick else 3),
        *([] if quick else _with_database(mails)),
    ], [which]


def _mails() -> tuple[list[bytes], str]:
    files = sorted(REAL.glob("*.eml"))
    if files:
        mails = [file.read_bytes() for file in files]
        return mails, f"{len(mails)} real bounces of {sum(map(len, mails)) / len(mails) / 1024:.1f} KB"
    mails = inbound_mails.several()
    return mails, f"{len(mails)} mails made for this bench, because the real bounces are not here"


def _rate(read: Callable[[bytes], object], mails: list[bytes]) -> float:
    begun = time.perf_counter()
    for mail in mails:
        read(mail)
    return len(mails) / (time.perf_counter() - begun)


def _parse(mail: bytes) -> None:
    for part in message_from_bytes(mail).walk():
        part.get_payload(decode=True)


def _large(rounds: int) -> list[Figure]:
    """In a process of its own each time, since what a process once used is never less again."""
    with tempfile.NamedTemporaryFile(prefix="outreach-bench-", suffix=".eml") as file:
        head, foot = inbound_mails.around_a_file()
        file.write(head + encodebytes(bytes(LARGE)) + foot)
        file.flush()
        runs = interleaved(
            rounds, {"ours": lambda: _apart("ours", file.name), "parse": lambda: _apart("parse", file.name)}
        )
    return [
        Figure("a mail of 25 MB read", middle(runs["ours"], lambda each: each[0]), "s", "lower"),
        Figure("the same only parsed", middle(runs["parse"], lambda each: each[0]), "s", "lower"),
        Figure("memory beside the mail itself", middle(runs["ours"], lambda each: each[1]), "MB", "lower"),
        Figure("the same, only parsed", middle(runs["parse"], lambda each: each[1]), "MB", "lower"),
    ]


def _apart(name: str, path: str) -> tuple[float, float]:
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(_seconds_and_memory, (name, path))


def _seconds_and_memory(name: str, path: str) -> tuple[float, float]:
    """How long it takes, and how many MB more the process had at its most."""
    raw = Path(path).read_bytes()
    read_mail(b"From: a@bench.example\r\n\r\nOnce, so that everything is loaded.")
    read: Callable[[bytes], object] = read_mail if name == "ours" else _parse
    Path("/proc/self/clear_refs").write_text("5")  # the most that was used is counted from here (proc(5))
    before, begun = _most_memory(), time.perf_counter()
    read(raw)
    return time.perf_counter() - begun, (_most_memory() - before) / 1024


def _most_memory() -> int:
    """In KB."""
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:"))


def _with_database(mails: list[bytes]) -> list[Figure]:
    with Database():
        return taken_in(mails)


def taken_in(mails: list[bytes]) -> list[Figure]:
    """The whole intake, in the database that is open: kept sealed, read, matched, decided; and bare rows."""
    from django.db import connection

    from campaigns.moment import now
    from outreach.inbox.mail import take_mail
    from outreach.inbox.reading import read_waiting
    from outreach.incoming import Incoming

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bare (raw bytea)")
        begun = time.perf_counter()
        for mail in mails:
            cursor.execute("INSERT INTO bare VALUES (%s)", [mail])
        bare = len(mails) / (time.perf_counter() - begun)
    begun = time.perf_counter()
    for mail in mails:
        take_mail(mail, door=Incoming.Door.SMTP, now=now(), sender="", recipients=["bounces@bench.example"])
    kept = time.perf_counter() - begun
    read = read_waiting(now())
    whole = time.perf_counter() - begun
    if read < len(mails) * 0.9:
        raise RuntimeError(f"{read} mails of {len(mails)} were read")
    return [
        Figure("mails kept, sealed", len(mails) / kept, "mails/s", "higher"),
        Figure("mails kept, read and decided, by one process", read / whole, "mails/s", "higher"),
        Figure("bare rows of the same bytes", bare, "rows/s", "higher"),
    ]
