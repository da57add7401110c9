"""Answers that somebody brings by hand: a call, a letter on paper, a statement to the press, a post."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from campaigns.moment import now
from campaigns.outcome import NotRecordable
from outreach.cli.running import Slug, asked, found
from outreach.cli.say import AsJson, Author, document, refuse
from outreach.inbox.by_hand import tell_by_hand

Files = Annotated[list[Path] | None, typer.Option("--file", help="A photograph or PDF of it; may be repeated.")]


def answer(
    campaign: Slug,
    addressee: Annotated[str, typer.Argument(help="The addressee's key.", show_default=False)],
    text: Annotated[str, typer.Option(help="Word for word, or what was said.", show_default=False)],
    by: Author,
    channel: Annotated[str, typer.Option(help="How it came: letter, phone, email, web, x, …")] = "letter",
    received: Annotated[datetime | None, typer.Option(help="When it came, on the campaign's clock; now, if left out.")]
    = None,
    kind: Annotated[str, typer.Option(help="What it is, if you have read it; without it the ladder waits.")] = "",
    file: Files = None,
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """Write down an answer that came, dated when it came, with a scan of it. It stops no clock; an outcome does."""
    running = found(campaign, as_json)
    appeal = asked(running, addressee, as_json)
    at = received.replace(tzinfo=running.zone) if received else None
    try:
        files = [(path.name, path.read_bytes()) for path in file or ()]
        response = tell_by_hand(
            appeal, channel=channel, text=text, by=by, now=now(), received_at=at, kind=kind, files=files
        )
    except OSError as problem:
        refuse(f"{problem.filename}: {problem.strerror}", as_json)
    except NotRecordable as problem:
        refuse(str(problem), as_json)
    told = {"response": response.pk, "addressee": addressee, "kind": response.kind, "received": response.received_at}
    waits = "" if kind else " Nobody has said what it is, so the ladder waits."
    document(told) if as_json else typer.echo(f"Kept: an answer from {appeal.addressee.name}.{waits}")
