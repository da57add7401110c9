import json
import shutil

import pytest

from tests.outreach.cli.test_commands import PETITION, run

pytestmark = pytest.mark.django_db


@pytest.fixture
def edited(tmp_path):
    """The petition with two days more."""
    folder = shutil.copytree(PETITION, tmp_path / "artsakh-2023")
    file = folder / "campaign.yaml"
    file.write_text(file.read_text().replace("after: 7 days", "after: 9 days", 1))
    return folder


def test_two_versions_of_a_folder_are_compared(edited):
    told = json.loads(run("rehearse", str(edited), "--compare", str(PETITION), "--json").output)
    deadlines = {
        each["after"] for each in told["differences"] if each["kind"] == "deadline" and each["step"] == "letter"
    }
    assert deadlines == {"2023-05-07T23:59:59+04:00"}
    assert len({each["addressee"] for each in told["differences"] if each["addressee"]}) >= 17


def test_a_loaded_campaign_is_compared_with_an_edited_folder(edited):
    assert run("load", str(PETITION)).exit_code == 0
    result = run("compare", "artsakh-2023", str(edited))
    assert result.exit_code == 0, result.output
    assert "for 20 addressees." in result.output
    assert "Nothing changes." in run("compare", "artsakh-2023", str(PETITION)).output


def test_a_rehearsal_leaves_a_page_and_a_calendar(tmp_path):
    page, calendar = tmp_path / "out.html", tmp_path / "out.ics"
    mixed = str(PETITION / "scenarios" / "mixed.yaml")
    result = run("rehearse", str(PETITION), "--scenario", mixed, "--report", str(page), "--calendar", str(calendar))
    assert result.exit_code == 0, result.output
    assert "Some act, some commit, some refuse" in page.read_text()
    assert calendar.read_bytes().startswith(b"BEGIN:VCALENDAR")
    assert "cannot be written" in run("rehearse", str(PETITION), "--report", str(tmp_path / "no" / "out.html")).output


def test_the_forecast_tells_collisions_and_leaves_a_calendar(tmp_path):
    calendar = tmp_path / "out.ics"
    told = json.loads(run("forecast", str(PETITION), "--calendar", str(calendar), "--json").output)
    assert told["costs"] == []
    assert isinstance(told["collisions"], list)
    assert calendar.exists()
