"""Taking in signatures on paper: what would count is shown first, a person answers for it, and it can be undone.

A row of a sheet counts once, and a person whose mailbox is known counts once, however they signed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Count, Q

from campaigns.asking import UPDATES
from campaigns.campaign import Campaign
from campaigns.consent import Consent
from campaigns.gathering import Gathering
from campaigns.mailbox import known_by
from campaigns.paper_lines import Frame, PaperLine
from campaigns.signature import Signature, Signatures
from campaigns.supporter import Supporter
from campaigns.tally import add
from campaigns.whereabouts import Said, whereabouts
from outreach.asking import known, offers

PAPER, UNDONE = "paper", "paper, undone"
State = Signature.State


@dataclass(slots=True)
class Plan:
    """What becomes of each line. `again`: that row of the sheet counts already. `known`: the person does, or did so
    earlier in the file. `taken_out`: somebody has taken that person's signature out. `theirs`: by line, whom we know.
    """

    new: list[PaperLine] = field(default_factory=list)
    again: list[PaperLine] = field(default_factory=list)
    known: list[PaperLine] = field(default_factory=list)
    taken_out: list[PaperLine] = field(default_factory=list)
    theirs: dict[int, Supporter] = field(default_factory=dict)

    def kinds(self) -> dict[str, list[PaperLine]]:
        """The lines by what becomes of them."""
        return {"new": self.new, "again": self.again, "known": self.known, "taken_out": self.taken_out}


class NotUndoable(ValueError):
    """The sentence says why."""


def frame_of(campaign: Campaign, now: datetime) -> Frame:
    """What its lines have to fit into."""
    first = (campaign.published_at or now).astimezone(campaign.zone).date()
    return Frame(first, now.astimezone(campaign.zone).date(), tuple(campaign.languages))


def plan(campaign: Campaign, lines: Sequence[PaperLine]) -> Plan:
    """What `take_in` would do, without doing it."""
    planned, seen = Plan(), set[str]()
    rows = set(_counted(campaign).values_list("sheet", "row"))
    people = _people(campaign, lines)
    for line in lines:
        mailbox = known_by(line.email) if line.email else []
        supporter = next((people[each] for each in mailbox if each in people), None)
        state = supporter.signature.state if supporter and hasattr(supporter, "signature") else None
        if (line.sheet, line.row) in rows:
            planned.again.append(line)
        elif state == State.CONFIRMED or seen & set(mailbox):
            planned.known.append(line)
        elif state == State.INVALIDATED:
            planned.taken_out.append(line)
        else:
            planned.new.append(line)
            if supporter:
                planned.theirs[line.line] = supporter
        seen |= set(mailbox)
    return planned


@transaction.atomic
def take_in(campaign: Campaign, lines: Sequence[PaperLine], *, author: str, now: datetime) -> Gathering:
    """Count what is new, in the name of whoever says that these people signed. Doing it twice counts nothing twice."""
    _one_at_a_time(campaign)
    planned = plan(campaign, lines)
    gathering = Gathering.objects.create(campaign=campaign, author=author, at=now, number=len(planned.new))
    signed = {number: each.signature for number, each in planned.theirs.items() if hasattr(each, "signature")}
    new = [line for line in planned.new if line.line not in planned.theirs]
    people = planned.theirs | _write_down(campaign, new, now)
    unsigned = [line for line in planned.new if line.line not in signed]
    Signature.objects.bulk_create(_signature(gathering, people[line.line], line) for line in unsigned)
    for line in planned.new:
        if line.line in signed:
            _signed_after_all(signed[line.line], gathering, line)
    _write_consents(campaign, people, planned.new, now)
    add({campaign.pk: len(planned.new)})
    return gathering


@transaction.atomic
def undo(gathering: Gathering, author: str, now: datetime) -> int:
    """Let go of all that was taken in with it; how many of them counted. Who was known before waits as before; who only
    came with it is deleted, unless something was sent to them: then the signature is withdrawn, and no letter follows.
    """
    _one_at_a_time(gathering.campaign)
    if not Gathering.objects.filter(pk=gathering.pk, undone_at=None).update(undone_by=author, undone_at=now):
        gathering.refresh_from_db()
        raise NotUndoable(f"This was undone before, by {gathering.undone_by}")
    theirs = Signature.objects.filter(gathering=gathering)
    counted = theirs.counted().count()
    _withdraw_consents(gathering, now)
    came_with_it = Q(supporter__joined_at=gathering.at)
    theirs.exclude(came_with_it).exclude(state=State.INVALIDATED).update(
        state=State.PENDING, confirmed_at=None, gathering=None, sheet=None, row=None
    )
    _let_go([each.supporter_id for each in theirs.filter(came_with_it)], now)
    add({gathering.campaign_id: -counted})
    gathering.refresh_from_db()
    return counted


def find_row(campaign: Campaign, sheet: int, row: int) -> Supporter | None:
    """Whose signature stands there, to see or erase it for somebody who asks on paper."""
    found = _counted(campaign).filter(sheet=sheet, row=row).select_related("supporter").first()
    return found.supporter if found else None


def _counted(campaign: Campaign) -> Signatures:
    return Signature.objects.filter(campaign=campaign, sheet__isnull=False).exclude(state=State.WITHDRAWN)


def _people(campaign: Campaign, lines: Iterable[PaperLine]) -> dict[str, Supporter]:
    """Whom of them we know, by the hashes of address and mailbox."""
    wanted = sorted({each for line in lines if line.email for each in known_by(line.email)})
    is_one = Q(email_digest__in=wanted) & ~Q(email_digest="") | Q(mailbox_digest__in=wanted) & ~Q(mailbox_digest="")
    found = Supporter.objects.filter(is_one, campaign=campaign).select_related("signature").order_by("pk")
    people: dict[str, Supporter] = {}
    for each in found.select_for_update(of=("self",)) if connection.in_atomic_block else found:
        people |= dict.fromkeys((each.email_digest, each.mailbox_digest), each)
    return people


def _write_down(campaign: Campaign, lines: Sequence[PaperLine], now: datetime) -> dict[int, Supporter]:
    """Those whom we did not know, by line."""
    said = {line.line: Said(campaign.pk, line.country, line.postcode) for line in lines}
    places = whereabouts(set(said.values()))
    people = {
        line.line: Supporter(
            campaign=campaign,
            name=line.name,
            email=line.email,
            language=line.language or campaign.default_language,
            country=line.country,
            postcode=line.postcode,
            division=places.get(said[line.line], ""),
            joined_at=now,
        )
        for line in lines
    }
    Supporter.objects.bulk_create(people.values())
    return people


def _signature(gathering: Gathering, supporter: Supporter, line: PaperLine) -> Signature:
    return Signature(
        campaign=gathering.campaign,
        supporter=supporter,
        state=State.CONFIRMED,
        is_public=line.is_public,
        gathering=gathering,
        sheet=line.sheet,
        row=line.row,
        place=line.place,
        signed_at=_noon(gathering.campaign, line),
        confirmed_at=gathering.at,
    )


def _signed_after_all(signature: Signature, gathering: Gathering, line: PaperLine) -> None:
    """Somebody whom we knew, and whose signature did not count yet, has signed by hand."""
    signature.state, signature.confirmed_at, signature.ended_at = State.CONFIRMED, gathering.at, None
    signature.gathering, signature.sheet, signature.row, signature.place = gathering, line.sheet, line.row, line.place
    signature.is_public = signature.is_public or line.is_public
    signature.save()


def _noon(campaign: Campaign, line: PaperLine) -> datetime:
    """A sheet tells the day, not the hour."""
    return datetime.combine(line.signed_on, time(12), campaign.zone).astimezone(UTC)


def _write_consents(
    campaign: Campaign, people: dict[int, Supporter], lines: Iterable[PaperLine], now: datetime
) -> None:
    """What they ticked, under the words of the sheet in their language; a yes on paper is theirs, signed by hand."""
    decided = [line for line in lines if line.updates is not None]
    keys = {each: offers(campaign, each).questions[0].key for each in {_language(campaign, line) for line in decided}}
    kept = known(set(keys.values()))
    Consent.objects.bulk_create(
        Consent(
            supporter=people[line.line],
            purpose=UPDATES,
            is_given=bool(line.updates),
            asked_id=key if (key := keys[_language(campaign, line)]) in kept else None,
            source=PAPER,
            at=_noon(campaign, line),
        )
        for line in decided
    )
    agreed = [people[line.line].pk for line in decided if line.updates]
    Supporter.objects.filter(pk__in=agreed, agreed_at=None, opted_out_at=None).update(agreed_at=now)


def _language(campaign: Campaign, line: PaperLine) -> str:
    return line.language or campaign.default_language


def _withdraw_consents(gathering: Gathering, now: datetime) -> None:
    """What was allowed on paper is not allowed any more, as far as nobody has said so since by another way."""
    agreed = Supporter.objects.filter(signature__gathering=gathering, agreed_at=gathering.at)
    Consent.objects.bulk_create(
        Consent(supporter=each, purpose=UPDATES, is_given=False, source=UNDONE, at=now) for each in agreed
    )
    agreed.update(agreed_at=None)


def _let_go(supporters: Sequence[UUID], now: datetime) -> None:
    people = Supporter.objects.filter(pk__in=supporters)
    traces = ("deliveries", "notices", "letters", "shares")
    touched = people.annotate(**{f"of_{name}": Count(name, distinct=True) for name in traces})
    is_touched = Q()
    for name in traces:
        is_touched |= Q(**{f"of_{name}__gt": 0})
    kept = list(touched.filter(is_touched).values_list("pk", flat=True))
    Signature.objects.filter(supporter__in=kept).update(state=State.WITHDRAWN, ended_at=now)
    people.exclude(pk__in=kept).delete()


def _one_at_a_time(campaign: Campaign) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"gather {campaign.pk}"])
