"""The values of `sending:` in a campaign file: hours of a day, and how long messages are spread."""

import re
from datetime import time, timedelta
from typing import Annotated

from pydantic import BeforeValidator, WithJsonSchema

from campaigns.folder.values import Wrong, patience, words
from campaigns.sending import spoken
from campaigns.spread import LONGEST

HOURS = re.compile(r"(\d{1,2}):(\d\d)\s*[-–]\s*(\d{1,2}):(\d\d)")
WRITTEN = r"^\d{1,2}:\d\d ?[-–] ?\d{1,2}:\d\d$"


def hours(value: object) -> tuple[time, time]:
    """«09:00-17:00», «22:00-06:00», «08:00-24:00»: from, and up to, on the clock of whoever they are for."""
    found = HOURS.fullmatch(words(value))
    if not found:
        raise Wrong("hours are two times of the day: 09:00-17:00")
    first, last = (int(hour) * 60 + int(minute) for hour, minute in (found.groups()[:2], found.groups()[2:]))
    if first >= 24 * 60 or last > 24 * 60 or max(found.group(2), found.group(4)) >= "60":
        raise Wrong("hours are two times of the day, from 00:00 to 24:00")
    if first == last:
        raise Wrong("these hours end where they begin, so that nothing would ever leave; for any hour, leave them out")
    return _clock(first), _clock(last)


def spread(value: object) -> timedelta:
    length = patience(value)
    if length > LONGEST:
        raise Wrong(f"messages are spread over {spoken(LONGEST)} at the most")
    return length


def _clock(minutes: int) -> time:
    return time(minutes // 60 % 24, minutes % 60)


Hours = Annotated[tuple[time, time], BeforeValidator(hours), WithJsonSchema({"type": "string", "pattern": WRITTEN})]
Spread = Annotated[
    timedelta,
    BeforeValidator(spread),
    WithJsonSchema({"type": "string", "pattern": r"^\d+ (minute|hour|day|week)s?$"}),
]
