"""Posts on Mastodon from the campaign's own account, through `Mastodon.py`.

| the account's server says                     | answer                                                               |
|-----------------------------------------------|----------------------------------------------------------------------|
| 200                                           | Receipt; the same for an hour if asked again with the same key       |
| 400, 413, 422                                 | Refused                                                              |
| 401, 403, 404, 410                            | Delayed, and the rest of the batch                                   |
| 429                                           | Delayed until the limit is reset, and the rest of the batch          |
| 5xx, anything else, no answer                 | Receipt if the account's own statuses have it, else Unknown          |
| nobody there, a request cut short             | Delayed                                                              |
"""

import os
from datetime import UTC, datetime, timedelta
from functools import cached_property
from hashlib import sha256
from time import monotonic
from typing import TYPE_CHECKING, Any

from channels.answer import Answer, Delayed, Receipt, Refused, Unknown
from channels.channel import Channel
from channels.envelope import Envelope
from channels.http_line import Lost, NoConnection, NotSent
from channels.http_wire import AFTER_A_PERSON_LOOKED, LATER, SOON, HttpWire
from channels.mastodon_mentions import mentions
from channels.mastodon_statuses import known_status
from channels.reply import Replies
from channels.web_address import is_on
from channels.wire import Unavailable, Unsendable

if TYPE_CHECKING:
    from mastodon import Mastodon

VISIBILITIES = ("public", "unlisted", "private")
KEY_REMEMBERED = timedelta(minutes=50)  # the server says an hour
LIMITS_KEPT = 3600.0  # seconds
USUAL_LIMIT = 500
TRANSPORT = (NoConnection, NotSent, Lost)


class MastodonPost(HttpWire):
    """`mastodon://server`; the account's access token in OUTREACH_MASTODON_TOKEN.

    `visibility=public|unlisted|private`: many servers want automatic posts unlisted; by default the account's own.
    `replies=0`: do not read what is answered.
    """

    name = "mastodon"
    schemes = ("mastodon",)
    carries = frozenset({"mastodon"})
    can_tell = True
    libraries = ("mastodon",)
    listens = True
    options = frozenset({"visibility", "replies"})

    def __init__(self, channel: Channel, address: str = "") -> None:
        super().__init__(channel, address)
        self.token = self.where.secret or os.environ.get("OUTREACH_MASTODON_TOKEN", "")
        if not self.token:
            raise ValueError("Mastodon needs the account's access token in OUTREACH_MASTODON_TOKEN")
        self.visibility = self.where.options.get("visibility")
        if self.visibility not in (None, *VISIBILITIES):
            raise ValueError(f"visibility={self.visibility} is none of {', '.join(VISIBILITIES)}")
        self.listens = is_on("replies", self.where.options.get("replies", "1"))
        self._limit, self._limit_until = USUAL_LIMIT, 0.0

    def hand_over(self, envelope: Envelope) -> Answer:
        length, limit = self.channel.length(envelope.text), self._longest()
        if length > limit:
            raise Unsendable(f"This counts {length:,} characters; {self.where} allows {limit:,}")
        if self._is_late(envelope) and (known := known_status(self.client, self.user, envelope)[0]):
            return known
        return self._posted(envelope)

    def find(self, envelope: Envelope) -> Answer:
        known, is_certain = known_status(self.client, self.user, envelope)
        if known or not is_certain:
            return known or Unknown("The account's statuses go further back than was read")
        return Delayed("The account's own statuses do not have it")

    def look(self, since: str, from_at: datetime | None) -> Replies:
        from mastodon.errors import MastodonAPIError, MastodonNetworkError, MastodonRatelimitError

        try:
            return mentions(self.client, self._domain, since, from_at)
        except MastodonNetworkError as failure:
            raise failure.__context__ or failure from None
        except MastodonRatelimitError:
            raise Unavailable(f"{self.where} has been asked enough for now", self._reset()) from None
        except MastodonAPIError as said:
            wait = AFTER_A_PERSON_LOOKED if said.args[1:2] and said.args[1] in (401, 403, 404, 410) else LATER
            raise Unavailable(f"{self.where} did not tell replies: {_words(said.args)}", wait) from None

    @property
    def account(self) -> str:
        """The name under which is remembered how far its replies were read."""
        return f"mastodon:{self.where}:{sha256(self.token.encode()).hexdigest()[:16]}"

    @cached_property
    def _domain(self) -> str:
        """Of the accounts on this server, which may differ from the server's own name."""
        return str(self.client.instance_v2()["domain"])

    @cached_property
    def client(self) -> "Mastodon":
        """The real client; it never sleeps, and all it asks goes over our lines."""
        from mastodon import Mastodon

        from channels.clients.requests_session import wired_session

        return Mastodon(
            access_token=self.token,
            api_base_url=self.where.base,
            version_check_mode="none",
            ratelimit_method="throw",
            session=wired_session(self.lines),
        )

    @cached_property
    def user(self) -> str:
        """The id of the account on its server."""
        return str(self.client.account_verify_credentials().id)

    def _posted(self, envelope: Envelope) -> Answer:
        from mastodon.errors import MastodonAPIError, MastodonNetworkError, MastodonRatelimitError

        try:
            status = self.client.status_post(
                envelope.text,
                visibility=self.visibility,
                language=envelope.language.partition("-")[0].lower() or None,
                idempotency_key=envelope.key,
            )
            return Receipt(str(status["id"]), url=str(status["url"] or ""))
        except MastodonNetworkError as failure:
            return self._broken(envelope, failure.__context__ or failure)
        except MastodonRatelimitError as said:
            if said.args != ("Hit rate limit.",):  # it also stands for headers that make no sense
                return self._there_already(envelope, str(said))
            raise Unavailable(f"{self.where} has had enough posts for now", self._reset()) from None
        except MastodonAPIError as said:
            return self._objection(said.args) or self._there_already(envelope, _words(said.args))
        except Exception as failure:  # an answer that makes no sense
            return self._there_already(envelope, repr(failure))

    def _broken(self, envelope: Envelope, failure: BaseException) -> Answer:
        """What broke below the client, which names everything a network error."""
        if isinstance(failure, NoConnection | NotSent):
            raise failure
        return self._there_already(envelope, str(failure))

    def _objection(self, said: tuple[Any, ...]) -> Refused | None:
        """None if the server did not say that it has not taken the post. Raises Unavailable if it takes none."""
        reason = f"{self.where} did not take the post: {_words(said)}"
        match said[1] if len(said) > 1 else 0:
            case 400 | 413 | 422:
                return Refused(reason, str(said[1]))
            case 401 | 403 | 404 | 410:
                raise Unavailable(reason, AFTER_A_PERSON_LOOKED)
            case _:
                return None

    def _there_already(self, envelope: Envelope, reason: str) -> Answer:
        try:
            known, _ = known_status(self.client, self.user, envelope)
        except Exception:  # nothing was learnt
            known = None
        return known or Unknown(f"{self.where} may or may not have the post: {reason}")

    def _is_late(self, envelope: Envelope) -> bool:
        """Whether the server may have forgotten the key of an earlier try."""
        return envelope.written_at is not None and datetime.now(UTC) - envelope.written_at > KEY_REMEMBERED

    def _longest(self) -> int:
        """How many characters the server allows, asked once an hour; the usual number if it does not say."""
        if monotonic() < self._limit_until:
            return self._limit
        try:
            said = self.client.instance_v2()["configuration"]["statuses"]["max_characters"]
            self._limit = int(said)
        except Exception as failure:
            if isinstance(failure.__context__, NoConnection):
                raise failure.__context__ from None
        self._limit_until = monotonic() + LIMITS_KEPT
        return self._limit

    def _reset(self) -> timedelta:
        reset = self.client.ratelimit_reset
        wait = timedelta(seconds=reset - datetime.now(UTC).timestamp()) if reset else SOON
        return max(timedelta(seconds=1), min(wait, timedelta(days=1)))


def _words(said: tuple[Any, ...]) -> str:
    return " ".join(str(part) for part in said[1:] if part) or str(said[0])
