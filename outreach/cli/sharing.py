"""What others need to take part from elsewhere, from a terminal."""

from dataclasses import asdict
from typing import Annotated

import typer

from campaigns.campaign import Campaign
from outreach.cli.running import Slug, found, near
from outreach.cli.say import AsJson, document, refuse, table
from outreach.public.snippet import snippet
from outreach.sharing import sharing_of

Language = Annotated[str, typer.Option("--language", "-l", help="One of the campaign's; its first if left out.")]


def embed(campaign: Slug, language: Language = "", as_json: AsJson = False) -> None:
    """Print the HTML by which another site shows the form for signing; `embed:` in campaign.yaml says which may."""
    kept = found(campaign, as_json)
    html = snippet(kept, spoken(kept, language, as_json))
    if as_json:
        document({"html": html, "sites": kept.embed})
        return
    typer.echo(html, nl=False)
    if not kept.embed:
        typer.echo("No site may show it yet: name some under “embed:” in campaign.yaml, and load it.", err=True)


def sharing(campaign: Slug, as_json: AsJson = False) -> None:
    """Say how often each app was opened to share, and where page, QR code, sheet and picture of each language are."""
    found_sharing = sharing_of(found(campaign, as_json))
    if as_json:
        document(asdict(found_sharing))
        return
    table(["opened to share in", "times"], found_sharing.apps)
    typer.echo()
    columns = ("language", "page", "qr", "sheet", "picture")
    table(columns, [[getattr(each, name) for name in columns] for each in found_sharing.outlets])


def spoken(campaign: Campaign, language: str, as_json: bool) -> str:
    """The language, or the campaign's first one; the command ends with a sentence if it does not speak it."""
    if language and language not in campaign.languages:
        refuse(f"“{campaign.slug}” does not speak {language}{near(language, campaign.languages)}", as_json)
    return language or campaign.default_language
