"""Sealing everything anew after a change of SECRET_KEY, from a terminal."""

import typer
from django.core.exceptions import ImproperlyConfigured
from rich.console import Console

from outreach import reseal as sealing
from outreach.cli.say import AsJson, document, refuse


def reseal(as_json: AsJson = False) -> None:
    """Seal everything anew under SECRET_KEY, with the secrets from before in SECRET_KEY_FALLBACKS.

    It can be stopped and begun again at any time, also while everything runs.
    """
    screen = Console(stderr=True)
    try:
        with screen.status("Sealing anew …") as status:
            done = sealing.reseal(lambda column, number: status.update(f"{column}: {number:,}"))
    except ImproperlyConfigured as problem:
        refuse(str(problem), as_json)
    if as_json:
        document(done)
        return
    said = ", ".join(f"{number:,} of {name}" for name, number in done.items())
    typer.echo(f"Sealed anew: {said}." if done else "Everything is under the newest secret.")
