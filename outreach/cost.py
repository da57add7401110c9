"""What a forecast's messages cost on channels whose provider is paid for each, by the prices in the wire's address."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings

from channels.memory import Purse
from channels.wire import configured
from outreach.account import Account
from outreach.rehearsal.record import Entry


@dataclass(frozen=True, slots=True)
class Cost:
    """In cents. `left`: what may still be spent of the budget over all campaigns; None if there is no budget."""

    channel: str
    messages: int
    cents: Decimal
    left: Decimal | None

    @property
    def is_too_much(self) -> bool:
        return self.left is not None and self.cents > self.left

    def as_json(self) -> dict[str, Any]:
        left = str(self.left) if self.left is not None else None
        return {
            "channel": self.channel,
            "messages": self.messages,
            "cents": str(self.cents),
            "left_of_the_budget": left,
            "is_too_much": self.is_too_much,
        }


def costs(sends: Iterable[Entry]) -> list[Cost]:
    """By channel; only those that cost anything as they are set up here. The outbox costs nothing."""
    texts: dict[str, list[Entry]] = {}
    for entry in sends:
        texts.setdefault(entry.channel, []).append(entry)
    found = []
    for channel, entries in texts.items():
        wire = configured(channel, settings.CHANNELS.get(channel))
        cents = sum((wire.price_of(entry.subject) * entry.count for entry in entries), Decimal())
        if cents:
            found.append(Cost(channel, sum(entry.count for entry in entries), cents, _left(wire.purse)))
    return found


def _left(purse: Purse | None) -> Decimal | None:
    if purse is None:
        return None
    account = Account.objects.filter(name=purse.account).first()
    return max(purse.budget - (account.spent if account else Decimal()), Decimal())
