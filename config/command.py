"""The `outreach` command: what the product can do, and the roles that an installation runs."""

import functools
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from config.embedded.child import CannotStart

Port = Annotated[int, typer.Option(help="The port to listen on.", envvar="PORT")]
Host = Annotated[str, typer.Option(help="The address to listen on.", envvar="HOST")]


def main() -> None:
    """Run the command line. What an installation lacks is said in a sentence, never as a traceback."""
    from django.core.exceptions import ImproperlyConfigured

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        command_line()(prog_name="outreach")
    except (CannotStart, ImproperlyConfigured) as problem:
        sys.exit(f"outreach: {problem}")


def command_line() -> typer.Typer:
    """The product's own commands and ours."""
    own, unlisted = (up, demo, web, worker, clock, mail, migrate, doctor, verify), (mailboxes, cast)
    is_own = sys.argv[1:2] and sys.argv[1] in {command.__name__ for command in (*own, *unlisted, manage)}
    app = typer.Typer() if is_own else product_commands()  # a role starts without the others
    app.pretty_exceptions_enable = False
    for command in own:
        app.command()(command)
    for command in unlisted:
        app.command(hidden=True)(command)
    app.command(add_help_option=False, context_settings=PASS_ON)(manage)
    return app


def open_product() -> None:
    """Make the product's own modules usable."""
    import django

    django.setup()


def product_commands() -> typer.Typer:
    """What the product itself can do, each command with an open database where it needs one."""
    open_product()
    from outreach.cli import PURE, app

    give_database(app, PURE)
    return app


PASS_ON = {"allow_extra_args": True, "ignore_unknown_options": True}


def give_database(app: typer.Typer, pure: frozenset[str]) -> None:
    """Open the database around every command but the pure ones; `--help` and a wrong option never get that far."""
    for command in app.registered_commands:
        callback = command.callback
        if callback and (command.name or callback.__name__.replace("_", "-")) not in pure:
            command.callback = with_database(callback)
    for group in app.registered_groups:
        if group.typer_instance:
            give_database(group.typer_instance, pure)


def with_database(callback: Callable[..., Any]) -> Callable[..., Any]:
    """The same command, run while the database is open."""

    @functools.wraps(callback)
    def ready(*arguments: Any, **options: Any) -> Any:
        with database():
            return callback(*arguments, **options)

    return ready


@contextmanager
def database() -> Iterator[None]:
    """Django with a database that answers: the running one, or our own for as long as this lasts."""
    import django

    from config.embedded.session import session

    with session() as is_embedded:
        django.setup()
        if is_embedded:
            from config.tables import bring_up_to_date

            bring_up_to_date()
        yield


def up(port: Port = 8000, host: Host = "127.0.0.1") -> None:
    """Run everything on this machine until Ctrl-C."""
    from config import roles
    from config.supervisor import Supervisor

    wanted = (roles.MAIL,) if os.environ.get("OUTREACH_MAIL_LISTEN") else ()
    raise typer.Exit(Supervisor(host, port, wanted).run())


def demo(port: Port = 8000, host: Host = "127.0.0.1", mail_port: int = 2525) -> None:
    """Watch seven days of the example campaign in a minute; everything in it stays on this machine."""
    from config.demo import run

    raise typer.Exit(run(host, port, mail_port))


def mailboxes() -> None:
    """Keep the letters of a demonstration."""
    open_product()
    from config.demo import play_mailboxes

    play_mailboxes()


def cast() -> None:
    """Answer for the addressees of a demonstration."""
    open_product()
    from config.demo import play_cast

    play_cast()


def web(port: Port = 8000, host: Host = "127.0.0.1") -> None:
    """Serve the pages and the API."""
    from config.roles import become_web

    become_web(host, port)


def worker(queues: Annotated[str, typer.Option(help="Which queues, with commas between.")] = "") -> None:
    """Send what is due, and read what came back."""
    from config.roles import QUEUES, become_worker

    wanted = queues.split(",") if queues else list(QUEUES)
    if unknown := set(wanted) - set(QUEUES):
        raise typer.BadParameter(f"there is no queue {sorted(unknown)[0]!r}; there are {', '.join(QUEUES)}")
    become_worker(wanted)


def clock() -> None:
    """See, again and again, what is due by now."""
    open_product()
    from outreach.beat import run_forever

    run_forever()


def mail() -> None:
    """Take mail for our own addresses, where OUTREACH_MAIL_LISTEN says: SMTP or LMTP."""
    open_product()
    from django.conf import settings

    from outreach.inbox.smtp_door import run_forever

    if settings.MAIL_LISTEN is None:
        sys.exit("outreach: OUTREACH_MAIL_LISTEN is not set: say where to listen, as in lmtp://127.0.0.1:2424")
    try:
        run_forever(settings.MAIL_LISTEN)
    except OSError as problem:
        sys.exit(f"outreach: cannot listen at {settings.MAIL_LISTEN.host}:{settings.MAIL_LISTEN.port}: {problem}")


def migrate() -> None:
    """Bring the tables up to date; on the first start, print the owner's one-time sign-in link."""
    from config.tables import bring_up_to_date

    with database():
        bring_up_to_date()
        from outreach.first_start import prepare

        link = prepare()
    typer.echo(f"sign in as the owner, once: {link}" if link else "the tables are up to date")


def manage(context: typer.Context) -> None:
    """Run one of Django's own commands."""
    from django.core.management import execute_from_command_line

    with database():
        execute_from_command_line(["outreach manage", *context.args])


def verify(
    file: Annotated[Path, typer.Argument(help="What `outreach evidence` wrote.", show_default=False)],
    head: Annotated[str, typer.Option(help="A hash kept from the public record: it must be in the file.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Check an evidence file, offline: no database, no settings. Ends with 1 if a byte of it was changed."""
    from outreach.evidence.telling import tell

    raise typer.Exit(tell(file, head, as_json))


def doctor() -> None:
    """Check that this installation is whole; say what is not."""
    from config.doctor import complaints

    found = list(complaints())
    for complaint in found:
        typer.echo(complaint, err=True)
    if found:
        raise typer.Exit(1)
    typer.echo("everything is in its place")
