"""A mailbag as its wire takes it: a letter in its writer's words and name, or a digest in the campaign's."""

from collections.abc import Sequence
from dataclasses import replace

from django.conf import settings

from campaigns.appeal import Appeal
from campaigns.campaign import Campaign
from campaigns.text import in_language
from channels.envelope import Envelope, Sender
from outreach.letters.alias import answers_of
from outreach.letters.carried import Carrier, Said, carried, from_name
from outreach.letters.letter import Letter
from outreach.letters.mailbag import Mailbag
from outreach.letters.together import Enclosed, digest
from outreach.links import letters_page
from outreach.preview import page_of
from outreach.public.sentences import spoken
from outreach.reply_address import reply_to, return_path


def enveloped(mailbag: Mailbag, letters: Sequence[Letter]) -> Envelope:
    """`letters`: what is in it, most own words first; one at the least, each with its campaign and supporter."""
    return _together(mailbag, letters) if mailbag.is_digest else _alone(mailbag, letters[0])


def carrier_of(campaign: Campaign, mailbag: Mailbag | None = None) -> Carrier:
    """Who carries a campaign's letters. `mailbag`: in which, so that the office may say how it wants them."""
    link = letters_page().link(mailbag.pk) if mailbag else ""
    takes_mail = bool(settings.MAILBOX or settings.MAIL_LISTEN or settings.PARSE_SECRETS)
    return Carrier(campaign.sender.get("name", {}), page_of(campaign.slug), link, takes_mail)


def shown_carrier(campaign: Campaign) -> Carrier:
    """The same for whoever wrote: the link that is the office's own is left out."""
    return replace(carrier_of(campaign), office=f"{settings.OUTREACH_URL}/letters/…")


def said_in(letter: Letter) -> Said:
    return Said(letter.name, letter.place, letter.subject, letter.text, letter.language, letter.shows_address)


def enclosed(letter: Letter) -> Enclosed:
    return Enclosed(
        letter.name,
        letter.place,
        letter.text,
        letter.own_share,
        letter.may_quote,
        letter.resembles_id or letter.pk,
    )


def _alone(mailbag: Mailbag, letter: Letter) -> Envelope:
    carrier, said = carrier_of(mailbag.campaign, mailbag), said_in(letter)
    words = carried(said, carrier)
    return replace(
        _envelope(mailbag, from_name(said, carrier)),
        reply_to=answers_of(letter),
        subject=words.subject,
        text=words.text,
        language=letter.language,
    )


def _together(mailbag: Mailbag, letters: Sequence[Letter]) -> Envelope:
    """Answers to it come to the campaign, as those to its own letters do."""
    campaign = mailbag.campaign
    language = spoken((*mailbag.addressee.languages, *campaign.languages))
    sender = carrier_of(campaign).called(language)
    words = digest(
        [enclosed(each) for each in letters],
        language,
        title=in_language(campaign.title, language, *campaign.languages),
        campaign=sender,
        link=letters_page().link(mailbag.pk),
    )
    asked = Appeal.objects.filter(campaign=campaign, addressee=mailbag.addressee_id).first()
    return replace(
        _envelope(mailbag, sender),
        reply_to=reply_to(campaign, asked),
        subject=words.subject,
        text=words.text,
        html=words.html,
        language=language,
    )


def _envelope(mailbag: Mailbag, name: str) -> Envelope:
    """From the campaign's own address, whose domain lets our servers send (DMARC, RFC 7489)."""
    return Envelope(
        key=mailbag.key,
        to=mailbag.address,
        to_name=mailbag.addressee.name,
        sender=Sender(name, str(mailbag.campaign.sender.get("email", ""))),
        text="",
        auto_submitted=mailbag.is_digest,
        return_path=return_path(mailbag.key),
        written_at=mailbag.created_at,
    )
