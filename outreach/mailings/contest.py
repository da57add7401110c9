"""What readers of each wording did, and which one the rest gets: counted once, when the test ends, and kept."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from django.db import connection

from campaigns.contest import Interval, Result, Verdict, verdict
from campaigns.mailing import Mailing

Measure = Mailing.Measure


def decide(mailing: Mailing, now: datetime) -> Verdict:
    """Count, choose the wording for the rest (the first, if there are too few to tell) and keep what was counted."""
    counted = results(mailing, mailing.test_ends_at or now)
    found = judged(mailing, counted)
    mailing.chosen = found.winner or mailing.wordings[0]
    mailing.decision = {
        "at": (mailing.test_ends_at or now).isoformat(),
        "winner": found.winner,
        "results": [asdict(each) for each in counted],
    }
    mailing.save(update_fields=["chosen", "decision"])
    return found


def verdict_of(mailing: Mailing, now: datetime) -> tuple[list[Result], Verdict] | None:
    """What was counted when the test ended, and what follows from it; None before, for who looks early sees winners
    that are none.
    """
    if not mailing.is_contest or mailing.test_ends_at is None or now < mailing.test_ends_at:
        return None
    if mailing.decision:
        counted = [Result(**each) for each in mailing.decision["results"]]
    elif mailing.test_share:
        return None  # the worker is about to decide
    else:
        counted = results(mailing, mailing.test_ends_at)
    return counted, judged(mailing, counted)


def judged(mailing: Mailing, counted: Sequence[Result]) -> Verdict:
    return verdict(counted, more_is_better=mailing.measure != Measure.UNSUBSCRIBES)


def results(mailing: Mailing, until: datetime) -> list[Result]:
    """Of those who were sent each wording by `until`: how many, and how many of them did what is measured after it."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT.format(did=DID[Measure(mailing.measure)]), {"wave": mailing.wave.pk, "until": until})
        found = {wording: (readers, did) for wording, readers, did in cursor.fetchall()}
    return [Result(wording, *found.get(wording, (0, 0))) for wording in mailing.wordings]


def interval_in_words(interval: Interval) -> str:
    """In per cent, with one decimal."""
    return f"{100 * interval.low:.1f} to {100 * interval.high:.1f} %"


COUNT = """
SELECT delivery.wording_name, count(*), count(*) FILTER (WHERE {did})
  FROM outreach_delivery AS delivery JOIN campaigns_supporter AS supporter ON supporter.id = delivery.supporter_id
 WHERE delivery.wave_id = %(wave)s AND delivery.state IN ('sent', 'delivered') AND delivery.sent_at <= %(until)s
 GROUP BY delivery.wording_name
"""
DID = {
    Measure.LETTERS: """EXISTS (SELECT FROM outreach_letter AS letter WHERE letter.supporter_id = supporter.id
      AND letter.confirmed_at > delivery.sent_at AND letter.confirmed_at <= %(until)s)""",
    Measure.SIGNATURES: """EXISTS (SELECT FROM campaigns_signature AS signature
      WHERE signature.supporter_id = supporter.id AND signature.state = 'confirmed'
        AND signature.confirmed_at > delivery.sent_at AND signature.confirmed_at <= %(until)s)""",
    Measure.UNSUBSCRIBES: "supporter.opted_out_at > delivery.sent_at AND supporter.opted_out_at <= %(until)s",
}
