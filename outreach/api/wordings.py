from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any

from ninja import Path, Query, Router, Schema
from pydantic import Field

from campaigns.edition import Edition
from campaigns.kept import compiled_wording, edition_of
from campaigns.wording import Wording
from channels.email import EMAIL
from outreach.api import find
from outreach.api.access import Request
from outreach.api.page import Page, Window, page_of
from outreach.api.problem import INVALID, Fault, Trouble
from outreach.api.values import Channel, Key, PathKey
from outreach.preview import NoSuchMessage, preview, preview_letter

router = Router(tags=["wordings"])
Name = Annotated[Channel, Path(...)]
Addressee = Annotated[
    Key | None, Field(description="Key of the addressee; leave it out for supporters and own accounts")
]
ONE = "/{slug}/wordings/{name}/{channel}/{language}"


class WordingOut(Schema):
    """The current version of the text of a step for one channel and language."""

    name: str = Field(description="The step's key, or the name of a reminder's wording")
    channel: str
    language: str
    version: int
    status: str = Field(description="Only what is approved is sent")
    subject: str
    body: str = Field(description="As it was written: Markdown and Jinja2 for letters, plain text and Jinja2 for posts")
    written_at: datetime
    url: str


class Filter(Window):
    """Which wordings."""

    name: Key | None = None
    channel: Channel | None = None
    language: Key | None = None


class PreviewOut(Schema):
    """The exact text as it would be sent, with every demand still open."""

    addressee: str | None
    step: str = Field(description="Empty for what letters of supporters begin with")
    reminder: int = Field(description="0 is the step itself")
    language: str
    wanted: str = Field(description="The language the reader would rather have")
    fallback: bool = Field(description="Whether the reader gets another language than its first")
    subject: str
    text: str
    html: str


@router.get("/{slug}/wordings", response=Page[WordingOut], summary="List wordings")
def list_wordings(request: Request, slug: PathKey, which: Query[Filter]) -> dict[str, Any]:
    """The current version of every wording of the campaign."""
    campaign = find.campaign(request, slug)
    asked = {name: value for name in ("name", "channel", "language") if (value := getattr(which, name))}
    rows = campaign.wordings.current().filter(**asked)
    return page_of(request, which, rows, lambda found: _described(slug, found))


@router.get(ONE, response=WordingOut, summary="Show a wording")
def show_wording(request: Request, slug: PathKey, name: PathKey, channel: Name, language: PathKey) -> dict[str, Any]:
    """The current version."""
    return next(_described(slug, [_find(request, slug, name, channel, language)]))


@router.get(ONE + "/preview", response=PreviewOut, summary="Preview a wording for an addressee")
def preview_wording(
    request: Request, slug: PathKey, name: PathKey, channel: Name, language: PathKey, addressee: Addressee = None
) -> dict[str, Any]:
    """What this wording says to one addressee, or about it. Also for a wording that is not approved yet."""
    wording = _find(request, slug, name, channel, language)
    campaign = find.campaign(request, slug)
    try:
        edition = _with(edition_of(campaign), wording)
        step, reminder = _use(edition, name, channel)
        if step:
            shown = preview(edition, step, channel, addressee, reminder=reminder, language=language)
        else:
            shown = preview_letter(edition, name, _asked(edition, addressee), language)
    except NoSuchMessage as error:
        raise Trouble(INVALID, str(error), [Fault(location="query/addressee", detail=str(error))]) from None
    told = {field: getattr(shown, field) for field in ("language", "wanted", "fallback", "subject", "text", "html")}
    return told | {"addressee": addressee, "step": step, "reminder": reminder}


def _find(request: Request, slug: str, name: str, channel: str, language: str) -> Wording:
    rows = find.campaign(request, slug).wordings.current()
    sentence = f"There is no wording “{name}” for {channel} in {language}"
    return find.find(rows, sentence, name=name, channel=str(channel), language=language)


def _with(edition: Edition, wording: Wording) -> Edition:
    """The edition as if this wording were approved."""
    key = (wording.name, wording.channel, wording.language)
    return replace(edition, wordings={**edition.wordings, key: compiled_wording(wording)})


def _use(edition: Edition, name: str, channel: str) -> tuple[str, int]:
    """The first step, or reminder, that sends this wording over this channel; none («») for what supporters' letters
    begin with. Raises NoSuchMessage.
    """
    for rung in edition.rules.ladder:
        for reminder in (0, *(each.number for each in rung.reminders)):
            if any(each.wording == name and channel in each.channels for each in rung.dispatches_of(reminder)):
                return rung.key, reminder
    if channel == EMAIL.name and name in edition.letters.wordings:
        return "", 0
    raise NoSuchMessage(f"No step sends “{name}” over {channel}")


def _asked(edition: Edition, addressee: str | None) -> str:
    """To whom a supporter's letter is; the first who is asked, if nobody is named. Raises NoSuchMessage."""
    if addressee and addressee not in edition.asked:
        raise NoSuchMessage(f"The demands are not put to “{addressee}”, so supporters do not write to it")
    return addressee or edition.asked[0]


def _described(slug: str, wordings: Sequence[Wording]) -> Iterator[dict[str, Any]]:
    names = ("name", "channel", "language", "version", "status", "subject", "body", "written_at")
    for each in wordings:
        url = f"/api/v1/campaigns/{slug}/wordings/{each.name}/{each.channel}/{each.language}"
        yield {name: getattr(each, name) for name in names} | {"url": url}
