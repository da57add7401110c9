"""Dramatiq on Redis or Valkey: the legs, never the memory. A lost message costs time and nothing else."""

import dramatiq
from django_dramatiq.middleware import DbConnectionsMiddleware
from dramatiq.broker import Consumer
from dramatiq.brokers.redis import RedisBroker
from dramatiq.middleware import AgeLimit, Callbacks, Middleware, Pipelines, ShutdownNotifications, TimeLimit

from config.roles import QUEUES

HEARTBEAT = 5_000  # milliseconds: a killed worker's messages are taken over by another after this long
WAITED_FOR = {"addressees", "transactional"}
"""Queues whose work somebody waits for: a campaign that was just published, a person who looks into their mail."""
GLANCE = 300  # milliseconds between two looks into such a queue while it is empty; into others, a second


class Broker(RedisBroker):
    """It looks for messages; nothing tells it that there is one."""

    def consume(self, queue_name: str, prefetch: int = 1, timeout: int = 5000) -> Consumer:
        """`timeout`: milliseconds between two looks, at the most."""
        wait = min(timeout, GLANCE) if queue_name in WAITED_FOR else timeout
        consumer: Consumer = super().consume(queue_name, prefetch, wait)
        return consumer


def use(redis_url: str) -> Broker:
    """Make the broker on this address the one that actors declared from now on belong to."""
    broker = Broker(  # type: ignore[no-untyped-call]
        url=redis_url, heartbeat_timeout=HEARTBEAT, middleware=middleware()
    )
    for queue in QUEUES:
        broker.declare_queue(queue)
    dramatiq.set_broker(broker)
    return broker


def middleware() -> list[Middleware]:
    """No results and no retries: PostgreSQL knows what is still due, and the clock looks again."""
    return [AgeLimit(), TimeLimit(), ShutdownNotifications(), Callbacks(), Pipelines(), DbConnectionsMiddleware()]
