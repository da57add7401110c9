import uuid
from collections.abc import Iterable
from datetime import datetime

from django.db import models, transaction
from django.db.models import Min

from campaigns.appeal import Appeal
from campaigns.outcome import NotRecordable, NotYetPublic


class Response(models.Model):
    """What came back from an addressee.

    Its kind is given by a person, or by a rule a person approved; until somebody has read it, no step is taken.
    """

    class Kind(models.TextChoices):
        AUTO_REPLY = "auto-reply"
        ACKNOWLEDGEMENT = "acknowledgement"
        DEFLECTION = "deflection"
        SUBSTANTIVE = "substantive"
        REFUSAL = "refusal"
        COMMITMENT = "commitment"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    appeal = models.ForeignKey(Appeal, models.CASCADE, related_name="responses")
    channel = models.CharField(max_length=20)
    text = models.TextField(blank=True)
    language = models.CharField(max_length=12, blank=True)
    kind = models.CharField(max_length=16, choices=Kind, blank=True)
    kind_by = models.CharField(max_length=150, blank=True, help_text="The person, or the rule, that gave the kind")
    received_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    recorded_by = models.CharField(max_length=150)
    is_invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["received_at"]
        indexes = [models.Index(fields=["appeal"], condition=models.Q(read_at=None), name="unread")]

    def __str__(self) -> str:
        return f"{self.kind or 'unread'} answer to {self.appeal_id}"

    def read(self, kind: str, by: str, now: datetime) -> bool:
        """Say what it is; False if `kind` is unknown. The clock goes on, or an outcome stops it."""
        if kind not in Response.Kind.values:
            return False
        Response.objects.filter(pk=self.pk).update(kind=kind, kind_by=by, read_at=now)
        self.refresh_from_db()
        return True


@transaction.atomic
def record_response(
    appeal: Appeal,
    *,
    channel: str,
    text: str,
    recorded_by: str,
    now: datetime,
    received_at: datetime | None = None,
    kind: str = "",
    language: str = "",
) -> Response:
    """Write down that an answer came, at `received_at` or now. With a kind it counts as read; without, steps wait.

    Raises NotRecordable, with nothing written, if the campaign is not published or the answer comes from the future.
    """
    appeal = Appeal.objects.select_for_update(of=("self",)).select_related("campaign").get(pk=appeal.pk)
    if appeal.campaign.published_at is None:
        raise NotYetPublic("Nobody can have answered before the campaign is published")
    if received_at is not None and received_at > now:
        raise NotRecordable("An answer cannot have come in the future", "received_at")
    if kind and kind not in Response.Kind.values:
        raise NotRecordable(f"“{kind}” is no kind of answer; choose one of {', '.join(Response.Kind.values)}", "kind")
    response = Response.objects.create(
        appeal=appeal,
        channel=channel,
        text=text,
        language=language,
        received_at=received_at or now,
        recorded_by=recorded_by,
        is_invented=appeal.campaign.is_invented,
    )
    if kind:
        response.read(kind, recorded_by, now)
    return response


def unread_since(appeals: Iterable[Appeal]) -> dict[uuid.UUID, datetime]:
    """When the oldest unread answer to each appeal came; appeals without one are left out."""
    rows = Response.objects.filter(appeal__in=list(appeals), read_at=None)
    return dict(rows.order_by().values_list("appeal").annotate(since=Min("received_at")))
