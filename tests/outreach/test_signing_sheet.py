"""Sheets for signatures on paper say what is signed and who asks for it, in every script, with room to write."""

import pypdfium2
import pytest

from campaigns.campaign import Campaign
from outreach.signing_sheet import sheets
from tests.small_campaign import published

ARABIC = "أبقوا الجسر مفتوحًا"


@pytest.fixture
def campaign(db) -> Campaign:
    return published(embed=[])


def pages(made: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made)]


def rows_of(page: str) -> list[int]:
    """The numbers of its rows."""
    _, _, below = page.partition("Signature")
    return [int(each) for each in below.split() if each.isdecimal()]


def test_a_sheet_says_what_is_signed_who_answers_for_it_and_what_is_asked(client, campaign):
    answer = client.get("/c/bridge/en/sheet.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    (page,) = pages(answer.content)
    said = " ".join(page.split())
    for words in (
        "Keep the bridge open",
        "Bridge Committee asks for this. I sign:",
        "The addressees have until 23:59 on 5 May 2023",
        "1. open the bridge",
        "Bridge Committee, bridge@committee.example is responsible for what is written here",
        "May we write to you about this campaign?",
        "Sheet ________",
        "/c/bridge/en/",
    ):
        assert words in said, words
    assert rows_of(page)[:10] == list(range(1, 11))


def test_numbered_sheets_are_numbered_and_the_same_each_time(campaign):
    made = sheets(campaign, "en", (7, 8))
    assert ["Sheet 7" in page for page in pages(made)] == [True, False]
    assert "Sheet 8" in pages(made)[1]
    assert sheets(campaign, "en", (7, 8)) == made


def test_long_demands_take_their_room_and_the_rows_follow(campaign):
    campaign.demands.filter(key="open").update(text={"en": "Open the bridge for everybody. " * 120})
    made = pages(sheets(campaign, "en"))
    assert len(made) > 1
    assert "Sheet ________" in made[-1]
    assert rows_of(made[-1])[:5] == [1, 2, 3, 4, 5]


def test_arabic_runs_from_the_right(campaign):
    campaign.title, campaign.languages = {"ar": ARABIC, "en": "Bridge"}, ["en", "ar"]
    campaign.save()
    page = pypdfium2.PdfDocument(sheets(campaign, "ar")).get_page(0)
    found = page.get_textpage().search("مفتوح")
    index, _ = found.get_next()
    left, _, _, _ = page.get_textpage().get_charbox(index)
    assert left > page.get_width() / 2
