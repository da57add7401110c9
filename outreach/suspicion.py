"""What makes a form look less than genuine. Nobody who fills one in is told; it is weighed by staff, later."""

from campaigns.address import domain_of
from outreach.disposable import is_disposable
from outreach.homoglyphs import mixes_alphabets
from outreach.signup import Form

TRAP, QUICK, ROLE, DISPOSABLE, MIXED = "trap", "quick", "role", "disposable", "mixed"
NOBODYS = """
abuse admin contact help hostmaster info mail noreply no-reply office postmaster root sales security service support
webmaster
"""
ROLES = frozenset(NOBODYS.split())
"""Names of mailboxes that no one person reads (RFC 2142, and customs)."""
SHORTEST = 3.0  # seconds; no person fills in a form more quickly


def marks_of(form: Form) -> list[str]:
    """One word for each thing that is odd."""
    signals = form.signals
    marks = [TRAP] if signals.get("trap") else []
    if 0 <= signals.get("seconds", SHORTEST) < SHORTEST:
        marks.append(QUICK)
    if form.email.partition("@")[0].casefold() in ROLES:
        marks.append(ROLE)
    if is_disposable(domain_of(form.email)):
        marks.append(DISPOSABLE)
    if mixes_alphabets(form.name):
        marks.append(MIXED)
    return marks


def is_trapped(form: Form) -> bool:
    """Whether it filled in what nobody sees; such a form gets no mail."""
    return bool(form.signals.get("trap"))
