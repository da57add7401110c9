import uuid
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from campaigns.campaign import Campaign
from campaigns.hold import Hold
from channels.news import Kind, News
from outreach.delivery import Delivery
from outreach.keeping import keep
from outreach.memory import LASTING
from tests.outreach.dashboard.conftest import COUNT
from tests.small_campaign import FRIDAY, published, supporters

pytestmark = pytest.mark.django_db
PAGE = "/campaigns/bridge/deliveries"


@pytest.fixture
def running(pass_at) -> Campaign:
    campaign = published()
    pass_at(campaign, FRIDAY)
    return campaign


def to(key: str, **changes) -> Delivery:
    """The letter to that addressee, its row changed."""
    Delivery.objects.filter(addressee__key=key).update(**changes)
    return Delivery.objects.get(addressee__key=key)


def settle(staff, delivery: Delivery, arrived: str):
    answer = staff.post(f"{PAGE}/{delivery.pk}/settle", {"arrived": arrived}, follow=True)
    delivery.refresh_from_db()
    return answer


def test_channels_show_their_wire_and_their_counts(staff, running, settings):
    settings.CHANNELS = {**settings.CHANNELS, "email": "smtp://relay.example:2525"}
    page = staff.get(PAGE).text
    assert "SMTP by relay.example:2525" in page
    assert "3 planned" in page


def test_what_posts_have_cost_is_shown_beside_what_they_may_cost(staff, running, settings, monkeypatch):
    for secret in ("CONSUMER_KEY", "CONSUMER_SECRET", "ACCESS_TOKEN_SECRET"):
        monkeypatch.setenv(f"OUTREACH_X_{secret}", "secret")
    monkeypatch.setenv("OUTREACH_X_ACCESS_TOKEN", "1234-at")
    settings.CHANNELS = {**settings.CHANNELS, "x": "x:?budget=1500"}
    to("ann", channel="x")
    LASTING.spend("x:1234", "a post", Decimal("21.5"), Decimal(1500))
    assert "X by api.twitter.com, 21.5 of 1,500 cents spent" in staff.get(PAGE).text


def test_the_promises_are_checked_and_kept(staff, running):
    page = staff.get(PAGE).text
    assert "<b>3</b> planned, each in exactly one state" in page
    assert "<b>0</b> recipients with two deliveries in one wave" in page
    assert "Nothing is unknown" in page


def test_what_a_provider_told_of_nothing_we_know_is_shown(staff, running):
    assert "belong to no message" not in staff.get(PAGE).text
    keep("sendgrid", [News("1", Kind.OTHER, FRIDAY, "account_status_change")], FRIDAY)
    assert "belong to no message of ours: account_status_change" in staff.get(PAGE).text


def test_a_lease_that_ran_out_is_seen(staff, running):
    to("ann", state="sending", lease_until=datetime.now(UTC) - timedelta(minutes=5))
    assert "<b>1</b> leases that ran out" in staff.get(PAGE).text


def test_a_person_settles_what_nobody_could_prove(staff, running):
    letter = to("ann", state="unknown", reason="The line broke after the text", delivered_at=None)
    page = staff.get(PAGE).text
    assert "The line broke after the text." in page
    assert "It arrived" in page
    assert "it arrived" in settle(staff, letter, "yes").text
    assert letter.state == "delivered"
    assert letter.events.last().detail == {"how": "mara found out"}


def test_a_person_can_say_that_it_did_not_arrive(staff, running):
    letter = to("ann", state="unknown")
    settle(staff, letter, "no")
    assert letter.state == "bounced"


def test_a_person_writes_again_what_did_not_arrive_and_each_page_leads_to_the_other(staff, running):
    letter = to("ann", state="bounced", tried_at=FRIDAY, reason="mailbox full")
    page = staff.get(f"{PAGE}/{letter.pk}").text
    assert "Write again</button>" in page
    answer = staff.post(f"{PAGE}/{letter.pk}/again", follow=True).text
    again = Delivery.objects.get(instead_of=letter)
    assert "It is written again, and says so at its head." in answer
    assert f"{PAGE}/{letter.pk}" in answer
    page = staff.get(f"{PAGE}/{letter.pk}").text
    assert "Mailbox full; written again (Email)." in page
    assert f"{PAGE}/{again.pk}" in page
    assert "Write again</button>" not in page
    assert "<b>0</b> recipients with two deliveries in one wave" in staff.get(PAGE).text


def test_what_cannot_be_written_again_says_why(staff, running):
    letter = to("ann", state="delivered")
    assert "Write again</button>" not in staff.get(f"{PAGE}/{letter.pk}").text
    answer = staff.post(f"{PAGE}/{letter.pk}/again", follow=True).text
    assert "Nothing was written: It is delivered: there is no reason to write again." in answer


@pytest.mark.parametrize(("state", "arrived"), [("delivered", "no"), ("refused", "yes"), ("unknown", "perhaps")])
def test_what_is_settled_stays_settled(staff, running, state, arrived):
    letter = to("ann", state=state)
    assert "Nothing was changed" in settle(staff, letter, arrived).text
    assert letter.state == state


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"state": "due"}, "It is due, and waits for a worker."),
        ({"state": "claimed", "attempts": 2}, "A worker has it; attempt 2"),
        ({"state": "sending"}, "It is on the wire now."),
        (
            {"state": "delayed", "reason": "4xx: try later", "due_at": FRIDAY + timedelta(hours=1)},
            "4xx: try later; tried once; tried again Fri 28 Apr, 11:00.",
        ),
        ({"state": "bounced", "reason": "550 no such mailbox"}, "550 no such mailbox."),
        ({"state": "suppressed", "reason": ""}, "The address must not be used."),
    ],
)
def test_each_delivery_says_why_it_has_not_been_sent(staff, running, changes, sentence):
    letter = to("ann", **changes)
    assert sentence in staff.get(PAGE).text
    assert sentence in staff.get(f"{PAGE}/{letter.pk}").text


def test_a_hold_is_why_something_due_is_not_sent(staff, running):
    to("ann", state="due")
    Hold.objects.place(campaign=running, channel="email", reason="a new relay", author="mara", now=FRIDAY)
    assert "The channel email is on hold: a new relay; placed by mara until somebody lifts it." in staff.get(PAGE).text


def test_the_list_can_be_narrowed(staff, running):
    to("ann", state="unknown")
    page = staff.get(f"{PAGE}?state=unknown&step=letter&channel=email").text
    assert page.count('<tr><th scope="row"><a href="/campaigns/bridge/deliveries/') == 1
    assert "No delivery like that" in staff.get(f"{PAGE}?state=expired").text


def test_a_long_list_has_pages(staff, running):
    supporters(running, 60)
    letter = Delivery.objects.first()
    assert letter
    Delivery.objects.bulk_create(
        Delivery(
            campaign=running,
            step=letter.step,
            wave=letter.wave,
            audience="supporters",
            channel="email",
            recipient=str(person.pk),
            supporter=person,
            due_at=FRIDAY,
            created_at=FRIDAY,
            wording_name="letter",
        )
        for person in running.supporters.all()
    )
    page = staff.get(PAGE).text
    assert "Page 1 of 2" in page
    assert "supporter1@people.example" not in page
    assert "Page 2 of 2" in staff.get(f"{PAGE}?page=2").text


def test_the_list_costs_the_same_number_of_queries_however_long(staff, running, django_assert_max_num_queries):
    with django_assert_max_num_queries(20 + COUNT):
        staff.get(PAGE)


def test_one_delivery_shows_its_exact_text_and_all_that_happened(staff, running):
    letter = to("ann")
    page = staff.get(f"{PAGE}/{letter.pk}").text
    assert letter.subject in page
    assert "1. open the bridge" in page
    assert "Outbox: nothing left this machine" in page
    for event in ("Claimed", "Sending", "Delivered"):
        assert f"<b>{event}</b>" in page


def test_the_html_part_stands_in_a_frame_where_nothing_runs(staff, running):
    letter = to("ann")
    assert 'sandbox loading="lazy"' in staff.get(f"{PAGE}/{letter.pk}").text
    part = staff.get(f"{PAGE}/{letter.pk}/html")
    assert part.text == letter.html
    assert "sandbox" in part["Content-Security-Policy"]
    assert "script-src" not in part["Content-Security-Policy"]
    assert part["X-Frame-Options"] == "SAMEORIGIN"


def test_a_delivery_of_another_campaign_is_not_shown(staff, running):
    letter = to("ann")
    published(slug="ferry")
    assert staff.get(f"/campaigns/ferry/deliveries/{letter.pk}").status_code == 404
    assert staff.post(f"/campaigns/ferry/deliveries/{letter.pk}/settle", {"arrived": "yes"}).status_code == 404
    assert staff.get(f"{PAGE}/{uuid.uuid4()}").status_code == 404
