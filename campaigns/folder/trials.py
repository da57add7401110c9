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
TOKEN = "0" * 32


@dataclass(frozen=True, slots=True)
class Trial:
    """One message to be tried. `about`: who it is to or about, as a person would name it."""

    wording: tuple[str, str, str]
    about: str
    occasion: Occasion


def trials(edition: Edition, base: str) -> Iterator[Trial]:
    """All of them. `base`: where the campaign lives in public."""
    for rung in edition.rules.ladder:
        answer_by = _answer_by(edition, rung)
        for dispatch in (*rung.dispatches, *(reminder.dispatch for reminder in rung.reminders)):
            for channel in dispatch.channels:
                yield from _of(edition, dispatch, channel, answer_by, base)


def languages_of(edition: Edition, dispatch: Dispatch, channel: str, recipient: Reader | None) -> tuple[str, ...]:
    """Every language this recipient could get the wording in, should another one be withdrawn."""
    approved = [key[2] for key in edition.wordings if key[:2] == (dispatch.wording, channel)]
    if dispatch.audience == SUPPORTERS:
        return tuple(approved)
    wanted = recipient.languages if recipient and not CHANNELS[channel].is_public else ()
    chosen = edition.language_for(wanted, dispatch.wording, channel).language
    return tuple(each for each in approved if each in (*wanted, chosen, edition.default_language))


def _of(edition: Edition, dispatch: Dispatch, channel: str, answer_by: datetime | None, base: str) -> Iterator[Trial]:
    for recipient in recipients(edition, dispatch):
        for language in languages_of(edition, dispatch, channel, recipient):
            for silent, open_demands in _states(edition, dispatch, recipient):
                yield Trial(
                    (dispatch.wording, channel, language),
                    recipient.office.key if recipient else dispatch.audience,
                    Occasion(
                        language=language,
                        deadline=edition.rules.ladder.rung(1).patience.deadline(
                            edition.rules.published_at, edition.rules.zone
                        ),
                        answer_by=answer_by,
                        first_letter_at=edition.rules.published_at,
                        addressee=recipient.office if recipient else None,
                        supporter_name=SOMEBODY if dispatch.audience == SUPPORTERS else None,
                        silent=silent,
                        open_demands=open_demands,
                        links=links_of(base, recipient.office.key if recipient else "", TOKEN),
                    ),
                )


def recipients(edition: Edition, dispatch: Dispatch) -> Iterator[Reader | None]:
    """Who is written to, or about; None for supporters and for a post about the whole wave."""
    if dispatch.audience in (SUPPORTERS, PUBLIC):
        yield None
    elif dispatch.audience == ADDRESSEES:
        yield from (edition.readers[key] for key in edition.asked)
    else:
        yield from (edition.readers[key] for key in edition.members.get(dispatch.audience, ()))


def _states(
    edition: Edition, dispatch: Dispatch, recipient: Reader | None
) -> Iterator[tuple[tuple[Office, ...], frozenset[str]]]:
    """The first state, with everyone silent and every demand open, and the last, with one of each."""
    demands = edition.demands
    if dispatch.audience == ADDRESSEES and recipient:
        everyone: tuple[Office, ...] = (recipient.office,)
    else:
        everyone = tuple(edition.readers[key].office for key in edition.asked)
    yield everyone, frozenset(demands)
    if len(everyone) > 1 or len(demands) > 1:
        yield everyone[-1:], frozenset(demands[-1:])


def _answer_by(edition: Edition, rung: Rung) -> datetime | None:
    rules = edition.rules
    if rules.ladder.after(rung.number) is None:
        return None
    return rung.patience.deadline(rules.published_at, rules.zone)
