"""Whether anybody listens: the broker and the workers behind it, as seen from outside."""

import redis
from django.conf import settings
from redis.exceptions import RedisError

PATIENCE = 1.0  # seconds
PREFIX = "dramatiq"  # of the broker's own lists


def trouble(queue: str) -> str:
    """Why work that is due is not taken from a queue, in words; empty if nothing is to be seen."""
    try:
        with redis.Redis.from_url(
            settings.REDIS_URL, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE
        ) as broker:
            unread = int(broker.llen(f"{PREFIX}:{queue}"))
    except RedisError:
        return "the broker (REDIS_URL) does not answer, so that no worker hears of it"
    hints = "1 hint lies" if unread == 1 else f"{unread:,} hints lie"
    return f"{hints} unread in the queue “{queue}”; is a worker running?" if unread else ""
