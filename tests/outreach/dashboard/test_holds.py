from datetime import timedelta

import pytest

from campaigns.hold import Hold
from tests.small_campaign import FRIDAY, published

pytestmark = pytest.mark.django_db
HOLDS = "/campaigns/bridge/holds"


@pytest.mark.parametrize(
    ("on", "what"),
    [
        ("campaign", "the campaign"),
        ("step:deadline", "step “deadline”"),
        ("channel:email", "the channel email"),
        ("addressee:ann", "Ann"),
    ],
)
def test_a_person_can_hold_a_campaign_a_step_a_channel_or_an_addressee(staff, on, what):
    published()
    staff.post(HOLDS, {"on": on, "reason": "an election", "until": ""})
    hold = Hold.objects.get()
    assert (hold.what(), hold.reason, hold.author) == (what, "an election", "mara")


def test_the_end_of_a_hold_is_on_the_clock_of_the_campaign(staff):
    published(time_zone="Asia/Yerevan")
    staff.post(HOLDS, {"on": "campaign", "reason": "an election", "until": "2023-04-29T14:00"})
    assert Hold.objects.get().until == FRIDAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("said", "sentence", "field"),
    [
        ({"reason": " "}, "A hold needs a reason", "reason"),
        ({"until": "2023-04-27T10:00"}, "The hold would end before it begins", "until"),
        ({"until": "soon"}, "Give the day and the time", "until"),
        ({"on": "channel:pigeon"}, "Choose what to hold", "on"),
        ({"on": "addressee:nobody"}, "Choose what to hold", "on"),
    ],
)
def test_a_hold_that_says_too_little_is_a_problem_at_its_field_and_nothing_is_held(staff, said, sentence, field):
    published()
    page = staff.post(HOLDS, {"on": "campaign", "reason": "an election", "until": "", **said})
    assert page.status_code == 422
    assert f'<a href="#{field}">{sentence}' in page.text
    assert 'aria-invalid="true"' in page.text
    assert not Hold.objects.exists()


def test_what_was_typed_is_kept_beside_the_problem(staff):
    published()
    page = staff.post(HOLDS, {"on": "channel:email", "reason": "the token was refused", "until": "soon"})
    assert "the token was refused" in page.text
    assert '<option value="channel:email" selected>' in page.text


def test_a_hold_is_lifted_by_a_person_once(staff):
    campaign = published()
    hold = Hold.objects.place(campaign=campaign, reason="an election", author="mara", now=FRIDAY)
    assert "Lift" in staff.get("/campaigns/bridge").text
    staff.post(f"{HOLDS}/{hold.pk}/lift")
    hold.refresh_from_db()
    assert (hold.lifted_at, hold.lifted_by) == (FRIDAY, "mara")


def test_a_viewer_sees_holds_and_no_buttons(viewer):
    campaign = published()
    Hold.objects.place(campaign=campaign, reason="an election", author="mara", now=FRIDAY)
    page = viewer.get("/campaigns/bridge").text
    assert "an election" in page
    assert "Lift" not in page
