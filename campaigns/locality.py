from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models, transaction

from campaigns.campaign import Campaign
from campaigns.redistricting import redistrict_later
from channels.postcode import plain_postcode

SHORTEST_POSTCODE = 2  # characters of one that is looked for by its beginning


@dataclass(frozen=True, slots=True)
class Lies:
    """A postcode or a place, and a division that it lies in. A place without a postcode is the division's own name."""

    country: str
    postcode: str
    place: str
    division: str


class Localities(models.QuerySet["Locality"]):
    def at_postcode(self, said: str) -> "list[Locality]":
        """Where a postcode lies: in each country one as long as what was `said`, or the longest that it begins with."""
        return longest(self.filter(postcode__in=beginnings(said)))

    def called(self, place: str) -> "list[Locality]":
        """Places of that name, in capitals or small letters."""
        return list(self.filter(folded=fold(place))) if fold(place) else []

    def named(self) -> "Localities":
        """Divisions, each by its own name."""
        return self.filter(postcode="")


class Locality(models.Model):
    """A postcode or a place, and a division that it lies in; several rows where nobody can tell which one it is."""

    country = models.CharField(max_length=2)
    postcode = models.CharField(max_length=16, blank=True, help_text="Capitals and digits only")
    place = models.CharField(max_length=120, blank=True)
    folded = models.CharField(max_length=120, blank=True, help_text="The place in small letters")
    division = models.CharField(max_length=80)

    objects = Localities.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["country", "postcode", "folded", "division"], name="one_row_for_a_locality")
        ]
        indexes = [
            models.Index(fields=["postcode"], name="by_postcode"),
            models.Index(fields=["folded"], name="by_place"),
        ]

    def __str__(self) -> str:
        return f"{self.place or self.postcode}: {self.division}"


@transaction.atomic
def keep_localities(wanted: Iterable[Lies]) -> tuple[int, int]:
    """Let each postcode and place lie where it is said to, and nowhere else; others stay as they are.

    Answers how many rows were added and how many taken away; again, and it is none.
    """
    said = {(*_key(each), each.division): each for each in wanted}
    keys = {key[:3] for key in said}
    rows = Locality.objects.filter(country__in={key[0] for key in keys}).select_for_update()
    known = {(each.country, each.postcode, each.folded, each.division): each.pk for each in rows}
    gone = [pk for key, pk in known.items() if key[:3] in keys and key not in said]
    Locality.objects.filter(pk__in=gone).delete()
    new = [_row(each) for key, each in said.items() if key not in known]
    Locality.objects.bulk_create(new, batch_size=5000)
    if new or gone:
        redistrict_later(Campaign.objects.exclude(status=Campaign.Status.CLOSED))
    return len(new), len(gone)


def beginnings(said: str) -> list[str]:
    """What a known postcode may be for it to be the one that was `said`, the longest first.

    What has no digit in it is a word and no postcode.
    """
    code = plain_postcode(said)
    if not any(letter.isdigit() for letter in code):
        return []
    return [code[:length] for length in range(len(code), SHORTEST_POSTCODE - 1, -1)]


def longest(found: "Iterable[Locality]") -> "list[Locality]":
    """Those with the longest postcode in their country."""
    rows = list(found)
    most: dict[str, int] = {}
    for each in rows:
        most[each.country] = max(most.get(each.country, 0), len(each.postcode))
    return [each for each in rows if len(each.postcode) == most[each.country]]


def fold(place: str) -> str:
    return " ".join(place.casefold().split())


def _key(each: Lies) -> tuple[str, str, str]:
    return each.country, plain_postcode(each.postcode), fold(each.place)


def _row(each: Lies) -> Locality:
    country, postcode, folded = _key(each)
    return Locality(country=country, postcode=postcode, place=each.place, folded=folded, division=each.division)
