"""Services that know divisions, asked for what our own map cannot tell; what they say of a postcode is kept a while.

Nothing that is kept says who asked: a postcode's divisions, under a keyed hash of it. A street is never kept.
"""

from collections.abc import Collection

import structlog
from django.conf import settings
from django.core.cache import cache
from django.utils.crypto import salted_hmac
from redis.exceptions import RedisError

from channels.lookups import Division, Lookup, Unanswered, Where, lookup_at
from channels.postcode import plain_postcode

log = structlog.get_logger(__name__)
KEPT = 30 * 24 * 3600  # seconds
KEPT_UNKNOWN = 24 * 3600
Kept = list[tuple[tuple[str, ...], str]]


def service_for(countries: Collection[str]) -> Lookup | None:
    """The first service that knows one of these countries."""
    services = (lookup_at(address) for address in settings.LOOKUPS)
    return next((each for each in services if each.countries & set(countries)), None)


def look_up(where: Where) -> tuple[Division, ...]:
    """The divisions that the place lies in; none, if no service knows the place. Raises Unanswered."""
    service = service_for([where.country])
    if service is None or not plain_postcode(where.postcode):
        return ()
    street = where.street if service.takes_streets else ""
    key = _key(service, where)
    known = _known(key) if not street else None
    if known is not None:
        return tuple(Division(names, title) for names, title in known)
    try:
        found = service.divisions(Where(where.country, where.postcode, street))
    except Unanswered as problem:
        log.warning("a lookup service did not answer", service=service.scheme, reason=str(problem))
        raise
    if not street:
        _keep(key, [(each.names, each.title) for each in found])
    return found


def _key(service: Lookup, where: Where) -> str:
    asked = f"{service.address} {where.country} {plain_postcode(where.postcode)}"
    return f"lookup:{salted_hmac('divisions of a place', asked, algorithm='sha256').hexdigest()}"


def _known(key: str) -> Kept | None:
    try:
        found: Kept | None = cache.get(key)
    except RedisError:
        return None
    return found


def _keep(key: str, divisions: Kept) -> None:
    try:
        cache.set(key, divisions, KEPT if divisions else KEPT_UNKNOWN)
    except RedisError:
        log.warning("what a lookup service said could not be kept")
