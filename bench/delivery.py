"""`./dev bench delivery`: how fast letters are delivered, and what it costs."""

from bench import latency, road, sendgrid, smtp
from bench.database import Database
from bench.figure import Figure


def figures(quick: bool) -> tuple[list[Figure], list[str]]:
    """Every figure of the delivery, and what was peculiar to the run."""
    with Database() as database:
        of_latency = latency.figures(quick)  # while nothing else is to be done, and nothing is being swept up
        road.forget()  # the letters of which that was measured are none of those that are counted
        of_smtp, notes = smtp.figures(quick, database)
    return [*of_smtp, *sendgrid.figures(quick), *of_latency], notes
