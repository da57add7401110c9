"""An email address as we may know it without keeping it in clear: its keyed hash, and its domain."""

import hmac
from contextlib import suppress as ignoring
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models

from channels.domain import ascii_address, ascii_domain


def digest(address: str, secret: str = "") -> str:
    """The keyed hash: the same however an address is spelt. `secret`: one from before SECRET_KEY was changed."""
    spelt = address.strip().casefold()
    with ignoring(ValueError):
        spelt = ascii_address(spelt)
    return hmac.digest((secret or settings.SECRET_KEY).encode(), spelt.encode(), "sha256").hex()


def digests(address: str) -> list[str]:
    """The hash under SECRET_KEY, and under each secret from before it was changed."""
    return [digest(address, secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


def domain_of(address: str) -> str:
    """The domain as the DNS knows it, in small letters; empty for what is no address with a domain."""
    _, at, domain = address.strip().rpartition("@")
    try:
        return ascii_domain(domain.lower()) if at else ""
    except ValueError:
        return ""


if TYPE_CHECKING:
    Column = models.CharField[str, str]
else:
    Column = models.CharField


class DigestOf(Column):
    """The keyed hash of the address in another field, made whenever a row is saved; empty for no address."""

    def __init__(self, field: str, **options: Any) -> None:
        self.field = field
        super().__init__(**{"max_length": 64, "editable": False, **options})

    def deconstruct(self) -> Any:
        name, path, arguments, options = super().deconstruct()
        return name, path, [self.field, *arguments], options

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        address = getattr(model_instance, self.field)
        value = digest(address) if address else ""
        setattr(model_instance, self.attname, value)
        return value


class DomainOf(DigestOf):
    """The domain of the address in another field, likewise."""

    def __init__(self, field: str, **options: Any) -> None:
        super().__init__(field, **{"max_length": 253, **options})

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        value = domain_of(getattr(model_instance, self.field))
        setattr(model_instance, self.attname, value)
        return value
