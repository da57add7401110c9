"""Whom a post on a network answers: by the post of ours that stands above it, and by the accounts the directory knows.

| who posts                               | below a post of ours           | it                             |
|-----------------------------------------|--------------------------------|--------------------------------|
| an account of one addressee             | about an appeal to them        | answers that appeal, certainly |
| an account that several addressees have | about appeals to them          | is a guess for each            |
| an account of an addressee              | about others, or none at all   | is a guess for what runs there |
| an unknown account named like an office | about an appeal to that office | is a guess, and a weak one     |
| anybody else                            |                                | is not kept: people may talk   |
"""

import unicodedata
from difflib import SequenceMatcher

from django.db.models import QuerySet

from campaigns.address import digests
from campaigns.addressee import Addressee, ContactPoint
from campaigns.appeal import Appeal
from campaigns.campaign import Campaign
from campaigns.ladder import SUPPORTERS
from channels.reply import Reply
from outreach.delivery import Delivery
from outreach.incoming import Incoming
from outreach.response import Response

CERTAIN, SHARED, ELSEWHERE, NAMED, RESEMBLING = 1.0, 0.5, 0.5, 0.3, 0.2
ALIKE = 0.8  # how much of two handles must be the same
Known = tuple[Appeal, float, str]


def whom(channel: str, reply: Reply) -> list[Known]:
    """The appeals that the post may answer, each with how certain that is and why; empty if it is not to be kept."""
    points = ContactPoint.objects.filter(channel=channel, address__iexact=reply.author)
    owners = set(points.values_list("addressee", flat=True))
    concerned = _concerned(channel, reply)
    if not owners:
        return [(each, RESEMBLING, _alike(each)) for each in concerned if _resembles(channel, reply, each.addressee)]
    theirs = [each for each in concerned if each.addressee_id in owners]
    if theirs:
        is_one = len({each.addressee_id for each in theirs}) == 1
        return [(each, CERTAIN if is_one else SHARED, _below(reply, is_one=is_one)) for each in theirs]
    running = Appeal.objects.filter(addressee__in=owners, campaign__status=Campaign.Status.RUNNING)
    if concerned:
        there = running.filter(campaign__in={each.campaign_id for each in concerned})
        return [(each, ELSEWHERE, f"{reply.author} answers a post that is about others") for each in there]
    return [(each, NAMED, f"{reply.author} names us, and answers no post of ours") for each in running]


def our_posts(channel: str) -> QuerySet[Delivery]:
    """What went out on the channel, but for letters to supporters."""
    return Delivery.objects.filter(channel=channel, sent_at__isnull=False).exclude(audience=SUPPORTERS)


def _concerned(channel: str, reply: Reply) -> list[Appeal]:
    """The appeals that the posts above are about: ours, or an earlier answer of the same account."""
    if not reply.answers:
        return []
    above = our_posts(channel).filter(reference__in=reply.answers)
    posts = list(above.values_list("appeal", "wave"))
    earlier = Incoming.objects.filter(
        channel=channel, name__in=reply.answers, sender_digest__in=digests(reply.author), state=Incoming.State.MATCHED
    )
    found = Appeal.objects.filter(pk__in=[appeal for appeal, _ in posts if appeal])
    found |= Appeal.objects.filter(turns__wave__in=[wave for appeal, wave in posts if not appeal])
    found |= Appeal.objects.filter(pk__in=Response.objects.filter(incoming__in=earlier).values("appeal"))
    return list(found.distinct().select_related("addressee"))


def _below(reply: Reply, *, is_one: bool) -> str:
    if is_one:
        return f"{reply.author} answers our post, and the directory has this account"
    return f"{reply.author} answers our post, but several addressees have this account"


def _alike(appeal: Appeal) -> str:
    return f"The account is not in the directory, but it is named much like {appeal.addressee.name}"


def _resembles(channel: str, reply: Reply, addressee: Addressee) -> bool:
    said = {_plain(reply.author_name), _plain(_handle(reply.author))} - {""}
    if said & {_plain(addressee.name), _plain(addressee.holder)}:
        return True
    points = addressee.contact_points.filter(channel=channel).values_list("address", flat=True)
    return any(_share(_handle(each), _handle(reply.author)) >= ALIKE for each in points)


def _share(one: str, other: str) -> float:
    return SequenceMatcher(None, one.casefold(), other.casefold(), autojunk=False).ratio()


def _handle(account: str) -> str:
    """The part that somebody chose: without the sign before it and the server behind."""
    return account.lstrip("@").partition("@")[0]


def _plain(name: str) -> str:
    spelt = unicodedata.normalize("NFKC", name).casefold()
    return "".join(letter for letter in spelt if letter.isalnum())
