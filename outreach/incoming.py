import json
import uuid
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.db import models
from django.db.models import Q

from campaigns.campaign import Campaign
from outreach.inbox.gist import Gist
from outreach.seal import sealed, unsealed


class Incomings(models.QuerySet["Incoming"]):
    def visible_to(self, user: User | AnonymousUser) -> "Incomings":
        """What may concern campaigns they see; and, if they see any at all, what nobody knows whom it concerns."""
        campaigns = Campaign.objects.visible_to(user)
        if not campaigns.exists():
            return self.none()
        concerns = Q(guesses__appeal__campaign__in=campaigns) | Q(responses__appeal__campaign__in=campaigns)
        concerns |= Q(letter_replies__letter__campaign__in=campaigns)
        unknown = Q(guesses=None, letter_replies=None)
        return self.filter(pk__in=Incoming.objects.filter(concerns | unknown).values("pk"))

    def waiting(self) -> "Incomings":
        """Taken in, and not read yet."""
        return self.filter(state=Incoming.State.WAITING)

    def quarantined(self) -> "Incomings":
        """Waiting for a person to say what becomes of it; the oldest first."""
        return self.filter(state=Incoming.State.QUARANTINED).order_by("received_at", "id")

    def without_weight(self) -> "Incomings":
        """For lists: the raw mail, which may be large, stays where it is."""
        return self.defer("raw")


class Incoming(models.Model):
    """Something that came in over any channel, kept raw and sealed whatever becomes of it.

    `name` is unique on its channel, so that what is told twice is kept once. What becomes of it: it waits to be read;
    then it is matched (it became a response, or two), set aside for a reason, or in quarantine, where a person decides.
    """

    class Door(models.TextChoices):
        PARSE = "parse"  # SendGrid posted it
        SMTP = "smtp"  # it came to our own mail server
        IMAP = "imap"  # it lay in a mailbox
        POLL = "poll"  # we asked a network for replies
        HAND = "hand"  # a person wrote it down
        LINK = "link"  # the addressee's office used the link in a letter

    class State(models.TextChoices):
        WAITING = "waiting"
        QUARANTINED = "quarantined"
        MATCHED = "matched"
        SET_ASIDE = "set aside"

    class Aside(models.TextChoices):
        """Why it became no response."""

        BOUNCE = "bounce"
        DELAY = "delay"
        RECEIPT = "receipt"  # a server's word that a message was delivered
        COMPLAINT = "complaint"
        LOOP = "loop"
        DUPLICATE = "duplicate"
        SPAM = "spam"
        SUPPORTER = "supporter"  # a supporter wrote, or somebody else who does not speak for the addressee
        LETTER = "letter"  # an office's answer to a supporter's letter, which was forwarded
        OTHER = "other"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    channel = models.CharField(max_length=20)
    door = models.CharField(max_length=6, choices=Door)
    name = models.CharField(max_length=300, help_text="Of a mail: its Message-ID and hash; of a post: its id")
    raw = models.BinaryField(help_text="As it came, sealed")
    size = models.PositiveBigIntegerField(help_text="Bytes, as it came")
    sha256 = models.CharField(max_length=64, help_text="Of the bytes as they came")
    envelope = models.BinaryField(help_text="Sealed: which addresses it was handed in from and for")
    verdicts = models.JSONField(default=dict, help_text="SPF, DKIM and DMARC, and who says so")
    received_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0, help_text="How often a worker began to read it")
    tried_at = models.DateTimeField(null=True, help_text="When a worker last did, in real time")
    gist_sealed = models.BinaryField(default=b"", help_text="What a person reads of it, sealed")
    sender_digest = models.CharField(max_length=64, blank=True, help_text="Keyed hash of the sender's address")
    kind = models.CharField(max_length=16, blank=True, help_text="What a rule takes it for")
    why = models.TextField(blank=True, help_text="What decided the kind")
    is_certain = models.BooleanField(default=False, help_text="Whether its kind stands without a person")
    state = models.CharField(max_length=12, choices=State, default=State.WAITING)
    aside = models.CharField(max_length=10, choices=Aside, blank=True)
    reason = models.TextField(blank=True, help_text="Why it is in quarantine, or was set aside")
    heap = models.CharField(max_length=80, blank=True, help_text="Of a flood: the same for all that belong to it")
    settled_by = models.CharField(max_length=150, blank=True, help_text="The person, or the rule")
    settled_at = models.DateTimeField(null=True)

    objects = Incomings.as_manager()

    class Meta:
        ordering = ["received_at", "id"]
        constraints = [models.UniqueConstraint(fields=["channel", "name"], name="what_comes_in_is_kept_once")]
        indexes = [
            models.Index(fields=["received_at"], condition=Q(state="waiting"), name="to_be_read"),
            models.Index(fields=["received_at"], condition=Q(state="quarantined"), name="quarantined"),
            models.Index(fields=["sender_digest", "received_at"], name="incoming_of_a_sender"),
            models.Index(fields=["heap"], condition=~Q(heap=""), name="incoming_of_a_heap"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} by {self.door}: {self.state}"

    def opened(self) -> bytes | None:
        """The bytes as they came; None if the secret they were sealed with is gone."""
        return unsealed(bytes(self.raw))

    @property
    def gist(self) -> Gist:
        """What a person reads of it; empty before it was read, or if the secret it was sealed with is gone."""
        packed = unsealed(bytes(self.gist_sealed)) if self.gist_sealed else None
        return Gist.unpacked(packed) if packed else Gist()

    @gist.setter
    def gist(self, gist: Gist) -> None:
        self.gist_sealed = sealed(gist.packed())

    @property
    def handed_in(self) -> tuple[str | None, tuple[str, ...]]:
        """From which address and for which, as the envelope said. The first is empty for a machine, None if unknown."""
        packed = unsealed(bytes(self.envelope)) if self.envelope else None
        said: dict[str, Any] = json.loads(packed) if packed else {"from": None, "to": []}
        return said["from"], tuple(said["to"])

    @handed_in.setter
    def handed_in(self, said: tuple[str | None, tuple[str, ...]]) -> None:
        sender, recipients = said
        self.envelope = sealed(json.dumps({"from": sender, "to": list(recipients)}).encode())
