"""The forecast, the rehearsal and the engine ask the same rules, so that they agree about when."""

from datetime import UTC, datetime, timedelta

import pytest

from campaigns.addressee import Addressee
from campaigns.campaign import Campaign
from campaigns.kept import edition_of
from campaigns.publication import pause
from outreach.clock import tick
from outreach.dashboard.expected import lines
from outreach.delivery import Delivery
from outreach.forecast import forecast_of
from outreach.rehearsal import rehearse
from outreach.send import drain
from tests.small_campaign import DAY, DEADLINE, FRIDAY, SECOND, draft, published, supporters

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
OFFICE = {"hours": ["09:00", "17:00"], "days": "workdays", "holidays": "wait"}
SENDING = {
    "addressees": OFFICE | {"spread": 2 * 3600},
    "supporters": {"hours": ["08:00", "20:00"], "spread": 86400 + 3600, "curve": "day"},
    "public": {"hours": ["10:00", "18:00"]},
}
NIGHT = datetime(2023, 4, 27, 20, tzinfo=UTC)
Sends = set[tuple[datetime, str, int, str, str]]


@pytest.fixture
def really(monkeypatch):
    """Every letter and notice the engine sends up to `until`, found by passing whenever something can happen."""

    def run(campaign: Campaign, moments: list[datetime]) -> Sends:
        for moment in moments:
            for door in ("send", "convoy", "bulk"):
                monkeypatch.setattr(f"outreach.{door}.now", lambda at=moment: at)
            drain("email", bulk=False)
            tick(campaign, moment)
            for channel in ("email", "x"):
                drain(channel, bulk=False)
        sent = Delivery.objects.filter(state="delivered").exclude(audience="supporters")
        kept = sent.values_list("sent_at", "step__key", "wave__reminder", "channel", "addressee__key")
        return set(kept)

    return run


def foretold(entries) -> Sends:
    letters = (entry for entry in entries if entry.kind == "send" and entry.audience != "supporters")
    return {(e.at, e.step, e.reminder, e.channel, e.addressee or "") for e in letters}


def move_apart() -> None:
    Addressee.objects.filter(key="ann").update(time_zone="Asia/Yerevan", country="AM")
    Addressee.objects.filter(key="bob").update(time_zone="America/New_York", country="US")


def test_what_is_forecast_is_rehearsed_and_comes_true_to_the_second(really):
    move_apart_later = draft(sending=SENDING)
    move_apart()
    rehearsal = rehearse(edition_of(move_apart_later))
    campaign = published(slug="bridge2", sending=SENDING)
    told = forecast_of(campaign, FRIDAY)
    assert len({entry.at for entry in told.sends}) > 5
    moments = sorted({entry.at for entry in told.events})
    assert really(campaign, moments) == foretold(told.events)
    assert [e.kind for e in rehearsal.entries] == [e.kind for e in forecast_of(move_apart_later, FRIDAY - DAY).events]


def test_a_letter_is_forecast_for_when_it_leaves_and_not_for_when_it_is_wanted():
    campaign = published(NIGHT, sending={"addressees": OFFICE})
    (at,) = {entry.at for entry in forecast_of(campaign, NIGHT).sends if entry.step == "letter" and not entry.reminder}
    assert at == datetime(2023, 4, 28, 8, tzinfo=UTC)


def test_what_waits_already_is_in_the_forecast_once(really):
    campaign = published(NIGHT, sending={"addressees": OFFICE})
    first = foretold(forecast_of(campaign, NIGHT).events)
    really(campaign, [NIGHT])
    assert foretold(forecast_of(campaign, NIGHT + HOUR).events) == first


def test_a_step_waits_in_the_forecast_for_a_letter_that_waits_for_its_hours(really):
    campaign = published(sending={"addressees": {"hours": ["09:00", "10:00"]}}, time_zone="UTC")
    told = forecast_of(campaign, FRIDAY)
    step_two = {entry.at for entry in told.sends if entry.step == "deadline" and entry.channel == "email"}
    assert step_two == {datetime(2023, 5, 6, 8, tzinfo=UTC)}
    (begun,) = {entry.at for entry in told.rehearsal.escalations if entry.step == "supporters"}
    assert begun == DEADLINE + DAY + SECOND
    moments = sorted({entry.at for entry in told.events})
    assert really(campaign, moments) == foretold(told.events)


def test_a_letter_that_would_leave_too_late_is_forecast_as_lapsed(really):
    campaign = published(sending={"addressees": OFFICE})
    Addressee.objects.update(weekend=["wed", "thu", "sat", "sun"])
    step = campaign.steps.get(key="letter")
    step.reminders[0]["expires_after"] = 3600
    step.save()
    told = forecast_of(campaign, FRIDAY)
    lapsed = [entry for entry in told.events if entry.kind == "lapsed"]
    assert {entry.at for entry in lapsed} == {datetime(2023, 5, 4, 1, 0, 1, tzinfo=UTC)}
    assert {entry.detail for entry in lapsed} == {"it would have come too late"}
    moments = sorted({entry.at for entry in told.events})
    assert really(campaign, moments) == foretold(told.events)
    assert Delivery.objects.filter(state="expired", wave__reminder=1).count() == 3


def to_supporters(campaign: Campaign, now: datetime) -> list[tuple[int, int, int]]:
    """Of each day: how many, from which hour, until which."""
    told = [entry for entry in forecast_of(campaign, now).sends if entry.audience == "supporters"]
    return [(entry.count, entry.at.day * 100 + entry.at.hour, (entry.until or entry.at).hour) for entry in told]


def test_supporters_are_counted_on_the_day_on_which_they_are_written_to(really):
    campaign = published(sending={"supporters": SENDING["supporters"]})
    supporters(campaign, 200)
    foreseen = to_supporters(campaign, FRIDAY)
    assert sum(number for number, _, _ in foreseen) == 200
    assert [(start, end) for _, start, end in foreseen] == [(708, 20), (808, 9)]
    really(campaign, [FRIDAY, DEADLINE + SECOND, DEADLINE + DAY + SECOND])
    under_way = to_supporters(campaign, DEADLINE + DAY + SECOND)
    assert sum(number for number, _, _ in under_way) == 200
    assert [start // 100 for _, start, _ in under_way] == [7, 8]


def test_a_hold_makes_what_waits_wait_longer_in_the_forecast(really):
    campaign = published(NIGHT, sending={"addressees": OFFICE})
    really(campaign, [NIGHT])
    pause(campaign, reason="talks", author="Mia", now=NIGHT + HOUR, until=datetime(2023, 5, 2, 20, tzinfo=UTC))
    letters = [e.at for e in forecast_of(campaign, NIGHT + 2 * HOUR).sends if e.step == "letter" and not e.reminder]
    assert set(letters) == {datetime(2023, 5, 3, 8, tzinfo=UTC)}


def test_the_page_says_from_when_to_when_messages_of_a_day_leave():
    campaign = published(sending={"supporters": SENDING["supporters"]})
    supporters(campaign, 200)
    (first, second) = (line for line in lines(forecast_of(campaign, FRIDAY)) if "supporters" in line.what)
    assert first.until > first.at
    assert first.count + second.count == 200
