"""What is kept about people, and for how long, seen from a terminal."""

from dataclasses import asdict
from typing import Annotated

import typer

from campaigns.moment import now
from outreach import retention
from outreach.cli.say import AsJson, document, table


def purge(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would go, and when; change nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Let go of what is kept about people and past its time. The clock does so by itself, too."""
    if not dry_run:
        gone = retention.purge(now())
        said = ", ".join(f"{number} of {kind}" for kind, number in gone.items())
        document(gone) if as_json else typer.echo(f"Gone: {said}." if gone else "Nothing is past its time.")
        return
    rows = [asdict(each) for each in retention.outlook(now())]
    if as_json:
        document(rows)
        return
    columns = ("kind", "what", "days", "due", "next_at")
    table(columns, [[row[name] if row[name] is not None else "–" for name in columns] for row in rows])
