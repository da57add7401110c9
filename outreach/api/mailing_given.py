"""What is given about a mailing over HTTP."""

from typing import Annotated

from pydantic import Field

from campaigns.folder.values import Span
from campaigns.mailing import Mailing
from outreach.api.values import Given, Instant, Line, Words
from outreach.mailings.draft import LETTERS

Letter = Annotated[str, Field(pattern=f"^[{LETTERS}]$", description="Which wording: a for the first")]
Name = Annotated[str, Field(max_length=80)]
Names = Annotated[list[Name], Field(max_length=1000)]


class TextIn(Given):
    """One wording in one language."""

    subject: Line
    body: Words = Field(description="Markdown, and what docs/wordings.md names")


Wordings = Annotated[
    list[dict[Name, TextIn]],
    Field(max_length=len(LETTERS), description="Each by language; the first is what is sent in doubt"),
]


class SegmentIn(Given):
    """What all who get it have in common; what is left out is not asked about."""

    countries: Names = Field([], description="ISO 3166 codes")
    divisions: Names = Field([], description="And all that lies in them")
    languages: Names = []
    has_signed: bool | None = None
    has_written: bool | None = Field(None, description="A letter to an addressee, and confirmed it")
    joined_from: Instant | None = None
    joined_before: Instant | None = None
    representatives: Names = Field([], description="silent, committed, broken, refused, acted: how their own stand")


class MailingIn(Given):
    """A mailing as a draft."""

    title: Line = Field(description="For staff")
    wordings: Wordings
    segment: SegmentIn = Field(default_factory=SegmentIn)
    measure: Mailing.Measure = Field(Mailing.Measure.LETTERS, description="What is compared of several wordings")
    test_share: int = Field(0, ge=0, le=90, description="Per cent who get one of several wordings first; 0: everybody")
    test_time: Span | None = Field(None, description="After how long they are compared: 2 days")
    expires_after: Span | None = Field(None, description="What could not leave for so long leaves no more: 3 days")
    above_cap: Mailing.Above = Field(Mailing.Above.LEFT_OUT, description="Who has had as many letters as they may")


class PlanIn(Given):
    """When it is to begin."""

    at: Instant | None = Field(None, description="Left out: now")


class StopIn(Given):
    """Why it ends."""

    reason: Words = Field(description="Everyone who wonders will read it")


class SeenIn(Given):
    """A yes to what was seen."""

    seen: Name = Field(description="`content` of the mailing as it was shown")


class TestIn(Given):
    """A sample to one's own address."""

    to: Annotated[str, Field(max_length=320)]
    wording: Letter = "a"
    language: Name
