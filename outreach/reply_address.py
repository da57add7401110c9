"""Where answers and bounces come back to, and which appeal an address of ours stands for."""

import uuid
from collections.abc import Iterable

from django.conf import settings
from django.db import connection

from campaigns.appeal import Appeal
from campaigns.campaign import Campaign
from campaigns.reply_address import LENGTH, SIMILAR, ids_of, meant, slips
from channels.return_path import tagged
from outreach.links import reply_tokens

REPLIES = "reply"
IN_SPAN = """
SELECT appeal.id FROM unnest(%s::uuid[], %s::uuid[]) AS span(first, last)
  JOIN campaigns_appeal AS appeal ON appeal.id BETWEEN span.first AND span.last
"""


def reply_to(campaign: Campaign, appeal: Appeal | None) -> str:
    """Where a letter asks to be answered.

    An appeal has an address of its own: the campaign's reply_to, if that ends in + before its @, with the appeal's
    token after it; else one at OUTREACH_REPLY_DOMAIN. Without either, and for letters about no single appeal, it is the
    campaign's reply_to as it stands, or empty.
    """
    return answers_at(campaign, reply_tokens().token(appeal.pk) if appeal is not None else "")


def answers_at(campaign: Campaign, tag: str) -> str:
    """The same for whatever `tag` stands for; the campaign's reply_to as it stands if that is empty."""
    said = str(campaign.sender.get("reply_to", ""))
    local, _, domain = said.rpartition("@")
    is_open = local.endswith("+")
    if tag and is_open:
        return tagged(f"{local[:-1]}@{domain}", tag)
    if tag and settings.REPLY_DOMAIN:
        return tagged(f"{REPLIES}@{settings.REPLY_DOMAIN}", tag)
    return f"{local[:-1]}@{domain}" if is_open else said


def return_path(key: str) -> str:
    """Where the news of a bounce goes: OUTREACH_BOUNCES with the letter's key in it, or empty."""
    return tagged(settings.BOUNCES, key) if settings.BOUNCES else ""


def appeals_at(addresses: Iterable[str], *, exactly: bool = False) -> dict[uuid.UUID, float]:
    """The appeals that addresses stand for, each with how like the address is: 1 for exactly it.

    What is exact is found at a glance; what is not is tried with one character wrong, missing, doubled or swapped,
    unless only what is exact is wanted.
    """
    found: dict[uuid.UUID, float] = {}
    for said in {tag for address in addresses if (tag := tag_of(address))}:
        likely = _like(said, {said}) or (not exactly and _like(said, slips(said))) or {}
        for appeal, likeness in likely.items():
            found[appeal] = max(likeness, found.get(appeal, 0.0))
    return found


def tag_of(address: str) -> str:
    """What may be a token in an address: what stands after the last + before the @; or, where the + was lost, the end
    of it. In capitals and small letters as it came; empty if it is too long or too short to have been one.
    """
    local = address.strip("<> ").rpartition("@")[0]
    tag = local.rpartition("+")[2] if "+" in local else local[-LENGTH:]
    return tag if abs(len(tag) - LENGTH) <= 1 and tag.isascii() and tag.isalnum() else ""


def _like(said: str, tokens: set[str]) -> dict[uuid.UUID, float]:
    """The appeals that may have one of these tokens and are like enough to what was said."""
    spans = ids_of({meant(each) for each in tokens})
    with connection.cursor() as cursor:
        cursor.execute(IN_SPAN, [[first for first, _ in spans], [last for _, last in spans]])
        likeness = {pk: reply_tokens().likeness(said, pk) for (pk,) in cursor.fetchall()}
    return {pk: like for pk, like in likeness.items() if like >= SIMILAR}
