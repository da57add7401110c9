"""Two wordings are tried on some, compared once, and the rest gets the one that did better; or the first, in doubt."""

import pytest

from campaigns.mailing import Mailing
from campaigns.supporter import Supporter
from outreach.delivery import Delivery
from outreach.mailings.contest import results, verdict_of
from tests.outreach.mailings.conftest import TUESDAY, compose, send, states
from tests.outreach.mailings.test_composing import TWO
from tests.outreach.wires import Told
from tests.small_campaign import DAY, FRIDAY, SECOND, supporters

pytestmark = pytest.mark.django_db
A, B = "mailing-news-a", "mailing-news-b"
ENDS = TUESDAY + DAY


@pytest.fixture
def tried(campaign, begun, monkeypatch) -> Mailing:
    """Half of some seventy people have got one of two wordings; what counts is who leaves."""
    monkeypatch.setattr("outreach.mailings.composing.PORTION", 50)
    monkeypatch.setattr("outreach.readership.SIZE", 1000)
    Supporter.objects.all().delete()
    supporters(campaign, 72)
    mailing = begun(texts=TWO, test_share=50, test_time=DAY, measure="unsubscribes")
    send(Told())
    return mailing


def leave(wording: str, share: float) -> None:
    """So many of those who got the wording want no more letters, an hour later."""
    got = list(Delivery.objects.filter(wording_name=wording).values_list("supporter", flat=True))
    leaving = got[: round(share * len(got))]
    Supporter.objects.filter(pk__in=leaving).update(opted_out_at=TUESDAY + DAY / 24)


def written(mailing: Mailing) -> dict[str, int]:
    rows = Delivery.objects.filter(wave__mailing=mailing)
    return {name: rows.filter(wording_name=name).count() for name in (A, B)}


def test_the_rest_waits_until_the_test_is_over_and_gets_what_did_better(tried):
    assert (tried.state, tried.test_ends_at) == ("testing", ENDS)
    first = written(tried)
    assert 15 <= first[A] + first[B] <= 57
    leave(A, 0.8)
    compose(ENDS - SECOND)
    assert written(tried) == first
    assert verdict_of(tried, ENDS - SECOND) is None
    compose(ENDS)
    tried.refresh_from_db()
    assert (tried.state, tried.chosen, tried.decision["winner"]) == ("composed", B, B)
    after = written(tried)
    assert after[A] == first[A]
    assert sum(after.values()) == sum(states(tried).values())
    assert Supporter.objects.filter(opted_out_at=None, deliveries=None).count() == 0
    counted, verdict = verdict_of(tried, ENDS + DAY) or pytest.fail("it was decided")
    assert (verdict.winner, [each.readers for each in counted]) == (B, [first[A], first[B]])


def test_with_too_few_to_tell_the_rest_gets_the_first_and_no_winner_is_named(tried):
    leave(A, 0.04)
    compose(ENDS)
    tried.refresh_from_db()
    assert (tried.chosen, tried.decision["winner"]) == (A, "")


def test_what_somebody_did_before_the_letter_or_after_the_test_does_not_count(tried):
    got = list(Delivery.objects.filter(wording_name=A).values_list("supporter", flat=True))
    Supporter.objects.filter(pk=got[0]).update(opted_out_at=FRIDAY)
    Supporter.objects.filter(pk=got[1]).update(opted_out_at=ENDS + SECOND)
    Supporter.objects.filter(pk=got[2]).update(opted_out_at=ENDS)
    assert [(each.wording, each.did) for each in results(tried, ENDS)] == [(A, 1), (B, 0)]

    for measure in ("letters", "signatures"):
        Mailing.objects.update(measure=measure)
        tried.refresh_from_db()
        assert [each.did for each in results(tried, ENDS)] == [0, 0]
