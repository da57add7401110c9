"""The pulse: what the clocks said at the last pass of the clock, and whether what they say now can be believed.

Every pass takes a reading and compares it with the one before. A jump beyond a limit stops everything and asks a person
(docs/decisions/0019). All readings are in real time, also in a demonstration.
"""

import importlib.metadata
import time
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import TZPATH

from django.db import connection, models

BACK = timedelta(minutes=2)  # two clocks of one installation may differ by so much
AHEAD = timedelta(hours=1)
LONGEST_ABSENCE = timedelta(days=31)
BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
PROCESS = uuid.uuid4().hex


@dataclass(frozen=True, slots=True)
class Reading:
    """The clocks at one moment. `boot`: which start of which machine; within one, `uptime` (seconds) never jumps."""

    at: datetime
    boot: str
    uptime: float


class Pulse(models.Model):
    """The reading of the last pass, and which pass it was. There is one row.

    `installation` and `number` are told to a witness outside of the database too, so that a database older than what
    the witness has seen is noticed.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    installation = models.UUIDField(default=uuid.uuid4)
    number = models.BigIntegerField(default=0)
    at = models.DateTimeField(null=True, help_text="In real time")
    boot = models.CharField(max_length=64, blank=True)
    uptime = models.FloatField(default=0)
    zones = models.CharField(max_length=40, blank=True, help_text="Version of the time-zone database")
    skew = models.DurationField(default=timedelta(), help_text="By which the database's clock is known to differ")
    is_doubted = models.BooleanField(default=False, help_text="A person has been asked whether the clock is right")

    def __str__(self) -> str:
        return f"pass {self.number} at {self.at}"

    @property
    def reading(self) -> Reading | None:
        return Reading(self.at, self.boot, self.uptime) if self.at else None


def read_clocks() -> Reading:
    """This machine's clocks now. The time it slept counts as uptime where the system can tell."""
    boottime = getattr(time, "CLOCK_BOOTTIME", None)
    boot = BOOT_ID.read_text().strip() if boottime is not None and BOOT_ID.exists() else ""
    uptime = time.clock_gettime(boottime) if boot and boottime is not None else time.monotonic()
    return Reading(datetime.now(UTC), boot or PROCESS, uptime)


def database_clock() -> datetime:
    """What time it is where the database is: a second opinion if that is another machine."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment.astimezone(UTC)


@cache
def zones_version() -> str:
    """Which time-zone database this process reads: the system's, or else the package's."""
    for folder in map(Path, TZPATH):
        for name in ("tzdata.zi", "+VERSION"):
            if (file := folder / name).is_file():
                with file.open(encoding="utf-8", errors="replace") as lines:
                    return lines.readline().strip().removeprefix("# version ")[:40]
        if folder.is_dir():
            return f"system, {datetime.fromtimestamp(folder.stat().st_mtime, UTC):%Y-%m-%d}"
    return importlib.metadata.version("tzdata")


def doubt(last: Reading, now: Reading) -> str:
    """Why the time cannot be believed, as a sentence; empty if it can.

    Within one start of a machine its uptime says exactly how much time has passed, so that passes missed for days are
    told from a jump. After a start, or on another machine, time may have passed for as long as the system was off:
    there only what cannot be, or is hard to believe, is doubted.
    """
    passed = now.at - last.at
    if passed < -BACK:
        return f"The clock went back: the last pass was at {_said(last.at)}, and now it is {_said(now.at)}"
    if last.boot != now.boot:
        return _absence(last, now)
    really = timedelta(seconds=now.uptime - last.uptime)
    if passed - really > AHEAD:
        return f"The clock jumped ahead by {_span(passed - really)}: from {_said(last.at + really)} to {_said(now.at)}"
    if really - passed > BACK:
        return f"The clock was put back by {_span(really - passed)}: it should be {_said(last.at + really)}"
    return ""


def disagreement(here: datetime, there: datetime, skew: timedelta) -> str:
    """The same about two machines, whose clocks are known to be `skew` apart."""
    if abs(there - here - skew) <= AHEAD:
        return ""
    return f"It is {_said(here)} here and {_said(there)} where the database is: one of the two clocks is wrong"


def loss(last: Pulse, witnessed: int, witnessed_at: datetime) -> str:
    """The same about a database that has forgotten passes which a witness has seen."""
    if witnessed <= last.number:
        return ""
    since = f"its last pass was at {_said(last.at)}" if last.at else "it knows of no pass"
    return (
        f"The database is older than what has happened: {since}, and a pass at {_said(witnessed_at)} was seen. If a"
        " backup was put back, what was sent since is not in it and would be sent again"
    )


def _absence(last: Reading, now: Reading) -> str:
    away = now.at - last.at
    if away <= LONGEST_ABSENCE:
        return ""
    return f"The last pass was {_span(away)} ago, at {_said(last.at)}: was all of it off so long, or is the clock wrong"


def _said(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%-d %B %Y, %H:%M} UTC"


def _span(span: timedelta) -> str:
    days, hours = divmod(int(span.total_seconds()), 86_400)
    if days > 1:
        return f"{days} days"
    minutes = days * 1440 + hours // 60
    return f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{minutes} min"
