import pytest

from bench.attack import attacked, in_threads
from tests.small_campaign import published


@pytest.mark.django_db(transaction=True)
def test_of_an_attack_among_many_nothing_is_lost_or_counted_twice_and_one_batch_takes_all_of_it_out():
    seen = attacked(published(), 400, in_threads)
    assert (seen.people, seen.attackers, seen.lost, seen.twice) == (380, 20, 0, 0)
    assert (seen.counted_before, seen.previewed, seen.taken_out, seen.wrongly) == (400, 20, 20, 0)
    assert (seen.counted_after, seen.counted_undone) == (380, 400)
