"""Callers of the API: each with a key of its own."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from campaigns.campaign import Campaign
from outreach.key import ApiKey
from outreach.roles import ORGANISER
from tests.small_campaign import FRIDAY, draft, published

Caller = Callable[..., Client]


@pytest.fixture
def caller(db) -> Caller:
    """`caller(scope=…, role=…)`: a client that sends the key of a member of staff."""

    def make(scope: str = "write", role: str | None = ORGANISER, name: str = "mia") -> Client:
        user, _ = User.objects.get_or_create(username=name, defaults={"is_staff": True, "first_name": name.title()})
        if role:
            user.groups.add(Group.objects.get_or_create(name=role)[0])
        _, secret = ApiKey.issue(user, f"{name}'s key", scope, FRIDAY)
        return Client(headers={"Authorization": f"Bearer {secret}"})

    return make


@pytest.fixture
def api(caller) -> Client:
    return caller()


@pytest.fixture
def bridge(db) -> Campaign:
    """The small campaign, published on a Friday in 2023."""
    return published()


@pytest.fixture
def bridge_draft(db) -> Campaign:
    return draft()
