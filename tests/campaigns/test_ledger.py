"""The position ledger: entries with evidence that nobody changes, and second people who look at them."""

import pytest
from django.db import IntegrityError, transaction

from campaigns.outcome import NotRecordable, Outcome, record_outcome, standings
from campaigns.review import Review, review
from tests.small_campaign import DAY, FRIDAY, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann():
    return published().appeals.get(addressee__key="ann")


def record(appeal, kind: str, evidence: str = "https://ann.example/minutes", **fields) -> Outcome:
    demand = appeal.campaign.demands.get(key="open")
    return record_outcome(appeal, demand, kind, evidence=evidence, author="Mia", now=FRIDAY, **fields)


def test_a_deflection_closes_nothing_and_does_not_hold_the_ladder(ann):
    record(ann, "deflected")
    ann.refresh_from_db()
    standing = standings([ann])[ann.pk]
    assert ann.status == "planned"
    assert len(standing.open) == 2
    assert standing.committed_until(ann.campaign.zone) is None


@pytest.mark.parametrize(("evidence", "kind"), [("https://ann.example/1", "link"), ("Said so in the council", "words")])
def test_evidence_is_a_link_or_words_unless_something_we_keep_shows_it(ann, evidence, kind):
    assert record(ann, "refused", evidence).evidence_kind == kind


def test_a_correction_is_a_new_entry_and_the_old_one_stays(ann):
    record(ann, "done")
    record(ann, "none", "The decree was withdrawn")
    assert [kept.kind for kept in ann.outcomes.all()] == ["done", "none"]
    assert standings([ann])[ann.pk].outcome(ann.campaign.demands.get(key="open")) is None


@pytest.mark.parametrize("table", [Outcome, Review])
def test_the_database_itself_lets_nobody_change_or_delete_an_entry(ann, table):
    review(record(ann, "refused"), reviewer="Noor", now=FRIDAY)
    for change in (lambda: table.objects.update(at=FRIDAY + DAY), lambda: table.objects.all()._raw_delete("default")):
        with pytest.raises(IntegrityError, match="a correction is a new entry"), transaction.atomic():
            change()
    assert table.objects.get().at == FRIDAY


def test_a_review_is_a_second_persons_and_said_twice_is_kept_once(ann):
    outcome = record(ann, "refused")
    with pytest.raises(NotRecordable, match="somebody else must look at it"):
        review(outcome, reviewer="Mia", now=FRIDAY)
    with pytest.raises(NotRecordable, match="what is wrong"):
        review(outcome, reviewer="Noor", now=FRIDAY, holds=False)
    first, again = (review(outcome, reviewer="Noor", now=FRIDAY, holds=False, note="Another bridge") for _ in range(2))
    assert first == again
    review(outcome, reviewer="Noor", now=FRIDAY + DAY)
    assert [each.holds for each in outcome.reviews.all()] == [False, True]
    assert standings([ann])[ann.pk].outcome(outcome.demand) == outcome
