"""What campaign.yaml says of the letters of supporters."""

from typing import Annotated

from pydantic import Field, model_validator

from campaigns.folder.addressees import KINDS
from campaigns.folder.named import GroupKey, SpokenLanguage, StepKey
from campaigns.folder.part import Part
from campaigns.folder.values import Key, Text, Words, Wrong, choice
from campaigns.stand import STANDS

Kind = Annotated[str, *choice(KINDS)]
Stand = Annotated[str, *choice(STANDS)]


class LetterStart(Part):
    """A rule for the letters of supporters: whom it is for, and the wording to begin with, or why there is none.

    All conditions that are given must hold, and of each list one.
    """

    addressees: Annotated[list[Key], Field(min_length=1)] | None = None
    """Keys of addressees.csv."""
    groups: Annotated[list[GroupKey], Field(min_length=1)] | None = None
    """Members of these groups."""
    divisions: Annotated[list[Words], Field(min_length=1)] | None = None
    """Those who represent one of these, or a part of it: ocd-division/country:us/state:wa holds its districts."""
    kinds: Annotated[list[Kind], Field(min_length=1)] | None = None
    """What addressees.csv says they are."""
    stands: Annotated[list[Stand], Field(min_length=1)] | None = None
    """How they stand now: silent, committed, refused or acted."""
    languages: Annotated[list[SpokenLanguage], Field(min_length=1)] | None = None
    """In which language the supporter writes."""
    wording: Key | None = None
    """The folder in wordings/ whose letter they begin with. Either this or do_not_write."""
    do_not_write: Text | None = None
    """Why no letter is to be written to them; shown to whoever would."""

    @model_validator(mode="after")
    def _has_one_end(self) -> "LetterStart":
        if (self.wording is None) == (self.do_not_write is None):
            raise Wrong("a rule for letters has either wording or do_not_write")
        return self


class Letters(Part):
    """Letters that supporters write to addressees in their own name, and that we carry."""

    open_from: StepKey | None = None
    """The step that an addressee must have come to before supporters write to it; the first if left out."""
    start: Annotated[list[LetterStart], Field(min_length=1)]
    """How they begin: the first rule that fits an addressee. Nobody writes to one that no rule fits."""
