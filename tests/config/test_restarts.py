"""How often a process may come back."""

from config.restarts import LONGEST_WAIT, MOST, WITHIN, Restarts


def test_a_process_comes_back_at_once_at_first_and_later_each_time() -> None:
    restarts = Restarts()
    waits = [again - now for now in range(MOST) if (again := restarts.next_at(now))]
    assert waits[0] < 1
    assert waits == sorted(waits)
    assert waits[-1] <= LONGEST_WAIT


def test_a_process_that_ends_too_often_is_given_up() -> None:
    restarts = Restarts()
    assert [restarts.next_at(now) for now in range(MOST + 1)][-1] is None


def test_what_happened_long_ago_does_not_count() -> None:
    restarts = Restarts()
    assert all(restarts.next_at(now * WITHIN / 2) for now in range(5 * MOST))
