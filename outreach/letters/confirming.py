"""The second step of writing: somebody who reads the mail of that address presses a button."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from campaigns.signature import Signature
from campaigns.supporter import Supporter
from outreach.confirming import address_is_proven
from outreach.erasing import erase
from outreach.letters.letter import Letter
from outreach.letters.openings import BY_RULE, Openings

State = Letter.State


def letters_of(form: UUID) -> list[Letter]:
    """The letters of one form, in the order of whom they are to; none if there is no such form."""
    found = Letter.objects.filter(form=form).select_related("campaign", "supporter", "addressee")
    return list(found.order_by("addressee__name", "id"))


@transaction.atomic
def confirm(letters: Iterable[Letter], now: datetime) -> int:
    """They are theirs and wait for their turn. Answers how many that was new for.

    Where the campaign's rules say by now that none is to be written to an addressee, the letter is refused.
    """
    waiting = [each for each in letters if each.state == State.WRITTEN]
    if not waiting:
        return 0
    supporter = Supporter.objects.select_for_update().get(pk=waiting[0].supporter_id)
    openings = Openings(waiting[0].campaign, waiting[0].language, now, [each.addressee.key for each in waiting])
    for letter in waiting:
        opening = openings.get(letter.addressee.key)
        if opening is not None and opening.closed == BY_RULE:
            letter.refuse(opening.reason, now)
        else:
            letter.confirm(now)
    if supporter.confirmed_at is None:
        address_is_proven(supporter, now)
    return len(waiting)


@transaction.atomic
def take_back(letters: Iterable[Letter], now: datetime) -> int:
    """They do not leave. Answers how many that stopped: none that is in a mailbag already."""
    return sum(letter.withdraw(now) for letter in letters)


@transaction.atomic
def disown(letters: Iterable[Letter], now: datetime) -> bool:
    """«It was not me»: the letters go, and so does what we know of somebody who never confirmed anything else."""
    letters = list(letters)
    stopped = take_back(letters, now)
    supporter = letters[0].supporter
    supporter.refresh_from_db()
    has_signed = Signature.objects.filter(supporter=supporter, state=Signature.State.CONFIRMED).exists()
    if supporter.confirmed_at is None and not has_signed:
        erase(supporter, now)
    else:
        Letter.objects.filter(pk__in=[each.pk for each in letters]).forget(now)
    return stopped > 0
