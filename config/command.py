"""The `outreach` command: what the product can do, and the roles that an installation runs."""

import os

import typer

app = typer.Typer(no_args_is_help=True, add_completion=False)


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []})
def manage(context: typer.Context) -> None:
    """Run one of Django's own commands."""
    from django.core.management import execute_from_command_line

    execute_from_command_line(["outreach manage", *context.args])


@app.callback()
def outreach() -> None:
    """Demands put to decision makers in public, with a deadline."""


def main() -> None:
    """Run the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    app()
