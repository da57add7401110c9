"""A mailing through the API and on the command line: the same draft, sample, test, approval, numbers and end."""

import json

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from typer.testing import CliRunner

from campaigns.hold import Hold
from campaigns.mailing import Mailing
from outreach.cli import app
from outreach.event import Event
from outreach.key import ApiKey
from outreach.mailings.numbers import numbers_of
from outreach.roles import ORGANISER
from tests.outreach.dashboard.conftest import member
from tests.outreach.mailings.conftest import TUESDAY, compose, send
from tests.outreach.wires import Told
from tests.small_campaign import FRIDAY

pytestmark = pytest.mark.django_db
PATH = "/api/v1/campaigns/bridge/mailings"
BODY = "Dear {{ supporter.name }}, silent are {{ silent | map(attribute='name') | listing }}. {{ links.unsubscribe }}"
SAID = {"title": "News", "wordings": [{"en": {"subject": "Hello {{ supporter.name }}", "body": BODY}}]}
YAML = """title: News of the bridge
segment:
  representatives: [silent]
test:
  share: 20
  time: 2 days
  measure: letters
expires_after: 3 days
"""
LETTER = "---\nsubject: Still closed\n---\nDear {{ supporter.name }}, write: {{ links.write }}\n"


@pytest.fixture(autouse=True)
def doors(monkeypatch) -> None:
    for door in ("outreach.api.mailings", "outreach.cli.mailing", "outreach.api.holds"):
        monkeypatch.setattr(f"{door}.now", lambda: TUESDAY)


@pytest.fixture
def api(db) -> Client:
    user = User.objects.create(username="mia", is_staff=True, first_name="Mia")
    user.groups.set([Group.objects.get_or_create(name=ORGANISER)[0]])
    _, secret = ApiKey.issue(user, "key", "write", FRIDAY)
    return Client(headers={"Authorization": f"Bearer {secret}"})


def run(*arguments: str):
    return CliRunner().invoke(app, ["mailing", *arguments])


def put(api: Client, said: object, key: str = "news"):
    return api.put(f"{PATH}/{key}", json.dumps(said), content_type="application/json")


def post(api: Client, path: str, said: object):
    return api.post(f"{PATH}/{path}", json.dumps(said), content_type="application/json")


def test_over_http_it_is_written_shown_let_go_held_and_stopped(api, campaign):
    made = put(api, SAID)
    assert made.status_code == 200, made.content
    assert (made.json()["state"], made.json()["would_get_it"], made.json()["have_had_enough"]) == ("draft", 6, 0)
    sample = api.get(f"{PATH}/news/sample?language=en").json()
    assert (sample["subject"], "silent are Ann, Bob and Cat" in sample["text"]) == ("Hello Sample Supporter", True)
    assert post(api, "news/tests", {"to": "mia@committee.example", "language": "en"}).json() == {
        "said": "The test went to mia@committee.example, over outbox."
    }
    assert post(api, "news/plan", {}).json()["state"] == "planned"
    hold = {"campaign": "bridge", "mailing": "news", "reason": "Wait for the minister"}
    held = api.post("/api/v1/holds", json.dumps(hold), content_type="application/json")
    assert (held.json()["what"], held.json()["mailing"]) == ("the mailing “News”", "news")
    assert api.get(f"{PATH}/news").json()["on_hold"] == ["Wait for the minister"]
    Hold.objects.get().lift(TUESDAY, "Ann")
    compose()
    send(Told())
    shown = api.get(f"{PATH}/news").json()
    assert (shown["state"], shown["numbers"]["sent"], shown["numbers"]["delivered"]) == ("composed", 6, 6)
    assert post(api, "news/stop", {"reason": "A wrong figure"}).json()["stop_reason"] == "A wrong figure"
    assert [each["key"] for each in api.get(PATH).json()["items"]] == ["news"]


def test_over_http_what_is_wrong_is_said_at_its_place(api, campaign):
    wrong = SAID | {"segment": {"representatives": ["asleep"]}}
    for said, place in (
        (SAID | {"wordings": []}, "body/wordings"),
        (SAID | {"wordings": [{"en": {"subject": "", "body": "x"}}]}, "body/wordings/a/en"),
        (wrong, "body/representatives"),
    ):
        refused = put(api, said)
        assert (refused.status_code, refused.json()["errors"][0]["location"]) == (422, place)
    assert not Mailing.objects.exists()
    put(api, SAID)
    assert post(api, "news/stop", {"reason": "Why not"}).status_code == 409
    assert post(api, "news/approvals", {"seen": "x"}).status_code == 403
    assert api.get(f"{PATH}/news/sample?language=hy").status_code == 404
    assert post(api, "news/tests", {"to": "mia", "language": "en"}).status_code == 422


def test_from_a_folder_on_the_command_line(campaign, tmp_path):
    folder = tmp_path / "may-news"
    folder.mkdir()
    (folder / "mailing.yaml").write_text(YAML)
    (folder / "a.en.md").write_text(LETTER)
    (folder / "b.en.md").write_text(LETTER.replace("Still closed", "Please write").replace("\n", "\r\n"))
    told = run("load", "bridge", str(folder), "--by", "Ann", "--json")
    assert told.exit_code == 0, told.output
    assert json.loads(told.output)["would get it"] == 5
    assert "Please write" in run("sample", "bridge", "may-news", "--wording", "b").output
    assert "The test went to" in run("test", "bridge", "may-news", "--to", "ann@committee.example").output
    campaign.steps.filter(key="deadline").update(approvers=1)
    member("approver", "vahe")
    assert run("send", "bridge", "may-news", "--yes").exit_code == 0
    compose()
    assert run("approve", "bridge", "may-news", "--user", "vahe", "--yes").exit_code == 0
    compose()
    send(Told())
    shown = run("show", "bridge", "may-news")
    assert "testing" in shown.output
    assert "Wait" in run("pause", "bridge", "may-news", "--by", "Ann", "--reason", "Wait").output
    assert json.loads(run("resume", "bridge", "may-news", "--by", "Ann", "--json").output)["on hold"] == ""
    assert run("resume", "bridge", "may-news", "--by", "Ann").exit_code == 2
    assert "too few" not in shown.output
    assert "News of the bridge" in run("list", "bridge").output
    stopped = run("stop", "bridge", "may-news", "--by", "Ann", "--reason", "A wrong figure", "--json")
    assert json.loads(stopped.output)["state"] == "stopped"
    assert run("take-back", "bridge", "may-news").exit_code == 2
    assert run("show", "bridge", "june-news").exit_code == 2


def test_a_folder_with_mistakes_is_refused_with_file_and_line(campaign, tmp_path):
    (tmp_path / "mailing.yaml").write_text("titel: News\nabove_cap: anyway\n")
    (tmp_path / "letter.md").write_text(LETTER)
    (tmp_path / "a.en.md").write_text("Dear {{ supporter.name }")
    told = run("load", "bridge", str(tmp_path), "--by", "Ann", "--json")
    assert told.exit_code == 2
    places = {each.split(": ")[0] for each in json.loads(told.output)["defects"]}
    assert {"mailing.yaml:1:1", "mailing.yaml:2:12", "letter.md:1:1", "a.en.md:1:1"} <= places


def test_the_numbers_say_what_came_back_who_left_and_who_was_left_out(begun, campaign):
    mailing = begun()
    campaign.supporters.filter(email_domain="people.example").first().opt_out(TUESDAY)
    send(Told())
    one, two, *_ = mailing.wave.deliveries.filter(state="delivered")
    Event.objects.create(delivery=one, kind="complaint", at=TUESDAY)
    two.supporter.opt_out(TUESDAY.replace(hour=23))
    numbers = numbers_of(mailing)[""]
    assert (numbers.planned, numbers.sent, numbers.waiting, numbers.settled) == (6, 5, 0, 6)
    assert (numbers.complained, numbers.unsubscribed) == (1, 1)
    assert numbers.left_out == {"Opted out": 1}
