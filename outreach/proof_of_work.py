"""A proof of work, by Altcha (version 2): what a browser must find out before its form is taken as quickly as others.

Nothing is kept when a challenge is made: it is sealed. The seal says for which campaign and when. A proof is good for
one form; which proofs were used is kept until the challenges they belong to are too old.
"""

import hmac
import json
import secrets
from base64 import b64decode
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models

ALGORITHM = "PBKDF2/SHA-256"
COST = 1000
"""Rounds of the hash for one guess: one or two milliseconds on an old phone."""
FEWEST, MOST = 200, 1000
"""Guesses. Which one is right is drawn when the challenge is made, so that nobody ever needs more: half a second on a
desktop, two or three on an old phone."""
LIFETIME = timedelta(minutes=30)
LONGEST = 2000  # characters of a proof


class UsedProof(models.Model):
    """A proof that came with a form. `nonce`: of its challenge."""

    nonce = models.CharField(max_length=32, primary_key=True)
    used_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.nonce


def challenge(campaign: str, now: datetime) -> dict[str, Any]:
    """What the browser is asked, as JSON values. `campaign`: its slug. About half a millisecond."""
    from altcha import create_challenge  # here, so that only who is under attack loads it

    made = create_challenge(
        ALGORITHM,
        COST,
        counter=FEWEST + secrets.randbelow(MOST - FEWEST + 1),
        data={"campaign": campaign, "made": int(now.timestamp())},
        hmac_secret=_secret("challenge", settings.SECRET_KEY),
        hmac_key_secret=_secret("key", settings.SECRET_KEY),
    )
    told: dict[str, Any] = made.to_dict()
    return told


def nonce_of(proof: str, campaign: str, now: datetime) -> str:
    """The nonce of the challenge that `proof` solves; empty if it solves none of ours for this campaign, or too late.

    `now`: when the form came in.
    """
    from altcha import verify_solution

    data, nonce = _said(proof)
    made = data.get("made")
    if data.get("campaign") != campaign or not isinstance(made, int):
        return ""
    age = now - datetime.fromtimestamp(min(made, 2**33), UTC)
    if not timedelta(minutes=-1) <= age <= LIFETIME:
        return ""
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        keys = _secret("challenge", secret), _secret("key", secret)
        if verify_solution(proof, keys[0], hmac_key_secret=keys[1]).verified:
            return nonce
    return ""


def use(nonces: Iterable[str], now: datetime) -> frozenset[str]:
    """Those of these nonces that had not been used before; now they are. What is too old to be used again goes."""
    UsedProof.objects.filter(used_at__lt=now - 2 * LIFETIME).delete()
    wanted = set(nonces)
    before = set(UsedProof.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    UsedProof.objects.bulk_create([UsedProof(nonce=each, used_at=now) for each in sorted(wanted - before)])
    return frozenset(wanted - before)


def _said(proof: str) -> tuple[dict[str, Any], str]:
    """What the challenge says of itself, and its nonce; nothing is proven yet."""
    try:
        parameters = json.loads(b64decode(proof[:LONGEST], validate=True))["challenge"]["parameters"]
        data, nonce = parameters["data"], parameters["nonce"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return {}, ""
    return (data, nonce[:32]) if isinstance(data, dict) and isinstance(nonce, str) else ({}, "")


def _secret(purpose: str, secret: str) -> bytes:
    return hmac.digest(secret.encode(), f"proof of work: {purpose}".encode(), "sha256")
