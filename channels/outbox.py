"""The outbox: where messages go as long as nobody has said where they should go. They leave this system nowhere."""

from datetime import UTC, datetime, timedelta

from channels import mime
from channels.answer import Receipt
from channels.envelope import Envelope
from channels.wire import Unsendable, Wire


class Everything:
    """A collection that has every channel in it, those not written yet included."""

    def __contains__(self, channel: object) -> bool:
        return True


class Outbox(Wire):
    """Takes what a real wire of the channel would take, refuses what it would refuse, and sends nothing."""

    name = "outbox"
    schemes = ("outbox",)
    carries = Everything()
    in_flight = 100
    time_limit = timedelta(milliseconds=10)  # nothing is waited for

    def send_one(self, envelope: Envelope) -> Receipt:
        return Receipt(self._reference(envelope), proven=True, detail="Kept in the outbox, not sent")

    def _reference(self, envelope: Envelope) -> str:
        if self.channel.is_public:
            return envelope.key
        try:
            mime.build(envelope, envelope.written_at or datetime.now(UTC))
        except ValueError as problem:
            raise Unsendable(str(problem)) from None
        return mime.message_id(envelope.key, mime.domain_of(envelope.sender.address))
