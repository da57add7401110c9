"""Signatures on paper from a terminal and over HTTP: shown first, taken in by somebody, let go of together."""

import json

import pytest
from typer.testing import CliRunner

from campaigns.campaign import Campaign
from campaigns.gathering import Gathering
from campaigns.supporter import Supporter
from campaigns.tally import count
from outreach.cli import app
from tests.small_campaign import DAY, FRIDAY, published

FILE = "sheet,row,name,signed_on,email\n4,1,Anna,2023-04-29,anna@people.example\n4,2,Bob,2023-04-29,\n"


@pytest.fixture
def campaign(db, monkeypatch) -> Campaign:
    monkeypatch.setattr("campaigns.moment.now", lambda: FRIDAY + 3 * DAY)
    for door in ("cli", "api"):
        name = "gathering" if door == "cli" else "gatherings"
        monkeypatch.setattr(f"outreach.{door}.{name}.now", lambda: FRIDAY + 3 * DAY)
    return published()


@pytest.fixture
def file(tmp_path):
    kept = tmp_path / "paper.csv"
    kept.write_text(FILE)
    return str(kept)


def run(*arguments: str):
    return CliRunner().invoke(app, list(arguments))


def test_a_file_is_shown_taken_in_listed_and_let_go_of(campaign, file):
    shown = run("signatures", "import", "bridge", file, "--dry-run")
    assert shown.output == "2 signatures are new.\n"
    assert not Gathering.objects.exists()
    taken = run("signatures", "import", "bridge", file, "--by", "Mara", "--yes", "--json")
    assert json.loads(taken.output)["number"] == count(campaign.pk) == 2
    again = run("signatures", "import", "bridge", file, "--yes")
    assert again.exit_code == 2
    assert "line 3, row 2 of sheet 4: this row counts already" in again.output
    assert "Mara" in run("signatures", "imports", "bridge").output
    gathering = Gathering.objects.get()
    assert run("signatures", "undo-import", str(gathering.pk), "--by", "Nora", "--yes").exit_code == 0
    assert count(campaign.pk) == 0
    assert "by Nora" in run("signatures", "undo-import", str(gathering.pk), "--yes").output


def test_every_mistake_is_said_and_nothing_is_taken_in(campaign, tmp_path):
    wrong = tmp_path / "paper.csv"
    wrong.write_text(FILE + "4,2,,29.4.,\n")
    refused = run("signatures", "import", "bridge", str(wrong), "--yes")
    assert refused.exit_code == 2
    assert "paper.csv:4:5: name: there is no name" in refused.output
    assert "2 defects: nothing was taken in." in refused.output
    assert not Supporter.objects.exists()


def test_who_asks_on_paper_is_forgotten_by_sheet_and_row(campaign, file):
    run("signatures", "import", "bridge", file, "--yes")
    assert run("signatures", "erase-row", "bridge", "4", "1", "--yes").output == "Forgotten.\n"
    assert count(campaign.pk) == 2
    assert not Supporter.objects.exclude(email_digest="").exists()
    assert run("signatures", "erase-row", "bridge", "9", "1", "--yes").exit_code == 2


def test_sheets_are_written_with_numbers(campaign, tmp_path):
    pdf = tmp_path / "sheets.pdf"
    assert run("sheet", "bridge", "--pdf", str(pdf), "--first", "5", "--number", "2").output.startswith("Sheets 5 to 6")
    assert pdf.read_bytes().startswith(b"%PDF")


def test_the_same_over_http(campaign, client, django_user_model):
    mara = django_user_model.objects.create_superuser("mara", password="bridge over water")
    client.force_login(mara)
    there = "/api/v1/campaigns/bridge/gatherings"

    def post(text: str, query: str = ""):
        return client.post(f"{there}{query}", text, content_type="text/csv")

    shown = post(FILE, "?dry_run=true")
    assert (shown.status_code, shown.json()["number"], shown.json()["id"]) == (200, 2, None)
    wrong = post(FILE + "4,2,,2023-04-29,\n")
    assert wrong.status_code == 422
    assert {"location": "line 4, column 5", "detail": "name: there is no name"} in [
        {name: each[name] for name in ("location", "detail")} for each in wrong.json()["errors"]
    ]
    taken = post(FILE)
    assert (taken.status_code, taken.json()["author"]) == (201, "mara")
    assert post(FILE).json()["again"] == [{"line": 2, "sheet": 4, "row": 1}, {"line": 3, "sheet": 4, "row": 2}]
    assert client.get(taken.json()["url"]).json()["number"] == 2
    assert client.delete(taken.json()["url"]).json()["undone_by"] == "mara"
    assert client.delete(taken.json()["url"]).status_code == 409
    assert count(campaign.pk) == 0
    assert sorted(each["number"] for each in client.get(there).json()["items"]) == [0, 2]
