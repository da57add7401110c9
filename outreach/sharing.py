"""All by which others can take part from elsewhere, in one place: addresses, what to copy, what was opened."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from campaigns.campaign import Campaign
from campaigns.share import APPS, opened
from campaigns.words.language import own_name
from outreach.public.card import card_of
from outreach.public.snippet import snippet


@dataclass(frozen=True, slots=True)
class Outlet:
    """What there is in one language; addresses are whole. `picture` is empty where it cannot be drawn."""

    language: str
    title: str
    page: str
    qr: str
    sheet: str
    picture: str
    html: str


@dataclass(frozen=True, slots=True)
class Sharing:
    """`opened`: how often each app was opened to share; what was posted, nobody knows. `sites`: may show the form."""

    opened: dict[str, int]
    sites: list[str]
    outlets: list[Outlet]

    @property
    def total(self) -> int:
        return sum(self.opened.values())

    @property
    def apps(self) -> list[tuple[str, int]]:
        """Each app by its name, the one opened most first."""
        return sorted(((APPS[app], number) for app, number in self.opened.items()), key=lambda pair: -pair[1])


def sharing_of(campaign: Campaign) -> Sharing:
    """As things stand now."""
    return Sharing(opened(campaign.pk), campaign.embed, [_outlet(campaign, each) for each in campaign.languages])


def _outlet(campaign: Campaign, language: str) -> Outlet:
    def address(name: str) -> str:
        return settings.OUTREACH_URL + reverse(name, kwargs={"slug": campaign.slug, "language": language})

    return Outlet(
        language=language,
        title=own_name(language),
        page=address("campaign-in"),
        qr=address("qr"),
        sheet=address("sheet"),
        picture=card_of(campaign, language, "").image,
        html=snippet(campaign, language),
    )
