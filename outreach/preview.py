"""How a message will read, before it is due."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from campaigns.deadline import SECOND
from campaigns.edition import Edition
from campaigns.folder.letter_trials import LONG
from campaigns.ladder import ADDRESSEES, SUPPORTERS, Dispatch
from campaigns.occasions import Setting, occasion_of
from channels.channel import CHANNELS
from outreach.foot import Answer, with_answer


@dataclass(frozen=True, slots=True)
class Preview:
    """The exact text, in the language chosen; `fallback` says that it is not the reader's first one, `wanted`."""

    language: str
    fallback: bool
    wanted: str
    subject: str
    text: str
    html: str


class NoSuchMessage(LookupError):
    """The step sends nothing of that kind to that reader; the sentence says what it does send."""


def preview(
    edition: Edition,
    step: str,
    channel: str,
    addressee: str | None = None,
    *,
    reminder: int = 0,
    language: str = "",
    about: tuple[str, ...] = (),
) -> Preview:
    """What `step` (or its reminder) says to, or about, an addressee; with no demand closed yet, and all still silent.

    `language` shows another one than the reader would get; `about` names those who are silent, if not all are. Raises
    NoSuchMessage, or Unfit if the wording does not hold.
    """
    rung = next((rung for rung in edition.rules.ladder if rung.key == step), None)
    if rung is None:
        raise NoSuchMessage(f"There is no step “{step}”; there are {', '.join(r.key for r in edition.rules.ladder)}")
    dispatch = _dispatch(edition, rung.dispatches_of(reminder), channel, addressee)
    is_direct = not CHANNELS[channel].is_public
    choice = edition.language_of_message(dispatch.audience, addressee if is_direct else None, dispatch.wording, channel)
    place = edition.readers[addressee].place if addressee else None
    setting = Setting(
        rung=rung.number,
        silent=(addressee,) if addressee and dispatch.audience == ADDRESSEES else about or edition.asked,
        open_demands=edition.demands,
        due_at=rung.patience.deadline(_planned_start(edition, rung.number), edition.rules.zone, place),
    )
    shown = language or choice.language
    if (dispatch.wording, channel, shown) not in edition.wordings:
        raise NoSuchMessage(f"“{dispatch.wording}” has no approved wording for {channel} in {shown}")
    supporter = invented_supporter() if dispatch.audience == SUPPORTERS else None
    answer = invented_answer() if dispatch.audience == ADDRESSEES and addressee and is_direct else None
    occasion = occasion_of(edition, setting, shown, base_of(edition), addressee, supporter, answer)
    rendered = with_answer(edition.write(dispatch.wording, channel, occasion), channel, shown, answer)
    return Preview(shown, choice.fallback, choice.wanted, rendered.subject, rendered.text, rendered.html)


def preview_letter(edition: Edition, wording: str, addressee: str, language: str) -> Preview:
    """What a supporter's own letter to an addressee begins with, a week and a day after the first letter, with no
    demand closed yet. Raises Unfit if the wording does not hold.
    """
    rules = edition.rules
    place = edition.readers[addressee].place
    setting = Setting(
        rung=1,
        silent=(addressee,),
        open_demands=edition.demands,
        due_at=rules.ladder.rung(1).patience.deadline(rules.published_at, rules.zone, place),
    )
    occasion = occasion_of(edition, setting, language, base_of(edition), addressee, days_silent=LONG)
    words = edition.start_letter(wording, occasion)
    return Preview(language, fallback=False, wanted=language, subject=words.subject, text=words.text, html=words.html)


def invented_supporter() -> tuple[str, str]:
    """Name, and a link that ends nobody's letters."""
    return "Sample Supporter", f"{settings.OUTREACH_URL}/unsubscribe"


def invented_answer() -> Answer:
    """A link by which nobody answers, and a passcode that opens nothing."""
    return f"{settings.OUTREACH_URL}/answer", "0000-0000"


def base_of(edition: Edition) -> str:
    """Where the campaign's pages are: here, whatever other website it names."""
    return page_of(edition.slug)


def page_of(slug: str) -> str:
    """The page of a campaign."""
    return f"{settings.OUTREACH_URL}/c/{slug}"


def _dispatch(edition: Edition, dispatches: tuple[Dispatch, ...], channel: str, addressee: str | None) -> Dispatch:
    for dispatch in dispatches:
        readers = edition.asked if dispatch.audience == ADDRESSEES else edition.members.get(dispatch.audience, ())
        if channel in dispatch.channels and (addressee in readers if addressee else not readers):
            return dispatch
    sent = sorted({f"{d.audience} over {', '.join(d.channels)}" for d in dispatches})
    whom = f"“{addressee}”" if addressee else "nobody in particular"
    raise NoSuchMessage(f"This step sends nothing over {channel} to {whom}; it sends to {'; '.join(sent) or 'nobody'}")


def _planned_start(edition: Edition, number: int) -> datetime:
    """When a step begins if nobody acts and nothing stands in the way."""
    start = edition.rules.published_at
    ladder = edition.rules.ladder
    for rung in (ladder.rung(each) for each in ladder.if_silent() if each < number):
        start = rung.patience.deadline(start, edition.rules.zone) + SECOND
    return start
