"""The reminders of the step that runs: which is due, which are to come, and which came to nothing."""

from datetime import datetime

from campaigns.ladder import Reminder
from campaigns.moves import Begin, Move, Remind, StartClock, Wait
from campaigns.position import Position, Rules


def due_reminder(rules: Rules, position: Position, now: datetime) -> Remind | None:
    """The latest one due: a reminder missed by hours is overtaken by the next, never sent beside it."""
    for at, reminder in reversed(_schedule(rules, position)):
        if _is_past(rules, position, reminder):
            return None
        if at <= now:
            return Remind(position.appeal, position.rung, reminder.number)
    return None


def reminders_to_come(rules: Rules, position: Position) -> list[datetime]:
    """When each that was neither sent nor overtaken is due, or was."""
    return [at for at, reminder in _schedule(rules, position) if not _is_past(rules, position, reminder)]


def later_reminders(rules: Rules, position: Position, now: datetime) -> list[datetime]:
    """When a reminder of the running step will be due that may go although an earlier one waits."""
    if position.begun_at is None or position.due_at is None:
        return []
    return [at for at, _ in _schedule(rules, position) if at > now]


def lapsed(rules: Rules, position: Position, move: Move) -> tuple[int, ...]:
    """The reminders that came due and were not sent, now that `move` overtakes them: recorded, never sent late."""
    if position.begun_at is None or position.due_at is None or isinstance(move, StartClock | Wait):
        return ()
    limit = move.reminder if isinstance(move, Remind) else None
    end = min(position.due_at, move.begun_at) if isinstance(move, Begin) else position.due_at
    came = [each.number for at, each in _schedule(rules, position) if at <= end]
    before = came[: came.index(limit)] if limit in came else came
    return tuple(number for number in before if number not in position.reminded)


def _schedule(rules: Rules, position: Position) -> list[tuple[datetime, Reminder]]:
    begun_at, due_at = position.begun_at, position.due_at
    assert begun_at is not None
    assert due_at is not None
    reminders = rules.ladder.rung(position.rung).reminders
    return sorted(
        ((each.at(begun_at, due_at, rules.zone), each) for each in reminders),
        key=lambda pair: (pair[0], pair[1].number),
    )


def _is_past(rules: Rules, position: Position, reminder: Reminder) -> bool:
    """Sent, or overtaken by a later one that was."""
    order = [each.number for _, each in _schedule(rules, position)]
    return bool(position.reminded & set(order[order.index(reminder.number) :]))
