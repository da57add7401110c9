"""Facts from what happened: messages, what was proven of them, and what came back."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Prefetch

from campaigns.ladder import SUPPORTERS
from channels.channel import CHANNELS
from outreach.attachment import Attachment
from outreach.delivery import Delivery
from outreach.event import Event
from outreach.evidence.canonical import canonical
from outreach.evidence.discreet import discreet, private, without
from outreach.evidence.fact import Fact, instant
from outreach.evidence.marked import Marks, abouts, file_of, moment, of_appeal, rows_of
from outreach.foot import answer_of
from outreach.report import Report
from outreach.response import Response
from outreach.statement import Statement

State = Delivery.State
TRIED = (State.SENT, State.DELIVERED, State.BOUNCED, State.REFUSED, State.UNKNOWN)
ATTACHMENTS = Prefetch("incoming__attachments", Attachment.objects.defer("content"))
PROOFS = (*TRIED, "complaint", "proof added")


def deliveries(marks: Marks) -> Iterator[Fact]:
    """Each message that was tried, with its words; and each thing that was then told of it."""
    parts = ("step", "wave", "addressee", "contact_point", "supporter", "sheet", "wording", "appeal__addressee")
    rows = Delivery.objects.select_related(*parts).exclude(audience=SUPPORTERS).filter(pk__in=abouts(marks))
    found = {row.pk: row for row in rows}
    reports = _reports({row.name_on_the_wire for row in found.values()})
    for row in found.values():
        if row.state in TRIED:
            yield _message(row)
    for event in Event.objects.filter(delivery__in=list(found), kind__in=PROOFS).order_by("id"):
        row = found[event.delivery_id]
        yield _proof(row, event, reports[row.name_on_the_wire])


def responses(marks: Marks) -> Iterator[Fact]:
    """What came back; and who, a person or a rule, said of what kind it is."""
    together = Response.objects.select_related("appeal__addressee", "incoming", "statement").defer("incoming__raw")
    rows = rows_of(together.prefetch_related(ATTACHMENTS, "statement__positions__demand"), marks)
    for response in rows.values():
        statement = getattr(response, "statement", None)
        is_public = statement is not None and statement.may_be_published
        told = {
            "channel": response.channel,
            "language": response.language,
            "received_at": instant(response.received_at),
            "invented": response.is_invented,
            "doubt": response.doubt,
            "publish": is_public,
            "raw_sha256": response.incoming.sha256 if response.incoming else None,
            "files": [file_of(each) for each in response.incoming.attachments.all()] if response.incoming else [],
        }
        words = {"words": response.text, **_masked(response.text, private(response.text))}
        kept = {"by": response.recorded_by, "stated": _stated(statement), **words}
        yield of_appeal(response.appeal, "response", response.pk, response.received_at, told, kept=kept)
    for mark in marks:
        response = rows.get(mark.about)
        said = mark.seen or _reading(response)
        if response and said["kind"]:
            yield _read(response, said)


def _stated(statement: Statement | None) -> str:
    """What an office said of each demand on its answer page, as canonical JSON; empty if it did not."""
    if statement is None:
        return ""
    stances = [
        {
            "demand": stance.demand.key,
            "kind": stance.kind,
            "until": stance.until.isoformat() if stance.until else None,
            "words": discreet(stance.words),
        }
        for stance in statement.positions.all()
    ]
    return canonical({"function": statement.function, "stances": stances}).decode()


def _message(delivery: Delivery) -> Fact:
    words = delivery.words
    told = {
        "audience": delivery.audience,
        "to": delivery.addressee.key if delivery.addressee else None,
        "channel": delivery.channel,
        "public": CHANNELS[delivery.channel].is_public,
        "language": delivery.language,
        "wording": f"{delivery.wording.name} {delivery.wording.version}" if delivery.wording else None,
        "step": delivery.wave.of_step.key,
        "reminder": delivery.wave.reminder,
        "wave": str(delivery.wave_id),
        "attempt": delivery.attempts,
        "together_with": str(delivery.digest) if delivery.digest else None,
        "instead_of": str(delivery.instead_of_id) if delivery.instead_of_id else None,
    }
    kept = {"address": delivery.address, "subject": words.subject, "words": words.text, "html": words.html}
    kept |= _masked(words.text, answer_of(delivery.appeal_id, delivery.audience, delivery.channel) or ())
    return Fact(
        campaign=delivery.campaign_id,
        kind="message",
        about=str(delivery.pk),
        at=delivery.tried_at or delivery.sent_at or delivery.due_at,
        told=told,
        kept={name: value for name, value in kept.items() if value},
        addressee=delivery.appeal.addressee.key if delivery.appeal else "",
        changes=True,
    )


def _proof(delivery: Delivery, event: Event, reports: list[Report]) -> Fact:
    kept = {"said": canonical(_plain(event.detail)).decode() if event.detail else ""}
    kept |= {f"news-{report.pk}": canonical(_news(report)).decode() for report in reports}
    return Fact(
        campaign=delivery.campaign_id,
        kind="proof",
        about=str(event.pk),
        at=event.at,
        told={
            "message": str(delivery.pk),
            "state": event.kind,
            "wire": delivery.wire,
            "by_a_person": "by" in event.detail,
            "file": event.detail.get("sha256"),
        },
        kept={name: value for name, value in kept.items() if value},
        addressee=delivery.appeal.addressee.key if delivery.appeal else "",
    )


def _reading(response: Response | None) -> dict[str, Any]:
    if response is None:
        return {"kind": ""}
    return {"kind": response.kind, "kind_by": response.kind_by, "read_at": response.read_at}


def _read(response: Response, said: dict[str, Any]) -> Fact:
    at: datetime | None = moment(said["read_at"])
    told = {"kind": said["kind"], "read_at": instant(at) if at else None}
    return of_appeal(
        response.appeal, "reading", response.pk, at, told, kept={"by": said["kind_by"] or ""}, changes=True
    )


def _masked(words: str, secrets: Sequence[str]) -> dict[str, str]:
    """What everybody may read, where that is not all; and what was left out, to be left out when secrets are others."""
    shown = without(words, secrets)
    return {} if shown == words else {"shown": shown, "left_out": canonical(list(secrets)).decode()}


def _reports(keys: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[Report]]:
    found: dict[uuid.UUID, list[Report]] = defaultdict(list)
    for report in Report.objects.filter(key__in=list(keys)).order_by("id"):
        if report.key is not None:
            found[report.key].append(report)
    return found


def _news(report: Report) -> dict[str, str]:
    kept = ("provider", "name", "kind", "said", "reason", "code")
    return {**{name: getattr(report, name) for name in kept}, "at": instant(report.at)}


def _plain(detail: Any) -> Any:
    """Without fractions, for which the log has no form: they are written as text."""
    match detail:
        case dict():
            return {str(name): _plain(each) for name, each in detail.items()}
        case list():
            return [_plain(each) for each in detail]
        case float():
            return str(detail)
        case _:
            return detail
