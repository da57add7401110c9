"""A letter as it will arrive, for whoever wrote it to look at."""

from dataclasses import dataclass
from functools import cached_property

from campaigns.addressee import Addressee
from campaigns.words.wording import Rendered
from outreach.letters.carried import Carrier, Said, carried, from_name
from outreach.letters.openings import Beginning
from outreach.letters.own_part import Own
from outreach.public.letter_form import Draft, Written

HOW_OWN = ((80, "own_all"), (40, "own_half"), (1, "own_little"), (0, "own_none"))
"""From which share of own words on, and the sentence that says so."""


@dataclass(frozen=True)
class Arriving:
    """What a mail program will show of it, and how much of it is the writer's own."""

    draft: Draft
    letter: Written
    beginning: Beginning
    addressee: Addressee
    carrier: Carrier

    @property
    def language(self) -> str:
        return self.beginning.language

    @property
    def sender(self) -> str:
        """The name in the From line."""
        return from_name(self._said, self.carrier)

    @cached_property
    def words(self) -> Rendered:
        """Subject and text."""
        return carried(self._said, self.carrier)

    @cached_property
    def own(self) -> Own:
        return self.letter.own(self.beginning)

    @property
    def how_own(self) -> str:
        """Which sentence says how much of it is one's own."""
        return next(sentence for least, sentence in HOW_OWN if self.own.share >= least)

    @property
    def _said(self) -> Said:
        draft, letter = self.draft, self.letter
        return Said(draft.name, draft.town, letter.subject, letter.text, self.language, draft.shows_address)
