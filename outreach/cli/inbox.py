"""What needs a person, on a terminal."""

from typing import Annotated

import typer
from django.contrib.auth.models import User

from campaigns.campaign import Campaign
from campaigns.moment import now
from outreach import needs
from outreach.cli.running import found
from outreach.cli.say import AsJson, document, refuse, table
from outreach.needs.inbox import Attended
from outreach.needs.inbox import inbox as standing
from outreach.needs.need import Scope

One = Annotated[str | None, typer.Argument(help="One campaign; without it, all.", show_default=False)]


def inbox(
    campaign: One = None,
    kind: Annotated[str, typer.Option(help=f"Only one kind: {', '.join(needs.KINDS)}.", show_default=False)] = "",
    as_json: AsJson = False,
) -> None:
    """List what needs a person: first what stops a clock, then the oldest. Settle it on the pages or by the API."""
    if kind and kind not in needs.KINDS:
        refuse(f"There is no kind “{kind}”; there are {', '.join(needs.KINDS)}", as_json)
    only: Campaign | None = found(campaign, as_json) if campaign else None
    everybody = User(username="the command line", is_superuser=True, is_staff=True)
    waiting = standing(Scope(everybody, only), now(), kind)
    if as_json:
        document([_told(each) for each in waiting])
    elif not waiting:
        typer.echo("Nothing needs a person.")
    else:
        table(["since", "", "what", "a rule proposes", "who has it"], [_row(each) for each in waiting])


def _told(each: Attended) -> dict[str, object]:
    need = each.need
    return {
        "kind": need.kind,
        "ref": need.ref,
        "campaign": need.campaign.slug if need.campaign else None,
        "title": need.title,
        "since": need.since,
        "stops": need.stops,
        "guess": need.guess,
        "holder": each.attention.name if each.attention else "",
    }


def _row(each: Attended) -> list[object]:
    need = each.need
    zone = need.campaign.zone if need.campaign else None
    since = need.since.astimezone(zone) if zone else need.since
    holder = each.attention.name if each.attention else ""
    return [f"{since:%Y-%m-%d %H:%M}", "stops a clock" if need.stops else "", need.title, need.guess, holder]
