"""Dramatiq carries hints: quickly, once more if a worker dies, and never by itself again and again."""

import threading
import uuid

import dramatiq
from django.conf import settings
from dramatiq.brokers.redis import RedisBroker
from dramatiq.middleware import Retries
from dramatiq.worker import Worker

from config import broker, roles, worker
from config.embedded.folder import ROOT


def test_every_actor_belongs_to_our_broker_and_to_a_queue_that_is_served() -> None:
    ours = dramatiq.get_broker()
    assert isinstance(ours, RedisBroker)
    assert worker.broker is ours
    assert {actor.queue_name for actor in ours.actors.values()} <= set(roles.QUEUES)
    assert ours.actors


def test_every_module_with_an_actor_is_loaded_by_the_workers() -> None:
    with_actors = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in (ROOT / "outreach").rglob("*.py")
        if "@dramatiq.actor(" in path.read_text(encoding="utf-8")
    }
    assert with_actors <= set(worker.ACTORS)


def test_nothing_is_tried_again_by_the_broker() -> None:
    assert not any(isinstance(each, Retries) for each in broker.middleware())


def test_what_somebody_waits_for_is_looked_for_several_times_a_second_and_the_rest_once() -> None:
    longest = {queue: vars(dramatiq.get_broker().consume(queue, timeout=1000))["timeout"] for queue in roles.QUEUES}
    assert longest == {"addressees": 300, "transactional": 300, "bulk": 1000, "events": 1000}


def test_the_messages_of_a_killed_worker_are_taken_over_within_seconds() -> None:
    ours = dramatiq.get_broker()
    assert isinstance(ours, RedisBroker)
    assert ours.heartbeat_timeout <= 10_000


def test_a_message_reaches_a_worker() -> None:
    own = RedisBroker(url=settings.REDIS_URL, namespace=uuid.uuid4().hex, middleware=broker.middleware())
    arrived = threading.Event()
    dramatiq.actor(broker=own, actor_name="ring", queue_name="events")(lambda: arrived.set()).send()
    hand = Worker(own, worker_threads=1, worker_timeout=50)
    hand.start()
    try:
        assert arrived.wait(10)
    finally:
        hand.stop()
