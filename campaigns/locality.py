from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models, transaction
from django.db.models import Q

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
    def of(self, campaign: Campaign) -> "Localities":
        """What everybody may use, and what the campaign's own folder says."""
        return self.filter(Q(campaign=None) | Q(campaign=campaign))

    def at_postcode(self, said: str) -> "list[Locality]":
        """Where a postcode lies: in each country one as long as what was `said`, or the longest that it begins with."""
        return longest(own_first(self.filter(postcode__in=beginnings(said))))

    def called(self, place: str) -> "list[Locality]":
        """Places of that name, in capitals or small letters."""
        return own_first(self.filter(folded=fold(place))) if fold(place) else []

    def named(self) -> "list[Locality]":
        """Divisions, each by its own name."""
        return own_first(self.filter(postcode=""))


class Locality(models.Model):
    """A postcode or a place, and a division that it lies in; several rows where nobody can tell which one it is.

    Without a campaign it is there for all of them.
    """

    campaign = models.ForeignKey(Campaign, models.CASCADE, null=True, related_name="localities")
    country = models.CharField(max_length=2)
    postcode = models.CharField(max_length=16, blank=True, help_text="Capitals and digits only")
    place = models.CharField(max_length=120, blank=True)
    folded = models.CharField(max_length=120, blank=True, help_text="The place in small letters")
    division = models.CharField(max_length=80)

    objects = Localities.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "country", "postcode", "folded", "division"],
                nulls_distinct=False,
                name="one_row_for_a_locality",
            )
        ]
        indexes = [
            models.Index(fields=["postcode"], name="by_postcode"),
            models.Index(fields=["folded"], name="by_place"),
        ]

    def __str__(self) -> str:
        return f"{self.place or self.postcode}: {self.division}"


@transaction.atomic
def keep_localities(wanted: Iterable[Lies]) -> tuple[int, int]:
    """Let each postcode and place lie, for all campaigns, where it is said to and nowhere else; others stay.

    Answers how many rows were added and how many taken away; again, and it is none.
    """
    said = {(*_key(each), each.division): each for each in wanted}
    keys = {key[:3] for key in said}
    rows = Locality.objects.filter(campaign=None, country__in={key[0] for key in keys}).select_for_update()
    known = {(each.country, each.postcode, each.folded, each.division): each.pk for each in rows}
    gone = [pk for key, pk in known.items() if key[:3] in keys and key not in said]
    Locality.objects.filter(pk__in=gone).delete()
    new = [each for key, each in said.items() if key not in known]
    _write(new, None)
    if new or gone:
        redistrict_later(Campaign.objects.exclude(status=Campaign.Status.CLOSED))
    return len(new), len(gone)


@transaction.atomic
def replace_localities(campaign: Campaign, wanted: Iterable[Lies]) -> None:
    """What the campaign's own folder says of postcodes and places is this and nothing else."""
    campaign.localities.all().delete()
    _write({(*_key(each), each.division): each for each in wanted}.values(), campaign)
    redistrict_later(Campaign.objects.filter(pk=campaign.pk))


def own_first(found: "Iterable[Locality]") -> "list[Locality]":
    """Of each postcode, and of each place without one, what the campaign itself says, if it says anything."""
    rows = list(found)
    own = {(each.country, each.postcode or each.folded) for each in rows if each.campaign_id}
    return [each for each in rows if each.campaign_id or (each.country, each.postcode or each.folded) not in own]


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


def _write(wanted: Iterable[Lies], campaign: Campaign | None) -> None:
    Locality.objects.bulk_create([_row(each, campaign) for each in wanted], batch_size=5000)


def _row(each: Lies, campaign: Campaign | None) -> Locality:
    country, postcode, folded = _key(each)
    where = {"country": country, "postcode": postcode, "place": each.place, "folded": folded}
    return Locality(campaign=campaign, division=each.division, **where)
