"""The letters in forms that a worker reads: each becomes a row that waits for its confirmation."""

import uuid
from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from django.conf import settings

from campaigns.address import digest
from campaigns.appeal import Appeal
from campaigns.supporter import Supporter
from campaigns.wording import Wording
from outreach.letters.letter import Letter
from outreach.letters.likeness import NEARLY, bands, fingerprint, likeness
from outreach.notice import Notice
from outreach.signup import WRITE, Form, Signup
from outreach.slow_lane import SlowLane

MOST_MAILS, SPAN = 5, timedelta(hours=1)
"""So many mails to confirm letters go to one person in an hour, so that nobody fills a mailbox through our form."""

MOST_CANDIDATES = 100


class Pile:
    """The letters of forms that are read together. `forms`: all of them; those that wish something else have none.

    `lane`: who has to wait for the mail that asks to confirm.
    """

    def __init__(self, forms: Iterable[tuple[Signup, Form]], lane: SlowLane, moment: datetime) -> None:
        self._moment, self._lane = moment, lane
        written = [(signup, form) for signup, form in forms if form.wish == WRITE]
        names = {form_name(form) for _, form in written}
        self._read = set(Letter.objects.filter(form__in=names).values_list("form", flat=True)) if names else set()
        self._asked = _asked(written)
        self._wordings = _wordings(written)
        self._letters: list[Letter] = []
        self._notices: list[Notice] = []
        self._mails = Counter[uuid.UUID]()

    def add(self, signup: Signup, form: Form, supporter: Supporter, marks: list[str], *, is_told: bool) -> bool:
        """The letters of one form. False if it was read before: a form sent twice is one.

        `is_told`: whether a mail goes out that asks to confirm them.
        """
        name = form_name(form)
        if name in self._read:
            return False
        self._read.add(name)
        letters = [self._letter(signup, form, supporter, said, marks) for said in form.letters]
        self._letters += [each for each in letters if each]
        if is_told and any(letters) and self._may_mail(supporter) and (turn := self._lane.turn(signup)):
            self._notices.append(self._notice(signup, supporter, name, turn))
        return True

    def write(self) -> None:
        """After the people they are from."""
        for number, letter in enumerate(self._letters):
            letter.resembles = _first_alike(letter, self._letters[:number])
        Letter.objects.bulk_create(self._letters)
        Notice.objects.bulk_create(self._notices)

    def _letter(
        self, signup: Signup, form: Form, supporter: Supporter, said: dict[str, Any], marks: list[str]
    ) -> Letter | None:
        """None for an addressee that the demands are not put to: no form of ours has one."""
        addressee = self._asked.get((signup.campaign_id, said["to"]))
        if addressee is None:
            return None
        prints = fingerprint(said["text"], _key(settings.SECRET_KEY))
        return Letter(
            campaign_id=signup.campaign_id,
            supporter=supporter,
            addressee_id=addressee,
            form=form_name(form),
            division=form.division,
            place=form.place,
            language=said["language"],
            name=form.name,
            subject=said["subject"],
            text=said["text"],
            may_quote=form.may_quote,
            shows_address=form.shows_address,
            started_from_id=self._wordings.get(said["wording"]),
            own_share=said["own_share"],
            words=said["words"],
            fingerprint=prints,
            bands=bands(prints),
            network=signup.network,
            marks=marks,
            written_at=signup.received_at,
        )

    def _may_mail(self, supporter: Supporter) -> bool:
        if supporter.pk not in self._mails:
            sent = Notice.objects.filter(supporter=supporter.pk, kind=Notice.Kind.LETTER)
            self._mails[supporter.pk] = sent.filter(created_at__gt=self._moment - SPAN).count()
        self._mails[supporter.pk] += 1
        return self._mails[supporter.pk] <= MOST_MAILS

    def _notice(self, signup: Signup, supporter: Supporter, name: uuid.UUID, turn: datetime) -> Notice:
        return Notice(
            campaign_id=signup.campaign_id,
            supporter=supporter,
            kind=Notice.Kind.LETTER,
            about=name,
            due_at=turn,
            created_at=self._moment,
        )


def form_name(form: Form) -> uuid.UUID:
    """The name of a form's letters: nobody else's can have it, whatever key somebody makes up."""
    return uuid.uuid5(uuid.NAMESPACE_OID, f"{form.letter_key} {digest(form.email)}")


def _first_alike(letter: Letter, before: list[Letter]) -> Letter | None:
    """The first letter of the campaign that this one is nearly identical to."""
    if not letter.bands:
        return None
    kept = Letter.objects.filter(campaign=letter.campaign_id, resembles=None, bands__overlap=letter.bands)
    found = list(kept.order_by("written_at", "id")[:MOST_CANDIDATES])
    found += [each for each in before if each.resembles is None and each.campaign_id == letter.campaign_id]
    return next((each for each in found if likeness(each.fingerprint, letter.fingerprint) >= NEARLY), None)


def _asked(written: list[tuple[Signup, Form]]) -> dict[tuple[uuid.UUID, str], uuid.UUID]:
    keys = {said["to"] for _, form in written for said in form.letters}
    rows = Appeal.objects.filter(campaign__in={signup.campaign_id for signup, _ in written}, addressee__key__in=keys)
    return {(campaign, key): pk for campaign, key, pk in rows.values_list("campaign", "addressee__key", "addressee")}


def _wordings(written: list[tuple[Signup, Form]]) -> dict[str, uuid.UUID]:
    named = {said["wording"] for _, form in written for said in form.letters if said["wording"]}
    return {str(pk): pk for pk in Wording.objects.filter(pk__in=named).values_list("pk", flat=True)}


@lru_cache(maxsize=4)
def _key(secret: str) -> bytes:
    """What fingerprints are made with: who has the database alone cannot try texts."""
    return blake2b(secret.encode(), person=b"letters").digest()
