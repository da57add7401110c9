"""How far a mailing is, in honest numbers: what a provider took, what is proven, what came back, who was left out."""

from collections import Counter
from dataclasses import dataclass, field

from django.db import connection

from campaigns.mailing import Mailing
from outreach.delivery import Delivery

State = Delivery.State
LEFT_OUT = (State.SUPPRESSED, State.EXPIRED, State.CANCELLED)


@dataclass(frozen=True, slots=True)
class Numbers:
    """Of one mailing, or of one of its wordings. `planned`: for so many a delivery is written.

    `sent`: a provider took it, whatever became of it. `left_out`: the reasons and how many, the most frequent first.
    `complained`, `unsubscribed`: of those who got it, who called it unwanted, and who wants no more letters since.
    """

    planned: int = 0
    sent: int = 0
    states: "Counter[str]" = field(default_factory=Counter)
    left_out: "Counter[str]" = field(default_factory=Counter)
    complained: int = 0
    unsubscribed: int = 0

    @property
    def waiting(self) -> int:
        """For so many it is not known yet."""
        return sum(self.states[each] for each in Delivery.UNSETTLED)

    @property
    def settled(self) -> int:
        return self.planned - self.waiting

    @property
    def is_moving(self) -> bool:
        return self.waiting > 0


def numbers_of(mailing: Mailing) -> dict[str, Numbers]:
    """By wording, in their order; under the empty name, of all together."""
    found: dict[str, Numbers] = {"": Numbers()} | {name: Numbers() for name in mailing.wordings}
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {"mailing": mailing.pk, "left_out": list(LEFT_OUT)})
        rows = cursor.fetchall()
        cursor.execute(COMPLAINTS, {"mailing": mailing.pk})
        complaints = Counter(dict(cursor.fetchall()))
    for wording, state, reason, number, sent, left in rows:
        for name in ("", wording):
            found[name] = _with(found.get(name, Numbers()), state, reason, number, sent, left)
    return {name: _complained(each, complaints[name] if name else complaints.total()) for name, each in found.items()}


def _with(known: Numbers, state: str, reason: str, number: int, sent: int, left: int) -> Numbers:
    states, left_out = known.states + Counter({state: number}), known.left_out
    if reason:
        left_out = left_out + Counter({reason: number})
    return Numbers(known.planned + number, known.sent + sent, states, left_out, 0, known.unsubscribed + left)


def _complained(known: Numbers, number: int) -> Numbers:
    return Numbers(known.planned, known.sent, known.states, known.left_out, number, known.unsubscribed)


COUNT = """
SELECT wording_name, state, CASE WHEN state = ANY(%(left_out)s) THEN reason ELSE '' END, count(*), count(sent_at),
       count(*) FILTER (WHERE supporter.opted_out_at > delivery.sent_at)
  FROM outreach_delivery AS delivery JOIN campaigns_wave AS wave ON wave.id = delivery.wave_id
  JOIN campaigns_supporter AS supporter ON supporter.id = delivery.supporter_id
 WHERE wave.mailing_id = %(mailing)s
 GROUP BY 1, 2, 3 ORDER BY 4 DESC
"""
COMPLAINTS = """
SELECT wording_name, count(DISTINCT delivery.id)
  FROM outreach_event AS event JOIN outreach_delivery AS delivery ON delivery.id = event.delivery_id
  JOIN campaigns_wave AS wave ON wave.id = delivery.wave_id
 WHERE event.kind = 'complaint' AND wave.mailing_id = %(mailing)s
 GROUP BY 1
"""
