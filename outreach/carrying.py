"""What people do with tasks: take one, give it back, say that it is done or cannot be; and what the clock recalls.

Two people at once: the row is locked, the first has it, the other reads who.
"""

from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q

from campaigns.hold import Hold
from campaigns.words.brief import context_of
from campaigns.words.problem import Unfit
from channels.answer import Refused
from channels.channel import CHANNELS
from channels.person import deed_on
from outreach.claim import stopped
from outreach.constituents import NO_LONGER_ASKED
from outreach.delivery import Delivery
from outreach.desk import Desk
from outreach.event import Event
from outreach.health import note_proof
from outreach.held import stopped_by
from outreach.move import move
from outreach.settle import settle_one
from outreach.task import NotDoable, Task

State = Delivery.State
NO_SUCH_ADDRESS = "5.1.1"  # RFC 3463, said here of addresses of every kind
A_DAY = timedelta(days=1)


@transaction.atomic
def take(task: Task, user: User, now: datetime, *, from_another: bool = False) -> Task:
    """Give the task to `user`, with its words as things stand now. Taking what one has changes nothing.

    Raises NotDoable if it is settled, if another has it (unless `from_another`), or if it must not go out now.
    """
    task = _locked(task)
    if task.holder == user:
        return task
    if task.holder is not None and not from_another:
        raise NotDoable(f"{task.holder_name} has this task")
    if reason := _obstacle(task.delivery, now):
        raise NotDoable(reason)
    _write(task)
    task.holder, task.taken_at = user, now
    task.save()
    Event.objects.create(delivery=task.delivery, kind="taken", at=now, detail={"by": task.holder_name})
    return task


@transaction.atomic
def put_back(task: Task, now: datetime) -> Task:
    """Leave the task to others again. Raises NotDoable if it is settled or nobody has it."""
    task = _locked(task)
    if task.holder is None:
        raise NotDoable("Nobody has this task")
    Event.objects.create(delivery=task.delivery, kind="put back", at=now, detail={"by": task.holder_name})
    task.holder = task.taken_at = None
    task.save()
    return task


@transaction.atomic
def done(
    task: Task, user: User, now: datetime, *, at: datetime | None = None, note: str = "", reached: bool = False
) -> Task:
    """The person carried it, at `at` or now; `reached`: and knows that it reached its recipient.

    From here the message counts as sent, and as delivered if that was proof. Raises NotDoable.
    """
    task = _locked(task, user)
    at = at or now
    if at > now:
        raise NotDoable("It cannot have been done in the future", "at")
    if at < task.delivery.created_at - A_DAY:
        raise NotDoable("It cannot have been done before the message was due", "at")
    deed, name = deed_on(CHANNELS[task.delivery.channel]), task.holder_name
    is_proven = reached or deed.proves
    state = State.DELIVERED if is_proven else State.SENT
    detail = {"how": deed.done, "by": name, "at": at.isoformat(), "proofs": ", ".join(_hashes(task))}
    sent: dict[str, Any] = {"sent_at": at, "delivered_at": at if is_proven else None, "reason": ""}
    if not move(task.delivery, state, now, detail=detail, **sent):
        raise NotDoable("This task was settled a moment ago")
    if is_proven:
        note_proof(task.delivery)
    return _settled(task, name, note, now)


@transaction.atomic
def failed(task: Task, user: User, now: datetime, *, reason: str, address_is_wrong: bool = False) -> Task:
    """It could not be done, and why: refused, so that another way may be taken. Raises NotDoable."""
    task = _locked(task, user)
    reason = reason.strip()
    if not reason:
        raise NotDoable("Say why it could not be done", "reason")
    name = task.holder_name
    settle_one(
        task.delivery, Refused(f"{name} could not do it: {reason}", NO_SUCH_ADDRESS if address_is_wrong else ""), now
    )
    return _settled(task, name, reason, now)


def recall(now: datetime) -> int:
    """Take back what nobody has taken yet and must not go out any more; answers how many.

    What somebody has may have gone out already: only they can say.
    """
    over = Q(expires_at__lt=now) | Q(appeal__status__in=NO_LONGER_ASKED) | Q(appeal=None)
    waiting = Delivery.objects.filter(over, state=State.HANDED, task__holder=None, task__isnull=False)
    waiting = waiting.select_related("appeal", "supporter", "contact_point").order_by("channel")
    recalled = 0
    for channel, together in groupby(waiting, key=lambda delivery: delivery.channel):
        found = {delivery.pk: delivery for delivery in together}
        for pk, (state, reason) in stopped(list(found.values()), channel, now):
            recalled += _recall(found[pk], state, reason, now)
    return recalled


@transaction.atomic
def _recall(delivery: Delivery, state: State, reason: str, now: datetime) -> bool:
    free = Task.objects.select_for_update(of=("self",)).filter(delivery=delivery, holder=None).exists()
    return free and move(delivery, state, now, reason=reason, detail={"reason": reason})


def _locked(task: Task, user: User | None = None) -> Task:
    """The task as it stands now, ours alone until the transaction ends; open, and held by `user` if one is given."""
    task = Task.objects.together().select_for_update(of=("self",)).get(pk=task.pk)
    if not task.is_open:
        raise NotDoable(_how_it_ended(task))
    if user is not None and task.holder != user:
        other = f"{task.holder_name} has this task: take it over first" if task.holder else "Take this task first"
        raise NotDoable(other)
    return task


def _how_it_ended(task: Task) -> str:
    who = f" by {task.settled_by}" if task.settled_by else ""
    return f"This task is settled{who}: it is {task.delivery.state}"


def _obstacle(delivery: Delivery, now: datetime) -> str:
    """Why it must not go out now; asked again here, because this is the moment of sending."""
    for _, (_, reason) in stopped([delivery], delivery.channel, now):
        return reason
    for hold in Hold.objects.standing(now).select_related("campaign", "step", "addressee"):
        if Delivery.objects.filter(stopped_by(hold), pk=delivery.pk).exists():
            return f"{hold.what()} is on hold: {hold.reason}"
    return ""


def _write(task: Task) -> None:
    """The words as things stand now, and what a letter encloses."""
    delivery, desk = task.delivery, Desk(task.delivery.campaign)
    try:
        desk.write(delivery)
    except (Unfit, KeyError) as problem:
        raise NotDoable(f"The wording does not hold: {problem}") from None
    delivery.save(update_fields=["language", "wording", "subject", "text", "html"])
    if CHANNELS[delivery.channel].has_subject:
        said = context_of(desk.edition.brief, desk.occasion(delivery))
        demands = "\n\n".join(f"{each.number}. {each.title}\n\n{each.text}" for each in said.demands)
        task.enclosure = [said.campaign.title, demands]


def _hashes(task: Task) -> list[str]:
    return list(task.proofs.values_list("sha256", flat=True))


def _settled(task: Task, name: str, note: str, now: datetime) -> Task:
    task.settled_at, task.settled_by, task.note = now, name, note.strip()
    task.save()
    return task
