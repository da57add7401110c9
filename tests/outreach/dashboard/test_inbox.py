"""The inbox as people use it: one list, one thing after the other, and nothing settled twice."""

from datetime import timedelta

import pytest

from campaigns.outcome import Outcome
from outreach.attention import give_attention
from outreach.inbox.gist import Gist
from outreach.incoming import Incoming
from outreach.links import answering
from outreach.response import Response
from tests.outreach.dashboard.conftest import member, signed_in
from tests.outreach.test_inbox import answered, quarantined
from tests.small_campaign import FRIDAY, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann(pass_at):
    campaign = published()
    pass_at(campaign, FRIDAY)
    return campaign.appeals.select_related("campaign", "addressee").get(addressee__key="ann")


def test_an_empty_inbox_says_that_this_is_good(staff, ann):
    for path in ("/inbox", "/campaigns/bridge/inbox"):
        assert "Nothing needs you" in staff.get(path).text


def test_one_press_settles_a_need_in_the_list(staff, ann):
    response = answered(ann, proposed_kind="acknowledgement")
    page = staff.get("/campaigns/bridge/inbox").text
    assert "Answer from Ann" in page
    assert "1 of them stops a clock" in page
    assert 'name="do" value="acknowledgement"' in page
    told = staff.post(f"/inbox/answer/{response.pk}/settle", {"do": "acknowledgement", "back": "list"}, follow=True)
    assert "Read: acknowledgement." in told.text
    assert "Nothing needs you" in told.text


def test_settled_means_the_next_one(staff, ann):
    first, second = answered(ann, now=FRIDAY - timedelta(minutes=1)), answered(ann)
    begun = staff.post("/inbox/next")
    assert begun.url == f"/inbox/answer/{first.pk}"
    assert "You have this since" in staff.get(begun.url).text
    assert staff.post(f"{begun.url}/settle", {"do": "refusal"}).url == f"/inbox/answer/{second.pk}"
    assert staff.post(f"/inbox/answer/{second.pk}/settle", {"do": "refusal"}).url == "/inbox"
    assert staff.get(f"/inbox/answer/{second.pk}").status_code == 404


def test_looking_takes_nothing_and_another_persons_need_says_so(staff, ann):
    need = f"/inbox/answer/{answered(ann).pk}"
    staff.get(need)
    noor = signed_in(user := member(name="noor"))
    give_attention(need.removeprefix("/inbox/").replace("/", ":"), user)
    assert "noor has this" in staff.get("/inbox").text
    refused = staff.post(f"{need}/settle", {"do": "refusal"})
    assert refused.status_code == 422
    assert "noor has this since" in refused.text
    assert staff.post("/inbox/next").url == "/inbox"
    staff.post(f"{need}/take")
    assert "mara has this" in noor.get(need).text
    assert staff.post(f"{need}/settle", {"do": "refusal"}).status_code == 302
    assert "That was settled already." in noor.post(f"{need}/settle", {"do": "refusal"}, follow=True).text


def test_the_quarantine_shows_the_mail_safely_and_finds_another_office(staff, ann):
    incoming = quarantined(ann)
    incoming.gist = Gist(
        sender="clerk@offices.example", subject="<b>Re</b>", text="The mayor is away.", html="<p>The mayor</p>"
    )
    incoming.verdicts = {"dkim": "fail", "by": "mx.example"}
    incoming.save()
    page = staff.get(f"/inbox/quarantine/{incoming.pk}?q=bob").text
    assert "&lt;b&gt;Re&lt;/b&gt;" in page
    assert "DKIM fail" in page
    bob = ann.campaign.appeals.get(addressee__key="bob")
    assert f'value="deliver {bob.pk}"' in page
    framed = staff.get(f"/incoming/{incoming.pk}/html")
    assert "default-src 'none'" in framed.headers["Content-Security-Policy"]
    raw = staff.get(f"/incoming/{incoming.pk}/raw")
    assert raw.headers["Content-Disposition"].startswith("attachment")
    staff.post(f"/inbox/quarantine/{incoming.pk}/settle", {"do": f"deliver {bob.pk}"})
    assert Response.objects.get().appeal == bob


def test_what_is_missing_is_said_at_its_field_and_what_was_typed_stays(staff, ann):
    point = ann.addressee.contact_points.get()
    ann.addressee.contact_points.update(health="dead")
    page = staff.post(f"/inbox/address/{point.pk}/settle", {"do": "add", "address": "mayor at ann"})
    assert page.status_code == 422
    assert '<a href="#address">' in page.text
    assert 'value="mayor at ann"' in page.text


def test_who_may_only_look_sees_the_inbox_and_settles_nothing(viewer, ann):
    response = answered(ann)
    assert "Answer from Ann" in viewer.get("/inbox").text
    assert "<button" not in viewer.get(f"/inbox/answer/{response.pk}").text.partition("<footer")[0]
    for path in (f"/inbox/answer/{response.pk}/settle", f"/inbox/answer/{response.pk}/take", "/inbox/next"):
        assert viewer.post(path, {"do": "refusal"}).status_code == 403


def test_a_stated_position_is_recorded_from_the_conversation_with_one_press(staff, client, ann):
    said = {"d-open": "done", "t-open": "Since Monday.", "name": "M. Keller", "function": "Mayor", "step": "send"}
    client.post(f"/answer/{answering().token(ann.pk)}", {**said, "passcode": answering().passcode(ann.pk)})
    page = staff.get("/campaigns/bridge/addressees/ann").text
    assert "they state <b>done</b>" in page
    assert "Signed M. Keller, Mayor. Not to be published." in page
    response = Response.objects.get()
    path = f"/campaigns/bridge/responses/{response.pk}/record"
    assert path in page
    staff.post(path)
    assert Outcome.objects.get().evidence.startswith("Their answer of 28 April 2023")
    assert path not in staff.get("/campaigns/bridge/addressees/ann").text
    assert Incoming.objects.get().state == "matched"
