"""The page for signatures that nobody gave: look, take out with a reason, put back, and let people have their mail."""

import pytest

from campaigns.campaign import Campaign
from campaigns.invalidation import Invalidation
from campaigns.supporter import Supporter
from campaigns.tally import count
from outreach.alarm import Alarm
from outreach.batches import finish_batches, is_unfinished
from outreach.confirming import confirm
from outreach.notice import Notice
from outreach.release import Release
from outreach.signing import read_some
from outreach.signup import Form, keep
from tests.small_campaign import FRIDAY, published

pytestmark = pytest.mark.django_db
PAGE = "/campaigns/bridge/signatures"
ACT = f"{PAGE}/act"


@pytest.fixture
def bridge(monkeypatch) -> Campaign:
    """Two people and three machines have signed and confirmed; a fourth machine was trapped and got no mail."""
    monkeypatch.setattr("outreach.dashboard.signatures.give_hint", lambda actor: True)
    campaign = published()
    for email in ("anna@people.example", "bo@people.example", *(f"bot{n}@junk.example" for n in range(3))):
        keep(campaign.pk, Form("Some Body", email, "en"), "network", FRIDAY)
    keep(campaign.pk, Form("Cat", "cat@junk.example", "en", signals={"trap": True}), "network", FRIDAY)
    read_some(FRIDAY)
    for person in Supporter.objects.exclude(pk__in=Supporter.objects.at("cat@junk.example")):
        confirm(person, FRIDAY)
    return campaign


def test_a_batch_is_looked_at_taken_out_by_a_worker_and_put_back(staff, bridge):
    page = staff.post(ACT, {"do": "look", "domain": "junk.example"}).text
    assert "4 signatures are meant; 3 of them count now; 1 got no mail" in page
    assert "b…0@junk.example" in page
    assert "bot0@junk.example" not in page
    assert count(bridge.pk) == 5
    staff.post(ACT, {"do": "take-out", "domain": "junk.example", "reason": "Made by a machine"})
    (batch,) = Invalidation.objects.all()
    assert (batch.meant, batch.number, batch.author, count(bridge.pk)) == (4, 0, "mara", 5)
    assert '<progress value="0" max="4"' in staff.get(PAGE).text
    assert finish_batches() == 4
    assert (count(bridge.pk), is_unfinished()) == (2, False)
    assert "Made by a machine" in staff.get(PAGE).text
    staff.post(f"{PAGE}/{batch.pk}/undo")
    assert is_unfinished()
    finish_batches()
    assert (count(bridge.pk), is_unfinished()) == (5, False)
    assert "put back by mara" in staff.get(PAGE).text


def test_who_got_no_mail_gets_it_when_staff_say_so(staff, bridge):
    staff.post(ACT, {"do": "send", "marked": "trap", "reason": "She wrote to us: her browser filled in everything"})
    assert [(each.number, each.author) for each in Release.objects.all()] == [(1, "mara")]
    assert Notice.objects.filter(supporter__in=Supporter.objects.at("cat@junk.example")).count() == 1
    assert "Got their mail after all" in staff.get(PAGE).text


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"do": "take-out"}, "Say which: by domain"),
        ({"do": "take-out", "domain": "junk.example"}, "Say why: it is kept"),
        ({"do": "look", "domain": "no domain"}, "is no domain"),
        ({"do": "look", "since": "yesterday"}, "Give the day and the time"),
    ],
)
def test_what_names_nobody_or_gives_no_reason_is_a_problem_at_its_field(staff, bridge, said, sentence):
    page = staff.post(ACT, said)
    assert page.status_code == 422
    assert sentence in page.text
    assert not Invalidation.objects.exists()


def test_staff_raise_and_end_the_alarm_with_a_reason(staff, bridge):
    assert staff.post(f"{PAGE}/alarm", {"alarm-reason": ""}).status_code == 422
    staff.post(f"{PAGE}/alarm", {"alarm-reason": "Somebody warned us"})
    assert "Somebody warned us" in staff.get(PAGE).text
    staff.post(f"{PAGE}/alarm/end")
    assert [(each.author, each.ended_by) for each in Alarm.objects.all()] == [("mara", "mara")]


def test_who_may_only_look_changes_nothing(viewer, bridge):
    assert "Look whom that means" not in viewer.get(PAGE).text
    assert viewer.post(ACT, {"do": "take-out", "domain": "junk.example", "reason": "Why not"}).status_code == 403
    assert not Invalidation.objects.exists()
