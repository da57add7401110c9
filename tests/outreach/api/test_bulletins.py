import pytest

from outreach.bulletin import Bulletin
from outreach.hear import read_bulletins
from outreach.roles import VIEWER
from tests.outreach.api.asking import get, post, problem
from tests.outreach.bulletins import told_oddities


@pytest.fixture
def odd(db) -> Bulletin:
    return told_oddities()


def test_programs_see_it_and_settle_it(odd, api):
    told = get(api, "/bulletins")
    assert [each["id"] for each in told["unreadable"]] == [odd.pk]
    assert told["loose"][0]["said"] == "delivered"
    assert post(api, f"/bulletins/{odd.pk}/reading").status_code == 200
    read_bulletins()
    assert api.delete(f"/api/v1/bulletins/{odd.pk}").status_code == 200
    problem(api.delete(f"/api/v1/bulletins/{odd.pk}"), 409)
    problem(api.delete("/api/v1/bulletins/999999"), 404)
    assert get(api, "/bulletins")["unreadable"] == []


def test_who_may_only_look_changes_nothing(odd, caller):
    problem(caller(role=VIEWER).delete(f"/api/v1/bulletins/{odd.pk}"), 403)
