"""After a change of SECRET_KEY: everything that is sealed is sealed anew, and found by new hashes.

It can be stopped at any time and begun again: what is under the newest secret is left as it is, and a value that
changes meanwhile is not overwritten.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, models

from campaigns.address import digest, digests
from campaigns.mailbox import mailbox_of
from campaigns.sealed_text import SealedText, newest_mark, opened, sealed
from campaigns.supporter import Supporter
from outreach.incoming import Incoming
from outreach.seal import is_newest, rotated
from outreach.suppression import Suppression

AT_ONCE = 500
FEW = 20
OURS = ("campaigns", "outreach")
SECRETS = (
    ("outreach", "Account", "session"),
    ("outreach", "Attachment", "content"),
    ("outreach", "Bulletin", "body"),
    ("outreach", "EvidenceSalt", "kept"),
    ("outreach", "Exhibit", "content"),
    ("outreach", "Incoming", "envelope"),
    ("outreach", "Incoming", "gist_sealed"),
    ("outreach", "Incoming", "raw"),
    ("outreach", "Statement", "signer"),
    ("outreach", "TaskProof", "content"),
)
"""Columns of bytes that outreach.seal sealed."""
TEXTS = (("outreach", "Signup", "content"),)
"""Columns of bytes that campaigns.sealed_text sealed, beside those that say so themselves."""
Told = Callable[[str, int], object]


@dataclass(frozen=True, slots=True)
class Column:
    """A column whose values are sealed. `is_text`: by campaigns.sealed_text, whose first bytes name the secret."""

    model: type[models.Model]
    field: str
    is_text: bool

    def __str__(self) -> str:
        return f"{self.model._meta.db_table}.{self.field}"

    @property
    def _names(self) -> dict[str, str]:
        quote, meta = connection.ops.quote_name, self.model._meta
        assert meta.pk is not None
        field = meta.get_field(self.field)
        assert isinstance(field, models.Field)
        names = {"table": meta.db_table, "pk": meta.pk.column, "column": field.column}
        return {name: quote(each) for name, each in names.items() if each}

    def old(self, most: int = 0) -> Iterator[tuple[Any, bytes]]:
        """Values that are not under the newest secret, each with its row's key; among the first `most`, if told."""
        wanted = SELECT_TEXT if self.is_text else SELECT
        last: Any = None
        while True:
            after = "" if last is None else "AND {pk} > %(last)s".format(**self._names)
            with connection.cursor() as cursor:
                said = {"mark": newest_mark(), "last": last}
                cursor.execute(wanted.format(**self._names, after=after, most=most or AT_ONCE), said)
                some = [(key, bytes(value)) for key, value in cursor.fetchall()]
            yield from ((key, value) for key, value in some if self.is_text or not is_newest(value))
            if most or len(some) < AT_ONCE:
                return
            last = some[-1][0]

    def renew(self, key: Any, value: bytes) -> bool:
        """Seal one value anew. False if it has changed meanwhile, or its secret is gone."""
        fresh = sealed(opened(value)) if self.is_text else rotated(value)
        if fresh is None:
            return False
        with connection.cursor() as cursor:
            cursor.execute(UPDATE.format(**self._names), {"fresh": fresh, "key": key, "value": value})
            return bool(cursor.rowcount == 1)


def columns() -> list[Column]:
    """Every column that holds what is sealed."""
    texts = [
        Column(model, field.name, is_text=True)
        for model in apps.get_models()
        if model._meta.app_label in OURS
        for field in model._meta.get_fields()
        if isinstance(field, SealedText)
    ]
    named = [(*each, True) for each in TEXTS] + [(*each, False) for each in SECRETS]
    return texts + [Column(apps.get_model(app, model), field, text) for app, model, field, text in named]


def reseal(told: Told = lambda column, number: None) -> dict[str, int]:
    """Seal everything anew, and make the hashes anew by which addresses are found. How many of each column.

    `told` hears of each column, with the number so far. Raises ImproperlyConfigured if a secret is gone.
    """
    done = {"addresses": _redigest(told)}
    for column in columns():
        number = 0
        for key, value in column.old():
            number += column.renew(key, value)
            if number % AT_ONCE == 0:
                told(str(column), number)
        told(str(column), number)
        done[str(column)] = number
    return {name: number for name, number in done.items() if number}


def old_columns() -> list[str]:
    """Columns with values that are not under the newest secret; of files and mails, the first ones are looked at."""
    return [str(each) for each in columns() if next(each.old(most=FEW), None)]


def _redigest(told: Told) -> int:
    """Before the addresses are sealed anew, for their seal says that the hash is an old one."""
    number = 0
    column = Column(Supporter, "email", is_text=True)
    for key, value in column.old():
        address = opened(value)
        mailbox = mailbox_of(address)
        kept = Supporter.objects.filter(pk=key)
        number += kept.update(email_digest=digest(address), mailbox_digest=digest(mailbox) if mailbox else "")
        _redigest_suppressions(address)
        if number % AT_ONCE == 0:
            told("addresses", number)
    for incoming in Incoming.objects.exclude(sender_digest="").exclude(gist_sealed=b"").iterator(AT_ONCE):
        sender = incoming.gist.sender
        if sender and incoming.sender_digest in digests(sender)[1:]:
            number += Incoming.objects.filter(pk=incoming.pk).update(sender_digest=digest(sender))
    told("addresses", number)
    return number


def _redigest_suppressions(address: str) -> None:
    """That an address must not be used is known by its hash alone: here we know the address."""
    before = digests(address)[1:]
    for each in Suppression.objects.filter(digest__in=before):
        if not Suppression.objects.filter(channel=each.channel, digest=digest(address)).exists():
            Suppression.objects.filter(pk=each.pk).update(digest=digest(address))


SELECT_TEXT = """
SELECT {pk}, {column} FROM {table}
 WHERE length({column}) > 0 AND substring({column} FROM 1 FOR 2) <> %(mark)s {after} ORDER BY {pk} LIMIT {most}
"""
SELECT = "SELECT {pk}, {column} FROM {table} WHERE length({column}) > 0 {after} ORDER BY {pk} LIMIT {most}"
UPDATE = "UPDATE {table} SET {column} = %(fresh)s WHERE {pk} = %(key)s AND {column} = %(value)s"
