"""Editing a campaign while it runs: what was sent stays, what is planned moves, and each change is a version."""

import pytest

from campaigns.appeal import Appeal
from campaigns.folder.load import difference, load
from campaigns.hold import Hold
from campaigns.intervention import Intervention
from campaigns.publication import publish
from campaigns.version import Version
from outreach.clock import tick
from outreach.delivery import Delivery
from outreach.send import drain
from tests.campaigns.folder.folders import change, sound, write_folder
from tests.small_campaign import DAY, FRIDAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def passing(monkeypatch):
    def go(campaign, moment) -> None:
        monkeypatch.setattr("outreach.send.now", lambda: moment)
        tick(campaign, moment)
        drain("email", bulk=False)

    return go


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "road"
    made.mkdir()
    return write_folder(made)


@pytest.fixture
def live(folder):
    """The folder, loaded and published."""
    return publish(load(sound(folder), FRIDAY - DAY, "Mia").campaign, FRIDAY)


def edit(folder, *changes: tuple[str, str, str]) -> Version:
    for each in changes:
        change(folder, *each)
    return load(sound(folder), FRIDAY + DAY, "Max").campaign.versions.first()


def test_each_change_makes_a_version_that_says_who_changed_what(folder, live):
    edited = edit(folder, ("campaign.yaml", "patience: 1 day", "patience: 2 days"))
    first = live.versions.get(number=1)
    assert (edited.number, edited.author, edited.at, edited.is_live) == (2, "Max", FRIDAY + DAY, True)
    assert edited.changes == ["step notice: patience: 1 day, 0:00:00 → 2 days, 0:00:00"]
    assert (first.author, first.changes, first.is_live) == ("Mia", [], False)
    assert edited.digest != first.digest


def test_saying_the_same_again_is_no_version_and_taking_a_change_back_gives_the_same_digest(folder, live):
    load(sound(folder), FRIDAY, "Max")
    assert live.versions.count() == 1
    edit(folder, ("campaign.yaml", "patience: 1 day", "patience: 2 days"))
    back = edit(folder, ("campaign.yaml", "patience: 2 days", "patience: 1 day"))
    assert (back.number, back.digest) == (3, live.versions.get(number=1).digest)


def test_the_difference_is_known_before_it_is_saved(folder, live):
    change(folder, "campaign.yaml", "patience: 1 day", "patience: 2 days")
    assert [str(each) for each in difference(sound(folder))] == [
        "step notice: patience: 1 day, 0:00:00 → 2 days, 0:00:00"
    ]
    assert live.versions.count() == 1


def test_what_was_sent_stays_word_for_word_and_what_is_planned_is_written_anew(folder, live, passing):
    tick(live, FRIDAY)
    malta = live.appeals.get(addressee__key="mt").addressee
    hold = Hold.objects.place(addressee=malta, reason="they move house", author="Mia", now=FRIDAY)
    passing(live, FRIDAY)
    sent, planned = (Delivery.objects.get(addressee__key=key) for key in ("fr", "mt"))
    before = (sent.text, sent.wording_id)
    edit(
        folder,
        ("wordings/letter/email.fr.md", "{{ addressee.salutation }}", "Une phrase neuve."),
        ("wordings/letter/email.en.md", "{{ addressee.salutation }}", "A new sentence."),
    )
    hold.lift(FRIDAY + DAY, "Mia")
    passing(live, FRIDAY + DAY)
    for each in (sent, planned):
        each.refresh_from_db()
    assert (sent.text, sent.wording_id) == before
    assert planned.text.startswith("A new sentence.")


def test_a_letter_that_has_not_left_goes_to_the_address_there_is_now(folder, live, passing):
    tick(live, FRIDAY)
    edit(folder, ("addressees.csv", "mt@council.example", "malta@council.example"))
    passing(live, FRIDAY + DAY)
    letter = Delivery.objects.get(addressee__key="mt")
    assert (letter.state, letter.address) == ("delivered", "malta@council.example")


def test_another_holder_in_the_directory_is_a_change_of_office(folder, live, passing):
    passing(live, FRIDAY)
    edit(folder, ("addressees.csv", '"Minister, for roads"', "Nina New"))
    assert Intervention.objects.get().reason == "Minister, for roads → Nina New: The directory says so"
    assert Appeal.objects.get(addressee__key="mt").addressee.holder == "Nina New"
