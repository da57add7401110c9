"""By hand: each message becomes a task for a person, who carries it and then says what came of it."""

from datetime import timedelta

from channels.answer import Task
from channels.channel import Channel, Deed
from channels.envelope import Envelope
from channels.outbox import Everything, Outbox
from channels.wire import Wire


class Person(Wire):
    """`person:`, for any channel: letters on paper, calls and web forms, which only a person can carry; or staff post
    on a network whose door for programs is shut or too dear, or send a letter from a mailbox of their own.

    Nothing leaves this system. Of a message the wire knows only that it is a person's now, so it is a Task: an Unknown
    that waits for their word, is never counted as sent, and is not tried again by itself.
    """

    name = "person"
    schemes = ("person",)
    carries = Everything()
    in_flight = 100
    time_limit = Outbox.time_limit

    def __init__(self, channel: Channel, address: str = "") -> None:
        super().__init__(channel, address)
        if address not in ("person:", "person://"):
            raise ValueError("The address of a person is person: and nothing else")
        self._rules = Outbox(channel)

    def send_one(self, envelope: Envelope) -> Task:
        checked = self._rules.send_one(envelope)
        return task_on(self.channel, checked.reference)


def task_on(channel: Channel, reference: str) -> Task:
    """What the wire answers to a message of this channel."""
    deed = deed_on(channel)
    return Task(f"Waits for a person to {deed.task}", reference=reference, within=deed.within)


def deed_on(channel: Channel) -> Deed:
    """What a person does to carry a message on any channel."""
    if channel.deed:
        return channel.deed
    if channel.is_public:
        return Deed(f"post this on {channel.title} from the campaign's account", "Posted", timedelta(days=1))
    return Deed(f"send this by {channel.title.lower()}", "Sent", timedelta(days=1))
