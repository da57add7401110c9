"""Counts that are kept as changes are summed up now and then, so that asking for them stays quick."""

import dramatiq

from campaigns import share, tally


def is_long() -> bool:
    """Whether it would pay."""
    return tally.is_long() or share.is_long()


@dramatiq.actor(queue_name="events")
def sum_up() -> None:
    """Losing the hint, or getting it twice, changes no count."""
    tally.sum_up()
    share.sum_up()
