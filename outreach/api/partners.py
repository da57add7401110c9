"""What partners were given, and giving it."""

from base64 import b64encode
from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Query, Router, Schema, Status
from pydantic import Field

from campaigns.moment import now
from outreach.api import find
from outreach.api.access import Request
from outreach.api.page import Page, Window, page_of
from outreach.api.problem import INVALID, NOT_FOUND, Trouble
from outreach.api.values import Given, PathKey, Words
from outreach.partner_export import NoPartner, PartnerExport, hand_over
from outreach.partner_key import NoKey

router = Router(tags=["partners"])


class PartnerExportIn(Given):
    """Whom to give its file. A file that everybody may read is written by the command line alone."""

    partner: str = Field(max_length=60, description="Its key in the campaign")
    certificate: Words = Field(min_length=1, description="The partner's, in PEM: the file is sealed for its key (CMS)")


class PartnerExportOut(Schema):
    """That a partner was given a file."""

    id: UUID
    partner: str
    author: str
    at: datetime
    number: int = Field(description="People in it")
    to_delete: int = Field(description="People the partner is told to delete")
    key: str = Field(description="SHA-256 of the certificate; empty for a plain file")
    sha256: str


class HandedOut(PartnerExportOut):
    """The same, with the file."""

    media_type: str
    content: str = Field(description="The file, in base64; it is not kept")


@router.get("/{slug}/partner-exports", response=Page[PartnerExportOut], summary="List what partners were given")
def list_partner_exports(request: Request, slug: PathKey, window: Query[Window]) -> dict[str, Any]:
    """The newest first; without the files, which are not kept."""
    rows = PartnerExport.objects.filter(campaign=find.campaign(request, slug)).order_by("-at", "id")
    return page_of(request, window, rows, lambda exports: [_told(each) for each in exports])


@router.post("/{slug}/partner-exports", response={201: HandedOut}, summary="Give a partner its file")
def create_partner_export(request: Request, slug: PathKey, data: PartnerExportIn) -> Status[dict[str, Any]]:
    """Who told it yes, and whom it must delete again. That it was given is written down."""
    campaign = find.campaign(request, slug)
    pem = data.certificate.encode()
    try:
        handed = hand_over(campaign, data.partner, certificate=pem, author=request.auth.name, now=now())
    except NoPartner as problem:
        raise Trouble(NOT_FOUND, str(problem)) from problem
    except NoKey as problem:
        raise Trouble(INVALID, str(problem)) from problem
    content = b64encode(handed.content).decode()
    return Status(201, {**_told(handed.export), "media_type": handed.media_type, "content": content})


def _told(kept: PartnerExport) -> dict[str, Any]:
    names = ("id", "partner", "author", "at", "number", "to_delete", "key", "sha256")
    return {name: getattr(kept, name) for name in names}
