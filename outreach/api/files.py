"""Files that show what an addressee did, or that came with an answer: kept sealed, given back as they came."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router, Schema, Status
from pydantic import Field

from campaigns.appeal import Appeal
from campaigns.moment import now
from outreach.api import find
from outreach.api.access import Request
from outreach.api.page import Page, Window, page_of
from outreach.api.problem import CONFLICT, Trouble
from outreach.exhibit import Exhibit, keep_exhibit
from outreach.sealed_file import KINDS, SECRET_IS_GONE, download

router = Router(tags=["files"])
FILE = {"schema": {"type": "string", "format": "binary"}}
CONTENT = dict.fromkeys(KINDS, FILE)
FILE_ANSWER = {"responses": {200: {"description": "The file", "content": CONTENT}}}
FILE_BODY = {"requestBody": {"required": True, "content": CONTENT}}
FileName = Annotated[str, Query(max_length=200, description="What the file is called")]


class FileOut(Schema):
    """A file that shows what an addressee did."""

    id: UUID
    appeal: UUID
    name: str
    media_type: str
    size: int = Field(description="Bytes")
    sha256: str = Field(description="Of the file as it came")
    added_by: str
    at: datetime
    url: str


@router.get("/appeals/{appeal_id}/files", response=Page[FileOut], summary="List the files of an appeal")
def list_files(request: Request, appeal_id: UUID, window: Query[Window]) -> dict[str, Any]:
    """What is kept as evidence of what this addressee did, oldest first."""
    rows = find.appeal(request, appeal_id).exhibits.defer("content")
    return page_of(request, window, rows, lambda found: map(_describe, found))


@router.post(
    "/appeals/{appeal_id}/files", response={201: FileOut}, openapi_extra=FILE_BODY, summary="Add a file as evidence"
)
def create_file(request: Request, appeal_id: UUID, name: FileName = "file") -> Status[dict[str, Any]]:
    """The body is the file: a photograph or a PDF of at most 5 MB, known by its content. Then record an outcome."""
    appeal = find.appeal(request, appeal_id)
    exhibit = keep_exhibit(appeal, request.body, name=name, by=request.auth.name, now=now())
    return Status(201, _describe(exhibit))


@router.get("/files/{file_id}", response=None, openapi_extra=FILE_ANSWER, summary="Download a file")
def show_file(request: Request, file_id: UUID) -> HttpResponse:
    """The file as it came."""
    rows = Exhibit.objects.filter(appeal__in=Appeal.objects.visible_to(request.auth.user))
    exhibit = find.find(rows, f"There is no file {file_id}", pk=file_id)
    content = exhibit.opened()
    if content is None:
        raise Trouble(CONFLICT, SECRET_IS_GONE)
    return download(content, exhibit.media_type, exhibit.name)


def _describe(exhibit: Exhibit) -> dict[str, Any]:
    kept = ("id", "name", "media_type", "size", "sha256", "added_by", "at")
    return {name: getattr(exhibit, name) for name in kept} | {
        "appeal": exhibit.appeal_id,
        "url": f"/api/v1/files/{exhibit.pk}",
    }
