"""Noting late, twice, by two at once or in the middle of things leaves the same log."""

import threading
from collections import Counter

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from campaigns.campaign import Campaign
from campaigns.hold import Hold
from campaigns.outcome import record_outcome
from outreach.clock import tick
from outreach.evidence.chain import whole
from outreach.evidence.entry import Evidence
from outreach.evidence.note import note_all, note_marked
from outreach.response import record_response
from outreach.send import drain
from tests.outreach.wires import Told
from tests.small_campaign import DAY, DEADLINE, FRIDAY, SECOND, published

A_FEW = settings(
    max_examples=4,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
DEEDS = 8


def deeds(campaign: Campaign):
    """What happens in this campaign, one thing after the other."""
    appeal, other = campaign.appeals.get(addressee__key="ann"), campaign.appeals.get(addressee__key="bob")
    yield lambda: (tick(campaign, FRIDAY), drain("email", bulk=False))
    yield lambda: record_response(appeal, channel="email", text="no", recorded_by="Mia", now=FRIDAY + DAY)
    yield lambda: tick(campaign, DEADLINE + SECOND)
    yield lambda: appeal.responses.get().read("refusal", "Mia", DEADLINE + 2 * SECOND)
    yield lambda: appeal.responses.get().read("acknowledgement", "Mia", DEADLINE + 3 * SECOND)
    yield lambda: Hold.objects.place(campaign=campaign, reason="talks", author="Mia", now=DEADLINE + 4 * SECOND)
    yield lambda: Hold.objects.get().lift(DEADLINE + DAY, "Mia")
    yield lambda: [
        record_outcome(other, demand, "done", evidence="seen", author="Mia", now=DEADLINE + DAY)
        for demand in campaign.demands.all()
    ]


def told(campaign: Campaign) -> Counter:
    """The log, which holds, without ids and places."""
    lines = whole(content.encode() for content in Evidence.objects.values_list("content", flat=True))
    ids = ("wave", "message")
    return Counter(
        (line.kind, line.addressee, str(sorted((n, v) for n, v in line.told.items() if n not in ids))) for line in lines
    )


def run(noted) -> Counter:
    """The log of a campaign in which there is a pass after each of these deeds; in a transaction that is taken back."""
    with transaction.atomic():
        campaign = published()
        for number, deed in enumerate(deeds(campaign)):
            deed()
            for _ in range(noted[number]):
                note_marked(FRIDAY + number * DAY)
        note_marked(DEADLINE + 9 * DAY)
        found = told(campaign)
        assert note_all(campaign, DEADLINE + 9 * DAY) == 0
        transaction.set_rollback(True)
    return found


@pytest.fixture(autouse=True)
def wire(monkeypatch) -> None:
    monkeypatch.setattr("outreach.send.wire_of", lambda channel: Told())
    monkeypatch.setattr("outreach.send.now", lambda: FRIDAY)


@pytest.fixture(scope="module")
def at_the_end(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr("outreach.send.wire_of", lambda channel: Told())
        patch.setattr("outreach.send.now", lambda: FRIDAY)
        return run([0] * DEEDS)


@pytest.mark.django_db
@A_FEW
@given(noted=st.lists(st.integers(0, 2), min_size=DEEDS, max_size=DEEDS))
def test_missed_late_and_doubled_passes_leave_the_same_log(at_the_end, noted):
    assert run(noted) == at_the_end


@pytest.mark.django_db(transaction=True)
def test_two_that_note_at_once_leave_the_same_log_as_one(at_the_end):
    campaign = published()
    is_over = threading.Event()

    def note() -> None:
        while not is_over.is_set():
            note_marked(FRIDAY)
        connection.close()

    threads = [threading.Thread(target=note) for _ in range(2)]
    for thread in threads:
        thread.start()
    for deed in deeds(campaign):
        deed()
    is_over.set()
    for thread in threads:
        thread.join()
    note_marked(FRIDAY)
    assert told(campaign) == at_the_end
