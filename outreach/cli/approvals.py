"""Approving steps from a terminal."""

from typing import Annotated

import typer

from campaigns.moment import now
from outreach import approving
from outreach.approving import Ask, NotApprovable
from outreach.cli.people import Name, member
from outreach.cli.running import Slug, found
from outreach.cli.say import AsJson, Yes, confirm, document, refuse, table

COLUMNS = ("step", "addressees", "lacking", "would begin")


def approvals(campaign: Slug, as_json: AsJson = False) -> None:
    """Say which steps need somebody's approval before they begin."""
    asked = found(campaign, as_json)
    asks = approving.asks(asked, now())
    if as_json:
        document({"campaign": asked.slug, "asks": [_told(ask) for ask in asks]})
    elif asks:
        table(COLUMNS, [[ask.step.key, len(ask.appeals), ask.lacking, _local(ask)] for ask in asks])
    else:
        typer.echo("Nothing lacks approval.")


def approve(
    campaign: Slug,
    step: Annotated[str, typer.Argument(help="The step's key.", show_default=False)],
    user: Name,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Approve what a step would send, exactly as it is now. Look at it first, on its page."""
    asked = found(campaign, as_json)
    ask = approving.ask_for(asked, step, now())
    if ask is None:
        refuse(f"Step “{step}” needs no approval now", as_json)
    confirm(f"Approve step “{step}” for {len(ask.appeals)} addressees, as {user}?", yes, as_json)
    try:
        approval = approving.approve(asked, step, member(user, as_json), seen=ask.seen, now=now())
    except NotApprovable as problem:
        refuse(str(problem), as_json)
    said = {"step": step, "author": approval.author, "addressees": _keys(ask), "at": approval.at}
    document(said) if as_json else typer.echo(f"Approved by {approval.author}, for {len(ask.appeals)} addressees.")


def _local(ask: Ask) -> str:
    return ask.wanted_at.astimezone(ask.campaign.zone).isoformat() if ask.wanted_at else ""


def _told(ask: Ask) -> dict[str, object]:
    return {"step": ask.step.key, "addressees": _keys(ask), "lacking": ask.lacking, "wanted_at": ask.wanted_at}


def _keys(ask: Ask) -> list[str]:
    return [appeal.addressee.key for appeal in ask.appeals]
