import pytest

from campaigns.addressee import Addressee, ContactPoint
from campaigns.appeal import Appeal
from campaigns.campaign import Campaign
from campaigns.publication import publish
from tests.small_campaign import DAY, FRIDAY, addressee, draft

pytestmark = pytest.mark.django_db
BOARD = "/campaigns/bridge"


def test_a_draft_says_what_will_happen_and_when(staff):
    draft()
    page = staff.get(BOARD).text
    assert "What will happen, if nobody acts" in page
    assert "Fri 28 Apr, 10:00" in page
    assert "Email: at most 3 addressees" in page
    assert "Message to supporters" not in page  # nobody has agreed yet
    assert "Letter to each of oversight" in page


def test_a_draft_that_was_only_loaded_counts_its_addressees(staff):
    draft()
    Appeal.objects.all().delete()
    page = staff.get(BOARD).text
    assert "Email: at most 3 addressees" in page
    assert "<span>3 addressees</span>" in page


def test_every_first_letter_is_listed_with_its_language_and_leads_to_its_preview(staff):
    addressee("ann", languages=["pt", "en"])
    draft()
    page = staff.get(BOARD).text
    assert "3 letters of the first step" in page
    assert "in place of Portuguese" in page
    assert "/campaigns/bridge/wordings/letter/email/en?addressee=ann" in page


def test_the_publish_form_says_how_many_letters_leave_and_over_which_wire(staff, settings):
    draft()
    page = staff.get(BOARD).text
    assert "<b>3 letters</b>, to each of 3 addressees, leave at once." in page
    assert "<b>Email</b>: Outbox: nothing leaves this machine" in page
    settings.CHANNELS = {**settings.CHANNELS, "email": "smtp://user:secret@relay.example:587"}
    page = staff.get(BOARD).text
    assert "<b>Email</b>: SMTP by relay.example:587" in page
    assert "secret" not in page


def test_an_addressee_without_an_address_is_not_counted_among_the_letters(staff):
    draft()
    ContactPoint.objects.filter(addressee__key="ann").delete()
    page = staff.get(BOARD).text
    assert "<b>2 letters</b>, to 2 of 3 addressees, leave at once." in page
    assert "Ann has no usable address" in page


def test_publishing_takes_the_slug_typed_by_hand(staff, at):
    campaign = draft()
    at(FRIDAY + DAY)
    refused = staff.post(f"{BOARD}/publish", {"slug": "brigde"})
    assert refused.status_code == 422
    assert "Type bridge to publish" in refused.text
    assert 'value="brigde"' in refused.text
    campaign.refresh_from_db()
    assert campaign.status == "draft"
    assert staff.post(f"{BOARD}/publish", {"slug": "bridge"}).url == BOARD
    campaign.refresh_from_db()
    assert (campaign.status, campaign.published_at) == ("running", FRIDAY + DAY)
    assert "Published" in staff.get(BOARD).text


def test_a_campaign_is_published_once(staff):
    publish(draft(), FRIDAY)
    page = staff.post(f"{BOARD}/publish", {"slug": "bridge"})
    assert page.status_code == 422
    assert "running already" in page.text


def test_an_incomplete_draft_says_what_it_lacks_and_stays_a_draft(staff):
    draft().demands.all().delete()
    page = staff.post(f"{BOARD}/publish", {"slug": "bridge"})
    assert page.status_code == 422
    assert "has no demands yet" in page.text
    assert Campaign.objects.get().status == "draft"


def test_names_are_shown_as_text_never_as_markup(staff):
    draft()
    Addressee.objects.filter(key="ann").update(name="<script>alert(1)</script>")
    assert "<script>alert" not in staff.get(BOARD).text
