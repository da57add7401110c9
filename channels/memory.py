"""What wires remember from one process to the next. They know no database: whoever has one gives it to them."""

import threading
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Purse:
    """What a wire that costs money may spend: the account it pays from, and how many cents in all."""

    account: str
    budget: Decimal


class Memory(Protocol):
    """`lasts`: whether it outlives the process and all processes share it.

    `account` is a provider and a user there, such as `x:1234`. All must be safe to call from many threads. They raise
    Unavailable if nothing can be remembered just now.
    """

    lasts: bool

    def spend(self, account: str, key: str, cents: Decimal, budget: Decimal) -> bool:
        """Put down a payment in one step, unless the account's payments would then be over the budget: False.

        The same key is paid once, however often it is put down.
        """

    def refund(self, account: str, key: str) -> None:
        """Nothing was bought after all."""

    def session(self, account: str) -> str:
        """What `keep_session` kept last, empty if nothing. It is a secret, as a password is."""

    def keep_session(self, account: str, session: str) -> None:
        """Keep it in the place of the one before."""


class ProcessMemory:
    """Forgets everything when the process ends: enough for sessions, not for money."""

    lasts = False

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._paid: dict[str, dict[str, Decimal]] = {}
        self._sessions: dict[str, str] = {}

    def spend(self, account: str, key: str, cents: Decimal, budget: Decimal) -> bool:
        with self._guard:
            paid = self._paid.setdefault(account, {})
            if key not in paid and sum(paid.values()) + cents > budget:
                return False
            paid.setdefault(key, cents)
            return True

    def refund(self, account: str, key: str) -> None:
        with self._guard:
            self._paid.get(account, {}).pop(key, None)

    def session(self, account: str) -> str:
        return self._sessions.get(account, "")

    def keep_session(self, account: str, session: str) -> None:
        self._sessions[account] = session
