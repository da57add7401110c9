"""Times as people read them: weekday, date, clock and zone; relative only beside absolute."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class When:
    """Says moments on the clock of one place. `zone` is a key such as Asia/Yerevan; `now` decides what needs a year."""

    zone: str
    now: datetime

    @property
    def city(self) -> str:
        return city(self.zone)

    def local(self, moment: datetime) -> datetime:
        return moment.astimezone(ZoneInfo(self.zone))

    def at(self, moment: datetime, seconds: bool = False) -> Markup:
        """`<time>` with weekday, day and clock: «Wed 10 May, 11:00»."""
        local = self.local(moment)
        clock = f"{local:%H:%M:%S}" if seconds else f"{local:%H:%M}"
        return _time(moment, local, f"{local:%a} {local.day} {local:%b}{self._year(local)}, {clock}")

    def said(self, moment: datetime) -> str:
        """The same in plain words, for the middle of a sentence."""
        return str(self.at(moment).striptags())

    def clock(self, moment: datetime) -> str:
        return f"{self.local(moment):%H:%M}"

    def full(self, moment: datetime) -> Markup:
        """With the year, whichever it is."""
        local = self.local(moment)
        return _time(moment, local, f"{local:%a} {local.day} {local:%B} {local:%Y}, {local:%H:%M}")

    def day(self, moment: datetime) -> Markup:
        local = self.local(moment)
        return _time(moment, local, f"{local.day} {local:%b}{self._year(local)}")

    def date(self, day: date) -> str:
        return f"{day.day} {day:%B}{'' if day.year == self.local(self.now).year else f' {day.year}'}"

    def left(self, moment: datetime) -> str:
        """How long until then: «3 d 0 h 48 min»; «now» once it has come."""
        return span(moment - self.now) if moment > self.now else "now"

    def _year(self, local: datetime) -> str:
        return "" if local.year == self.local(self.now).year else f" {local.year}"


def span(length: timedelta) -> str:
    """In days, hours and minutes, rounded up to whole minutes."""
    minutes = -(-length // timedelta(minutes=1))
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    if days:
        return f"{days} d {hours} h {minutes} min"
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"


def city(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ")


def _time(moment: datetime, local: datetime, said: str) -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(local.isoformat(timespec="seconds"), said)
