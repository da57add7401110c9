"""What people answer to our posts, in words that are the same for every network."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

MOST_PAGES = 5  # in one look


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A post that answers one of ours, or names us.

    `name`: its own over there, unique on its channel. `author`: the account, spelt as contact points of the channel
    are; `author_name`: what it calls itself. `answers`: names of the posts it stands below, the nearest first; empty
    if it only names us. `at`: when it was written, by the network's clock (UTC). `raw`: all of it, as it came.
    """

    name: str
    author: str = field(repr=False)
    author_name: str = field(default="", repr=False)
    text: str = field(repr=False)
    at: datetime
    answers: tuple[str, ...] = ()
    language: str = ""
    url: str = field(default="", repr=False)
    raw: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Replies:
    """`since`: what to ask with next time. `is_all`: False if there is more, which the next time goes on with."""

    found: tuple[Reply, ...]
    since: str
    is_all: bool = True


@dataclass(frozen=True, slots=True)
class Page:
    """Newest first. `newest`: the mark of the first of all it was asked about; `older`: where the next page begins,
    empty if there is none.
    """

    found: tuple[Reply, ...]
    newest: str
    older: str


def newest_first(since: str, page: Callable[[str, str], Page]) -> Replies:
    """Everything after `since` from a network that tells the newest first, a few pages at a time.

    `page` is asked for what is newer than a mark and older than another, empty for no bound. Where it takes more than
    one look, `since` holds three marks: before which all is known, after which too, and where to go on between.
    """
    known, newest, older = (*since.split(" "), "", "")[:3]
    found: list[Reply] = []
    for _ in range(MOST_PAGES):
        told = page(known, older)
        found += told.found
        newest = newest or told.newest
        older = told.older
        if not older:
            return Replies(tuple(found), newest or known)
    return Replies(tuple(found), f"{known} {newest} {older}", is_all=False)
