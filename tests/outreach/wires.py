"""Wires for tests: one that answers what it is told, and looks around while it is being used."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from channels.answer import Answer, Receipt
from channels.email import EMAIL
from channels.envelope import Envelope
from channels.wire import Wire


class Told(Wire):
    """Answers each envelope with what `answer` says, and keeps what it was given."""

    name = "told"
    carries = frozenset({"email", "x"})
    time_limit = timedelta(seconds=1)

    def __init__(self, answer: Callable[[Envelope], Answer] | Answer | None = None, in_flight: int = 1) -> None:
        super().__init__(EMAIL)
        self.in_flight = in_flight
        self.answer = answer
        self.envelopes: list[Envelope] = []

    def send(self, envelopes: Sequence[Envelope]) -> list[Answer]:
        return [self.send_one(each) for each in envelopes]

    def send_one(self, envelope: Envelope) -> Answer:
        self.envelopes.append(envelope)
        if callable(self.answer):
            return self.answer(envelope)
        return self.answer or Receipt(f"<{envelope.key}@told.example>", proven=True)
