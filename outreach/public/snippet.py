"""What another site puts into its page to show the form for signing there."""

from html import escape

from django.conf import settings
from django.urls import reverse

from campaigns.campaign import Campaign
from campaigns.text import in_language

HEIGHT = 1100  # pixels, until the script has said how high it is; without the script, for good


def snippet(campaign: Campaign, language: str) -> str:
    """HTML to copy. `language`: one of the campaign's."""
    home = settings.OUTREACH_URL
    form = home + reverse("embed", kwargs={"slug": campaign.slug, "language": language})
    title = escape(in_language(campaign.title, language, *campaign.languages))
    return (
        f'<iframe src="{form}" title="{title}" width="100%" height="{HEIGHT}" loading="lazy"'
        f' style="border: 0; max-width: 40rem"></iframe>\n'
        f'<script src="{home}{reverse("embed-script")}" async></script>\n'
    )
