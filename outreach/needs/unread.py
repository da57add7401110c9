"""Answers that nobody has read: a rule proposes what kind each is, a person says it."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import User

from campaigns.appeal import Appeal
from campaigns.outcome import NotRecordable
from campaigns.text import in_language
from channels.channel import CHANNELS
from outreach.needs.need import MOST, Choice, IsGone, Kind, Need, NotSettled, Scope, Stated, excerpt, name_of
from outreach.response import Response
from outreach.statement import Statement
from outreach.stating import record_as_stated

RECORD = "record"
KINDS = (
    Response.Kind.ACKNOWLEDGEMENT, Response.Kind.DEFLECTION, Response.Kind.SUBSTANTIVE, Response.Kind.COMMITMENT,
    Response.Kind.REFUSAL, Response.Kind.AUTO_REPLY,
)  # fmt: skip


class Unread(Kind):
    name = "answer"
    title = "Unread answers"

    def among(self, scope: Scope, now: datetime, only: UUID | None = None) -> Iterator[Need]:
        rows = Response.objects.filter(appeal__campaign__in=scope.campaigns, read_at=None)
        rows = rows if only is None else rows.filter(pk=only)
        together = ("appeal__campaign", "appeal__addressee", "incoming", "statement")
        for response in rows.select_related(*together).defer("incoming__raw").order_by("received_at", "pk")[:MOST]:
            yield _need(response)

    def settle(self, need: Need, do: str, said: Mapping[str, str], by: User, now: datetime) -> str:
        response = Response.objects.select_for_update(of=("self",)).filter(pk=need.ref, read_at=None).first()
        if response is None:
            raise IsGone
        if do == RECORD:
            try:
                outcomes = record_as_stated(response, author=name_of(by), now=now)
            except NotRecordable as reason:
                raise NotSettled(str(reason)) from None
            return f"Recorded as {need.addressee} states it: {len(outcomes)} in the ledger."
        if not response.read(do, name_of(by), now):
            raise NotSettled("Say what kind of answer it is")
        return f"Read: {response.kind}. An answer stops no clock; an outcome does."


def _need(response: Response) -> Need:
    appeal, statement = response.appeal, getattr(response, "statement", None)
    how = CHANNELS[response.channel].title if response.channel in CHANNELS else "answer page"
    return Need(
        kind=UNREAD.name,
        ref=str(response.pk),
        campaign=appeal.campaign,
        addressee=appeal.addressee.name,
        title=f"Answer from {appeal.addressee.name}",
        since=response.received_at,
        state="unread",
        state_said="Unread, stops the clock" if appeal.status in Appeal.ALIVE else "Unread",
        stops=appeal.status in Appeal.ALIVE,
        source=" · ".join(filter(None, [response.author, how, response.doubt])),
        said=excerpt(response.text),
        guess=_guess(response),
        then="An answer stops no clock by itself: the ladder goes on once it is read, unless an outcome is recorded.",
        path=f"/campaigns/{appeal.campaign.slug}/addressees/{appeal.addressee.key}#r-{response.pk}",
        stated=_stated(statement) if statement else (),
        choices=tuple(_choices(response, statement)),
    )


def _guess(response: Response) -> str:
    if not response.proposed_kind:
        return ""
    return f"{response.proposed_kind}{f' ({response.proposed_why})' if response.proposed_why else ''}"


def _choices(response: Response, statement: Statement | None) -> Iterator[Choice]:
    """What a rule proposes comes first."""
    has_positions = statement is not None and statement.positions.exists()
    if has_positions:
        yield Choice(RECORD, "Record as stated", "done", is_proposed=True)
    for kind in sorted(KINDS, key=lambda kind: kind != response.proposed_kind):
        is_proposed = kind == response.proposed_kind and not has_positions
        yield Choice(kind.value, kind.value.capitalize(), kind.value, is_proposed)


def _stated(statement: Statement) -> tuple[Stated, ...]:
    return tuple(
        Stated(each.demand.number, in_language(each.demand.title, "en"), each.kind, each.until, each.words)
        for each in statement.positions.select_related("demand")
    )


UNREAD = Unread()
