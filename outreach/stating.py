"""An office states its positions, and a person makes outcomes of them: what they say alone stops no clock."""

import uuid
from datetime import datetime

from django.db import transaction

from campaigns.appeal import Appeal
from campaigns.outcome import NotRecordable, NotYetPublic, Outcome, standings
from outreach.exhibit import Shown, record_shown
from outreach.inbox.gist import Gist
from outreach.inbox.known import keep_known
from outreach.incoming import Incoming
from outreach.response import Response
from outreach.said import Said
from outreach.sealed_file import media_type_of
from outreach.statement import StatedPosition, Statement

Kind = Outcome.Kind
WEB = "web"
HOW = "by the link and the passcode of a letter to them"
OFFICE = "the addressee's office"


def proposed(said: Said) -> tuple[Response.Kind, str]:
    """What kind of answer that is, by rule, and why."""
    kinds = {each.kind for each in said.positions if each.is_said}
    if Kind.COMMITTED in kinds:
        return Response.Kind.COMMITMENT, "They give a date for at least one demand"
    if kinds and kinds <= {Kind.REFUSED}:
        return Response.Kind.REFUSAL, "They refuse every demand they speak of"
    if kinds and kinds <= {Kind.DEFLECTED}:
        return Response.Kind.DEFLECTION, "They say of every demand they speak of that it is not for them"
    return Response.Kind.SUBSTANTIVE, "They say what they did, or answer in words"


@transaction.atomic
def state(appeal: Appeal, said: Said, key: uuid.UUID, now: datetime, file: tuple[str, bytes] | None = None) -> Response:
    """Keep the answer of an office as a response that waits for a person; the same `key` again changes nothing.

    `file`: a name and the content. Raises NotKept if it is neither photograph nor PDF, or too large, and NotYetPublic
    if the campaign is not published.
    """
    if appeal.campaign.published_at is None:
        raise NotYetPublic("Nobody can answer before the campaign is published")
    files = [(file[0], media_type_of(file[1]), file[1])] if file else []
    kind, why = proposed(said)
    response, is_new = keep_known(
        appeal,
        channel=WEB,
        door=Incoming.Door.LINK,
        name=f"answer {appeal.pk} {key}",
        raw=said.packed(),
        gist=Gist(sender_name=", ".join(filter(None, [said.name, said.function])), text=said.text, own_text=said.text),
        why=HOW,
        by=OFFICE,
        files=files,
        now=now,
        proposed_kind=kind,
        proposed_why=why,
    )
    if is_new:
        _attach(response, said)
    return response


def _attach(response: Response, said: Said) -> None:
    statement = Statement(
        response=response, function=said.function, words=said.words, may_be_published=said.may_be_published
    )
    statement.name = said.name
    statement.save(force_insert=True)
    StatedPosition.objects.bulk_create(
        StatedPosition(statement=statement, demand=each.demand, kind=each.kind, until=each.until, words=each.words)
        for each in said.positions
        if each.is_said
    )


@transaction.atomic
def record_as_stated(response: Response, *, author: str, now: datetime) -> list[Outcome]:
    """Make outcomes of what an office stated, with its answer as evidence, and count the answer as read.

    What stands in the ledger already is not written again. Raises NotRecordable, with nothing written, if the answer
    has no stated positions, or one of them cannot be recorded any more (its date is past).
    """
    statement = Statement.objects.filter(response=response).first()
    positions = list(statement.positions.select_related("demand")) if statement else []
    if not positions:
        raise NotRecordable("This answer states no position on a demand; record outcomes by hand")
    standing = standings([response.appeal])[response.appeal_id]
    outcomes = []
    for position in positions:
        last = standing.outcome(position.demand)
        if last and (last.kind, last.until, last.shown_by) == (position.kind, position.until, response.pk):
            continue
        outcomes.append(
            record_shown(
                response.appeal,
                position.demand,
                position.kind,
                Shown(response=response),
                author=author,
                now=now,
                until=position.until,
                summary=position.words,
            )
        )
    if response.read_at is None:
        response.read(response.proposed_kind or Response.Kind.SUBSTANTIVE, author, now)
    return outcomes
