"""The waves of one pass. Appeals come some at a time; each wave is one for all of them, and is finished once."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from campaigns.appeal import Appeal
from campaigns.campaign import Campaign
from campaigns.step import Step
from campaigns.wave import Wave
from outreach.compose import compose_letters, compose_shared


class Kind(NamedTuple):
    """What begins: a step (`reminder` 0) or one of its reminders; `has_lapsed`: when its time is over."""

    step: int
    reminder: int
    has_lapsed: bool


class Waves:
    """Those that begin in a pass over `campaign` at `now`."""

    def __init__(self, campaign: Campaign, now: datetime) -> None:
        self._campaign, self._now = campaign, now
        self._begun: dict[Kind, Wave] = {}

    def of(self, step: Step, reminder: int = 0, *, has_lapsed: bool = False) -> Wave:
        """The wave of what begins; made when something of it does."""
        kind = Kind(step.number, reminder, has_lapsed)
        if kind not in self._begun:
            self._begun[kind] = Wave.objects.create(campaign=self._campaign, step=step, reminder=reminder, at=self._now)
        return self._begun[kind]

    def write(self, wave: Wave, appeals: Sequence[Appeal], *, has_lapsed: bool = False) -> None:
        """What it sends to the addressees of these appeals."""
        compose_letters(wave, appeals, self._now, has_lapsed=has_lapsed)

    def finish(self) -> None:
        """What each sends once, now that it is known whom it is about."""
        for kind, wave in self._begun.items():
            compose_shared(wave, self._now, has_lapsed=kind.has_lapsed)
