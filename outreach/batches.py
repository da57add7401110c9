"""Batches of signatures that were decided on a page are carried out by a worker, and put back by one."""

import dramatiq
import structlog

from campaigns.invalidation import Invalidation
from campaigns.moment import now

log = structlog.get_logger(__name__)
TIME_LIMIT = 600_000


@dramatiq.actor(queue_name="events", time_limit=TIME_LIMIT)
def carry_out_batches() -> None:
    """Finish every batch that is not finished. Losing the hint, or getting it twice, costs nothing but time."""
    finish_batches()


def is_unfinished() -> bool:
    """Whether a batch is to be carried out, or put back."""
    return Invalidation.objects.to_finish().exists() or Invalidation.objects.to_put_back().exists()


def finish_batches() -> int:
    """Take out, or put back, what is left of each. Answers how many signatures that were."""
    taken = sum(batch.finish(now()) for batch in Invalidation.objects.to_finish())
    back = sum(batch.finish_undoing() for batch in Invalidation.objects.to_put_back())
    if taken or back:
        log.info("batches of signatures were carried out", taken_out=taken, put_back=back)
    return taken + back
