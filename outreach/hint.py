"""Hints to workers. A broker that is away loses nothing: the clock looks again and hints again."""

import dramatiq
import structlog
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)


def give_hint(actor: "dramatiq.Actor[..., None]", *about: str) -> bool:
    """Tell workers that there is work for this actor. False if the broker is away."""
    try:
        actor.send(*about)
    except (RedisError, dramatiq.errors.BrokerConnectionError) as away:
        log.warning("the broker is away; work waits for the next pass", reason=str(away))
        return False
    return True
