"""People of the staff, and a clock that stands where a test puts it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.cache import cache
from django.test import Client

from outreach.clock import tick
from outreach.delivery import Delivery
from outreach.send import drain
from tests.small_campaign import FRIDAY

COUNT = 12  # queries, at the most, that count what needs a person; kept for a quarter of a minute
PASSWORD = "a long password for tests"
Pass = Callable[..., None]


def member(role: str = "organiser", name: str = "mara", password: str | None = None) -> User:
    """Somebody on the staff with that role; without a password, which costs time to hash."""
    user = User.objects.create_user(name, password=password, is_staff=True)
    user.groups.add(Group.objects.get_or_create(name=role)[0])
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def staff(db: None) -> Client:
    """An organiser's browser."""
    return signed_in(member())


@pytest.fixture
def viewer(db: None) -> Client:
    return signed_in(member("viewer", "vera"))


@pytest.fixture(autouse=True)
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """`at(moment)`: it is that moment, for pages and for workers. Before, it is the Friday of publication."""

    def stand(moment: datetime) -> None:
        monkeypatch.setattr("campaigns.moment.now", lambda: moment)
        monkeypatch.setattr("outreach.send.now", lambda: moment)

    stand(FRIDAY)
    return stand


@pytest.fixture
def pass_at(at: Callable[[datetime], None]) -> Pass:
    """`pass_at(campaign, moment)`: let the clock pass, and send what is due."""

    def pass_and_send(campaign: Any, moment: datetime) -> None:
        at(moment)
        tick(campaign, moment)
        for channel, audience in Delivery.objects.due(moment).order_by().values_list("channel", "audience").distinct():
            drain(channel, bulk=audience == "supporters")

    return pass_and_send


@pytest.fixture(autouse=True)
def _nobody_has_tried() -> None:
    cache.clear()
