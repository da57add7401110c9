"""From reports to states: everything that was told of a message decides, whatever came first."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import connection, transaction

from outreach.fate import Fate, Told, fate
from outreach.ledger import Found, Ledger, settle_deliveries
from outreach.letters.ledger import settle_mailbags
from outreach.report import Report
from outreach.suppression import Suppression

LEDGERS: tuple[Ledger, ...] = (settle_deliveries, settle_mailbags)
AT_ONCE = 1000
ByKey = Mapping[uuid.UUID, Sequence[Report]]


def fold(now: datetime) -> int:
    """Fold what has not been folded, one process at a time. Answers how many reports were."""
    folded, after = 0, 0
    while True:
        with transaction.atomic():
            if not _try_lock():
                return folded
            fresh = list(Report.objects.filter(folded_at=None, pk__gt=after).order_by("id")[:AT_ONCE])
            if not fresh:
                return folded
            folded, after = folded + _fold(_by_key(fresh), now), fresh[-1].pk


def _fold(fresh: ByKey, now: datetime) -> int:
    """What lies on the wire just now is left for another time; what no ledger knows is kept, and shown as such."""
    told = _told(fresh)
    found: dict[uuid.UUID, Found] = {}
    for ledger in LEDGERS:
        found |= ledger({key: each for key, each in told.items() if key not in found}, now)
    done = {key: reports for key, reports in fresh.items() if key not in found or found[key].is_settled}
    supporters = {key for key, each in found.items() if each.is_to_supporter}
    _suppress(done, supporters, now)
    Report.objects.filter(pk__in=_ids(done)).update(folded_at=now)
    Report.objects.filter(pk__in=_ids({key: done[key] for key in done if key not in found})).update(is_ours=False)
    return len(_ids(done))


def _told(fresh: ByKey) -> dict[uuid.UUID, Told]:
    ever = _by_key(Report.objects.filter(key__in=list(fresh)))
    return {
        key: Told(_fate(ever[key]), _fate(reports), [each.news() for each in reports]) for key, reports in fresh.items()
    }


def _suppress(done: ByKey, supporters: set[uuid.UUID], now: datetime) -> None:
    """Never use an address again whose owner said so, or where no supporter is to be found."""
    reasons: dict[str, str] = {}
    for key, reports in done.items():
        by_address: dict[str, list[Report]] = defaultdict(list)
        for report in reports:
            by_address[report.digest].append(report)
        for digest, told in by_address.items():
            if digest and (reason := _reason(_fate(told), is_to_supporter=key in supporters)):
                reasons[digest] = reason
    rows = [Suppression(channel="email", digest=each, reason=reason, at=now) for each, reason in reasons.items()]
    Suppression.objects.bulk_create(sorted(rows, key=lambda row: row.digest), ignore_conflicts=True)


def _reason(known: Fate, *, is_to_supporter: bool) -> str:
    if known.complained:
        return "Called a message spam"
    if known.left:
        return "Wants no more messages"
    return "Nobody is to be found at this address" if known.is_dead and is_to_supporter else ""


def _fate(reports: Iterable[Report]) -> Fate:
    return fate(report.news() for report in reports)


def _by_key(reports: Iterable[Report]) -> dict[uuid.UUID, list[Report]]:
    found: dict[uuid.UUID, list[Report]] = defaultdict(list)
    for report in reports:
        if report.key is not None:
            found[report.key].append(report)
    return found


def _ids(reports: ByKey) -> list[int]:
    return [report.pk for each in reports.values() for report in each]


def _try_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended('fold reports', 0))")
        return bool(cursor.fetchone()[0])
