"""To whom supporters of a campaign may write a letter that we carry, why not to others, and how each letter begins."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.db.models import Min

from campaigns.addressee import Addressee
from campaigns.appeal import Appeal
from campaigns.campaign import Campaign
from campaigns.edition import Edition
from campaigns.kept import edition_of
from campaigns.letter_start import Start, Whom, letters_of
from campaigns.occasions import Setting, occasion_of
from campaigns.outcome import Standing, standings
from campaigns.stand import stand_of
from campaigns.text import in_language
from campaigns.wave import Turn
from campaigns.wording import Wording
from campaigns.words.wording import Rendered
from outreach.preview import base_of

NOT_YET, NO_MAIL, BY_RULE = "not yet", "no mail", "by rule"


@dataclass(frozen=True, slots=True)
class Opening:
    """Whether a letter to an addressee may be begun. `address`: where it would go.

    `closed`: empty if it may, else why not: NOT_YET (the campaign has not come to them so far), NO_MAIL, or BY_RULE,
    with the campaign's own `reason` if it gives one. `stand`: one of campaigns.stand.STANDS.
    """

    addressee: Addressee
    address: str
    stand: str
    closed: str = ""
    reason: str = ""

    @property
    def key(self) -> str:
        return self.addressee.key


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a letter starts with. `wording`: which version of the text."""

    words: Rendered
    language: str
    wording: UUID


def carries_letters(campaign: Campaign) -> bool:
    """Whether supporters may write letters here at all."""
    return campaign.status == Campaign.Status.RUNNING and bool(letters_of(campaign.letter_rules).starts)


class Openings(Mapping[str, Opening]):
    """By the addressee's key: everybody the demands of a campaign are put to, for those who write in one language.

    `only`: keys of the few that matter, where a campaign may have many.
    """

    def __init__(self, campaign: Campaign, language: str, now: datetime, only: Collection[str] | None = None) -> None:
        self.campaign, self.language, self._now, self._only = campaign, language, now, only

    def __getitem__(self, key: str) -> Opening:
        appeal = self._appeals[key]
        stand = self._stand(appeal)
        address = self._edition.readers[key].addresses.get("email", "")
        start = self._start(key, stand)
        if not self._is_reached(appeal):
            return Opening(appeal.addressee, address, stand, NOT_YET)
        if start is None or not start.wording:
            said = in_language(start.reason, self.language, *self.campaign.languages) if start else ""
            return Opening(appeal.addressee, address, stand, BY_RULE, said)
        return Opening(appeal.addressee, address, stand, "" if address else NO_MAIL)

    def __iter__(self) -> Iterator[str]:
        return iter(self._appeals)

    def __len__(self) -> int:
        return len(self._appeals)

    def begin(self, opening: Opening) -> Beginning:
        """What a letter by this opening starts with, as things stand now. Raises Unfit if the wording does not hold."""
        edition, appeal = self._edition, self._appeals[opening.key]
        start = self._start(opening.key, opening.stand)
        assert start is not None
        language = edition.language_for((self.language,), start.wording, "email").language
        first = self._first_letters.get(appeal.pk) or edition.rules.published_at
        setting = Setting(
            rung=appeal.step.number if appeal.step else 1,
            silent=(opening.key,),
            open_demands=[demand.key for demand in self._standings[appeal.pk].open],
            due_at=appeal.due_at,
            first_letter_at=first,
        )
        days = max(0, (self._now - first).days)
        occasion = occasion_of(edition, setting, language, base_of(edition), opening.key, days_silent=days)
        words = edition.start_letter(start.wording, occasion)
        return Beginning(words, language, self._wordings[start.wording, language])

    def _start(self, key: str, stand: str) -> Start | None:
        reader = self._edition.readers[key]
        whom = Whom(key, self._edition.groups_of(key), reader.division, reader.kind, stand, self.language)
        return self._edition.letters.start(whom)

    def _stand(self, appeal: Appeal) -> str:
        kinds = self._standings[appeal.pk].kinds
        return stand_of(kinds, has_acted=appeal.status == Appeal.Status.ACTED)

    def _is_reached(self, appeal: Appeal) -> bool:
        """Whether the campaign has come to them, as far as it says it must have."""
        steps = {rung.key: rung.number for rung in self._edition.rules.ladder}
        least = steps.get(self._edition.letters.open_from, 1)
        return appeal.status != Appeal.Status.WITHDRAWN and appeal.step is not None and appeal.step.number >= least

    @cached_property
    def _edition(self) -> Edition:
        return edition_of(self.campaign, self._only)

    @cached_property
    def _appeals(self) -> dict[str, Appeal]:
        rows = self.campaign.appeals.select_related("addressee", "step").order_by("addressee__name", "addressee__key")
        wanted = rows if self._only is None else rows.filter(addressee__key__in=self._only)
        return {each.addressee.key: each for each in wanted.prefetch_related("addressee__contact_points")}

    @cached_property
    def _standings(self) -> dict[UUID, Standing]:
        return standings(self._appeals.values())

    @cached_property
    def _first_letters(self) -> dict[UUID, datetime]:
        turns = Turn.objects.filter(appeal__in=self._appeals.values(), kind=Turn.Kind.OPENING).order_by()
        return dict(turns.values_list("appeal").annotate(first=Min("at")))

    @cached_property
    def _wordings(self) -> dict[tuple[str, str], UUID]:
        usable: Iterable[Wording] = self.campaign.wordings.usable().filter(channel="email")
        return {(each.name, each.language): each.pk for each in usable}
