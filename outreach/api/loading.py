"""The body of a request as a campaign folder: checked in full, then loaded or not at all."""

import tempfile
from pathlib import Path
from typing import Any

from django.db import transaction
from ninja import Schema
from pydantic import Field, ValidationError

from campaigns.campaign import Campaign
from campaigns.folder import schema
from campaigns.folder.check import check
from campaigns.folder.defect import Defect
from campaigns.folder.load import NotLoadable, load
from campaigns.moment import now
from outreach.api.access import Request
from outreach.api.archive import unpack
from outreach.api.book import REFERENCE, SHAPES
from outreach.api.document import CampaignIn, Locate, lay_out
from outreach.api.problem import CONFLICT, INVALID, Fault, Trouble
from outreach.api.refusals import faults_of
from outreach.api.strict import StrictParser

ZIP = "application/zip"


class ChangeOut(Schema):
    """One thing that loading changed."""

    sentence: str
    kind: str = Field(description="campaign, group, demand, step, addressee, contact point, membership or wording")
    what: str
    field: str = Field(description="Empty where something is added or removed")


class LoadingOut(Schema):
    """What loading a campaign changed, or would change."""

    campaign: str
    dry_run: bool
    changes: list[ChangeOut] = Field(description="Empty if it was the same already")
    notes: list[Fault] = Field(description="What a person should know, though it is not wrong")
    url: str


def body() -> dict[str, Any]:
    """What POST and PUT take, for the description of the API: the document, or a zip archive of a campaign folder."""
    campaign, ours = (model.model_json_schema(ref_template=REFERENCE) for model in (schema.Campaign, CampaignIn))
    shapes = {**campaign.pop("$defs"), **ours.pop("$defs")}
    whole = {
        "type": "object",
        "description": CampaignIn.__doc__,
        "properties": {**campaign["properties"], **ours["properties"]},
        "required": [*dict.fromkeys([*campaign["required"], *ours["required"]])],
        "additionalProperties": False,
    }
    archive = {"type": "string", "format": "binary"}
    content = {"application/json": {"schema": whole}, ZIP: {"schema": archive}}
    return {"requestBody": {"required": True, "content": content}, SHAPES: shapes}


def load_body(request: Request, *, dry_run: bool, expected: str | None) -> dict[str, Any]:
    """Load the body of the request as a LoadingOut; `expected` is the slug it must have, None: one that is new.

    Raises Trouble with everything that is wrong; nothing is changed then.
    """
    with tempfile.TemporaryDirectory(prefix="outreach-") as place:
        folder, locate = _laid_out(request, Path(place))
        report = check(folder)
        if report.campaign is None:
            faults = [_fault(defect, locate) for defect in report.defects]
            raise Trouble(INVALID, f"The campaign has {len(faults)} mistakes; nothing was loaded", faults)
        _refuse_another(report.campaign.slug, expected)
        notes = [Fault(location=locate(Defect(n.file, n.line, 1, n.message)), detail=n.message) for n in report.notes]
        try:
            with transaction.atomic():
                loaded = load(report.campaign, now(), request.auth.name)
                transaction.set_rollback(dry_run)
        except NotLoadable as error:
            faults = [Fault(location="body", detail=why) for why in error.refusals]
            raise Trouble(CONFLICT, str(error), faults) from None
    return {
        "campaign": report.campaign.slug,
        "dry_run": dry_run,
        "changes": [
            {"sentence": str(each), "kind": each.kind, "what": each.what, "field": each.field}
            for each in loaded.changes
        ],
        "notes": notes,
        "url": f"/api/v1/campaigns/{report.campaign.slug}",
    }


def _laid_out(request: Request, place: Path) -> tuple[Path, Locate]:
    """The body as a folder, and how to tell a mistake in one of its files. Raises Trouble."""
    if request.content_type == ZIP:
        return unpack(request.body, place), lambda defect: f"{defect.file}:{defect.line}:{defect.column}"
    try:
        document = CampaignIn.model_validate(StrictParser().parse_body(request))
    except ValidationError as error:
        faults = faults_of("body", error)
        raise Trouble(INVALID, f"{faults[0].location}: {faults[0].detail}", faults) from None
    folder = place / document.slug
    folder.mkdir()
    return folder, lay_out(document, folder)


def _refuse_another(slug: str, expected: str | None) -> None:
    if expected is None and Campaign.objects.filter(slug=slug).exists():
        raise Trouble(CONFLICT, f"There is a campaign “{slug}” already; PUT /api/v1/campaigns/{slug} replaces it")
    if expected not in (None, slug):
        said = f"The document is of “{slug}”, the address of “{expected}”"
        raise Trouble(INVALID, said, [Fault(location="body/slug", detail=said)])


def _fault(defect: Defect, locate: Locate) -> Fault:
    value, suggestion = defect.shown or None, defect.suggestion or None
    return Fault(location=locate(defect), detail=defect.message, value=value, suggestion=suggestion)
