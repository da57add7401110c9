"""What of ours shows an outcome: one of their answers, or a file that somebody gave us."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import models, transaction

from campaigns.appeal import Appeal
from campaigns.demand import Demand
from campaigns.outcome import NotRecordable, Outcome, record_outcome
from campaigns.words.dates import day
from channels.channel import CHANNELS
from outreach.response import Response
from outreach.sealed_file import NotKept, SealedFile, good_name, media_type_of

MOST = 50  # for one appeal


class Exhibit(SealedFile):
    """A photograph or PDF that shows what an addressee did; one may show several outcomes."""

    appeal = models.ForeignKey(Appeal, models.CASCADE, related_name="exhibits")

    class Meta(SealedFile.Meta):
        constraints = [models.UniqueConstraint(fields=["appeal", "sha256"], name="an_exhibit_is_kept_once")]


@dataclass(frozen=True, slots=True)
class Shown:
    """What shows an outcome: a link, or words; with an answer of theirs or a file these may be empty."""

    words: str = ""
    response: Response | None = None
    exhibit: Exhibit | None = None


@transaction.atomic
def keep_exhibit(appeal: Appeal, content: bytes, *, name: str, by: str, now: datetime) -> Exhibit:
    """Keep a file with its hash; the same file again changes nothing. Raises NotRecordable if it cannot be kept."""
    try:
        media_type = media_type_of(content)
    except NotKept as reason:
        raise NotRecordable(str(reason), "file") from None
    Appeal.objects.select_for_update().get(pk=appeal.pk)
    exhibit = Exhibit.of(
        content, name=good_name(name, media_type), media_type=media_type, by=by, now=now, appeal=appeal
    )
    if kept := appeal.exhibits.filter(sha256=exhibit.sha256).first():
        return kept
    if appeal.exhibits.count() >= MOST:
        raise NotRecordable(f"{MOST} files of this appeal are kept already", "file")
    exhibit.save(force_insert=True)
    return exhibit


def record_shown(
    appeal: Appeal,
    demand: Demand,
    kind: str,
    shown: Shown,
    *,
    author: str,
    now: datetime,
    until: date | None = None,
    summary: str = "",
) -> Outcome:
    """Record an outcome with what shows it. Raises NotRecordable as `record_outcome` does."""
    evidence, evidence_kind, shown_by = shown.words.strip(), "", None
    if shown.response is not None:
        _refuse_of_another(appeal, shown.response, "response")
        evidence = "; ".join(filter(None, [answer_named(shown.response), evidence]))
        evidence_kind, shown_by = Outcome.Shown.RESPONSE, shown.response.pk
    elif shown.exhibit is not None:
        _refuse_of_another(appeal, shown.exhibit, "file")
        evidence = "; ".join(filter(None, [shown.exhibit.name, evidence]))
        evidence_kind, shown_by = Outcome.Shown.FILE, shown.exhibit.pk
    return record_outcome(
        appeal,
        demand,
        kind,
        evidence=evidence,
        evidence_kind=evidence_kind,
        shown_by=shown_by,
        author=author,
        now=now,
        until=until,
        summary=summary,
    )


def answer_named(response: Response) -> str:
    """How an entry of the ledger calls an answer: by its day on the campaign's clock, and how it came."""
    campaign = response.appeal.campaign
    how = CHANNELS[response.channel].title if response.channel in CHANNELS else response.channel
    return f"Their answer of {day(response.received_at, 'en', campaign.time_zone)} ({how})"


def _refuse_of_another(appeal: Appeal, shown: Response | Exhibit, field: str) -> None:
    if shown.appeal_id != appeal.pk:
        raise NotRecordable("This belongs to another addressee, and shows nothing of this one", field)
