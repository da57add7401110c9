import uuid
from collections.abc import Collection, Iterable

from django.db import models
from django.db.models import Q

from campaigns.appeal import Appeal
from outreach.incoming import Incoming


class Guess(models.Model):
    """Which appeal something that came in may be an answer to, how sure that is, and why.

    While it `holds`, no step of the appeal is taken: what may be an answer has not been looked at.
    """

    CERTAIN = 1.0

    id = models.BigAutoField(primary_key=True)
    incoming = models.ForeignKey(Incoming, models.CASCADE, related_name="guesses")
    appeal = models.ForeignKey(Appeal, models.CASCADE, related_name="guesses", db_index=False)
    certainty = models.FloatField(help_text="From 0 to 1")
    why = models.TextField()
    holds = models.BooleanField(default=True)

    class Meta:
        ordering = ["-certainty", "id"]
        constraints = [models.UniqueConstraint(fields=["incoming", "appeal"], name="one_guess_per_appeal")]
        indexes = [
            models.Index(fields=["appeal"], name="guesses_of_an_appeal"),
            models.Index(fields=["appeal"], condition=Q(holds=True), name="guesses_that_hold"),
        ]

    def __str__(self) -> str:
        return f"{self.certainty:.2f}: {self.why}"

    @property
    def is_certain(self) -> bool:
        return self.certainty >= Guess.CERTAIN


def put_down(
    incoming: Incoming,
    guesses: Iterable[tuple[Appeal, float, str]],
    *,
    holds: bool = True,
    settled: Collection[uuid.UUID] = (),
) -> None:
    """Write guesses down instead of those made before. `settled`: the appeals that need not wait any more."""
    incoming.guesses.all().delete()
    best: dict[Appeal, tuple[float, str]] = {}
    for appeal, certainty, why in guesses:
        if appeal not in best or certainty > best[appeal][0]:
            best[appeal] = certainty, why
    Guess.objects.bulk_create(
        Guess(incoming=incoming, appeal=appeal, certainty=certainty, why=why, holds=holds and appeal.pk not in settled)
        for appeal, (certainty, why) in best.items()
    )


def let_go(incoming: Incoming) -> None:
    """No step waits for it any more."""
    incoming.guesses.update(holds=False)
