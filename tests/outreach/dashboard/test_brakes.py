"""The brakes on the pages: everything stopped, more time, no more, a new holder, a campaign the clock cannot pass."""

import pytest

from campaigns.appeal import Appeal
from campaigns.hold import Hold
from campaigns.holder_change import HolderChange
from campaigns.intervention import Intervention
from campaigns.version import record_version
from outreach import clock
from tests.small_campaign import DAY, DEADLINE, FRIDAY, published

pytestmark = pytest.mark.django_db
BOARD, ANN = "/campaigns/bridge", "/campaigns/bridge/addressees/ann"


@pytest.fixture
def campaign(pass_at):
    campaign = published()
    pass_at(campaign, FRIDAY)
    return campaign


def test_everything_is_stopped_with_a_note_and_every_page_says_so(staff, campaign):
    staff.post("/stop/everything", {"reason": "the letters are wrong", "note": "We have paused.", "until": ""})
    hold = Hold.objects.get()
    assert (hold.what(), hold.note, hold.author) == ("everything", "We have paused.", "mara")
    for path in ("/", BOARD, ANN):
        page = staff.get(path).text
        assert "Everything is stopped: nothing leaves, and no clock moves." in page
        assert "The letters are wrong." in page
    staff.post("/stop/go")
    assert "Everything is stopped" not in staff.get(BOARD).text


def test_a_viewer_stops_nothing(viewer):
    assert viewer.post("/stop/everything", {"reason": "mischief"}).status_code == 403
    assert not Hold.objects.exists()


def test_a_stop_without_a_reason_is_a_problem_at_its_field(staff):
    page = staff.post("/stop/everything", {"reason": "", "note": "", "until": ""})
    assert (page.status_code, '<a href="#reason">' in page.text) == (422, True)


def test_a_doubted_clock_asks_for_the_word_that_it_is_right(staff, campaign):
    Hold.objects.place_on_everything(reason="The clock went back", author="the clock", now=FRIDAY, is_doubt=True)
    assert "Look at the clock" in staff.get(BOARD).text
    page = staff.post("/stop/go", {})
    assert (page.status_code, '<a href="#clock_is_right">' in page.text) == (422, True)
    staff.post("/stop/go", {"clock_is_right": "yes"})
    assert not Hold.objects.filter(lifted_at=None).exists()


def test_more_time_for_one_stands_in_the_conversation_and_on_the_board(staff, campaign):
    staff.post(f"{BOARD}/time/more", {"addressee": "ann", "span": "2 days", "reason": "she is ill"})
    assert Appeal.objects.get(addressee__key="ann").due_at == DEADLINE + 2 * DAY
    page = staff.get(ANN).text
    assert "More time given" in page
    assert "she is ill; the deadline moves from" in page
    assert "More time given to Ann. She is ill." in staff.get(BOARD).text


def test_more_time_for_all_says_so_once_on_the_board(staff, campaign):
    staff.post(f"{BOARD}/time/more", {"addressee": "", "span": "1 day", "reason": "a holiday"})
    assert staff.get(BOARD).text.count("More time given to Ann, Bob and Cat. A holiday.") == 1


@pytest.mark.parametrize(
    ("action", "said", "field"),
    [
        ("more", {"span": "soon", "reason": "x"}, "span"),
        ("more", {"span": "2 days", "reason": ""}, "reason"),
        ("no-more", {"why": "they acted"}, "sure"),
        ("no-more", {"why": "", "sure": "yes"}, "why"),
    ],
)
def test_what_is_wrong_is_a_problem_at_its_field_and_nothing_is_changed(staff, campaign, action, said, field):
    page = staff.post(f"{BOARD}/time/{action}", {"addressee": "ann", **said})
    assert (page.status_code, f'<a href="#{field}">' in page.text) == (422, True)
    assert not Intervention.objects.exists()


def test_demands_are_taken_back_from_one(staff, campaign):
    staff.post(f"{BOARD}/time/no-more", {"addressee": "ann", "why": "they have acted", "sure": "yes"})
    assert Appeal.objects.get(addressee__key="ann").status == "withdrawn"
    assert "The demands were taken back" in staff.get(ANN).text


def test_a_new_holder_stands_in_the_conversation(staff, campaign):
    staff.post(f"{ANN}/holder/new", {"holder": "Nina New", "salutation": "Dear Ms New", "reason": "the gazette"})
    assert HolderChange.objects.get().after == "Nina New"
    page = staff.get(ANN).text
    assert "Head of Ann → Nina New: the gazette" in page
    assert "The clock goes on" in page
    again = staff.post(f"{ANN}/holder/new", {"holder": "Nina New", "salutation": "", "reason": "again"})
    assert (again.status_code, '<a href="#holder">' in again.text) == (422, True)


def test_versions_are_listed_with_what_they_changed(staff, campaign):
    assert "No version is recorded" in staff.get(f"{BOARD}/versions").text
    record_version(campaign, "a" * 64, ["campaign bridge: title: “A” → “B”"], "Mia", FRIDAY)
    page = staff.get(f"{BOARD}/versions").text
    assert "Campaign bridge: title: “A” → “B”." in page
    assert "While it ran" in page


def test_a_campaign_that_the_clock_cannot_pass_says_so_until_it_can(staff, campaign, monkeypatch):
    def fails(*_: object) -> None:
        raise KeyError("no such wording")

    with monkeypatch.context() as broken:
        broken.setattr("outreach.stride.positions", fails)
        clock.tick_all(DEADLINE + DAY)
    page = staff.get(BOARD).text
    assert "The clock cannot pass over this campaign" in page
    assert "no such wording" in page
    clock.tick_all(DEADLINE + DAY)
    assert "cannot pass over" not in staff.get(BOARD).text


def test_forms_are_there_without_javascript(staff, campaign):
    for path, button in (
        ("/stop", "stop"),
        (f"{BOARD}/time", "more"),
        (f"{BOARD}/time?addressee=ann", "back"),
        (f"{ANN}/holder", "change-holder"),
    ):
        assert f'id="{button}"' in staff.get(path).text
