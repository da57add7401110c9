"""A worker that is killed with -9 while letters leave: none is lost, and none goes twice."""

import os
import signal
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection

from channels.envelope import Envelope
from outreach.letters import posting
from outreach.letters.letter import Letter
from outreach.letters.mailbag import Mailbag
from tests.letters import confirmed
from tests.outreach.wires import Told
from tests.small_campaign import FRIDAY, published

MINUTE = timedelta(minutes=1)
TO = ("ann", "bob", "cat")
OFFICES = 3


@pytest.fixture
def seen(transactional_db, tmp_path, monkeypatch) -> Path:
    """A letter for each of three offices; what arrives stands in a file, a line for each message."""
    campaign = published()
    for to in TO:
        confirmed(campaign, 1, to)
    monkeypatch.setattr(posting, "now", lambda: FRIDAY)
    return tmp_path / "arrived"


def die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def wire(seen: Path, before: Callable[[], object], after: Callable[[], object]) -> Told:
    """One that does something at the second message, before or after it arrives."""

    class Noting(Told):
        def send_one(self, envelope: Envelope):
            number = len(self.envelopes)
            if number == 1:
                before()
            with seen.open("a") as file:
                file.write(f"{envelope.key}\n")
            if number == 1:
                after()
            return super().send_one(envelope)

    return Noting()


def killed(work: Callable[[], object]) -> None:
    """Run it in a process of its own, which does not come back."""
    connection.close()
    child = os.fork()
    if not child:
        work()
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


@pytest.mark.parametrize(
    ("where", "unknown"), [("claimed", 0), ("before it arrived", 1), ("after it arrived", 1)], ids=str
)
def test_after_kill_nine_no_letter_is_lost_and_none_went_twice(seen, monkeypatch, where, unknown):
    def nothing() -> None:
        return None

    before, after = (die, nothing) if where == "before it arrived" else (nothing, die)
    monkeypatch.setattr(posting, "wire_of", lambda channel: wire(seen, before, after))
    with monkeypatch.context() as patch:
        if where == "claimed":
            patch.setattr(posting, "enveloped", die)
        killed(lambda: posting.post_some(FRIDAY))

    monkeypatch.setattr(posting, "wire_of", lambda channel: wire(seen, nothing, nothing))
    posting.recover_mailbags(FRIDAY, datetime.now(UTC) + timedelta(hours=1))
    for n in range(1, 4):
        posting.post_some(FRIDAY + n * 20 * MINUTE)

    arrived = Counter(seen.read_text().split())
    assert set(arrived.values()) == {1}, "one went twice"
    settled = Counter(Mailbag.objects.values_list("state", flat=True))
    assert settled == Counter(delivered=OFFICES - unknown) + Counter(unknown=unknown)
    assert len(arrived) == OFFICES - (where == "before it arrived"), "what is unknown waits for a person"
    assert Letter.objects.filter(state="taken", mailbag__isnull=False).count() == OFFICES
