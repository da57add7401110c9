"""Where signatures come from, hour by hour, for staff who look for those that nobody gave."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q
from django.db.models.functions import TruncHour

from campaigns.campaign import Campaign
from campaigns.signature import Signature

SHOWN = 20
COLUMNS = {"network": "network", "domain": "supporter__email_domain"}


@dataclass(frozen=True, slots=True)
class Origin:
    """What came in one hour (in UTC) from one network or domain. `of`: which of the two; a network is a salted hash."""

    hour: datetime
    of: str
    value: str
    signed: int
    confirmed: int
    marked: int


@dataclass(frozen=True, slots=True)
class Source:
    """A network or domain over all the hours looked at; `hours`: how many signed in each of them, the latest last."""

    of: str
    value: str
    signed: int
    confirmed: int
    marked: int
    hours: tuple[int, ...]


def sources(found: Iterable[Origin], now: datetime, hours: int) -> list[Source]:
    """The same by where they come from, the largest first."""
    kept: dict[tuple[str, str], list[Origin]] = {}
    for origin in found:
        kept.setdefault((origin.of, origin.value), []).append(origin)
    told = (_source(*key, every, now, hours) for key, every in kept.items())
    return sorted(told, key=lambda source: -source.signed)


def _source(of: str, value: str, every: Sequence[Origin], now: datetime, hours: int) -> Source:
    by_hour = Counter({int((now - each.hour) / timedelta(hours=1)): each.signed for each in every})
    return Source(
        of,
        value,
        sum(each.signed for each in every),
        sum(each.confirmed for each in every),
        sum(each.marked for each in every),
        tuple(by_hour[ago] for ago in reversed(range(hours))),
    )


def trend(campaign: Campaign, of: str, value: str, now: datetime, hours: int = 6) -> list[int]:
    """How many signed in each of the last so many hours, the latest last: of a network or domain, or (`all`) at all."""
    rows = Signature.objects.filter(campaign=campaign, signed_at__gt=now - timedelta(hours=hours), signed_at__lte=now)
    rows = rows.filter(**{COLUMNS[of]: value}) if of in COLUMNS else rows
    ends = [now - timedelta(hours=ago) for ago in reversed(range(hours))]
    spans = {f"h{n}": Q(signed_at__gt=end - timedelta(hours=1), signed_at__lte=end) for n, end in enumerate(ends)}
    counted = rows.order_by().aggregate(**{name: Count("pk", filter=span) for name, span in spans.items()})
    return [counted[name] for name in spans]


def origins(campaign: Campaign, now: datetime, hours: int) -> list[Origin]:
    """The largest of the last so many hours, of networks and of domains; what was taken out is in `signed`, too."""
    recent = Signature.objects.filter(campaign=campaign, signed_at__gt=now - timedelta(hours=hours)).order_by()
    found: list[Origin] = []
    for of, column in COLUMNS.items():
        rows = recent.exclude(**{column: ""}).annotate(hour=TruncHour("signed_at")).values_list("hour", column)
        counted = rows.annotate(
            signed=Count("pk"),
            confirmed=Count("pk", filter=Q(state=Signature.State.CONFIRMED)),
            marked=Count("pk", filter=~Q(marks=[])),
        )
        found += [Origin(hour, of, *told) for hour, *told in counted.order_by("-signed", "hour")[:SHOWN]]
    return found
