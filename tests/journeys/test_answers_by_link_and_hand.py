"""From the letter to the end of the clock, where an office uses its link or somebody writes down what it said."""

import re
from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.test import Client

from campaigns.appeal import Appeal
from campaigns.outcome import Outcome
from outreach.clock import tick
from outreach.delivery import Delivery
from outreach.response import Response
from outreach.send import drain
from tests.outreach.dashboard.conftest import member, signed_in
from tests.small_campaign import DAY, DEADLINE, FRIDAY, SECOND, published

pytestmark = pytest.mark.django_db
LINK = re.compile(r"https?://\S+/answer/\S+")
PASSCODE = re.compile(r"Your passcode: (\S+)")


@pytest.fixture
def pass_at(monkeypatch):
    """`pass_at(campaign, moment)`: it is that moment, the clock passes, and what is due is sent."""
    cache.clear()

    def stand(campaign, moment):
        monkeypatch.setattr("campaigns.moment.now", lambda: moment)
        monkeypatch.setattr("outreach.send.now", lambda: moment)
        tick(campaign, moment)
        drain("email", bulk=False)

    return stand


def step_of(appeal: Appeal) -> str:
    appeal.refresh_from_db()
    return appeal.step.key


def test_an_office_answers_by_its_letter_and_a_person_makes_the_clock_stop(pass_at):
    campaign = published()
    pass_at(campaign, FRIDAY)
    ann, bob = (campaign.appeals.get(addressee__key=key) for key in ("ann", "bob"))
    letter = Delivery.objects.get(appeal=ann).text
    path, passcode = urlsplit(LINK.search(letter).group()).path, PASSCODE.search(letter).group(1)
    office, staff = Client(), signed_in(member())

    pass_at(campaign, FRIDAY + DAY)  # false friends: a scanner follows the link, somebody guesses the passcode
    office.get(path)
    said = {"d-open": "done", "d-repair": "committed", "u-repair": "2023-05-12", "function": "Mayor", "step": "send"}
    assert office.post(path, {**said, "passcode": "0000-0000"}).status_code == 422
    assert not Response.objects.exists()

    assert office.post(path, {**said, "passcode": passcode}).status_code == 302
    pass_at(campaign, DEADLINE + SECOND)  # what they state stops no clock, but no step is taken while it lies unread
    assert (step_of(ann), step_of(bob)) == ("letter", "deadline")

    begun = staff.post("/inbox/next").headers["Location"]
    assert "Record as stated" in staff.get(begun).text
    staff.post(f"{begun}/settle", {"do": "record"})
    kept = {each.demand.key: (each.kind, each.until, each.evidence_kind) for each in Outcome.objects.all()}
    assert kept == {"open": ("done", None, "response"), "repair": ("committed", date(2023, 5, 12), "response")}

    pass_at(campaign, DEADLINE + 2 * DAY)  # a dated commitment holds the ladder ...
    assert step_of(ann) == "letter"
    after = DEADLINE + 7 * DAY + SECOND
    pass_at(campaign, after)  # ... until its date, and wakes it after
    assert step_of(ann) == "deadline"
    second = Delivery.objects.filter(appeal=ann, step__key="deadline", channel="email").get().text
    assert "repair the bridge" in second
    assert "open the bridge" not in second, "what is done is not asked again"

    due = Outcome.objects.get(kind="committed")
    settled = staff.post(f"/inbox/commitment/{due.pk}/settle", {"do": "done", "evidence": "https://ann.example/news"})
    assert settled.status_code == 302
    ann.refresh_from_db()
    assert ann.status == "acted"


def test_what_somebody_writes_down_stops_the_clock_only_as_an_outcome(pass_at):
    campaign = published()
    pass_at(campaign, FRIDAY)
    ann, staff = campaign.appeals.get(addressee__key="ann"), signed_in(member())
    page = "/campaigns/bridge/addressees/ann"
    note = {"text": "They will call back.", "via": "phone", "received": "2023-04-28 09:30"}
    staff.post(f"{page}/responses", note)
    assert Response.objects.get().received_at == FRIDAY - timedelta(minutes=30)
    pass_at(campaign, DEADLINE + SECOND)
    assert step_of(ann) == "letter", "nobody has said what the call was"

    begun = staff.post("/inbox/next").headers["Location"]
    staff.post(f"{begun}/settle", {"do": "acknowledgement"})
    pass_at(campaign, DEADLINE + 2 * SECOND)
    assert step_of(ann) == "deadline", "an acknowledgement is no action"

    answer = {"o-open": "done", "o-repair": "done", "answer": str(Response.objects.get().pk), "evidence": "minutes"}
    staff.post(f"{page}/outcomes", answer)
    ann.refresh_from_db()
    assert ann.status == "acted"
