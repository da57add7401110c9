import json
import uuid
from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.models import AnonymousUser, User
from django.db import models
from django.db.models import Q

from campaigns.addressee import Addressee, ContactPoint
from campaigns.appeal import Appeal
from campaigns.campaign import Campaign
from campaigns.sealed_text import SealedText
from campaigns.step import Step
from campaigns.supporter import Supporter
from campaigns.wave import Wave
from campaigns.wording import Wording
from campaigns.words.wording import Rendered
from channels.channel import CHANNELS
from outreach.chunk import Chunk
from outreach.sheet import Sheet


class Deliveries(models.QuerySet["Delivery"]):
    def visible_to(self, user: User | AnonymousUser) -> "Deliveries":
        return self.filter(campaign__in=Campaign.objects.visible_to(user))

    def due(self, now: datetime) -> "Deliveries":
        """To be claimed one by one; what is in a chunk is claimed with it."""
        return self.filter(state__in=Delivery.CLAIMABLE, due_at__lte=now, chunk=None)

    def next_due(self, now: datetime) -> datetime | None:
        """The first instant after `now` at which one becomes due: a glance at the index for each channel."""
        later = self.filter(state__in=Delivery.CLAIMABLE, due_at__gt=now, chunk=None).order_by("due_at")
        first = (later.filter(channel=channel).values_list("due_at", flat=True).first() for channel in CHANNELS)
        return min((at for at in first if at), default=None)

    def unsettled(self) -> "Deliveries":
        return self.filter(state__in=Delivery.UNSETTLED)


class Delivery(models.Model):
    """One message to one recipient over one channel, and its way there.

    It belongs to (campaign, step, wave, recipient, channel), which is unique: composing it again changes nothing. What
    is written `instead_of` one that did not arrive is unique for that one. A mailing belongs to no step.

    It concerns one appeal, or, where `appeal` is empty, all appeals of its wave. `recipient` names whom it is for: an
    addressee, a supporter, or the campaign's own account.
    """

    class State(models.TextChoices):
        PLANNED = "planned"
        DUE = "due"
        CLAIMED = "claimed"
        SENDING = "sending"  # committed before the wire is touched
        HANDED = "handed"  # to a person, who carries it and then says what came of it
        SENT = "sent"  # the provider said so
        DELIVERED = "delivered"  # proven
        DELAYED = "delayed"
        BOUNCED = "bounced"
        REFUSED = "refused"
        SUPPRESSED = "suppressed"
        EXPIRED = "expired"
        CANCELLED = "cancelled"
        UNKNOWN = "unknown"  # nobody can prove what happened; a person decides

    NEVER_ON_THE_WIRE = {State.SUPPRESSED, State.EXPIRED, State.CANCELLED}
    KNOWN = {State.SENT, State.DELIVERED, State.BOUNCED, State.REFUSED}
    MOVES: dict[str, set[State]] = {
        State.PLANNED: {State.DUE, *NEVER_ON_THE_WIRE},
        State.DUE: {State.CLAIMED, *NEVER_ON_THE_WIRE},
        State.DELAYED: {State.CLAIMED, *NEVER_ON_THE_WIRE, *KNOWN},  # a provider may have had it after all
        State.CLAIMED: {State.SENDING, State.DUE, *NEVER_ON_THE_WIRE},
        State.SENDING: {State.DELAYED, State.UNKNOWN, State.HANDED, *KNOWN},
        State.HANDED: {State.SENT, State.DELIVERED, State.REFUSED, *NEVER_ON_THE_WIRE},
        State.SENT: {State.DELIVERED, State.BOUNCED, State.REFUSED},
        State.DELIVERED: {State.BOUNCED},  # a late bounce is stronger than the first server's yes
        State.UNKNOWN: {*KNOWN},  # proof came late, or a person found out
        State.BOUNCED: set(),
        State.REFUSED: {State.DELIVERED, State.BOUNCED},  # proof that it went out all the same
        State.SUPPRESSED: set(),
        State.EXPIRED: set(),
        State.CANCELLED: set(),
    }
    MOVES_OF_UNSENT: dict[str, set[State]] = {State.UNKNOWN: {State.DUE}}
    CLAIMABLE = (State.DUE, State.DELAYED)
    UNSETTLED = (State.PLANNED, State.DUE, State.CLAIMED, State.SENDING, State.HANDED, State.DELAYED)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="deliveries", db_index=False)
    step = models.ForeignKey(Step, models.PROTECT, null=True, related_name="deliveries", db_index=False)
    wave = models.ForeignKey(Wave, models.PROTECT, related_name="deliveries", db_index=False)
    appeal = models.ForeignKey(Appeal, models.CASCADE, null=True, related_name="deliveries", db_index=False)
    audience = models.CharField(max_length=60)
    channel = models.CharField(max_length=20)
    recipient = models.CharField(max_length=80)
    addressee = models.ForeignKey(Addressee, models.PROTECT, null=True, related_name="deliveries", db_index=False)
    supporter = models.ForeignKey(Supporter, models.CASCADE, null=True, related_name="deliveries", db_index=False)
    contact_point = models.ForeignKey(
        ContactPoint, models.SET_NULL, null=True, related_name="deliveries", db_index=False
    )
    chunk = models.ForeignKey(
        Chunk, models.SET_NULL, null=True, related_name="deliveries", db_index=False, help_text="It goes with"
    )
    place = models.PositiveSmallIntegerField(null=True, help_text="In the chunk, from 0")
    instead_of = models.ForeignKey(
        "self", models.CASCADE, null=True, related_name="again", db_index=False, help_text="The one that did not arrive"
    )
    wording_name = models.CharField(max_length=60)
    wording = models.ForeignKey(
        Wording, models.PROTECT, null=True, db_index=False, help_text="The version that was sent"
    )
    sheet = models.ForeignKey(
        Sheet, models.PROTECT, null=True, related_name="+", db_index=False, help_text="Words shared by many"
    )
    language = models.CharField(max_length=12, blank=True)
    subject = models.TextField(blank=True)
    text = models.TextField(blank=True, help_text="Word for word, as it went out")
    html = models.TextField(blank=True)
    words_sealed = SealedText(blank=True, db_default="", help_text="Subject, text, HTML: to a supporter alone")
    state = models.CharField(max_length=10, choices=State, default=State.DUE)
    due_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    token = models.UUIDField(null=True, help_text="Fence: only the holder of the newest claim may settle")
    lease_until = models.DateTimeField(null=True, help_text="Real time, also in a demonstration")
    attempts = models.PositiveSmallIntegerField(default=0)
    digest = models.UUIDField(null=True, help_text="The message it goes in together with others; one of their ids")
    tried_at = models.DateTimeField(null=True, help_text="When it was last handed to the wire")
    wire = models.CharField(max_length=20, blank=True)
    asks = models.PositiveSmallIntegerField(default=0, db_default=0, help_text="Questions to its provider")
    ask_at = models.DateTimeField(null=True, help_text="When to ask next, in real time")
    reference = models.CharField(max_length=300, blank=True)
    reason = models.TextField(blank=True)
    sent_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    objects = Deliveries.as_manager()

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(step__isnull=False) | Q(audience="supporters"), name="only_supporters_hear_outside_a_step"
            ),
            models.UniqueConstraint(
                fields=["wave", "channel", "recipient"],
                condition=Q(instead_of=None),
                name="one_delivery_per_wave_and_recipient",
            ),
            models.UniqueConstraint(
                fields=["appeal", "step", "wave", "channel", "audience"],
                condition=Q(audience="addressees", instead_of=None),
                name="one_letter_per_appeal_step_and_channel",
            ),
            models.UniqueConstraint(
                fields=["instead_of"], condition=Q(instead_of__isnull=False), name="one_delivery_instead_of_another"
            ),
        ]
        indexes = [
            models.Index(
                fields=["channel", "due_at"],
                condition=Q(state__in=["due", "delayed"], chunk=None),
                name="claimable",
            ),
            models.Index(fields=["lease_until"], condition=Q(state__in=["claimed", "sending"]), name="leased"),
            models.Index(fields=["ask_at"], condition=Q(state="unknown"), name="unknown"),
            models.Index(fields=["appeal", "created_at"], condition=Q(appeal__isnull=False), name="of_an_appeal"),
            models.Index(fields=["campaign", "state"], name="by_state"),
            models.Index(fields=["step"], condition=~Q(audience="supporters"), name="of_a_step"),
            models.Index(fields=["chunk", "place"], condition=Q(chunk__isnull=False), name="in_a_chunk"),
            models.Index(fields=["supporter"], condition=Q(supporter__isnull=False), name="of_a_supporter"),
            models.Index(fields=["addressee"], condition=Q(addressee__isnull=False), name="of_an_addressee"),
            models.Index(fields=["contact_point"], condition=Q(contact_point__isnull=False), name="to_a_contact_point"),
            models.Index(fields=["digest"], condition=Q(digest__isnull=False), name="of_a_digest"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} to {self.recipient}: {self.state}"

    @property
    def key(self) -> str:
        """The name it goes by on every wire: stable over retries."""
        return self.id.hex

    @property
    def address(self) -> str:
        """Where it goes; empty for a post on the campaign's own account."""
        if self.supporter is not None:
            return self.supporter.email
        return self.contact_point.address if self.contact_point is not None else ""

    @property
    def words(self) -> Rendered:
        """Subject, text and HTML, word for word; empty before it was written."""
        if self.sheet is not None and self.supporter is not None:
            return self.sheet.words_for(self.supporter)
        if self.words_sealed:
            return Rendered(*json.loads(self.words_sealed))
        return Rendered(self.subject, self.text, self.html)

    def seal_words(self) -> None:
        """What was written to a supporter alone names them: it rests sealed, and nowhere else."""
        self.words_sealed = json.dumps([self.subject, self.text, self.html], ensure_ascii=False)

    @property
    def name_on_the_wire(self) -> uuid.UUID:
        """The id of the delivery whose key the message goes by: the same for all that go together."""
        return self.digest or self.id

    def together(self) -> "list[Delivery]":
        """Itself, and those that went in the same message: what becomes of it becomes of all of them."""
        others = Delivery.objects.filter(digest=self.digest).exclude(pk=self.pk) if self.digest else ()
        return [self, *others]

    @property
    def is_in_the_outbox(self) -> bool:
        return self.wire == "outbox"

    @classmethod
    def sources(cls, state: str, *, is_unsent: bool = False) -> list[str]:
        """The states from which `state` may be reached; more if there is a proof that nothing was sent."""
        return [
            before
            for before, after in cls.MOVES.items()
            if state in after or (is_unsent and state in cls.MOVES_OF_UNSENT.get(before, ()))
        ]


def may_move(before: str, after: str) -> bool:
    return after in Delivery.MOVES[before]


def count_by_state(deliveries: Iterable[tuple[str, int]]) -> dict[str, int]:
    """A count for every state, in the order of a delivery's life."""
    counted = dict(deliveries)
    return {state: counted.get(state, 0) for state in Delivery.State.values}
