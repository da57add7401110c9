"""Facts from what was intended and decided: the campaign, whom it asks, its steps, reasons to wait, outcomes."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db.models import Q

from campaigns.appeal import Appeal
from campaigns.approval import Approval
from campaigns.campaign import Campaign
from campaigns.group import Membership
from campaigns.hold import Hold
from campaigns.intervention import Intervention
from campaigns.outcome import Outcome
from campaigns.review import Review
from campaigns.version import Version
from campaigns.wave import Pause, Skip, Turn
from outreach.evidence.canonical import canonical
from outreach.evidence.discreet import discreet
from outreach.evidence.fact import Fact, when
from outreach.evidence.mark import EvidenceMark
from outreach.evidence.marked import Marks, abouts, file_of, moment, of_appeal, rows_of
from outreach.exhibit import Exhibit

ENDED = (Appeal.Status.ACTED, Appeal.Status.EXHAUSTED, Appeal.Status.WITHDRAWN)


def publications(marks: Marks) -> Iterator[Fact]:
    """What is demanded, of whom, by when, as the public was told."""
    campaigns = Campaign.objects.prefetch_related("demands", "steps", "groups")
    for campaign in campaigns.filter(pk__in=abouts(marks), published_at__isnull=False).order_by("slug"):
        demands = [{"number": d.number, "key": d.key, "title": d.title, "text": d.text} for d in campaign.demands.all()]
        steps = [
            {"number": s.number, "key": s.key, "title": s.title, "patience": int(s.patience.total_seconds())}
            for s in campaign.steps.all()
        ]
        names = ("slug", "title", "summary", "languages", "time_zone", "website", "clock", "satisfied")
        told = {name: getattr(campaign, name) for name in names} | {
            "published_at": when(campaign.published_at),
            "invented": campaign.is_invented,
            "asked": [{"key": g.key, "title": g.title} for g in campaign.groups.all() if g.key in campaign.put_to],
            "demands": demands,
            "steps": steps,
        }
        yield Fact(
            campaign=campaign.pk,
            kind="publication",
            about=str(campaign.pk),
            at=campaign.published_at,
            told=told,
            changes=True,
        )


def appeals(marks: Marks) -> Iterator[Fact]:
    """Whom the demands are put to, and how that ended."""
    asked = rows_of(Appeal.objects.select_related("addressee", "campaign"), marks)
    capacities = _capacities(asked.values())
    for mark in marks:
        if appeal := asked.get(mark.about):
            office = appeal.addressee
            told = {
                "name": office.name,
                "holder": office.holder,
                "country": office.country,
                "capacities": capacities[appeal.campaign_id, office.pk],
            }
            yield of_appeal(appeal, "asked", appeal.pk, None, told, changes=True)
            if end := _end(appeal, mark):
                yield end


def _end(appeal: Appeal, mark: EvidenceMark) -> Fact | None:
    """How it stands, if it has ended, or has been opened again after it had."""
    seen = mark.seen or {}
    status = seen.get("status", appeal.status)
    if status not in ENDED and not seen:
        return None
    at = moment(seen["ended_at"]) if seen else appeal.ended_at
    return of_appeal(appeal, "end", appeal.pk, at, {"status": status, "ended_at": when(at)}, changes=True)


def turns(marks: Marks) -> Iterator[Fact]:
    """Openings, reminders, and escalations with the deadline that was missed."""
    rows = Turn.objects.select_related("step", "appeal__addressee").filter(pk__in=abouts(marks))
    for turn in rows.order_by("at", "step__number", "reminder", "appeal__addressee__key"):
        told = {
            "kind": turn.kind,
            "step": turn.step.key,
            "reminder": turn.reminder,
            "wave": str(turn.wave_id),
            "due_at": when(turn.due_at),
            "missed_at": when(turn.missed_at),
        }
        yield of_appeal(turn.appeal, "turn", turn.pk, turn.at, told)


def skips(marks: Marks) -> Iterator[Fact]:
    """Steps that were left out, because their conditions did not hold."""
    rows = Skip.objects.select_related("step", "appeal__addressee").filter(pk__in=abouts(marks))
    for skip in rows.order_by("at", "step__number", "appeal__addressee__key"):
        told = {"step": skip.step.key, "sentence": skip.sentence}
        yield of_appeal(skip.appeal, "skip", skip.pk, skip.at, told)


def approvals(marks: Marks) -> Iterator[Fact]:
    """That somebody approved a step before it went, as it was then; and that they took that back."""
    rows = rows_of(Approval.objects.select_related("step"), marks)
    for mark in marks:
        if approval := rows.get(mark.about):
            taken_back_at = moment(mark.seen["taken_back_at"]) if mark.seen else approval.taken_back_at
            told = {
                "step": approval.step.key,
                "sha256": approval.content,
                "taken_back_at": when(taken_back_at),
            }
            yield Fact(
                campaign=approval.step.campaign_id,
                kind="approval",
                about=str(approval.pk),
                at=taken_back_at or approval.at,
                told=told,
                kept={"by": approval.author},
                changes=True,
            )


def pauses(marks: Marks) -> Iterator[Fact]:
    """Why something that was due did not happen, from when to when."""
    rows = rows_of(Pause.objects.select_related("step", "appeal__addressee"), marks)
    for mark in marks:
        if pause := rows.get(mark.about):
            seen = mark.seen or {"sentence": pause.sentence, "until": pause.until, "ended_at": pause.ended_at}
            ended_at = moment(seen["ended_at"])
            told = {
                "step": pause.step.key if pause.step else None,
                "reason": pause.code,
                "sentence": seen["sentence"],
                "began_at": when(pause.began_at),
                "until": when(moment(seen["until"])),
                "ended_at": when(ended_at),
            }
            yield of_appeal(pause.appeal, "pause", pause.pk, ended_at or pause.began_at, told, changes=True)


def interventions(marks: Marks) -> Iterator[Fact]:
    """That a person, or a rule, changed what a clock does, and why."""
    rows = Intervention.objects.select_related("appeal__addressee").filter(pk__in=abouts(marks)).order_by("id")
    for each in rows:
        told = {
            "kind": each.kind,
            "reason": discreet(each.reason),
            "due_before": when(each.due_before),
            "due_after": when(each.due_after),
        }
        yield of_appeal(each.appeal, "intervention", each.pk, each.at, told, kept={"by": each.author})


def versions(marks: Marks) -> Iterator[Fact]:
    """That the campaign was changed while it was public. The list of changes may name addresses."""
    for version in Version.objects.filter(pk__in=abouts(marks), is_live=True).order_by("number"):
        changes = canonical(version.changes).decode()
        yield Fact(
            campaign=version.campaign_id,
            kind="version",
            about=str(version.pk),
            at=version.at,
            told={"number": version.number, "sha256": version.digest, "changes": len(version.changes)},
            kept={"by": version.author, "changes": changes},
        )


def holds(marks: Marks) -> Iterator[Fact]:
    """What was stopped, by decision and with a reason; in every campaign it concerns. What waits for supporters only,
    such as a mailing, is not told.
    """
    rows = rows_of(Hold.objects.filter(mailing=None).select_related("step", "addressee"), marks)
    for mark in marks:
        if hold := rows.get(mark.about):
            lifted_at = moment(mark.seen["lifted_at"]) if mark.seen else hold.lifted_at
            told = {
                "on": _held(hold),
                "channel": hold.channel,
                "step": hold.step.key if hold.step else None,
                "reason": discreet((hold.note if hold.is_on_everything() else "") or hold.reason),
                "began_at": when(hold.began_at),
                "until": when(hold.until),
                "lifted_at": when(lifted_at),
            }
            kept = {"by": hold.author, "domain": hold.domain, "lifted_by": hold.lifted_by}
            for campaign in _concerned(hold):
                yield Fact(
                    campaign=campaign,
                    kind="hold",
                    about=str(hold.pk),
                    at=lifted_at or hold.began_at,
                    told=told,
                    kept={name: value for name, value in kept.items() if value},
                    addressee=hold.addressee.key if hold.addressee else "",
                    changes=True,
                )


def outcomes(marks: Marks) -> Iterator[Fact]:
    """The position ledger. A correction is an entry of its own, which says what it corrects."""
    rows = Outcome.objects.select_related("demand", "appeal__addressee").filter(pk__in=abouts(marks)).order_by("id")
    shown = {each.pk: file_of(each) for each in Exhibit.objects.filter(pk__in=[row.shown_by for row in rows])}
    for outcome in rows:
        earlier = Outcome.objects.filter(appeal=outcome.appeal_id, demand=outcome.demand_id, pk__lt=outcome.pk)
        told = {
            "demand": outcome.demand.key,
            "kind": outcome.kind,
            "until": outcome.until.isoformat() if outcome.until else None,
            "summary": discreet(outcome.summary),
            "evidence": discreet(outcome.evidence),
            "evidence_kind": outcome.evidence_kind,
            "shown_by": _about(outcome.shown_by),
            "files": [shown[outcome.shown_by]] if outcome.shown_by in shown else [],
            "corrects": _about(earlier.order_by("-id").values_list("pk", flat=True).first()),
        }
        kept = {"by": outcome.author, "evidence": outcome.evidence, "summary": outcome.summary}
        yield of_appeal(outcome.appeal, "outcome", outcome.pk, outcome.at, told, kept=kept)


def reviews(marks: Marks) -> Iterator[Fact]:
    """A second person looked at an outcome and what shows it."""
    rows = Review.objects.select_related("outcome__appeal__addressee").filter(pk__in=abouts(marks)).order_by("id")
    for review in rows:
        told = {"outcome": str(review.outcome_id), "holds": review.holds, "note": discreet(review.note)}
        kept = {"by": review.reviewer, "note": review.note}
        yield of_appeal(review.outcome.appeal, "review", review.pk, review.at, told, kept=kept)


def _capacities(asked: Iterable[Appeal]) -> dict[tuple[uuid.UUID, uuid.UUID], list[str]]:
    found: dict[tuple[uuid.UUID, uuid.UUID], list[str]] = defaultdict(list)
    members = Membership.objects.select_related("group").filter(
        group__campaign__in={appeal.campaign_id for appeal in asked},
        addressee__in={appeal.addressee_id for appeal in asked},
    )
    for each in members.order_by("group__number"):
        if each.capacity and each.capacity not in found[each.group.campaign_id, each.addressee_id]:
            found[each.group.campaign_id, each.addressee_id].append(each.capacity)
    return found


def _held(hold: Hold) -> str:
    if hold.addressee:
        return "addressee"
    if hold.step:
        return "step"
    if hold.domain or hold.channel:
        return "domain" if hold.domain else "channel"
    return "everything" if hold.is_on_everything() else "campaign"


def _concerned(hold: Hold) -> Iterable[uuid.UUID]:
    if hold.campaign_id:
        return [hold.campaign_id]
    published = Campaign.objects.filter(published_at__isnull=False)
    published = published.filter(Q(closed_at=None) | Q(closed_at__gte=hold.began_at))
    if hold.addressee_id:
        published = published.filter(appeals__addressee=hold.addressee_id)
    return published.order_by("slug").values_list("pk", flat=True)


def _about(pk: object) -> str | None:
    return None if pk is None else str(pk)
