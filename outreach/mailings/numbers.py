"""How far a mailing is, in honest numbers: what a provider took, what is proven, what came back, who was left out."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

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
    about: dict[str, Any] = {"mailing": mailing.pk, "campaign": mailing.campaign_id, "left_out": list(LEFT_OUT)}
    with connection.cursor() as cursor:
        cursor.execute(COUNT, about)
        counted = cursor.fetchall()
        cursor.execute(COMPLAINED, about)
        complained = Counter(dict(cursor.fetchall()))
        cursor.execute(UNSUBSCRIBED, about)
        unsubscribed = Counter(dict(cursor.fetchall()))
    found = {"": replace(_numbers(counted), complained=complained.total(), unsubscribed=unsubscribed.total())}
    for name in mailing.wordings:
        of_one = _numbers(row for row in counted if row[0] == name)
        found[name] = replace(of_one, complained=complained[name], unsubscribed=unsubscribed[name])
    return found


def _numbers(rows: Iterable[tuple[str, str, str, int, int]]) -> Numbers:
    """Of the rows of `COUNT`: wording, state, reason, how many, how many of them were sent."""
    planned, sent, states, left_out = 0, 0, Counter[str](), Counter[str]()
    for _, state, reason, number, taken in rows:
        planned, sent = planned + number, sent + taken
        states[state] += number
        if reason:
            left_out[reason] += number
    return Numbers(planned, sent, states, left_out)


COUNT = """
SELECT wording_name, state, CASE WHEN state = ANY(%(left_out)s) THEN reason ELSE '' END, count(*), count(sent_at)
  FROM outreach_delivery WHERE wave_id = (SELECT id FROM campaigns_wave WHERE mailing_id = %(mailing)s)
 GROUP BY 1, 2, 3 ORDER BY 4 DESC
"""
COMPLAINED = """
SELECT wording_name, count(DISTINCT delivery.id)
  FROM outreach_event AS event JOIN outreach_delivery AS delivery ON delivery.id = event.delivery_id
 WHERE event.kind = 'complaint' AND wave_id = (SELECT id FROM campaigns_wave WHERE mailing_id = %(mailing)s)
   AND event.at >= (SELECT at FROM campaigns_wave WHERE mailing_id = %(mailing)s)
 GROUP BY 1
"""  # the time lets the index of bad news be used
UNSUBSCRIBED = """
SELECT wording_name, count(*)
  FROM campaigns_supporter AS supporter JOIN outreach_delivery AS delivery ON delivery.supporter_id = supporter.id
 WHERE supporter.campaign_id = %(campaign)s AND opted_out_at > sent_at
   AND wave_id = (SELECT id FROM campaigns_wave WHERE mailing_id = %(mailing)s)
 GROUP BY 1
"""
