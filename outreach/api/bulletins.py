from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated

from ninja import Path, Router, Schema
from pydantic import Field

from outreach.api.access import Request
from outreach.api.find import find
from outreach.api.problem import CONFLICT, Trouble
from outreach.bulletin import Bulletin
from outreach.loose import Loose, loose_news

router = Router(tags=["bulletins"])
Number = Annotated[int, Path(..., ge=1, lt=2**63)]
SETTLED = "This bulletin waits for nobody: it was read, or set aside"


class BulletinOut(Schema):
    """What a provider posted and nobody could read."""

    id: int
    provider: str
    received_at: datetime
    problem: str


class LooseOut(Schema):
    """What a provider told of no message of ours."""

    provider: str
    said: str = Field(description="The provider's own word for it")
    number: int
    first_at: datetime
    last_at: datetime
    reason: str


class OdditiesOut(Schema):
    """What providers told that cannot be put anywhere."""

    unreadable: list[BulletinOut] = Field(description="Kept until a person has looked; the oldest first")
    loose: list[LooseOut] = Field(description="The most frequent first")


@router.get("", response=OdditiesOut, summary="Show what providers told that cannot be put anywhere")
def show_bulletins(request: Request) -> dict[str, list[Bulletin] | list[Loose]]:
    """Nothing of it counts for any message."""
    return {"unreadable": list(Bulletin.objects.unreadable()), "loose": loose_news()}


@router.post("/{bulletin_id}/reading", response=BulletinOut, summary="Read a bulletin again")
def create_bulletin_reading(request: Request, bulletin_id: Number) -> Bulletin:
    """As after a secret key was given back: a worker reads it, and if it cannot, it is here again."""
    return _settled(_find(bulletin_id), Bulletin.read_again)


@router.delete("/{bulletin_id}", response=BulletinOut, summary="Set a bulletin aside")
def delete_bulletin(request: Request, bulletin_id: Number) -> Bulletin:
    """A person has looked, and nothing in it is wanted. It is deleted some days later."""
    name, real_now = request.auth.name, datetime.now(UTC)
    return _settled(_find(bulletin_id), lambda bulletin: bulletin.set_aside(name, real_now))


def _find(pk: int) -> Bulletin:
    return find(Bulletin.objects.all(), f"There is no bulletin {pk}", pk=pk)


def _settled(bulletin: Bulletin, settle: Callable[[Bulletin], bool]) -> Bulletin:
    if not settle(bulletin):
        raise Trouble(CONFLICT, SETTLED)
    return bulletin
