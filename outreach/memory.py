"""What wires remember, in PostgreSQL: it outlives every process, and all of them share it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import IntegrityError, InterfaceError, OperationalError, connection, transaction

from campaigns.moment import now
from channels.wire import Unavailable
from outreach.account import Account, Payment
from outreach.seal import sealed, unsealed

SOON = timedelta(minutes=1)
SPEND = """
WITH within_the_budget AS (
    UPDATE outreach_account SET spent = spent + %(cents)s
    WHERE name = %(account)s AND spent + %(cents)s <= %(budget)s
      AND NOT EXISTS (SELECT FROM outreach_payment WHERE account_id = %(account)s AND key = %(key)s)
    RETURNING name
)
INSERT INTO outreach_payment (account_id, key, cents, at) SELECT name, %(key)s, %(cents)s, %(at)s FROM within_the_budget
"""
REFUND = """
WITH refunded AS (DELETE FROM outreach_payment WHERE account_id = %(account)s AND key = %(key)s RETURNING cents)
UPDATE outreach_account SET spent = spent - (SELECT cents FROM refunded)
WHERE name = %(account)s AND EXISTS (SELECT FROM refunded)
"""


class LastingMemory:
    """A `channels.memory.Memory`.

    A payment is put down in a transaction of its own, for what was paid stays paid whatever becomes of the caller's
    work: a rollback would forget money that X has taken. So it may not be asked inside a transaction (RuntimeError),
    which costs nothing, because wires are used outside of any. Raises Unavailable while the database is away: a wire
    that cannot write down what it pays sends nothing.
    """

    lasts = True

    def spend(self, account: str, key: str, cents: Decimal, budget: Decimal) -> bool:
        """The account's row is locked by the statement that asks whether there is money left, so two never share it."""
        said: dict[str, str | Decimal | datetime] = {"account": account, "key": key, "cents": cents, "budget": budget}
        with _while_the_database_is_there():
            Account.objects.get_or_create(name=account)
            try:
                with transaction.atomic(durable=True), connection.cursor() as cursor:
                    cursor.execute(SPEND, {**said, "at": now()})
                    if cursor.rowcount:
                        return True
            except IntegrityError:  # the same payment was put down at the same time
                return True
            return Payment.objects.filter(account=account, key=key).exists()

    def refund(self, account: str, key: str) -> None:
        with _while_the_database_is_there(), transaction.atomic(durable=True), connection.cursor() as cursor:
            cursor.execute(REFUND, {"account": account, "key": key})

    def session(self, account: str) -> str:
        """Empty also if it was sealed with a key that is gone: the wire then signs in anew."""
        with _while_the_database_is_there():
            kept = Account.objects.filter(name=account).values_list("session", flat=True).first()
        return (unsealed(bytes(kept)) or b"").decode() if kept else ""

    def keep_session(self, account: str, session: str) -> None:
        with _while_the_database_is_there():
            kept = sealed(session.encode()) if session else b""
            Account.objects.update_or_create(name=account, defaults={"session": kept})


LASTING = LastingMemory()


def spent(account: str) -> Decimal:
    """Cents put down so far."""
    found = Account.objects.filter(name=account).values_list("spent", flat=True).first()
    return found or Decimal(0)


@contextmanager
def _while_the_database_is_there() -> Iterator[None]:
    try:
        yield
    except (OperationalError, InterfaceError) as away:
        raise Unavailable(f"The database is away: {str(away).strip()}", SOON) from None
