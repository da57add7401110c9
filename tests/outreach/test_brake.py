"""Too much that comes back stops a campaign's channel, with the figures, until a person lets it go on."""

from datetime import datetime, timedelta

import pytest

from campaigns.campaign import Campaign
from campaigns.hold import Hold
from campaigns.wave import Wave
from channels.answer import Receipt
from outreach.beat import Beat
from outreach.brake import pull_brakes
from outreach.claim import claim
from outreach.clock import tick
from outreach.delivery import Delivery
from outreach.event import Event
from outreach.news import bounced
from outreach.send import drain
from outreach.spike import Brakes, Figures
from tests.outreach.wires import Told
from tests.small_campaign import DAY, FRIDAY, SECOND, published

pytestmark = pytest.mark.django_db
LATER = FRIDAY + timedelta(hours=1)


@pytest.fixture
def campaign() -> Campaign:
    campaign = published()
    tick(campaign, FRIDAY)
    return campaign


def letters(campaign: Campaign, number: int, state: str = "sent", sent_at: datetime | None = FRIDAY) -> list[Delivery]:
    wave = Wave.objects.get(campaign=campaign)
    begun = Delivery.objects.count()
    return Delivery.objects.bulk_create(
        Delivery(
            campaign=campaign, step=wave.step, wave=wave, audience="supporters", channel="email", due_at=FRIDAY,
            recipient=f"somebody {begun + n}", wording_name="letter", created_at=FRIDAY, state=state, sent_at=sent_at,
        )
        for n in range(number)
    )  # fmt: skip


def come_back(deliveries: list[Delivery], *, is_permanent: bool = True) -> None:
    for each in deliveries:
        assert bounced(each, LATER, "550 no such mailbox", is_permanent=is_permanent)


def complain(deliveries: list[Delivery]) -> None:
    Event.objects.bulk_create(Event(delivery=each, kind="complaint", at=LATER) for each in deliveries)


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        (Figures(20, 1, 0), ""),
        (Figures(19, 19, 0), ""),
        (Figures(40, 3, 0), "3 of 40 letters sent in the last 72 hours came back for good: 7.5% is more than 5.0%"),
        (Figures(3000, 0, 3), ""),
        (Figures(10, 0, 2), ""),
        (Figures(2000, 0, 3), "3 complaints about 2,000 letters sent in the last 72 hours: 0.15% is more than 0.10%"),
    ],
)
def test_the_rule_wants_enough_letters_and_too_great_a_share(figures, said):
    assert Brakes().reason(figures) == said


def test_too_many_bounces_hold_the_campaigns_channel_and_the_next_claim_obeys(campaign):
    come_back(letters(campaign, 20)[:2])
    (hold,) = pull_brakes(LATER)
    assert (hold.campaign, hold.channel, hold.author, hold.until) == (campaign, "email", "the brake", None)
    assert hold.reason == "2 of 20 letters sent in the last 72 hours came back for good: 10.0% is more than 5.0%"
    assert claim("email", LATER, LATER, bulk=False, limit=10) == []


def test_a_repeated_pass_places_no_second_hold(campaign):
    come_back(letters(campaign, 20)[:2])
    pull_brakes(LATER)
    assert pull_brakes(LATER + SECOND) == []
    assert Hold.objects.count() == 1


def test_after_lifting_only_what_is_sent_since_then_counts(campaign):
    before = letters(campaign, 40)
    come_back(before[:10])
    (hold,) = pull_brakes(LATER)
    hold.lift(LATER, "Mia")
    come_back(before[10:20])
    since = letters(campaign, 40, sent_at=LATER + SECOND)
    come_back(since[:2])
    assert pull_brakes(LATER + DAY) == []
    come_back(since[2:3])
    (again,) = pull_brakes(LATER + DAY)
    assert again.reason.startswith("3 of 40 letters")


def test_what_was_sent_long_ago_does_not_count(campaign):
    come_back(letters(campaign, 20))
    assert pull_brakes(FRIDAY + 4 * DAY) == []


def test_bounces_that_may_pass_do_not_count(campaign):
    come_back(letters(campaign, 20), is_permanent=False)
    assert pull_brakes(LATER) == []


def test_recipients_refused_at_the_door_count_as_bounces_and_other_refusals_do_not(campaign):
    letters(campaign, 30)
    refused = letters(campaign, 6, "refused", sent_at=None)
    for each, code in zip(refused, ("5.1.1", "550", "5.1.8", "5.7.1", "554", ""), strict=True):
        Event.objects.create(delivery=each, kind="refused", at=LATER, detail={"reason": "no", "code": code})
    (hold,) = pull_brakes(LATER)
    assert hold.reason.startswith("2 of 32 letters")


def test_three_complaints_hold_and_two_or_one_repeated_do_not(campaign):
    sent = letters(campaign, 50)
    complain([sent[0], sent[0], sent[0], sent[1]])
    assert pull_brakes(LATER) == []
    complain(sent[2:3])
    (hold,) = pull_brakes(LATER)
    assert hold.reason.startswith("3 complaints about 50 letters")


def test_a_few_among_many_hold_nothing_and_the_many_are_not_all_counted(campaign):
    come_back(letters(campaign, 200)[:9])
    assert pull_brakes(LATER) == []


def test_other_campaigns_and_channels_go_on(campaign):
    other = published(slug="tunnel")
    tick(other, FRIDAY)
    come_back(letters(campaign, 20)[:5])
    pull_brakes(LATER)
    assert {each.campaign for each in claim("email", LATER, LATER, bulk=False, limit=10)} == {other}


def test_brakes_that_are_off_hold_nothing(campaign, settings):
    settings.BRAKES = None
    come_back(letters(campaign, 20))
    assert pull_brakes(LATER) == []


def test_each_beat_of_the_clock_looks(campaign, monkeypatch):
    come_back(letters(campaign, 20)[:5])
    monkeypatch.setattr("outreach.beat.now", lambda: LATER)
    monkeypatch.setattr("outreach.beat.hint", lambda work: None)
    Beat().beat()
    assert Hold.objects.get().author == "the brake"


def test_a_hold_placed_while_a_drain_runs_stops_it_before_the_next_part(campaign, monkeypatch):
    held: list[Hold] = []

    def answer(envelope: object) -> Receipt:
        if not held:
            held.append(Hold.objects.place(campaign=campaign, reason="talks", author="Mia", now=FRIDAY))
        return Receipt("taken")

    wire = Told(answer, in_flight=1)
    monkeypatch.setattr("outreach.send.wire_of", lambda channel: wire)
    monkeypatch.setattr("outreach.send.now", lambda: FRIDAY)
    assert drain("email", bulk=False) == 1
    rest = Delivery.objects.filter(state="due")
    assert set(rest.values_list("attempts", "due_at")) == {(0, FRIDAY)}
    assert [each.events.last().kind for each in rest] == ["put back"] * 2
    held[0].lift(FRIDAY, "Mia")
    assert drain("email", bulk=False) == 2
    assert len(wire.envelopes) == len({each.key for each in wire.envelopes}) == 3
