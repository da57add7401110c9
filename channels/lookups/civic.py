"""Google's Civic Information API: the divisions of an address in the United States, by their Open Civic Data ids.

https://developers.google.com/civic-information/docs/v2/divisions/divisionsByAddress
"""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from channels.lookups.lookup import Division, Lookup, Where


class Civic(Lookup):
    """`civic://:key@`. The key goes into a header, where no log of addresses has it."""

    scheme = "civic"
    host = "www.googleapis.com"
    countries = frozenset({"US"})
    takes_streets = True

    def question(self, where: Where) -> tuple[str, Mapping[str, str]]:
        address = ", ".join(part for part in (where.street, where.postcode, where.country) if part)
        headers = {"X-Goog-Api-Key": self.where.secret} if self.where.secret else {}
        return "/civicinfo/v2/divisionsByAddress?" + urlencode({"address": address}), headers

    def answer(self, said: Any) -> Iterator[Division]:
        for name, told in said.get("divisions", {}).items():
            yield Division((name, *told.get("alsoKnownAs", ())), str(told.get("name", "")))
