"""MapIt, by mySociety: the areas around a postcode in the United Kingdom, or elsewhere on a server of one's own.

https://mapit.mysociety.org/docs/
"""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from channels.lookups.lookup import Division, Lookup, Where
from channels.postcode import plain_postcode


class MapIt(Lookup):
    """`mapit://:key@?types=WMC`. A division is called by the codes of its area, as `gss:E14001234`.

    `types`: only areas of these types (with commas), such as WMC, constituencies of the House of Commons.
    `country`: whose postcodes the server knows, if not those of GB.
    """

    scheme = "mapit"
    host = "mapit.mysociety.org"
    countries = frozenset({"GB"})
    options = frozenset({"types", "country"})

    def question(self, where: Where) -> tuple[str, Mapping[str, str]]:
        headers = {"X-Api-Key": self.where.secret} if self.where.secret else {}
        return f"/postcode/{quote(plain_postcode(where.postcode), safe='')}", headers

    def answer(self, said: Any) -> Iterator[Division]:
        types = set(filter(None, self.where.options.get("types", "").split(",")))
        for area in said["areas"].values():
            if not types or area["type"] in types:
                codes = tuple(f"{kind}:{code}" for kind, code in sorted(area.get("codes", {}).items()))
                yield Division((*codes, f"mapit:{area['id']}"), str(area["name"]))
