"""The command line: the same functions as the API and the pages call, for a terminal and for scripts (`--json`)."""

import typer

from outreach.cli import (
    alarming,
    answers,
    approvals,
    directory,
    erasing,
    folders,
    gathering,
    inbox,
    ledger,
    letters,
    mail,
    mailing,
    partners,
    people,
    places,
    proving,
    purging,
    queueing,
    reading,
    rehearsing,
    reporting,
    resealing,
    running,
    sharing,
    stopping,
    telling,
)

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Put demands to named decision makers, with a deadline that keeps itself.",
)
PURE = frozenset({"check", "rehearse", "dkim", "read"})  # need no database

for command in (
    folders.check,
    folders.load,
    rehearsing.forecast,
    rehearsing.rehearse,
    rehearsing.compare,
    reporting.report,
    running.publish,
    stopping.stop,
    stopping.go,
    stopping.pause,
    stopping.resume,
    stopping.extend,
    stopping.withdraw,
    stopping.holder,
    stopping.versions,
    running.status,
    answers.answer,
    inbox.inbox,
    ledger.outcome,
    ledger.review,
    queueing.queue,
    telling.bulletins,
    approvals.approvals,
    approvals.approve,
    proving.evidence,
    sharing.embed,
    sharing.sharing,
    gathering.sheet,
    mail.dkim,
    reading.read,
    purging.purge,
    erasing.erase,
    erasing.erasures,
    resealing.reseal,
    people.sign_in_link,
    people.api_key,
):
    app.command()(command)
alarming.signatures.command(name="import")(gathering.import_signatures)
alarming.signatures.command()(gathering.imports)
alarming.signatures.command()(gathering.undo_import)
alarming.signatures.command()(gathering.erase_row)
app.add_typer(alarming.signatures, name="signatures")
app.add_typer(partners.partners, name="partners")

for about_places in (places.export, places.place, places.coverage):
    directory.app.command()(about_places)
app.add_typer(letters.letters, name="letters")
app.add_typer(directory.app, name="directory")
app.add_typer(mailing.app, name="mailing")

__all__ = ["PURE", "app"]
