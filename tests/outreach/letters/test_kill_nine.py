"""Workers that are killed with -9, or look at the same moment, while letters leave: none is lost, none goes twice."""

import os
import signal
import threading
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from django.db import connection

from channels.envelope import Envelope
from outreach.letters import posting
from outreach.letters.letter import Letter
from outreach.letters.mailbag import Mailbag
from outreach.letters.packing import pack
from tests.letters import confirmed
from tests.outreach.wires import Told
from tests.small_campaign import DAY, FRIDAY, published

MINUTE = timedelta(minutes=1)
TO = ("ann", "bob", "cat")


def nothing() -> None:
    return None


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


def over(patch: pytest.MonkeyPatch, line: Told) -> None:
    patch.setattr(posting, "wire_of", lambda channel: line)


def killed(work: Callable[[], object]) -> None:
    """Run it in a process of its own, which does not come back."""
    connection.close()
    child = os.fork()
    if not child:
        work()
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


def test_after_kill_nine_no_letter_is_lost_and_none_went_twice(transactional_db, tmp_path, monkeypatch):
    """A letter for each of three offices, and the worker is killed at the second: three times, a day apart."""
    campaign = published()
    for day, (where, before, after) in enumerate(
        [("claimed", nothing, nothing), ("before it arrived", die, nothing), ("after it arrived", nothing, die)]
    ):
        now, seen = FRIDAY + day * DAY, tmp_path / where
        Letter.objects.all().delete()
        Mailbag.objects.all().delete()
        for to in TO:
            confirmed(campaign, 1, to)
        monkeypatch.setattr(posting, "now", lambda now=now: now)
        with monkeypatch.context() as patch:
            over(patch, wire(seen, before, after))
            if where == "claimed":
                patch.setattr(posting, "enveloped", die)
            killed(partial(posting.post_some, now))

        over(monkeypatch, wire(seen, nothing, nothing))
        posting.recover_mailbags(now, datetime.now(UTC) + timedelta(hours=1))
        for n in (1, 2):
            posting.post_some(now + n * 20 * MINUTE)

        arrived = Counter(seen.read_text().split())
        assert set(arrived.values()) == {1}, "one went twice"
        unknown = int(where != "claimed")
        settled = Counter(Mailbag.objects.values_list("state", flat=True))
        assert settled == Counter(delivered=len(TO) - unknown) + Counter(unknown=unknown)
        assert len(arrived) == len(TO) - (where == "before it arrived"), "what is unknown waits for a person"
        assert Letter.objects.filter(state="taken", mailbag__isnull=False).count() == len(TO)


def test_two_workers_that_look_at_the_same_moment_send_nothing_twice(transactional_db):
    confirmed(published(), 3)
    packed: list[Mailbag] = []

    def work() -> None:
        packed.extend(pack(FRIDAY, datetime.now(UTC), limit=9))
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(packed) == 1
    assert sorted(Letter.objects.values_list("state", flat=True)) == ["confirmed", "confirmed", "taken"]
