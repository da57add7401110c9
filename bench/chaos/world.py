"""The other side: the shipped fakes, in this process, which nobody kills. They keep everything they ever got."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, Self

from bench.chaos.tripwire import Phase, Tripwire
from channels.fakes.bluesky import Bluesky
from channels.fakes.mastodon import Mastodon
from channels.fakes.sendgrid import SendGrid
from channels.fakes.smtp_sink import SmtpSink
from channels.fakes.web import Asked, Told, WebFake
from channels.fakes.x import X

BOUNDLESS = 10**9
PATIENCE = "timeout=1&total=2"  # seconds that our wires have with the fakes


class Mailbox(SmtpSink):
    """The mail server, with a tripwire in it. `keys`: how often each letter came, by the key in its Message-ID."""

    def __init__(self, host: str) -> None:
        super().__init__(host)
        self.tripwire, self.keys = Tripwire(), Counter[str]()

    def begin(self) -> int:
        number = super().begin()
        self.tripwire.passed(Phase.BEGUN)
        return number

    def keep(self, sender: str, recipients: list[str], options: list[str], raw: bytes) -> int:
        number = super().keep(sender, recipients, options, raw)
        self.keys[_key(self.messages[-1].message_id)] += 1
        self.tripwire.passed(Phase.KEPT)
        return number


class Tripped(WebFake):
    """A fake of the web with a tripwire in it. `posting`: the path that messages are posted to."""

    tripwire = Tripwire()
    posting = ""

    def served(self, asked: Asked) -> Told | None:
        if (asked.method, asked.path) != ("POST", self.posting):
            return super().served(asked)
        self.tripwire.passed(Phase.BEGUN, self.messages_in(asked))
        told = super().served(asked)
        self.tripwire.passed(Phase.KEPT)
        return told

    def messages_in(self, asked: Asked) -> int:
        """How many messages a request has in it."""
        return 1


class TrippedSendGrid(Tripped, SendGrid):
    posting = "/v3/mail/send"

    def messages_in(self, asked: Asked) -> int:
        return len(asked.json["personalizations"])


class TrippedX(Tripped, X):
    posting = "/2/tweets"


class TrippedBluesky(Tripped, Bluesky):
    posting = "/xrpc/com.atproto.repo.createRecord"


class TrippedMastodon(Tripped, Mastodon):
    posting = "/api/v1/statuses"


Fake = SmtpSink | WebFake


class World:
    """One fake for each wire. `fakes` has them by the wire's name; a tripwire goes through those for `letters`, another
    through those for `posts`.
    """

    def __init__(self) -> None:
        self.tripwires = {"letters": Tripwire(), "posts": Tripwire()}
        self.smtp, self.sendgrid = Mailbox("127.0.0.1"), TrippedSendGrid()
        self.x, self.mastodon = TrippedX(posts_left=BOUNDLESS), TrippedMastodon(posts_left=BOUNDLESS)
        self.bluesky = TrippedBluesky(sessions_left=BOUNDLESS)
        self.fakes: dict[str, Fake] = {"smtp": self.smtp, **{fake.name: fake for fake in self._of_the_web()}}
        self.smtp.tripwire = self.sendgrid.tripwire = self.tripwires["letters"]
        self.x.tripwire = self.bluesky.tripwire = self.mastodon.tripwire = self.tripwires["posts"]

    def environment(self, email: str) -> dict[str, str]:
        """What leads every channel of an installation here. `email`: the wire that carries it, smtp or sendgrid."""
        mail = f"{self.smtp.address}?proof=final&starttls=never" if email == "smtp" else f"{self.sendgrid.address}?"
        return {
            "OUTREACH_EMAIL": f"{mail}&{PATIENCE}",
            "OUTREACH_X": f"{self.x.address}?{PATIENCE}",
            "OUTREACH_BLUESKY": f"{self.bluesky.address}?{PATIENCE}",
            "OUTREACH_MASTODON": f"{self.mastodon.address}?{PATIENCE}",
            **self.x.environment,
        }

    def received(self) -> dict[str, Counter[str]]:
        """How often each message came, by wire: letters by the key in their Message-ID, posts by their text."""
        return {
            "smtp": Counter(self.smtp.keys),
            "sendgrid": Counter(_key(mail.headers.get("Message-ID", "")) for mail in list(self.sendgrid.mails)),
            "x": Counter(post.text.strip() for post in list(self.x.posts)),
            "bluesky": Counter(text.strip() for text in list(self.bluesky.texts)),
            "mastodon": Counter(status.text.strip() for status in list(self.mastodon.statuses)),
        }

    def forgive(self) -> None:
        """End all bad weather."""
        for fake in self.fakes.values():
            fake.forgive()

    def __enter__(self) -> Self:
        for fake in self.fakes.values():
            fake.start()
        return self

    def __exit__(self, *_: Any) -> None:
        for fake in self.fakes.values():
            fake.stop()

    def _of_the_web(self) -> Iterator[Tripped]:
        yield from (self.sendgrid, self.x, self.bluesky, self.mastodon)


def _key(message_id: str) -> str:
    return message_id.strip("<>").partition("@")[0]
