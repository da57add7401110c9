"""To whom supporters may write, and how the letter begins."""

from datetime import timedelta

import pytest

from campaigns.addressee import ContactPoint
from outreach.letters.openings import BY_RULE, NO_MAIL, NOT_YET, Openings, carries_letters
from tests.letters import RULES, open_to_letters
from tests.small_campaign import DAY, FRIDAY, published


def openings(campaign, at=FRIDAY + 8 * DAY):
    return Openings(campaign, "en", at)


@pytest.mark.django_db
def test_a_letter_begins_with_the_wording_that_fits_and_with_what_is_still_open():
    campaign = open_to_letters()
    found = openings(campaign)
    assert list(found) == ["ann", "bob", "cat"]
    assert (found["ann"].closed, found["ann"].address, found["ann"].stand) == ("", "ann@offices.example", "silent")
    begun = found.begin(found["ann"])
    assert begun.words.subject == "The bridge of Ann"
    assert begun.words.text == (
        "Dear Madam or Sir,\n\n"
        "For 8 days you have not answered the people of the bridge. Please open the bridge and repair the bridge."
    )
    assert campaign.wordings.get(pk=begun.wording).name == "own"


@pytest.mark.django_db
def test_it_is_said_why_nobody_writes_to_some():
    campaign = open_to_letters()
    campaign.appeals.get(addressee__key="ann").close(FRIDAY + DAY)
    ContactPoint.objects.filter(addressee__key="bob").update(health=ContactPoint.Health.DEAD)
    found = openings(campaign)
    assert (found["ann"].closed, found["ann"].reason) == (BY_RULE, "Done")
    assert found["bob"].closed == NO_MAIL
    assert "ombud" not in found


@pytest.mark.django_db
def test_nobody_writes_before_the_campaign_has_come_to_an_addressee():
    rules = {**RULES, "open_from": "deadline"}
    assert {each.closed for each in openings(open_to_letters(letter_rules=rules)).values()} == {NOT_YET}
    early = published(slug="early", letter_rules=RULES)
    assert {each.closed for each in openings(early, FRIDAY - timedelta(hours=1)).values()} == {NOT_YET}


@pytest.mark.django_db
def test_a_campaign_without_rules_or_that_is_over_carries_no_letters():
    campaign = open_to_letters()
    assert carries_letters(campaign)
    campaign.status = "closed"
    assert not carries_letters(campaign)
    assert not carries_letters(published(slug="other"))
