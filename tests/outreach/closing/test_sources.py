"""From the rows of a real campaign and from a rehearsal of it comes the same report."""

import pytest

from campaigns.kept import edition_of
from campaigns.outcome import record_outcome
from campaigns.publication import publish
from outreach.clock import tick
from outreach.closing import kept, rehearsed
from outreach.closing.account import Reach, Word
from outreach.closing.document import document
from outreach.closing.report import Report
from outreach.delivery import Delivery
from outreach.rehearsal import Answer, Scenario, rehearse
from outreach.response import record_response
from outreach.send import drain
from tests.small_campaign import DAY, FRIDAY, draft, published

pytestmark = pytest.mark.django_db
ACTS = FRIDAY + 2 * DAY


def test_rows_and_rehearsal_give_the_same_report(monkeypatch):
    campaign = draft()
    acts = Answer("ann", "substantive", at=ACTS, outcomes={"all": ("done", None)})
    refuses = Answer("bob", "refusal", at=ACTS, outcomes={"open": ("refused", None)})
    rehearsal = rehearse(edition_of(campaign), Scenario("Ann acts", answers=(acts, refuses)))
    foreseen = document(Report(rehearsed.book(rehearsal)))

    publish(campaign, FRIDAY)
    campaign.refresh_from_db()
    for now in sorted({entry.at for entry in rehearsal.entries}):
        monkeypatch.setattr("outreach.send.now", lambda now=now: now)
        if now == ACTS:
            answer(campaign, "ann", "substantive", {"open": "done", "repair": "done"})
            answer(campaign, "bob", "refusal", {"open": "refused"})
        tick(campaign, now)
        for channel in ("email", "x"):
            drain(channel, bulk=False)
    campaign.refresh_from_db()
    really = document(Report(kept.book(campaign, rehearsal.end)))

    assert campaign.status == "closed"
    assert really["is_final"] is foreseen["is_final"] is True
    apart = {"is_invented", "closed_at"}
    assert {name: value for name, value in really.items() if name not in apart} == {
        name: value for name, value in foreseen.items() if name not in apart
    }
    assert really["total"] == {
        "asked": 3, "proven_delivered": 3, "answered": 2, "acted": 1, "is_comparable": False,
    }  # fmt: skip


def answer(campaign, key: str, kind: str, outcomes: dict[str, str]) -> None:
    appeal = campaign.appeals.get(addressee__key=key)
    record_response(appeal, channel="email", text="…", recorded_by="Mia", now=ACTS, kind=kind)
    for demand, done in outcomes.items():
        record_outcome(appeal, campaign.demands.get(key=demand), done, evidence="a link", author="Mia", now=ACTS)


@pytest.mark.parametrize(
    ("state", "reach"),
    [
        ("sent", Reach.TAKEN),
        ("unknown", Reach.UNKNOWN),
        ("bounced", Reach.FAILED),
        ("refused", Reach.FAILED),
        ("expired", Reach.NOT_SENT),
        ("handed", Reach.UNDER_WAY),
    ],
)
def test_a_letter_in_any_other_state_is_not_delivered(state, reach):
    campaign = published()
    tick(campaign, FRIDAY)
    Delivery.objects.update(state=state)
    report = Report(kept.book(campaign, FRIDAY + DAY))
    assert report.reached[reach] == 3
    assert report.whole.proven == 0


def test_an_answer_nobody_has_read_is_an_answer_of_no_kind_yet():
    campaign = published()
    tick(campaign, FRIDAY)
    record_response(campaign.appeals.get(addressee__key="ann"), channel="email", text="…", recorded_by="Mia", now=ACTS)
    report = Report(kept.book(campaign, ACTS))
    assert report.words[Word.UNREAD] == 1
    assert report.whole.answered == 1


def test_a_report_costs_the_same_queries_however_many_are_asked(django_assert_max_num_queries):
    campaign = published()
    tick(campaign, FRIDAY)
    with django_assert_max_num_queries(24):
        kept.book(campaign, ACTS)
