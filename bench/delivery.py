"""`./dev bench delivery`: how fast letters are delivered, and what it costs."""

from bench import smtp
from bench.figure import Figure


def figures(quick: bool) -> tuple[list[Figure], list[str]]:
    """Every figure of the delivery, and what was peculiar to the run.

    What stands here is the wire alone. The whole road, from ledger rows to every outcome recorded, is to be measured in
    the same interleaved rounds: it needs a run beside those in `bench.smtp` (`bench.sending.send` takes any client) and
    its own figures in front of these.
    """
    return smtp.figures(quick)
