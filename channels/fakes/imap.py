"""A mailbox server on loopback: as much of IMAP (RFC 9051) as one needs to read a folder, mark mails and leave.

In a test: `with ImapServer() as server: server.put(b"From: …")`, then look into `server.address`.
"""

import re
import socketserver
import threading
from dataclasses import dataclass, field
from typing import Self

LINE = re.compile(rb"(?P<tag>\S+) (?P<command>\S+) ?(?P<rest>.*?)\r?\n", re.DOTALL)
WORD = re.compile(rb'"((?:[^"\\]|\\.)*)"|(\S+)')


@dataclass
class Kept:
    """One mail in the folder."""

    uid: int
    raw: bytes
    flags: set[str] = field(default_factory=set)

    @property
    def head(self) -> bytes:
        head, gap, _ = self.raw.partition(b"\r\n\r\n")
        return head + gap


class ImapServer:
    """`validity`: change it, and all numbers mean something else. `cut`: hang up in the middle of the next mail."""

    def __init__(self, user: str = "office@us.example", password: str = "pass word", folder: str = "INBOX") -> None:
        self.user, self.password, self.folder = user, password, folder
        self.validity = 1
        self.cut = False
        self.mails: list[Kept] = []
        self.commands: list[str] = []

    def put(self, raw: bytes, uid: int = 0) -> Kept:
        """Lay a mail into the folder."""
        mail = Kept(uid or max((each.uid for each in self.mails), default=0) + 1, raw)
        self.mails.append(mail)
        return mail

    @property
    def address(self) -> str:
        """The URL that leads here."""
        user, password = (each.replace("@", "%40").replace(" ", "%20") for each in (self.user, self.password))
        return f"imap://{user}:{password}@127.0.0.1:{self._server.server_address[1]}/{self.folder}"

    def __enter__(self) -> Self:
        session = type("Session", (_Session,), {"server_of": self})
        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), session)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Session(socketserver.StreamRequestHandler):
    """One conversation."""

    server_of: ImapServer
    disable_nagle_algorithm = True

    def handle(self) -> None:
        self._say(b"* OK [CAPABILITY IMAP4rev1] ready")
        while line := self.rfile.readline():
            found = LINE.fullmatch(line)
            if not found:
                self._say(b"* BAD what?")
                continue
            tag, command, rest = found["tag"], found["command"].upper().decode(), found["rest"]
            if command == "UID":
                more, _, rest = rest.partition(b" ")
                command = f"UID {more.upper().decode()}"
            self.server_of.commands.append(command)
            if command == "LOGOUT":
                self._say(b"* BYE", tag + b" OK bye")
                return
            if self._obey(command, rest) == "cut":
                return
            self._say(tag + b" " + self._verdict)

    def _obey(self, command: str, rest: bytes) -> str:
        self._verdict = b"OK done"
        words = [quoted.replace(b"\\", b"") or plain for quoted, plain in WORD.findall(rest)]
        fake = self.server_of
        match command:
            case "CAPABILITY":
                self._say(b"* CAPABILITY IMAP4rev1")
            case "LOGIN":
                if words != [fake.user.encode(), fake.password.encode()]:
                    self._verdict = b"NO [AUTHENTICATIONFAILED] wrong password"
            case "SELECT":
                self._select(words[0].decode())
            case "UID SEARCH":
                first = int(words[-1].split(b":")[0])
                last = max((each.uid for each in fake.mails), default=0)
                found = [each.uid for each in fake.mails if each.uid >= first or each.uid == last]
                self._say(" ".join(["* SEARCH", *map(str, found)]).encode())
            case "UID FETCH":
                return self._fetch(int(words[0]), rest.upper())
            case "UID STORE":
                for each in fake.mails:
                    if each.uid == int(words[0]):
                        each.flags.add(words[-1].strip(b"()").decode())
            case "NOOP" | "CLOSE":
                pass
            case _:
                self._verdict = b"BAD no such command"
        return ""

    def _select(self, folder: str) -> None:
        if folder != self.server_of.folder:
            self._verdict = b"NO no such folder"
            return
        self._say(b"* %d EXISTS" % len(self.server_of.mails), b"* OK [UIDVALIDITY %d] valid" % self.server_of.validity)

    def _fetch(self, uid: int, what: bytes) -> str:
        found = next(((n, each) for n, each in enumerate(self.server_of.mails, 1) if each.uid == uid), None)
        if found is None:
            return ""
        number, mail = found
        if b"RFC822.SIZE" in what:
            self._say(b"* %d FETCH (UID %d RFC822.SIZE %d)" % (number, uid, len(mail.raw)))
            return ""
        content = mail.head if b"HEADER" in what else mail.raw
        name = b"BODY[HEADER]" if b"HEADER" in what else b"BODY[]"
        self.wfile.write(b"* %d FETCH (UID %d %b {%d}\r\n" % (number, uid, name, len(content)))
        if self.server_of.cut:
            self.server_of.cut = False
            self.wfile.write(content[: len(content) // 2])
            return "cut"
        self.wfile.write(content + b")\r\n")
        return ""

    def _say(self, *lines: bytes) -> None:
        self.wfile.write(b"".join(line + b"\r\n" for line in lines))
