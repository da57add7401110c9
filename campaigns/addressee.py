import uuid
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import models

from campaigns.place import Place

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Addressee(models.Model):
    """An office, body or person a demand is put to. Shared by all campaigns, so that caps and gaps can be, too."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    holder = models.CharField(max_length=200, blank=True)
    salutation = models.CharField(max_length=200, blank=True)
    country = models.CharField(max_length=2, blank=True)
    languages = models.JSONField(default=list, help_text="In order of preference")
    time_zone = models.CharField(max_length=64)
    weekend = models.JSONField(default=list)
    division = models.CharField(max_length=80, blank=True, help_text="Whom they represent: a constituency")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.key

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    def place(self) -> Place:
        """This addressee's own calendar, as the guards need it."""
        return Place(self.zone, self.country, frozenset(DAYS.index(day) for day in self.weekend))

    def local(self, moment: datetime) -> datetime:
        return moment.astimezone(self.zone)


class ContactPoint(models.Model):
    """One address on one channel, with its health."""

    class Health(models.TextChoices):
        GOOD = "good"
        AILING = "ailing"  # several messages did not get through, though it seems to exist: used after good ones
        DEAD = "dead"  # the last message to it came back for good, or too many did

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    addressee = models.ForeignKey(Addressee, models.CASCADE, related_name="contact_points")
    channel = models.CharField(max_length=20)
    address = models.CharField(max_length=320)
    position = models.PositiveSmallIntegerField(default=1)
    health = models.CharField(max_length=8, choices=Health, default=Health.GOOD)
    digests_only = models.BooleanField(
        default=False, db_default=False, help_text="Supporters' letters go there together, never one by one"
    )
    failures = models.PositiveSmallIntegerField(default=0, help_text="In a row, that may pass: mailbox full")

    class Meta:
        ordering = ["channel", "position"]
        constraints = [
            models.UniqueConstraint(fields=["addressee", "channel", "address"], name="one_contact_point_per_address")
        ]

    def __str__(self) -> str:
        return f"{self.channel} of {self.addressee_id}"

    @property
    def is_usable(self) -> bool:
        return self.health != self.Health.DEAD

    @property
    def rank(self) -> tuple[bool, int, str]:
        """The smallest is written to first: good before ailing, then in the order of the directory."""
        return self.health != self.Health.GOOD, self.position, self.address
