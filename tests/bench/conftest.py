"""Benches in their quick form, on the tests' own database: only to see that they work."""

import os
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.db import connection

from bench.campaign import the_campaign


class Here:
    """In the place of a server of the bench's own, which takes seconds to start and to make its tables."""

    def __enter__(self) -> "Here":
        return self

    def __exit__(self, *_: object) -> None:
        """What was written goes with the test."""

    def cpu(self) -> float:
        return 0.0


@pytest.fixture
def here(transactional_db, monkeypatch) -> Iterator[None]:
    """Processes that a bench starts find the database of this test."""
    named = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    monkeypatch.setenv("DATABASE_URL", named.geturl())
    monkeypatch.setenv("LOG_LEVEL", "WARNING")
    for bench in ("delivery", "events", "signups"):
        monkeypatch.setattr(f"bench.{bench}.Database", Here)
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bare, reference")


@pytest.fixture(autouse=True)
def _no_campaign_of_another_test() -> Iterator[None]:
    the_campaign.cache_clear()
    yield
    the_campaign.cache_clear()
