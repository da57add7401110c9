"""How a link to a campaign shows itself where it is shared (Open Graph, ogp.me, and the cards of X)."""

from dataclasses import dataclass

from babel.core import get_global
from django.conf import settings
from django.urls import reverse

from campaigns.campaign import Campaign
from campaigns.text import Text, in_language
from campaigns.words.dates import is_right_to_left
from channels.paper import NoFont
from channels.picture import check


@dataclass(frozen=True, slots=True)
class Card:
    """`url`: of the page. `image`: the address of the campaign's picture; empty if it cannot be drawn here.

    `locale`: language and land with `_` between them, as Open Graph wants it.
    """

    title: str
    summary: str
    who: str
    url: str
    image: str
    locale: str


def card_of(campaign: Campaign, language: str, path: str) -> Card:
    """`language`: the reader's; where the campaign does not speak it, the card is in its first one."""
    shown = language if language in campaign.languages else campaign.default_language

    def said(text: Text) -> str:
        return in_language(text, shown, *campaign.languages)

    title = said(campaign.title)
    who = said(campaign.sender.get("name", {})) or title
    return Card(
        title=title,
        summary=said(campaign.summary),
        who=who,
        url=f"{settings.OUTREACH_URL}{path}",
        image=_image(campaign, shown) if is_drawable(f"{title}{who}", shown) else "",
        locale=_locale(shown),
    )


def is_drawable(words: str, language: str) -> bool:
    """Whether words in that language can be drawn with the fonts that are here."""
    try:
        check(words, settings.FONTS, right_to_left=is_right_to_left(language))
    except NoFont:
        return False
    return True


def _image(campaign: Campaign, language: str) -> str:
    return settings.OUTREACH_URL + reverse("picture", kwargs={"slug": campaign.slug, "language": language})


def _locale(language: str) -> str:
    """`hy_AM`: with the land where the language is at home, if it names none (CLDR, likely subtags)."""
    plain = language.replace("-", "_")
    likely: str = get_global("likely_subtags").get(plain, plain)
    parts = likely.split("_")
    return f"{parts[0]}_{parts[-1]}" if len(parts) > 1 else plain
