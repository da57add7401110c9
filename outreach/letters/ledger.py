"""The ledger of mailbags: what is told of them later settles them, in any order, as it does deliveries."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from outreach.delivery import Delivery
from outreach.fate import Fate, Told
from outreach.health import note_bounce, note_proof, note_refusal
from outreach.ledger import Found
from outreach.letters.mailbag import Mailbag

State = Delivery.State  # in which fates are told; a mailbag's have the same names


def settle_mailbags(told: Mapping[uuid.UUID, Told], now: datetime) -> dict[uuid.UUID, Found]:
    """Those that are on the wire just now are left for another time."""
    known = Mailbag.objects.filter(pk__in=list(told))
    found = {pk: Found(False) for pk in known.values_list("pk", flat=True)}
    at_rest = known.exclude(state__in=Mailbag.ON_THE_WIRE).order_by("id").select_for_update(skip_locked=True)
    for bag in at_rest:
        _settle(bag, told[bag.pk].ever)
        _note_health(bag, told[bag.pk].lately)
        found[bag.pk] = Found(True)
    return found


def _settle(bag: Mailbag, known: Fate) -> None:
    if known.state is None or str(known.state) == bag.state:
        return
    changes: dict[str, Any] = {"reason": known.reason, "sent_at": bag.sent_at or known.sent_at}
    changes["delivered_at"] = known.at if known.state == State.DELIVERED else None
    bag.move(str(known.state), **changes)


def _note_health(bag: Mailbag, lately: Fate) -> None:
    if lately.is_dead:
        note_bounce(bag, is_permanent=True)
    elif lately.state == State.BOUNCED:
        note_refusal(bag, lately.code)
    elif lately.state == State.DELIVERED:
        note_proof(bag)
