"""How many sign or write from one network, or at one domain: more than ever come by themselves get no mail.

An attacker sees the same page and learns nothing, and our mail is not poured into strangers' mailboxes. Who is among
them by chance signs again an hour later and gets the mail then.
"""

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.db.models import Count

from campaigns.address import domain_of
from campaigns.signature import Signature
from outreach.letters.letter import Letter
from outreach.signup import Signup

SPAN = timedelta(hours=1)
MOST_OF = {"network": 100, "domain": 300}
"""New signatures, and forms with letters, of one campaign in an hour: of a network that neighbours share, and of a
domain that is not BIG.
"""

LARGE = """
gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com ymail.com icloud.com me.com
aol.com proton.me protonmail.com fastmail.com mail.ru list.ru bk.ru inbox.ru yandex.ru ya.ru rambler.ru gmx.de
gmx.net gmx.at web.de t-online.de freenet.de posteo.de orange.fr wanadoo.fr free.fr laposte.net sfr.fr
hotmail.fr yahoo.fr hotmail.co.uk yahoo.co.uk btinternet.com qq.com 163.com 126.com naver.com libero.it
"""
BIG = frozenset(LARGE.split())
"""Domains at which so many people are that no number of them says anything."""

Crowd = tuple[uuid.UUID, str, str]
"""Campaign, what they have in common, and its value."""


class Crowds:
    """Counts what came in the last hour. `coming`: the forms about to be read, each with its address."""

    def __init__(self, coming: Iterable[tuple[Signup, str]], now: datetime, most: Mapping[str, int] = MOST_OF) -> None:
        self._most, self._sizes = most, Counter[Crowd]()
        wanted = {crowd for signup, email in coming for crowd in _crowds(signup, email)}
        campaigns = {campaign for campaign, _, _ in wanted}
        signed = Signature.objects.filter(campaign__in=campaigns, signed_at__gt=now - SPAN)
        written = Letter.objects.filter(campaign__in=campaigns, written_at__gt=now - SPAN)
        for of, column in (("network", "network"), ("domain", "supporter__email_domain")):
            values = {value for _, each, value in wanted if each == of}
            for rows, what in ((signed, "pk"), (written, "form")):
                there = rows.filter(**{f"{column}__in": values}).order_by().values_list("campaign", column)
                for campaign, value, number in there.annotate(number=Count(what, distinct=True)):
                    self._sizes[campaign, of, value] += number

    def join(self, signup: Signup, email: str) -> list[str]:
        """Count one more; answers of which kinds the crowds are that are too large now: «network», «domain»."""
        found = list(_crowds(signup, email))
        self._sizes.update(found)
        return [of for campaign, of, value in found if self._sizes[campaign, of, value] > self._most[of]]


def _crowds(signup: Signup, email: str) -> Iterable[Crowd]:
    if signup.network:
        yield signup.campaign_id, "network", signup.network
    if (domain := domain_of(email)) and domain not in BIG:
        yield signup.campaign_id, "domain", domain
