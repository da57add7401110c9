"""How fast messages may leave and when they must stop, as the environment says it."""

import os
import re
from collections.abc import Callable
from typing import TypeVar

from django.core.exceptions import ImproperlyConfigured

from channels.domain import ascii_domain
from channels.pace import RATE, WARM_UP, Pace
from channels.rate import Rate
from outreach.spike import Brakes

Value = TypeVar("Value")


def domain_rates() -> dict[str, Rate]:
    """Domain of recipients or pattern → rate: OUTREACH_DOMAIN_RATES="mail.example=20/min, *.example=100/hour"."""
    return _pairs("OUTREACH_DOMAIN_RATES", _domain, Rate.parse)


def sender_rates() -> dict[str, Pace]:
    """Sender's address, account or domain → pace: OUTREACH_SENDER_RATES="new.example=100/hour+2026-11-24:50*2"."""
    return _pairs("OUTREACH_SENDER_RATES", _sender, _pace)


def brakes() -> Brakes | None:
    """OUTREACH_BRAKES="bounces=5%, letters=20, complaints=0.1%, complainers=3, hours=72", or off."""
    if os.environ.get("OUTREACH_BRAKES", "").strip().lower() == "off":
        return None
    return Brakes(**_pairs("OUTREACH_BRAKES", _threshold, _number))


def _pairs(variable: str, name_of: Callable[[str], str], value_of: Callable[[str], Value]) -> dict[str, Value]:
    """`name=value, name=value` as a dictionary. Raises ImproperlyConfigured with a sentence that names the variable."""
    found: dict[str, Value] = {}
    for pair in filter(None, (each.strip() for each in os.environ.get(variable, "").split(","))):
        said, _, value = (part.strip() for part in pair.partition("="))
        try:
            name = name_of(said.lower())
            if name in found:
                raise ValueError("it is said twice")
            found[name] = value_of(value)
        except ValueError as problem:
            raise ImproperlyConfigured(f"{variable}: {said}: {problem}") from None
    return found


def _domain(said: str) -> str:
    star, rest = ("*.", said[2:]) if said.startswith("*.") else ("", said)
    if said == "*":
        return said
    if not re.fullmatch(r"[^@*\s]+", rest):
        raise ValueError("that is no domain; say one as in mail.example, *.example, or * for each other one")
    return f"{star}{ascii_domain(rest)}"


def _sender(said: str) -> str:
    if not re.fullmatch(r"[^*\s]+", said):
        raise ValueError("that is no sender; say a domain, an address or an account")
    return said


def _threshold(said: str) -> str:
    if said not in Brakes.__dataclass_fields__:
        raise ValueError(f"there is no such number; there are {', '.join(Brakes.__dataclass_fields__)}")
    return said


def _pace(said: str) -> Pace:
    parts = {WARM_UP if "*" in part else RATE: part for part in said.split("+")}
    if len(parts) < len(said.split("+")):
        raise ValueError(f"“{said}” has two of a kind: say a rate, a warm-up, or one of each with a + between")
    return Pace.parse(parts)


def _number(said: str) -> float:
    """`5%` is 0.05."""
    number = said.removesuffix("%")
    if not re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,4})?", number) or float(number) <= 0:
        raise ValueError(f"“{said}” is not a number above 0")
    return float(number) / 100 if said.endswith("%") else float(number)
