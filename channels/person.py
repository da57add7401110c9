"""By hand: each message becomes a task for a person, who carries it and then says what came of it."""

from typing import ClassVar

from channels.answer import Task
from channels.channel import Channel
from channels.envelope import Envelope
from channels.outbox import Everything, Outbox
from channels.wire import Wire


class Person(Wire):
    """`person:`, for any channel: staff post on a network whose door for programs is shut or too dear, or send a letter
    from a mailbox of their own.

    Nothing leaves this system. Of a message the wire knows only that it is a person's now, so it is a Task: an Unknown
    that waits for their word, is never counted as sent, and is not tried again by itself.
    """

    name = "person"
    schemes = ("person",)
    carries = Everything()
    in_flight = 100
    time_limit = Outbox.time_limit
    deeds: ClassVar[dict[bool, str]] = {True: "post this from the campaign's account", False: "send this"}

    def __init__(self, channel: Channel, address: str = "") -> None:
        super().__init__(channel, address)
        if address not in ("person:", "person://"):
            raise ValueError("The address of a person is person: and nothing else")
        self._rules = Outbox(channel)

    def send_one(self, envelope: Envelope) -> Task:
        checked = self._rules.send_one(envelope)
        deed = self.deeds[self.channel.is_public]
        return Task(f"Waits for a person to {deed} on {self.channel.title}", reference=checked.reference)
