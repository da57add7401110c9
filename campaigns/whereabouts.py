"""Where people are represented, told from the country and postcode that they gave: for many of them at once."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from campaigns.addressee import Addressee
from campaigns.locality import Locality, beginnings, longest, own_first
from campaigns.representation import is_represented, narrowest, of_country


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody gave, who takes part in `campaign`. `country`: two letters; it and the postcode may be empty."""

    campaign: uuid.UUID
    country: str
    postcode: str


def whereabouts(said: Collection[Said]) -> dict[Said, str]:
    """The division of each of them, as narrow as the map can surely tell; who is not in it cannot be told.

    Two statements, however many they are; one, where nobody represents anybody. Who gave no country is looked for only
    where somebody of the campaign represents people, and is not told if the postcode is one of two countries.
    """
    represented = _represented({each.campaign for each in said})
    asked = [each for each in said if each.campaign in represented]
    rows = _rows(asked) if asked else {}
    found = {each: _division(each, rows, represented[each.campaign]) for each in asked}
    return {each: division for each, division in found.items() if division}


def _represented(campaigns: Collection[uuid.UUID]) -> dict[uuid.UUID, set[str]]:
    """By campaign, the divisions somebody represents in it."""
    found: dict[uuid.UUID, set[str]] = defaultdict(set)
    members = Addressee.objects.filter(memberships__group__campaign__in=campaigns).exclude(division="").order_by()
    for campaign, division in members.values_list("memberships__group__campaign", "division").distinct():
        found[campaign].add(division)
    return found


def _rows(said: Iterable[Said]) -> Mapping[str, list[Locality]]:
    """What the map has, by postcode."""
    wanted = {code for postcode in {each.postcode for each in said} for code in beginnings(postcode)}
    found: dict[str, list[Locality]] = defaultdict(list)
    for row in Locality.objects.filter(postcode__in=wanted) if wanted else ():
        found[row.postcode].append(row)
    return found


def _division(said: Said, rows: Mapping[str, list[Locality]], represented: Collection[str]) -> str:
    known = (row for code in beginnings(said.postcode) for row in rows.get(code, ()))
    there = own_first(row for row in known if row.campaign_id in (None, said.campaign))
    if said.country:
        own = of_country(said.country)
        here = longest(row for row in there if row.country == said.country)
        return narrowest(row.division for row in here) or (own if own in represented else "")
    here = longest(row for row in there if is_represented(row.division, represented))
    return narrowest(row.division for row in here) if len({row.country for row in here}) == 1 else ""
