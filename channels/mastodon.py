"""Mastodon: a public post from the campaign's own account.

Source of the count: `StatusLengthValidator` of the server: graphemes, of which a link takes 23 and of a mention only
the name before the host counts. A server may allow more than 500; none allows less unless it was changed to.
"""

import re

from channels.channel import Channel, Limit
from channels.domain import domain_problem
from channels.graphemes import graphemes
from channels.weighted_length import LINK_LENGTH, link

USER = re.compile(r"[A-Za-z0-9_]+(?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?")
MENTION = re.compile(rf"(?<![\w/])(@{USER.pattern})@[\w.-]+\w", re.ASCII)


def _problem(address: str) -> str | None:
    at, user, host = address[:1], *address[1:].partition("@")[::2]
    if at != "@" or not host:
        return f"{address} is not a Mastodon handle: that is @user@host"
    if not USER.fullmatch(user):
        return f"{address} is not a Mastodon handle: {user or 'nothing'} may have only A to Z, digits, _ . -"
    if problem := domain_problem(host):
        return f"{address} is not a Mastodon handle: {problem}"
    return None


def _length(text: str) -> int:
    shortened = link().sub(lambda link: "x" * LINK_LENGTH if "://" in link.group() else link.group(), text)
    return graphemes(MENTION.sub(r"\1", shortened))


MASTODON = Channel(
    name="mastodon",
    title="Mastodon",
    is_public=True,
    has_subject=False,
    address_rule=_problem,
    limits=(Limit(500, "characters", _length),),
)
