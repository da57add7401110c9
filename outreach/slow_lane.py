"""Under an alarm, who brings no proof of work still signs; their mail waits its turn in a lane of its own.

So a browser without scripts is not locked out, and an attacker without proofs gets two mails a minute out of us.
"""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Max

from campaigns.campaign import Campaign
from outreach.alarm import alarmed
from outreach.notice import Notice
from outreach.proof_of_work import nonce_of, use
from outreach.signup import DATA, Form, Signup

UNPROVEN = "unproven"
GAP = timedelta(seconds=30)
LONGEST = timedelta(days=1)


class SlowLane:
    """Knows of forms that are read together who has to wait. A proof serves one form, the first that brings it."""

    def __init__(self, forms: Sequence[tuple[Signup, Form]], now: datetime) -> None:
        self._now = now
        watched = alarmed({signup.campaign_id for signup, _ in forms})
        asked = {signup.pk for signup, form in forms if signup.campaign_id in watched and form.wish != DATA}
        self._waiting = asked - _proven(forms, watched, now)
        self._last = _last_turns({signup.campaign_id for signup, _ in forms if signup.pk in self._waiting}, now)

    def holds(self, signup: Signup) -> bool:
        """Whether an alarm stands, and no proof came with this form."""
        return signup.pk in self._waiting

    def turn(self, signup: Signup) -> datetime | None:
        """When the mail for this form leaves; None if that would be in more than a day: then none leaves by itself."""
        if not self.holds(signup):
            return self._now
        turn = max(self._last.get(signup.campaign_id, self._now), self._now) + GAP
        if turn > self._now + LONGEST:
            return None
        self._last[signup.campaign_id] = turn
        return turn


def _proven(forms: Sequence[tuple[Signup, Form]], watched: frozenset[uuid.UUID], now: datetime) -> set[uuid.UUID]:
    slugs = dict(Campaign.objects.filter(pk__in=watched).values_list("pk", "slug")) if watched else {}
    found: dict[str, uuid.UUID] = {}
    for signup, form in forms:
        proof = form.signals.get("proof")
        slug = slugs.get(signup.campaign_id)
        if slug and proof and (nonce := nonce_of(proof, slug, signup.received_at)):
            found.setdefault(nonce, signup.pk)
    fresh = use(found, now) if found else frozenset()
    return {signup for nonce, signup in found.items() if nonce in fresh}


def _last_turns(campaigns: set[uuid.UUID], now: datetime) -> dict[uuid.UUID, datetime]:
    """The last turn that is given away in each campaign."""
    if not campaigns:
        return {}
    waiting = Notice.objects.filter(campaign__in=campaigns, state=Notice.State.DUE, due_at__gt=now).order_by()
    return dict(waiting.values("campaign").annotate(last=Max("due_at")).values_list("campaign", "last"))
