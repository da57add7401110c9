"""The closing report for machines."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from campaigns.text import in_language
from outreach.closing.report import TOO_FEW, Report, Spell, Standing, Tally
from outreach.closing.words import SAID

DAY = timedelta(days=1)


def document(report: Report) -> dict[str, Any]:
    """Everything the report says. Instants carry the offset of the campaign's zone; spans are days."""
    book = report.book

    def local(at: datetime | None) -> str | None:
        return at.astimezone(ZoneInfo(book.time_zone)).isoformat() if at else None

    return {
        "campaign": book.slug,
        "title": dict(book.title),
        "is_final": report.is_final,
        "is_invented": book.is_invented,
        "time_zone": book.time_zone,
        "published_at": local(book.published_at),
        "deadline": local(book.deadline),
        "as_of": local(book.as_of),
        "closed_at": local(book.closed_at),
        "total": _tally(report.whole),
        "letters": dict(report.reached),
        "answers": dict(report.words),
        "demands": [
            {"demand": key, "title": dict(book.demands[key]), "outcomes": dict(found)}
            for key, found in report.deeds.items()
        ],
        "steps": [
            {"step": step, "first_began_at": local(at), "addressees": number} for step, at, number in report.begun()
        ],
        "messages": [
            {
                "step": line.step,
                "reminder": line.reminder,
                "channel": line.channel,
                "in_public": line.is_public,
                "group": line.group or None,
                "total": line.total,
                "reached": dict(line.reached),
            }
            for line in report.lines()
        ],
        "days_to_answer": _spell(report.to_answer),
        "days_to_action": _spell(report.to_act),
        "groups": [{"title": dict(title), **_tally(tally)} for title, tally in report.groups()],
        "addressees": [_addressee(standing, local) for standing in report.standings],
        "too_few": TOO_FEW,
        "method": [sentence.format(n=TOO_FEW) for sentence in SAID["en"].methods],
        "record": book.record,
        "evidence": book.evidence,
    }


def _tally(tally: Tally) -> dict[str, Any]:
    return {
        "asked": tally.asked,
        "proven_delivered": tally.proven,
        "answered": tally.answered,
        "acted": tally.acted,
        "is_comparable": tally.is_comparable,
    }


def _spell(spell: Spell | None) -> dict[str, Any]:
    if spell is None:
        return {"number": 0, "shortest": None, "median": None, "longest": None}
    middle = _days(spell.middle) if spell.middle is not None else None
    return {
        "number": spell.number,
        "shortest": _days(spell.shortest),
        "median": middle,
        "longest": _days(spell.longest),
    }


def _addressee(standing: Standing, local: Any) -> dict[str, Any]:
    account = standing.account
    return {
        "addressee": account.key,
        "name": in_language(account.name),
        "status": account.status,
        "letter": standing.reach,
        "first_proof_at": local(standing.first_proof_at),
        "answer": standing.word,
        "answered_at": local(standing.answered_at),
        "acted_at": local(account.acted_at),
        "demands_met": standing.closed,
        "demands": dict(_demands(standing, local)),
    }


def _demands(standing: Standing, local: Any) -> Iterator[tuple[str, dict[str, Any] | None]]:
    for demand, recorded in standing.deeds.items():
        if recorded is None:
            yield demand, None
        else:
            until = recorded.until.isoformat() if recorded.until else None
            yield demand, {"outcome": recorded.deed, "at": local(recorded.at), "until": until}


def _days(length: timedelta) -> float:
    return round(length / DAY, 2)
