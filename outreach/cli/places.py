"""Where places lie, who represents them, and who can be reached how."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from campaigns.coverage import coverage_of
from campaigns.directory.divisions_file import written
from campaigns.finding import Finding, Representation, account
from campaigns.locality import Lies, Locality
from campaigns.representatives import Map
from channels.channel import CHANNELS
from outreach.cli.running import Slug, found
from outreach.cli.say import AsJson, document, refuse, table

MOST_LISTED = 20
Country = Annotated[str, typer.Option("--country", help="Two capital letters, such as US.")]


def export(
    file: Annotated[Path, typer.Argument(help="The file to write.", show_default=False)],
    campaign: Annotated[str, typer.Option("--campaign", help="What its own folder says, not what all share.")] = "",
    as_json: AsJson = False,
) -> None:
    """Write down which postcodes and places lie in which division, as `directory divisions` reads it."""
    of = found(campaign, as_json) if campaign else None
    rows = Locality.objects.filter(campaign=of).order_by("country", "postcode", "folded", "division")
    text = written(Lies(each.country, each.postcode, each.place, each.division) for each in rows.iterator())
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as problem:
        refuse(f"{file} cannot be written: {problem.strerror}", as_json)
    number = text.count("\n") - 1
    document({"file": str(file), "rows": number}) if as_json else typer.echo(f"{number} rows written to {file}.")


def place(
    campaign: Slug,
    where: Annotated[str, typer.Argument(help="A postcode, or the name of a place.", show_default=False)],
    country: Country = "",
    as_json: AsJson = False,
) -> None:
    """Say where a place lies, and who represents it in a campaign."""
    known = Map(found(campaign, as_json))
    finding = known.look_up(where, country.upper())
    told = known.meant(finding)
    said = account(finding, told)
    if as_json:
        document(said)
        return
    for sentence in _sentences(finding, told):
        typer.echo(sentence)
    people = [*said["representatives"], *said["instead"]]
    if people:
        columns = ("key", "holder", "office", "reached by")
        table(columns, [(each["key"], each["holder"] or "vacant", each["name"], _ways(each)) for each in people])


def coverage(campaign: Slug, as_json: AsJson = False) -> None:
    """Say who of a campaign can be reached how, whom a step does not reach, and which places nobody represents."""
    seen = coverage_of(found(campaign, as_json))
    if as_json:
        document(seen.account())
        return
    ways = ", ".join(f"{CHANNELS[name].title} {number}" for name, number in seen.by_channel.items()) or "no way at all"
    typer.echo(f"{len(seen.reaches)} addressees: {ways}.")
    typer.echo(f"{seen.by_us} can be written to by us, {seen.only_by_hand} only by a person, {seen.only_in_public} only"
               f" in public, {len(seen.unreached)} not at all.")  # fmt: skip
    for each in seen.shortfalls:
        ways = " or ".join(each.channels)
        typer.echo(f"Step {each.step} ({each.wording}) has no way on {ways} to {len(each.unreached)} of {each.of}.")
    for title, names in (
        ("Nobody can reach", [each.key for each in seen.unreached]),
        ("Vacant", [each.key for each in seen.vacant]),
        (f"Of {seen.places} places, nobody sits for", [each.name for each in seen.unrepresented]),
    ):
        if names:
            more = f" and {len(names) - MOST_LISTED} more" if len(names) > MOST_LISTED else ""
            typer.echo(f"{title}: {'; '.join(names[:MOST_LISTED])}{more}.")


def _ways(person: Mapping[str, Any]) -> str:
    return ", ".join(CHANNELS[name].title for name in person["channels"]) or "no way"


def _sentences(finding: Finding, told: Representation) -> Iterator[str]:
    if finding.countries:
        yield f"Several countries have this postcode: say --country {' or '.join(finding.countries)}."
    elif len(finding.places) > 1:
        yield f"It cannot be told which of these it is: {'; '.join(each.name for each in finding.places)}."
    elif finding.place:
        yield f"{finding.place.name} ({finding.place.division})"
    else:
        yield "This place is not known, or nobody in the campaign represents it."
    if finding.is_unsure:
        yield "The lookup service did not answer; it might have told more."
    if told.is_vacant:
        yield "Nobody sits for this division." + (" Instead, people may write to:" if told.instead else "")
