from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from campaigns.deadline import Patience
from campaigns.guards import Reason, addressee_rests, reasons
from campaigns.ladder import ADDRESSEES, PUBLIC, SUPPORTERS, Dispatch, Ladder, Rung
from campaigns.moves import Begin, Exhaust, Wait
from campaigns.place import Place
from campaigns.plan import decide
from campaigns.position import Fairness, LastMessage, Rules, Stop
from tests.small_ladder import DAY, DEADLINE, FRIDAY, HOUR, SECOND, ZONE, planned, position, rules

AFTER = DEADLINE + SECOND  # Saturday, 6 May 2023, 00:00 UTC
RESTFUL = rules(fairness=Fairness(respects_weekends=True, respects_holidays=True))
VICTORY_DAY = datetime(2023, 5, 9, 12, tzinfo=UTC)
LONDON = Place(ZoneInfo("Europe/London"), "GB")

# Whom what comes next is for; and the end of the ladder, which is for nobody.
AUDIENCES = {
    "the addressees": Dispatch(ADDRESSEES, ("email",), "deadline"),
    "supporters": Dispatch(SUPPORTERS, ("email",), "supporters"),
    "a group": Dispatch("oversight", ("email",), "oversight"),
    "the public": Dispatch(PUBLIC, ("x",), "press"),
    "the public, about each": Dispatch(ADDRESSEES, ("x",), "press"),
}
EVERYBODY = {*AUDIENCES, "the end"}
A_STEP = {*AUDIENCES}
WRITTEN_TO = {"the addressees"}

# Each guard: a position it applies to at AFTER, its reason, and before what it is asked.
GUARDS: dict[str, tuple[dict[str, Any], Reason, set[str]]] = {
    "held": (
        {"stops": (Stop("the campaign", "talks"),)},
        Reason("held", "the campaign is on hold: talks"),
        EVERYBODY,
    ),
    "held with an end": (
        {"stops": (Stop("Ann", "a new holder", until=AFTER + DAY),)},
        Reason("held", "Ann is on hold until 7 May, 00:00: a new holder", AFTER + DAY),
        EVERYBODY,
    ),
    "unread": (
        {"unread_since": FRIDAY + DAY},
        Reason("unread", "an answer from 29 April lies unread"),
        EVERYBODY,
    ),
    "committed": (
        {"committed_until": AFTER},
        Reason("committed", "a dated commitment runs until the end of 6 May", AFTER + SECOND),
        EVERYBODY,
    ),
    "written again at the second address": (
        {"last_message": LastMessage(FRIDAY, trying="the second address")},
        Reason("unproven", "the letter of 28 April is not proven delivered; trying the second address"),
        A_STEP,
    ),
    "nothing sent": (
        {"last_message": None},
        Reason("unproven", "no message could be sent: there is no usable address"),
        A_STEP,
    ),
    "came back": (
        {"last_message": LastMessage(FRIDAY, trouble="came back")},
        Reason("unproven", "the letter of 28 April came back"),
        A_STEP,
    ),
    "not taken": (
        {"last_message": LastMessage(FRIDAY)},
        Reason("unproven", "the letter of 28 April is not proven delivered"),
        A_STEP,
    ),
    "taken a moment ago": (
        {"last_message": LastMessage(FRIDAY, accepted_at=AFTER - 48 * HOUR + SECOND)},
        Reason(
            "unproven",
            "the letter of 28 April was taken but is not proven delivered; it counts if nothing comes back",
            AFTER + SECOND,
        ),
        A_STEP,
    ),
    "approval": (
        {"approvals": {2: 1}},
        Reason("approval", "step “next” needs one more approval"),
        A_STEP,
    ),
    "gap": (
        {"last_message": LastMessage(AFTER - 24 * HOUR + SECOND, proven_at=FRIDAY)},
        Reason("gap", "the last letter left on 5 May, 00:00, and 24 hours lie between two", AFTER + SECOND),
        WRITTEN_TO,
    ),
    "holiday": (
        {"place": Place(ZoneInfo("Asia/Yerevan"), "RU", frozenset())},
        Reason("rest", "it is Victory Day in RU", datetime(2023, 5, 9, 20, tzinfo=UTC)),
        WRITTEN_TO,
    ),
    "weekend": (
        {"place": LONDON},
        Reason("rest", "it is the weekend in GB", datetime(2023, 5, 8, 23, tzinfo=UTC)),  # Monday is a holiday
        WRITTEN_TO,
    ),
}


def law_of(guard: str, audience: str = "the addressees") -> Rules:
    """Rules by which that audience comes next, and by which the guard applies."""
    first = Rung(1, "letter", Patience(7 * DAY), (Dispatch(ADDRESSEES, ("email",), "letter"),))
    approvers = 2 if guard == "approval" else 0
    following = () if audience == "the end" else (AUDIENCES[audience],)
    then = tuple(Rung(2, "next", Patience(DAY), (each,), approvers=approvers) for each in following)
    fairness = RESTFUL.fairness if guard in ("weekend", "holiday") else Fairness()
    return rules(ladder=Ladder((first, *then)), fairness=fairness)


def moment_of(guard: str) -> datetime:
    return VICTORY_DAY if guard == "holiday" else AFTER


@pytest.mark.parametrize("audience", sorted(EVERYBODY))
@pytest.mark.parametrize("guard", GUARDS)
def test_every_guard_says_why_and_until_when_and_only_where_it_is_asked(guard, audience):
    fields, reason, asked_before = GUARDS[guard]
    move = decide(law_of(guard, audience), position(**fields), moment_of(guard))
    if audience in asked_before:
        assert isinstance(move, Wait)
        assert move.reasons == (reason,)
        assert move.until == reason.until
    else:
        assert isinstance(move, Exhaust if audience == "the end" else Begin)


@pytest.mark.parametrize("audience", sorted(EVERYBODY))
@pytest.mark.parametrize("guard", GUARDS)
def test_no_guard_has_anything_to_say_where_nothing_is_due(guard, audience):
    fields, _, _ = GUARDS[guard]
    assert decide(law_of(guard, audience), position(**fields), DEADLINE) is None


@pytest.mark.parametrize("guard", [name for name, (_, reason, _) in GUARDS.items() if reason.until])
def test_a_reason_that_ends_by_itself_is_there_a_second_before_its_end_and_gone_with_it(guard):
    fields, reason, _ = GUARDS[guard]
    law = law_of(guard)
    before, after = (decide(law, position(**fields), at) for at in (reason.until - SECOND, reason.until))
    assert isinstance(before, Wait)
    assert not isinstance(after, Wait)


@pytest.mark.parametrize("audience", sorted(EVERYBODY))
def test_nothing_in_the_way_means_no_wait(audience):
    assert isinstance(decide(law_of("", audience), position(), AFTER), Exhaust if audience == "the end" else Begin)


def test_the_end_of_the_ladder_is_not_put_off_by_weekends_and_proof():
    seen = position(rung=4, place=LONDON, last_message=LastMessage(AFTER - HOUR, trouble="came back"))
    assert isinstance(decide(RESTFUL, seen, AFTER), Exhaust)


def test_a_first_letter_needs_no_proof_of_an_earlier_one():
    assert not isinstance(decide(rules(), planned(), FRIDAY), Wait)


def test_a_commitment_runs_to_the_last_second_of_its_day():
    seen = position(committed_until=AFTER + DAY)
    assert isinstance(decide(rules(), seen, AFTER + DAY), Wait)
    assert not isinstance(decide(rules(), seen, AFTER + DAY + SECOND), Wait)


def test_a_message_taken_counts_as_arrived_when_nothing_came_back_in_the_time_for_proof():
    seen = position(last_message=LastMessage(FRIDAY, accepted_at=AFTER - 48 * HOUR))
    assert not isinstance(decide(rules(), seen, AFTER), Wait)


def test_a_proof_is_worth_more_than_a_failure_on_another_channel():
    seen = position(last_message=LastMessage(FRIDAY, proven_at=FRIDAY, trouble="came back"))
    assert not isinstance(decide(rules(), seen, AFTER), Wait)


def test_the_gap_is_said_in_hours_as_the_campaign_sets_it():
    law = rules(fairness=Fairness(minimum_gap=36 * HOUR))
    wait = decide(law, position(last_message=LastMessage(AFTER - 30 * HOUR, proven_at=FRIDAY)), AFTER)
    assert isinstance(wait, Wait)
    sentence = "the last letter left on 4 May, 18:00, and 36 hours lie between two"
    assert wait.reasons == (Reason("gap", sentence, AFTER + 6 * HOUR),)


def test_every_reason_is_given_not_only_the_first():
    seen = position(
        stops=(Stop("the campaign", "talks"),),
        unread_since=FRIDAY,
        committed_until=AFTER,
        last_message=LastMessage(AFTER - HOUR),
        place=LONDON,
    )
    wait = decide(RESTFUL, seen, AFTER)
    assert isinstance(wait, Wait)
    assert [reason.code for reason in wait.reasons] == ["held", "unread", "committed", "unproven", "gap", "rest"]


def test_days_are_told_in_the_campaigns_own_zone():
    law = rules(zone=ZoneInfo("Asia/Yerevan"))
    seen = position(unread_since=datetime(2023, 4, 29, 21, tzinfo=UTC))
    wait = decide(law, seen, AFTER)
    assert isinstance(wait, Wait)
    assert [reason.sentence for reason in wait.reasons] == ["an answer from 30 April lies unread"]


# Weekends and public holidays


def noon(day: tuple[int, int, int], zone: ZoneInfo) -> datetime:
    year, month, number = day
    return datetime(year, month, number, 12, tzinfo=zone)


@pytest.mark.parametrize(
    ("day", "weekend", "rests"),
    [
        ((2023, 5, 5), {4, 5}, True),  # a Friday
        ((2023, 5, 6), {4, 5}, True),
        ((2023, 5, 7), {4, 5}, False),
        ((2023, 5, 5), {5, 6}, False),
        ((2023, 5, 7), {5, 6}, True),
        ((2023, 5, 7), set(), False),
    ],
)
def test_a_weekend_is_the_addressees_own(day, weekend, rests):
    law = rules(fairness=Fairness(respects_weekends=True))
    seen = position(place=Place(ZoneInfo("Asia/Dubai"), "AE", frozenset(weekend)))
    assert bool(addressee_rests(law, seen, noon(day, ZoneInfo("Asia/Dubai")))) is rests


def test_a_friday_and_saturday_weekend_ends_with_sunday_morning_there():
    law, riyadh = rules(fairness=Fairness(respects_weekends=True)), ZoneInfo("Asia/Riyadh")
    seen = position(place=Place(riyadh, "SA", frozenset({4, 5})))
    friday = datetime(2023, 5, 5, 9, tzinfo=riyadh)
    assert addressee_rests(law, seen, friday) == Reason(
        "rest", "it is the weekend in SA", datetime(2023, 5, 7, tzinfo=riyadh).astimezone(UTC)
    )


def test_the_weekend_begins_where_the_addressee_is_not_where_the_campaign_is():
    law = rules(fairness=Fairness(respects_weekends=True), zone=ZoneInfo("Asia/Yerevan"))
    still_friday = position(place=Place(ZoneInfo("America/New_York"), "US"))
    assert addressee_rests(law, still_friday, AFTER + HOUR) is None
    assert addressee_rests(law, still_friday, AFTER + 4 * HOUR) is not None


@pytest.mark.parametrize(
    ("country", "zone", "day", "name"),
    [
        ("RU", "Europe/Moscow", (2023, 5, 9), "Victory Day"),
        ("AM", "Asia/Yerevan", (2023, 5, 9), "Victory and Peace Day"),
        ("FR", "Europe/Paris", (2023, 7, 14), "National Day"),
        ("US", "America/New_York", (2023, 7, 4), "Independence Day"),
        ("JP", "Asia/Tokyo", (2023, 5, 3), "Constitution Day"),
        ("AE", "Asia/Dubai", (2023, 12, 2), "National Day"),
        ("GB", "Europe/London", (2023, 5, 8), "Coronation of Charles III"),
    ],
)
def test_a_public_holiday_is_named_and_lasts_until_the_next_working_day(country, zone, day, name):
    law = rules(fairness=Fairness(respects_holidays=True))
    place = Place(ZoneInfo(zone), country)
    found = addressee_rests(law, position(place=place), noon(day, place.zone))
    assert found is not None
    assert found.sentence == f"it is {name} in {country}"
    assert found.until is not None
    assert addressee_rests(law, position(place=place), found.until - SECOND) is not None
    assert addressee_rests(law, position(place=place), found.until) is None


def test_a_holiday_next_to_a_weekend_is_one_rest():
    moscow = ZoneInfo("Europe/Moscow")
    found = addressee_rests(RESTFUL, position(place=Place(moscow, "RU")), datetime(2023, 5, 6, 12, tzinfo=moscow))
    assert found is not None
    assert found.until == datetime(2023, 5, 10, tzinfo=moscow).astimezone(UTC)


@pytest.mark.parametrize("country", ["XX", "", "EU"])
def test_a_country_whose_holidays_nobody_knows_has_none(country):
    law = rules(fairness=Fairness(respects_holidays=True))
    place = Place(ZONE, country)
    assert addressee_rests(law, position(place=place), datetime(2023, 1, 1, 12, tzinfo=UTC)) is None


def test_rest_is_ignored_where_the_campaign_does_not_ask_for_it():
    victory_day = datetime(2023, 5, 9, 12, tzinfo=UTC)
    assert addressee_rests(rules(), position(place=Place(ZONE, "RU", frozenset(range(7)))), victory_day) is None


def test_an_addressee_without_a_country_rests_in_their_time_zone():
    law = rules(fairness=Fairness(respects_weekends=True))
    found = addressee_rests(law, position(place=Place(ZoneInfo("America/New_York"))), AFTER + 12 * HOUR)
    assert found is not None
    assert found.sentence == "it is the weekend in America/New_York"


def test_no_guards_give_no_reasons():
    assert reasons((), RESTFUL, position(), AFTER) == ()
