"""A letter leaves as soon as its campaign is published, if a worker is idle; and all the same if the hint is lost."""

import dramatiq
import pytest

from campaigns.publication import NotPublishable
from outreach.begin import begin, publish
from outreach.delivery import Delivery
from tests.small_campaign import FRIDAY, draft


@pytest.fixture
def hints(monkeypatch) -> list[tuple[str, ...]]:
    """What is told to workers."""
    told: list[tuple[str, ...]] = []
    monkeypatch.setattr(dramatiq.Actor, "send", lambda actor, *what: told.append((actor.actor_name, *what)))
    return told


def test_publishing_tells_an_idle_worker_to_begin(db, django_capture_on_commit_callbacks, hints):
    with django_capture_on_commit_callbacks(execute=True):
        publish(draft(), FRIDAY)
    assert hints == [("begin", "bridge")]


def test_who_begins_writes_the_first_letters_and_tells_who_sends(db, hints):
    publish(draft(), FRIDAY)
    begin("bridge")
    assert Delivery.objects.filter(state="due").count() == 3
    assert hints == [("send_letters", "email")]
    begin("bridge")
    assert Delivery.objects.count() == 3


def test_what_cannot_be_published_begins_nothing(db, django_capture_on_commit_callbacks, hints):
    running = publish(draft(), FRIDAY)
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(NotPublishable):
        publish(running, FRIDAY)
    assert hints == []


def test_a_campaign_that_is_gone_is_no_failure(db, hints):
    begin("nobody")
    assert hints == []
