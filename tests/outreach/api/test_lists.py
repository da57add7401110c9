"""Every list comes in parts, and asks the database as often for many rows as for few."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.group import Group, Membership
from campaigns.hold import Hold
from campaigns.outcome import record_outcome
from campaigns.publication import publish
from outreach.clock import tick
from outreach.response import Response
from tests.outreach.api.asking import get
from tests.small_campaign import FRIDAY, addressee, draft

LISTS = (
    "/campaigns",
    "/holds",
    *(
        f"/campaigns/many/{noun}"
        for noun in ("addressees", "steps", "wordings", "appeals", "outcomes", "responses", "deliveries")
    ),
)


@pytest.fixture
def many(db, friday):
    """A campaign with so many addressees, each with all that can happen to one."""

    def make(number: int) -> None:
        campaign = draft(f"many{number}" if number > 3 else "many")
        group = Group.objects.get(campaign=campaign, key="council")
        for n in range(number - 3):
            Membership.objects.create(group=group, addressee=addressee(f"office-{number}-{n}"), capacity="member")
        tick(publish(campaign, FRIDAY), FRIDAY)
        for appeal in campaign.appeals.all():
            demand = campaign.demands.get(key="open")
            record_outcome(appeal, demand, "refused", evidence="a letter", author="Mia", now=FRIDAY)
            Response.objects.create(appeal=appeal, channel="email", received_at=FRIDAY, recorded_by="Mia")
            Hold.objects.place(addressee=appeal.addressee, campaign=campaign, reason="talks", author="Mia", now=FRIDAY)

    return make


def test_a_list_asks_the_database_no_more_often_for_many_rows_than_for_few(api, many):
    many(3)
    few = {path: queries(api, path) for path in LISTS}
    many(9)
    assert {path: queries(api, path.replace("many", "many9")) for path in LISTS} == few


def queries(api, path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        get(api, path)
    return len(asked)


def test_the_parts_of_a_list_are_linked_and_together_are_the_list(api, many):
    many(3)
    whole = [appeal["id"] for appeal in get(api, "/campaigns/many/appeals")["items"]]
    first = get(api, "/campaigns/many/appeals?limit=2&status=waiting")
    second = get(api, first["next"].removeprefix("/api/v1"))
    assert [appeal["id"] for page in (first, second) for appeal in page["items"]] == whole
    assert (first["total"], first["previous"], second["next"]) == (3, None, None)
    assert get(api, second["previous"].removeprefix("/api/v1")) == first


def test_beyond_the_end_of_a_list_is_nothing(api, many):
    many(3)
    beyond = get(api, "/campaigns?offset=500")
    assert (beyond["items"], beyond["total"], beyond["next"]) == ([], 1, None)
