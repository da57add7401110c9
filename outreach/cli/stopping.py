"""The brakes: everything stopped and let go; a campaign or an addressee held, given more time, or asked no more."""

from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from campaigns import publication
from campaigns.addressee import Addressee
from campaigns.appeal import Appeals
from campaigns.campaign import Campaign
from campaigns.folder.values import Wrong, patience
from campaigns.hold import ClockInDoubt, Hold, NotHoldable
from campaigns.holder_change import change_holder
from campaigns.intervention import NotPossible
from campaigns.intervention import extend as give_time
from campaigns.intervention import withdraw as take_back
from campaigns.moment import now
from outreach import standstill
from outreach.cli.running import Slug, found, near, tell
from outreach.cli.say import AsJson, Author, Yes, confirm, document, refuse, table

Reason = Annotated[str, typer.Option(help="Why; it is kept, and shown to everyone who wonders.", show_default=False)]
Whom = Annotated[str | None, typer.Option("--addressee", help="Only this addressee, by key; without it, everybody.")]
Until = Annotated[datetime | None, typer.Option(help="When it ends by itself, on the campaign's clock.")]


def stop(
    reason: Reason,
    by: Author,
    note: Annotated[str, typer.Option(help="What public pages say meanwhile.")] = "",
    until: Annotated[datetime | None, typer.Option(help="When it ends by itself, in UTC.")] = None,
    as_json: AsJson = False,
) -> None:
    """Stop everything: nothing leaves, and no clock moves, in any campaign."""
    end = until.replace(tzinfo=UTC) if until else None
    try:
        hold = standstill.stop(reason=reason, note=note, author=by, now=now(), until=end)
    except NotHoldable as problem:
        refuse(str(problem), as_json)
    document(_told(hold)) if as_json else typer.echo(f"Everything is stopped: {hold.reason}")


def go(
    by: Author,
    clock_is_right: Annotated[
        bool, typer.Option("--clock-is-right", help="Say that the clock is right, where the time is in doubt.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Let everything go on, with the time that was left."""
    try:
        lifted = standstill.go(author=by, now=now(), clock_is_right=clock_is_right)
    except ClockInDoubt as problem:
        refuse(f"{problem}: outreach go --clock-is-right", as_json)
    if not lifted:
        refuse("Nothing is stopped", as_json)
    document([_told(hold) for hold in lifted]) if as_json else typer.echo("Everything goes on.")


def pause(
    campaign: Slug, reason: Reason, by: Author, addressee: Whom = None, until: Until = None, as_json: AsJson = False
) -> None:
    """Hold a campaign, or one addressee in it; the time that is left is kept."""
    running = found(campaign, as_json)
    on = {"addressee": _member(running, addressee, as_json)} if addressee else {}
    end = until.replace(tzinfo=running.zone) if until else None
    try:
        hold = Hold.objects.place(campaign=running, reason=reason, author=by, now=now(), until=end, **on)
    except NotHoldable as problem:
        refuse(str(problem), as_json)
    tell(running, f"“{running.slug}”: {hold.what()} is on hold: {reason}", as_json)


def resume(campaign: Slug, by: Author, addressee: Whom = None, as_json: AsJson = False) -> None:
    """Go on with a campaign, or with one addressee in it, that was on hold."""
    running = found(campaign, as_json)
    whom = _member(running, addressee, as_json) if addressee else None
    if not publication.resume(running, author=by, now=now(), addressee=whom):
        refuse(f"“{running.slug}” is not on hold{f' for {addressee}' if addressee else ''}", as_json)
    tell(running, f"“{running.slug}” goes on.", as_json)


def extend(
    campaign: Slug,
    span: Annotated[str, typer.Argument(help="How much more time: “2 days”, “12 hours”.", show_default=False)],
    reason: Reason,
    by: Author,
    addressee: Whom = None,
    as_json: AsJson = False,
) -> None:
    """Give more time: every deadline that runs now, or one addressee's, is later, and its reminders with it."""
    running = found(campaign, as_json)
    try:
        more: timedelta = patience(span)
        number = give_time(_asked(running, addressee, as_json), more, reason=reason, author=by, now=now())
    except (Wrong, NotPossible) as problem:
        refuse(str(problem), as_json)
    tell(running, f"{running.slug}: {number} deadline{'s' if number > 1 else ''} moved, {span} later.", as_json)


def withdraw(
    campaign: Slug, reason: Reason, by: Author, addressee: Whom = None, yes: Yes = False, as_json: AsJson = False
) -> None:
    """Take the demands back, from everybody who still waits or from one addressee. This cannot be undone."""
    running = found(campaign, as_json)
    appeals = _asked(running, addressee, as_json)
    whom = addressee or "everybody"
    confirm(f"Take the demands of “{running.slug}” back from {whom}? It cannot be undone.", yes, as_json)
    try:
        number = take_back(appeals, reason=reason, author=by, now=now())
    except NotPossible as problem:
        refuse(str(problem), as_json)
    tell(running, f"{running.slug}: {number} appeal{'s' if number > 1 else ''} withdrawn.", as_json)


def holder(
    addressee: Annotated[str, typer.Argument(help="The addressee's key.", show_default=False)],
    name: Annotated[str, typer.Argument(help="Who holds the office now; empty for nobody.", show_default=False)],
    reason: Reason,
    by: Author,
    salutation: Annotated[str | None, typer.Option(help="How letters begin; as before if left out.")] = None,
    as_json: AsJson = False,
) -> None:
    """Say that somebody else holds an office. Its clock goes on or starts anew, as each campaign's rule says."""
    office = Addressee.objects.filter(key=addressee).first()
    if office is None:
        keys = list(Addressee.objects.values_list("key", flat=True))
        refuse(f"There is no addressee “{addressee}”{near(addressee, keys)}", as_json)
    try:
        change = change_holder(office, name, salutation, reason=reason, author=by, now=now())
    except NotPossible as problem:
        refuse(str(problem), as_json)
    told = {"addressee": office.key, "before": change.before, "after": change.after}
    document(told) if as_json else typer.echo(f"{office.name}: {change}.")


def versions(campaign: Slug, as_json: AsJson = False) -> None:
    """List the versions of a campaign: who changed what, when."""
    kept = found(campaign, as_json)
    names = ("number", "at", "author", "is_live", "digest", "changes")
    if as_json:
        document([{name: getattr(each, name) for name in names} for each in kept.versions.all()])
        return
    rows = [
        [each.number, each.at.astimezone(kept.zone).isoformat(sep=" ", timespec="minutes"), each.author, change]
        for each in kept.versions.all()
        for change in each.changes or ["first version"]
    ]
    table(("version", "at", "by", "what"), rows)


def _asked(campaign: Campaign, key: str | None, as_json: bool) -> Appeals:
    appeals: Appeals = campaign.appeals.all()
    return appeals.filter(addressee=_member(campaign, key, as_json)) if key else appeals


def _member(campaign: Campaign, key: str, as_json: bool) -> Addressee:
    asked = Addressee.objects.filter(appeals__campaign=campaign)
    if (one := asked.filter(key=key).first()) is None:
        refuse(f"“{campaign.slug}” asks no “{key}”{near(key, list(asked.values_list('key', flat=True)))}", as_json)
    return one


def _told(hold: Hold) -> dict[str, object]:
    return {name: getattr(hold, name) for name in ("reason", "note", "is_doubt", "author", "began_at", "until")}
