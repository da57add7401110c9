"""Where signatures come from, hour by hour, for staff who look for those that nobody gave."""

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
