import uuid

from django.db import models

from campaigns.demand import Demand
from campaigns.outcome import Outcome
from outreach.response import Response
from outreach.seal import sealed, unsealed


class Statement(models.Model):
    """What an addressee's office said of the demands on its answer page. It stops no clock; outcomes do."""

    response = models.OneToOneField(Response, models.CASCADE, primary_key=True, related_name="statement")
    signer = models.BinaryField(help_text="Sealed: the name of the person who answered for the office")
    function = models.CharField(max_length=200)
    words = models.TextField(blank=True, help_text="What they said beside the demands")
    may_be_published = models.BooleanField(help_text="Whether they allow it to be published word for word")

    def __str__(self) -> str:
        return f"Statement of {self.response_id}"

    @property
    def name(self) -> str:
        """Who answered; empty if the secret it was sealed with is gone."""
        return (unsealed(bytes(self.signer)) or b"").decode()

    @name.setter
    def name(self, name: str) -> None:
        self.signer = sealed(name.encode())

    @property
    def is_recorded(self) -> bool:
        """Whether a person has made outcomes of it."""
        return Outcome.objects.filter(shown_by=self.response_id, evidence_kind=Outcome.Shown.RESPONSE).exists()


class StatedPosition(models.Model):
    """What they said of one demand, in the kinds of the ledger."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    statement = models.ForeignKey(Statement, models.CASCADE, related_name="positions")
    demand = models.ForeignKey(Demand, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=[(kind, kind) for kind in Outcome.Kind if kind != Outcome.Kind.NONE])
    until = models.DateField(null=True, help_text="The last day of a commitment, in the campaign's zone")
    words = models.TextField(blank=True)

    class Meta:
        ordering = ["demand__number"]
        constraints = [models.UniqueConstraint(fields=["statement", "demand"], name="one_stated_position_per_demand")]

    def __str__(self) -> str:
        return f"{self.demand_id}: {self.kind}"
