import uuid
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.db import models
from django.db.models import Q

from campaigns.addressee import Addressee, ContactPoint
from campaigns.campaign import Campaign


class Mailbags(models.QuerySet["Mailbag"]):
    def visible_to(self, user: User | AnonymousUser) -> "Mailbags":
        return self.filter(campaign__in=Campaign.objects.visible_to(user))

    def due(self, now: datetime) -> "Mailbags":
        return self.filter(state__in=Mailbag.CLAIMABLE, due_at__lte=now)

    def on_their_way(self) -> "Mailbags":
        """Those of which it is not known yet what comes of them."""
        return self.filter(state__in=Mailbag.ON_THEIR_WAY)

    def may_have_arrived(self) -> "Mailbags":
        return self.filter(state__in=Mailbag.MAY_HAVE_ARRIVED)


class Mailbag(models.Model):
    """One message to one office in the name of supporters: a letter, or many as a digest; and its way there.

    It leaves at most once. The words are the letters' own and are not kept twice. `instead_of` is one that is proven
    not to have arrived, or that a person wants sent once more.
    """

    class State(models.TextChoices):
        DUE = "due"
        CLAIMED = "claimed"
        SENDING = "sending"  # committed before the wire is touched
        SENT = "sent"
        DELIVERED = "delivered"
        DELAYED = "delayed"
        BOUNCED = "bounced"
        REFUSED = "refused"
        CANCELLED = "cancelled"  # nothing is left in it, or its letters wait for another
        UNKNOWN = "unknown"  # nobody can prove what happened; a person decides

    KNOWN = {State.SENT, State.DELIVERED, State.BOUNCED, State.REFUSED}
    MOVES: dict[str, set[State]] = {
        State.DUE: {State.CLAIMED, State.CANCELLED},
        State.DELAYED: {State.CLAIMED, State.CANCELLED, *KNOWN},
        State.CLAIMED: {State.SENDING, State.DUE, State.CANCELLED, State.REFUSED},
        State.SENDING: {State.DELAYED, State.UNKNOWN, *KNOWN},
        State.SENT: {State.DELIVERED, State.BOUNCED, State.REFUSED},
        State.DELIVERED: {State.BOUNCED},
        State.UNKNOWN: {*KNOWN},
        State.REFUSED: {State.DELIVERED, State.BOUNCED},
        State.BOUNCED: set(),
        State.CANCELLED: set(),
    }
    CLAIMABLE = (State.DUE, State.DELAYED)
    ON_THE_WIRE = (State.CLAIMED, State.SENDING)
    ON_THEIR_WAY = (*CLAIMABLE, *ON_THE_WIRE)
    MAY_HAVE_ARRIVED = (*ON_THE_WIRE, State.SENT, State.DELIVERED, State.UNKNOWN)
    DID_NOT_ARRIVE = (State.REFUSED, State.BOUNCED)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="mailbags", db_index=False)
    addressee = models.ForeignKey(
        Addressee, models.PROTECT, related_name="mailbags", db_index=False, help_text="Of its first letter"
    )
    contact_point = models.ForeignKey(ContactPoint, models.SET_NULL, null=True, related_name="mailbags")
    is_digest = models.BooleanField(default=False)
    number = models.PositiveIntegerField(help_text="Letters in it")
    instead_of = models.OneToOneField(
        "self", models.SET_NULL, null=True, related_name="again", help_text="The one that did not arrive"
    )
    state = models.CharField(max_length=10, choices=State, default=State.DUE)
    due_at = models.DateTimeField()
    token = models.UUIDField(null=True, help_text="Fence: only the holder of the newest claim may settle")
    lease_until = models.DateTimeField(null=True, help_text="Real time, also in a demonstration")
    attempts = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True, help_text="When it was last handed to the wire")
    wire = models.CharField(max_length=20, blank=True)
    reference = models.CharField(max_length=300, blank=True)
    reason = models.TextField(blank=True)
    settled_by = models.CharField(max_length=150, blank=True, help_text="The person who found out")
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)

    objects = Mailbags.as_manager()

    class Meta:
        ordering = ["created_at", "id"]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state__in=["due", "delayed"]), name="mailbags_due"),
            models.Index(fields=["lease_until"], condition=Q(state__in=["claimed", "sending"]), name="mailbags_leased"),
            models.Index(fields=["campaign", "state"], name="mailbags_by_state"),
            models.Index(fields=["addressee", "created_at"], name="mailbags_to_an_addressee"),
            models.Index(fields=["created_at"], name="mailbags_by_age"),
        ]

    def __str__(self) -> str:
        what = f"digest of {self.number}" if self.is_digest else "letter"
        return f"{what} to {self.addressee_id}: {self.state}"

    @property
    def key(self) -> str:
        """The name it goes by on every wire: stable over retries."""
        return self.id.hex

    @property
    def name_on_the_wire(self) -> uuid.UUID:
        return self.id

    @property
    def address(self) -> str:
        return self.contact_point.address if self.contact_point is not None else ""

    def together(self) -> "list[Mailbag]":
        """Itself: no other goes in the same message."""
        return [self]

    def move(self, state: str, *, fence: uuid.UUID | None = None, **changes: Any) -> bool:
        """Bring it to `state`; False, with nothing written, if it may not go there from where it is.

        With a `fence` (the token of a claim), only if no newer claim has been made.
        """
        sources = [before for before, after in self.MOVES.items() if state in after]
        there = Mailbag.objects.filter(pk=self.pk, state__in=sources)
        if fence is not None:
            there = there.filter(token=fence)
        if not there.update(state=state, **changes):
            return False
        for name, value in {"state": state, **changes}.items():
            setattr(self, name, value)
        return True

    def wait_after(self) -> timedelta:
        """How long to leave a server that could not take it: longer after each attempt, four hours at the most."""
        return min(timedelta(hours=4), timedelta(minutes=2.0 ** min(self.attempts, 10)))
