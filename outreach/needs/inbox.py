"""The staff inbox: everything that needs a person, the most harmful first, and who has what."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction

from outreach import needs
from outreach.attention import Attention, give_attention, leave, put_aside
from outreach.needs.need import IsGone, Need, NotSettled, Scope

ASIDE = "put-aside"


@dataclass(frozen=True, slots=True)
class Attended:
    """A need, and who has it: None if nobody does, or somebody left it lying."""

    need: Need
    attention: Attention | None = None

    def is_with_another(self, user: User) -> bool:
        return self.attention is not None and self.attention.user_id != user.pk


def inbox(scope: Scope, now: datetime, kind: str = "") -> list[Attended]:
    """What needs a person now, of one kind or of all: first what stops a clock, then the oldest."""
    kinds = [needs.KINDS[kind]] if kind else needs.KINDS.values()
    found = sorted(chain.from_iterable(each.among(scope, now) for each in kinds), key=lambda need: need.rank)
    attended = {each.key: each for each in _attention([need.key for need in found])}
    shown = [(need, attended.get(need.key)) for need in found]
    return [Attended(need, each if each and each.is_fresh else None) for need, each in shown if not _is_aside(each)]


def find(scope: Scope, now: datetime, kind: str, ref: str) -> Attended:
    """One of them. Raises IsGone if it is open no more, or never was."""
    if kind not in needs.KINDS:
        raise IsGone
    only = _uuid(ref)
    found = (need for need in needs.KINDS[kind].among(scope, now, only) if need.ref == ref)
    if (need := next(found, None)) is None:
        raise IsGone
    attention = next(iter(_attention([need.key])), None)
    if _is_aside(attention):
        raise IsGone
    return Attended(need, attention if attention and attention.is_fresh else None)


def take_next(scope: Scope, now: datetime, kind: str = "") -> Need | None:
    """Give the person the first need that nobody else has; None if there is none."""
    for each in inbox(scope, now, kind):
        if not each.is_with_another(scope.user) and give_attention(each.need.key, scope.user).user_id == scope.user.pk:
            return each.need
    return None


@transaction.atomic
def settle(
    scope: Scope, kind: str, ref: str, do: str, said: Mapping[str, str], now: datetime, *, from_another: bool = False
) -> str:
    """Settle it as chosen; answers a sentence about what was done.

    Raises IsGone if it is settled already, and NotSettled, with nothing changed, if another person has it (unless
    `from_another`) or something is missing.
    """
    need = find(scope, now, kind, ref).need
    attention = give_attention(need.key, scope.user, from_another=from_another)
    if attention.user_id != scope.user.pk:
        since = f"{attention.since:%H:%M} UTC"
        raise NotSettled(f"{attention.name} has this since {since}; take it over, if you know better")
    if do == ASIDE and needs.KINDS[kind].can_be_put_aside:
        note = said.get("aside", "").strip()
        if not note:
            raise NotSettled("Say why nothing is to be done", "aside")
        put_aside(need.key, scope.user, note, now)
        return "Put aside; it does not come back."
    done = needs.KINDS[kind].settle(need, do, said, scope.user, now)
    leave(need.key, scope.user)
    return done


def _attention(keys: list[str]) -> list[Attention]:
    return list(Attention.objects.filter(key__in=keys).select_related("user"))


def _is_aside(attention: Attention | None) -> bool:
    return attention is not None and attention.aside_at is not None


def _uuid(ref: str) -> UUID | None:
    try:
        return UUID(ref)
    except ValueError:
        return None
