"""The links in messages lead to pages that are there."""

from urllib.parse import urlsplit

import pytest
from django.conf import settings

from campaigns.kept import edition_of
from campaigns.occasions import Setting, occasion_of
from campaigns.words.context import Links
from outreach.clock import tick
from outreach.evidence.note import note_marked
from outreach.preview import base_of
from tests.small_campaign import FRIDAY, published


@pytest.fixture
def links_to(db):
    """`links_to(key)`: of a letter to that addressee, of a campaign that has a website elsewhere."""
    campaign = published(website="https://bridge.example")
    tick(campaign, FRIDAY)
    note_marked(FRIDAY)
    edition = edition_of(campaign)

    def found(key: str) -> Links:
        setting = Setting(rung=1, silent=(key,), open_demands=edition.demands, due_at=None)
        return occasion_of(edition, setting, "en", base_of(edition), key).links

    return found


def test_a_letter_leads_to_the_pages_here_whatever_website_the_campaign_has(client, links_to):
    links = links_to("ann")
    assert links.record == f"{settings.OUTREACH_URL}/c/bridge/en/record/ann"
    for link in (links.campaign, links.record, links.evidence, links.report):
        assert client.get(urlsplit(link).path).status_code == 200, link


def test_who_is_written_to_but_asked_for_nothing_is_led_to_the_whole_record(client, links_to):
    assert links_to("ombud").record == f"{settings.OUTREACH_URL}/c/bridge/en/record"
