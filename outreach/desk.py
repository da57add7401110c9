"""Where deliveries get their words: the campaign's wording, for this recipient, as things stand now."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from functools import cached_property

from django.conf import settings
from django.db.models import Min

from campaigns.appeal import Appeal
from campaigns.campaign import Campaign
from campaigns.kept import edition_of
from campaigns.ladder import ADDRESSEES, SUPPORTERS
from campaigns.links import links_of
from campaigns.outcome import standings
from campaigns.wave import Turn, Wave
from campaigns.wording import Wording
from campaigns.words.brief import Occasion
from channels.envelope import Envelope, Sender
from outreach.claim import NO_LONGER_ASKED, address_of
from outreach.delivery import Delivery


class Desk:
    """Writes the deliveries of one campaign. Reads the campaign once; make a new one for each batch."""

    def __init__(self, campaign: Campaign) -> None:
        self.campaign = campaign
        self.edition = edition_of(campaign)

    def write(self, delivery: Delivery) -> None:
        """Fill in language, subject, text and html. Raises Unfit if the wording does not hold."""
        occasion = self.occasion(delivery)
        rendered = self.edition.write(delivery.wording_name, delivery.channel, occasion)
        delivery.language = occasion.language
        delivery.wording = self._wordings[delivery.wording_name, delivery.channel, occasion.language]
        delivery.subject, delivery.text, delivery.html = rendered.subject, rendered.text, rendered.html

    def envelope(self, delivery: Delivery) -> Envelope:
        """The delivery as its wire takes it: in the thread of what the same addressee got before."""
        earlier = self._references(delivery)
        return Envelope(
            key=delivery.key,
            to=address_of(delivery),
            to_name=self._name_of_recipient(delivery),
            sender=self._sender(delivery),
            reply_to=self.campaign.sender.get("reply_to", "") if delivery.channel == "email" else "",
            subject=delivery.subject,
            text=delivery.text,
            html=delivery.html,
            language=delivery.language,
            in_reply_to=earlier[-1] if earlier else "",
            references=earlier,
            written_at=delivery.due_at,
        )

    def occasion(self, delivery: Delivery) -> Occasion:
        """What this delivery is about, as things stand now: only what is still open is named."""
        appeals = self._appeals(delivery)
        turn = delivery.wave.turns.filter(appeal__in=appeals).order_by("due_at").first()
        open_demands = {demand.key for standing in standings(appeals).values() for demand in standing.open}
        addressee = delivery.addressee.key if delivery.addressee else ""
        supporter = delivery.supporter
        readers = self.edition.readers
        return Occasion(
            language=self._language(delivery),
            deadline=self._public_deadline(appeals),
            answer_by=self._answer_by(delivery.wave, turn),
            first_letter_at=self._first_letter_at(appeals),
            addressee=readers[addressee].office if addressee else None,
            supporter_name=supporter.name if supporter else None,
            silent=tuple(readers[appeal.addressee.key].office for appeal in appeals),
            open_demands=open_demands,
            links=links_of(self.base, addressee, supporter.pk.hex if supporter else ""),
        )

    @property
    def base(self) -> str:
        """Where the campaign lives in public."""
        return self.campaign.website or f"{settings.OUTREACH_URL}/c/{self.campaign.slug}"

    @cached_property
    def _wordings(self) -> dict[tuple[str, str, str], Wording]:
        return {(w.name, w.channel, w.language): w for w in self.campaign.wordings.usable()}

    def _appeals(self, delivery: Delivery) -> list[Appeal]:
        """Those concerned, without the ones that have acted since."""
        if delivery.appeal is not None:
            return [delivery.appeal]
        still = Appeal.objects.filter(turns__wave=delivery.wave_id).exclude(status__in=NO_LONGER_ASKED)
        return list(still.select_related("addressee").order_by("addressee__name"))

    def _language(self, delivery: Delivery) -> str:
        if delivery.audience == SUPPORTERS:
            languages: Iterable[str] = (delivery.supporter.language,) if delivery.supporter else ()
            return self.edition.language_for(tuple(languages), delivery.wording_name, delivery.channel).language
        written_to = delivery.addressee.key if delivery.addressee and delivery.contact_point else None
        choice = self.edition.language_of_message(
            delivery.audience, written_to, delivery.wording_name, delivery.channel
        )
        return choice.language

    def _public_deadline(self, appeals: list[Appeal]) -> datetime:
        opened = Turn.objects.filter(appeal__in=appeals, step__number=1, reminder=0, due_at__isnull=False)
        public: datetime | None = opened.aggregate(first=Min("due_at"))["first"]
        return public or self._rule()

    def _rule(self) -> datetime:
        rules = self.edition.rules
        return rules.ladder.rung(1).patience.deadline(rules.published_at, rules.zone)

    def _answer_by(self, wave: Wave, turn: Turn | None) -> datetime | None:
        is_last = self.edition.rules.ladder.after(wave.step.number) is None
        return None if is_last or turn is None else turn.due_at

    def _first_letter_at(self, appeals: list[Appeal]) -> datetime:
        letters = Delivery.objects.filter(appeal__in=appeals, step__number=1, audience=ADDRESSEES)
        first: datetime | None = letters.aggregate(first=Min("sent_at"))["first"]
        return first or self.edition.brief.published_at

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
        return delivery.addressee.name if delivery.addressee is not None else ""


def desks(deliveries: Iterable[Delivery]) -> dict[uuid.UUID, Desk]:
    """A desk for every campaign these belong to."""
    return {campaign.pk: Desk(campaign) for campaign in {delivery.campaign for delivery in deliveries}}
