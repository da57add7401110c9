"""Domains whose mailboxes anybody opens for ten minutes. They are noted and nothing else: some people have a reason."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

KNOWN = """
10minutemail.com 10minutemail.net anonbox.net armyspy.com binkmail.com bobmail.info burnermail.io byom.de chammy.info
cool.fr.nf crazymailing.com cuvox.de dayrep.com devnullmail.com discard.email discardmail.com discardmail.de
dispostable.com dropmail.me einrot.com emailfake.com emailondeck.com fakeinbox.com fakemail.net fleckens.hu
generator.email getnada.com grr.la guerrillamail.biz guerrillamail.com guerrillamail.de guerrillamail.net
guerrillamail.org guerrillamailblock.com gustr.com harakirimail.com inboxkitten.com incognitomail.org jetable.fr.nf
jourrapide.com kasmail.com letthemeatspam.com mail-temp.com mailcatch.com maildrop.cc mailexpire.com mailin8r.com
mailinator.com mailinator2.com mailnesia.com mailnull.com mailsac.com minuteinbox.com mintemail.com moakt.com
mohmal.com monumentmail.com mytemp.email nada.email notmailinator.com pokemail.net reallymymail.com rhyta.com
safetymail.info sharklasers.com sogetthis.com spam4.me spambog.com spambog.de spambox.us spamfree24.org
spamgourmet.com spamherelots.com streetwisemail.com superrito.com suremail.info teleworm.us temp-mail.io
temp-mail.org tempail.com tempinbox.com tempmail.com tempmail.net tempmailo.com thisisnotmyrealemail.com
throwawaymail.com tmpmail.net tmpmail.org tradermail.info trash-mail.com trashmail.com trashmail.de trashmail.net
veryrealemail.com wegwerfmail.de wegwerfmail.net wegwerfmail.org yopmail.com yopmail.fr yopmail.net zippymail.info
"""


def is_disposable(domain: str) -> bool:
    """Whether `domain`, or one that it is below, is known for it: here, or in the installation's own list."""
    known = _known(settings.DISPOSABLE_DOMAINS)
    labels = domain.split(".")
    return any(".".join(labels[start:]) in known for start in range(len(labels) - 1))


@lru_cache(maxsize=2)
def _known(more: Path | None) -> frozenset[str]:
    listed = more.read_text(encoding="utf-8").lower().splitlines() if more else []
    own = (line.partition("#")[0].strip() for line in listed)
    return frozenset(KNOWN.split()) | frozenset(filter(None, own))
