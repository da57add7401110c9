"""`./dev bench pages`: the campaign's page beside a file of the same size, its weight, and how old its count gets."""

import gzip
import os
import re
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median

from bench.database import Database
from bench.figure import Figure
from bench.forms import SIGN, form
from bench.interleave import interleaved, middle
from bench.load import fork, load
from bench.reads import reads
from bench.waits import Waits
from bench.web import THREADS, granian, the_web

CONNECTIONS = 16
PETITION = Path(__file__).parents[1] / "templates" / "campaigns" / "artsakh-2023"
PAGE, COUNT = "/c/{slug}/{language}/", "/c/road/en/count"
PARTS = re.compile(r'(?:href|src)="(/static/[^"#]+)')


@dataclass(frozen=True, slots=True)
class Size:
    """How many rounds, and seconds of each; how often the count's age is looked at."""

    rounds: int
    seconds: float
    looks: int


def figures(quick: bool) -> tuple[list[Figure], list[str]]:
    """All of them, on a database and servers of their own."""
    with Database():
        from campaigns.folder.check import check
        from campaigns.folder.load import load as load_folder
        from campaigns.publication import publish

        folder = check(PETITION).campaign
        assert folder is not None
        campaign = load_folder(folder, folder.publish_at).campaign
        publish(campaign, campaign.publish_at)
        if quick:
            return measured(Size(1, 0.3, 3), campaign.slug, campaign.languages[:1])
        return measured(Size(3, 2.0, 40), campaign.slug, campaign.languages)


def measured(size: Size, slug: str, languages: Sequence[str]) -> tuple[list[Figure], list[str]]:
    """On the database that Django knows; `slug`: of a published campaign, whose pages in `languages` are read."""
    from bench.campaign import the_campaign

    the_campaign()
    paths = [PAGE.format(slug=slug, language=each) for each in languages]
    with the_web() as port:
        with _files([_body(port, path) for path in paths]) as file_port:
            speeds = [_speed(size, port, path, file_port, f"/{number}") for number, path in enumerate(paths)]
        weight = max(_weight(port, path) for path in paths)
        ages, rate, waiting = _ages(size, port)
    page, file = min(speeds, key=lambda pair: pair[0] / pair[1])
    found = [
        Figure("a file of the page's size", file, "requests/s", "higher"),
        Figure("the campaign's page, in the slowest of its languages", page, "requests/s", "higher"),
        Figure("the same ÷ the file", page / file, "×", "higher", 0.5, 0.8),
        Figure("first load without pictures, over the wire, in the largest of its languages", weight / 1024, "KB",
               "lower", 50, 25),
        Figure("sign-ups a second meanwhile", rate, "forms/s", "higher"),
        Figure("the count's age: the middle", median(ages), "s", "lower"),
        Figure("the count's age: the oldest", max(ages), "s", "lower", 5, 1),
        Figure("sign-ups seen waiting for a row that another had locked", float(waiting), "", "lower", 0, 0),
    ]  # fmt: skip
    return found, [f"{', '.join(languages)}; {CONNECTIONS} connections from Python; the file by WhiteNoise alone"]


def _speed(size: Size, port: int, path: str, file_port: int, file: str) -> tuple[float, float]:
    """Requests a second for the page, and for a file of as many bytes under the same server."""
    runs = {
        "page": partial(reads, port, path, CONNECTIONS, size.seconds),
        "file": partial(reads, file_port, file, CONNECTIONS, size.seconds),
    }
    results = interleaved(size.rounds, runs)
    return middle(results["page"], lambda run: run.rate), middle(results["file"], lambda run: run.rate)


@contextmanager
def _files(contents: Sequence[bytes]) -> Iterator[int]:
    """A server of these files, which are called by their numbers."""
    with tempfile.TemporaryDirectory(prefix="outreach-bench-") as folder:
        for number, content in enumerate(contents):
            (Path(folder) / str(number)).write_bytes(content)
        options = ("--interface", "wsgi", "--blocking-threads", THREADS)
        with granian("bench.static_file:application", *options, path="/0", BENCH_FILES=folder) as port:
            yield port


def _weight(port: int, path: str) -> int:
    """Bytes of the page and of all that it names on its own server, heads included, as a browser asks for them."""
    page = _body(port, path)
    parts = set(PARTS.findall(gzip.decompress(page).decode()))
    return sum(_wire(port, each) for each in (path, *parts))


def _wire(port: int, path: str) -> int:
    with _asked(port, path) as answer:
        head = sum(len(name) + len(value) + 4 for name, value in answer.headers.items())
        return head + len(answer.read())


def _body(port: int, path: str) -> bytes:
    with _asked(port, path) as answer:
        body: bytes = answer.read()
        return body


def _asked(port: int, path: str):
    asked = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Accept-Encoding": "gzip"})
    return urllib.request.urlopen(asked, timeout=10)


def _ages(size: Size, port: int) -> tuple[list[float], float, int]:
    """While people sign: seconds from a confirmation to a count that knows of it; sign-ups a second; who waited."""
    ours, theirs = fork.Pipe()
    crowd = fork.Process(target=_sign, args=(port, theirs))
    crowd.start()  # before there are threads, which a fork would stop in the middle of what they do
    ours.recv()
    with Waits("outreach_signup") as waits:
        ages = [_age(port, number) for number in range(size.looks)]
    ours.send("enough")
    rate: float = ours.recv()
    crowd.join()
    return ages, rate, waits.most


def _sign(port: int, line: Connection) -> None:
    """Sign for half a second, again and again, until told that it is enough; tell how many there were a second."""
    rates = []
    while not line.poll():
        rates.append(load(port, SIGN, form, CONNECTIONS, 0.5, 303).rate)
        if len(rates) == 1:
            line.send("people sign")
    line.send(median(rates))


def _age(port: int, number: int) -> float:
    from datetime import UTC, datetime

    from bench.campaign import the_campaign
    from campaigns.signature import Signature
    from campaigns.supporter import Supporter
    from campaigns.tally import count
    from outreach.confirming import confirm

    now, campaign = datetime.now(UTC), the_campaign()
    email = f"confirms{number}.{os.getpid()}@people.example"
    person = Supporter.objects.create(campaign=campaign, name="Alex", email=email, language="en", joined_at=now)
    Signature.objects.create(campaign=campaign, supporter=person, signed_at=now)
    _body(port, COUNT)
    confirm(person, now)
    confirmed, wanted = time.perf_counter(), f">{count(campaign.pk):,}<"
    while wanted not in gzip.decompress(_body(port, COUNT)).decode():
        time.sleep(0.01)
    return time.perf_counter() - confirmed
