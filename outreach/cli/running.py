"""A campaign under way: published, paused, looked at, answered."""

from collections import Counter
from datetime import datetime
from typing import Annotated

import typer
from django.conf import settings

from campaigns import publication
from campaigns.appeal import Appeal, Appeals
from campaigns.campaign import Campaign
from campaigns.hold import Hold
from campaigns.moment import now
from campaigns.wave import Pause
from campaigns.words.near import nearest
from channels.person import Person
from outreach import begin
from outreach.cli.say import AsJson, Yes, confirm, document, refuse, table
from outreach.send import wire_of

Slug = Annotated[str, typer.Argument(help="The campaign's short name.", show_default=False)]


def publish(campaign: Slug, yes: Yes = False, as_json: AsJson = False) -> None:
    """Put the demands to the addressees, in public. From now the deadline runs."""
    draft = found(campaign, as_json)
    confirm(f"Publish “{draft.name}”? {_what_leaves(draft)}", yes, as_json)
    try:
        published = begin.publish(draft, now())
    except publication.NotPublishable as problem:
        refuse(str(problem), as_json)
    tell(published, f"Published. {_what_leaves(published)}", as_json)


def status(
    campaign: Annotated[str | None, typer.Argument(help="One campaign; without it, all.", show_default=False)] = None,
    as_json: AsJson = False,
) -> None:
    """Say how campaigns stand."""
    if campaign is None:
        everyone = [_summary(each) for each in Campaign.objects.all()]
        document(everyone) if as_json else table(
            list(everyone[0]) if everyone else ["no campaigns yet"], _rows(everyone)
        )
        return
    standing = found(campaign, as_json)
    appeals = [told(appeal) for appeal in appeals_of(standing)]
    if as_json:
        document(_summary(standing) | {"appeals": appeals})
        return
    table(list(_summary(standing)), _rows([_summary(standing)]))
    typer.echo()
    table(["addressee", "status", "step", "due", "waiting for"], _rows(appeals))


def found(slug: str, as_json: bool) -> Campaign:
    """The campaign, or the command ends with a sentence."""
    campaign = Campaign.objects.filter(slug=slug).first()
    if campaign is None:
        slugs = list(Campaign.objects.values_list("slug", flat=True))
        refuse(f"There is no campaign “{slug}”{near(slug, slugs)}", as_json)
    return campaign


def near(word: str, choices: list[str]) -> str:
    """What was probably meant, or what there is: the end of a sentence."""
    close = nearest(word, choices)
    return f"; did you mean {close}?" if close else f"; there is: {', '.join(choices) or 'none'}"


def _what_leaves(campaign: Campaign) -> str:
    """Which wires its messages would leave on, said before anybody presses anything."""
    used = sorted({c for step in campaign.steps.all() for each in step.dispatches for c in each["channels"]})
    wires = {channel: wire_of(channel).name for channel in used}
    by_hand = [channel for channel, wire in wires.items() if wire == Person.name]
    tasks = f" What goes by {', '.join(by_hand)} waits for a person." if by_hand else ""
    here = ("outbox", Person.name)
    really = ", ".join(f"{channel} over {wire}" for channel, wire in wires.items() if wire not in here)
    if not really:
        return f"{campaign.appeals.count()} letters go to the outbox: nothing leaves this machine.{tasks}"
    many = campaign.appeals.count()
    return f"Messages to {many} addressees leave for real: {really}.{tasks} See {settings.OUTREACH_URL}."


def tell(campaign: Campaign, sentence: str, as_json: bool) -> None:
    campaign.refresh_from_db()
    document(_summary(campaign)) if as_json else typer.echo(sentence)


def _summary(campaign: Campaign) -> dict[str, object]:
    states = Counter(campaign.deliveries.values_list("state", flat=True))
    return {
        "campaign": campaign.slug,
        "status": campaign.status,
        "published": _local(campaign, campaign.published_at),
        "on_hold": [hold.reason for hold in Hold.objects.standing(now()).over(campaign).filter(addressee=None)],
        **({"failing": campaign.failure} if campaign.failed_at else {}),
        "appeals": dict(Counter(campaign.appeals.values_list("status", flat=True))),
        "deliveries": dict(states),
    }


def asked(campaign: Campaign, addressee: str, as_json: bool) -> Appeal:
    """The appeal to that addressee, or the command ends with a sentence."""
    appeal = appeals_of(campaign).filter(addressee__key=addressee).first()
    if appeal is None:
        keys = list(appeals_of(campaign).values_list("addressee__key", flat=True))
        refuse(f"“{campaign.slug}” asks no “{addressee}”{near(addressee, keys)}", as_json)
    return appeal


def appeals_of(campaign: Campaign) -> Appeals:
    """Those of the campaign, with all that is told of each."""
    return campaign.appeals.select_related("addressee", "step", "campaign").order_by("addressee__name")


def told(appeal: Appeal) -> dict[str, object]:
    """How an appeal stands."""
    return {
        "addressee": appeal.addressee.key,
        "status": appeal.status,
        "step": appeal.step.key if appeal.step else "",
        "due": _local(appeal.campaign, appeal.due_at),
        "waiting": list(Pause.objects.filter(appeal=appeal, ended_at=None).values_list("sentence", flat=True)),
    }


def _local(campaign: Campaign, moment: datetime | None) -> str:
    return moment.astimezone(campaign.zone).isoformat() if moment else ""


def _rows(told: list[dict[str, object]]) -> list[list[object]]:
    return [[_cell(value) for value in each.values()] for each in told]


def _cell(value: object) -> object:
    if isinstance(value, dict):
        return ", ".join(f"{number} {name}" for name, number in value.items())
    return "; ".join(value) if isinstance(value, list) else value
