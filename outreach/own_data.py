"""«My data»: all that we keep about a supporter, to be seen, taken along, changed and taken back by themselves."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from campaigns.address import digests
from campaigns.consent import UPDATES, Consent
from campaigns.signature import Signature
from campaigns.supporter import Supporter
from outreach.asking import known
from outreach.delivery import Delivery
from outreach.incoming import Incoming
from outreach.letters.forwarded import words_in
from outreach.letters.letter import Letter
from outreach.letters.letter_reply import LetterReply
from outreach.links import own_data
from outreach.notice import Notice
from outreach.partner_share import PartnerShare
from outreach.unsubscribe import opt_out

LIFETIME = timedelta(days=2)
SOURCE = "my data"


def whose(token: str) -> Notice | None:
    """The mail that brought this link, and with it whose data it opens; None if it was not made here."""
    known = own_data().supporter(token)
    mails = Notice.objects.select_related("supporter", "campaign").filter(kind=Notice.Kind.DATA)
    return mails.filter(pk=known).first() if known else None


def is_open(notice: Notice, now: datetime) -> bool:
    """Whether the link still works: for two days, so that an old mail gives nobody away."""
    return now < notice.created_at + LIFETIME


def export(supporter: Supporter, now: datetime) -> dict[str, Any]:
    """Everything, as plain values (GDPR, articles 15 and 20). Instants are in UTC.

    What made a signature look odd is left out, so that nobody learns from it how to look genuine.
    """
    said = ("name", "email", "language", "country", "postcode", "division", "chose_division", "joined_at",
            "confirmed_at", "agreed_at", "opted_out_at")  # fmt: skip
    return {
        "made_at": now,
        "campaign": {"slug": supporter.campaign.slug, "title": supporter.campaign.title},
        "you": {name: getattr(supporter, name) for name in said},
        "signature": _signature(supporter),
        "letters_to_addressees": [_to_an_addressee(each) for each in letters_from(supporter)],
        "consents": [_consent(each) for each in supporter.consents.select_related("asked")],
        "given_to_partners": [_share(each) for each in PartnerShare.objects.filter(supporter=supporter)],
        "messages_to_you": [_message(each) for each in _deliveries(supporter)],
        "mails_about_what_you_did": list(supporter.notices.values("kind", "state", "created_at", "sent_at")),
        "messages_from_you": [_letter(each) for each in _letters(supporter)],
    }


@transaction.atomic
def change(
    supporter: Supporter,
    *,
    name: str,
    is_public: bool,
    consents: Mapping[str, bool],
    asked: Mapping[str, str],
    now: datetime,
) -> None:
    """What they want to be called, whether the name is shown, and what they allow: `consents` by purpose, `asked` with
    the key of the words they saw. What is not named stays as it was.
    """
    Signature.objects.filter(supporter=supporter).update(is_public=is_public)
    Supporter.objects.filter(pk=supporter.pk).exclude(forgotten_at__isnull=False).update(name=name)
    before, words = Consent.objects.all_of(supporter), known(asked.values())
    for purpose in supporter.campaign.asking().purposes:
        is_given, key = consents.get(purpose), asked.get(purpose, "")
        if is_given is not None and is_given != before.get(purpose):
            _decide(supporter, purpose, is_given, key if key in words else None, now)


def _decide(supporter: Supporter, purpose: str, is_given: bool, key: str | None, now: datetime) -> None:
    if purpose == UPDATES and not is_given and opt_out(supporter, now, source=SOURCE):
        return
    Consent.objects.create(supporter=supporter, purpose=purpose, is_given=is_given, asked_id=key, source=SOURCE, at=now)
    if purpose == UPDATES and is_given:  # whoever holds the link reads the mail of this address
        Supporter.objects.filter(pk=supporter.pk).update(agreed_at=now, opted_out_at=None)


def take_back(supporter: Supporter, now: datetime) -> bool:
    """The signature does not count any more. False if there was none, or it was taken back before."""
    signature = Signature.objects.filter(supporter=supporter).first()
    return signature is not None and signature.withdraw(now)


def _signature(supporter: Supporter) -> Mapping[str, Any] | None:
    said = ("state", "is_public", "comment", "network", "sheet", "row", "place", "signed_at", "confirmed_at",
            "ended_at")  # fmt: skip
    found = Signature.objects.filter(supporter=supporter).first()
    return {name: getattr(found, name) for name in said} if found else None


def letters_from(supporter: Supporter) -> QuerySet[Letter]:
    """What they wrote to addressees, as it was written."""
    return Letter.objects.filter(supporter=supporter).select_related("addressee", "mailbag")


def _to_an_addressee(letter: Letter) -> dict[str, Any]:
    said = ("state", "reason", "name", "place", "language", "subject", "text", "may_quote", "shows_address",
            "own_share", "written_at", "confirmed_at", "ended_at")  # fmt: skip
    bag = letter.mailbag
    return {
        "to": letter.addressee.name,
        **{name: getattr(letter, name) for name in said},
        "message": {"state": bag.state, "sent_at": bag.sent_at, "letters_in_it": bag.number} if bag else None,
        "answers": [_answer(each) for each in letter.replies.select_related("incoming")],
    }


def _answer(reply: LetterReply) -> dict[str, Any]:
    said = {"at": reply.at, "state": reply.state, "is_automatic": reply.is_automatic}
    if reply.state != LetterReply.State.FORWARDED:
        return said
    return said | {"from": reply.incoming.gist.sender, "text": words_in(reply.incoming)}


def _consent(consent: Consent) -> dict[str, Any]:
    said = ("purpose", "channel", "is_given", "source", "at")
    words = consent.asked.text if consent.asked else None
    return {name: getattr(consent, name) for name in said} | {"words": words}


def _share(share: PartnerShare) -> dict[str, Any]:
    return {name: getattr(share, name) for name in ("partner", "first_at", "last_at", "ended_at")}


def _deliveries(supporter: Supporter) -> Any:
    found = Delivery.objects.filter(supporter=supporter)
    return found.select_related("supporter", "sheet__wording").prefetch_related("events")


def _message(delivery: Delivery) -> dict[str, Any]:
    said = ("channel", "state", "reason", "created_at", "sent_at", "delivered_at")
    happened = [{"kind": each.kind, "at": each.at, "detail": each.detail} for each in delivery.events.all()]
    return {name: getattr(delivery, name) for name in said} | {
        "subject": delivery.words.subject,
        "text": delivery.words.text,
        "events": happened,
    }


def _letters(supporter: Supporter) -> Any:
    if not supporter.email:
        return Incoming.objects.none()
    return Incoming.objects.without_weight().filter(sender_digest__in=digests(supporter.email))


def _letter(incoming: Incoming) -> dict[str, Any]:
    gist = asdict(incoming.gist)
    return {"received_at": incoming.received_at} | {name: gist[name] for name in ("sender", "subject", "text")}
