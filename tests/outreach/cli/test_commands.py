import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from campaigns.appeal import Appeal
from campaigns.campaign import Campaign
from campaigns.moment import now
from campaigns.wording import Wording
from outreach.cli import app
from outreach.clock import tick
from outreach.response import record_response

PETITION = Path(__file__).parents[3] / "templates" / "campaigns" / "artsakh-2023"
pytestmark = pytest.mark.django_db


def run(*arguments: str):
    return CliRunner().invoke(app, list(arguments))


@pytest.fixture
def folder(tmp_path) -> Path:
    """A copy of the petition that a test may spoil."""
    return Path(shutil.copytree(PETITION, tmp_path / "artsakh-2023"))


@pytest.fixture
def loaded(folder) -> Path:
    assert run("load", str(folder)).exit_code == 0
    return folder


def test_check_finds_the_petition_sound(folder):
    result = run("check", str(folder))
    assert result.exit_code == 0
    assert "6 demands to 17 addressees and names 3 more" in result.output


def test_check_names_every_defect_and_ends_with_code_2(folder):
    spoil(
        folder / "addressees.csv",
        "America/New_York,sat;sun,mission-br@un.example",
        "America/NewYork,sat;sun,mission-br@",
    )
    result = run("check", str(folder))
    assert result.exit_code == 2
    assert "addressees.csv:3:" in result.output
    assert "America/New_York" in result.output
    assert "2 defects: nothing was loaded." in result.output


def test_check_speaks_json_also_of_defects(folder):
    spoil(folder / "campaign.yaml", "Asia/Yerevan", "Asia/Yerevann")
    told = json.loads(run("check", str(folder), "--json").output)
    assert told["sound"] is False
    assert {defect["file"] for defect in told["defects"]} == {"campaign.yaml"}


def test_nothing_of_a_broken_folder_is_loaded(folder):
    spoil(folder / "addressees.csv", "un-ga,", "un-fr,")
    assert run("load", str(folder)).exit_code == 2
    assert not Campaign.objects.exists()


def test_loading_twice_changes_nothing(loaded):
    result = run("load", str(loaded))
    assert result.exit_code == 0
    assert "Nothing to change" in result.output


def test_loading_an_edited_folder_shows_the_difference_first_and_needs_a_yes(loaded):
    spoil(loaded / "wordings" / "reminder" / "email.en.md", "the deadline is", "once more, the deadline is")
    result = run("load", str(loaded))
    assert result.exit_code == 2
    assert "reminder/email.en" in result.output
    assert Wording.objects.filter(version=2).count() == 0
    assert run("load", str(loaded), "--yes").exit_code == 0
    assert Wording.objects.get(version=2).language == "en"


def test_a_published_campaign_is_seen_paused_resumed_and_answered(loaded):
    assert run("publish", "artsakh-2023").exit_code == 2
    assert Campaign.objects.get().status == "draft"
    assert "nothing leaves this machine" in run("publish", "artsakh-2023", "--yes").output
    assert run("pause", "artsakh-2023", "--reason", "talks", "--by", "Mia").exit_code == 0
    assert json.loads(run("status", "artsakh-2023", "--json").output)["on_hold"] == ["talks"]
    assert run("resume", "artsakh-2023", "--by", "Mia").exit_code == 0
    done = run(
        "outcome", "artsakh-2023", "un-fr", "--demand", "all", "--kind", "done", "--evidence", "a link", "--by", "Mia"
    )
    assert done.exit_code == 0, done.output
    assert Appeal.objects.get(addressee__key="un-fr").status == "acted"


def test_a_mistaken_name_gets_a_suggestion_and_changes_nothing(loaded):
    assert "did you mean artsakh-2023" in run("publish", "artsakh-2024", "--yes").output
    assert Campaign.objects.get().status == "draft"


def test_a_file_shows_an_outcome_and_a_second_person_reviews_it(loaded, tmp_path):
    assert run("publish", "artsakh-2023", "--yes").exit_code == 0
    decree = tmp_path / "decree.pdf"
    decree.write_bytes(b"%PDF-1.7 %%EOF")
    record = ("outcome", "artsakh-2023", "un-fr", "--demand", "ceasefire", "--kind", "deflected", "--by", "Mia")
    assert run(*record, "--file", str(tmp_path / "none.pdf")).exit_code == 2
    assert run(*record, "--file", str(decree)).exit_code == 0
    kept = Appeal.objects.get(addressee__key="un-fr").outcomes.get()
    assert (kept.kind, kept.evidence, kept.evidence_kind) == ("deflected", "decree.pdf", "file")
    assert run("review", str(kept.pk), "--by", "Mia").exit_code == 2
    assert "It holds, says Noor" in run("review", str(kept.pk), "--by", "Noor").output


def test_the_inbox_is_listed_on_a_terminal(loaded):
    assert run("publish", "artsakh-2023", "--yes").exit_code == 0
    assert "Nothing needs a person." in run("inbox").output
    appeal = Appeal.objects.get(addressee__key="un-fr")
    record_response(appeal, channel="phone", text="Oui.", recorded_by="Mia", now=now())
    assert "Answer from French Republic" in run("inbox", "artsakh-2023").output
    (told,) = json.loads(run("inbox", "--kind", "answer", "--json").output)
    assert (told["kind"], told["stops"]) == ("answer", True)
    assert run("inbox", "--kind", "answers").exit_code == 2


def test_a_letter_on_paper_is_written_down_with_its_scan_and_dated_when_it_came(loaded, tmp_path):
    assert run("publish", "artsakh-2023", "--yes").exit_code == 0
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF-1.7 %%EOF")
    tell = ("answer", "artsakh-2023", "un-fr", "--text", "Non.", "--by", "Mia")
    assert "asks no “un-frr”; did you mean un-fr?" in run(*tell[:2], "un-frr", *tell[3:]).output
    assert run(*tell, "--file", str(tmp_path / "none.pdf")).exit_code == 2
    assert run(*tell, "--received", "2999-01-01").exit_code == 2
    done = run(*tell, "--file", str(scan), "--received", "2023-05-02T10:00:00")
    assert "the ladder waits" in done.output
    kept = Appeal.objects.get(addressee__key="un-fr").responses.get()
    assert kept.received_at == datetime(2023, 5, 2, 6, tzinfo=UTC)
    assert kept.incoming.attachments.get().name == "scan.pdf"


def test_an_outcome_without_evidence_is_not_recorded(loaded):
    run("publish", "artsakh-2023", "--yes")
    result = run(
        "outcome", "artsakh-2023", "un-fr", "--demand", "all", "--kind", "done", "--evidence", " ", "--by", "Mia"
    )
    assert result.exit_code == 2
    assert "needs evidence" in result.output
    assert Appeal.objects.get(addressee__key="un-fr").outcomes.count() == 0


def test_the_forecast_of_a_draft_names_17_letters_in_the_right_languages(loaded):
    told = json.loads(run("forecast", "artsakh-2023", "--json").output)
    letters = [each for each in told["deliveries"] if each["step"] == "letter" and not each.get("reminder")]
    languages = {each["addressee"]: each["language"] for each in letters}
    assert len(letters) == 17
    assert {key for key, language in languages.items() if language == "fr"} == {"un-fr", "un-ga", "un-ch"}
    assert {key for key, language in languages.items() if language == "ru"} == {"un-ru", "president-ru"}
    assert languages["pm-am"] == "hy"
    assert {each["addressee"] for each in letters if each.get("fallback")} == {"un-cn", "un-ec", "un-mz", "un-ae"}


def test_a_rehearsal_of_the_petition_in_silence_walks_the_ladder(folder):
    told = json.loads(run("rehearse", str(folder), "--json").output)
    assert told["deadline"] == "2023-05-05T23:59:59+04:00"
    assert len(told["appeals"]) == 17
    assert sorted({each["at"] for each in told["escalations"]}) == [
        "2023-05-06T00:00:00+04:00",
        "2023-05-07T00:00:00+04:00",
        "2023-05-10T00:00:00+04:00",
        "2023-05-17T00:00:00+04:00",
    ]
    assert told["wall_seconds"] < 5
    letters = [
        (each["addressee"], each["step"], each.get("reminder", 0), each["channel"])
        for each in told["deliveries"]
        if each["audience"] == "addressees"
    ]
    assert len(letters) == len(set(letters))


def test_only_outcomes_stop_the_clock_of_the_petition(folder):
    told = json.loads(
        run("rehearse", str(folder), "--scenario", str(folder / "scenarios" / "mixed.yaml"), "--json").output
    )
    status = {each["addressee"]: each["status"] for each in told["appeals"]}
    assert {key for key, is_now in status.items() if is_now == "acted"} == {"un-mt"}
    assert {key for key, is_now in status.items() if is_now == "waiting"} == {"un-ga"}
    escalated = {each["addressee"]: each["at"] for each in reversed(told["escalations"])}
    assert escalated["un-cn"] == escalated["un-al"] == escalated["un-jp"] == "2023-05-06T00:00:00+04:00"
    assert escalated["un-gb"] == "2023-05-07T18:00:00+04:00"
    assert escalated["un-fr"] == "2023-05-21T00:00:00+04:00"


def test_a_broken_scenario_is_refused_with_every_mistake(folder):
    script = folder / "scenarios" / "mixed.yaml"
    spoil(script, "addressee: un-mt", "addressee: un-mx")
    spoil(script, "kind: refusal", "kind: refusl")
    result = run("rehearse", str(folder), "--scenario", str(script))
    assert result.exit_code == 2
    assert "there is no such addressee in this campaign (un-mx)" in result.output
    assert "refusal" in result.output


def test_a_key_for_the_api_opens_what_its_owner_may(loaded):
    from outreach import first_start
    from outreach.key import ApiKey

    first_start.prepare()
    secret = run("api-key", "a script", "--read-only").output.strip()
    found = ApiKey.find(secret)
    assert found is not None
    assert (found.user.username, found.scope) == ("owner", "read")


def spoil(file: Path, right: str, wrong: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert right in text
    file.write_text(text.replace(right, wrong, 1), encoding="utf-8")


def test_queue_says_what_has_not_been_sent_and_why(loaded):
    assert run("publish", "artsakh-2023", "--yes").exit_code == 0
    assert "Nothing waits." in run("queue", "artsakh-2023").output
    tick(Campaign.objects.get(), now())
    run("pause", "artsakh-2023", "--reason", "talks", "--by", "Mia")
    shown = run("queue", "artsakh-2023").output
    assert "held" in shown
    assert "The campaign is on hold: talks; placed by Mia until somebody lifts it." in shown
    told = json.loads(run("queue", "artsakh-2023", "--json").output)
    assert told["number"] == told["waiting"][0]["number"] == 17
