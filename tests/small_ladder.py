"""A small ladder for tests of the pure rules: letter, deadline, supporters, oversight; begun on a Friday at 10:00."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from campaigns.deadline import Ends, Patience
from campaigns.ladder import ADDRESSEES, PUBLIC, SUPPORTERS, Dispatch, Ladder, Reminder, Rung
from campaigns.place import Place
from campaigns.position import Fairness, LastMessage, Position, Rules

FRIDAY = datetime(2023, 4, 28, 10, tzinfo=UTC)
DEADLINE = datetime(2023, 5, 5, 23, 59, 59, tzinfo=UTC)
SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
ZONE = ZoneInfo("UTC")
LETTER = Dispatch(ADDRESSEES, ("email",), "letter")
NUDGE = Dispatch(ADDRESSEES, ("email",), "reminder")
REMINDERS = (Reminder(1, NUDGE, before=2 * DAY),)


def ladder(reminders: tuple[Reminder, ...] = REMINDERS) -> Ladder:
    return Ladder(
        (
            Rung(1, "letter", Patience(7 * DAY, Ends.END_OF_DAY), (LETTER,), reminders),
            Rung(2, "deadline", Patience(DAY), (Dispatch(ADDRESSEES, ("email", "x"), "deadline"),)),
            Rung(3, "supporters", Patience(3 * DAY), (Dispatch(SUPPORTERS, ("email",), "supporters"),)),
            Rung(
                4,
                "oversight",
                Patience(7 * DAY),
                (Dispatch("oversight", ("email",), "oversight"), Dispatch(PUBLIC, ("x", "mastodon"), "press")),
            ),
        )
    )


def rules(*, reminders: tuple[Reminder, ...] = REMINDERS, fairness: Fairness | None = None, **fields: Any) -> Rules:
    return Rules(
        **{
            "ladder": ladder(reminders),
            "zone": ZONE,
            "published_at": FRIDAY,
            "fairness": fairness or Fairness(),
            **fields,
        }
    )


def position(**fields: Any) -> Position:
    """An addressee at the first step whose letter was proven delivered at once."""
    return Position(
        **{
            "appeal": "ann",
            "place": Place(ZONE),
            "rung": 1,
            "begun_at": FRIDAY,
            "due_at": DEADLINE,
            "last_message": LastMessage(FRIDAY, proven_at=FRIDAY),
            **fields,
        }
    )


def planned(**fields: Any) -> Position:
    """An addressee for whom nothing has begun."""
    return position(**{"rung": 0, "begun_at": None, "due_at": None, "last_message": None, **fields})
