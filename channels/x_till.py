"""What is paid to X, for posting and for reading: never more than the budget, and put down before it is bought."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal, InvalidOperation

from channels.http_wire import AFTER_A_PERSON_LOOKED
from channels.memory import Memory
from channels.weighted_length import link
from channels.wire import Unavailable

UNTIL_PAID = timedelta(hours=1)
OPTIONS = frozenset({"budget", "price", "price_with_link", "price_read"})


@dataclass(frozen=True, slots=True)
class Till:
    """Prices in cents: of a post, of one with a link, and of a reply that is read, its author included.

    `budget`: cents that may be spent in all; None counts nothing.
    """

    account: str
    budget: Decimal | None
    price: Decimal
    price_with_link: Decimal
    price_read: Decimal

    @classmethod
    def of(cls, account: str, said: Mapping[str, str]) -> "Till":
        """From the options of an address. Raises ValueError with a sentence."""
        return cls(
            account,
            _cents("budget", said["budget"]) if "budget" in said else None,
            _cents("price", said.get("price", "1.5")),
            _cents("price_with_link", said.get("price_with_link", "20")),
            _cents("price_read", said.get("price_read", "1.5")),
        )

    def pay_for_post(self, memory: Memory, payment: str, text: str) -> None:
        """As `pay`."""
        self.pay(memory, payment, self.price_of(text))

    def price_of(self, post: str) -> Decimal:
        return self.price_with_link if link().search(post) else self.price

    def pay(self, memory: Memory, payment: str, cents: Decimal) -> None:
        """Put it down. Raises Unavailable if there is no money left, or no memory to count it in."""
        if self.budget is None:
            return
        if not memory.lasts:
            raise Unavailable("A budget for X needs a memory that lasts, and there is none", AFTER_A_PERSON_LOOKED)
        if not memory.spend(self.account, payment, cents, self.budget):
            raise Unavailable(f"The budget for X, {self.budget} cents, is spent", UNTIL_PAID)

    def give_back(self, memory: Memory, payment: str) -> None:
        """It was not bought after all."""
        if self.budget is not None:
            memory.refund(self.account, payment)

    def read(self, memory: Memory, payment: str, number: int) -> None:
        """So many replies were read of what was put down for a page; the rest is given back."""
        self.give_back(memory, payment)
        if self.budget is not None and number:
            owed = self.price_read * number  # whatever else was paid meanwhile
            memory.spend(self.account, payment, owed, self.budget + owed)


def _cents(name: str, said: str) -> Decimal:
    try:
        cents = Decimal(said)
    except InvalidOperation:
        cents = Decimal(-1)
    if not (cents.is_finite() and 0 <= cents <= 100_000_000):
        raise ValueError(f"{name}={said} is not a number of cents, such as 500 or 1.5")
    return cents
