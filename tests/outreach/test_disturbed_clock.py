"""Passes doubled, skipped for days, run backwards, or by two at once give the same rows as one clean run."""

import threading
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from campaigns.appeal import Appeal
from campaigns.approval import Approval, contents
from campaigns.campaign import Campaign
from campaigns.kept import edition_of
from campaigns.outcome import record_outcome
from campaigns.wave import Skip, Turn
from outreach.clock import tick
from outreach.delivery import Delivery
from outreach.rehearsal import Answer, Outage, Scenario, rehearse
from outreach.send import drain
from tests.small_campaign import DAY, FRIDAY, draft, published, supporters

pytestmark = pytest.mark.timeout(150)
HOUR = timedelta(hours=1)
END = FRIDAY + 30 * DAY
TIME_TO_END = [END + n * DAY for n in range(20)]  # what began late has its whole patience
EVERY_DAY = [FRIDAY + n * DAY + timedelta(minutes=7) for n in range(30)]
A_FEW = settings(
    max_examples=6,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to shrink would take longer than to read
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


present = threading.local()  # each worker has its own


@pytest.fixture(autouse=True, scope="module")
def told_the_time() -> Iterator[None]:
    with patch("outreach.send.now", lambda: present.now):
        yield


def run(campaign: Campaign, passes: Iterable[datetime]) -> None:
    for now in passes:
        tick(campaign, now)
        send_all(now)


def send_all(now: datetime, out: Collection[str] = ()) -> None:
    """What is due, but for the channels whose provider is out."""
    present.now = now
    for channel, audience in Delivery.objects.due(now).order_by().values_list("channel", "audience").distinct():
        if channel not in out:
            drain(channel, bulk=audience == "supporters")


def rows() -> tuple[list, list, list]:
    """Everything the run left, by its natural keys."""
    turns = Turn.objects.values_list("appeal__addressee__key", "step__key", "reminder", "kind")
    deliveries = Delivery.objects.exclude(wave__reminder=1).values_list(
        "step__key", "channel", "audience", "addressee__key", "supporter__email_digest", "state"
    )
    appeals = Appeal.objects.values_list("addressee__key", "status")
    return sorted(turns), sorted(map(str, deliveries)), sorted(appeals)


FORKED: dict[str, dict[str, Any]] = {
    "deadline": {"only_if": ["refused"], "at_once": True},
    "supporters": {"signatures": 3},
    "oversight": {"days": "business"},
}


def forked() -> Campaign:
    """Ann has refused before anything began, and is answered at once; there are no signatures for the supporters."""
    campaign = published()
    for key, fields in FORKED.items():
        campaign.steps.filter(key=key).update(**fields)
    _hear(campaign, Answer("ann", "refusal", outcomes={"open": ("refused", None)}), FRIDAY)
    return campaign


def rows_of_a_run(passes: Iterable[datetime], make: Callable[[], Campaign] = published) -> tuple[list, list, list]:
    """In a transaction that is taken back."""
    with transaction.atomic():
        campaign = make()
        supporters(campaign, 2)
        run(campaign, passes)
        found = rows()
        transaction.set_rollback(True)
    return found


@pytest.fixture(scope="module")
def clean(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        return rows_of_a_run(EVERY_DAY)


@pytest.mark.django_db
@A_FEW
@given(
    outage=st.integers(0, 27),
    doubled=st.sets(st.integers(0, 29), max_size=8),
    backwards=st.dictionaries(st.integers(1, 29), st.integers(1, 20), max_size=6),
)
def test_doubled_skipped_and_backward_passes_give_the_same_rows_as_one_clean_run(clean, outage, doubled, backwards):
    passes: list[datetime] = []
    for number, now in enumerate(EVERY_DAY):
        if outage <= number < outage + 3:
            continue
        passes += [now, now] if number in doubled else [now]
        if number in backwards:
            passes.append(now - backwards[number] * 12 * HOUR)
    assert rows_of_a_run([*passes, *TIME_TO_END]) == clean


@pytest.mark.django_db(transaction=True)
def test_two_clocks_and_two_workers_at_once_give_the_same_rows_as_one(clean):
    campaign = published()
    supporters(campaign, 2)
    two_clocks(campaign)
    assert rows() == clean


@pytest.mark.django_db(transaction=True)
def test_two_clocks_at_once_take_the_same_way_down_a_ladder_that_forks(clean):
    expected = ways(rows_of_a_run(EVERY_DAY, forked))
    two_clocks(forked())
    assert ways(rows()) == expected
    assert Skip.objects.count() == 5


def ways(found: tuple[list, list, list]) -> tuple[list, list]:
    """The steps that began, once each, and the ends; whether one began at once depends on when a pass came by."""
    return [(key, step) for key, step, reminder, _ in found[0] if not reminder], found[2]


def two_clocks(campaign: Campaign) -> None:

    def work() -> None:
        run(campaign, EVERY_DAY)
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    run(campaign, TIME_TO_END)


ANSWERS = st.lists(
    st.builds(
        Answer,
        addressee=st.sampled_from(["ann", "bob", "cat"]),
        kind=st.just("substantive"),
        after=st.integers(1, 30 * 24).map(lambda hours: hours * HOUR),
        outcomes=st.dictionaries(
            st.sampled_from(["open", "repair"]),
            st.sampled_from([("done", None), ("partly", None), ("refused", None)])
            | st.integers(31, 40).map(lambda days: ("committed", (FRIDAY + days * DAY).date())),
            min_size=1,
        ),
    ),
    max_size=4,
    unique_by=lambda answer: answer.after,
)


OUTAGES = st.lists(
    st.builds(
        lambda start, hours, channel: Outage(FRIDAY + start * HOUR, FRIDAY + (start + hours) * HOUR, channel),
        st.integers(1, 20 * 24),
        st.integers(1, 100),
        st.sampled_from(["", "", "email", "x"]),
    ),
    max_size=2,
)


REFUSED, SILENT = {"only_if": ["refused", "broken"]}, {"only_if": ["silent"]}
SHAPES = st.sampled_from(
    [
        {},
        {"letter": {"next": [["refused", "deadline"], ["otherwise", "supporters"]]}, "deadline": {"days": "business"}},
        {"deadline": {**REFUSED, "at_once": True}, "supporters": {"next": [["refused", "end"]]}},
        {"deadline": {"approvers": 1, "minimum_gap": timedelta(hours=1)}, "supporters": {"approvers": 2}},
        {"deadline": {"signatures": 1}, "supporters": {**REFUSED, "at_once": True}, "oversight": SILENT},
    ]
)


@pytest.mark.django_db
@A_FEW
@given(answers=ANSWERS, outages=OUTAGES, shape=SHAPES)
def test_the_rehearsal_and_the_real_clock_do_the_same_at_the_same_instants(answers, outages, shape):
    with transaction.atomic():
        campaign = draft()
        for key, fields in shape.items():
            campaign.steps.filter(key=key).update(**fields)
        scenario = Scenario("random", answers=tuple(answers), outages=tuple(outages))
        rehearsal = rehearse(edition_of(campaign), scenario)
        _publish(campaign)
        _approve(campaign)
        heard = sorted(answers, key=lambda answer: answer.after)
        for now in sorted({entry.at for entry in rehearsal.entries if entry.kind != "outage"}):
            while heard and FRIDAY + heard[0].after <= now:
                _hear(campaign, heard.pop(0), now)
            out = {each.channel for each in outages if each.since <= now < each.until}
            assert "" not in out
            send_all(now, out)
            tick(campaign, now)
            send_all(now, out)
        turns = Turn.objects.exclude(kind="opening").values_list(
            "at", "appeal__addressee__key", "step__key", "reminder"
        )
        sent = Delivery.objects.exclude(state__in=["expired", "cancelled"]).values_list(
            "sent_at", "step__key", "channel", "addressee__key"
        )
        statuses = dict(Appeal.objects.values_list("addressee__key", "status"))
        assert sorted(sent, key=str) == sorted(
            ((e.at, e.step, e.channel, e.addressee) for e in rehearsal.sends), key=str
        )
        begun = [e for e in rehearsal.entries if e.kind in ("escalation", "at once")]
        assert {turn[:3] for turn in turns if not turn[3]} == {(e.at, e.addressee, e.step) for e in begun}
        skips = Skip.objects.values_list("at", "appeal__addressee__key", "step__key", "sentence")
        assert set(skips) == {(e.at, e.addressee, e.step, e.detail) for e in rehearsal.entries if e.kind == "skipped"}
        assert statuses == {case.key: case.status for case in rehearsal.cases}
        transaction.set_rollback(True)


def _publish(campaign: Campaign) -> None:
    from campaigns.publication import publish

    publish(campaign, FRIDAY)
    campaign.refresh_from_db()


def _approve(campaign: Campaign) -> None:
    """Approvers say yes to everything in time, as a rehearsal takes it."""
    content = contents(campaign)
    for step in campaign.steps.filter(approvers__gt=0):
        for number in range(step.approvers):
            user, _ = User.objects.get_or_create(username=f"approver {number}")
            approval = Approval.objects.create(step=step, approver=user, content=content[step.number], at=FRIDAY)
            approval.appeals.set(campaign.appeals.all())


def _hear(campaign: Campaign, answer: Answer, now: datetime) -> None:
    appeal = Appeal.objects.get(addressee__key=answer.addressee)
    for key, (kind, until) in answer.outcomes.items():
        record_outcome(
            appeal,
            campaign.demands.get(key=key),
            kind,
            until=until,
            evidence="invented",
            author="scenario",
            now=now,
        )
