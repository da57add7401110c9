"""A fake of the services that know divisions: it answers as Google's Civic Information API, MapIt and Represent do.

In a test: `with LookupFake({"98101": [...]}) as fake: lookup_at(fake.address_of("civic"))`.
As a process: `python -m channels.fakes.lookup --port 8031`; it knows the invented places of PLACES.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import unquote

from channels.fakes.web import Asked, Told, WebFake
from channels.fakes.web_rule import CUT, HANG
from channels.lookups.lookup import Division

__all__ = ["CUT", "HANG", "PLACES", "LookupFake"]
STATE = "ocd-division/country:us/state:wa"
PLACES: Mapping[str, Sequence[Division]] = {
    "98101": (Division((STATE,), "Washington"), Division((f"{STATE}/cd:7",), "Washington's 7th district")),
    "SW1A1AA": (Division(("gss:E14009999",), "Invented Borough"),),
    "K0A1K0": (Division(("federal-electoral-districts-2023-representation-order/35020",), "Invented Riding"),),
}


class LookupFake(WebFake):
    """`places`: by postcode, the divisions around it; whatever is not in it is not known.

    `key`: which it asks for; empty for any. Represent asks for none.
    """

    name = "lookup"

    def __init__(
        self,
        host: str = "127.0.0.1",
        port: int = 0,
        *,
        places: Mapping[str, Sequence[Division]] = PLACES,
        key: str = "",
    ) -> None:
        super().__init__(host, port)
        self.places, self.key = places, key

    @property
    def address(self) -> str:
        return self.address_of("civic")

    def address_of(self, scheme: str, options: str = "") -> str:
        """The URL that leads a lookup of this format here."""
        return f"{scheme}://:{self.key}@{self.host}:{self.port}{f'?{options}' if options else ''}"

    def respond(self, asked: Asked) -> Told:
        match asked.path.strip("/").split("/"):
            case ["postcodes", code]:
                return self._represent(unquote(code))
            case _ if self.key not in ("", asked.headers.get("X-Goog-Api-Key"), asked.headers.get("X-Api-Key")):
                return Told(403, {"error": {"code": 403, "message": "This key is not known."}})
            case ["civicinfo", "v2", "divisionsByAddress"]:
                return self._civic(asked.query.get("address", ""))
            case ["postcode", code]:
                return self._mapit(unquote(code))
        return Told(404, b"there is no such page", {"Content-Type": "text/plain"})

    def _civic(self, address: str) -> Told:
        found = [each for code in self.places if code in address for each in self.places[code]]
        if not found:
            return Told(404, {"error": {"code": 404, "message": "Failed to find the address."}})
        divisions = {each.names[0]: _civic_division(each) for each in found}
        said = {"kind": "civicinfo#divisionsByAddressResponse", "normalizedInput": {"zip": ""}, "divisions": divisions}
        return Told(200, said)

    def _mapit(self, code: str) -> Told:
        if code not in self.places:
            return Told(404, {"code": 404, "error": "No Postcode matches the given query."})
        areas = {str(number): _area(number, each) for number, each in enumerate(self.places[code], 65000)}
        return Told(200, {"postcode": code, "areas": areas, "shortcuts": {}})

    def _represent(self, code: str) -> Told:
        if code not in self.places:
            return Told(404, {"code": 404, "error": "No Postcode matches the given query."})
        boundaries = [_boundary(each) for each in self.places[code]]
        said = {"code": code, "city": "", "boundaries_concordance": [], "boundaries_centroid": boundaries}
        return Told(200, said)


def _civic_division(division: Division) -> dict[str, Any]:
    others = list(division.names[1:])
    return {"name": division.title} | ({"alsoKnownAs": others} if others else {})


def _area(number: int, division: Division) -> dict[str, Any]:
    codes = dict(name.split(":", 1) for name in division.names)
    return {"id": number, "name": division.title, "country": "E", "type": "WMC", "codes": codes}


def _boundary(division: Division) -> dict[str, Any]:
    district_set, _, district = division.names[0].partition("/")
    return {
        "url": f"/boundaries/{division.names[0]}/",
        "name": division.title,
        "related": {"boundary_set_url": f"/boundary-sets/{district_set}/"},
        "boundary_set_name": "Electoral district",
        "external_id": district,
    }


if __name__ == "__main__":
    from channels.fakes.web_command import run

    run(LookupFake, 8031, key="which key to ask for; any if left out")
