"""Alarms over signatures from a terminal, and mail for those who got none because of where they came from."""

from typing import Annotated

import typer

from campaigns.moment import now
from campaigns.suspects import NoSuspects, Suspects
from outreach.alarm import Alarm, end_alarms, raise_alarm
from outreach.cli.running import Slug, found
from outreach.cli.say import AsJson, Author, Yes, confirm, document, refuse, table
from outreach.cli.signing import Domain, Mailbox, Marked, Name, Network, Since, Until, show_some, signatures, utc
from outreach.hint import give_hint
from outreach.notify import send_notices
from outreach.release import preview_release, release

__all__ = ["signatures"]
COLUMNS = ("began_at", "of", "value", "said", "author", "ended_at", "ended_by")
Reason = Annotated[str, typer.Option(help="Why; it is kept.")]


@signatures.command(name="alarms")
def show_alarms(campaign: Slug, as_json: AsJson = False) -> None:
    """List alarms: far more sign than come by themselves. While one stands, the form asks for a proof of work."""
    kept = Alarm.objects.filter(campaign=found(campaign, as_json))
    rows = [{name: getattr(each, name) for name in COLUMNS} for each in kept]
    if as_json:
        document(rows)
        return
    table(COLUMNS, [[row[name] for name in COLUMNS] for row in rows])


@signatures.command()
def alarm(campaign: Slug, by: Author, reason: Reason, as_json: AsJson = False) -> None:
    """Ask for proofs of work until somebody ends it."""
    if not raise_alarm(found(campaign, as_json), reason=reason, author=by, now=now()):
        refuse(f"Somebody raised the alarm over “{campaign}” before, and it stands", as_json)
    typer.echo("The form asks for a proof of work from now on.")


@signatures.command()
def calm(campaign: Slug, by: Author, as_json: AsJson = False) -> None:
    """End every alarm over a campaign; none begins by itself for an hour."""
    ended = end_alarms(found(campaign, as_json), author=by, now=now())
    document({"ended": ended}) if as_json else typer.echo(f"{ended} alarms ended.")


@signatures.command(name="release")
def send_held(
    campaign: Slug,
    by: Author,
    reason: Reason = "",
    domain: Domain = "",
    network: Network = "",
    since: Since = None,
    until: Until = None,
    marked: Marked = "",
    name: Name = "",
    mailbox: Mailbox = "",
    only_show: Annotated[bool, typer.Option("--preview", help="Say who would get it, and do nothing.")] = False,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Send the mail that asks to confirm to those who got none. All that is said of them must hold."""
    running = found(campaign, as_json)
    suspects = Suspects(domain, network, utc(since), utc(until), marked, name, mailbox)
    try:
        seen = preview_release(running, suspects, now())
    except NoSuspects as problem:
        refuse(str(problem), as_json)
    if only_show:
        show_some(f"{seen.number} got no mail. Some of them:", seen, as_json)
        return
    if not reason.strip():
        refuse("Say why: --reason “…”", as_json)
    if not seen.number:
        refuse("Everybody who is meant got their mail: nothing was sent", as_json)
    confirm(f"Send {seen.number} people the mail that asks to confirm?", yes, as_json)
    kept = release(running, suspects, reason=reason, author=by, now=now())
    give_hint(send_notices)
    told = {"id": kept.pk, "number": kept.number}
    document(told) if as_json else typer.echo(f"{kept.number} people get their mail, one a second.")
