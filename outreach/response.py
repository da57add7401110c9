import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Min

from campaigns.appeal import Appeal
from campaigns.outcome import NotRecordable, NotYetPublic
from outreach.guess import Guess
from outreach.incoming import Incoming


class Response(models.Model):
    """What came back from an addressee.

    Its kind is given by a person, or by a rule a person approved; until somebody has read it, no step is taken. What a
    rule takes it for is only proposed.
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
    incoming = models.ForeignKey(
        Incoming, models.PROTECT, null=True, related_name="responses", help_text="As it came, if not told by a person"
    )
    reference = models.CharField(max_length=300, blank=True, help_text="Its name where it came from: a post's address")
    proposed_kind = models.CharField(max_length=16, choices=Kind, blank=True)
    proposed_why = models.TextField(blank=True)
    doubt = models.CharField(max_length=300, blank=True, help_text="What is not proven about it, such as its sender")
    received_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    recorded_by = models.CharField(max_length=150)
    is_invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["received_at"]
        constraints = [models.UniqueConstraint(fields=["incoming", "appeal"], name="one_response_per_appeal")]
        indexes = [models.Index(fields=["appeal"], condition=models.Q(read_at=None), name="unread")]

    def __str__(self) -> str:
        return f"{self.kind or 'unread'} answer to {self.appeal_id}"

    @property
    def author(self) -> str:
        """Who sent it, as one line; empty if that is not known."""
        return self.incoming.gist.author if self.incoming else ""

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
    **more: Any,
) -> Response:
    """Write down that an answer came, at `received_at` or now. With a kind it counts as read; without, steps wait.
    `more`: other fields of a response, as they are.

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
        **more,
    )
    if kind:
        response.read(kind, recorded_by, now)
    return response


def unread_since(appeals: Iterable[Appeal]) -> dict[uuid.UUID, datetime]:
    """When the oldest answer to each appeal came that nobody has read; appeals without one are left out.

    What lies in quarantine and may be an answer counts, too: it would be unfair to say that they kept silent.
    """
    concerned = list(appeals)
    unread = Response.objects.filter(appeal__in=concerned, read_at=None).order_by().values_list("appeal")
    held = Guess.objects.filter(appeal__in=concerned, holds=True).order_by().values_list("appeal")
    found: dict[uuid.UUID, datetime] = {}
    for appeal, since in (*unread.annotate(Min("received_at")), *held.annotate(Min("incoming__received_at"))):
        found[appeal] = min(since, found.get(appeal, since))
    return found
