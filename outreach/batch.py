"""Forms that are read together: who signs, who writes, who decided what, and which mail each of them gets."""

import uuid
from collections.abc import Collection
from datetime import datetime, timedelta

from campaigns.address import digest
from campaigns.consent import Consent
from campaigns.mailbox import known_by
from campaigns.signature import Signature
from campaigns.supporter import Supporter
from campaigns.whereabouts import Said, whereabouts
from outreach.crowds import Crowds
from outreach.letters.reading import Pile
from outreach.notice import Notice
from outreach.signup import DATA, WRITE, Form, Signup
from outreach.slow_lane import UNPROVEN, SlowLane
from outreach.suspicion import is_trapped, marks_of

AGAIN_AFTER = {
    Notice.Kind.CONFIRM: timedelta(minutes=10),
    Notice.Kind.ALREADY: timedelta(days=1),
    Notice.Kind.DATA: timedelta(minutes=10),
}
State = Signature.State
Known = dict[tuple[object, str], Supporter]
"""Supporters by campaign and address."""


class Batch:
    """Written down in a few statements, however many they are. `known`: whom of them we know already."""

    def __init__(
        self,
        known: Known,
        asked: Collection[str],
        crowds: Crowds,
        lane: SlowLane,
        letters: Pile,
        moment: datetime,
    ) -> None:
        self._known, self._asked, self._crowds, self._moment = known, asked, crowds, moment
        self._lane, self._letters = lane, letters
        self._supporters: list[Supporter] = []
        self._signatures: list[Signature] = []
        self._new_signatures: dict[uuid.UUID, Signature] = {}
        self._again: list[Signature] = []
        self._consents: list[Consent] = []
        self._notices: dict[Supporter, Notice] = {}
        self._links: dict[Supporter, Notice] = {}

    def add(self, signup: Signup, form: Form) -> None:
        """One form; who is in the batch twice signs once and gets one mail."""
        keys = [(signup.campaign_id, each) for each in known_by(form.email)]
        supporter = next((self._known[key] for key in keys if key in self._known), None)
        if form.wish == DATA:
            self._send_link(supporter, signup)
            return
        if supporter is None:
            supporter = self._new(signup, form)
            self._known |= dict.fromkeys(keys, supporter)
        crowds = self._crowds.join(signup, form.email)
        marks = marks_of(form) + crowds + ([UNPROVEN] if self._lane.holds(signup) else [])
        is_told = not crowds and not is_trapped(form)
        if form.wish == WRITE:
            self._write(signup, form, supporter, marks, is_told=is_told)
            return
        signature = self._signature(supporter, signup, form, marks)
        if signature.state != State.CONFIRMED:  # who types the address of one who has confirmed decides nothing
            self._decided(supporter, form, signup.received_at)
        if not is_told:
            return
        kind = {State.PENDING: Notice.Kind.CONFIRM, State.CONFIRMED: Notice.Kind.ALREADY}.get(State(signature.state))
        if kind and supporter not in self._notices and (notice := self._notice(supporter, kind, signup)):
            self._notices[supporter] = notice

    def write(self) -> None:
        """All of it; people in one order, so that two workers with the same new people do not stop each other."""
        self._place()
        Supporter.objects.bulk_create(sorted(self._supporters, key=lambda each: digest(each.email)))
        Signature.objects.bulk_create(self._signatures)
        Signature.objects.bulk_update(self._again, ["state", "confirmed_at", "ended_at", "signed_at"])
        self._letters.write()
        Consent.objects.bulk_create(self._consents)
        Notice.objects.bulk_create([*self._notices.values(), *self._links.values()])

    def _new(self, signup: Signup, form: Form) -> Supporter:
        supporter = Supporter(
            campaign_id=signup.campaign_id,
            name=form.name,
            email=form.email,
            language=form.language,
            country=form.country,
            postcode=form.postcode,
            division=form.division,
            joined_at=signup.received_at,
        )
        self._supporters.append(supporter)
        return supporter

    def _place(self) -> None:
        """Where those who are new are represented, as far as the map can tell."""
        said = {each.pk: Said(each.campaign_id, each.country, each.postcode) for each in self._supporters}
        found = whereabouts(set(said.values()))
        for each in self._supporters:
            each.division = each.division or found.get(said[each.pk], "")

    def _signature(self, supporter: Supporter, signup: Signup, form: Form, marks: list[str]) -> Signature:
        """Theirs; a new one, if they have none, and the old one again, if they took it back."""
        if (signature := self._theirs(supporter)) is None:
            signature = Signature(
                campaign_id=signup.campaign_id,
                supporter=supporter,
                is_public=form.is_public,
                comment=form.comment,
                network=signup.network,
                marks=marks,
                signed_at=signup.received_at,
            )
            self._signatures.append(signature)
            self._new_signatures[supporter.pk] = signature
        elif signature.state == State.WITHDRAWN:
            signature.state, signature.signed_at = State.PENDING, signup.received_at
            signature.confirmed_at = signature.ended_at = None
            self._again.append(signature)
        return signature

    def _theirs(self, supporter: Supporter) -> Signature | None:
        """That of somebody new is in this batch or nowhere, and is not asked for in the database."""
        found: Signature | None = self._new_signatures.get(supporter.pk)
        return found if found or supporter._state.adding else getattr(supporter, "signature", None)

    def _write(self, signup: Signup, form: Form, supporter: Supporter, marks: list[str], *, is_told: bool) -> None:
        """Letters to addressees, in the same silence: nobody is told what we think of the form."""
        is_new = self._letters.add(signup, form, supporter, marks, is_told=is_told)
        if is_new and supporter.confirmed_at is None:
            self._decided(supporter, form, signup.received_at)

    def _decided(self, supporter: Supporter, form: Form, at: datetime) -> None:
        """What they said to each question, under the words they saw; it counts once the address is confirmed."""
        for purpose, is_given in form.consents.items():
            words = form.asked.get(purpose, "")
            self._consents.append(
                Consent(
                    supporter=supporter,
                    purpose=purpose,
                    is_given=is_given,
                    asked_id=words if words in self._asked else None,
                    source=form.source,
                    at=at,
                )
            )

    def _send_link(self, supporter: Supporter | None, signup: Signup) -> None:
        """Who is known gets the link to what we know; nobody else hears anything."""
        if supporter is not None and (notice := self._notice(supporter, Notice.Kind.DATA, signup)):
            self._links.setdefault(supporter, notice)

    def _notice(self, supporter: Supporter, kind: Notice.Kind, signup: Signup) -> Notice | None:
        """The mail that tells them; None if they were told just before, or too many wait before them."""
        is_new = supporter._state.adding
        if not is_new and Notice.objects.asked(supporter, kind, self._moment - AGAIN_AFTER[kind]):
            return None
        if (turn := self._lane.turn(signup)) is None:
            return None
        return Notice(
            campaign_id=supporter.campaign_id,
            supporter=supporter,
            kind=kind,
            due_at=turn,
            created_at=self._moment,
        )
