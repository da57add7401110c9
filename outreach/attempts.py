"""A polite limit on wrong passwords and passcodes: for one name, and for one address."""

import structlog
from django.core.cache import cache
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)
WINDOW = 15 * 60  # seconds
MOST = {"name": 10, "address": 60}


def are_too_many(name: str, address: str) -> bool:
    """Whether to ask for patience before looking at the password. `name`: what somebody tries to open."""
    return any(_count(kind, value) >= MOST[kind] for kind, value in (("name", name), ("address", address)))


def note_wrong(name: str, address: str) -> None:
    for kind, value in (("name", name), ("address", address)):
        try:
            if not cache.add(_key(kind, value), 1, WINDOW):
                cache.incr(_key(kind, value))
        except (RedisError, ValueError):
            log.warning("a wrong password could not be counted")


def _count(kind: str, value: str) -> int:
    try:
        return int(cache.get(_key(kind, value), 0))
    except RedisError:
        return 0  # nobody is locked out because the cache is away; Argon2 is slow enough for a while


def _key(kind: str, value: str) -> str:
    return f"wrong:{kind}:{value.casefold().encode().hex()[:200]}"
