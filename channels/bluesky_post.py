"""Posts on Bluesky from the campaign's own account, through `atproto`.

The name of a post comes from the envelope's key, so the account's server can be asked whether it has it, and a repeat
cannot become a second one.

| the account's server says                     | answer                                                              |
|-----------------------------------------------|---------------------------------------------------------------------|
| it has the post, before or after we sent it   | Receipt                                                             |
| 400, 413, and it has no such post             | Refused                                                             |
| 401, 403; it does not let us in               | Delayed, and the rest of the batch; a stale session is renewed once |
| 429                                           | Delayed until the limit is reset, and the rest of the batch         |
| 5xx, no answer, and it has no such post (yet) | Unknown                                                             |
| nobody there, a request cut short             | Delayed                                                             |
"""

import os
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from channels.answer import Answer, Delayed, Receipt, Refused, Unknown
from channels.bluesky_notices import notices
from channels.bluesky_record import record_key
from channels.channel import Channel
from channels.envelope import Envelope
from channels.http_line import NoConnection, NotSent
from channels.http_wire import AFTER_A_PERSON_LOOKED, SOON, HttpWire
from channels.reply import Page, Replies, newest_first
from channels.web_address import is_on
from channels.wire import Unavailable

if TYPE_CHECKING:
    from atproto import Client, Session

COLLECTION = "app.bsky.feed.post"
STALE = ("ExpiredToken", "InvalidToken", "AuthMissing")
Got = TypeVar("Got")


class BlueskyPost(HttpWire):
    """`bluesky://handle@` or `bluesky://handle@server`; its app password in OUTREACH_BLUESKY_PASSWORD. `replies=0`: do
    not read what is answered.

    The session is kept in the wire's memory, because signing in is limited to 30 times in five minutes and 300 a day.
    """

    name = "bluesky"
    schemes = ("bluesky",)
    carries = frozenset({"bluesky"})
    can_tell = True
    libraries = ("atproto",)
    host = "bsky.social"
    listens = True
    options = frozenset({"replies"})

    def __init__(self, channel: Channel, address: str = "") -> None:
        super().__init__(channel, address)
        self.password = self.where.secret or os.environ.get("OUTREACH_BLUESKY_PASSWORD", "")
        if not self.where.user or not self.password:
            raise ValueError("Bluesky needs bluesky://handle@ and its app password in OUTREACH_BLUESKY_PASSWORD")
        if problem := channel.address_problem(self.where.user):
            raise ValueError(problem)
        self.listens = is_on("replies", self.where.options.get("replies", "1"))
        self._client: Client | None = None
        self._did = self._session = ""
        self._guard = threading.Lock()

    @property
    def account(self) -> str:
        """The name under which its session is remembered."""
        return f"bluesky:{self.where.user}@{self.where}"

    def hand_over(self, envelope: Envelope) -> Answer:
        before = self._let_in(lambda: self._known(envelope))
        return before or self._posted(envelope)

    def find(self, envelope: Envelope) -> Answer:
        return self._known(envelope) or Delayed("The account's own repository does not have it")

    def look(self, since: str, from_at: datetime | None) -> Replies:
        def page(known: str, older: str) -> Page:
            return self._let_in(lambda: notices(self._signed_in(), known, older, from_at))

        return newest_first(since, page)

    def close(self) -> None:
        with self._guard:
            self._client = None
        super().close()

    def _posted(self, envelope: Envelope) -> Answer:
        try:
            self._let_in(lambda: self._create(envelope))
        except (NoConnection, NotSent, Unavailable):
            raise
        except Exception as failure:  # whatever it was, the server knows whether it has the post
            return self._after(envelope, failure)
        return self._known_as(envelope)

    def _after(self, envelope: Envelope, failure: Exception) -> Answer:
        try:
            known = self._known(envelope)
        except Exception:  # nothing was learnt
            return Unknown(f"It may or may not have been posted: {failure or type(failure).__name__}")
        return known or _objection(failure)

    def _create(self, envelope: Envelope) -> None:
        from atproto import models
        from atproto_client.utils.facet_detection import detect_facets

        client = self._signed_in()
        record = models.AppBskyFeedPost.Record(
            text=envelope.text,
            created_at=client.get_current_time_iso(),
            facets=detect_facets(envelope.text) or None,
            langs=[envelope.language] if envelope.language else None,
        )
        client.app.bsky.feed.post.create(self._did, record, rkey=self._key(envelope))

    def _known(self, envelope: Envelope) -> Receipt | None:
        """The receipt of the post with this envelope's name, None if there is none. Raises if that cannot be told."""
        from atproto_client.exceptions import BadRequestError

        client = self._signed_in()
        try:
            client.app.bsky.feed.post.get(self._did, self._key(envelope))
        except BadRequestError as said:
            if _error(said) == "RecordNotFound" or "Could not locate record" in str(said):
                return None
            raise
        return self._known_as(envelope)

    def _known_as(self, envelope: Envelope) -> Receipt:
        key = self._key(envelope)
        uri = f"at://{self._did}/{COLLECTION}/{key}"
        return Receipt(uri, url=f"https://bsky.app/profile/{self.where.user}/post/{key}")

    def _key(self, envelope: Envelope) -> str:
        return record_key(envelope.key, envelope.written_at)

    def _let_in(self, work: Callable[[], Got]) -> Got:
        """Do it; if the session turns out to be stale, with a new one once more. Raises Unavailable if locked out."""
        from atproto_client.exceptions import BadRequestError, RateLimitExceededError, UnauthorizedError

        for is_last in (False, True):
            try:
                return work()
            except RateLimitExceededError as said:
                raise Unavailable(f"Bluesky has heard enough from us for now: {said}", _wait(said.reset_at)) from None
            except (UnauthorizedError, BadRequestError) as said:
                if isinstance(said, BadRequestError) and _error(said) not in STALE:
                    raise
                if is_last:
                    raise Unavailable(f"Bluesky does not let us in: {said}", AFTER_A_PERSON_LOOKED) from None
                self._sign_in_anew()
        raise AssertionError

    def _sign_in_anew(self) -> None:
        """Forget the session, unless another process has kept a newer one since."""
        with self._guard:
            self._client = None
            if self.memory.session(self.account) == self._session:
                self.memory.keep_session(self.account, "")

    def _signed_in(self) -> "Client":
        with self._guard:
            if self._client is None:
                self._client = self._opened()
            return self._client

    def _opened(self) -> "Client":
        """A client with the session that is remembered, or a new one. Raises Unavailable."""
        from atproto import Client, Request, SessionEvent
        from atproto_client.exceptions import RateLimitExceededError

        from channels.clients.httpx_transport import WiredTransport

        client = Client(self.where.base, request=Request(transport=WiredTransport(self.lines)))

        def remember(event: SessionEvent, session: "Session") -> None:
            self._did, self._session = session.did, session.export()
            if event is not SessionEvent.IMPORT:
                self.memory.keep_session(self.account, self._session)

        client.on_session_change(remember)
        try:
            if kept := self.memory.session(self.account):
                client.login(session_string=kept, fetch_bsky_profile=False)
            else:
                client.login(self.where.user, self.password, fetch_bsky_profile=False)
        except NoConnection:
            raise
        except RateLimitExceededError as said:
            raise Unavailable(f"Bluesky lets nobody sign in for a while: {said}", _wait(said.reset_at)) from None
        except Exception as failure:  # nothing of a post was on its way
            raise Unavailable(f"Bluesky does not let us in: {failure}", AFTER_A_PERSON_LOOKED) from None
        return client


def _objection(failure: Exception) -> Answer:
    """What it means that this was raised and the server does not have the post."""
    response = getattr(failure, "response", None)
    if response is not None and response.status_code in (400, 413):
        return Refused(f"Bluesky did not take the post: {failure}", str(response.status_code))
    return Unknown(f"Bluesky may or may not take it yet: {failure or type(failure).__name__}")


def _error(said: Exception) -> str:
    response = getattr(said, "response", None)
    return str(getattr(getattr(response, "content", None), "error", ""))


def _wait(reset_at: datetime | None) -> timedelta:
    return max(reset_at - datetime.now(UTC), SOON) if reset_at else SOON
