"""DKIM: a signature on every letter by which others know which domain answers for it (RFC 6376; Ed25519: RFC 8463).

Signed is what goes out: every rewriting comes first, and what a relay may still do (fold headers anew, touch the spaces
in and after lines) does no harm to a signature that is relaxed in both parts.
"""

import re
from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

from channels.domain import ascii_domain, domain_problem

SIGNED = (
    "from", "to", "subject", "date", "message-id", "mime-version", "content-type", "reply-to", "in-reply-to",
    "references", "list-unsubscribe", "list-unsubscribe-post",
)  # fmt: skip
"""Those of them that a letter has; RFC 8058, 4 needs the last two."""
OVERSIGNED = ("from",)
"""Signed once more than they are there, so that nobody can add another."""
SELECTOR = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9])?")
SHORTEST, LONGEST = 2048, 4096  # bits of an RSA key (RFC 8301, 3.2)
FOLD = "\r\n\t"
LINE = 72
STRING = 255  # bytes that one string of a TXT record may have (RFC 1035, 3.3)
Key = RSAPrivateKey | Ed25519PrivateKey


@dataclass(frozen=True, slots=True)
class Signer:
    """Signs in the name of a domain. `selector`: the name of the key there."""

    selector: str
    domain: str
    key: Key = field(repr=False)

    def header(self, message: bytes) -> bytes:
        """The DKIM-Signature to stand before `message` (lines ended by CRLF, no dots doubled); the same each time."""
        head, _, body = message.partition(b"\r\n\r\n")
        fields = _fields(head)
        names = [name for name in SIGNED if name in fields]
        begun = (
            f"DKIM-Signature: v=1; a={self._kind}-sha256; c=relaxed/relaxed;{FOLD}d={self.domain}; s={self.selector};"
            f"{FOLD}h={_folded(':'.join([*names, *OVERSIGNED]))};{FOLD}bh={_base64(sha256(relaxed(body)).digest())};"
            f"{FOLD}b="
        )
        own = _one_line(begun.encode().partition(b":")[2])
        lines = [b"%s:%s" % (name.encode(), fields[name]) for name in names]
        signature = self._sign(b"\r\n".join([*lines, b"dkim-signature:" + own]))
        return f"{begun}{_folded(_base64(signature))}\r\n".encode()

    @property
    def record(self) -> tuple[str, str]:
        """Name and text of the TXT record in the DNS by which others check the signatures."""
        public = self.key.public_key()
        if isinstance(self.key, RSAPrivateKey):
            shown = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        else:
            shown = public.public_bytes(Encoding.Raw, PublicFormat.Raw)
        return f"{self.selector}._domainkey.{self.domain}", f"v=DKIM1; k={self._kind}; p={_base64(shown)}"

    @property
    def zone_line(self) -> str:
        """The record as a zone file has it, in strings of a length that the DNS allows."""
        name, text = self.record
        strings = (f'"{text[start : start + STRING]}"' for start in range(0, len(text), STRING))
        return f"{name}. IN TXT ( {' '.join(strings)} )"

    @property
    def _kind(self) -> str:
        return "rsa" if isinstance(self.key, RSAPrivateKey) else "ed25519"

    def _sign(self, said: bytes) -> bytes:
        if isinstance(self.key, RSAPrivateKey):
            return self.key.sign(said, PKCS1v15(), SHA256())
        return self.key.sign(sha256(said).digest())


def signers(said: str, environment: Mapping[str, str]) -> tuple[Signer, ...]:
    """Who signs: `selector:domain:/path/to/key`, more of them after commas; if nothing is said, what stands in
    OUTREACH_DKIM_SELECTOR, …_DOMAIN and …_KEY (the key itself, or the path of its file); if nothing there, nobody.

    Raises ValueError with a sentence, which never shows a key.
    """
    if said:
        return tuple(_of_address(each) for each in said.split(","))
    names = ("OUTREACH_DKIM_SELECTOR", "OUTREACH_DKIM_DOMAIN", "OUTREACH_DKIM_KEY")
    found = {name: environment.get(name, "") for name in names}
    if not any(found.values()):
        return ()
    if missing := [name for name, value in found.items() if not value]:
        raise ValueError(f"To sign letters (DKIM), {' and '.join(missing)} must be in the environment, too")
    selector, domain, key = found.values()
    return (signer(selector, domain, key.encode() if "-----BEGIN" in key else _read(key)),)


def signer(selector: str, domain: str, pem: bytes) -> Signer:
    """A signer with a private key in PEM, RSA of 2,048 to 4,096 bits or Ed25519. ValueError with a sentence if not."""
    if not all(map(SELECTOR.fullmatch, selector.split("."))):
        raise ValueError(f"DKIM: {selector} is not a selector: letters, digits and inner hyphens, such as spring2023")
    if problem := domain_problem(domain):
        raise ValueError(f"DKIM: {problem}")
    return Signer(selector, ascii_domain(domain), _key(pem))


def relaxed(body: bytes) -> bytes:
    """The body as it is hashed (RFC 6376, 3.4.4): one space for many, none at an end of line, no empty last lines."""
    body = body.replace(b"\t", b" ")
    while b"  " in body:
        body = body.replace(b"  ", b" ")
    body = body.replace(b" \r\n", b"\r\n").rstrip(b" \r\n")
    return body + b"\r\n" if body else b""


def _of_address(said: str) -> Signer:
    selector, _, rest = said.partition(":")
    domain, _, path = rest.partition(":")
    if not (selector and domain and path):
        raise ValueError("dkim= needs three parts, selector:domain:/path/to/key")
    return signer(selector, domain, _read(path))


def _read(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except (OSError, ValueError) as problem:
        why = getattr(problem, "strerror", None) or "this is no path"
        raise ValueError(f"The DKIM key cannot be read from the file that was named: {why}") from None


def _key(pem: bytes) -> Key:
    try:
        key = load_pem_private_key(pem, password=None)
    except TypeError:
        raise ValueError("The DKIM key is locked with a password: give it without one") from None
    except (ValueError, UnsupportedAlgorithm):
        raise ValueError("The DKIM key is not a private key in PEM (-----BEGIN PRIVATE KEY-----)") from None
    if isinstance(key, Ed25519PrivateKey):
        return key
    if not isinstance(key, RSAPrivateKey):
        raise ValueError("The DKIM key is of a kind that mail servers do not check: make an RSA or Ed25519 key")
    if not SHORTEST <= key.key_size <= LONGEST:
        raise ValueError(f"The DKIM key has {key.key_size} bits: an RSA key for mail has {SHORTEST:,} to {LONGEST:,}")
    return key


def _fields(head: bytes) -> dict[str, bytes]:
    """The headers that are signed by their names in small letters, each as it is hashed (RFC 6376, 3.4.2)."""
    whole = head.replace(b"\r\n ", b" ").replace(b"\r\n\t", b" ")
    named = (line.partition(b":") for line in whole.split(b"\r\n"))
    return {name: _one_line(value) for raw, _, value in named if (name := raw.strip().lower().decode()) in SIGNED}


def _one_line(value: bytes) -> bytes:
    return b" ".join(value.split())


def _folded(words: str) -> str:
    """Broken so that no line is too long: a list of names after a colon, base64 anywhere."""
    lines, rest = [], words
    while len(rest) > LINE:
        end = rest.rfind(":", 0, LINE) + 1 or LINE
        lines.append(rest[:end])
        rest = rest[end:]
    return f"{FOLD} ".join([*lines, rest])


def _base64(raw: bytes) -> str:
    return b64encode(raw).decode()


def signature_headers(signing: Iterable[Signer], message: bytes) -> bytes:
    """One header of each signer; they do not sign one another."""
    return b"".join(each.header(message) for each in signing)
