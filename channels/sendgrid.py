"""Email through SendGrid, over kept connections of our own (its package would open one for each mail).

| SendGrid says                              | answer                                                              |
|--------------------------------------------|---------------------------------------------------------------------|
| 202, or 200 in the sandbox                 | Receipt, not proven: what becomes of a mail is told by events later |
| 400, 413, 422                              | Refused; of many that went together, each is tried by itself        |
| 401, 403, 404, 405: we or the address are wrong | Delayed, and the rest of the batch                             |
| 429                                        | Delayed until the limit is reset, and the rest of the batch         |
| any other 4xx                              | Delayed                                                             |
| 3xx, 5xx, no answer to a whole request     | Unknown                                                             |
| nobody there, a request cut short          | Delayed                                                             |
"""

import json
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from math import ceil

from channels.answer import Answer, Delayed, Receipt, Refused, Unknown
from channels.channel import Channel
from channels.deadline import within
from channels.domain import domain_problem
from channels.envelope import Envelope
from channels.http_line import HttpReply, Lost, NoConnection, NotSent
from channels.http_wait import wait_of
from channels.http_wire import AFTER_A_PERSON_LOOKED, LATER, SOON, HttpWire
from channels.sendgrid_request import MOST_BYTES, Manner, Request, problem_of, requests
from channels.web_address import is_on
from channels.wire import Unavailable, Unsendable, answer_to

HOSTS = {"": "api.sendgrid.com", "eu": "api.eu.sendgrid.com"}
BROKEN = (NoConnection, NotSent, Lost)


class SendGrid(HttpWire):
    """`sendgrid://KEY@`, or `sendgrid:` with the key in OUTREACH_SENDGRID_KEY. Options:

    - `region=eu`: the European servers; a host in the address overrides both.
    - `sandbox=1`: SendGrid checks mails and sends none.
    - `categories=petition,letters`: at most ten labels for SendGrid's statistics; never personal ones.
    - `connections=4`: how many requests are under way at a time.
    - `in_flight=4`: how many mails; more than `connections` is of use for letters with a pattern, 1000 of which go in
      one request. It is also how many a crash can leave unknown.
    - `domain=example.org`: the right side of Message-IDs (default: the sender's domain).
    """

    name = "sendgrid"
    schemes = ("sendgrid",)
    carries = frozenset({"email"})
    options = frozenset({"region", "sandbox", "categories", "connections", "in_flight", "domain"})
    host = HOSTS[""]

    def __init__(self, channel: Channel, address: str = "") -> None:
        super().__init__(channel, address)
        said = self.where.options
        self.key = self.where.user or os.environ.get("OUTREACH_SENDGRID_KEY", "")
        if not self.key:
            raise ValueError("SendGrid needs its key: sendgrid://KEY@, or OUTREACH_SENDGRID_KEY in the environment")
        self.base = self.where.base if self.where.host != self.host else f"https://{_region(said.get('region', ''))}"
        self.connections = _number("connections", said.get("connections", "4"), 64)
        self.in_flight = _number("in_flight", said.get("in_flight", str(self.connections)), 1000)
        self.batch = max(self.in_flight, 100)
        self.manner = Manner(
            tuple(_category(each) for each in said.get("categories", "").split(",") if each)[:10],
            is_on("sandbox", said.get("sandbox", "0")),
            _domain(said.get("domain", "")),
        )

    def send(self, envelopes: Sequence[Envelope]) -> list[Answer]:
        answers: dict[int, Answer] = {}
        good: list[tuple[int, Envelope]] = []
        for place, envelope in enumerate(envelopes):
            try:
                if objection := self.objection(envelope):
                    raise Unsendable(objection)
                good.append((place, envelope))
            except Exception as error:
                answers[place] = answer_to(error)
        try:
            self._send_all(good, answers)
        except Exception as error:
            answers = {place: answer_to(error) for place, _ in good} | answers
        return [answers[place] for place in range(len(envelopes))]

    def takes(self, number: int) -> timedelta:
        return self.time_limit * ceil(number / self.connections)

    def objection(self, envelope: Envelope) -> str | None:
        return super().objection(envelope) or problem_of(envelope)

    def send_one(self, envelope: Envelope) -> Answer:
        (answer,) = self._answers(Request(self.manner, (0,), (envelope,)))
        return answer

    def _send_all(self, good: Sequence[tuple[int, Envelope]], answers: dict[int, Answer]) -> None:
        waiting = list(requests(good, self.manner))
        down: list[Unavailable] = []

        def work(request: Request) -> list[Answer]:
            if down:  # what stopped one stops those that have not begun
                return [answer_to(down[0])] * len(request.places)
            try:
                if len(request.places) > 1:
                    return self._answers(request)
                return [self.send_one(request.envelopes[0])]
            except Unavailable as unavailable:
                down.append(unavailable)
                return [answer_to(unavailable)] * len(request.places)
            except Exception as error:
                return [answer_to(error)] * len(request.places)

        for request, given in zip(waiting, self._in_parallel(work, waiting), strict=True):
            answers.update(zip(request.places, given, strict=True))

    def _in_parallel(self, work: Callable[[Request], list[Answer]], waiting: Sequence[Request]) -> list[list[Answer]]:
        if min(len(waiting), self.connections) < 2:
            return list(map(work, waiting))
        with ThreadPoolExecutor(min(len(waiting), self.connections)) as threads:
            return list(threads.map(work, waiting))

    def _answers(self, request: Request) -> list[Answer]:
        """One for each envelope of the request. Raises Unavailable if no other would fare better."""
        if len(request.body) > MOST_BYTES:
            raise Unsendable(f"The letter has {len(request.body):,} bytes; SendGrid takes {MOST_BYTES:,}")
        try:
            with within(self.where.total):
                reply = self.lines.ask("POST", f"{self.base}/v3/mail/send", self._headers(), request.body)
        except BROKEN as failure:
            return [_broken(failure)] * len(request.places)
        if reply.status in (400, 413, 422) and len(request.places) > 1:
            return [answer for each in request.apart() for answer in self._answers(each)]
        if reply.status in (200, 202):
            said = _said(reply, is_sandbox=self.manner.is_sandbox)
            return [Receipt(request.reference(envelope), detail=said) for envelope in request.envelopes]
        return [_objection(reply)] * len(request.places)

    def _headers(self) -> dict[str, str]:
        return {
            "Authorization": f"Bearer {self.key}",
            "Content-Type": "application/json",
            "Accept": "application/json",
        }


def _broken(failure: Exception) -> Answer:
    match failure:
        case NoConnection():
            raise Unavailable(str(failure), SOON) from None
        case NotSent():
            return Delayed(str(failure), SOON)
        case _:
            return Unknown(str(failure))


def _objection(reply: HttpReply) -> Answer:
    """The table above, for a reply that is not consent."""
    said = f"SendGrid did not take it: {reply.status} {_errors(reply) or reply.reason}"
    match reply.status:
        case 400 | 413 | 422:
            return Refused(said, str(reply.status))
        case 401 | 403 | 404 | 405:
            raise Unavailable(said, AFTER_A_PERSON_LOOKED)
        case 429:
            raise Unavailable(said, wait_of(reply.headers) or SOON)
        case status if 400 <= status < 500:
            return Delayed(said, wait_of(reply.headers) or LATER, str(status))
        case status:
            return Unknown(f"SendGrid's answer does not say whether it has the mail: {status} {reply.reason}")


def _said(reply: HttpReply, *, is_sandbox: bool) -> str:
    if is_sandbox:
        return "SendGrid's sandbox checked it and sent nothing"
    return f"{reply.status} {reply.reason}, X-Message-Id {reply.headers.get('x-message-id', 'not given')}"


def _errors(reply: HttpReply) -> str:
    try:
        errors = json.loads(reply.content)["errors"]
        return "; ".join(f"{each.get('field') or ''} {each['message']}".strip() for each in errors)
    except (ValueError, KeyError, TypeError, AttributeError):
        return ""


def _region(said: str) -> str:
    if said not in HOSTS:
        raise ValueError(f"region={said} is not understood: there is only region=eu")
    return HOSTS[said]


def _number(name: str, said: str, most: int) -> int:
    if not (said.isdecimal() and 1 <= int(said) <= most):
        raise ValueError(f"{name}={said} is not a number from 1 to {most}")
    return int(said)


def _category(said: str) -> str:
    if len(said) > 255 or "@" in said:
        raise ValueError("categories: each has at most 255 characters and names nobody")
    return said


def _domain(said: str) -> str:
    if said and (problem := domain_problem(said)):
        raise ValueError(f"domain={said}: {problem}")
    return said
