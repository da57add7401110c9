"""What a mail says, in plain values."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """How a mail is taken. Rules propose it; only a person can make an answer of it that counts."""

    BOUNCE = "bounce"  # a letter did not arrive, and nobody tries any more
    DELAYED = "delayed"  # a letter has not arrived yet, and a server goes on trying
    DELIVERED = "delivered"  # a server's proof that a letter arrived, or left for where no more proof comes from
    COMPLAINT = "complaint"  # the recipient called a letter spam
    AUTO_REPLY = "auto-reply"  # a machine's: out of office, a read receipt
    ACKNOWLEDGEMENT = "acknowledgement"  # says that a letter arrived and nothing else
    ANSWER = "answer"  # everything else: a person has to read it


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Somebody in a header: the name shown, and the address; either may be empty."""

    name: str = ""
    address: str = ""

    @property
    def domain(self) -> str:
        """What stands after the @, in lower case."""
        return self.address.rpartition("@")[2].lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """What a report says of one recipient; also of one whom a letter reached, or who complained.

    `address`: where it ended; `addressed`: where the letter was sent first, if the report says so (a forwarded one).
    `is_permanent`: whether trying again is in vain, by the class of the status (RFC 3463: 5 is permanent, 4 is not),
    by the code of the reply (RFC 5321) or by the words; None where nothing tells. `is_dead`: nobody is to be found at
    the address. `status`: such as `5.1.1`; `code`: such as `550`. `action`: the word of RFC 3464 (failed, delayed,
    delivered, relayed, expanded), given also where a report has only words; or `complained`.
    """

    address: str
    addressed: str = ""
    is_permanent: bool | None = None
    is_dead: bool = False
    status: str = ""
    code: str = ""
    action: str = ""
    diagnostic: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """What a report returns of the letter that it is about; empty where it returns nothing.

    `keys`: the keys of ours that the report or the letter in it names, from return paths (`bounces+KEY@…`), the
    envelope's own name (ENVID) and the left side of the Message-ID; nobody has checked them.
    """

    message_id: str = ""
    subject: str = ""
    sender: str = ""
    recipients: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that came along, as it was sent: nothing is unpacked. `sha256` in hexadecimal, `size` in bytes."""

    name: str
    media_type: str
    size: int
    sha256: str
    content_id: str = ""
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdicts:
    """What a trusted server found out about the sender: the words of RFC 8601 (pass, fail, none …), empty if unsaid.

    `by`: the server (its authserv-id) or the door that says so. `spf_domain`: of the return path that SPF looked at.
    `dkim_domains`: which domains' signatures are good.
    """

    spf: str = ""
    dkim: str = ""
    dmarc: str = ""
    by: str = ""
    spf_domain: str = ""
    dkim_domains: tuple[str, ...] = ()

    def proves(self, domain: str) -> bool:
        """Whether the mail is shown to be from that domain: by DMARC, or by a signature or return path of its own."""
        if self.dmarc:
            return self.dmarc == "pass"
        signed = self.dkim == "pass" and any(is_within(domain, each) for each in self.dkim_domains)
        return signed or (self.spf == "pass" and is_within(domain, self.spf_domain))

    @property
    def is_refuted(self) -> bool:
        """Whether the mail is shown not to be from whom it says: DMARC failed, or SPF and DKIM both did."""
        if self.dmarc in ("fail", "reject", "quarantine"):
            return True
        return not self.dmarc and self.spf in ("fail", "softfail") and self.dkim == "fail"


def is_within(domain: str, other: str) -> bool:
    """Whether one of the two is the other, or lies in it: `mfa.example` and `mail.mfa.example`."""
    one, two = domain.lower().strip("."), other.lower().strip(".")
    if not one or not two or "." not in one or "." not in two:
        return False
    return one == two or one.endswith(f".{two}") or two.endswith(f".{one}")


NOBODY, NO_ORIGINAL, UNKNOWN = Party(), Original(), Verdicts()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a mail says. Instants are aware, in UTC; message ids have their angle brackets.

    `why`: a sentence for a person that says what decided its kind. `text`: all of its text; `own_text`: without quotes
    and signature, of a report without the letter it returns; `quoted`: what was folded away. `html`: cleaned of
    scripts, styles, trackers and all that would be loaded from elsewhere. `language`: a tag such as `hy`, or empty.
    `hops`: how many servers say they had it (Received). `delivered_to`: addresses that servers noted on its way
    (Delivered-To, X-Original-To, Envelope-To). `return_path`: empty for a machine's, None if nothing tells.
    `oddities`: sentences about what was broken, doubled or left out.
    """

    kind: Kind
    why: str
    message_id: str = ""
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    subject: str = ""
    sender: Party = NOBODY
    senders: tuple[Party, ...] = ()
    reply_to: tuple[Party, ...] = ()
    to: tuple[Party, ...] = ()
    cc: tuple[Party, ...] = ()
    delivered_to: tuple[str, ...] = ()
    return_path: str | None = None
    date: datetime | None = None
    recipients: tuple[Failed, ...] = ()
    original: Original = NO_ORIGINAL
    text: str = ""
    own_text: str = ""
    quoted: str = ""
    html: str = ""
    language: str = ""
    attachments: tuple[Attachment, ...] = ()
    verdicts: Verdicts = UNKNOWN
    is_automatic: bool = False
    hops: int = 0
    auto_submitted: str = ""
    precedence: str = ""
    list_id: str = ""
    oddities: tuple[str, ...] = ()

    @property
    def is_mail(self) -> bool:
        """Whether it has anything that makes bytes a mail: some header that every mail has (RFC 5322, 3.6)."""
        return bool(self.senders or self.message_id or self.hops or (self.date and (self.subject or self.to)))
