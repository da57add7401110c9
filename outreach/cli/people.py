"""Who may come in: sign-in links and API keys."""

from datetime import UTC, datetime
from typing import Annotated

import typer
from django.contrib.auth.models import User

from outreach.cli.say import AsJson, document, refuse
from outreach.first_start import link_for
from outreach.key import ApiKey
from outreach.roles import OWNER

Name = Annotated[str, typer.Option("--user", help="Whose.")]


def sign_in_link(user: Name = OWNER, as_json: AsJson = False) -> None:
    """Make a link that signs somebody in, once, within a day."""
    link = link_for(member(user, as_json))
    document({"user": user, "link": link}) if as_json else typer.echo(link)


def api_key(
    name: Annotated[str, typer.Argument(help="What the key is for.", show_default=False)],
    user: Name = OWNER,
    read_only: Annotated[bool, typer.Option("--read-only", help="It may look and change nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Make a key for the API. It is shown once."""
    scope = ApiKey.Scope.READ if read_only else ApiKey.Scope.WRITE
    key, secret = ApiKey.issue(member(user, as_json), name, scope, datetime.now(UTC))
    document({"name": key.name, "scope": key.scope, "key": secret}) if as_json else typer.echo(secret)


def member(name: str, as_json: bool) -> User:
    """The user of that name."""
    user = User.objects.filter(username=name, is_active=True).first()
    if user is None:
        names = ", ".join(User.objects.filter(is_active=True).values_list("username", flat=True)) or "nobody yet"
        refuse(f"There is no user “{name}”; there is: {names}", as_json)
    return user
