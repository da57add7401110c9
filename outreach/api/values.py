"""The kinds of value that requests and answers hold."""

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated

from ninja import Path
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from channels.channel import CHANNELS

KEY = r"^[A-Za-z0-9_-]{1,80}$"
EARLIEST, LATEST = 1900, 2999  # years that every time zone can count in


def _countable(moment: datetime) -> datetime:
    if not EARLIEST <= moment.year <= LATEST:
        raise ValueError(f"A time is between the years {EARLIEST} and {LATEST}")
    return moment.astimezone(UTC)


def _countable_day(day: date) -> date:
    if not EARLIEST <= day.year <= LATEST:
        raise ValueError(f"A day is between the years {EARLIEST} and {LATEST}")
    return day


Key = Annotated[str, Field(pattern=KEY)]
PathKey = Annotated[str, Path(..., pattern=KEY)]
Instant = Annotated[AwareDatetime, AfterValidator(_countable)]
Day = Annotated[date, AfterValidator(_countable_day)]
Line = Annotated[str, Field(max_length=500)]
Words = Annotated[str, Field(max_length=100_000)]
Texts = dict[str, str]
Channel = StrEnum("Channel", {name: name for name in CHANNELS})  # type: ignore[misc]


class Given(BaseModel):
    """What a caller sends: nothing that is not asked for."""

    model_config = ConfigDict(extra="forbid")
