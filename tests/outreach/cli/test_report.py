import json

import pytest

from tests.outreach.cli.test_commands import PETITION, run

pytestmark = pytest.mark.django_db


def test_the_petitions_closing_report_is_made_by_a_rehearsal(tmp_path):
    pdf = tmp_path / "report.pdf"
    mixed = str(PETITION / "scenarios" / "mixed.yaml")
    told = json.loads(run("report", str(PETITION), "--scenario", mixed, "--pdf", str(pdf), "--json").output)
    assert told["is_invented"] is True
    assert told["total"] == {
        "asked": 17, "proven_delivered": 16, "answered": 5, "acted": 1, "is_comparable": True,
    }  # fmt: skip
    assert pdf.read_bytes().startswith(b"%PDF")


def test_in_silence_everybody_is_exhausted_and_the_report_is_final():
    result = run("report", str(PETITION), "--language", "fr")
    assert result.exit_code == 0, result.output
    assert "Rapport final: Six demandes pour l’Artsakh" in result.output
    assert "Une répétition" in result.output


def test_what_cannot_be_reported_is_said():
    assert "There is no report in “xx”" in run("report", str(PETITION), "--language", "xx").output
    assert "There is no campaign" in run("report", "nowhere").output
