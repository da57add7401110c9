"""For everything that has not been sent there is a reason, and the numbers add up."""

from datetime import UTC, datetime, timedelta

import dramatiq
import pytest

from campaigns.campaign import Campaign
from campaigns.hold import Hold
from campaigns.wave import Wave
from outreach.cause import Sight, Why
from outreach.chunk import Chunk
from outreach.claim import claim
from outreach.clock import tick
from outreach.delivery import Delivery
from outreach.queue import MOST, queue_of
from outreach.send import send_letters
from tests.small_campaign import DAY, DEADLINE, FRIDAY, SECOND, published, supporters

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
IN_CHUNKS = DEADLINE + SECOND + DAY  # when supporters are asked


@pytest.fixture
def campaign() -> Campaign:
    campaign = published()
    tick(campaign, FRIDAY)
    return campaign


@pytest.fixture
def hints():
    """The queue of hints to workers that send letters, of which there are none here."""
    broker = dramatiq.get_broker()
    broker.flush(send_letters.queue_name)
    yield send_letters
    broker.flush(send_letters.queue_name)


def ann(**changes: object) -> Delivery:
    Delivery.objects.filter(addressee__key="ann").update(**changes)
    return Delivery.objects.get(addressee__key="ann")


def why(delivery: Delivery, now: datetime = FRIDAY) -> tuple[Why, str] | None:
    cause = Sight(delivery.campaign, now).cause(delivery, in_full=True)
    return (cause.kind, cause.sentence(lambda at: f"{at:%H:%M}")) if cause else None


@pytest.mark.parametrize("state", ["sent", "delivered"])
def test_what_was_sent_has_nothing_to_explain(campaign, state):
    assert why(ann(state=state)) is None


@pytest.mark.parametrize(
    ("changes", "kind", "sentence"),
    [
        ({}, Why.DUE, "It is due, and waits for a worker."),
        ({"due_at": FRIDAY + MINUTE}, Why.AHEAD, "Its time has not come; not before 10:01."),
        (
            {"due_at": FRIDAY + MINUTE, "reason": "It is night in Yerevan"},
            Why.POSTPONED,
            "It is night in Yerevan; not before 10:01.",
        ),
        (
            {"state": "delayed", "due_at": FRIDAY + MINUTE, "reason": "421 too many connections", "attempts": 2},
            Why.DELAYED,
            "421 too many connections; tried 2 times; tried again 10:01.",
        ),
        ({"state": "delayed", "reason": "421", "attempts": 1}, Why.DUE, "It is due, and waits for a worker."),
        ({"state": "sending"}, Why.SENDING, "It is on the wire now."),
        ({"state": "unknown"}, Why.UNKNOWN, "Nobody can prove whether it arrived; a person must say."),
        ({"state": "unknown", "reason": "Waits for a person"}, Why.UNKNOWN, "Waits for a person."),
        ({"state": "suppressed", "reason": "Opted out"}, Why.SUPPRESSED, "Opted out."),
        ({"state": "expired"}, Why.EXPIRED, "It would have come too late."),
        ({"state": "cancelled"}, Why.CANCELLED, "The reason to send it is gone."),
        ({"state": "refused", "reason": "550 no"}, Why.REFUSED, "550 no."),
        ({"state": "bounced", "reason": "550 no"}, Why.BOUNCED, "550 no."),
    ],
)  # fmt: skip
def test_each_state_has_its_reason(campaign, hints, changes, kind, sentence):
    assert why(ann(**changes)) == (kind, sentence)


def test_every_state_is_either_sent_or_explained(campaign):
    unexplained = {state for state in Delivery.State.values if why(ann(state=state)) is None}
    assert unexplained == {"sent", "delivered"}


def test_what_a_worker_has_says_which_and_for_how_long(campaign):
    claim("email", FRIDAY, datetime.now(UTC), bulk=False, limit=10)
    kind, said = why(ann())
    assert kind == Why.CLAIMED
    assert said.startswith("A worker has it; attempt 1, by ")
    assert said.endswith(" s more at the most.")


def test_a_hold_says_who_placed_it_why_and_until_when(campaign):
    Hold.objects.place(channel="email", reason="a new relay", author="Mia", now=FRIDAY, until=FRIDAY + MINUTE)
    assert why(ann()) == (Why.HELD, "The channel email is on hold: a new relay; placed by Mia; until 10:01.")
    Hold.objects.update(until=None)
    assert why(ann()) == (
        Why.HELD,
        "The channel email is on hold: a new relay; placed by Mia until somebody lifts it.",
    )


def test_a_hold_on_a_domain_is_seen_for_supporters_too(campaign):
    (person,) = supporters(campaign, 1)
    Hold.objects.place(domain="People.example", reason="their server is down", author="Mia", now=FRIDAY)
    assert why(ann(supporter=person))[0] == Why.HELD


def test_what_no_worker_takes_says_so_and_why(campaign, hints, settings):
    late = FRIDAY + MINUTE
    assert why(ann(), late) == (Why.DUE, "It is due, and waits for a worker.")
    hints.send("email")
    kind, said = why(ann(), late)
    assert kind == Why.STUCK
    assert "1 hint lies unread in the queue “addressees”; is a worker running?" in said
    assert why(ann(), FRIDAY + SECOND)[0] == Why.DUE
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert "the broker (REDIS_URL) does not answer" in why(ann(), late)[1]


def test_the_queue_counts_each_delivery_once_under_the_cause_that_keeps_it(campaign, hints):
    letters(campaign, 7, due_at=FRIDAY + DAY)
    letters(campaign, 5, state="delayed", due_at=FRIDAY + MINUTE, reason="421 busy", attempts=1)
    letters(campaign, 4, state="suppressed", reason="Opted out")
    letters(campaign, 3, channel="x", reason="left over from before")
    letters(campaign, 2, channel="x")
    letters(campaign, 1, state="sent")
    ann_s = campaign.appeals.get(addressee__key="ann").addressee
    Hold.objects.place(addressee=ann_s, reason="talks", author="Mia", now=FRIDAY)
    Hold.objects.place(step=campaign.steps.get(number=2), reason="talks", author="Mia", now=FRIDAY)
    queue = queue_of(campaign, FRIDAY)
    assert [(entry.number, entry.channel, entry.cause.kind) for entry in queue.waiting] == [
        (7, "email", Why.AHEAD),
        (5, "email", Why.DELAYED),
        (5, "x", Why.DUE),
        (2, "email", Why.DUE),
        (1, "email", Why.HELD),
    ]  # fmt: skip
    assert [(entry.number, entry.cause.kind) for entry in queue.ended] == [(4, Why.SUPPRESSED)]
    assert (queue.number, queue.others) == (20, 0)
    assert [len(entry.examples) for entry in queue.waiting] == [3, 3, 3, 2, 1]


def test_an_entry_says_from_when_to_when_its_deliveries_are_due(campaign):
    for n in (1, 2, 3):
        letters(campaign, 1, due_at=FRIDAY + n * MINUTE, reason="At most 1 a minute go to mail.example")
    entry = next(entry for entry in queue_of(campaign, FRIDAY).waiting if entry.cause.kind == Why.POSTPONED)
    said = entry.sentence(lambda at: f"{at:%H:%M}")
    assert said == "At most 1 a minute go to mail.example; from 10:01 to 10:03."


def test_causes_too_many_to_show_are_counted(campaign):
    for n in range(MOST + 2):
        letters(campaign, 2, state="refused", reason=f"550 answer {n}")
    queue = queue_of(campaign, FRIDAY)
    assert queue.others + sum(entry.number for entry in (*queue.waiting, *queue.ended)) == 2 * (MOST + 2) + 3
    assert queue.others > 0


def letters(campaign: Campaign, number: int, **fields: object) -> None:
    wave = Wave.objects.get()
    begun = Delivery.objects.count()
    common = {"state": "due", "due_at": FRIDAY, "channel": "email", **fields}
    Delivery.objects.bulk_create(
        Delivery(
            campaign=campaign, step=wave.step, wave=wave, audience="public", recipient=f"somebody {begun + n}",
            wording_name="letter", created_at=FRIDAY, **common,
        )
        for n in range(number)
    )  # fmt: skip


@pytest.fixture
def chunk() -> Chunk:
    """A chunk of letters to three supporters, due by now."""
    campaign = published()
    supporters(campaign, 3)
    for at in (FRIDAY, DEADLINE + SECOND, IN_CHUNKS):
        tick(campaign, at)
        Delivery.objects.filter(audience="addressees").update(state="delivered", sent_at=at, delivered_at=at)
    Delivery.objects.filter(chunk=None).update(state="delivered")
    return Chunk.objects.get()


def in_chunks(**changes: object) -> list[tuple[int, Why, str]]:
    Chunk.objects.update(**changes)
    entries = queue_of(Chunk.objects.get().campaign, IN_CHUNKS).waiting
    return [(entry.number, entry.cause.kind, entry.sentence(lambda at: f"{at:%H:%M}")) for entry in entries]


def test_what_goes_in_a_chunk_waits_as_the_chunk_does(chunk, settings):
    assert in_chunks() == [(3, Why.DUE, "It is due, and waits for a worker.")]
    later = {"due_at": IN_CHUNKS + MINUTE}
    assert in_chunks(**later)[0][1] == Why.AHEAD
    settings.CHANNELS = {**settings.CHANNELS, "email": "outbox:?rate=3/min"}
    said = f"At most 3 a minute leave the account for Email; not before {later['due_at']:%H:%M}."
    assert in_chunks() == [(3, Why.POSTPONED, said)]


def test_what_a_worker_has_in_a_chunk_is_on_the_wire_or_with_it(chunk):
    answered = "It is on the wire, or its answer is being written down."
    assert sorted(in_chunks(state="claimed", intended=2)) == [
        (1, Why.CLAIMED, "A worker has it, with others."),
        (2, Why.SENDING, answered),
    ]
    Hold.objects.place(campaign=chunk.campaign, reason="talks", author="Mia", now=IN_CHUNKS)
    assert in_chunks(state="done", intended=3) == [(3, Why.SENDING, answered)]
    assert [kind for _, kind, _ in in_chunks(state="due", intended=0)] == [Why.HELD]
