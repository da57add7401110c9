"""Mailings from a terminal: written from a folder, looked at, tested, let go, stopped."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from campaigns.hold import NotHoldable
from campaigns.mailing import Mailing
from campaigns.moment import now
from campaigns.segment import Unsuited
from campaigns.words.problem import Unfit
from outreach.cli.people import Name, member
from outreach.cli.running import Slug, found
from outreach.cli.say import AsJson, Author, Yes, confirm, document, refuse, table
from outreach.mailings import folder as mailing_folder
from outreach.mailings import steering
from outreach.mailings.audience import audience
from outreach.mailings.contest import interval_in_words, verdict_of
from outreach.mailings.draft import write
from outreach.mailings.numbers import Numbers, numbers_of
from outreach.mailings.sample import sample, send_test
from outreach.mailings.steering import NotNow

app = typer.Typer(no_args_is_help=True, help="Write to supporters outside the ladder: news, and calls to act.")
Key = Annotated[str, typer.Argument(help="The mailing's key.", show_default=False)]
Why = Annotated[str, typer.Option("--reason", help="Why; it is kept, and shown.", show_default=False)]
Letter = Annotated[str, typer.Option("--wording", help="Which wording: a for the first.")]
Folder = Annotated[Path, typer.Argument(help="With mailing.yaml and a.en.md; its name is the key.", show_default=False)]
Language = Annotated[str, typer.Option(help="Of the reader; without it, the campaign's first.")]


@app.command(name="list")
def show_list(campaign: Slug, as_json: AsJson = False) -> None:
    """List the campaign's mailings, the newest first."""
    rows = [_told(each) for each in found(campaign, as_json).mailings.all()]
    columns = ("key", "title", "state", "at", "for whom")
    document(rows) if as_json else table(columns, [[row[name] or "" for name in columns] for row in rows])


@app.command()
def load(
    campaign: Slug,
    folder: Folder,
    by: Author,
    as_json: AsJson = False,
) -> None:
    """Write a mailing as a draft, or change the draft, from a folder. Nothing leaves."""
    try:
        mailing = write(found(campaign, as_json), mailing_folder.read(folder), by, now())
    except mailing_folder.Unreadable as problem:
        refuse(str(problem), as_json, defects=[str(each) for each in problem.defects])
    except Unsuited as problem:
        refuse(f"{problem.field}: {problem}", as_json)
    _show(mailing, as_json)


@app.command()
def show(campaign: Slug, key: Key, as_json: AsJson = False) -> None:
    """Say whom it would go to now, and how far it is."""
    _show(_found(campaign, key, as_json), as_json)


@app.command(name="sample")
def show_sample(
    campaign: Slug, key: Key, wording: Letter = "a", language: Language = "", as_json: AsJson = False
) -> None:
    """Print a letter as a supporter would get it now."""
    mailing = _found(campaign, key, as_json)
    name, language = _wording(mailing, wording, language, as_json)
    try:
        shown = sample(mailing, name, language, now())
    except Unfit as problem:
        refuse(str(problem), as_json)
    if as_json:
        document({"subject": shown.subject, "text": shown.text, "html": shown.html, "language": shown.language})
        return
    typer.echo(f"{shown.subject}\n\n{shown.text}")


@app.command(name="test")
def try_out(
    campaign: Slug,
    key: Key,
    to: Annotated[str, typer.Option(help="Your own address.", show_default=False)],
    wording: Letter = "a",
    language: Language = "",
    as_json: AsJson = False,
) -> None:
    """Send a sample to yourself, marked [TEST] and counted nowhere."""
    mailing = _found(campaign, key, as_json)
    name, language = _wording(mailing, wording, language, as_json)
    try:
        said = send_test(mailing, name, language, to, now())
    except (Unsuited, Unfit) as problem:
        refuse(str(problem), as_json)
    document({"said": said}) if as_json else typer.echo(said)


@app.command()
def send(
    campaign: Slug,
    key: Key,
    at: Annotated[datetime | None, typer.Option(help="When, on the campaign's clock; without it, now.")] = None,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Let it go, at its time; it waits for the approvals the campaign asks for."""
    mailing = _found(campaign, key, as_json)
    number = audience(mailing, now()).number
    confirm(f"Write to {number:,} supporters: “{mailing.title}”?", yes, as_json)
    try:
        steering.plan(mailing, at.replace(tzinfo=mailing.campaign.zone) if at else None, now())
    except NotNow as problem:
        refuse(str(problem), as_json)
    _show(mailing, as_json)


@app.command(name="take-back")
def take_back(campaign: Slug, key: Key, as_json: AsJson = False) -> None:
    """Make it a draft again, as long as nothing of it is written."""
    try:
        _show(steering.take_back(_found(campaign, key, as_json)), as_json)
    except NotNow as problem:
        refuse(str(problem), as_json)


@app.command()
def approve(campaign: Slug, key: Key, user: Name, yes: Yes = False, as_json: AsJson = False) -> None:
    """Approve it, exactly as it is now. Look at it first."""
    mailing = _found(campaign, key, as_json)
    confirm(f"Approve “{mailing.title}”, as {user}?", yes, as_json)
    try:
        steering.approve(mailing, member(user, as_json), mailing.content(), now())
    except NotNow as problem:
        refuse(str(problem), as_json)
    _show(mailing, as_json)


@app.command()
def pause(campaign: Slug, key: Key, reason: Why, by: Author, as_json: AsJson = False) -> None:
    """Hold it: nothing of it leaves until it is resumed."""
    mailing = _found(campaign, key, as_json)
    try:
        steering.hold(mailing, reason, by, now())
    except NotHoldable as problem:
        refuse(str(problem), as_json)
    _show(mailing, as_json)


@app.command()
def resume(campaign: Slug, key: Key, by: Author, as_json: AsJson = False) -> None:
    """Let it go on after a hold."""
    mailing = _found(campaign, key, as_json)
    if not steering.let_go_on(mailing, by, now()):
        refuse(f"“{mailing.title}” is not on hold by itself", as_json)
    _show(mailing, as_json)


@app.command()
def stop(
    campaign: Slug,
    key: Key,
    reason: Why,
    by: Author,
    as_json: AsJson = False,
) -> None:
    """Stop it for good: nothing of it leaves any more but what is on the wire."""
    try:
        _show(steering.stop(_found(campaign, key, as_json), reason, by, now()), as_json)
    except NotNow as problem:
        refuse(str(problem), as_json)


def _found(campaign: str, key: str, as_json: bool) -> Mailing:
    running = found(campaign, as_json)
    mailing = running.mailings.select_related("campaign").filter(key=key).first()
    if mailing is None:
        known = ", ".join(running.mailings.values_list("key", flat=True)) or "none yet"
        refuse(f"There is no mailing “{key}” in “{campaign}”; there is: {known}", as_json)
    return mailing


def _wording(mailing: Mailing, letter: str, language: str, as_json: bool) -> tuple[str, str]:
    name, language = f"mailing-{mailing.key}-{letter}", language or mailing.campaign.default_language
    if not mailing.texts.current().filter(name=name, language=language).exists():
        refuse(f"“{mailing.key}” has no wording {letter} in {language}", as_json)
    return name, language


def _told(mailing: Mailing) -> dict[str, object]:
    at = mailing.at.astimezone(mailing.campaign.zone).isoformat() if mailing.at else None
    return {
        "key": mailing.key,
        "title": mailing.title,
        "state": mailing.state,
        "at": at,
        "for whom": mailing.for_whom.sentence(),
        "lacking": mailing.lacking(),
        "on hold": "; ".join(hold.reason for hold in steering.standing_holds(mailing, now())),
    }


def _show(mailing: Mailing, as_json: bool) -> None:
    reach, numbers = audience(mailing, now()), numbers_of(mailing)
    told = _told(mailing) | {"would get it": reach.number, "have had enough": reach.full}
    counted = {name or "all": _counted(each) for name, each in numbers.items()}
    contest = _contest(mailing)
    if as_json:
        document(told | {"numbers": counted, "contest": contest})
        return
    table(list(told), [["" if value is None else value for value in told.values()]])
    if numbers[""].planned:
        typer.echo()
        columns = list(counted["all"])
        table(["wording", *columns], [[name, *row.values()] for name, row in counted.items()])
        for reason, number in numbers[""].left_out.items():
            typer.echo(f"{number:,} left out: {reason}")
    typer.echo(contest) if contest else None


def _counted(numbers: Numbers) -> dict[str, int]:
    states = ("delivered", "bounced", "refused", "unknown")
    counted = {name: getattr(numbers, name) for name in ("planned", "waiting", "sent")}
    counted |= {name: numbers.states[name] for name in states}
    return counted | {"complained": numbers.complained, "unsubscribed": numbers.unsubscribed}


def _contest(mailing: Mailing) -> str:
    """What came of the test, in a sentence; empty before it is over."""
    found = verdict_of(mailing, now())
    if found is None:
        return ""
    counted, verdict = found
    rates = "; ".join(
        f"{each.wording}: {each.did} of {each.readers} ({interval_in_words(of)})"
        for each, of in zip(counted, verdict.intervals, strict=True)
    )
    said = f"{verdict.winner} did better" if verdict.winner else "too few to tell"
    return f"{mailing.measure}: {said}. {rates}"
