"""What a new installation needs to be of use at once: an owner who can come in, and the example to look at."""

from datetime import UTC, datetime
from pathlib import Path

import structlog
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.db import transaction

from campaigns.campaign import Campaign
from campaigns.folder.check import check
from campaigns.folder.load import load
from campaigns.moment import now
from outreach.roles import OWNER
from outreach.sign_in import SignInLink

log = structlog.get_logger(__name__)
EXAMPLE = "artsakh-2023"


def prepare() -> str:
    """Make the owner and load the example, if they are not there. Answers a one-time link until one was used."""
    owner = _owner()
    if not Campaign.objects.exists():
        _load_example()
    return "" if owner.last_login else link_for(owner)


def link_for(user: User) -> str:
    """A new one-time link for `user`; those made before stop working."""
    real_now = datetime.now(UTC)
    SignInLink.objects.filter(user=user, used_at=None).update(used_at=real_now)
    return f"{settings.OUTREACH_URL}/sign-in/{SignInLink.issue(user, real_now)}"


@transaction.atomic
def _owner() -> User:
    owner, is_new = User.objects.get_or_create(
        username=OWNER, defaults={"is_staff": True, "is_superuser": True, "first_name": "Owner"}
    )
    if is_new:
        owner.set_unusable_password()
        owner.save()
        owner.groups.add(Group.objects.get_or_create(name=OWNER)[0])
    return owner


def _load_example() -> None:
    folder = Path(settings.CAMPAIGN_FOLDERS) / EXAMPLE
    report = check(folder)
    if report.campaign is None:
        log.warning("the example campaign was not loaded", defects=[str(defect) for defect in report.defects])
        return
    load(report.campaign, now())
    log.info("the example campaign is there as a draft", campaign=EXAMPLE)
