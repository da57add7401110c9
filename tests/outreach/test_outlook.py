from datetime import timedelta

import pytest

from campaigns.addressee import ContactPoint
from campaigns.kept import edition_of
from outreach.clock import tick
from outreach.collisions import Foreseen, crowded, grouped
from outreach.outlook import outlook, outlook_of
from outreach.send import drain
from tests.small_campaign import DAY, FRIDAY, draft, published

HOUR = timedelta(hours=1)


def foreseen(*hours: float, addressee: str = "ann", inbox: str = "", campaign: str = "bridge") -> list[Foreseen]:
    return [Foreseen(FRIDAY + hour * HOUR, addressee, inbox or addressee, campaign) for hour in hours]


@pytest.mark.parametrize(
    ("hours", "crowds"),
    [((0, 1, 2), 0), ((0, 1, 2, 3), 1), ((0, 8, 16, 24), 0), ((0, 8, 16, 23.9), 1), ((0, 1, 2, 3, 50, 51, 52, 53), 2)],
)
def test_more_than_the_cap_within_its_time_is_a_collision_told_once(hours, crowds):
    assert len(list(crowded(foreseen(*hours), 3, DAY))) == crowds


def test_an_inbox_that_several_share_is_crowded_by_all_of_them_together():
    together = foreseen(0, 1, inbox="desk") + foreseen(2, 3, addressee="bob", inbox="desk")
    (crowd,) = crowded(together, 3, DAY)
    assert (crowd.whom, crowd.until) == ("desk", FRIDAY + 3 * HOUR)
    assert crowd.sentence.startswith("4 messages to this inbox within 24 hours; 3 is the most")


def test_what_is_said_of_many_is_said_once_and_crowds_come_first():
    crowds = [*crowded(foreseen(0, 0, 0, 0, addressee="bob"), 3, DAY), *crowded(foreseen(5, 5, 5, 5), 3, DAY)]
    ((first, whom),) = grouped(crowds)
    assert (first.at, whom) == (FRIDAY, ("bob", "ann"))


@pytest.mark.django_db
def test_the_cap_is_foreseen_over_all_campaigns(monkeypatch):
    monkeypatch.setattr("outreach.send.now", lambda: FRIDAY)
    campaign = published()
    for slug in ("dam", "road", "well"):
        published(slug=slug)
    told = outlook_of(campaign, FRIDAY)
    (ann,) = [each for each in told.collisions if (each.kind, each.whom, each.at) == ("cap", "ann", FRIDAY)]
    assert ann.sentence.startswith("4 messages to this addressee within 24 hours, of 4 campaigns; 3 is the most")
    assert set(ann.campaigns) == {"bridge", "dam", "road", "well"}

    tick(campaign, FRIDAY)
    drain("email", bulk=False)
    later = outlook_of(campaign, FRIDAY + HOUR)
    assert any(each.whom == "ann" and each.at == FRIDAY for each in later.collisions)


@pytest.mark.django_db
def test_windows_and_holidays_are_foreseen_with_their_reason():
    office = {"addressees": {"hours": ["09:00", "17:00"], "days": "workdays", "holidays": "wait"}}
    told = outlook(edition_of(draft(sending=office)))
    sentences = {each.sentence for each in told.collisions if each.kind == "window"}
    assert any("it is the weekend in GB" in sentence for sentence in sentences)


@pytest.mark.django_db
def test_a_shared_inbox_is_found_by_its_address(settings):
    settings.CAP = 2
    campaign = draft()
    ContactPoint.objects.filter(channel="email").update(address="Desk@offices.example")
    told = outlook(edition_of(campaign))
    assert {each.whom for each in told.collisions if each.kind == "cap"} == {"email desk@offices.example"}


@pytest.mark.django_db
def test_posts_cost_what_the_wires_address_says_and_the_budget_is_compared(settings, monkeypatch):
    for name in ("CONSUMER_KEY", "CONSUMER_SECRET", "ACCESS_TOKEN", "ACCESS_TOKEN_SECRET"):
        monkeypatch.setenv(f"OUTREACH_X_{name}", "invented")
    edition = edition_of(draft())
    assert outlook(edition).costs == ()
    settings.CHANNELS = {**settings.CHANNELS, "x": "x://127.0.0.1:9/?price=2&price_with_link=20&budget=5"}
    (cost,) = outlook(edition).costs
    assert (cost.channel, cost.messages) == ("x", 3)
    assert cost.cents == 6
    assert cost.left == 5
    assert cost.is_too_much
