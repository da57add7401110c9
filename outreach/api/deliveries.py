from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Query, Router, Schema, Status
from pydantic import Field

from campaigns.moment import now
from outreach.again import NotWritable, write_again
from outreach.api import find
from outreach.api.access import Request
from outreach.api.page import Page, Window, page_of
from outreach.api.problem import CONFLICT, Trouble
from outreach.api.values import Channel, Given, Key, PathKey
from outreach.cause import Sight
from outreach.delivery import Delivery
from outreach.news import settle_by_person

router = Router(tags=["deliveries"])
State = Annotated[Delivery.State | None, Field(description="Only deliveries in this state")]


class DeliveryOut(Schema):
    """One message to one recipient over one channel, and how far it came."""

    id: UUID
    campaign: str
    step: str | None = Field(description="Null where it is of a mailing")
    mailing: str | None = Field(description="Key of the mailing, if it is of one")
    reminder: int = Field(description="0 is the step itself")
    appeal: UUID | None = Field(description="Null where it concerns all appeals of its wave")
    audience: str
    channel: str
    addressee: str | None = Field(description="Who is written to, or about; null for supporters and own accounts")
    instead_of: UUID | None = Field(description="The delivery that did not arrive, where this one is written again")
    wording: str
    language: str
    state: str
    wire: str = Field(description="outbox: it went nowhere, and can be looked at here")
    reference: str = Field(description="What the wire calls it")
    reason: str = Field(description="Why it is in this state, where that needs one")
    attempts: int
    due_at: datetime
    expires_at: datetime | None
    sent_at: datetime | None
    delivered_at: datetime | None
    url: str


class EventOut(Schema):
    """One thing that happened to a delivery."""

    kind: str
    at: datetime
    detail: dict[str, Any]


class DeliveryInFull(DeliveryOut):
    """A delivery with the exact text and everything that happened to it."""

    to: str | None = Field(description="The addressee's contact point; null for supporters and own accounts")
    subject: str
    text: str = Field(description="Word for word, as it went out; empty before it is written")
    html: str
    written_again: UUID | None = Field(description="The delivery written instead of this one, which did not arrive")
    events: list[EventOut] = Field(description="In order")
    why: str = Field(description="Why it has not been sent, or came to nothing; empty if it was sent")


class Filter(Window):
    """Which deliveries."""

    state: State = None
    channel: Channel | None = None
    step: Key | None = None
    addressee: Key | None = None


class SettlementIn(Given):
    """What a person found out."""

    arrived: bool = Field(description="Whether the message reached its recipient")


@router.get("/campaigns/{slug}/deliveries", response=Page[DeliveryOut], summary="List deliveries")
def list_deliveries(request: Request, slug: PathKey, which: Query[Filter]) -> dict[str, Any]:
    """Every message of the campaign, oldest first. The text stands on the delivery itself."""
    rows = Delivery.objects.filter(campaign=find.campaign(request, slug))
    rows = rows.defer("subject", "text", "html", "words_sealed")
    asked = {"state": which.state, "channel": which.channel, "step__key": which.step}
    asked["addressee__key"] = which.addressee
    rows = rows.filter(**{name: value for name, value in asked.items() if value})
    return page_of(request, which, rows.select_related("campaign", "step", "wave__mailing", "addressee"), _described)


@router.get("/deliveries/{delivery_id}", response=DeliveryInFull, summary="Show a delivery")
def show_delivery(request: Request, delivery_id: UUID) -> dict[str, Any]:
    """The exact text, and what happened to it."""
    return _in_full(_find(request, delivery_id))


@router.post("/deliveries/{delivery_id}/settlement", response={201: DeliveryInFull}, summary="Settle a delivery")
def create_settlement(request: Request, delivery_id: UUID, data: SettlementIn) -> Status[dict[str, Any]]:
    """You found out whether a message arrived that nobody could prove: say so, in your name."""
    delivery = _find(request, delivery_id)
    if delivery.state == Delivery.State.HANDED:
        raise Trouble(
            CONFLICT, f"This delivery is a task for a person: settle it at /api/v1/tasks/{delivery.pk}/settlement"
        )
    if not settle_by_person(delivery, arrived=data.arrived, by=request.auth.name, now=now()):
        raise Trouble(CONFLICT, f"This delivery is {delivery.state}: there is nothing to find out about it")
    return Status(201, _in_full(_find(request, delivery_id)))


@router.post("/deliveries/{delivery_id}/again", response={201: DeliveryInFull}, summary="Write again")
def create_again(request: Request, delivery_id: UUID) -> Status[dict[str, Any]]:
    """A letter did not arrive, and you found or mended an address: write it again, in your name.

    It says so at its head. It goes to an address that was not tried yet if there is one, else where it went before.
    """
    try:
        again = write_again(_find(request, delivery_id), by=request.auth.name, now=now())
    except NotWritable as why:
        raise Trouble(CONFLICT, str(why)) from None
    return Status(201, _in_full(_find(request, again.pk)))


def _find(request: Request, delivery_id: UUID) -> Delivery:
    together = ("campaign", "step", "wave", "appeal", "addressee", "supporter", "contact_point", "chunk")
    rows = Delivery.objects.visible_to(request.auth.user).select_related(*together)
    return find.find(rows, f"There is no delivery {delivery_id}", pk=delivery_id)


def _in_full(delivery: Delivery) -> dict[str, Any]:
    cause = Sight(delivery.campaign, now()).cause(delivery, in_full=True)
    return next(_described([delivery])) | {
        "to": delivery.contact_point.address if delivery.contact_point else None,
        "subject": delivery.words.subject,
        "text": delivery.words.text,
        "html": delivery.words.html,
        "written_again": delivery.again.values_list("pk", flat=True).first(),
        "events": list(delivery.events.all()),
        "why": cause.sentence(datetime.isoformat) if cause else "",
    }


def _described(deliveries: Sequence[Delivery]) -> Iterator[dict[str, Any]]:
    kept = (
        "id", "audience", "channel", "language", "state", "wire", "reference", "reason", "attempts", "due_at",
        "expires_at", "sent_at", "delivered_at",
    )  # fmt: skip
    for each in deliveries:
        yield {name: getattr(each, name) for name in kept} | {
            "campaign": each.campaign.slug,
            "step": each.step.key if each.step else None,
            "mailing": each.wave.mailing.key if each.wave.mailing else None,
            "reminder": each.wave.reminder,
            "appeal": each.appeal_id,
            "addressee": each.addressee.key if each.addressee else None,
            "instead_of": each.instead_of_id,
            "wording": each.wording_name,
            "url": f"/api/v1/deliveries/{each.pk}",
        }
