"""What has to stand in the DNS so that the letters are believed."""

import typer
from django.conf import settings

from channels.smtp_address import PORTS, SmtpAddress
from outreach.cli.say import AsJson, document, refuse


def dkim(as_json: AsJson = False) -> None:
    """Print the DNS records that let recipients check the signatures on letters."""
    address = settings.CHANNELS.get("email") or ""
    if address.partition(":")[0] not in PORTS:
        refuse("Letters do not leave by SMTP here, so there is nothing to sign: set OUTREACH_EMAIL=smtp://…", as_json)
    try:
        signers = SmtpAddress.parse(address).dkim
    except ValueError as problem:
        refuse(str(problem), as_json)
    if not signers:
        refuse("Letters are not signed: give a key in OUTREACH_DKIM_KEY, as docs/channels.md says", as_json)
    if as_json:
        document([{"name": name, "type": "TXT", "text": text} for name, text in (each.record for each in signers)])
        return
    for each in signers:
        typer.echo(each.zone_line)
