"""What answers, signatures and missing addresses make of the ladder: the clock's rows, and who is written to."""

from datetime import timedelta

import pytest

from campaigns.addressee import Addressee, ContactPoint
from campaigns.appeal import Appeal
from campaigns.campaign import Campaign
from campaigns.outcome import record_outcome
from campaigns.publication import publish
from campaigns.supporter import Supporter
from campaigns.tally import add
from campaigns.wave import Pause, Skip, Turn
from outreach.again import fall_back
from outreach.clock import tick
from outreach.dashboard.thread import thread
from outreach.delivery import Delivery
from outreach.news import bounced
from outreach.send import drain
from tests.small_campaign import DAY, DEADLINE, FRIDAY, SECOND, draft, supporters

pytestmark = pytest.mark.django_db
AFTER = DEADLINE + SECOND
HOUR = timedelta(hours=1)
TUESDAY = FRIDAY + 4 * DAY
TO_SUPPORTERS = {"next": [["otherwise", "supporters"]], "reminders": []}
TO_THE_SILENTS = {"audience": "supporters of the silent", "channels": ["email"], "wording": "supporters"}


@pytest.fixture
def now(monkeypatch):
    """`now(campaign, moment)` passes the clock and sends what is due."""

    def pass_and_send(campaign: Campaign, moment) -> None:
        for name in ("send", "bulk", "convoy"):
            monkeypatch.setattr(f"outreach.{name}.now", lambda: moment)
        tick(campaign, moment)
        for channel in ("email", "x"):
            drain(channel, bulk=False)
            drain(channel, bulk=True)

    return pass_and_send


def ladder(**steps: dict) -> Campaign:
    """The small campaign with other rules for some steps, published."""
    campaign = draft()
    for key, fields in steps.items():
        assert campaign.steps.filter(key=key).update(**fields)
    return publish(campaign, FRIDAY)


def refuses(campaign: Campaign, key: str, at, demand: str = "open") -> None:
    appeal = Appeal.objects.get(addressee__key=key)
    record_outcome(
        appeal, campaign.demands.get(key=demand), "refused", evidence="their letter", author="Lusine", now=at
    )


def turns(key: str) -> list[tuple[str, str]]:
    return list(Turn.objects.filter(appeal__addressee__key=key).order_by("at").values_list("step__key", "kind"))


def step_of(key: str) -> str:
    return Appeal.objects.values_list("step__key", flat=True).get(addressee__key=key)


def test_a_refusal_is_answered_at_once_and_the_time_that_was_given_stays(now):
    campaign = ladder(deadline={"only_if": ["refused"], "at_once": True, "patience": DAY})
    now(campaign, FRIDAY)
    refuses(campaign, "ann", TUESDAY)
    now(campaign, TUESDAY + SECOND)
    assert turns("ann") == [("letter", "opening"), ("deadline", "at once")]
    assert Appeal.objects.get(addressee__key="ann").due_at == DEADLINE
    assert Delivery.objects.filter(step__key="deadline", addressee__key="ann", state="delivered").count() == 2
    now(campaign, TUESDAY + DAY)
    assert step_of("bob") == "letter"


def test_silence_and_refusal_lead_to_different_steps_and_what_is_left_out_is_recorded(now):
    campaign = ladder(
        letter={"next": [["refused", "oversight"], ["otherwise", "deadline"]], "reminders": []},
        deadline={"only_if": ["broken"]},
    )
    now(campaign, FRIDAY)
    refuses(campaign, "ann", TUESDAY)
    now(campaign, AFTER)
    assert (step_of("ann"), step_of("bob")) == ("oversight", "supporters")
    skips = list(Skip.objects.values_list("appeal__addressee__key", "step__key", "sentence"))
    why = "no commitment of theirs is broken"
    assert sorted(skips) == [("bob", "deadline", why), ("cat", "deadline", why)]
    now(campaign, AFTER)
    assert Skip.objects.count() == 2
    bob = Appeal.objects.get(addressee__key="bob")
    left_out = [entry for entry in thread(campaign, bob.addressee, bob) if entry.kind == "skip"]
    assert [(entry.title, entry.it.sentence) for entry in left_out] == [("Step 2, Deadline, left out", why)]


def test_an_end_ends_the_ladder_with_steps_still_below(now):
    campaign = ladder(letter={"next": [["otherwise", "end"]], "reminders": []})
    now(campaign, FRIDAY)
    now(campaign, AFTER)
    assert set(Appeal.objects.values_list("status", flat=True)) == {"exhausted"}
    campaign.refresh_from_db()
    assert campaign.status == Campaign.Status.CLOSED


def test_signatures_open_a_step_and_close_it_again_if_they_are_struck_off_before_it_ran(now):
    campaign = ladder(deadline={"signatures": 3, "at_once": True, "approvers": 1})
    now(campaign, FRIDAY)
    assert step_of("ann") == "letter"
    add({campaign.pk: 3})
    now(campaign, TUESDAY)
    waits = Pause.objects.filter(ended_at=None).values_list("sentence", flat=True)
    assert set(waits) == {"step “deadline” needs one approval"}
    add({campaign.pk: -1})
    now(campaign, TUESDAY + HOUR)
    assert not Pause.objects.filter(ended_at=None).exists()
    now(campaign, AFTER)
    assert step_of("ann") == "supporters"
    assert Skip.objects.first().sentence == "it needs 3 signatures and there are 2"


def test_signatures_that_are_enough_let_a_step_begin_between_two_looks(now):
    campaign = ladder(deadline={"signatures": 3, "at_once": True})
    now(campaign, FRIDAY)
    add({campaign.pk: 3})
    now(campaign, TUESDAY)
    assert turns("ann") == [("letter", "opening"), ("deadline", "at once")]


def test_a_step_for_the_unreachable_begins_at_once_when_nothing_arrived_and_no_address_is_left(now):
    campaign = ladder(supporters={"only_if": ["unreachable"], "at_once": True}, deadline={"only_if": ["broken"]})
    now(campaign, FRIDAY)
    letter = Delivery.objects.get(addressee__key="ann")
    bounced(letter, TUESDAY, "no such user")
    ContactPoint.objects.filter(addressee__key="ann").update(health="dead")
    assert fall_back(campaign, TUESDAY) == 0
    now(campaign, TUESDAY + SECOND)
    assert turns("ann") == [("letter", "opening"), ("supporters", "at once")]
    assert step_of("bob") == "letter"


def test_a_step_that_needs_approval_waits_and_says_so(now):
    campaign = ladder(deadline={"approvers": 2})
    now(campaign, FRIDAY)
    now(campaign, AFTER)
    assert step_of("ann") == "letter"
    assert Pause.objects.filter(ended_at=None, sentence="step “deadline” needs two approvals").count() == 3


def test_supporters_of_the_silent_hear_only_of_their_own_representatives_who_have_not_acted(now):
    campaign = ladder(letter=TO_SUPPORTERS, supporters={"dispatches": [TO_THE_SILENTS]})
    for key, division in (("ann", "north"), ("bob", "south"), ("cat", "north")):
        Addressee.objects.filter(key=key).update(division=division)
    people = supporters(campaign, 4)
    for supporter, division in zip(people, ("north", "south", "west", ""), strict=True):
        Supporter.objects.filter(pk=supporter.pk).update(division=division)
    now(campaign, FRIDAY)
    now(campaign, AFTER)
    told = Delivery.objects.filter(audience="supporters")
    assert sorted(told.values_list("supporter__division", "state")) == [("north", "delivered"), ("south", "delivered")]
    texts = {each.supporter.division: each.sheet.words_for(each.supporter).text for each in told}
    assert "Still silent: Ann and Cat." in texts["north"]
    assert "Still silent: Bob." in texts["south"]


def test_supporters_hear_of_those_who_represent_their_district_and_of_those_who_represent_its_state(now):
    campaign = ladder(letter=TO_SUPPORTERS, supporters={"dispatches": [TO_THE_SILENTS]})
    state = "ocd-division/country:us/state:wa"
    for key, division in (("ann", state), ("bob", f"{state}/cd:7"), ("cat", f"{state}/cd:1")):
        Addressee.objects.filter(key=key).update(division=division)
    for supporter, division in zip(supporters(campaign, 3), (f"{state}/cd:7", state, f"{state}x"), strict=True):
        Supporter.objects.filter(pk=supporter.pk).update(division=division)
    now(campaign, FRIDAY)
    now(campaign, AFTER)
    told = Delivery.objects.filter(audience="supporters", state="delivered")
    texts = {each.supporter.division: each.sheet.words_for(each.supporter).text for each in told}
    assert texts.keys() == {state, f"{state}/cd:7"}
    assert "Still silent: Ann and Bob." in texts[f"{state}/cd:7"]
    assert "Still silent: Ann." in texts[state]


def test_who_is_represented_by_nobody_silent_any_more_is_left_out_when_it_is_sent(now):
    campaign = ladder(letter=TO_SUPPORTERS, supporters={"dispatches": [TO_THE_SILENTS]})
    Addressee.objects.filter(key="ann").update(division="north")
    Addressee.objects.filter(key="bob").update(division="south")
    for supporter, division in zip(supporters(campaign, 2), ("north", "south"), strict=True):
        Supporter.objects.filter(pk=supporter.pk).update(division=division)
    now(campaign, FRIDAY)
    tick(campaign, AFTER)
    for demand in campaign.demands.all():
        record_outcome(
            Appeal.objects.get(addressee__key="ann"), demand, "done", evidence="seen", author="Lusine", now=AFTER
        )
    now(campaign, AFTER + SECOND)
    told = Delivery.objects.filter(audience="supporters").values_list("supporter__division", "state", "reason")
    assert sorted(told) == [("north", "suppressed", "Their own representatives have acted"), ("south", "delivered", "")]
