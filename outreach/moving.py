"""Somebody says where they live now: by a postcode that the map is asked about, or by choosing the place themselves."""

from campaigns.representatives import Map
from campaigns.supporter import Supporter
from campaigns.whereabouts import Said, whereabouts


def move(supporter: Supporter, *, postcode: str, division: str) -> bool:
    """`division`: what they chose; empty: as the postcode says. False, with nothing changed, if it is none here."""
    if division and Map(supporter.campaign).place(division) is None:
        return False
    said = Said(supporter.campaign_id, supporter.country, postcode)
    found = division or whereabouts([said]).get(said, "")
    people = Supporter.objects.filter(pk=supporter.pk, forgotten_at=None)
    people.update(postcode=postcode, division=found, chose_division=bool(division))
    return True
