"""The plug is pulled, again and again, in the middle of a wave: nothing is sent twice, nothing is lost."""

import json
import shutil
import time
from pathlib import Path

import pytest

from channels.fakes.smtp_sink import SmtpSink
from config.embedded.folder import Folder
from config.embedded.servers import Servers
from tests.config.processes import soon, using
from tests.config.test_supervisor import Up

PETITION = Path(__file__).parents[2] / "templates" / "campaigns" / "artsakh-2023"
VICTIMS = ("worker", "clock", "postgres", "web", "valkey", "worker")
FINAL = {"sent", "delivered", "refused", "bounced", "unknown"}
LEASE = 6
SUPPORTERS = 150
JOIN = f"""
from campaigns.models import Campaign, Supporter
from campaigns.moment import now
c = Campaign.objects.get()
Supporter.objects.bulk_create(Supporter(campaign=c, name=f"S{{n}}", email=f"s{{n}}@supporters.example", language="en",
    joined_at=now(), agreed_at=now()) for n in range({SUPPORTERS}))
"""


@pytest.fixture
def campaign(tmp_path) -> Path:
    """The petition, whose first step also writes to supporters: a wave long enough to be hit in the middle."""
    folder = Path(shutil.copytree(PETITION, tmp_path / "artsakh-2023"))
    file = folder / "campaign.yaml"
    also = (
        "channels: [email]\n    also: [{audience: supporters, channels: [email], wording: supporters}]\n    reminders:"
    )
    text = file.read_text(encoding="utf-8")
    assert "channels: [email]\n    reminders:" in text
    file.write_text(text.replace("channels: [email]\n    reminders:", also), encoding="utf-8")
    return folder


@pytest.mark.timeout(170)
def test_after_kill_nine_of_everything_each_delivery_is_final_or_unknown_and_none_came_twice(
    tmp_path, campaign, monkeypatch
):
    folder = Folder(tmp_path / "data")
    with SmtpSink("127.0.0.1") as sink:
        monkeypatch.setenv("OUTREACH_EMAIL", f"{sink.address}?proof=final&starttls=never&timeout=2&total=4")
        monkeypatch.setenv("OUTREACH_LEASE", str(LEASE))
        up = Up(folder)
        try:
            assert soon(lambda: "| open http://" in up.said, 60), up.said
            told(up, "manage", "flush", "--no-input")
            told(up, "load", str(campaign))
            told(up, "manage", "shell", "-c", JOIN)
            told(up, "publish", "artsakh-2023", "--yes")
            for number, name in enumerate(VICTIMS, 1):
                kill_in_the_middle(up, sink, name, number * 20)
            assert soon(lambda: set(states(up)) <= FINAL, 60), (states(up), up.said[-3000:])
            counted = states(up)
        finally:
            up.process.terminate()
            up.process.wait(40)
            for process in using(folder):
                process.kill()
            Servers(folder).remove()
        assert sum(counted.values()) == 17 + SUPPORTERS
        assert sink.duplicates == {}
        assert len(sink.messages) <= 17 + SUPPORTERS
        assert counted["delivered"] <= len(sink.messages) <= counted["delivered"] + counted.get("unknown", 0)
        assert counted.get("unknown", 0) <= VICTIMS.count("worker") + VICTIMS.count("postgres")


def kill_in_the_middle(up: Up, sink: SmtpSink, name: str, letters: int) -> None:
    """When so many letters have come, or as soon as the wave is over."""
    soon(lambda: len(sink.messages) >= letters, 15)
    victim = up.child(name)
    assert victim, name
    victim.kill()
    assert soon(lambda: (now := up.child(name)) and now.pid != victim.pid), up.said
    time.sleep(0.5)


def states(up: Up) -> dict[str, int]:
    return dict(json.loads(told(up, "status", "artsakh-2023", "--json"))["deliveries"])


def told(up: Up, *arguments: str) -> str:
    done = up.outreach(*arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout
