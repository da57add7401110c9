"""What can be wrong with an installation, found before it hurts."""

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from config.embedded.child import CannotStart
from config.embedded.folder import ROOT

PACKAGES = ("campaigns", "channels", "config", "outreach")


def complaints() -> Iterator[str]:
    """A sentence for each thing that is wrong; the servers are started for a moment if they do not run."""
    yield from foreign_packages()
    yield from wrong_wires()
    yield from closed_doors()
    yield from missing_servers()


def foreign_packages() -> Iterator[str]:
    """Other distributions have packages with our names; installed beside us, they would be imported instead."""
    for name in PACKAGES:
        found = find_spec(name)
        places = list(found.submodule_search_locations or []) if found else []
        if places != [str(ROOT / name)]:
            yield f"`{name}` is not ours: Python finds {places or 'nothing'} instead of {ROOT / name}"


def wrong_wires() -> Iterator[str]:
    """Addresses of wires that do not make sense, keys that cannot be used: what would stop the first message."""
    from django.conf import settings

    from channels.wire import configured

    for channel, address in settings.CHANNELS.items():
        try:
            configured(channel, address)
        except ValueError as problem:
            yield f"OUTREACH_{channel.upper()}: {problem}"


def closed_doors() -> Iterator[str]:
    """Addresses in letters to which nobody listens; doors that cannot be opened."""
    from django.conf import settings

    from channels.imap_box import BoxClosed, opened

    has_door = settings.PARSE_SECRETS or settings.MAIL_LISTEN or settings.MAILBOX
    if settings.REPLY_DOMAIN and not has_door:
        doors = "OUTREACH_PARSE_SECRET, OUTREACH_MAIL_LISTEN or OUTREACH_MAILBOX"
        yield f"OUTREACH_REPLY_DOMAIN is set, but answers have no door to come in by: set {doors}"
    if settings.MAIL_LISTEN:
        try:
            settings.MAIL_LISTEN.tls()
        except OSError as problem:
            yield f"OUTREACH_MAIL_LISTEN: the certificate cannot be used: {problem}"
    if settings.MAILBOX:
        try:
            with opened(settings.MAILBOX):
                pass
        except BoxClosed as problem:
            yield f"OUTREACH_MAILBOX: {problem}"


def missing_servers() -> Iterator[str]:
    """The database and the queue must answer."""
    import redis
    from django.conf import settings
    from django.db import DatabaseError, connection

    from config.command import database

    try:
        with database():
            connection.ensure_connection()
            redis.from_url(settings.REDIS_URL).ping()
            yield from old_seals()
    except (CannotStart, DatabaseError, redis.RedisError) as problem:
        yield str(problem)
    if not Path(settings.ROOT / "templates").is_dir():
        yield f"the pages are missing: there is no {settings.ROOT / 'templates'}"


def old_seals() -> Iterator[str]:
    """What is sealed under a secret from before should be sealed anew. The database is open."""
    from outreach.reseal import old_columns

    if old := old_columns():
        yield f"sealed under an earlier SECRET_KEY: {', '.join(old)}; run `outreach reseal`"
