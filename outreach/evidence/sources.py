"""Where facts come from: for each kind of mark, who reads it, and what of a whole campaign should be in the log."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime

from django.db import connection

from campaigns.campaign import Campaign
from outreach.evidence import happened, intended
from outreach.evidence.fact import KINDS, Fact
from outreach.evidence.mark import EvidenceMark
from outreach.evidence.marked import Marks

SOURCES: dict[str, Callable[[Marks], Iterator[Fact]]] = {
    "campaign": intended.publications,
    "appeal": intended.appeals,
    "turn": intended.turns,
    "delivery": happened.deliveries,
    "response": happened.responses,
    "outcome": intended.outcomes,
    "review": intended.reviews,
    "skip": intended.skips,
    "approval": intended.approvals,
    "pause": intended.pauses,
    "intervention": intended.interventions,
    "version": intended.versions,
    "hold": intended.holds,
}
FIRST = {"publication": 0, "asked": 1}
LONG_AGO = datetime.min.replace(tzinfo=UTC)
OF_APPEALS = "JOIN campaigns_appeal AS appeal ON appeal.id = it.appeal_id WHERE appeal.campaign_id = %(campaign)s"
UNLESS_NOTED = """ AND NOT EXISTS (SELECT 1 FROM outreach_evidence AS noted
  WHERE noted.campaign_id = %(campaign)s AND noted.kind = '{kind}' AND noted.about = it.id::text)"""
WHOLE = {
    "appeal": "SELECT it.id FROM campaigns_appeal AS it WHERE it.campaign_id = %(campaign)s",
    "turn": f"SELECT it.id FROM campaigns_turn AS it {OF_APPEALS}{UNLESS_NOTED.format(kind='turn')}",
    "skip": f"SELECT it.id FROM campaigns_skip AS it {OF_APPEALS}{UNLESS_NOTED.format(kind='skip')}",
    "approval": """SELECT it.id FROM campaigns_approval AS it JOIN campaigns_step AS step ON step.id = it.step_id
                    WHERE step.campaign_id = %(campaign)s""",
    "delivery": """SELECT DISTINCT delivery.id FROM outreach_delivery AS delivery
                     JOIN outreach_event AS it ON it.delivery_id = delivery.id
                    WHERE delivery.campaign_id = %(campaign)s AND delivery.audience <> 'supporters'
                      AND it.kind IN ('sent', 'delivered', 'bounced', 'refused', 'unknown', 'complaint', 'proof added')
                """
    + UNLESS_NOTED.format(kind="proof"),
    "response": f"SELECT it.id FROM outreach_response AS it {OF_APPEALS}",
    "outcome": f"SELECT it.id FROM campaigns_outcome AS it {OF_APPEALS}{UNLESS_NOTED.format(kind='outcome')}",
    "review": f"""SELECT it.id FROM campaigns_review AS it
                  JOIN campaigns_outcome AS outcome ON outcome.id = it.outcome_id
                  JOIN campaigns_appeal AS appeal ON appeal.id = outcome.appeal_id
                 WHERE appeal.campaign_id = %(campaign)s{UNLESS_NOTED.format(kind="review")}""",
    "pause": f"SELECT it.id FROM campaigns_pause AS it {OF_APPEALS}",
    "intervention": "SELECT it.id FROM campaigns_intervention AS it WHERE it.campaign_id = %(campaign)s"
    + UNLESS_NOTED.format(kind="intervention"),
    "version": "SELECT it.id FROM campaigns_version AS it WHERE it.is_live AND it.campaign_id = %(campaign)s"
    + UNLESS_NOTED.format(kind="version"),
    "hold": """SELECT it.id FROM campaigns_hold AS it JOIN campaigns_campaign AS campaign ON campaign.id = %(campaign)s
                WHERE (it.campaign_id = campaign.id OR it.campaign_id IS NULL)
                  AND (it.lifted_at IS NULL OR it.lifted_at >= campaign.published_at)
                  AND (it.addressee_id IS NULL OR EXISTS (SELECT 1 FROM campaigns_appeal AS appeal
                       WHERE appeal.campaign_id = campaign.id AND appeal.addressee_id = it.addressee_id))""",
}


def facts_of(marks: Iterable[EvidenceMark]) -> list[Fact]:
    """What these marks speak of, as things stand now, in the order in which it happened."""
    by_kind: dict[str, list[EvidenceMark]] = {}
    for mark in marks:
        by_kind.setdefault(mark.kind, []).append(mark)
    found = [fact for kind, source in SOURCES.items() if kind in by_kind for fact in source(by_kind[kind])]
    return [fact for _, fact in sorted(_keyed(found), key=lambda keyed: keyed[0])]


def _keyed(found: Iterable[Fact]) -> Iterator[tuple[tuple[int, datetime, int], Fact]]:
    """What was published and whom it asks first, then as it happened. Of one thing, the order in which it changed."""
    reached: dict[tuple[str, str], datetime] = {}
    for fact in found:
        at = max(fact.at or LONG_AGO, reached.get(fact.name, LONG_AGO))
        reached[fact.name] = at
        yield (FIRST.get(fact.kind, len(FIRST)), at, KINDS.index(fact.kind)), fact


def mark_all(campaign: Campaign) -> None:
    """Mark what of this campaign is not in the log, or may have changed since. What is as the log has it stays out."""
    with connection.cursor() as cursor:
        for kind, ids in {"campaign": "SELECT %(campaign)s::uuid", **WHOLE}.items():
            cursor.execute(
                f"INSERT INTO outreach_evidencemark (kind, about) SELECT '{kind}', marked.id::text "
                f"FROM ({ids}) AS marked(id) ORDER BY marked.id",
                {"campaign": campaign.pk},
            )
