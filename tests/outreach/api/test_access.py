"""Who may ask, and what for."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from outreach.key import ApiKey
from outreach.roles import APPROVER, ORGANISER, OWNER, VIEWER
from tests.outreach.api.asking import get, post, problem
from tests.small_campaign import FRIDAY

HOLD = {"campaign": "bridge", "reason": "talks"}


def session(role: str) -> tuple[Client, str]:
    """A signed-in member of staff whose browser checks CSRF, and the token of the page."""
    user = User.objects.create_user("sam", is_staff=True)
    user.groups.add(Group.objects.get_or_create(name=role)[0])
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(user)
    token = browser.get("/api/v1/docs").content.decode().partition('data-csrf-token="')[2].partition('"')[0]
    return browser, token


def test_without_a_key_nothing_is_shown(client, bridge):
    answer = client.get("/api/v1/campaigns")
    problem(answer, 401)
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    problem(post(client, "/holds", HOLD), 401)


@pytest.mark.parametrize(
    "sent", ["Bearer", "Bearer ", "Bearer outreach_nonsense", "Basic bWlhOm1pYQ==", "Bearer \u00e9"]
)
def test_a_key_that_does_not_stand_is_no_key(client, bridge, sent):
    problem(client.get("/api/v1/campaigns", headers={"Authorization": sent}), 401)


def test_a_revoked_key_opens_nothing(api, bridge):
    get(api, "/campaigns")
    ApiKey.objects.get().revoke(FRIDAY)
    problem(api.get("/api/v1/campaigns"), 401)


def test_a_key_that_only_reads_changes_nothing(caller, bridge):
    reader = caller(scope="read")
    assert get(reader, "/campaigns")["total"] == 1
    for refused in (
        post(reader, "/holds", HOLD),
        post(reader, "/campaigns", {}),
        reader.put("/api/v1/campaigns/bridge", {}, content_type="application/json"),
        reader.delete("/api/v1/holds/00000000-0000-0000-0000-000000000000"),
    ):
        assert problem(refused, 403)["detail"] == "The key “mia's key” may read, and change nothing"
    assert get(reader, "/holds")["total"] == 0


@pytest.mark.parametrize(("role", "status"), [(VIEWER, 403), (ORGANISER, 201), (APPROVER, 201), (OWNER, 201)])
def test_a_key_may_change_what_its_person_may(caller, bridge, role, status):
    assert post(caller(role=role), "/holds", HOLD).status_code == status


def test_the_key_of_somebody_who_left_the_staff_shows_nothing(caller, bridge):
    api = caller()
    User.objects.update(is_staff=False)
    assert "not a member of staff" in problem(api.get("/api/v1/campaigns"), 403)["detail"]


def test_a_signed_in_organiser_needs_the_token_of_the_page_to_change_something(bridge):
    browser, token = session(ORGANISER)
    assert get(browser, "/campaigns")["total"] == 1
    assert "X-CSRFToken" in problem(post(browser, "/holds", HOLD), 403)["detail"]
    assert post(browser, "/holds", HOLD, X_CSRFToken=token).status_code == 201


def test_a_signed_in_viewer_changes_nothing(bridge):
    browser, token = session(VIEWER)
    problem(post(browser, "/holds", HOLD, X_CSRFToken=token), 403)


def test_a_wrong_key_is_not_made_good_by_a_session(bridge):
    browser, _ = session(OWNER)
    problem(browser.get("/api/v1/campaigns", headers={"Authorization": "Bearer outreach_nonsense"}), 401)
