"""Finding one thing among those the caller may see; what they may not see is not there."""

from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

from campaigns.addressee import Addressee
from campaigns.appeal import Appeal
from campaigns.campaign import Campaign
from outreach.api.access import Request
from outreach.api.problem import INVALID, NOT_FOUND, Fault, Trouble

Found = TypeVar("Found", bound=Model)


def find(rows: QuerySet[Found], sentence: str, **by: Any) -> Found:
    """The one row. Raises Trouble (404) with `sentence`."""
    found = rows.filter(**by).first()
    if found is None:
        raise Trouble(NOT_FOUND, sentence)
    return found


def campaign(request: Request, slug: str) -> Campaign:
    """Raises Trouble (404)."""
    return find(Campaign.objects.visible_to(request.auth.user), f"There is no campaign “{slug}”", slug=slug)


def appeals(request: Request) -> QuerySet[Appeal]:
    """Those the caller may see, each with its campaign."""
    return Appeal.objects.visible_to(request.auth.user).select_related("campaign", "addressee", "step")


def appeal(request: Request, pk: UUID) -> Appeal:
    """With its campaign. Raises Trouble (404)."""
    return find(appeals(request), f"There is no appeal {pk}", pk=pk)


def addressees(request: Request) -> QuerySet[Addressee]:
    """Those of campaigns the caller may see."""
    visible = Campaign.objects.visible_to(request.auth.user)
    return Addressee.objects.filter(memberships__group__campaign__in=visible).distinct()


def named(rows: QuerySet[Found], field: str, sentence: str, **by: Any) -> Found:
    """The row a field of the body names. Raises Trouble (422) that points to the field."""
    found = rows.filter(**by).first()
    if found is None:
        raise Trouble(INVALID, sentence, [Fault(location=f"body/{field}", detail=sentence)])
    return found
