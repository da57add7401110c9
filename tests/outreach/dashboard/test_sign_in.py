from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client

from outreach.sign_in import SignInLink
from tests.outreach.dashboard.conftest import PASSWORD, member

pytestmark = pytest.mark.django_db


def link(user, age=timedelta()) -> str:
    return f"/sign-in/{SignInLink.issue(user, datetime.now(UTC) - age)}"


def test_opening_a_link_changes_nothing_and_its_button_signs_in_once(client):
    address = link(member())
    for _ in range(2):
        page = client.get(address)
        assert page.status_code == 200
        assert "Sign in</button>" in page.text
    assert client.get("/").status_code == 302
    assert client.post(address).url == "/"
    assert client.get("/").status_code == 200
    assert Client().post(address).status_code == 410


def test_a_link_more_than_a_day_old_says_so(client):
    page = client.get(link(member(), timedelta(days=2)))
    assert page.status_code == 410
    assert "more than a day old" in page.text


def test_a_link_of_somebody_who_is_not_on_the_staff_signs_nobody_in(client):
    assert client.post(link(User.objects.create_user("guest"))).status_code == 410
    assert client.get("/").status_code == 302


def test_a_name_and_its_password_lead_to_the_page_that_was_wanted(client):
    member(password=PASSWORD)
    assert client.get("/campaigns/bridge").url == "/sign-in?next=/campaigns/bridge"
    answer = client.post("/sign-in", {"name": "mara", "password": PASSWORD, "next": "/campaigns/bridge"})
    assert answer.url == "/campaigns/bridge"


def test_signing_in_never_leads_to_another_site(client):
    member(password=PASSWORD)
    answer = client.post("/sign-in", {"name": "mara", "password": PASSWORD, "next": "https://elsewhere.example/"})
    assert answer.url == "/"


def test_a_wrong_password_is_a_problem_at_its_field(client):
    member()
    page = client.post("/sign-in", {"name": "mara", "password": "no"})
    assert page.status_code == 422
    assert "There is a problem" in page.text
    assert "<title>Problem: Sign in" in page.text


def test_after_many_wrong_passwords_even_the_right_one_has_to_wait(client):
    member(password=PASSWORD)
    for _ in range(10):
        client.post("/sign-in", {"name": "mara", "password": "no"})
    page = client.post("/sign-in", {"name": "mara", "password": PASSWORD})
    assert page.status_code == 429
    assert "quarter of an hour" in page.text


def test_somebody_who_is_not_on_the_staff_cannot_sign_in(client):
    User.objects.create_user("guest", password=PASSWORD)
    assert client.post("/sign-in", {"name": "guest", "password": PASSWORD}).status_code == 422


def test_signing_out_takes_a_post(staff):
    assert staff.get("/sign-out").status_code == 405
    staff.post("/sign-out")
    assert staff.get("/").status_code == 302


def test_a_page_that_updates_itself_after_signing_out_keeps_what_it_shows(client):
    assert client.get("/", headers={"HX-Request": "true"}).status_code == 401


def test_a_form_without_its_token_is_refused():
    client = Client(enforce_csrf_checks=True)
    client.force_login(member())
    assert client.post("/sign-out").status_code == 403
