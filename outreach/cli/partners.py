"""Partners from a terminal: who may have how many addresses, what they were given, and giving it."""

from pathlib import Path
from typing import Annotated

import typer

from campaigns.asking import OF_PARTNER
from campaigns.moment import now
from campaigns.text import in_language
from outreach.cli.running import Slug, found
from outreach.cli.say import AsJson, Author, document, refuse, table
from outreach.partner_export import NoPartner, PartnerExport, allowed, hand_over
from outreach.partner_key import NoKey

partners = typer.Typer(no_args_is_help=True, help="Give partners the addresses of those who told them yes.")
COLUMNS = ("partner", "name", "said_yes")
EXPORTS = ("at", "partner", "author", "number", "to_delete", "key", "sha256")


@partners.command(name="list")
def show_partners(campaign: Slug, as_json: AsJson = False) -> None:
    """List the partners of a campaign, and how many told each of them yes."""
    running = found(campaign, as_json)
    rows = [
        {
            "partner": each.purpose.removeprefix(OF_PARTNER),
            "name": in_language(each.partner or {}, running.default_language),
            "said_yes": allowed(running, each).count(),
        }
        for each in running.asking().partners
    ]
    document(rows) if as_json else table(COLUMNS, [[row[name] for name in COLUMNS] for row in rows])


@partners.command()
def export(
    campaign: Slug,
    partner: Annotated[str, typer.Argument(help="Its key in campaign.yaml.", show_default=False)],
    into: Annotated[Path, typer.Option("--into", help="The file to write; there must be none yet.")],
    by: Author,
    certificate: Annotated[
        Path | None, typer.Option("--for", help="The partner's certificate (PEM): the file is sealed for its key.")
    ] = None,
    plain: Annotated[bool, typer.Option("--plain", help="Write it so that everybody can read it.")] = False,
    as_json: AsJson = False,
) -> None:
    """Write a partner's file: who told it yes, and whom it must delete again. That it was given is written down."""
    running = found(campaign, as_json)
    if (certificate is None) != plain:
        refuse("Say for whose key: --for partner.pem; or, if everybody may read the file, --plain", as_json)
    if into.exists():
        refuse(f"{into} is there already: nothing was written", as_json)
    try:
        pem = certificate.read_bytes() if certificate else None
        handed = hand_over(running, partner, certificate=pem, author=by, now=now())
    except (NoPartner, NoKey) as problem:
        refuse(str(problem), as_json)
    except OSError as problem:
        refuse(f"The certificate cannot be read: {problem}", as_json)
    into.write_bytes(handed.content)
    into.chmod(0o600)
    told = _told(handed.export)
    said = f"{handed.export.number} people in {into}; {handed.export.to_delete} to be deleted by the partner."
    document(told) if as_json else typer.echo(said)


@partners.command()
def exports(campaign: Slug, as_json: AsJson = False) -> None:
    """List what partners were given, by whom and when."""
    rows = [_told(each) for each in PartnerExport.objects.filter(campaign=found(campaign, as_json))]
    document(rows) if as_json else table(EXPORTS, [[row[name] for name in EXPORTS] for row in rows])


def _told(kept: PartnerExport) -> dict[str, object]:
    return {name: getattr(kept, name) for name in EXPORTS}
