"""The whole road of bulk mail: from rows in the ledger to every answer written down."""

from collections.abc import Callable
from itertools import islice

from django import setup

from bench import clients
from bench.campaign import START, the_campaign

SAVED_AT_ONCE = 1000
MADE_AT_ONCE = 5000


def prepare(count: int) -> None:
    """Write so many deliveries, due now, of a new wave; the supporters are made once and kept."""
    from django.db import connections

    from campaigns.messages import Message
    from campaigns.wave import Turn, Wave
    from outreach.readership import to_supporters

    campaign = the_campaign()
    _supporters(count)
    step = campaign.steps.get()
    wave = Wave.objects.create(campaign=campaign, step=step, at=START)
    Turn.objects.filter(appeal__campaign=campaign).delete()
    for appeal in campaign.appeals.all():
        Turn.objects.create(appeal=appeal, wave=wave, step=step, kind="opening", at=START)
    to_supporters(wave, Message("supporters", "email", "letter", None, ()), START)
    with connections["default"].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE outreach_delivery")
        cursor.execute("CHECKPOINT")
    connections.close_all()  # the senders open their own


def sender(address: str, numbers: range, connections: int) -> Callable[[], int]:
    """The product's own way: chunks claimed and sent until none is left. Answers how many it sent."""
    setup()
    from channels.email import EMAIL
    from channels.smtp import Smtp
    from outreach.bulk import send_chunks

    wire = Smtp(EMAIL, f"{address}?connections={connections}")
    return lambda: send_chunks("email", wire, lambda: True)


def django(address: str, numbers: range, connections: int) -> Callable[[], int]:
    """Django's own mail on one kept connection, the state of every thousand letters saved together."""
    setup()
    from outreach.delivery import Delivery

    rows = iter(Delivery.objects.values_list("pk", flat=True))
    keys = [next(rows) for _ in numbers]
    send = clients.django_letter(address)

    def run() -> int:
        sent = 0
        for start in range(0, len(keys), SAVED_AT_ONCE):
            part = keys[start : start + SAVED_AT_ONCE]
            sent += sum(send(numbers[start + at]) for at, _ in enumerate(part))
            Delivery.objects.filter(pk__in=part).update(state="sent", sent_at=START)
        return sent

    return run


def fold() -> int:
    """Bring all answers into the deliveries, which the product does beside the sending. Answers how many there are."""
    from outreach.chunk_fold import fold_done
    from outreach.delivery import Delivery

    fold_done(START)
    return Delivery.objects.filter(state="sent").count()


def forget() -> None:
    """Delete what was sent, so that each round begins alike."""
    from outreach.chunk import Chunk
    from outreach.delivery import Delivery
    from outreach.event import Event
    from outreach.journal import Entry

    for table in (Event, Delivery, Chunk, Entry):
        table._default_manager.all()._raw_delete(using="default")


def _supporters(count: int) -> None:
    from campaigns.supporter import Supporter

    campaign = the_campaign()
    people = (
        Supporter(
            campaign=campaign,
            name=f"Alex Person{number}",
            email=f"person{number}@bench.example",
            language="en",
            joined_at=START,
            agreed_at=START,
        )
        for number in range(campaign.supporters.count(), count)
    )
    while some := list(islice(people, MADE_AT_ONCE)):
        Supporter.objects.bulk_create(some)
