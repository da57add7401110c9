import json

import pytest
from typer.testing import CliRunner

from campaigns import moment
from campaigns.appeal import Appeal
from campaigns.hold import Hold
from outreach.cli import app
from outreach.clock import tick
from tests.small_campaign import DAY, FRIDAY, published

pytestmark = pytest.mark.django_db
BY = ("--by", "Mia")


def run(*arguments: str):
    return CliRunner().invoke(app, list(arguments))


@pytest.fixture
def campaign():
    now = moment.now().replace(microsecond=0)
    campaign = published(now=now)
    tick(campaign, now)
    return campaign


def test_everything_is_stopped_and_goes_on(campaign):
    assert run("go", *BY).exit_code == 2
    assert "Everything is stopped" in run("stop", "--reason", "wrong letters", "--note", "We paused.", *BY).output
    assert Hold.objects.get().note == "We paused."
    assert json.loads(run("status", "bridge", "--json").output)["on_hold"] == ["wrong letters"]
    assert run("go", *BY).output == "Everything goes on.\n"


def test_a_doubted_clock_is_said_to_be_right_by_a_person():
    Hold.objects.place_on_everything(reason="It went back", author="the clock", now=FRIDAY, is_doubt=True)
    refused = run("go", *BY)
    assert (refused.exit_code, "outreach go --clock-is-right" in refused.output) == (2, True)
    assert run("go", "--clock-is-right", *BY).exit_code == 0


def test_one_addressee_is_held_and_goes_on(campaign):
    assert "Ann is on hold: ill" in run("pause", "bridge", "--addressee", "ann", "--reason", "ill", *BY).output
    assert Appeal.objects.exclude(stopped_at=None).get().addressee.key == "ann"
    assert run("resume", "bridge", *BY).exit_code == 2
    assert run("resume", "bridge", "--addressee", "ann", *BY).exit_code == 0
    assert not Appeal.objects.exclude(stopped_at=None).exists()


def test_more_time_no_more_and_a_new_holder(campaign):
    before = Appeal.objects.get(addressee__key="ann").due_at
    assert run("extend", "bridge", "2 days", "--addressee", "ann", "--reason", "ill", *BY).exit_code == 0
    assert Appeal.objects.get(addressee__key="ann").due_at == before + 2 * DAY
    assert "3 deadlines moved, 1 day later" in run("extend", "bridge", "1 day", "--reason", "a holiday", *BY).output
    assert run("extend", "bridge", "soon", "--reason", "ill", *BY).exit_code == 2
    assert "did you mean ann" in run("extend", "bridge", "1 day", "--addressee", "anm", "--reason", "x", *BY).output
    assert run("holder", "ann", "Nina New", "--reason", "the gazette", *BY).output == "Ann: Head of Ann → Nina New.\n"
    assert "Nobody can be asked here" in run("withdraw", "bridge", "--reason", "acted", *BY).output
    assert run("withdraw", "bridge", "--reason", "acted", "--yes", *BY).exit_code == 0
    assert set(Appeal.objects.values_list("status", flat=True)) == {"withdrawn"}


def test_versions_say_who_changed_what(campaign):
    assert json.loads(run("versions", "bridge", "--json").output) == []
