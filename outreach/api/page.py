"""Lists: a window of rows, how many there are, and the way to the windows beside it."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from ninja import Schema
from pydantic import Field

MOST = 200
Item = TypeVar("Item")
Row = TypeVar("Row", bound=Model)


class Window(Schema):
    """Which rows."""

    limit: int = Field(50, ge=1, le=MOST, description=f"How many at most (1 to {MOST})")
    offset: int = Field(0, ge=0, le=1_000_000_000, description="How many to pass over first")


class Page(Schema, Generic[Item]):
    """Part of a list."""

    items: list[Item]
    total: int = Field(description="How many there are in all")
    limit: int
    offset: int
    next: str | None = Field(description="Path of the following part; null at the end")
    previous: str | None = Field(description="Path of the part before; null at the beginning")


def page_of(
    request: HttpRequest, window: Window, rows: QuerySet[Row], build: Callable[[Sequence[Row]], Iterable[Any]]
) -> dict[str, Any]:
    """The rows in the window, each as `build` describes them: it gets all at once, so that it can ask once for all."""
    return _page(request, window, list(build(list(rows[window.offset : window.offset + window.limit]))), rows.count())


def page_of_all(request: HttpRequest, window: Window, items: Sequence[Any]) -> dict[str, Any]:
    """The same for what is in memory already."""
    return _page(request, window, list(items[window.offset : window.offset + window.limit]), len(items))


def _page(request: HttpRequest, window: Window, items: list[Any], total: int) -> dict[str, Any]:
    before, after = window.offset - window.limit, window.offset + window.limit
    return {
        "items": items,
        "total": total,
        "limit": window.limit,
        "offset": window.offset,
        "next": _path(request, window.limit, after) if after < total else None,
        "previous": _path(request, window.limit, max(before, 0)) if window.offset else None,
    }


def _path(request: HttpRequest, limit: int, offset: int) -> str:
    asked = {name: value for name, value in request.GET.items() if name not in ("limit", "offset")}
    return f"{request.path}?{urlencode({**asked, 'limit': limit, 'offset': offset})}"
