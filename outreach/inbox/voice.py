"""Whose voice a mail is: whether it may count as the addressee's. Pure.

| sender                                          | what servers say          | voice                         |
|-------------------------------------------------|---------------------------|-------------------------------|
| a supporter's address, and not the addressee's  |                           | SUPPORTER: never counts       |
| any other                                       | it is not from there      | FORGED: a person looks        |
| an address or domain of the addressee's         | it is from there          | THEIRS                        |
| an address or domain of the addressee's         | nothing that proves it    | UNPROVEN: counts, and says so |
| anybody else, or several at once                |                           | STRANGER: a person looks      |

A domain is the addressee's if a contact point of theirs is in it, or one of the two lies in the other; not if everybody
can have an address there.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from channels.incoming.reading import Verdicts

EVERYBODYS = frozenset(
    """
    126.com 163.com aol.com freenet.de gmail.com gmx.at gmx.ch gmx.com gmx.de gmx.net googlemail.com hotmail.co.uk
    hotmail.com hotmail.de hotmail.fr icloud.com inbox.ru laposte.net libero.it list.ru live.com mac.com mail.am
    mail.com mail.ru me.com msn.com naver.com orange.fr outlook.com outlook.de outlook.fr pm.me proton.me protonmail.ch
    protonmail.com qq.com rambler.ru seznam.cz t-online.de ukr.net virgilio.it wanadoo.fr web.de wp.pl ya.ru yahoo.co.jp
    yahoo.co.uk yahoo.com yahoo.de yahoo.fr yandex.com yandex.ru ymail.com zoho.com
    """.split()  # noqa: SIM905
)
"""Where anybody may have an address: to share such a domain says nothing."""
REGISTRIES = frozenset(
    """
    ac co com edu ac edu gob gouv gov go gub info int mil muni ne net nic nom or org parliament sch
    """.split()  # noqa: SIM905
)
"""Labels under which countries register names: `gov.am` is as little one office as `am` is."""


class Voice(StrEnum):
    THEIRS = "theirs"
    UNPROVEN = "unproven"
    STRANGER = "stranger"
    SUPPORTER = "supporter"
    FORGED = "forged"


@dataclass(frozen=True, slots=True)
class Heard:
    """Whose voice it is, and a sentence for a person that says why."""

    voice: Voice
    why: str = ""

    @property
    def may_count(self) -> bool:
        """Whether it may count as the addressee's without a person's word."""
        return self.voice in (Voice.THEIRS, Voice.UNPROVEN)


NOT_PROVEN = "Sender not proven: no server says that this mail is from there"


def voice_of(senders: Collection[str], verdicts: Verdicts, theirs: Collection[str], *, is_supporter: bool) -> Heard:
    """`senders`: all addresses in From. `theirs`: the mail addresses of the addressee. `is_supporter`: whether a known
    supporter has the sender's address.
    """
    if len(senders) != 1:
        return Heard(Voice.STRANGER, "It names several senders" if senders else "It names no sender")
    (sender,) = senders
    if not domain_of(sender) or "@" not in sender:
        return Heard(Voice.STRANGER, "Its sender is no address")
    belongs = belongs_to(sender, theirs)
    if is_supporter and sender.casefold() not in {each.casefold() for each in theirs}:
        return Heard(Voice.SUPPORTER, "A supporter wrote it")
    if verdicts.is_refuted:
        return Heard(Voice.FORGED, f"It says that it is from {domain_of(sender)}, and {_says(verdicts)}")
    if not belongs:
        return Heard(Voice.STRANGER, "It is from a third person: neither the address nor the domain is the addressee's")
    if not verdicts.proves(domain_of(sender)):
        return Heard(Voice.UNPROVEN, NOT_PROVEN)
    return Heard(Voice.THEIRS)


def belongs_to(sender: str, theirs: Collection[str]) -> bool:
    """Whether an address is one of theirs, or lies in a domain of theirs."""
    known = {each.casefold() for each in theirs}
    return sender.casefold() in known or any(is_same_office(domain_of(sender), domain_of(each)) for each in known)


def is_same_office(one: str, other: str) -> bool:
    """Whether two domains are one, or one lies in the other, and they are not everybody's."""
    parent, child = sorted((one, other), key=len)
    return _is_somebodys(parent) and (child == parent or child.endswith(f".{parent}"))


def domain_of(address: str) -> str:
    return address.rpartition("@")[2].lower().rstrip(".")


def _is_somebodys(domain: str) -> bool:
    labels = domain.split(".")
    return len(labels) > 1 and domain not in EVERYBODYS and not (len(labels) == 2 and labels[0] in REGISTRIES)


def _says(verdicts: Verdicts) -> str:
    said = {"DMARC": verdicts.dmarc, "SPF": verdicts.spf, "DKIM": verdicts.dkim}
    return f"{verdicts.by or 'the server'} says otherwise ({', '.join(f'{k}: {v}' for k, v in said.items() if v)})"
