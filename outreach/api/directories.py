"""Who represents whom: where places lie, who can be reached how, and directories of office holders."""

import tempfile
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from ninja import Query, Router, Schema
from pydantic import Field

from campaigns.coverage import coverage_of
from campaigns.directory.congress import ACCOUNTS, MEMBERS, NotCongress, read_congress
from campaigns.directory.divisions_file import read_divisions, written
from campaigns.directory.seat import localities
from campaigns.finding import account
from campaigns.folder.addressees import FILE as ADDRESSEES
from campaigns.folder.defect import Defect, Defects
from campaigns.folder.directory_rows import with_entries
from campaigns.folder.divisions import FILE as DIVISIONS
from campaigns.locality import Lies, Locality, keep_localities
from campaigns.moment import now
from campaigns.representatives import Map
from outreach.api import find
from outreach.api.access import HARMLESS, Request
from outreach.api.document import MOST_LOCALITIES, Cell, LiesIn
from outreach.api.page import Page, Window, page_of
from outreach.api.problem import INVALID, Fault, Trouble
from outreach.api.values import Given, PathKey

router = Router(tags=["directories"])
WASHINGTON = ZoneInfo("America/New_York")
LARGEST = 5_000_000  # characters of a file in a request


class LocalityOut(Schema):
    """Where a postcode or a place lies, for all campaigns."""

    country: str
    postcode: str
    place: str
    division: str


class LocalitiesIn(Given):
    """Where postcodes and places lie. Each of them lies there and nowhere else; all others stay."""

    localities: list[LiesIn] = Field(min_length=1, max_length=MOST_LOCALITIES)


class KeptOut(Schema):
    """What keeping them changed."""

    rows: int
    added: int
    removed: int


class Which(Window):
    """Which of them; all that is said must hold."""

    country: str = Field("", max_length=2)
    postcode: str = Field("", max_length=16, description="Without spaces, in capitals")
    division: str = Field("", max_length=80)


class PlaceIn(Given):
    """Where somebody lives. It stands in no address and is not kept."""

    where: Cell = Field(min_length=1, max_length=120, description="A postcode, or the name of a place")
    country: str = Field("", pattern=r"^([A-Z]{2})?$", description="If it is known: two capital letters")
    street: Cell = Field("", description="Said to a lookup service that needs it, and to nobody else")


class PlaceOut(Schema):
    """A division, by its name."""

    division: str
    name: str


class PersonOut(Schema):
    """Somebody who represents people."""

    key: str
    name: str
    holder: str = Field(description="Empty: the office is vacant")
    division: str
    channels: list[str] = Field(description="Where there is an address that can be used")


class WhereOut(Schema):
    """Where a place lies, and who represents it."""

    places: list[PlaceOut] = Field(description="One, if it can be told; several, if it is one of them; none")
    countries: list[str] = Field(description="If there are several, ask in which of them")
    is_unsure: bool = Field(description="A lookup service that might have told more did not answer")
    is_vacant: bool = Field(description="Nobody sits for the division itself")
    representatives: list[PersonOut] = Field(description="The division's own first, then those of what it lies in")
    instead: list[PersonOut] = Field(description="Whom the campaign names where nobody represents a place")


class ShortfallOut(Schema):
    """A message of the ladder that has no way to some of those it is for."""

    step: str
    wording: str
    channels: list[str]
    of: int
    unreached: list[str]


class ReachOut(Schema):
    """One addressee, and the channels on which there is an address that can be used."""

    key: str
    name: str
    holder: str
    division: str
    is_asked: bool
    channels: list[str]
    dead: int = Field(description="Addresses that came back for good")


class CoverageOut(Schema):
    """Who can be reached how."""

    addressees: int
    by_channel: dict[str, int]
    by_us: int = Field(description="How many a message can be sent to by itself")
    only_by_hand: int = Field(description="How many only a person can write to or call")
    only_in_public: int
    unreached: list[str] = Field(description="Who has no address that can be used")
    vacant: list[str]
    places: int = Field(description="How many places have a name here")
    unrepresented: list[PlaceOut] = Field(description="Where nobody sits")
    shortfalls: list[ShortfallOut]
    reaches: list[ReachOut] = Field(description="Everybody, by name")


class CongressIn(Given):
    """The files of the project congress-legislators, as text, and the addressees.csv they are to be brought into."""

    members: Annotated[str, Field(max_length=LARGEST)] = Field(description=MEMBERS)
    accounts: Annotated[str, Field(max_length=LARGEST)] = Field("", description=f"{ACCOUNTS}; may be left out")
    addressees: Annotated[str, Field(max_length=LARGEST)] = Field("", description=f"{ADDRESSEES} as it is; empty: new")
    group: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)


class CongressOut(Schema):
    """addressees.csv with all members in it, and what these files do not know."""

    addressees: str
    members: int
    reached_by: dict[str, int]
    fewer_than_two_senators: list[str]
    vacant: list[str]
    term_ended: list[str]
    left_out: list[str]


@router.get("/localities", response=Page[LocalityOut], summary="List where places lie")
def list_localities(request: Request, which: Query[Which]) -> dict[str, Any]:
    """What all campaigns share: `outreach directory divisions` and PUT bring it in."""
    said = {name: value for name in ("country", "postcode", "division") if (value := getattr(which, name))}
    rows = Locality.objects.filter(campaign=None, **said).order_by("country", "postcode", "folded", "division")
    return page_of(request, which, rows, list)


@router.put("/localities", response=KeptOut, summary="Say where places lie")
def replace_localities(request: Request, data: LocalitiesIn) -> dict[str, Any]:
    """For all campaigns. Supporters who gave such a postcode are placed anew. With one mistake nothing is changed."""
    with tempfile.TemporaryDirectory(prefix="outreach-") as place:
        file, defects = Path(place) / DIVISIONS, Defects(DIVISIONS)
        file.write_text(written(Lies(**each.model_dump()) for each in data.localities), encoding="utf-8")
        found = read_divisions(file, defects).rows
    _refuse([(f"body/localities/{max(each.line - 2, 0)}", each) for each in defects])
    added, removed = keep_localities(found)
    return {"rows": len(found), "added": added, "removed": removed}


@router.post("/campaigns/{slug}/places", response=WhereOut, auth=HARMLESS, summary="Look up a place")
def show_place(request: Request, slug: PathKey, data: PlaceIn) -> dict[str, Any]:
    """Where it lies, and who in this campaign represents it. Writes nothing: a key that reads is enough."""
    known = Map(find.campaign(request, slug))
    finding = known.look_up(data.where, data.country, data.street)
    return account(finding, known.meant(finding))


@router.get("/campaigns/{slug}/coverage", response=CoverageOut, summary="Show who can be reached how")
def show_coverage(request: Request, slug: PathKey) -> dict[str, Any]:
    """By us, by a person, in public, or not at all; whom a step does not reach; which places nobody represents."""
    return coverage_of(find.campaign(request, slug)).account()


@router.post("/directories/congress", response=CongressOut, summary="Bring the United States Congress in")
def create_congress(request: Request, data: CongressIn) -> dict[str, Any]:
    """Make addressees.csv, to be loaded with its campaign; and let the states and districts have their names."""
    with tempfile.TemporaryDirectory(prefix="outreach-") as place:
        folder = Path(place)
        (folder / MEMBERS).write_text(data.members, encoding="utf-8")
        if data.accounts:
            (folder / ACCOUNTS).write_text(data.accounts, encoding="utf-8")
        try:
            found = read_congress(folder, now().astimezone(WASHINGTON).date())
        except NotCongress as problem:
            fields = {MEMBERS: "members", ACCOUNTS: "accounts"}
            _refuse([(f"body/{fields[each.file]}:{each.line}:{each.column}", each) for each in problem.defects])
            raise
    defects = Defects(ADDRESSEES)
    text = with_entries(data.addressees, found.directory, data.group, defects)
    _refuse([(f"body/addressees:{each.line}:{each.column}", each) for each in defects])
    keep_localities(localities())
    return {"addressees": text, **found.account()}


def _refuse(defects: list[tuple[str, Defect]]) -> None:
    """Raises Trouble if there are any."""
    if defects:
        faults = [
            Fault(location=where, detail=each.message, value=each.shown or None, suggestion=each.suggestion or None)
            for where, each in defects
        ]
        raise Trouble(INVALID, f"{len(faults)} mistakes; nothing was changed", faults)
