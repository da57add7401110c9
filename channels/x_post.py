"""Posts on X from the campaign's own account, through `tweepy`.

| X says                                    | answer                                                                 |
|-------------------------------------------|------------------------------------------------------------------------|
| 201                                       | Receipt                                                                |
| 403 because it has the same text already  | Receipt if the own timeline has it since it was written, else Refused  |
| 400, any other 403                        | Refused                                                                |
| 401, 404, 403 because the account or app may not post | Delayed, and the rest of the batch                         |
| 402: no credit                            | Delayed, and the rest of the batch: a person has to pay                |
| 429                                       | Delayed until the limit is reset, and the rest of the batch            |
| 5xx, anything else, no answer             | Receipt if the own timeline has it, else Unknown                       |
| nobody there, a request cut short         | Delayed                                                                |
"""

import logging
import os
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING
from uuid import uuid4

from channels.answer import Answer, Delayed, Receipt, Refused, Unknown
from channels.channel import Channel
from channels.envelope import Envelope
from channels.http_line import Lost, NoConnection, NotSent
from channels.http_wire import HttpWire, half_character
from channels.memory import Purse
from channels.reply import Page, Replies, newest_first
from channels.web_address import is_on
from channels.wire import Unavailable
from channels.x_mentions import PAGE, mentions
from channels.x_reply import detail_of, is_duplicate, no_replies, objection
from channels.x_thread import thread
from channels.x_till import OPTIONS, Till
from channels.x_timeline import Timeline, timeline

if TYPE_CHECKING:
    import tweepy

SECRETS = ("consumer_key", "consumer_secret", "access_token", "access_token_secret")


class XPost(HttpWire):
    """`x:`; its four secrets are in OUTREACH_X_CONSUMER_KEY, …_CONSUMER_SECRET, …_ACCESS_TOKEN, …_ACCESS_TOKEN_SECRET.

    Options: `threads=5`: a text too long for one post becomes up to five. `budget=500`: cents that may be spent in all,
    `price=1.5` and `price_with_link=20`: cents for one post; a budget needs a memory that lasts. `replies=1`: read
    what is answered, which is paid for too: `price_read=1.5` cents for an answer and its author.
    """

    name = "x"
    schemes = ("x",)
    carries = frozenset({"x"})
    can_tell = True
    libraries = ("tweepy",)
    options = OPTIONS | {"threads", "replies"}
    host = "api.twitter.com"
    listens = True
    listens_every = timedelta(minutes=5)

    def __init__(self, channel: Channel, address: str = "") -> None:
        super().__init__(channel, address)
        said = self.where.options
        self.secrets = {name: _secret(name) for name in SECRETS}
        self.most_posts = _posts(said.get("threads", "1"))
        self.till = Till.of(self.account, said)
        self.listens = is_on("replies", said.get("replies", "0"))

    def price_of(self, text: str) -> Decimal:
        try:
            posts = thread(text, self.most_posts)
        except ValueError:  # too long to be sent, and so to be paid
            return Decimal()
        return sum((self.till.price_of(post) for post in posts), Decimal())

    def objection(self, envelope: Envelope) -> str | None:
        if self.most_posts < 2:
            return super().objection(envelope)
        try:
            thread(envelope.text, self.most_posts)
        except ValueError as too_long:
            return str(too_long)
        problem = self.channel.address_problem(envelope.to) if envelope.to else None
        return half_character(envelope.text) or (problem if envelope.text.strip() else "The message has no text")

    def hand_over(self, envelope: Envelope) -> Answer:
        posts = thread(envelope.text, self.most_posts)
        there = timeline(self.client, self.user, envelope.written_at) if len(posts) > 1 else Timeline({}, False)
        ids: list[str] = []
        for number, text in enumerate(posts):
            known = there.id_of(text)
            answer = _receipt(known) if known else self._bought(envelope, number, text, ids[-1:])
            if not isinstance(answer, Receipt):
                return _after(ids, len(posts), answer)
            ids.append(answer.reference)
        return _receipt(ids[0])

    def find(self, envelope: Envelope) -> Answer:
        there = timeline(self.client, self.user, envelope.written_at)
        ids = [there.id_of(text) for text in thread(envelope.text, self.most_posts)]
        if all(ids):
            return _receipt(ids[0])
        if there.is_whole:
            return Delayed("The account's own timeline does not have it" + (", or not all of it" if any(ids) else ""))
        return Unknown("The account's own timeline goes further back than was read")

    def look(self, since: str, from_at: datetime | None) -> Replies:
        return newest_first(since, lambda known, older: self._page(known, older, from_at))

    @cached_property
    def client(self) -> "tweepy.Client":
        """The real client; it never sleeps, and all it asks goes over our lines."""
        import tweepy

        from channels.clients.requests_session import wired_session

        for talkative in ("tweepy", "oauthlib", "requests_oauthlib"):  # their debugging lines hold keys
            logging.getLogger(talkative).setLevel(logging.WARNING)
        client = tweepy.Client(**self.secrets, wait_on_rate_limit=False)
        client.session = wired_session(self.lines, self.where.base if self.where.host != self.host else "")
        return client

    @cached_property
    def user(self) -> str:
        """The id of the account."""
        return _user_in(self.secrets["access_token"]) or str(self.client.get_me().data.id)

    @property
    def account(self) -> str:
        """The name under which its payments are remembered."""
        token = self.secrets["access_token"]
        return f"x:{_user_in(token) or sha256(token.encode()).hexdigest()[:16]}"

    @property
    def purse(self) -> Purse | None:
        return None if self.till.budget is None else Purse(self.account, self.till.budget)

    def _page(self, known: str, older: str, from_at: datetime | None) -> Page:
        """There must be money for a whole page before it is asked for. What got lost on its way may have been paid."""
        import tweepy

        payment = f"read:{uuid4().hex}"
        self.till.pay(self.memory, payment, self.till.price_read * PAGE)
        try:
            page = mentions(self.client, self.user, known, older, from_at)
        except (NoConnection, NotSent):
            self.till.give_back(self.memory, payment)
            raise
        except tweepy.HTTPException as said:
            self.till.give_back(self.memory, payment)
            raise no_replies(said.response.status_code, detail_of(said), said.response.headers) from None
        self.till.read(self.memory, payment, len(page.found))
        return page

    def _bought(self, envelope: Envelope, number: int, text: str, follows: list[str]) -> Answer:
        """Posted within the budget; what certainly was not posted is not paid."""
        payment = f"{envelope.key}:{number}"
        self.till.pay_for_post(self.memory, payment, text)
        try:
            answer = self._posted(envelope, text, follows)
        except (Unavailable, NoConnection, NotSent):
            self.till.give_back(self.memory, payment)
            raise
        if isinstance(answer, Refused | Delayed):
            self.till.give_back(self.memory, payment)
        return answer

    def _posted(self, envelope: Envelope, text: str, follows: list[str]) -> Answer:
        import tweepy

        try:
            made = self.client.create_tweet(text=text, in_reply_to_tweet_id=follows[0] if follows else None)
            return _receipt(str(made.data["id"]))
        except (NoConnection, NotSent):
            raise
        except tweepy.HTTPException as said:
            status, detail = said.response.status_code, detail_of(said)
            if is_duplicate(status, detail):
                return self._there_already(envelope, text, Refused(f"X has this very text already: {detail}", "403"))
            otherwise = objection(status, detail, said.response.headers)
            return otherwise or self._there_already(envelope, text, Unknown(f"X may or may not have it: {detail}"))
        except Lost as lost:
            return self._there_already(envelope, text, Unknown(str(lost)))
        except Exception as failure:  # an answer that makes no sense
            return self._there_already(envelope, text, Unknown(f"X may or may not have it: {failure!r}"))

    def _there_already(self, envelope: Envelope, text: str, otherwise: Refused | Unknown) -> Answer:
        """The receipt of a post that the own timeline has since it was written; nothing may be sent before that."""
        try:
            known = timeline(self.client, self.user, envelope.written_at).id_of(text)
        except Exception:  # nothing was learnt
            return Unknown(f"{otherwise.reason}; and its own timeline cannot be read")
        return _receipt(known) if known else otherwise


def _receipt(post: str) -> Receipt:
    return Receipt(post, url=f"https://x.com/i/web/status/{post}")


def _after(ids: list[str], of: int, answer: Answer) -> Answer:
    """What it means for a thread that one of its posts was not sent. If it is only late, the next try goes on there."""
    if not ids or not isinstance(answer, Refused):
        return answer
    return Unknown(f"{len(ids)} of {of} posts are out, the first is {ids[0]}; then: {answer.reason}")


def _user_in(token: str) -> str:
    """The id of the account, which an access token of OAuth 1.0a usually begins with; empty if it does not."""
    found, _, rest = token.partition("-")
    return found if rest and found.isdigit() else ""


def _secret(name: str) -> str:
    variable = f"OUTREACH_X_{name.upper()}"
    found = os.environ.get(variable, "")
    if not found:
        raise ValueError(f"X needs {variable} in the environment")
    return found


def _posts(said: str) -> int:
    if said not in {str(number) for number in range(1, 26)}:
        raise ValueError(f"threads={said} is not a number from 1 to 25")
    return int(said)
