"""How the letters of a campaign stand, in numbers: one answer for the API, the command line and the dashboard."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Avg, Count, Q

from campaigns.campaign import Campaign
from outreach.letters.letter import Letter, Letters
from outreach.letters.lines import Line, lines
from outreach.letters.mailbag import Mailbag, Mailbags

MOSTLY_OWN = 50  # per cent
MOST_GROUPS = 20


@dataclass(frozen=True, slots=True)
class Alike:
    """Letters that say nearly the same. `first`: the oldest of them."""

    first: uuid.UUID
    number: int


@dataclass(frozen=True, slots=True)
class Overview:
    """`letters`, `mailbags`: how many in each state; `digests`: messages with several letters that have left.

    `own_share`: per cent of own words, on average, None without letters; `mostly_own`: letters with at least half.
    `alike`: the largest groups.
    """

    letters: Mapping[str, int]
    mailbags: Mapping[str, int]
    digests: int
    own_share: float | None
    mostly_own: int
    alike: tuple[Alike, ...]
    lines: tuple[Line, ...]

    @property
    def confirmed(self) -> int:
        """How many wait or have left."""
        return sum(self.letters[state] for state in Letter.STANDING)


def overview(campaign: Campaign, now: datetime) -> Overview:
    letters = Letter.objects.filter(campaign=campaign).order_by()
    standing = letters.filter(state__in=Letter.STANDING)
    own = standing.aggregate(share=Avg("own_share"), mostly=Count("pk", filter=Q(own_share__gte=MOSTLY_OWN)))
    bags = Mailbag.objects.filter(campaign=campaign).order_by()
    return Overview(
        letters=_by_state(letters, Letter.State.values),
        mailbags=_by_state(bags, Mailbag.State.values),
        digests=bags.filter(is_digest=True, sent_at__isnull=False).count(),
        own_share=own["share"],
        mostly_own=own["mostly"],
        alike=_alike(standing),
        lines=tuple(lines(campaign, now)),
    )


def _by_state(rows: Letters | Mailbags, states: list[str]) -> dict[str, int]:
    counted = dict(rows.values("state").annotate(number=Count("pk")).values_list("state", "number"))
    return {state: counted.get(state, 0) for state in states}


def _alike(standing: Letters) -> tuple[Alike, ...]:
    groups = standing.filter(resembles__isnull=False).values_list("resembles").annotate(number=Count("pk"))
    return tuple(Alike(first, number + 1) for first, number in groups.order_by("-number")[:MOST_GROUPS] if first)
