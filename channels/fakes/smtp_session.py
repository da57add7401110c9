"""One connection to the sink: real SMTP by aiosmtpd, with the rules put in between."""

import asyncio
import logging
import re
from typing import Any, Protocol

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from channels.fakes.smtp_rule import CUT, HANG, KEEP_AND_CUT, Rule

logging.getLogger("mail.log").setLevel(logging.ERROR)  # where aiosmtpd would write every address

PATH = re.compile(r"<([^>]*)>")


class Keeper(Protocol):
    """What a session needs of the sink."""

    eight_bit: bool
    pipelining: bool
    user: str
    password: str

    def begin(self) -> int:
        """Count a letter that was begun; its number."""

    def rule(self, at: str, recipient: str, nth: int) -> Rule | None:
        """What is to be done at this moment, if it is not the usual."""

    def keep(self, sender: str, recipients: list[str], options: list[str], raw: bytes) -> int:
        """Keep a letter; its number."""

    def opened(self, session: "SinkSession") -> None:
        """A connection began."""


class SinkSession(SMTP):
    """An SMTP server's half of one conversation."""

    def __init__(self, keeper: Keeper, **options: Any) -> None:
        super().__init__(self, authenticator=self._sign_in, auth_require_tls=False, **options)
        self._keeper = keeper
        self._nth = 0
        self._was_greeted = False
        self._is_open = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        if not self._is_open:  # with STARTTLS it is made a second time
            self._is_open = True
            self._keeper.opened(self)

    def cut(self) -> None:
        """End the connection at once, without a word."""
        if isinstance(self.transport, asyncio.Transport):
            self.transport.abort()

    async def push(self, status: Any) -> None:
        """Say something; after a farewell, leave."""
        if not self._was_greeted:
            self._was_greeted = True
            if await self._obey("greeting"):
                return
        await super().push(status)
        if str(status).startswith("421"):
            self._writer.close()

    async def smtp_MAIL(self, arg: str | None) -> None:  # noqa: N802
        self._nth = self._keeper.begin()
        if self._is_hurried():
            await self.push("554 5.5.0 PIPELINING was not offered")
        elif self._keeper.user and not (self.session and self.session.authenticated):
            await self.push("530 5.7.0 Authentication required")
        elif not await self._obey("sender"):
            await super().smtp_MAIL(arg)

    async def smtp_RCPT(self, arg: str | None) -> None:  # noqa: N802
        found = PATH.search(arg or "")
        if self._is_hurried():
            await self.push("554 5.5.0 PIPELINING was not offered")
        elif not await self._obey("recipient", found[1] if found else ""):
            await super().smtp_RCPT(arg)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        if await self._obey("data", self._recipient()):
            return
        if rule := self._keeper.rule("body", self._recipient(), self._nth):
            await self.push("354 Go on")
            await self._reader.readuntil(b"\r\n")
            await self._act(rule)
        else:
            await super().smtp_DATA(arg)

    async def handle_EHLO(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        """What this server can do."""
        session.host_name = hostname
        hidden = set() if self._keeper.user else {"AUTH"}
        hidden |= set() if self._keeper.eight_bit else {"8BITMIME"}
        offered = [response for response in responses if response[4:].split(" ")[0] not in hidden]
        return [*offered[:1], "250-PIPELINING", *offered[1:]] if self._keeper.pipelining else offered

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """The whole letter is here: keep it, unless a rule has other plans."""
        rule = self._keeper.rule("letter", self._recipient(), self._nth)
        if rule is None or rule.reply == KEEP_AND_CUT:
            number = self._keeper.keep(
                envelope.mail_from or "", envelope.rcpt_tos, envelope.mail_options, envelope.original_content or b""
            )
            if rule is None:
                return f"250 2.0.0 Kept as {number}"
        if rule.reply in (CUT, KEEP_AND_CUT, HANG):
            await self._act(rule)
        return _lines(rule.reply)

    def _recipient(self) -> str:
        return self.envelope.rcpt_tos[0] if self.envelope is not None and self.envelope.rcpt_tos else ""

    def _is_hurried(self) -> bool:
        """Whether the client did not wait for our answer though we had not told it that it need not."""
        return not self._keeper.pipelining and bool(getattr(self._reader, "_buffer"))  # noqa: B009

    async def _obey(self, at: str, recipient: str = "") -> bool:
        rule = self._keeper.rule(at, recipient, self._nth)
        if rule is not None:
            await self._act(rule)
        return rule is not None

    async def _act(self, rule: Rule) -> None:
        if rule.reply in (CUT, KEEP_AND_CUT):
            self.cut()
        if rule.reply in (CUT, KEEP_AND_CUT, HANG):
            await asyncio.Event().wait()  # until the connection is gone, which ends this conversation
        await self.push(_lines(rule.reply))

    def _sign_in(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        expected = (self._keeper.user.encode(), self._keeper.password.encode())
        is_known = isinstance(data, LoginPassword) and (data.login, data.password) == expected
        return AuthResult(success=is_known, handled=False)


def _lines(reply: str) -> str:
    """`450 one\\ntwo` as the two lines of one reply."""
    code, *lines = reply[:3], *reply[4:].split("\n")
    return "\r\n".join([f"{code}-{line}" for line in lines[:-1]] + [f"{code} {lines[-1]}"])
