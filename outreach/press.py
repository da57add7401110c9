"""What prints the letters of chunks: one letter written for a language, and for each reader only what is theirs."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from uuid import uuid4

import structlog
from django.conf import settings

from campaigns.ladder import SUPPORTERS
from campaigns.supporter import Supporter
from campaigns.words.brief import context_of
from campaigns.words.context import Links
from campaigns.words.link import Link
from campaigns.words.problem import Unfit
from campaigns.words.stencil import Filled, Stencil, stencil
from channels.casting import Casting, Own
from channels.envelope import Envelope
from channels.letter import Letter
from channels.skeleton import Skeleton
from channels.wire import Wire
from outreach.chunk import Chunk
from outreach.chunk_claim import Reader
from outreach.delivery import Delivery
from outreach.desk import Desk
from outreach.links import unsubscribing
from outreach.sheet import keep

log = structlog.get_logger(__name__)
OWN = ("unsubscribe",)


@dataclass(frozen=True)
class Plate:
    """What the letters in one language are printed from. `sheet`: the number of its words as they are kept.

    `leave`: a link to leave by that nobody has.
    """

    sheet: int
    stencil: Stencil
    skeleton: Skeleton
    links: Links
    leave: Callable[[], str]

    @cached_property
    def casting(self) -> Casting:
        return Casting(self._letter, self.leave)

    def fill(self, name: str, leave: str) -> Filled | None:
        """What is this reader's own; None if the letter has to be written by itself."""
        try:
            return self.stencil.fill(name, replace(self.links, unsubscribe=Link(leave)))
        except Unfit:  # the ordinary road says of the delivery what does not hold
            return None

    def _letter(self, own: Own) -> Letter | None:
        key, name, address, leave, at = own
        if (filled := self.fill(name, leave)) is None:
            return None
        words = self.stencil.whole(filled)
        return self.skeleton.letter(key, address, name, words.subject, words.text, words.html, at, leave)


class Press:
    """Prints what one wave says to supporters on one channel, as things stand at `now`."""

    def __init__(self, chunk: Chunk, wire: Wire, now: datetime) -> None:
        self._chunk, self._wire = chunk, wire
        self._desk = Desk(chunk.campaign, now)
        self._plates: dict[tuple[str, str], Plate | None] = {}
        self._links = unsubscribing()

    def prepare(self, language: str, division: str = "") -> None:
        """Make the plate for readers of a language, in a division. Asks the database, which printing does not."""
        if (language, division) not in self._plates:
            self._plates[language, division] = self._plate(language, division)

    def letter(self, reader: Reader, at: datetime) -> tuple[Letter, int] | None:
        """The letter as a mail server takes it, dated `at`, and its sheet; None if it has to be written by itself.

        Raises ValueError with a sentence if it cannot be sent at all.
        """
        if (plate := self._plates[reader.language, reader.division]) is None:
            return None
        leave = self._links.link(reader.supporter)
        letter = plate.casting.letter(Own(reader.key.hex, reader.name, reader.email, leave, at))
        return letter and (letter, plate.sheet)

    def envelope(self, reader: Reader, at: datetime) -> tuple[Envelope, int] | None:
        """The same as any wire takes it, with the pattern it shares with others."""
        if (plate := self._plates[reader.language, reader.division]) is None:
            return None
        leave = self._links.link(reader.supporter)
        if (filled := plate.fill(reader.name, leave)) is None:
            return None
        words, key = plate.stencil.whole(filled), reader.key.hex
        envelope = plate.skeleton.envelope(
            key=key,
            to=reader.email,
            to_name=reader.name,
            subject=words.subject,
            text=words.text,
            html=words.html,
            unsubscribe=leave,
        )
        marked = dict(zip(plate.stencil.marks, filled.words, strict=True))
        return replace(envelope, written_at=at, pattern=plate.stencil.pattern, words=marked), plate.sheet

    def _plate(self, language: str, division: str) -> Plate | None:
        sample = self._sample(language, division)
        try:
            occasion = self._desk.occasion(sample)
            compiled, wording = self._desk.wording(sample, occasion.language)
            context = context_of(self._desk.edition.brief, occasion)
            made = stencil(compiled, context, OWN)
            skeleton = self._skeleton(sample, occasion.language)
        except (Unfit, KeyError, ValueError) as problem:
            log.warning("this letter is written for each supporter by itself", language=language, reason=str(problem))
            return None
        if made is None:
            return None
        return Plate(keep(made, self._chunk.wave_id, wording), made, skeleton, context.links, self._new_link)

    def _new_link(self) -> str:
        return self._links.link(uuid4())

    def _sample(self, language: str, division: str) -> Delivery:
        chunk = self._chunk
        return Delivery(
            campaign=chunk.campaign,
            step=chunk.step,
            wave=chunk.wave,
            audience=SUPPORTERS,
            channel=chunk.channel,
            wording_name=chunk.wording_name,
            supporter=Supporter(campaign=chunk.campaign, language=language, division=division),
            created_at=chunk.due_at,
        )

    def _skeleton(self, sample: Delivery, language: str) -> Skeleton:
        sample.language = language
        envelope = self._desk.envelope(sample)
        bounces = settings.BOUNCES
        return self._wire.skeleton(envelope.sender, reply_to=envelope.reply_to, language=language, bounces=bounces)
