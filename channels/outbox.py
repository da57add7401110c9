"""The outbox: where messages go as long as nobody has said where they should go. They leave this system nowhere."""

from datetime import UTC, datetime, timedelta

from channels import mime
from channels.answer import Receipt
from channels.email import EMAIL
from channels.envelope import Envelope
from channels.header import unstructured
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
        try:
            if self.channel is EMAIL:
                mime.build(envelope, envelope.written_at or datetime.now(UTC))
                return mime.message_id(envelope.key, mime.domain_of(envelope.sender.address))
            unstructured("Subject", envelope.subject)
            envelope.text.encode()
        except UnicodeEncodeError:
            raise Unsendable("text: has half a character in it (a lone surrogate)") from None
        except ValueError as problem:
            raise Unsendable(str(problem)) from None
        return envelope.key
