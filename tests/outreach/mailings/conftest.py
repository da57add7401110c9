"""A campaign that has been asking for days, people who live where its three addressees represent, and a mailing."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from campaigns.addressee import Addressee
from campaigns.campaign import Campaign
from campaigns.mailing import Mailing
from campaigns.outcome import record_outcome
from campaigns.segment import Segment
from channels.wire import Wire
from outreach.bulk import drain_chunks
from outreach.clock import tick
from outreach.delivery import Delivery
from outreach.mailings.composing import compose_some
from outreach.mailings.draft import Draft, write
from outreach.mailings.steering import plan
from tests.small_campaign import DAY, FRIDAY, published, supporters

TUESDAY = FRIDAY + 4 * DAY
STATE = "ocd-division/country:xx/state:a"
WHERE = {"ann": STATE, "bob": "ocd-division/country:xx/state:b", "cat": "Cattown"}
LIVES = (f"{STATE}/cd:1", f"{STATE}/cd:2", WHERE["bob"], WHERE["cat"], "", f"{STATE}/cd:1")
WORDS = "Dear {{ supporter.name }}, silent are {{ silent | map(attribute='name') | listing }}. {{ links.unsubscribe }}"
DRAFT = Draft("news", "News of the bridge", [{"en": ("Still closed, {{ supporter.name }}", WORDS)}])


@pytest.fixture(autouse=True)
def tuesday(monkeypatch) -> None:
    """It is the Tuesday before the deadline, for all who look at the clock by themselves; portions are small."""
    for door in ("outreach.bulk", "outreach.convoy", "outreach.mailings.composing", "campaigns.moment"):
        monkeypatch.setattr(f"{door}.now", lambda: TUESDAY)
    monkeypatch.setattr("outreach.readership.SIZE", 2)
    monkeypatch.setattr("outreach.mailings.composing.PORTION", 4)


@pytest.fixture
def campaign() -> Campaign:
    """Six supporters, of whom three live where Ann represents, one where Bob does, and one where Cat does."""
    campaign = published()
    for key, division in WHERE.items():
        Addressee.objects.filter(key=key).update(division=division)
    tick(campaign, FRIDAY)
    campaign.deliveries.update(state="delivered", sent_at=FRIDAY, delivered_at=FRIDAY)
    for person, division in zip(supporters(campaign, len(LIVES)), LIVES, strict=True):
        person.division = division
        person.save()
    return campaign


@pytest.fixture
def begun(campaign) -> Callable[..., Mailing]:
    """Writes a mailing, lets it go and composes it; `change`: what is said otherwise than in `DRAFT`."""

    def begin(at: datetime = TUESDAY, campaign: Campaign = campaign, **change: object) -> Mailing:
        mailing = plan(write(campaign, replace(DRAFT, **change), "Ann", at), None, at)  # type: ignore[arg-type]
        compose(at)
        mailing.refresh_from_db()
        return mailing

    return begin


def compose(at: datetime = TUESDAY) -> None:
    while compose_some(at):
        pass


def send(wire: Wire) -> int:
    return drain_chunks("email", wire, lambda: True)


def states(mailing: Mailing) -> "Counter[str]":
    return Counter(Delivery.objects.filter(wave__mailing=mailing).values_list("state", flat=True))


def readers(mailing: Mailing) -> set[str]:
    """Where those who get it live."""
    return set(Delivery.objects.filter(wave__mailing=mailing).values_list("supporter__division", flat=True))


def act(campaign: Campaign, key: str, kind: str = "done", at: datetime = TUESDAY, **more: object) -> None:
    """The addressee of that key does something about every demand."""
    appeal = campaign.appeals.get(addressee__key=key)
    for demand in campaign.demands.all():
        said = {"evidence": "https://council.example/1", "author": "Ann", "now": at, **more}
        record_outcome(appeal, demand, kind, **said)  # type: ignore[arg-type]


OF_THE_SILENT = Segment(representatives=("silent",))
