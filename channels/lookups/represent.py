"""Represent, by Open North: the electoral districts around a postcode in Canada.

https://represent.opennorth.ca/api/
"""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from channels.lookups.lookup import Division, Lookup, Where
from channels.postcode import plain_postcode

FEDERAL = {"federal-electoral-districts": "2013", "federal-electoral-districts-2023-representation-order": "2023"}
"""Sets of federal districts, by the year of the order that drew them, which is in their Open Civic Data ids."""


class Represent(Lookup):
    """`represent://?sets=federal-electoral-districts-2023-representation-order`.

    A division is called as there, set and district with a slash between; federal ones also by their Open Civic Data
    ids, as `ocd-division/country:ca/ed:35020-2023`. `sets`: only districts of these sets (with commas).
    """

    scheme = "represent"
    host = "represent.opennorth.ca"
    countries = frozenset({"CA"})
    options = frozenset({"sets"})

    def question(self, where: Where) -> tuple[str, Mapping[str, str]]:
        return f"/postcodes/{quote(plain_postcode(where.postcode), safe='')}/", {}

    def answer(self, said: Any) -> Iterator[Division]:
        """What the makers of a postcode say of it goes before where its middle lies; Represent gives only one for each
        set of districts.
        """
        sets = set(filter(None, self.where.options.get("sets", "").split(",")))
        for boundary in (*said.get("boundaries_concordance", ()), *said.get("boundaries_centroid", ())):
            name = boundary["url"].strip("/").removeprefix("boundaries/")
            its_set = name.partition("/")[0]
            if not sets or its_set in sets:
                year, number = FEDERAL.get(its_set), boundary.get("external_id")
                ids = (f"ocd-division/country:ca/ed:{number}-{year}",) if year and number else ()
                yield Division((*ids, name), str(boundary["name"]))
