"""What a preview shows is what will be sent, for every message of the petition."""

from datetime import datetime
from pathlib import Path

import pytest
from django.conf import settings

from campaigns.campaign import Campaign
from campaigns.folder.check import check
from campaigns.folder.load import load
from campaigns.kept import edition_of
from campaigns.publication import publish
from channels.channel import CHANNELS
from outreach.clock import tick
from outreach.delivery import Delivery
from outreach.forecast import forecast
from outreach.links import answering
from outreach.preview import NoSuchMessage, invented_answer, preview
from outreach.send import drain
from tests.small_campaign import FRIDAY, draft

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def petition(django_db_setup, django_db_blocker):
    """Read from its folder once."""
    return check(Path(settings.CAMPAIGN_FOLDERS) / "artsakh-2023").campaign


def run(campaign: Campaign, moments: list[datetime], monkeypatch) -> None:
    for moment in moments:
        monkeypatch.setattr("outreach.send.now", lambda moment=moment: moment)
        tick(campaign, moment)
        for channel in CHANNELS:
            drain(channel, bulk=False)


@pytest.mark.timeout(120)
def test_every_message_of_the_petition_is_sent_as_it_was_previewed(petition, monkeypatch):
    load(petition, FRIDAY)
    campaign = Campaign.objects.get()
    edition = edition_of(campaign)
    moments = sorted({event.at for event in forecast(edition).events})
    publish(campaign, campaign.publish_at)
    campaign.refresh_from_db()
    run(campaign, moments, monkeypatch)
    sent = Delivery.objects.filter(state="delivered").select_related("step", "wave", "addressee")
    assert sent.count() == 17 * (1 + 1 + 4 + 1) + 3 + 3 + 3
    for each in sent:
        shown = preview(
            edition,
            each.step.key,
            each.channel,
            each.addressee.key if each.addressee else None,
            reminder=each.wave.reminder,
        )
        said = (each.subject, *(with_nobodys_passcode(words, each) for words in (each.text, each.html)))
        assert (shown.subject, shown.text, shown.html) == said, str(each.step)
        assert shown.language == each.language


def with_nobodys_passcode(words: str, letter: Delivery) -> str:
    """A preview shows where link and passcode stand, and those of nobody."""
    if letter.appeal_id is None:
        return words
    link, passcode = invented_answer()
    return words.replace(answering().link(letter.appeal_id), link).replace(
        answering().passcode(letter.appeal_id), passcode
    )


@pytest.fixture
def edition():
    return edition_of(draft())


def test_a_preview_names_a_fallback_and_what_was_wanted(edition):
    campaign = Campaign.objects.get()
    campaign.appeals.get(addressee__key="ann").addressee.__class__.objects.filter(key="ann").update(languages=["pt"])
    shown = preview(edition_of(campaign), "letter", "email", "ann")
    assert (shown.language, shown.fallback, shown.wanted) == ("en", True, "pt")


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (("leter", "email", "ann"), "There is no step “leter”; there are letter, deadline, supporters, oversight"),
        (("letter", "x", "ann"), "This step sends nothing over x to “ann”; it sends to addressees over email"),
        (
            ("oversight", "email", "ann"),
            "This step sends nothing over email to “ann”; it sends to oversight over email",
        ),
    ],
)
def test_a_message_that_does_not_exist_is_answered_with_what_there_is(edition, asked, sentence):
    with pytest.raises(NoSuchMessage) as refused:
        preview(edition, *asked)
    assert str(refused.value) == sentence


def test_a_language_without_approved_words_is_said_so(edition):
    with pytest.raises(NoSuchMessage, match="no approved wording for email in fr"):
        preview(edition, "letter", "email", "ann", language="fr")


def test_a_call_to_supporters_can_be_seen_without_naming_one(edition):
    assert "Sample Supporter" in preview(edition, "supporters", "email").text


def test_a_reminder_has_a_preview_of_its_own(edition):
    assert preview(edition, "letter", "email", "ann", reminder=1).subject == "The bridge (reminder)"
