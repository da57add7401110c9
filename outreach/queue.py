"""What of a campaign has not been sent, and why: counted by cause, with examples."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, Count, ExpressionWrapper, F, Max, Min, Q
from django.db.models.functions import Coalesce

from campaigns.campaign import Campaign
from outreach.cause import Cause, Sight, Why
from outreach.delivery import Delivery
from outreach.held import stopped_by

State = Delivery.State
TOGETHER = ("campaign", "step", "wave", "addressee", "supporter", "contact_point", "appeal__addressee", "chunk")
FIELDS = ("channel", "state", "reason", "is_due", "chunk__state", "is_intended")
MOST = 40  # causes; what servers say of each letter in other words could be as many as letters
EXAMPLES = 3
AHEAD = {Why.POSTPONED, Why.AHEAD, Why.DELAYED}
ENDED = {Why.SUPPRESSED, Why.EXPIRED, Why.CANCELLED, Why.REFUSED, Why.BOUNCED}


@dataclass(frozen=True, slots=True)
class Entry:
    """`number` deliveries on one channel for the same cause, due from `first` to `last` (UTC)."""

    cause: Cause
    channel: str
    number: int
    first: datetime
    last: datetime
    examples: tuple[Delivery, ...]

    def sentence(self, at: Callable[[datetime], str]) -> str:
        """What is so of all of them; `at` says a moment."""
        if self.cause.kind == Why.HELD:
            return self.cause.sentence(at)
        if self.cause.kind not in AHEAD or self.first == self.last:
            return replace(self.cause, more="").sentence(at)
        return Cause(self.cause.kind, self.cause.what, more=f"from {at(self.first)} to {at(self.last)}").sentence(at)


@dataclass(frozen=True, slots=True)
class Queue:
    """`waiting`: what may still go out or be settled. `ended`: what will not. `others`: those with rarer causes."""

    waiting: list[Entry]
    ended: list[Entry]
    others: int

    @property
    def number(self) -> int:
        """How many wait."""
        return sum(entry.number for entry in self.waiting)


def queue_of(campaign: Campaign, now: datetime) -> Queue:
    """The greatest numbers first."""
    unsent = Delivery.objects.filter(campaign=campaign).exclude(state__in=[State.SENT, State.DELIVERED])
    entries = sorted(_merged(_entries(unsent, Sight(campaign, now))), key=lambda entry: -entry.number)
    shown = sum(entry.number for entry in entries)
    return Queue(
        [entry for entry in entries if entry.cause.kind not in ENDED],
        [entry for entry in entries if entry.cause.kind in ENDED],
        unsent.count() - shown,
    )


def _entries(unsent: Any, sight: Sight) -> Iterator[Entry]:
    """By hold first, each delivery under the first that stops it; then what has the same state and reason."""
    unsent = unsent.annotate(
        due=Coalesce("chunk__due_at", "due_at"), is_intended=Coalesce(_is(Q(place__lt=F("chunk__intended"))), False)
    )
    for hold in sight.holds:
        stopped = Q(state__in=Delivery.CLAIMABLE) & stopped_by(hold) & (Q(chunk=None) | Q(chunk__state="due"))
        yield from _alike(unsent.filter(stopped), ("channel",), sight)
        unsent = unsent.exclude(stopped)
    yield from _alike(unsent.annotate(is_due=_is(Q(due__lte=sight.now))), FIELDS, sight)


def _is(condition: Q) -> "ExpressionWrapper[Q]":
    return ExpressionWrapper(condition, output_field=BooleanField())


def _alike(rows: Any, fields: tuple[str, ...], sight: Sight) -> Iterator[Entry]:
    counted = rows.order_by().values(*fields)
    counted = counted.annotate(number=Count("id"), first=Min("due"), last=Max("due")).order_by("-number")
    for group in counted[:MOST]:
        same = rows.filter(**{field: group[field] for field in fields}).select_related(*TOGETHER)
        examples = tuple(same.order_by("due", "id")[:EXAMPLES])
        cause = sight.cause(examples[0]) if examples else None
        if cause:
            yield Entry(cause, group["channel"], group["number"], group["first"], group["last"], examples)


def _merged(entries: Iterator[Entry]) -> list[Entry]:
    """Those of one cause and channel together: rows in one state may still bear the reason of an earlier one."""
    found: dict[tuple[Why, str, str], Entry] = {}
    for entry in entries:
        key = (entry.cause.kind, entry.cause.what, entry.channel)
        found[key] = _together(found[key], entry) if key in found else entry
    return list(found.values())


def _together(one: Entry, other: Entry) -> Entry:
    return Entry(
        one.cause,
        one.channel,
        one.number + other.number,
        min(one.first, other.first),
        max(one.last, other.last),
        (*one.examples, *other.examples)[:EXAMPLES],
    )
