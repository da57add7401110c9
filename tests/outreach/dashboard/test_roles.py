import pytest
from django.contrib.auth.models import AnonymousUser, User

from outreach.roles import may_change, role_of
from tests.outreach.dashboard.conftest import member, signed_in
from tests.small_campaign import draft

pytestmark = pytest.mark.django_db
LOOKING = (
    "/",
    "/campaigns/bridge",
    "/campaigns/bridge/hold",
    "/campaigns/bridge/addressees",
    "/campaigns/bridge/addressees/ann",
    "/campaigns/bridge/deliveries",
    "/campaigns/bridge/forecast",
    "/campaigns/bridge/wordings",
    "/campaigns/bridge/wordings/letter/email/en",
    "/campaigns/bridge/wordings/letter/email/en/html",
)
DEEDS = (
    "/campaigns/bridge/publish",
    "/campaigns/bridge/holds",
    "/campaigns/bridge/resume",
    "/campaigns/bridge/addressees/ann/outcomes",
    "/campaigns/bridge/addressees/ann/responses",
)


@pytest.mark.parametrize("role", ["organiser", "approver"])
def test_organisers_and_those_above_may_change_things(role):
    assert may_change(member(role))


def test_a_superuser_is_an_owner():
    assert role_of(User.objects.create_superuser("root")) == "owner"


def test_staff_without_a_role_may_only_look():
    user = User.objects.create_user("new", is_staff=True)
    assert role_of(user) == "viewer"
    assert not may_change(user)


def test_strangers_have_no_role():
    assert role_of(AnonymousUser()) is None


@pytest.mark.parametrize("path", LOOKING)
def test_a_viewer_sees_every_page(viewer, path):
    draft()
    assert viewer.get(path).status_code == 200


@pytest.mark.parametrize("path", DEEDS)
def test_a_viewer_may_not_do_what_changes_something(viewer, path):
    draft()
    page = viewer.post(path, {"slug": "bridge", "reason": "why not", "on": "campaign"})
    assert page.status_code == 403
    assert "change nothing" in page.text


@pytest.mark.parametrize("path", DEEDS)
def test_a_deed_takes_a_post(staff, path):
    draft()
    assert staff.get(path).status_code == 405


@pytest.mark.parametrize("path", [*LOOKING, *DEEDS])
def test_nobody_gets_anywhere_without_signing_in(client, path):
    draft()
    assert client.post(path).status_code in (302, 405)
    if path in LOOKING:
        assert client.get(path).url.startswith("/sign-in")


def test_somebody_who_is_not_on_the_staff_is_told_so():
    page = signed_in(User.objects.create_user("guest")).get("/")
    assert page.status_code == 403
    assert "staff" in page.text


@pytest.mark.parametrize("path", ["", "/addressees/nobody", "/wordings/letter/email/xx", "/wordings/none/email/en"])
def test_what_is_not_there_is_a_404(staff, path):
    draft()
    missing = f"/campaigns/bridge{path}" if path else "/campaigns/none"
    assert staff.get(missing).status_code == 404


def test_a_page_that_is_not_there_leads_back_to_the_campaigns(staff):
    page = staff.get("/campaigns/none")
    assert page.status_code == 404
    assert "Nothing is here" in page.text
