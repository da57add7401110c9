"""`outreach demo`: the petition published on the shipped fakes, with the clock running a day in a few seconds."""

import os
import shutil
import signal
import threading
import time
from datetime import UTC, datetime, timedelta

from config.embedded.folder import ROOT, Folder
from config.roles import Role
from config.supervisor import Supervisor

DAY = 8.0  # real seconds that one day of the demonstration takes
SPEED = 86_400 / DAY
PUBLICATION = datetime(2023, 4, 28, 6, tzinfo=UTC)  # as the example campaign plans it
HEAD_START = 8.0  # real seconds for the roles to get ready in, before the publication
MAILBOXES = Role("mailboxes", ("mailboxes",), 10)
CAST = Role("cast", ("cast",), 10)
FOLDER = ROOT / ".outreach-demo"


def run(host: str, port: int, mail_port: int) -> int:
    """A fresh demonstration; nothing of an earlier one is kept. Answers the exit code."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    os.environ.update(environment(time.time(), mail_port))
    supervisor = Demonstration(host, port, also=(MAILBOXES, CAST))
    supervisor.say(f"A demonstration: one day takes {DAY:g} s, and every answer in it is invented.")
    return supervisor.run()


class Demonstration(Supervisor):
    """The usual roles, and a clock that is set when everything is prepared."""

    def migrate(self) -> bool:
        is_ready = super().migrate()
        os.environ.update(time_from(time.time()))
        return is_ready


def environment(real_now: float, mail_port: int) -> dict[str, str]:
    """Its own data folder, its own time, and a mail server on this machine that keeps every letter."""
    return {
        "OUTREACH_DATA": str(FOLDER),
        "OUTREACH_EMAIL": f"smtp://127.0.0.1:{mail_port}?proof=final&starttls=never",
        "OUTREACH_DEMO_MAIL_PORT": str(mail_port),
        **time_from(real_now),
    }


def time_from(real_now: float) -> dict[str, str]:
    """The fast clock, set so that the publication comes after the head start."""
    from campaigns import moment

    start = PUBLICATION - timedelta(seconds=HEAD_START * SPEED)
    return {moment.VARIABLE: moment.describe(start, real_now, SPEED)}


def play_mailboxes() -> None:
    """The role that keeps the letters: the shipped mail server, one mailbox of which does not exist."""
    from channels.fakes.smtp_sink import SmtpSink
    from outreach.demonstration.cast import bounces, scenario

    stopping = until_told()
    folder = Folder.of_this_installation().path / "letters"
    with SmtpSink("127.0.0.1", int(os.environ["OUTREACH_DEMO_MAIL_PORT"]), folder=folder) as sink:
        for address, reply in bounces(scenario()).items():
            sink.answer(reply, address)
        print(f"every letter is kept in {folder}", flush=True)
        stopping.wait()


def play_cast() -> None:
    """The role that answers for the addressees."""
    from outreach.demonstration.cast import Cast, scenario

    Cast(scenario()).play(until_told())


def until_told() -> threading.Event:
    """Set by SIGTERM or Ctrl-C."""
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    return stopping
