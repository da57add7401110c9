from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Query, Router, Schema, Status
from pydantic import Field

from campaigns.hold import Hold, standstill
from campaigns.moment import now
from outreach.api.access import Request
from outreach.api.problem import CONFLICT, Trouble
from outreach.api.values import Given, Instant, Words
from outreach.standstill import go, stop

router = Router(tags=["stop"])
NOTHING = "Nothing is stopped"
Sure = Annotated[bool, Query(description="Say that the clock is right; needed where the time is in doubt")]


class StopOut(Schema):
    """Everything is stopped: nothing leaves, and no clock moves."""

    hold: UUID
    reason: str
    note: str = Field(description="What public pages say meanwhile")
    is_doubt: bool = Field(description="The time itself is in doubt: going on needs ?clock_is_right=true")
    author: str
    began_at: datetime
    until: datetime | None


class StandstillOut(Schema):
    """Whether everything is stopped."""

    is_stopped: bool
    stop: StopOut | None


class StopIn(Given):
    """A stop of the whole installation."""

    reason: Words = Field(description="It is shown to everyone on the staff")
    note: Words = Field("", description="What public pages say meanwhile")
    until: Instant | None = Field(None, description="It ends by itself then; left out: a person lets go")


@router.get("", response=StandstillOut, summary="Show whether everything is stopped")
def show_stop(request: Request) -> dict[str, Any]:
    """Whether the whole installation stands still, and why."""
    hold = standstill(now())
    return {"is_stopped": hold is not None, "stop": _describe(hold) if hold else None}


@router.post("", response={201: StopOut}, summary="Stop everything")
def create_stop(request: Request, data: StopIn) -> Status[dict[str, Any]]:
    """Nothing leaves any more, and no clock moves: of any campaign, on any channel. The time that is left is kept."""
    hold = stop(reason=data.reason, note=data.note, author=request.auth.name, now=now(), until=data.until)
    return Status(201, _describe(hold))


@router.delete("", response=StopOut, summary="Let everything go on")
def delete_stop(request: Request, clock_is_right: Sure = False) -> dict[str, Any]:
    """Clocks that nothing else keeps still go on with the time they had left. The record of the stop stays."""
    lifted = go(author=request.auth.name, now=now(), clock_is_right=clock_is_right)
    if not lifted:
        raise Trouble(CONFLICT, NOTHING)
    return _describe(lifted[0])


def _describe(hold: Hold) -> dict[str, Any]:
    names = ("reason", "note", "is_doubt", "author", "began_at", "until")
    return {"hold": hold.pk} | {name: getattr(hold, name) for name in names}
