from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.contrib.auth.models import User

from campaigns.campaign import Campaign
from outreach.delivery import Delivery
from outreach.first_start import link_for, prepare
from outreach.roles import OWNER, role_of
from outreach.sign_in import SignInLink
from tests.small_campaign import draft

pytestmark = pytest.mark.django_db


def secret_of(link: str) -> str:
    return link.rpartition("/")[2]


def test_a_new_installation_has_an_owner_the_example_as_a_draft_and_a_link_to_come_in():
    link = prepare()
    assert link.startswith(f"{settings.OUTREACH_URL}/sign-in/")
    assert role_of(User.objects.get()) == OWNER
    campaign = Campaign.objects.get()
    assert (campaign.slug, campaign.status, campaign.published_at) == ("artsakh-2023", "draft", None)
    assert campaign.appeals.count() == 17
    assert not Delivery.objects.exists()


def test_the_link_lets_the_owner_in_once():
    secret = secret_of(prepare())
    real_now = datetime.now(UTC)
    assert SignInLink.use(secret, real_now) == User.objects.get()
    assert SignInLink.use(secret, real_now) is None


def test_nobody_can_sign_in_as_the_owner_with_a_password():
    prepare()
    assert not User.objects.get().has_usable_password()


def test_starting_again_makes_nothing_twice_and_only_the_newest_link_works():
    first = secret_of(prepare())
    second = secret_of(prepare())
    real_now = datetime.now(UTC)
    assert (User.objects.count(), Campaign.objects.count()) == (1, 1)
    assert not SignInLink.is_open(first, real_now)
    assert SignInLink.is_open(second, real_now)


def test_once_the_owner_has_been_in_no_link_is_made_any_more():
    prepare()
    User.objects.update(last_login=datetime.now(UTC))
    assert prepare() == ""


def test_the_example_is_not_loaded_beside_a_campaign_that_is_there():
    draft()
    prepare()
    assert Campaign.objects.get().slug == "bridge"


def test_an_example_that_does_not_hold_keeps_nobody_out(settings, tmp_path):
    settings.CAMPAIGN_FOLDERS = tmp_path
    assert prepare()
    assert not Campaign.objects.exists()


def test_a_link_for_another_person_leaves_the_owners_alone():
    owners = secret_of(prepare())
    link_for(User.objects.create(username="mia", is_staff=True))
    assert SignInLink.is_open(owners, datetime.now(UTC))
