"""The clock's heart: passes, one after the other, until told to stop."""

import signal
import threading
from datetime import UTC, datetime
from time import monotonic

import structlog
from django.db import OperationalError, close_old_connections
from django.db.models import Min

from campaigns.appeal import Appeal
from campaigns.campaign import Campaign
from campaigns.ladder import SUPPORTERS
from campaigns.moment import now, real_seconds
from outreach.alarm import watch_signatures
from outreach.ask import ask, channels_with_questions
from outreach.batches import carry_out_batches, is_unfinished
from outreach.brake import pull_brakes
from outreach.carrying import recall
from outreach.chunk import Chunk
from outreach.chunk_fold import is_behind, recover_chunks
from outreach.clock import tick_all
from outreach.delivery import Delivery
from outreach.evidence.note import is_behind as is_to_note
from outreach.evidence.note import note
from outreach.hear import has_news, hear
from outreach.hint import give_hint
from outreach.inbox import imap_door
from outreach.inbox.imap_door import look_into_mailbox
from outreach.inbox.reading import is_waiting, read_incoming
from outreach.letters.posting import is_waiting as is_written
from outreach.letters.posting import post_letters, recover_mailbags
from outreach.mailings.composing import compose_mailings
from outreach.mailings.composing import is_waiting as is_to_compose
from outreach.notify import is_due as is_noticed
from outreach.notify import send_notices
from outreach.one_pass import Pass
from outreach.poll import listening_channels, look_for_replies
from outreach.redistricting import is_to_redistrict, redistrict
from outreach.retention import is_past_its_time, purge_what_is_past_its_time
from outreach.send import fold_chunks, hint
from outreach.settle import recover
from outreach.signing import is_waiting as is_signed
from outreach.signing import read_signups
from outreach.summing import is_long, sum_up
from outreach.watch import watch

log = structlog.get_logger(__name__)
PERIOD = 1.0  # seconds between two passes
QUESTIONS, REPLIES, PURGE, LETTERS, SIGNATURES = "questions", "replies", "purge", "letters", "signatures"
FOR_READERS = (
    ("answers", fold_chunks, is_behind),
    ("news", hear, has_news),
    ("incoming", read_incoming, is_waiting),
    ("mailbox", look_into_mailbox, imap_door.is_due),
    ("evidence", note, is_to_note),
    ("signups", read_signups, is_signed),
    ("mailings", compose_mailings, is_to_compose),
    ("notices", send_notices, is_noticed),
    ("batches", carry_out_batches, is_unfinished),
    ("sums", sum_up, is_long),
    ("divisions", redistrict, is_to_redistrict),
)
BETWEEN_PURGES = 600.0  # seconds between two looks for what is past its time
BETWEEN_LETTERS = 10.0  # seconds between two hints to send what supporters wrote, which leaves minutes apart
BETWEEN_WATCHES = 10.0  # seconds between two looks at how many sign
BETWEEN_LOOKS = 30.0  # seconds between two hints to look for answers
PATIENCE_WITH_THE_BROKER = 2.0  # seconds before the same work is hinted at again


class Beat:
    """Runs passes. Remembers nothing that matters: what is due is read anew each time."""

    def __init__(self) -> None:
        self.stopping = threading.Event()
        self.hinted: dict[tuple[str, str], float] = {}

    def run_forever(self) -> None:
        """Pass after pass until SIGTERM or SIGINT. A database that is away is waited for."""
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: self.stopping.set())
        log.info("the clock runs", period=PERIOD)
        while not self.stopping.is_set():
            self.stopping.wait(self.beat_safely())
        log.info("the clock stands")

    def beat_safely(self) -> float:
        """One pass; answers how many seconds to wait before the next one."""
        try:
            close_old_connections()
            self.beat()
            return self.seconds_to_wait(now())
        except OperationalError as away:
            log.warning("the database is away; the next pass does what this one could not", reason=str(away).strip())
            return PERIOD

    def beat(self) -> None:
        """One pass: look whether the time can be believed, settle what was left behind, do what is due, brake where too
        much comes back, tell the workers.
        """
        moment = now()
        watch(moment)
        if left := recover(moment, datetime.now(UTC)) + recover_chunks(moment, datetime.now(UTC)):
            log.warning("deliveries or chunks were left behind by a worker", number=left)
        if left := recover_mailbags(moment, datetime.now(UTC)):
            log.warning("mailbags were left behind by a worker", number=left)
        recall(moment)
        for slug, done in tick_all(moment).items():
            _report(slug, done)
        for hold in pull_brakes(moment):
            log.warning("too much came back; a person has to look", hold=str(hold))
        self.watch_signatures(moment)
        self.hint_at_due(moment)
        self.hint_at_news()
        self.hint_at_questions()
        self.hint_at_replies()
        self.hint_at_letters()
        self.hint_at_purge()

    def seconds_to_wait(self, moment: datetime) -> float:
        """Until a step is due next or a message may leave, so that they are on time; a period at the most."""
        ahead = Appeal.objects.alive().filter(campaign__status=Campaign.Status.RUNNING, look_at__gt=moment)
        step_at = ahead.aggregate(next=Min("look_at"))["next"]
        instants = (step_at, Delivery.objects.next_due(moment), Chunk.objects.next_due(moment))
        next_at = min((at for at in instants if at), default=None)
        return min(PERIOD, real_seconds(next_at - moment)) if next_at else PERIOD

    def watch_signatures(self, moment: datetime) -> None:
        """Alarms begin and end some seconds late, which does no harm: crowds get no mail anyhow."""
        if self.hinted.get((SIGNATURES, ""), -BETWEEN_WATCHES) < monotonic() - BETWEEN_WATCHES:
            self.hinted[SIGNATURES, ""] = monotonic()
            for alarm in watch_signatures(moment):
                log.warning("far more sign than usual; a person has to look", of=alarm.of, number=alarm.number)

    def hint_at_due(self, moment: datetime) -> None:
        due = set(Delivery.objects.due(moment).order_by().values_list("channel", "audience").distinct())
        chunks = Chunk.objects.due(moment).order_by().values_list("channel", flat=True).distinct()
        due |= {(channel, SUPPORTERS) for channel in chunks}
        since = monotonic() - PATIENCE_WITH_THE_BROKER
        fresh = [work for work in due if self.hinted.get(work, 0.0) < since]
        hint(fresh)
        self.hinted.update(dict.fromkeys(fresh, monotonic()))

    def hint_at_news(self) -> None:
        """What wires answered, providers told and people wrote is read by workers; who brought it never waits."""
        since = monotonic() - PATIENCE_WITH_THE_BROKER
        for name, actor, is_there in FOR_READERS:
            if self.hinted.get(("events", name), 0.0) < since and is_there() and give_hint(actor):
                self.hinted["events", name] = monotonic()

    def hint_at_replies(self) -> None:
        """What people answer on networks is looked for by workers; how often, each wire says."""
        since = monotonic() - BETWEEN_LOOKS
        for channel in listening_channels():
            if self.hinted.get((REPLIES, channel), -BETWEEN_LOOKS) < since and give_hint(look_for_replies, channel):
                self.hinted[REPLIES, channel] = monotonic()

    def hint_at_letters(self) -> None:
        """What supporters wrote is sent by workers, at a pace of its own."""
        since = monotonic() - BETWEEN_LETTERS
        if self.hinted.get((LETTERS, ""), -BETWEEN_LETTERS) < since and is_written() and give_hint(post_letters):
            self.hinted[LETTERS, ""] = monotonic()

    def hint_at_purge(self) -> None:
        """What is past its time is let go by a worker; it is seldom looked for, for it may wait."""
        if self.hinted.get((PURGE, ""), -BETWEEN_PURGES) < monotonic() - BETWEEN_PURGES:
            self.hinted[PURGE, ""] = monotonic()
            if is_past_its_time(now()):
                give_hint(purge_what_is_past_its_time)

    def hint_at_questions(self) -> None:
        """What is unknown is asked about by workers, too."""
        since = monotonic() - PATIENCE_WITH_THE_BROKER
        for channel in channels_with_questions(datetime.now(UTC)):
            if self.hinted.get((QUESTIONS, channel), 0.0) < since and give_hint(ask, channel):
                self.hinted[QUESTIONS, channel] = monotonic()


def run_forever() -> None:
    Beat().run_forever()


def _report(slug: str, done: Pass) -> None:
    if not done.is_idle:
        log.info("pass", campaign=slug, begun=done.begun, reminded=done.reminded, exhausted=done.exhausted)
