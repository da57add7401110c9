"""Our own mail server's door: which addresses are ours, and mail kept before it is acknowledged."""

import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import structlog
from django.conf import settings
from django.db import InterfaceError, OperationalError, close_old_connections

from campaigns.moment import now
from channels.mail_receiver import Away, Listening, MailReceiver
from channels.return_path import key_in
from outreach.inbox.mail import LARGEST, take_mail
from outreach.inbox.memory import letters_of, mailbags_of
from outreach.incoming import Incoming
from outreach.letters.alias import letters_at
from outreach.reply_address import appeals_at

log = structlog.get_logger(__name__)


def accepts(address: str) -> bool:
    """Whether mail to this address is for us: that of an appeal, a slip included; that of a supporter's letter; that of
    a message for its bounces, or the one they all begin with; and the postmaster of our domains (RFC 5321, 4.5.1).
    Raises Away.
    """
    local, _, domain = address.lower().rpartition("@")
    bounces, _, bounced_to = settings.BOUNCES.lower().rpartition("@")
    with _database():
        if domain == bounced_to and local.partition("+")[0] == bounces:
            return "+" not in local or bool(letters_of([key_in(address)]) or mailbags_of([key_in(address)]))
        if local == "postmaster" and domain in (settings.REPLY_DOMAIN, bounced_to):
            return True
        return bool(appeals_at([address]) or letters_at([address]))


def keep(raw: bytes, sender: str, recipients: Sequence[str]) -> None:
    """Keep a mail. Raises Away, with nothing kept, if the database cannot take it now."""
    with _database():
        take_mail(raw, door=Incoming.Door.SMTP, now=now(), sender=sender, recipients=recipients)


def run_forever(where: Listening) -> None:
    """Listen until SIGTERM or SIGINT. OSError if the port or a certificate cannot be used."""
    stopping = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stopping.set())
    with MailReceiver(where, accepts, keep, largest=LARGEST) as receiver:
        log.info("mail is taken", port=receiver.port, protocol="LMTP" if where.is_lmtp else "SMTP")
        stopping.wait()
    log.info("no more mail is taken")


@contextmanager
def _database() -> Iterator[None]:
    """Connections that went stale are opened anew; one that cannot be is told to the other server as `later`."""
    close_old_connections()
    try:
        yield
    except (OperationalError, InterfaceError) as problem:
        log.warning("mail waits outside: the database is away", reason=str(problem).strip())
        raise Away from None
