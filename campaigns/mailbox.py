"""Which mailbox an address leads to: several spellings may be one, by the rules of who runs the domain."""

from django.db import models

from campaigns.address import DigestOf, digest, digests, domain_of

ONE = {
    "googlemail.com": "gmail.com",
    "me.com": "icloud.com",
    "mac.com": "icloud.com",
    "pm.me": "proton.me",
    "protonmail.com": "proton.me",
    "protonmail.ch": "proton.me",
    "ya.ru": "yandex.ru",
    "yandex.com": "yandex.ru",
    "yandex.by": "yandex.ru",
    "yandex.kz": "yandex.ru",
    "yandex.ua": "yandex.ru",
}
"""Domains whose addresses lead to the mailbox of the same name at another one."""

DOTLESS = {"gmail.com", "proton.me"}
"""Where dots in the name mean nothing: at Gmail; at Proton, where hyphens and underscores do not count either."""

TAGGED = {"gmail.com", "icloud.com", "proton.me", "yandex.ru", "outlook.com", "hotmail.com", "live.com", "msn.com",
          "fastmail.com", "fastmail.fm", "mailbox.org", "posteo.de"}  # fmt: skip
"""Where what follows a plus sign means nothing. Elsewhere it may be a name of its own."""


def mailbox_of(address: str) -> str:
    """The address in the one spelling that stands for its mailbox; empty for what is no address with a domain."""
    name, domain = address.strip().casefold().rpartition("@")[0], domain_of(address)
    if not (name and domain):
        return ""
    domain = ONE.get(domain, domain)
    if domain in TAGGED:
        name = name.partition("+")[0] or name
    if domain in DOTLESS:
        name = name.replace(".", "") or name
    if domain == "proton.me":
        name = name.replace("-", "").replace("_", "") or name
    if domain == "yandex.ru":
        name = name.replace(".", "-")
    return f"{name}@{domain}"


def mailboxes(address: str) -> list[str]:
    """The hash of its mailbox under SECRET_KEY, and under each secret from before it was changed."""
    mailbox = mailbox_of(address)
    return digests(mailbox) if mailbox else []


def known_by(address: str) -> list[str]:
    """The hashes by which an address is known: its own, and those of the mailbox that it is one name of."""
    return [*digests(address), *mailboxes(address)]


class MailboxOf(DigestOf):
    """The keyed hash of the mailbox of the address in another field, made whenever a row is saved."""

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        mailbox = mailbox_of(getattr(model_instance, self.field))
        value = digest(mailbox) if mailbox else ""
        setattr(model_instance, self.attname, value)
        return value
