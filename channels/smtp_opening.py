"""How a conversation with a mail server begins, up to the first letter; whoever has the connection says the lines."""

import smtplib
import ssl
from collections.abc import Generator
from enum import Enum

from channels.smtp_address import SmtpAddress
from channels.smtp_login import login
from channels.smtp_offer import Offer
from channels.smtp_reply import Reply


class Act(Enum):
    """What is to be done where nothing is to be said: listen, or turn on TLS, which gives no reply of its own."""

    LISTEN = "listen"
    ENCRYPT = "encrypt"


ENCRYPTED = Reply(220, "")
Opening = Generator[str | Act, Reply, Offer]


def opening(where: SmtpAddress, own_name: str) -> Opening:
    """Yields each command, or act, and is sent the reply (ENCRYPTED after ENCRYPT); returns what the server offers.

    Raises one of `smtplib`'s exceptions if there is no way to go on.
    """
    greeting = yield Act.LISTEN
    if greeting.code != 220:
        raise smtplib.SMTPConnectError(greeting.code, greeting.text)
    offer = yield from _hello(own_name)
    if _wants_starttls(where, offer):
        reply = yield "STARTTLS"
        if reply.code != 220:
            raise smtplib.SMTPResponseException(reply.code, reply.text)
        yield Act.ENCRYPT
        offer = yield from _hello(own_name)
    if where.user:
        yield from login(where.user, where.password, offer.logins)
    return offer


def tls_context(where: SmtpAddress) -> ssl.SSLContext:
    """Certificates are always checked, against the address's `ca` if it has one."""
    return ssl.create_default_context(cafile=where.ca or None)


def own_name(where: SmtpAddress, own_address: str) -> str:
    """How we name ourselves: the domain if it is known, else our address as RFC 5321 (4.1.3) writes it."""
    return where.domain or (f"[IPv6:{own_address}]" if ":" in own_address else f"[{own_address}]")


def _hello(own_name: str) -> Opening:
    reply = yield f"EHLO {own_name}"
    if reply.code // 100 == 2:
        return Offer.of(reply)
    reply = yield f"HELO {own_name}"
    if reply.code // 100 == 2:
        return Offer()
    raise smtplib.SMTPHeloError(reply.code, reply.text)


def _wants_starttls(where: SmtpAddress, offer: Offer) -> bool:
    if where.tls or where.starttls == "never":
        return False
    if not offer.starttls and where.starttls == "required":
        raise smtplib.SMTPNotSupportedError("the server does not offer STARTTLS, which is required")
    return offer.starttls
