"""The Jinja2 environment of our pages. Wordings have a sandbox of their own and never come here."""

from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, StrictUndefined

from campaigns import moment
from campaigns.hold import standstill
from outreach.dashboard.filters import FILTERS


def environment(**options: Any) -> Environment:
    """Pages escape what they show, and a misspelt name is an error, never a gap."""
    pages = Environment(**{**options, "autoescape": True, "undefined": StrictUndefined, "trim_blocks": True})
    pages.globals.update(static=static, url=url, standing_note=standing_note)
    pages.filters.update(FILTERS)
    return pages


def standing_note() -> str:
    """What public pages say while everything is stopped; empty otherwise."""
    hold = standstill(moment.now())
    return hold.note if hold else ""


def url(name: str, /, **values: Any) -> str:
    """The path of a named page: `url('board', slug=campaign.slug)`."""
    return reverse(name, kwargs=values or None)
