"""The cast of the demonstration, driven by hand over virtual moments against the petition as it is shipped."""

from datetime import datetime, timedelta

import pytest
from django.db import OperationalError

from campaigns.campaign import Campaign
from campaigns.outcome import Outcome
from campaigns.supporter import Supporter
from campaigns.wave import Turn
from outreach import first_start
from outreach.clock import tick_all
from outreach.delivery import Delivery
from outreach.demonstration.cast import AUTHOR, INVENTED, Cast, bounces, scenario
from outreach.rehearsal.scenario import Scenario
from outreach.response import Response
from outreach.send import drain

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def script(django_db_setup, django_db_blocker) -> Scenario:
    return scenario()


@pytest.fixture
def campaign() -> Campaign:
    first_start._load_example()
    return Campaign.objects.get()


@pytest.fixture
def play(monkeypatch, campaign):
    """Let the cast look, the clock pass and the letters leave, at each of these moments."""

    def each(cast: Cast, *moments: datetime) -> None:
        for moment in moments:
            monkeypatch.setattr("outreach.send.now", lambda moment=moment: moment)
            cast.look(moment)
            tick_all(moment)
            for channel in ("email", "x", "bluesky", "mastodon"):
                drain(channel, bulk=False)
        campaign.refresh_from_db()

    return each


def test_nothing_is_said_before_there_is_a_campaign(script):
    Cast(script).look(datetime.fromisoformat("2023-04-28T06:00:00+00:00"))
    assert not Response.objects.exists()


def test_the_petition_is_published_when_its_time_comes_and_marked_as_invented(script, campaign, play):
    cast = Cast(script)
    play(cast, campaign.publish_at - HOUR)
    assert (campaign.status, campaign.is_invented) == ("draft", False)
    play(cast, campaign.publish_at)
    assert (campaign.status, campaign.is_invented) == ("running", True)


def test_the_supporters_are_invented_and_reach_nobody(script, campaign, play):
    play(Cast(script), campaign.publish_at)
    assert Supporter.objects.count() == script.supporters
    assert all(each.name.startswith("Invented") for each in Supporter.objects.all())
    assert all(each.email.endswith("@supporters.example") for each in Supporter.objects.all())


def test_every_answer_is_said_once_is_read_and_is_marked_as_invented(script, campaign, play):
    cast = Cast(script)
    moments = [campaign.publish_at + n * 16 * HOUR for n in range(16)]
    play(cast, *moments)
    play(cast, *moments[-3:])
    said = [answer for answer in script.answers if not answer.bounce]
    assert sorted(Response.objects.values_list("appeal__addressee__key", "kind")) == sorted(
        (answer.addressee, answer.kind) for answer in said
    )
    assert all(each.is_invented and each.read_at for each in Response.objects.all())
    assert {*Outcome.objects.values_list("evidence", "summary", "author")} == {(INVENTED, INVENTED, AUTHOR)}


def test_an_answer_comes_at_its_moment_and_lies_unread_as_long_as_the_script_says(script, campaign, play):
    cast = Cast(script)
    play(cast, campaign.publish_at)
    evening = datetime.fromisoformat("2023-05-05T18:00:00+04:00")
    play(cast, evening - HOUR)
    assert not Response.objects.filter(appeal__addressee__key="un-gb").exists()
    play(cast, evening)
    assert Response.objects.get(appeal__addressee__key="un-gb").read_at is None
    play(cast, evening + timedelta(days=2) - HOUR)
    assert Response.objects.get(appeal__addressee__key="un-gb").read_at is None
    play(cast, evening + timedelta(days=2))
    assert Response.objects.get(appeal__addressee__key="un-gb").kind == "acknowledgement"


def test_only_outcomes_stop_the_clock_in_the_demonstration_too(script, campaign, play):
    cast = Cast(script)
    play(cast, *(campaign.publish_at + n * 24 * HOUR for n in range(11)))
    statuses = dict(campaign.appeals.values_list("addressee__key", "status"))
    assert [key for key, status in statuses.items() if status == "acted"] == ["un-mt"]
    escalated = set(Turn.objects.filter(kind="escalation").values_list("appeal__addressee__key", flat=True))
    assert escalated == set(statuses) - {"un-mt", "un-fr"}


def test_an_answer_to_a_letter_waits_until_the_letter_has_arrived(script, campaign, monkeypatch):
    cast = Cast(script)
    cast.look(campaign.publish_at)
    tick_all(campaign.publish_at)
    cast.look(campaign.publish_at + HOUR)
    assert not Response.objects.filter(appeal__addressee__key="un-jp").exists()
    Delivery.objects.filter(addressee__key="un-jp").update(state="delivered", delivered_at=campaign.publish_at)
    cast.look(campaign.publish_at + 2 * HOUR)
    assert Response.objects.get(appeal__addressee__key="un-jp").kind == "auto-reply"


def test_an_answer_that_could_not_be_written_down_is_said_later(script, campaign, play, monkeypatch):
    cast = Cast(script)
    play(cast, campaign.publish_at)
    moment = campaign.publish_at + timedelta(days=2)
    with monkeypatch.context() as away:
        away.setattr("outreach.demonstration.cast.record_response", lambda *_, **__: fail())
        with pytest.raises(OperationalError):
            cast.look(moment)
    cast.look(moment + HOUR)
    assert Response.objects.filter(appeal__addressee__key="un-al").count() == 1


def fail() -> None:
    raise OperationalError("the connection was closed")


def test_a_mailbox_of_the_script_that_does_not_exist_is_known_to_the_mail_server(script):
    assert bounces(script) == {"mission-ga@un.example": "550 5.1.1 no such user"}
