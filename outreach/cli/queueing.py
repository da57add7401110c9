"""What waits, seen from a terminal."""

from collections.abc import Callable
from datetime import datetime

import typer

from campaigns.moment import now
from outreach.cli.running import Slug, found
from outreach.cli.say import AsJson, document, table
from outreach.queue import Entry, queue_of

COLUMNS = ("number", "channel", "kind", "why")


def queue(campaign: Slug, as_json: AsJson = False) -> None:
    """Say what has not been sent, and why."""
    running = found(campaign, as_json)
    seen = queue_of(running, now())

    def local(moment: datetime) -> str:
        return moment.astimezone(running.zone).isoformat(sep=" ", timespec="minutes")

    if as_json:
        ways = {"waiting": seen.waiting, "ended": seen.ended}
        told = {way: [_entry(entry, datetime.isoformat) for entry in entries] for way, entries in ways.items()}
        document({"campaign": running.slug, "number": seen.number, **told, "others": seen.others})
        return
    if not (seen.waiting or seen.ended):
        typer.echo("Nothing waits.")
        return
    rows = [_entry(entry, local) for entry in (*seen.waiting, *seen.ended)]
    table(COLUMNS, [[row[name] for name in COLUMNS] for row in rows])
    if seen.others:
        typer.echo(f"{seen.others:,} more for rarer reasons.")


def _entry(entry: Entry, at: Callable[[datetime], str]) -> dict[str, object]:
    return {
        "number": entry.number,
        "channel": entry.channel,
        "kind": entry.cause.kind,
        "why": entry.sentence(at),
        "first_due": entry.first,
        "last_due": entry.last,
        "examples": [each.pk for each in entry.examples],
    }
