"""What a campaign's own page shows in one language: what is asked, of whom, until when, and how it stands."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property, lru_cache
from typing import Literal

from babel.dates import format_timedelta
from django.urls import reverse

from campaigns.appeal import Appeal
from campaigns.campaign import Campaign
from campaigns.deadline import SECOND
from campaigns.kept import brief_of
from campaigns.outcome import Standing, standings
from campaigns.representatives import Map
from campaigns.share import APPS, MASTODON
from campaigns.signature import Signature
from campaigns.stand import ACTED, COMMITTED, REFUSED, SILENT, stand_of
from campaigns.tally import count
from campaigns.text import Text, in_language
from campaigns.words.brief import Brief
from campaigns.words.dates import day, listing, locale_of, moment, number
from campaigns.words.language import own_name
from outreach.letters.lines import written_to
from outreach.letters.openings import carries_letters
from outreach.proof import last_messages
from outreach.public.card import Card, card_of
from outreach.public.goal import Goal, goal_of

DAY = timedelta(days=1)
ALWAYS = 1_000_000  # of a unit, before a larger one is taken
MOST_DAYS = 31  # in the picture of the time
MOST_NAMES = 12  # in a line of how they stand, and in the list of who signed lately
MOST_ADDRESSEES = 300
UNREACHED = "noproof"
ORDER = (ACTED, COMMITTED, REFUSED, UNREACHED, SILENT)


@dataclass(frozen=True, slots=True)
class Bar:
    """One day of the time, in per cent of the picture: where it begins, how wide, and how much of it is gone."""

    start: float
    width: float
    gone: float


@dataclass(frozen=True, slots=True)
class Stand:
    """So many addressees stand alike; `names` are theirs, if they are few and have done something."""

    state: str
    number: str
    names: tuple[str, ...]


class Front:
    """One campaign, for readers of one language, at one moment."""

    def __init__(self, campaign: Campaign, language: str, now: datetime) -> None:
        self.campaign, self.language, self.now = campaign, language, now

    @cached_property
    def brief(self) -> Brief:
        return brief_of(self.campaign, len(self._appeals))

    @property
    def title(self) -> str:
        return self._said(self.campaign.title)

    @property
    def summary(self) -> str:
        return self._said(self.campaign.summary)

    @property
    def who(self) -> str:
        """Whose campaign it is."""
        return self._said(self.brief.sender_name) or self.title

    @property
    def languages(self) -> list[tuple[str, str]]:
        """Its languages, each by its own name."""
        return [(code, own_name(code)) for code in self.campaign.languages]

    @property
    def is_open(self) -> bool:
        """Whether it can be signed."""
        return self.campaign.status == Campaign.Status.RUNNING

    @property
    def published(self) -> str:
        return day(self.brief.published_at, self.language, self.campaign.time_zone)

    @cached_property
    def deadline(self) -> datetime | None:
        """The last second in time of those whose time runs; where none runs, as publication set it."""
        running = [appeal.due_at for appeal in self._appeals if appeal.status == "waiting" and appeal.due_at]
        if running:
            return min(running)
        rules = self.campaign.rules()
        return rules.ladder.rung(1).patience.deadline(rules.published_at, rules.zone) if rules.ladder.rungs else None

    @property
    def until(self) -> str:
        return moment(self.deadline, self.language, self.campaign.time_zone) if self.deadline else ""

    @property
    def span(self) -> str:
        """How much time is left, in days and hours; empty if none is."""
        left = (self.deadline or self.now) + SECOND - self.now
        if left <= timedelta():
            return ""
        hours = -(-left // timedelta(hours=1))
        days, hours = divmod(hours, 24)
        units = [self._written(timedelta(days=days), "day")] if days else []
        units += [self._written(timedelta(hours=hours), "hour")] if hours else []
        return listing(units, self.language)

    @property
    def days(self) -> list[Bar]:
        """The days from publication to the deadline; none, if they are too many to be told apart."""
        if self.deadline is None:
            return []
        zone = self.campaign.zone
        first = self.brief.published_at.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
        total = (self.deadline.astimezone(zone).date() - first.date()).days + 1
        if not 1 < total <= MOST_DAYS:
            return []
        width = 100 / total
        gone = [min(1.0, max(0.0, (self.now - first - number * DAY) / DAY)) for number in range(total)]
        return [Bar(at * width + 0.4, width - 0.8, (width - 0.8) * share) for at, share in enumerate(gone)]

    @property
    def ends_of_days(self) -> tuple[str, str]:
        """The first and the last day."""
        assert self.deadline is not None
        zone = self.campaign.time_zone
        return day(self.brief.published_at, self.language, zone), day(self.deadline, self.language, zone)

    @property
    def demands(self) -> list[tuple[str, str]]:
        """Each demand and what it says in full."""
        return [(self._said(each.title), self._said(each.text)) for each in self.brief.demands]

    @property
    def facts(self) -> list[tuple[str, str, str]]:
        """Each fact: its day, what it says, and where that can be read."""
        zone = self.campaign.time_zone
        return [(day(f.date, self.language, zone), self._said(f.text), f.source) for f in self.brief.facts]

    @cached_property
    def count(self) -> int:
        return count(self.campaign.pk)

    @property
    def total(self) -> str:
        """How many have signed and confirmed."""
        return self.number(self.count)

    def number(self, value: int) -> str:
        """As the language writes it."""
        return number(value, self.language)

    @property
    def stands(self) -> list[Stand]:
        """How the addressees stand, what was done first."""
        by_state: dict[str, list[Appeal]] = {state: [] for state in ORDER}
        for appeal, state in self._states():
            by_state[state].append(appeal)
        return [
            Stand(state, number(len(appeals), self.language), self._names(appeals) if state != SILENT else ())
            for state, appeals in by_state.items()
            if appeals
        ]

    @cached_property
    def addressees(self) -> tuple[tuple[str, str], ...]:
        """Everybody who is asked, as far as they fit on a page; and how many letters of supporters have left for them,
        if any have.
        """
        sent = written_to(self.campaign)
        numbers = {pk: number(many, self.language) for pk, many in sent.items() if many}
        return tuple((self._name(each), numbers.get(each.addressee_id, "")) for each in self._appeals[:MOST_ADDRESSEES])

    @property
    def steps(self) -> list[str]:
        """What comes after the first letter."""
        return [self._said(step.title) for step in self.campaign.steps.all() if step.number > 1]

    @cached_property
    def newest(self) -> list[str]:
        """Names that people chose to show, those who confirmed last first."""
        shown = Signature.objects.counted().filter(campaign=self.campaign, is_public=True)
        rows = shown.select_related("supporter").order_by("-confirmed_at")[:MOST_NAMES]
        return [each.supporter.name for each in rows if each.supporter.name]

    @cached_property
    def has_representatives(self) -> bool:
        """Whether people can find here who represents them."""
        return bool(Map(self.campaign))

    @cached_property
    def has_letters(self) -> bool:
        """Whether people can write to whom the demands are put to, and we carry it."""
        return carries_letters(self.campaign)

    @property
    def apps(self) -> list[tuple[str, str]]:
        """Where the page can be shared by one press."""
        return [(app, where) for app, where in APPS.items() if app != MASTODON]

    @property
    def card(self) -> Card:
        """How a link to the page shows itself elsewhere."""
        return card_of(self.campaign, self.language, self.path)

    @property
    def path(self) -> str:
        return reverse("campaign-in", kwargs={"slug": self.campaign.slug, "language": self.language})

    @property
    def goal(self) -> Goal | None:
        """The next step that needs signatures; None if none does."""
        return goal_of(self.count, ((s.signatures, self._said(s.title)) for s in self.campaign.steps.all()))

    @property
    def countries(self) -> list[tuple[str, str]]:
        return _countries(self.language)

    @cached_property
    def _appeals(self) -> list[Appeal]:
        return list(self.campaign.appeals.select_related("addressee").order_by("addressee__name"))

    def _states(self) -> Iterator[tuple[Appeal, str]]:
        found, messages = standings(self._appeals), last_messages(self._appeals)
        for appeal in self._appeals:
            last = messages.get(appeal.pk)
            is_reached = last is not None and (last.proven_at is not None or last.accepted_at is not None)
            yield appeal, _state(appeal, found[appeal.pk], is_reached=is_reached)

    def _names(self, appeals: Iterable[Appeal]) -> tuple[str, ...]:
        names = tuple(self._name(appeal) for appeal in appeals)
        return names if len(names) <= MOST_NAMES else ()

    def _name(self, appeal: Appeal) -> str:
        return self.brief.term(appeal.addressee.name, self.language)

    def _written(self, span: timedelta, unit: Literal["day", "hour"]) -> str:
        return format_timedelta(span, granularity=unit, threshold=ALWAYS, locale=locale_of(self.language))

    def _said(self, text: Text) -> str:
        return in_language(text, self.language, *self.campaign.languages)


def _state(appeal: Appeal, standing: Standing, *, is_reached: bool) -> str:
    stand = stand_of(standing.kinds, has_acted=appeal.status == Appeal.Status.ACTED)
    return UNREACHED if stand == SILENT and not is_reached else stand


@lru_cache(maxsize=64)
def _countries(language: str) -> list[tuple[str, str]]:
    """Code and name of every country, in the order of that language's letters."""
    names = locale_of(language).territories
    is_country = {code for code in names if re.fullmatch("[A-Z]{2}", str(code))} - NO_COUNTRY
    found = [(code, name) for code, name in names.items() if code in is_country]
    return sorted(found, key=lambda pair: pair[1].casefold())


NO_COUNTRY = {"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"}
