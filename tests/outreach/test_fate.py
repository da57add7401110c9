"""All that was told of a message decides what became of it: not the order, and not how often."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.news import Kind, News
from outreach.delivery import may_move
from outreach.fate import STRENGTH, Fate, fate

NOON = datetime(2023, 4, 28, 12, tzinfo=UTC)
EACH = st.builds(
    lambda n, kind, minute, reason: News(
        f"{n}-{kind}-{minute}-{reason}", kind, NOON + timedelta(minutes=minute), reason=reason, is_dead=reason == "gone"
    ),
    st.integers(0, 3),
    st.sampled_from(Kind),
    st.integers(0, 5),
    st.sampled_from(["", "gone", "greylisted"]),
)


def told(*kinds: Kind) -> Fate:
    """Told in this order, a minute between each."""
    return fate(News(f"{n}", kind, NOON + timedelta(minutes=n), str(kind)) for n, kind in enumerate(kinds))


@given(st.lists(EACH, max_size=12).flatmap(lambda news: st.tuples(st.just(news), st.permutations(news * 2))))
def test_any_order_and_any_repetition_give_the_same_fate(news):
    once, stirred = news
    assert fate(once) == fate(stirred)


@given(st.lists(st.tuples(EACH, st.integers(1, 46)), min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_each_event_forty_six_times_in_a_storm_gives_the_same_fate(news, chance):
    storm = [each for each, times in news for _ in range(times)]
    chance.shuffle(storm)
    assert fate(storm) == fate(each for each, _ in news)


@given(st.lists(EACH, max_size=8), st.lists(EACH, max_size=8))
def test_more_news_never_makes_a_fate_weaker_and_the_row_may_follow(some, more):
    before, after = fate(some).state, fate([*some, *more]).state
    if before is not None:
        assert after is not None
        assert before == after or (STRENGTH.index(before) < STRENGTH.index(after) and may_move(before, after))


def test_nothing_told_is_nothing_known():
    assert told() == Fate()


@pytest.mark.parametrize(
    ("kinds", "state"),
    [
        ([Kind.TAKEN], "sent"),
        ([Kind.TAKEN, Kind.DEFERRED], "sent"),
        ([Kind.TAKEN, Kind.DEFERRED, Kind.DELIVERED], "delivered"),
        ([Kind.DELIVERED, Kind.BOUNCED], "bounced"),
        ([Kind.BOUNCED, Kind.DELIVERED], "bounced"),
        ([Kind.DELIVERED, Kind.BLOCKED], "bounced"),
        ([Kind.TAKEN, Kind.DROPPED], "refused"),
        ([Kind.DROPPED, Kind.DELIVERED], "delivered"),
        ([Kind.DROPPED, Kind.BOUNCED], "bounced"),
        ([Kind.COMPLAINT], None),
        ([Kind.SEEN, Kind.SEEN, Kind.UNSUBSCRIBED, Kind.OTHER], None),
        ([Kind.TAKEN, Kind.SEEN], "sent"),
    ],
)
def test_the_strongest_news_counts_and_being_opened_is_no_evidence(kinds, state):
    assert told(*kinds).state == told(*reversed(kinds)).state == state


def test_the_first_proof_is_the_moment_of_delivery():
    assert told(Kind.TAKEN, Kind.DELIVERED, Kind.DELIVERED).at == NOON + timedelta(minutes=1)


def test_what_was_dropped_was_never_sent():
    assert told(Kind.DROPPED).sent_at is None
    assert told(Kind.DROPPED, Kind.TAKEN).sent_at == NOON + timedelta(minutes=1)


def test_what_failed_says_why_even_if_the_provider_did_not():
    assert told(Kind.BOUNCED).reason == "The provider said “bounced” and gave no reason"
    assert told(Kind.DELIVERED).reason == ""
