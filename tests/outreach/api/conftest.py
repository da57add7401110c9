"""Callers of the API: each with a key of its own; and a campaign that has begun."""

from collections.abc import Callable

import pytest
from _pytest.nodeid import coerce_node_id
from django.contrib.auth.models import Group, User
from django.test import Client

from campaigns.appeal import Appeal
from campaigns.campaign import Campaign
from outreach.clock import tick
from outreach.key import ApiKey
from outreach.roles import ORGANISER
from outreach.send import drain
from tests.small_campaign import FRIDAY, draft, published

Caller = Callable[..., Client]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give each operation that schemathesis tries a name of its own: pytest-xdist runs only one test of each name."""
    for item in items:
        if label := getattr(item, "operation_label", ""):
            item._id = coerce_node_id(f"{item.nodeid}[{label}]")


@pytest.fixture
def caller(db) -> Caller:
    """`caller(scope=…, role=…)`: a client that sends the key of a member of staff."""

    def make(scope: str = "write", role: str = ORGANISER, name: str = "mia") -> Client:
        user, _ = User.objects.get_or_create(username=name, defaults={"is_staff": True, "first_name": name.title()})
        user.groups.set([Group.objects.get_or_create(name=role)[0]])
        _, secret = ApiKey.issue(user, f"{name}'s key", scope, FRIDAY)
        return Client(headers={"Authorization": f"Bearer {secret}"})

    return make


@pytest.fixture
def api(caller) -> Client:
    return caller()


@pytest.fixture
def friday(monkeypatch) -> None:
    """It is the Friday on which the small campaign is published."""
    doors = (
        "holds", "outcomes", "responses", "deliveries", "files", "inbox", "incoming", "tasks", "publications",
        "forecasts", "loading", "queues", "stops", "interventions", "holders",
        "approvals", "invalidations",
    )  # fmt: skip
    for door in doors:
        monkeypatch.setattr(f"outreach.api.{door}.now", lambda: FRIDAY)
    monkeypatch.setattr("outreach.send.now", lambda: FRIDAY)


@pytest.fixture
def bridge_draft(db, friday) -> Campaign:
    return draft()


@pytest.fixture
def bridge(db, friday) -> Campaign:
    """The small campaign, published, its first letters sent."""
    campaign = published()
    tick(campaign, FRIDAY)
    drain("email", bulk=False)
    return campaign


@pytest.fixture
def ann(bridge) -> Appeal:
    return bridge.appeals.get(addressee__key="ann")
