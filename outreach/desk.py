"""Where deliveries get their words: the campaign's wording, for this recipient, as things stand now."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from functools import cached_property

from django.db.models import Min

from campaigns import moment
from campaigns.appeal import Appeal
from campaigns.campaign import Campaign
from campaigns.edition import Edition
from campaigns.kept import edition_of
from campaigns.ladder import ADDRESSEES, SUPPORTERS
from campaigns.mailing import Mailing
from campaigns.occasions import Setting, occasion_of
from campaigns.outcome import standings
from campaigns.posture import Posture, postures
from campaigns.representation import covering
from campaigns.wave import Turn, Wave
from campaigns.wording import Wording
from campaigns.words.brief import Occasion
from campaigns.words.wording import Compiled
from channels.email import EMAIL
from channels.envelope import Envelope, Sender
from outreach.constituents import NO_LONGER_ASKED, is_about_their_own
from outreach.delivery import Delivery
from outreach.foot import answer_of, with_answer
from outreach.links import unsubscribing
from outreach.preface import preface, put_before
from outreach.preview import base_of
from outreach.reply_address import reply_to, return_path


class Desk:
    """Writes the deliveries of one campaign, as things stand at `now`, or else when it is made.

    Reads the campaign once; make a new one for each batch.
    """

    def __init__(self, campaign: Campaign, now: datetime | None = None) -> None:
        self.campaign, self._now = campaign, now or moment.now()

    @cached_property
    def edition(self) -> Edition:
        return edition_of(self.campaign)

    def write(self, delivery: Delivery) -> None:
        """Fill in language, subject, text and html. Raises Unfit if the wording does not hold."""
        occasion = self.occasion(delivery)
        rendered = self.edition.write(delivery.wording_name, delivery.channel, occasion)
        answer = answer_of(delivery.appeal_id, delivery.audience, delivery.channel)
        rendered = with_answer(rendered, delivery.channel, occasion.language, answer)
        delivery.language = occasion.language
        delivery.wording = self._wordings[delivery.wording_name, delivery.channel, occasion.language]
        delivery.subject, delivery.text, delivery.html = rendered.subject, rendered.text, rendered.html
        if delivery.instead_of is not None:
            sentence, language = preface(delivery.instead_of, delivery.language, self.campaign.time_zone)
            if sentence:
                put_before(delivery, sentence, language)

    def envelope(self, delivery: Delivery) -> Envelope:
        """The delivery as its wire takes it: in the thread of what the same addressee got before."""
        earlier = self._references(delivery)
        return Envelope(
            key=delivery.key,
            to=delivery.address,
            to_name=self._name_of_recipient(delivery),
            sender=self._sender(delivery),
            reply_to=reply_to(self.campaign, _asked(delivery)) if delivery.channel == EMAIL.name else "",
            subject=delivery.subject,
            text=delivery.text,
            html=delivery.html,
            language=delivery.language,
            in_reply_to=earlier[-1] if earlier else "",
            references=earlier,
            unsubscribe=unsubscribing().link(delivery.supporter.pk) if delivery.supporter else "",
            return_path=return_path(delivery.key) if delivery.channel == EMAIL.name else "",
            written_at=delivery.created_at,
        )

    def occasion(self, delivery: Delivery) -> Occasion:
        """What this delivery is about, as things stand now: only what is still open is named."""
        supporter = delivery.supporter
        return occasion_of(
            self.edition,
            self._setting(delivery),
            self._language(delivery),
            base_of(self.edition),
            delivery.addressee.key if delivery.addressee else None,
            (supporter.name, unsubscribing().link(supporter.pk)) if supporter else None,
            answer_of(delivery.appeal_id, delivery.audience, delivery.channel),
        )

    def wording(self, delivery: Delivery, language: str) -> tuple[Compiled, Wording]:
        """The wording it is written from, ready and as it is kept. Raises KeyError if there is none, or Unfit."""
        key = (delivery.wording_name, delivery.channel, language)
        return self.edition.wordings[key], self._wordings[key]

    @cached_property
    def _wordings(self) -> dict[tuple[str, str, str], Wording]:
        return {(w.name, w.channel, w.language): w for w in self.campaign.wordings.usable()}

    def _setting(self, delivery: Delivery) -> Setting:
        appeals = self._appeals(delivery)
        turn = delivery.wave.turns.filter(appeal__in=appeals).order_by("due_at").first() if delivery.wave.step else None
        return Setting(
            rung=delivery.wave.step.number if delivery.wave.step else 1,
            silent=tuple(appeal.addressee.key for appeal in appeals),
            open_demands={demand.key for standing in standings(appeals).values() for demand in standing.open},
            due_at=turn.due_at if turn else None,
            deadline=_public_deadline(appeals),
            first_letter_at=_first_letter_at(appeals),
        )

    def _appeals(self, delivery: Delivery) -> list[Appeal]:
        """Those concerned, without the ones that have acted since, in the campaign's own order."""
        if delivery.appeal is not None:
            return [delivery.appeal]
        still = self._of_mailing(delivery.wave.mailing) if delivery.wave.mailing else self._of_turns(delivery.wave)
        if delivery.supporter and is_about_their_own(delivery.wave, delivery.wording_name, delivery.channel):
            theirs = covering(delivery.supporter.division)
            still = [each for each in still if each.addressee.division in theirs]
        order = {key: number for number, key in enumerate(self.edition.asked)}
        return sorted(still, key=lambda appeal: order.get(appeal.addressee.key, len(order)))

    def _of_turns(self, wave: Wave) -> list[Appeal]:
        found = Appeal.objects.filter(turns__wave=wave).exclude(status__in=NO_LONGER_ASKED)
        return list(found.select_related("addressee"))

    def _of_mailing(self, mailing: Mailing) -> list[Appeal]:
        """Those who stand as the mailing asks; all who are still asked, if it does not."""
        if wanted := mailing.for_whom.representatives:
            return [each for each, how in self._postures.items() if how in wanted]
        return [each for each in self._postures if each.status not in NO_LONGER_ASKED]

    @cached_property
    def _postures(self) -> dict[Appeal, Posture]:
        return postures(self.campaign, self._now)

    def _language(self, delivery: Delivery) -> str:
        if delivery.audience == SUPPORTERS:
            languages: Iterable[str] = (delivery.supporter.language,) if delivery.supporter else ()
            return self.edition.language_for(tuple(languages), delivery.wording_name, delivery.channel).language
        written_to = delivery.addressee.key if delivery.addressee and delivery.contact_point else None
        choice = self.edition.language_of_message(
            delivery.audience, written_to, delivery.wording_name, delivery.channel
        )
        return choice.language

    def _references(self, delivery: Delivery) -> tuple[str, ...]:
        if delivery.appeal is None or delivery.contact_point is None:
            return ()
        earlier = delivery.appeal.deliveries.filter(channel=delivery.channel, addressee=delivery.addressee)
        named = earlier.exclude(pk=delivery.pk).exclude(reference="").order_by("sent_at")
        return tuple(named.values_list("reference", flat=True))

    def _sender(self, delivery: Delivery) -> Sender:
        name = self.edition.brief.sender_name
        said = name.get(delivery.language) or next(iter(name.values()), "")
        return Sender(said, str(self.campaign.sender.get(delivery.channel, "")))

    def _name_of_recipient(self, delivery: Delivery) -> str:
        if delivery.supporter is not None:
            return delivery.supporter.name
        if delivery.addressee is None:
            return ""
        return self.edition.brief.term(delivery.addressee.name, delivery.language)


def _asked(delivery: Delivery) -> Appeal | None:
    """Whose answer a letter asks for: that of whom it is written to, and of nobody else."""
    return delivery.appeal if delivery.appeal and delivery.appeal.addressee_id == delivery.addressee_id else None


def _public_deadline(appeals: list[Appeal]) -> datetime | None:
    """When the time of the first step ends, or the first one that was missed; holds and late proof have moved it."""
    missed = Turn.objects.filter(appeal__in=appeals, missed_at__isnull=False).values_list("missed_at", flat=True)
    running = Appeal.objects.filter(pk__in=[a.pk for a in appeals], step__number=1).values_list("due_at", flat=True)
    return min((at for at in (*missed, *running) if at), default=None)


def _first_letter_at(appeals: list[Appeal]) -> datetime | None:
    letters = Delivery.objects.filter(appeal__in=appeals, step__number=1, audience=ADDRESSEES)
    first: datetime | None = letters.aggregate(first=Min("sent_at"))["first"]
    return first


def desks(deliveries: Iterable[Delivery], now: datetime) -> dict[uuid.UUID, Desk]:
    """A desk for every campaign these belong to."""
    return {campaign.pk: Desk(campaign, now) for campaign in {delivery.campaign for delivery in deliveries}}
