"""A campaign's sheets for signatures on paper, in one of its languages."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from campaigns.campaign import Campaign
from campaigns.kept import brief_of
from campaigns.text import Text, in_language
from campaigns.words.dates import is_right_to_left, moment
from channels.signing_sheet import SigningSheet, pdf
from outreach.asking import Offers, offers
from outreach.public.consent_sentences import CONSENT
from outreach.public.qr import qr_modules
from outreach.public.sentences import spoken
from outreach.public.sheet_sentences import SHEET

MOST_SHEETS = 500


def sheets(campaign: Campaign, language: str, numbers: Sequence[int] = (0,)) -> bytes:
    """A PDF with a sheet for each number; 0 leaves room to write one. Raises channels.paper.NoFont."""
    return pdf(sheet_of(campaign, language, tuple(numbers)), settings.FONTS, made_at=_made_at(campaign))


def sheet_of(campaign: Campaign, language: str, numbers: tuple[int, ...]) -> SigningSheet:
    """What stands on it: the demands in full, who is responsible, and the same questions as on the page."""
    ours = spoken((language, *campaign.languages))
    said, brief = SHEET[ours], brief_of(campaign, 0)
    address = settings.OUTREACH_URL + reverse("campaign-in", kwargs={"slug": campaign.slug, "language": language})

    def own(text: Text) -> str:
        return in_language(text, language, *campaign.languages)

    title = own(campaign.title)
    who = own(brief.sender_name) or title
    responsible = ", ".join((who, *campaign.sender.get("post", ()), brief.sender_email))
    offered = offers(campaign, language)
    return SigningSheet(
        title=title,
        who=" ".join((*_until(campaign, language, said.until), said.asked.format(who=who))),
        demands=tuple(f"{each.number}. {own(each.text)}" for each in brief.demands),
        terms=(said.terms.format(who=responsible), *_law(offered, ours), said.erase.format(address=address)),
        columns=said.columns,
        explained=(said.shown, _news(offered, said.news)),
        number=said.number,
        numbers=numbers,
        foot=said.foot.format(title=title, address=address),
        qr=qr_modules(address),
        right_to_left=is_right_to_left(language),
    )


def _until(campaign: Campaign, language: str, sentence: str) -> list[str]:
    """The public deadline, as publication sets it."""
    rules = campaign.rules()
    if not rules.ladder.rungs:
        return []
    deadline = rules.ladder.rung(1).patience.deadline(rules.published_at, rules.zone)
    return [sentence.format(moment=moment(deadline, language, campaign.time_zone))]


def _news(offered: Offers, sentence: str) -> str:
    question = offered.questions[0]
    return sentence.format(question=question.question, agree=question.agree)


def _law(offered: Offers, ours: str) -> list[str]:
    """The campaign's own text, and its line of age, which everybody who signs stands behind."""
    told = [offered.notice.replace("\n\n", " ")] if offered.notice else []
    if offered.age:
        told.append(f"{CONSENT[ours].age}: {CONSENT[ours].old_enough.format(age=offered.age.at_least)}.")
    return told + ([offered.policy] if offered.policy else [])


def _made_at(campaign: Campaign) -> datetime:
    return campaign.published_at or campaign.created_at
