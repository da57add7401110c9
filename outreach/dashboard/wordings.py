"""The wordings of a campaign: which there are, and each with a preview for any addressee."""

from collections import defaultdict
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse

from campaigns.campaign import Campaign
from campaigns.edition import Edition
from campaigns.kept import edition_of
from campaigns.ladder import ADDRESSEES, PUBLIC, SUPPORTERS, Dispatch, Rung
from campaigns.wording import Wording
from campaigns.words.problem import Unfit
from channels.channel import CHANNELS
from channels.email import EMAIL
from outreach.dashboard.door import campaign_of, page
from outreach.dashboard.frame import show
from outreach.preview import NoSuchMessage, Preview, preview, preview_letter


@dataclass(frozen=True, slots=True)
class Use:
    """Where a wording is used: at which step, in which reminder of it (0: at its beginning), for whom."""

    rung: Rung
    reminder: int
    dispatch: Dispatch


@page
def wordings(request: HttpRequest, slug: str) -> HttpResponse:
    campaign = campaign_of(request, slug)
    found: dict[tuple[str, str], dict[str, Wording]] = defaultdict(dict)
    for each in campaign.wordings.current().of_the_folder():
        found[each.name, each.channel][each.language] = each
    ladder = campaign.ladder()
    order = [(d.wording, channel) for use in _uses(tuple(ladder)) for d in (use.dispatch,) for channel in d.channels]
    lines = [(key, found[key]) for key in dict.fromkeys([*order, *found])]
    return show(request, "wordings.html", campaign, title="Wordings", tab="wordings", lines=lines)


@page
def wording(request: HttpRequest, slug: str, name: str, channel: str, language: str) -> HttpResponse:
    """The source, and what comes of it for the addressee chosen."""
    campaign = campaign_of(request, slug)
    written = {each.language: each for each in campaign.wordings.current().filter(name=name, channel=channel)}
    versions = {code: written[code] for code in campaign.languages if code in written}
    if language not in versions:
        raise Http404
    edition = edition_of(campaign)
    use, readers = use_of(edition, name, channel), readers_of(edition, name, channel)
    addressee = request.GET.get("addressee", "") or next(iter(readers), "")
    shown, why_none = preview_of(campaign, name, channel, language, addressee, edition)
    length = CHANNELS[channel].length(shown.text) if shown else 0
    return show(
        request,
        "wording.html",
        campaign,
        title=f"Wording {name}",
        tab="wordings",
        it=versions[language],
        versions=versions,
        use=use,
        begins_letters=begins_letters(edition, name, channel),
        use_title=edition.step_titles[use.rung.key] if use else {},
        readers={key: edition.readers[key] for key in readers},
        addressee=addressee,
        shown=shown,
        why_none=why_none,
        length=length,
        longest=CHANNELS[channel].longest,
    )


def preview_of(
    campaign: Campaign, name: str, channel: str, language: str, addressee: str, edition: Edition | None = None
) -> tuple[Preview | None, str]:
    """The text for this addressee in that language, or None and why not."""
    edition = edition or edition_of(campaign)
    use, readers = use_of(edition, name, channel), readers_of(edition, name, channel)
    whom = (addressee or readers[0]) if readers else None
    try:
        if use is None and whom and begins_letters(edition, name, channel):
            return preview_letter(edition, name, whom, language), ""
        if use is None:
            return None, "No step of the ladder uses this wording on this channel."
        shown = preview(edition, use.rung.key, channel, whom, reminder=use.reminder, language=language)
    except (NoSuchMessage, Unfit) as problem:
        return None, str(problem)
    return shown, ""


def use_of(edition: Edition, name: str, channel: str) -> Use | None:
    for use in _uses(tuple(edition.rules.ladder)):
        if use.dispatch.wording == name and channel in use.dispatch.channels:
            return use
    return None


def readers_of(edition: Edition, name: str, channel: str) -> tuple[str, ...]:
    """The addressees it is written to or about; none for supporters and the public."""
    use = use_of(edition, name, channel)
    if use is None and begins_letters(edition, name, channel):
        return edition.asked
    if use is None or use.dispatch.audience in (SUPPORTERS, PUBLIC):
        return ()
    audience = use.dispatch.audience
    return edition.asked if audience == ADDRESSEES else edition.members.get(audience, ())


def begins_letters(edition: Edition, name: str, channel: str) -> bool:
    """Whether supporters' own letters begin with it."""
    return channel == EMAIL.name and name in edition.letters.wordings


def _uses(ladder: tuple[Rung, ...]) -> list[Use]:
    return [
        Use(rung, reminder, dispatch)
        for rung in ladder
        for reminder in (0, *(each.number for each in rung.reminders))
        for dispatch in rung.dispatches_of(reminder)
    ]
