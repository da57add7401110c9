"""Dramatiq on Redis or Valkey: the legs, never the memory. A lost message costs time and nothing else."""

import dramatiq
from django_dramatiq.middleware import DbConnectionsMiddleware
from dramatiq.brokers.redis import RedisBroker
from dramatiq.middleware import AgeLimit, Callbacks, Middleware, Pipelines, ShutdownNotifications, TimeLimit

from config.roles import QUEUES

HEARTBEAT = 5_000  # milliseconds: a killed worker's messages are taken over by another after this long


def use(redis_url: str) -> RedisBroker:
    """Make the broker on this address the one that actors declared from now on belong to."""
    broker = RedisBroker(  # type: ignore[no-untyped-call]
        url=redis_url, heartbeat_timeout=HEARTBEAT, middleware=middleware()
    )
    for queue in QUEUES:
        broker.declare_queue(queue)
    dramatiq.set_broker(broker)
    return broker


def middleware() -> list[Middleware]:
    """No results and no retries: PostgreSQL knows what is still due, and the clock looks again."""
    return [AgeLimit(), TimeLimit(), ShutdownNotifications(), Callbacks(), Pipelines(), DbConnectionsMiddleware()]
