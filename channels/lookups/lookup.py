"""What services that know divisions have in common: a short patience, a brake, and one answer for every format."""

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from threading import BoundedSemaphore
from typing import Any, ClassVar

from channels.deadline import within
from channels.http_line import HttpReply, Lost, NoConnection, NotSent
from channels.http_lines import HttpLines
from channels.lookups.brake import Brake
from channels.web_address import WebAddress

PATIENCE = 4.0  # seconds in all: somebody waits for a page
AT_A_TIME = 4  # questions of one process to one service
NOT_THERE = (400, 404)  # what they say of a place that is none, or that they do not know


class Unanswered(Exception):
    """The service could not be asked, or did not answer as it should; so it is not known where the place lies."""


@dataclass(frozen=True, slots=True)
class Where:
    """A place. `country`: two letters (ISO 3166). `street`: with the number and the town, if it was said."""

    country: str
    postcode: str
    street: str = ""


@dataclass(frozen=True, slots=True)
class Division:
    """`names`: every name that it goes by there, the usual one first. `title`: as people call it."""

    names: tuple[str, ...]
    title: str


class Lookup:
    """A subclass writes `question` and `answer`.

    `scheme`: what its address begins with. `host`: the service's own, if the address names none. `countries`: those it
    knows; the option `country` says which, where each country has a service of its own. `options`: what else may stand
    after the ? of its address. `takes_streets`: whether a street makes the answer more exact.
    """

    scheme: ClassVar[str]
    host: ClassVar[str]
    countries: frozenset[str]
    options: ClassVar[frozenset[str]] = frozenset()
    takes_streets: ClassVar[bool] = False

    def __init__(self, address: str) -> None:
        """`address`: `scheme://:key@host?option=value`. Raises ValueError with a sentence that never shows the key."""
        self.address = address
        self.where = WebAddress.parse(address, host=self.host, options=self.options)
        self.patience = min(PATIENCE, self.where.total)
        self.lines = HttpLines(min(self.patience, self.where.timeout))
        self.brake = Brake()
        self._free = BoundedSemaphore(AT_A_TIME)
        if country := self.where.options.get("country"):
            self.countries = frozenset({country.upper()})

    def divisions(self, where: Where) -> tuple[Division, ...]:
        """All divisions that the place lies in; none, if the service does not know the place. Raises Unanswered."""
        if not self.brake.is_open():
            raise Unanswered(f"{self.where} has not answered lately, and is left alone for a while")
        if not self._free.acquire(blocking=False):
            raise Unanswered(f"{self.where} is asked too much at the same time")
        try:
            found = self._asked(where)
        except Unanswered:
            raise
        except Exception as failure:  # whatever it was, nothing was learnt
            self.brake.note_failure()
            raise Unanswered(f"{self.where} did not answer: {failure or type(failure).__name__}") from None
        finally:
            self._free.release()
        self.brake.note_success()
        return found

    def question(self, where: Where) -> tuple[str, Mapping[str, str]]:
        """The path with its query, and headers, by which to ask."""
        raise NotImplementedError

    def answer(self, said: Any) -> Iterable[Division]:
        """The divisions in what came back as JSON. May raise anything if it is not what the service documents."""
        raise NotImplementedError

    def _asked(self, where: Where) -> tuple[Division, ...]:
        path, headers = self.question(where)
        try:
            with within(self.patience):
                reply = self.lines.ask("GET", self.where.base + path, {"Accept": "application/json", **headers})
        except (NoConnection, NotSent, Lost) as failure:
            self.brake.note_failure()
            raise Unanswered(str(failure)) from None
        if reply.status in NOT_THERE:
            return ()
        if reply.status != 200:
            self.brake.note_failure(_wait(reply))
            raise Unanswered(f"{self.where} answered {reply.status} {reply.reason}")
        return tuple(self.answer(json.loads(reply.content)))


def _wait(reply: HttpReply) -> float:
    """How many seconds the service asks us to wait (RFC 9110, section 10.2.3); 0 if it does not say."""
    said = reply.headers.get("retry-after", "")
    return float(said) if said.isdecimal() else 0.0


LOOKUPS: dict[str, type[Lookup]] = {}
"""Every service by the scheme of its address. Filled when the package is imported."""


@cache
def lookup_at(address: str) -> Lookup:
    """The service that an address names; the same one within a process, so that its brake and connections are kept.

    Raises ValueError with a sentence.
    """
    scheme = address.partition(":")[0]
    if scheme not in LOOKUPS:
        raise ValueError(f"no service has an address that begins with {scheme}:; there are {', '.join(LOOKUPS)}")
    return LOOKUPS[scheme](address)


# A connection must not be shared with a child process.
os.register_at_fork(after_in_child=lookup_at.cache_clear)
