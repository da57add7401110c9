"""When supporters' letters leave for one inbox: whatever arrives when, no flood, no loss, no doubling, and an end."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from outreach.letters.pacing import (
    APART,
    DAY,
    HOUR,
    Digest,
    Gone,
    Pace,
    Pile,
    Rest,
    Single,
    decide,
    is_digest_due,
    last_moment,
    next_moment,
)

MONDAY = datetime(2023, 5, 1, 8, tzinfo=UTC)
LONDON, AT_TEN = ZoneInfo("Europe/London"), time(10)
PACE = Pace(an_hour=6, a_day=30, least=5)
MINUTE = timedelta(minutes=1)
A, B = UUID(int=1), UUID(int=2)


def pile(waiting: int, **fields) -> Pile:
    said = {"key": A, "oldest_at": MONDAY, "opens_at": MONDAY, "digest_at": MONDAY + DAY, "ready": 0}
    return Pile(waiting=waiting, **{**said, **fields})


def test_the_first_letter_leaves_at_once_and_the_next_after_ten_minutes():
    assert decide([pile(2)], Gone(), PACE, MONDAY) == Single(A)
    just_now = Gone([MONDAY])
    assert decide([pile(1)], just_now, PACE, MONDAY + MINUTE) == Rest(MONDAY + 10 * MINUTE)
    assert decide([pile(1)], just_now, PACE, MONDAY + 10 * MINUTE) == Single(A)


def test_the_day_has_its_own_cap():
    thirty = Gone([MONDAY - DAY + n * 40 * MINUTE + MINUTE for n in range(30)])
    assert decide([pile(1)], thirty, PACE, MONDAY) == Rest(MONDAY + MINUTE)


def test_what_is_above_the_days_room_goes_together_and_the_rest_by_itself():
    assert decide([pile(100, ready=100)], Gone(), PACE, MONDAY) == Digest(A, keep=30)
    assert decide([pile(34, ready=34)], Gone(), PACE, MONDAY) == Single(A), "four are too few for a digest"


def test_a_digest_waits_for_the_one_before_it():
    on_its_way = Gone(is_digest_on_its_way=True)
    assert decide([pile(100, ready=100)], on_its_way, PACE, MONDAY) == Single(A)


def test_nothing_else_leaves_while_nobody_knows_what_came_of_the_last():
    assert decide([pile(9)], Gone(is_single_on_its_way=True), PACE, MONDAY) == Rest(MONDAY + DAY)


def test_an_office_that_asked_for_digests_gets_nothing_else():
    assert decide([pile(9, digests_only=True)], Gone(), PACE, MONDAY) == Rest(MONDAY + DAY)
    assert decide([pile(1, ready=1, digests_only=True)], Gone(), PACE, MONDAY) == Digest(A, keep=0)


def test_a_closed_office_is_looked_at_again_when_it_opens():
    assert decide([pile(1, opens_at=MONDAY + HOUR)], Gone(), PACE, MONDAY) == Rest(MONDAY + HOUR)


def test_the_moment_for_digests_is_on_the_offices_own_clock():
    before_summer_time = datetime(2023, 3, 25, 12, tzinfo=UTC)
    assert last_moment(AT_TEN, LONDON, before_summer_time) == datetime(2023, 3, 25, 10, tzinfo=UTC)
    assert next_moment(AT_TEN, LONDON, before_summer_time) == datetime(2023, 3, 26, 9, tzinfo=UTC)
    assert next_moment(AT_TEN, LONDON, datetime(2023, 3, 25, 10, tzinfo=UTC)) > before_summer_time


class World:
    """One inbox and what arrives for it. Letters are (confirmed_at, pile, number)."""

    def __init__(self, pace: Pace, digests_only: frozenset[UUID]) -> None:
        self.pace, self.digests_only = pace, digests_only
        self.waiting: list[tuple[datetime, UUID, int]] = []
        self.singles: list[tuple[datetime, UUID, int]] = []
        self.digests: list[tuple[datetime, UUID, list[int]]] = []

    def piles(self, now: datetime) -> list[Pile]:
        return [self.pile(key, now) for key in sorted({key for _, key, _ in self.waiting})]

    def pile(self, key: UUID, now: datetime) -> Pile:
        of_it = sorted(at for at, each, _ in self.waiting if each == key)
        moment = last_moment(AT_TEN, LONDON, now)
        last = max((at for at, each, _ in self.digests if each == key), default=None)
        ready = sum(at <= moment for at in of_it) if is_digest_due(last, moment, now) else 0
        following = next_moment(AT_TEN, LONDON, now)
        return Pile(key, len(of_it), of_it[0], now, following, ready, key in self.digests_only)

    def until_it_rests(self, now: datetime) -> datetime:
        while True:
            lately = [at for at, _, _ in self.singles if at > now - DAY]
            match decide(self.piles(now), Gone(lately), self.pace, now):
                case Single(key):
                    letter = min(each for each in self.waiting if each[1] == key)
                    self.waiting.remove(letter)
                    self.singles.append((now, letter[1], letter[2]))
                case Digest(key, keep):
                    going = [each for each in self.waiting if each[1] == key][keep:]
                    self.waiting = [each for each in self.waiting if each not in going]
                    self.digests.append((now, key, [number for _, _, number in going]))
                case Rest(until):
                    assert until > now
                    return until


def most_within(instants: Sequence[datetime], span: timedelta) -> int:
    return max((sum(start <= each < start + span for each in instants) for start in instants), default=0)


@settings(max_examples=100)
@given(
    arrivals=st.lists(st.tuples(st.integers(0, 5000), st.sampled_from([A, B]), st.integers(1, 25)), max_size=12),
    pace=st.builds(Pace, an_hour=st.integers(1, 20), a_day=st.integers(1, 40), least=st.integers(1, 8)),
    digests_only=st.frozensets(st.sampled_from([A, B])),
    missed=st.integers(0, 90),
)
def test_whatever_arrives_when_every_letter_leaves_once_and_no_inbox_is_flooded(arrivals, pace, digests_only, missed):
    """`missed`: by how many minutes each pass is late."""
    world, number = World(pace, digests_only), 0
    coming = sorted((MONDAY + after * MINUTE, key, many) for after, key, many in arrivals)
    now, end = MONDAY, MONDAY + 200 * DAY
    while (coming or world.waiting) and now < end:
        while coming and coming[0][0] <= now:
            at, key, many = coming.pop(0)
            world.waiting += [(at, key, number + n) for n in range(many)]
            number += many
        until = world.until_it_rests(now)
        now = min([until, *(at for at, _, _ in coming[:1])]) + missed * MINUTE

    gone = [number for _, _, number in world.singles] + [each for _, _, those in world.digests for each in those]
    assert Counter(gone) == Counter(range(number)), "one was lost, or went twice"
    alone = [at for at, _, _ in world.singles]
    assert most_within(alone, HOUR) <= pace.an_hour
    assert most_within(alone, DAY) <= pace.a_day
    assert digests_only.isdisjoint(key for _, key, _ in world.singles)
    for key in (A, B):
        assert most_within([at for at, each, _ in world.digests if each == key], APART) <= 1
    for _, key, those in world.digests:
        assert len(those) >= (1 if key in digests_only else pace.least)
