"""Letters to supporters that were sent, and what SendGrid tells of them: signed posts, each event once."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterator
from uuid import UUID, uuid5

from channels.fakes.sendgrid_events import Bell, Event, events_of
from channels.fakes.sendgrid_mail import Mail

TOGETHER = 1000  # events in a post
PATH = "/events/sendgrid"
NAMES = UUID("2f1e9b53-4a6c-4d43-9a6e-0c6f0a7a7f10")
KINDS = (("processed", 0), ("delivered", 2), ("open", 300))  # and how many seconds after it was sent
PER_LETTER = 2.5  # every other letter is opened
SENT_AT_ONCE = 400  # letters a second
Post = tuple[bytes, dict[str, str]]


def prepare(letters: int) -> None:
    """So many letters of a new wave, all sent; the supporters are made once and kept."""
    from django.db import connection

    from bench import road
    from bench.campaign import START

    road.forget()
    road.prepare(letters)
    with connection.cursor() as cursor:
        cursor.execute(SENT, [START])
        cursor.execute("TRUNCATE outreach_bulletin, outreach_report")
    with connection.cursor() as cursor:
        for table in ("outreach_delivery", "outreach_event", "outreach_report"):
            cursor.execute(f"VACUUM (FULL, ANALYZE) {table}")
        cursor.execute("CHECKPOINT")


SENT = """
UPDATE outreach_delivery
   SET state = 'sent', wire = 'sendgrid', sent_at = %s, reference = '<' || id || '@bench.example>', attempts = 1
"""


def posts(bell: Bell, seed: int) -> Iterator[Post]:
    """Bodies with their headers, as SendGrid would post them: by time, but from many servers, and so not quite."""
    from outreach.delivery import Delivery

    chance = random.Random(seed)
    waiting: list[tuple[float, int, str, str]] = []
    for number, key in enumerate(Delivery.objects.order_by("id").values_list("id", flat=True).iterator()):
        for kind, after in KINDS[: 3 if number % 2 else 2]:
            waiting.append((number / SENT_AT_ONCE + after + chance.random() * 3, after, kind, key.hex))
    waiting.sort()
    for start in range(0, len(waiting), TOGETHER):
        part = waiting[start : start + TOGETHER]
        yield _post(bell, [_event(after, kind, key) for _, after, kind, key in part])


def _event(after: int, kind: str, key: str) -> Event:
    from bench.campaign import START

    address, own = f"person-{key[:8]}@bench.example", {"outreach_key": key}
    mail = Mail("", "", address, "", "", "", "", "", {}, own, (), f"m.{key}")
    (event,) = events_of(mail, (kind,), int(START.timestamp()) + after)
    return {**event, "sg_event_id": uuid5(NAMES, f"{key} {kind}").hex}


def _post(bell: Bell, events: list[Event]) -> Post:
    body = json.dumps(events).encode()
    return body, bell.signed(body)


def copied(table: str, like: str) -> float:
    """Seconds that COPY takes for the rows that are in this table now, into another such as it: with what stands in
    `like`, `INCLUDING ALL` or nothing.
    """
    from django.db import connection

    with connection.cursor() as cursor:
        with cursor.copy(f"COPY {table} TO STDOUT") as copy:
            rows = b"".join(map(bytes, copy))
        cursor.execute(f"CREATE TABLE reference (LIKE {table} {like})")
        started = time.perf_counter()
        with cursor.copy("COPY reference FROM STDIN") as copy:
            copy.write(rows)
        seconds = time.perf_counter() - started
        cursor.execute("DROP TABLE reference")
    return seconds
