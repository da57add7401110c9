"""What servers say about who sent a mail: Authentication-Results (RFC 8601), and only of servers that are trusted.

A header of that name can be written by anyone. Those of a trusted name count, and of several the topmost, because each
server writes above what it received; that server has to remove what strangers wrote in its name (RFC 8601, 5).
"""

import re
from collections.abc import Collection

from channels.incoming.head import Head
from channels.incoming.reading import Verdicts

COMMENT = re.compile(r"\([^()]{0,500}\)")
RESULT = re.compile(r"^\s*(spf|dkim|dmarc)(?:/\d+)?\s*=\s*([A-Za-z]{2,20})", re.IGNORECASE)
PROPERTY = re.compile(r"\b(smtp\.(?:mailfrom|helo)|header\.(?:d|i|from))\s*=\s*\"?([^\s;\"]{1,320})", re.IGNORECASE)


def verdicts(head: Head, trusted: Collection[str]) -> Verdicts:
    """What the trusted servers (their authserv-ids) found out; empty if none of them says anything."""
    names = {name.lower() for name in trusted}
    found: dict[str, str] = {}
    by, spf_domain, signed = "", "", list[str]()
    for value in head.all("authentication-results"):
        server, _, rest = COMMENT.sub(" ", value).partition(";")
        server = (server.split() or [""])[0].lower()
        if server not in names:
            continue
        by = by or server
        said = _results(rest)
        if "spf" not in found and "spf" in said:
            spf_domain = next((domain for _, domain in said["spf"] if domain), "")
        if "dkim" not in found and "dkim" in said:
            signed = [domain for result, domain in said["dkim"] if result == "pass" and domain]
        for method, results in said.items():
            found.setdefault(method, _best([result for result, _ in results]))
    return Verdicts(
        spf=found.get("spf", ""),
        dkim=found.get("dkim", ""),
        dmarc=found.get("dmarc", ""),
        by=by,
        spf_domain=spf_domain,
        dkim_domains=tuple(dict.fromkeys(signed)),
    )


def _results(rest: str) -> dict[str, list[tuple[str, str]]]:
    """For each method its results, each with the domain it speaks of."""
    said: dict[str, list[tuple[str, str]]] = {}
    for piece in rest.split(";"):
        if found := RESULT.match(piece):
            method = found[1].lower()
            properties = {name.lower(): value for name, value in PROPERTY.findall(piece)}
            wanted = ("smtp.mailfrom", "smtp.helo") if method == "spf" else ("header.d", "header.i", "header.from")
            domain = next((properties[name] for name in wanted if name in properties), "")
            said.setdefault(method, []).append((found[2].lower(), domain.rpartition("@")[2].lower()))
    return said


def _best(results: list[str]) -> str:
    """One good signature among several is enough (RFC 6376, 6.1)."""
    return "pass" if "pass" in results else results[0]
