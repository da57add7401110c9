"""So many letters to one person in a time, over all campaigns: what is above that is left out or waits, with reason."""

from datetime import timedelta

import pytest

from campaigns.mailing import Mailing
from campaigns.messages import Message
from campaigns.wave import Turn, Wave
from outreach.chunk_claim import claim_chunk
from outreach.claim import claim
from outreach.delivery import Delivery
from outreach.mailings.audience import Audience, audience
from outreach.readership import to_supporters
from tests.outreach.mailings.conftest import TUESDAY, send, states
from tests.outreach.wires import Told
from tests.small_campaign import DAY, published, supporters

pytestmark = pytest.mark.django_db
REAL = TUESDAY + 1000 * DAY
WHY = "2 messages went to this person within 7 days, which is the most"
PERSON = "supporter0@people.example"


@pytest.fixture(autouse=True)
def two_a_week(settings) -> None:
    settings.PERSON_CAP = 2


@pytest.fixture
def elsewhere():
    """Another campaign, of which one of the six is a supporter, too."""
    other = published(slug="river")
    (person,) = supporters(other, 1)
    person.email = "Supporter0@PEOPLE.example"
    person.save()
    return other


def test_the_third_letter_in_a_week_is_left_out_whichever_campaign_it_is_of(begun, elsewhere):
    begun()
    begun(campaign=elsewhere, key="theirs")
    assert send(Told()) == 7
    third = begun(key="third")
    assert audience(third, TUESDAY) == Audience(6, 1)
    assert send(Told()) == 5
    assert states(third) == {"delivered": 5, "suppressed": 1}
    left_out = Delivery.objects.get(state="suppressed")
    assert left_out.supporter is not None
    assert (left_out.supporter.email, left_out.reason) == (PERSON, WHY)


def test_it_waits_until_there_is_room_if_the_mailing_says_so(begun, elsewhere, monkeypatch):
    begun()
    begun(campaign=elsewhere, key="theirs")
    send(Told())
    third = begun(key="third", above_cap=Mailing.Above.WAITS)
    assert send(Told()) == 5
    assert claim("email", TUESDAY, REAL, bulk=True, limit=9) == []
    waiting = Delivery.objects.get(wave__mailing=third, state="due")
    assert (waiting.reason, waiting.due_at) == (WHY, TUESDAY + 7 * DAY)
    later = TUESDAY + 7 * DAY + timedelta(seconds=1)
    assert [each.pk for each in claim("email", later, REAL, bulk=True, limit=9)] == [waiting.pk]


def test_what_a_step_sends_counts_and_waits(campaign, begun):
    step = campaign.steps.get(key="supporters")
    wave = Wave.objects.create(campaign=campaign, step=step, at=TUESDAY)
    for appeal in campaign.appeals.all():
        Turn.objects.create(appeal=appeal, wave=wave, step=step, kind="escalation", at=TUESDAY)
    begun()
    begun(key="second")
    send(Told())
    to_supporters(wave, Message("supporters", "email", "supporters", None, ()), TUESDAY)
    assert send(Told()) == 0
    assert claim("email", TUESDAY, REAL, bulk=True, limit=9) == []
    ours = Delivery.objects.filter(wave=wave)
    assert set(ours.values_list("state", "reason")) == {("due", WHY)}


def test_a_letter_that_another_worker_is_just_sending_counts(begun):
    for key in ("one", "two", "three"):
        begun(key=key)
    taken = [claim_chunk("email", TUESDAY, REAL) for _ in range(9)]
    granted = [reader.supporter for claimed in taken if claimed for reader in claimed.readers]
    assert len(taken) == 9
    assert len(granted) == 12
    assert all(granted.count(each) == 2 for each in granted)


def test_of_two_letters_that_one_worker_takes_at_once_only_one_finds_the_last_place(begun):
    begun()
    send(Told())
    for key in ("second", "third"):
        begun(key=key)
    Delivery.objects.filter(state="due").update(chunk=None, place=None)
    taken = claim("email", TUESDAY, REAL, bulk=True, limit=50)
    assert len(taken) == len({each.supporter_id for each in taken}) == 6
    assert states(Mailing.objects.get(key="second")) | states(Mailing.objects.get(key="third")) == {
        "claimed": 6,
        "suppressed": 6,
    }


def test_a_cap_is_not_met_by_what_never_arrived(begun):
    begun()
    begun(key="second")
    send(Told())
    Delivery.objects.filter(wave__mailing__key="second").update(state="bounced")
    begun(key="third")
    assert send(Told()) == 6
