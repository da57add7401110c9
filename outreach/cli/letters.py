"""Letters of supporters from a terminal: how they stand, and what a person decides about one."""

from typing import Annotated
from uuid import UUID

import typer

from campaigns.addressee import Addressee
from campaigns.hold import LETTERS, Hold, NotHoldable
from campaigns.moment import now
from outreach.cli.running import Slug, found, near
from outreach.cli.say import AsJson, Author, document, refuse, table
from outreach.letters.again import NotPossible, arrived, send_once_more
from outreach.letters.lines import Line, letter_holds
from outreach.letters.mailbag import Mailbag
from outreach.letters.manner import office_wants
from outreach.letters.overview import overview

letters = typer.Typer(no_args_is_help=True, help="See how letters of supporters stand, and settle what is unknown.")
Whom = Annotated[str, typer.Argument(help="The addressee's key.", show_default=False)]
Message = Annotated[UUID, typer.Argument(help="The message's id, as “outreach letters messages” shows it.")]
COLUMNS = ("addressee", "waiting", "next", "alone", "together", "answered", "remark")


@letters.command()
def status(campaign: Slug, as_json: AsJson = False) -> None:
    """Say how many letters wait and have left, how much of them is people's own, and when the next one leaves."""
    running = found(campaign, as_json)
    seen = overview(running, now())
    rows = [_told(each) for each in seen.lines]
    if as_json:
        kept = ("letters", "mailbags", "digests", "own_share", "mostly_own")
        alike = [{"first": each.first, "number": each.number} for each in seen.alike]
        document({name: getattr(seen, name) for name in kept} | {"alike": alike, "addressees": rows})
        return
    said = ", ".join(f"{number} {state}" for state, number in seen.letters.items() if number)
    own = "" if seen.own_share is None else f" Own words: {seen.own_share:.0f} %."
    typer.echo(f"{said or 'No letters'}.{own}")
    for row, each in zip(rows, seen.lines, strict=True):
        local = each.next_at.astimezone(running.zone) if each.next_at else None
        row["next"] = local.isoformat(sep=" ", timespec="minutes") if local else ""
    table(COLUMNS, [[row[name] for name in COLUMNS] for row in rows])


@letters.command()
def messages(
    campaign: Slug,
    state: Annotated[str, typer.Option(help="Only those in this state: unknown, sent, bounced, …")] = "",
    as_json: AsJson = False,
) -> None:
    """List the messages that letters left in, the newest first."""
    if state and state not in Mailbag.State.values:
        refuse(f"“{state}” is no state{near(state, Mailbag.State.values)}", as_json)
    rows = Mailbag.objects.filter(campaign=found(campaign, as_json)).select_related("addressee")
    rows = (rows.filter(state=state) if state else rows).order_by("-created_at", "id")
    columns = ("id", "addressee", "state", "is_digest", "number", "sent_at", "reason")
    told = [{name: getattr(each, name) for name in columns} | {"addressee": each.addressee.key} for each in rows[:500]]
    document(told) if as_json else table(columns, [[row[name] for name in columns] for row in told])


@letters.command(name="arrived")
def say_arrived(message: Message, by: Author, as_json: AsJson = False) -> None:
    """Say that a message arrived of which nobody knew."""
    bag = _message(message, as_json)
    try:
        arrived(bag, by=by, now=now())
    except NotPossible as problem:
        refuse(str(problem), as_json)
    document({"id": bag.pk, "state": bag.state}) if as_json else typer.echo("Settled: it arrived.")


@letters.command(name="again")
def send_again(message: Message, by: Author, as_json: AsJson = False) -> None:
    """Have the letters of a message sent once more that is unknown or did not arrive."""
    try:
        more = send_once_more(_message(message, as_json), by=by, now=now())
    except NotPossible as problem:
        refuse(str(problem), as_json)
    document({"id": more.pk, "state": more.state}) if as_json else typer.echo(f"It leaves once more, as {more.pk}.")


@letters.command()
def manner(
    addressee: Whom,
    digests_only: Annotated[bool, typer.Option("--digests-only/--one-by-one", help="Together only, or as usual.")],
    as_json: AsJson = False,
) -> None:
    """Say how an office wants letters: together only, or a few one by one and the rest together."""
    office = _office(addressee, as_json)
    office_wants(office, digests_only=digests_only)
    said = "letters together only" if digests_only else "a few letters one by one, and the rest together"
    told = {"addressee": office.key, "digests_only": digests_only}
    document(told) if as_json else typer.echo(f"{office.name} gets {said}.")


@letters.command()
def hold(
    campaign: Slug,
    reason: Annotated[str, typer.Option(help="Why; it is kept.", show_default=False)],
    by: Author,
    addressee: Annotated[str, typer.Option(help="Only to this addressee, by key; without it, to all.")] = "",
    as_json: AsJson = False,
) -> None:
    """Keep letters from leaving; no clock stands still for it."""
    running = found(campaign, as_json)
    office = _office(addressee, as_json) if addressee else None
    try:
        placed = Hold.objects.place(
            campaign=running, addressee=office, channel=LETTERS, reason=reason, author=by, now=now()
        )
    except NotHoldable as problem:
        refuse(str(problem), as_json)
    document({"id": placed.pk, "what": placed.what()}) if as_json else typer.echo(f"On hold: {placed.what()}.")


@letters.command()
def release(
    campaign: Slug,
    by: Author,
    addressee: Annotated[str, typer.Option(help="To this addressee, by key; without it, to all.")] = "",
    as_json: AsJson = False,
) -> None:
    """Let letters leave again that were on hold."""
    running = found(campaign, as_json)
    whom = _office(addressee, as_json).pk if addressee else None
    standing = letter_holds(running, now()).get(whom)
    if standing is None or not standing.lift(now(), by):
        refuse("No hold on letters stands there", as_json)
    document({"id": standing.pk}) if as_json else typer.echo(f"Lifted: {standing.what()}.")


def _message(pk: UUID, as_json: bool) -> Mailbag:
    bag = Mailbag.objects.filter(pk=pk).first()
    if bag is None:
        refuse(f"There is no message {pk}", as_json)
    return bag


def _office(key: str, as_json: bool) -> Addressee:
    office = Addressee.objects.filter(key=key).first()
    if office is None:
        keys = list(Addressee.objects.values_list("key", flat=True))
        refuse(f"There is no addressee “{key}”{near(key, keys)}", as_json)
    return office


def _told(line: Line) -> dict[str, object]:
    remarks = [line.why, "digests only" if line.point and line.point.digests_only else ""]
    return {
        "addressee": line.addressee.key,
        "waiting": line.waiting,
        "next": line.next_at,
        "alone": line.sent_alone,
        "together": line.sent_together,
        "answered": line.answered,
        "remark": "; ".join(filter(None, remarks)),
    }
