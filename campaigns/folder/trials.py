"""Every message a campaign could ever send, one trial for each that could turn out differently."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from campaigns.edition import Edition, Reader
from campaigns.ladder import ADDRESSEES, PUBLIC, SUPPORTERS, Dispatch, Rung
from campaigns.links import links_of
from campaigns.words.brief import Occasion, Office
from channels.channel import CHANNELS

SOMEBODY = "Anahit Example"
NOBODY = ""
LEAVE = "https://outreach.example/unsubscribe/" + "0" * 44
ANSWER = ("https://outreach.example/answer/" + "0" * 44, "0000-0000")
A_FEW = 20


@dataclass(frozen=True, slots=True)
class Trial:
    """One message to be tried. `about`: who it is to or about, as a person would name it."""

    wording: tuple[str, str, str]
    about: str
    occasion: Occasion


@dataclass(frozen=True, slots=True)
class Sending:
    """What a step, or a reminder of it, sends over one channel."""

    dispatch: Dispatch
    channel: str
    first_letter_at: datetime
    deadline: datetime
    answer_by: datetime | None

    @property
    def is_answerable(self) -> bool:
        """Whether who gets it can answer by a link of their own."""
        return self.dispatch.audience == ADDRESSEES and not CHANNELS[self.channel].is_public


@dataclass(frozen=True, slots=True)
class State:
    """How things may stand when a message goes out."""

    silent: tuple[Office, ...]
    open_demands: frozenset[str]
    supporter_name: str | None


def trials(edition: Edition, base: str) -> Iterator[Trial]:
    """All of them. `base`: where the campaign lives in public."""
    rules = edition.rules
    deadline = rules.ladder.rung(1).patience.deadline(rules.published_at, rules.zone)
    for rung in rules.ladder:
        answer_by = _answer_by(edition, rung)
        for dispatch in (*rung.dispatches, *(reminder.dispatch for reminder in rung.reminders)):
            for channel in dispatch.channels:
                yield from _of(edition, Sending(dispatch, channel, rules.published_at, deadline, answer_by), base)


def languages_of(edition: Edition, dispatch: Dispatch, channel: str, recipient: Reader | None) -> tuple[str, ...]:
    """Every language this recipient could get the wording in, should another one be withdrawn."""
    approved = [key[2] for key in edition.wordings if key[:2] == (dispatch.wording, channel)]
    if dispatch.audience == SUPPORTERS or CHANNELS[channel].is_public:
        return tuple(approved)
    wanted = recipient.languages if recipient else ()
    chosen = edition.language_for(wanted, dispatch.wording, channel).language
    return tuple(each for each in approved if each in (*wanted, chosen, edition.default_language))


def _of(edition: Edition, sending: Sending, base: str) -> Iterator[Trial]:
    tried: set[str] = set()
    for recipient in recipients(edition, sending.dispatch):
        for language in languages_of(edition, sending.dispatch, sending.channel, recipient):
            for state in _states(edition, sending.dispatch, recipient, is_first=language not in tried):
                yield _trial(sending, recipient, language, state, base)
            tried.add(language)


def _trial(sending: Sending, recipient: Reader | None, language: str, state: State, base: str) -> Trial:
    key = recipient.office.key if recipient else ""
    occasion = Occasion(
        language=language,
        deadline=sending.deadline,
        answer_by=sending.answer_by,
        first_letter_at=sending.first_letter_at,
        addressee=recipient.office if recipient else None,
        supporter_name=state.supporter_name,
        silent=state.silent,
        open_demands=state.open_demands,
        links=links_of(base, language, key, LEAVE),
        answer=ANSWER if sending.is_answerable else None,
    )
    return Trial((sending.dispatch.wording, sending.channel, language), key or sending.dispatch.audience, occasion)


def recipients(edition: Edition, dispatch: Dispatch) -> Iterator[Reader | None]:
    """Who is written to, or about; None for supporters and for a post about the whole wave."""
    if dispatch.audience in (SUPPORTERS, PUBLIC):
        yield None
    elif dispatch.audience == ADDRESSEES:
        yield from (edition.readers[key] for key in edition.asked)
    else:
        yield from (edition.readers[key] for key in edition.members.get(dispatch.audience, ()))


def _states(edition: Edition, dispatch: Dispatch, recipient: Reader | None, is_first: bool) -> Iterator[State]:
    """The first state, with everyone silent and every demand open, and the last, with one of each and no name.

    Everyone is listed in full for the first recipient in each language: the list is the same for the others.
    """
    supporter = dispatch.audience == SUPPORTERS
    if dispatch.audience == ADDRESSEES and recipient:
        silent: tuple[Office, ...] = (recipient.office,)
    else:
        asked = edition.asked if is_first else edition.asked[:A_FEW]
        silent = tuple(edition.readers[key].office for key in asked)
    yield State(silent, frozenset(edition.demands), SOMEBODY if supporter else None)
    yield State(silent[-1:], frozenset(edition.demands[-1:]), NOBODY if supporter else None)


def _answer_by(edition: Edition, rung: Rung) -> datetime | None:
    rules = edition.rules
    if rules.ladder.is_last(rung.number):
        return None
    return rung.patience.deadline(rules.published_at, rules.zone)
