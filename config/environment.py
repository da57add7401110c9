"""What the environment says, read once and refused with a sentence if it makes no sense."""

import os
import re
from datetime import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from channels.channel import CHANNELS
from channels.domain import domain_problem
from channels.imap_box import ImapAddress
from channels.lookups import lookup_at
from channels.mail_receiver import Listening
from channels.sendgrid_news import public_key
from config.embedded.folder import Folder


def switch(name: str) -> bool:
    """Whether a setting is on: 1, true, yes or on."""
    said = os.environ.get(name, "").strip().lower()
    if said not in ("", "0", "false", "no", "off", "1", "true", "yes", "on"):
        raise ImproperlyConfigured(f"{name} is {said!r}; say 1 or 0")
    return said in ("1", "true", "yes", "on")


def count(name: str, default: int) -> int:
    """A whole number from 1 on."""
    said = os.environ.get(name, "").strip() or str(default)
    if not said.isdecimal() or not 1 <= int(said) <= 10_000:
        raise ImproperlyConfigured(f"{name} is {said!r}; say a whole number from 1 to 10,000")
    return int(said)


def time_of_day(name: str, default: str) -> time:
    """A time of the day, as in 10:00."""
    said = os.environ.get(name, "").strip() or default
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", said):
        raise ImproperlyConfigured(f"{name} is {said!r}; say a time of the day, as in {default}")
    return time.fromisoformat(said)


def is_embedded() -> bool:
    """Whether this installation keeps its own PostgreSQL: no DATABASE_URL was given."""
    return not os.environ.get("DATABASE_URL")


def database() -> dict[str, Any]:
    """Django's connection from DATABASE_URL, or the embedded PostgreSQL's. Kept open; tried again before each use."""
    url = os.environ.get("DATABASE_URL") or Folder.of_this_installation().database_url
    try:
        parts: dict[str, Any] = dict(conninfo_to_dict(url))
    except ProgrammingError as problem:
        raise ImproperlyConfigured(f"DATABASE_URL is not a PostgreSQL address: {problem}") from None
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", "outreach"),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 10, "application_name": "outreach", **parts},
    }


def redis_url() -> str:
    """REDIS_URL, or the embedded Valkey's address."""
    return os.environ.get("REDIS_URL") or Folder.of_this_installation().redis_url


def secret_key() -> str:
    """SECRET_KEY; only an installation with its own services may have one made for it."""
    given = os.environ.get("SECRET_KEY", "")
    if not given and not is_embedded():
        raise ImproperlyConfigured("SECRET_KEY is not set: give at least 50 random characters, the same to every role")
    return given or Folder.of_this_installation().secret_key()


def old_secret_keys() -> list[str]:
    """SECRET_KEY_FALLBACKS, with spaces between: what was signed with these still holds while SECRET_KEY is changed."""
    return os.environ.get("SECRET_KEY_FALLBACKS", "").split()


def public_url() -> str:
    """OUTREACH_URL without a slash at its end: the base of every link in a letter."""
    url = os.environ.get("OUTREACH_URL") or "http://127.0.0.1:8000"
    if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
        raise ImproperlyConfigured(f"OUTREACH_URL is {url!r}; give the whole address, as in https://outreach.example")
    return url.rstrip("/")


def hosts(url: str) -> list[str]:
    """The names this server answers to: the public one, and this machine's own."""
    return sorted({urlsplit(url).hostname or "", "127.0.0.1", "localhost", "[::1]"})


def wires() -> dict[str, str | None]:
    """Channel → address of its wire, from OUTREACH_EMAIL, OUTREACH_X and so on. None: nothing leaves by itself."""
    return {channel: os.environ.get(f"OUTREACH_{channel.upper()}") or None for channel in CHANNELS}


def sendgrid_events_keys() -> list[str]:
    """OUTREACH_SENDGRID_EVENTS_KEY: the verification key of SendGrid's event webhook; two, with a space between, while
    one takes the other's place.
    """
    keys = os.environ.get("OUTREACH_SENDGRID_EVENTS_KEY", "").split()
    try:
        for key in keys:
            public_key(key)
    except ValueError as problem:
        raise ImproperlyConfigured(f"OUTREACH_SENDGRID_EVENTS_KEY is not understood: {problem}") from None
    return keys


def reply_domain() -> str:
    """OUTREACH_REPLY_DOMAIN: the domain whose mail comes to us, where each appeal has an address for its answers."""
    domain = os.environ.get("OUTREACH_REPLY_DOMAIN", "").strip().lower()
    if domain and (problem := domain_problem(domain)):
        raise ImproperlyConfigured(f"OUTREACH_REPLY_DOMAIN: {problem}")
    return domain


def bounces() -> str:
    """OUTREACH_BOUNCES: the address bounces come back to; `bounces@` the reply domain by default."""
    address = os.environ.get("OUTREACH_BOUNCES", "").strip() or (f"bounces@{reply_domain()}" if reply_domain() else "")
    if address and (problem := CHANNELS["email"].address_problem(address)):
        raise ImproperlyConfigured(f"OUTREACH_BOUNCES: {problem}")
    return address


def trusted_servers() -> list[str]:
    """OUTREACH_MAIL_TRUSTED: the names under which our own mail servers write Authentication-Results, with spaces."""
    return os.environ.get("OUTREACH_MAIL_TRUSTED", "").lower().split()


def parse_secrets() -> list[str]:
    """OUTREACH_PARSE_SECRET: the end of the address to which SendGrid posts mail; two, with a space between, while one
    takes the other's place.
    """
    secrets = os.environ.get("OUTREACH_PARSE_SECRET", "").split()
    if any(not re.fullmatch(r"[A-Za-z0-9_-]{24,100}", each) for each in secrets):
        raise ImproperlyConfigured("OUTREACH_PARSE_SECRET is wrong: give 24 letters and digits or more")
    return secrets


def mail_listen() -> Listening | None:
    """OUTREACH_MAIL_LISTEN: where our own mail server listens, as in lmtp://127.0.0.1:2424; None: it does not run."""
    address = os.environ.get("OUTREACH_MAIL_LISTEN", "").strip()
    try:
        return Listening.parse(address) if address else None
    except ValueError as problem:
        raise ImproperlyConfigured(f"OUTREACH_MAIL_LISTEN: {problem}") from None


def mailbox() -> ImapAddress | None:
    """OUTREACH_MAILBOX: a mailbox to look into, as in imaps://user:password@host/INBOX; None: there is none."""
    address = os.environ.get("OUTREACH_MAILBOX", "").strip()
    try:
        return ImapAddress.parse(address) if address else None
    except ValueError as problem:
        raise ImproperlyConfigured(f"OUTREACH_MAILBOX: {problem}") from None


def lookups() -> list[str]:
    """OUTREACH_LOOKUP: services that know divisions, one for a country, with spaces: `civic://:key@ represent://`."""
    addresses = os.environ.get("OUTREACH_LOOKUP", "").split()
    try:
        for address in addresses:
            lookup_at(address)
    except ValueError as problem:
        raise ImproperlyConfigured(f"OUTREACH_LOOKUP: {problem}") from None
    return addresses


def disposable_domains() -> Path | None:
    """A file with more domains of mailboxes for ten minutes, one a line; `#` begins a remark. None without one."""
    said = os.environ.get("OUTREACH_DISPOSABLE_DOMAINS", "").strip()
    if said and not Path(said).is_file():
        raise ImproperlyConfigured(f"OUTREACH_DISPOSABLE_DOMAINS is {said!r}, and there is no such file")
    return Path(said) if said else None


def fonts() -> tuple[Path, ...]:
    """OUTREACH_FONTS: fonts for letters on paper beside our own, with `:` between them."""
    found = tuple(Path(said) for said in os.environ.get("OUTREACH_FONTS", "").split(os.pathsep) if said)
    if missing := [font for font in found if not font.is_file()]:
        raise ImproperlyConfigured(f"OUTREACH_FONTS names {missing[0]}, and there is no such file")
    return found


def beside(package: str, folder: str) -> Path:
    """A folder inside an installed package, which is not loaded for it: workers have no use for the API's pages."""
    found = find_spec(package)
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent / folder
