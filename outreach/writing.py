"""Getting the words of a delivery that is about to leave. What goes wrong with one costs no other."""

from datetime import datetime

import structlog
from django.db import InterfaceError, OperationalError

from campaigns.words.problem import Unfit
from channels.envelope import Envelope
from outreach.delivery import Delivery
from outreach.desk import Desk
from outreach.move import move

log = structlog.get_logger(__name__)
KEPT = ("language", "wording", "subject", "text", "html")
KEPT_SEALED = ("language", "wording", "words_sealed")


def written(delivery: Delivery, desk: Desk, now: datetime) -> Envelope | None:
    """The letter, its words kept in the row; None if it cannot be written, or somebody else has the claim.

    One that cannot be written goes nowhere: it is put aside with the reason, for a person to look at.
    """
    try:
        desk.write(delivery)
        letter = desk.envelope(delivery)
    except (Unfit, KeyError) as problem:
        _put_aside(delivery, f"The wording does not hold: {problem}", now)
        return None
    except (OperationalError, InterfaceError):
        raise
    except Exception as defect:  # of the program, not of the wording: it is this delivery's alone
        log.exception("a delivery could not be written", delivery=delivery.key)
        _put_aside(delivery, f"It could not be written: {type(defect).__name__}, as the log tells in full", now)
        return None
    if delivery.supporter_id:
        delivery.seal_words()
    kept = KEPT_SEALED if delivery.supporter_id else KEPT
    there = Delivery.objects.filter(pk=delivery.pk, token=delivery.token)
    return letter if there.update(**{field: getattr(delivery, field) for field in kept}) else None


def _put_aside(delivery: Delivery, reason: str, now: datetime) -> None:
    move(delivery, Delivery.State.CANCELLED, now, fence=delivery.token, reason=reason, detail={"reason": reason})
