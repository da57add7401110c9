from datetime import timedelta
from typing import Any

import pytest

from campaigns.campaign import Campaign
from campaigns.outcome import NotRecordable
from outreach.inbox.deciding import NotDecidable, deliver, set_aside
from outreach.inbox.gist import Gist
from outreach.inbox.reading import read_waiting
from outreach.inbox.taking import take_in
from outreach.incoming import Incoming
from outreach.response import Response, unread_since
from tests.small_campaign import DAY, FRIDAY, draft, published

pytestmark = pytest.mark.django_db
LATER = FRIDAY + DAY
SAID = Gist(sender="@ann", sender_name="Office of Ann", text="We will look into it.", url="https://x.example/ann/2")


@pytest.fixture
def campaign() -> Campaign:
    return published()


def post(name: str = "2", **fields: Any) -> Incoming:
    return take_in(channel="x", door="poll", name=name, raw=b'{"id": 2}', now=LATER, gist=SAID, **fields)


def test_what_comes_in_is_kept_sealed_as_it_came(campaign):
    files = [("note.pdf", "application/pdf", b"%PDF-1.7")]
    incoming = post(files=files, sender="a@b.example", recipients=["c@d.example"])
    assert b"{" not in bytes(incoming.raw)
    assert incoming.opened() == b'{"id": 2}'
    assert b"look into" not in bytes(incoming.gist_sealed)
    assert incoming.gist == SAID
    assert incoming.handed_in == ("a@b.example", ("c@d.example",))
    assert incoming.attachments.get().opened() == b"%PDF-1.7"


def test_what_is_told_twice_is_kept_once(campaign):
    assert post() == post()
    assert Incoming.objects.count() == 1


def test_a_certain_match_becomes_an_unread_response_that_holds_the_ladder(campaign):
    appeal = campaign.appeals.get(addressee__key="ann")
    incoming = post(known=[(appeal, 1.0, "a reply to our post")])
    assert unread_since([appeal]) == {appeal.pk: LATER}, "it holds before anybody has read it"
    assert read_waiting(LATER) == 1
    response = Response.objects.get()
    assert (response.appeal, response.incoming, response.read_at, response.text) == (appeal, incoming, None, SAID.text)
    assert response.author == "Office of Ann @ann"
    assert response.reference == SAID.url
    assert unread_since([appeal]) == {appeal.pk: LATER}
    response.read("acknowledgement", "Mina", LATER)
    assert unread_since([appeal]) == {}


def test_what_is_not_certain_waits_in_quarantine_and_the_ladder_with_it(campaign):
    appeal = campaign.appeals.get(addressee__key="ann")
    incoming = post(known=[(appeal, 0.8, "the office's name")])
    read_waiting(LATER)
    incoming.refresh_from_db()
    assert incoming.state == "quarantined"
    assert incoming.reason
    assert not Response.objects.exists()
    assert unread_since([appeal]) == {appeal.pk: LATER}
    response = deliver(incoming, appeal, by="Mina", now=LATER)
    assert deliver(incoming, appeal, by="Mina", now=LATER) == response, "the second time changes nothing"
    assert (incoming.state, incoming.settled_by, response.recorded_by) == ("matched", "Mina", "Mina")


def test_what_is_set_aside_holds_nothing_and_may_come_back(campaign):
    appeal = campaign.appeals.get(addressee__key="ann")
    incoming = post(known=[(appeal, 0.8, "the office's name")])
    with pytest.raises(NotDecidable, match="not been read"):
        deliver(incoming, appeal, by="Mina", now=LATER)
    read_waiting(LATER)
    with pytest.raises(NotDecidable, match="no reason"):
        set_aside(incoming, "boring", by="Mina", now=LATER)
    assert set_aside(incoming, "spam", by="Mina", now=LATER, note="An advertisement")
    assert not set_aside(incoming, "spam", by="Mina", now=LATER)
    assert (incoming.state, incoming.reason) == ("set aside", "An advertisement")
    assert unread_since([appeal]) == {}
    deliver(incoming, appeal, by="Mina", now=LATER)
    with pytest.raises(NotDecidable, match="become a response"):
        set_aside(incoming, "spam", by="Mina", now=LATER)


def test_a_copy_for_another_recipient_is_read_again_for_them(campaign):
    post(recipients=["one@us.example"])
    read_waiting(LATER)
    again = post(recipients=["one@us.example", "two@us.example"])
    assert again.handed_in[1] == ("one@us.example", "two@us.example")
    assert again.state == "waiting"
    assert read_waiting(LATER) == 1
    set_aside(Incoming.objects.get(), "spam", by="Mina", now=LATER)
    assert post(recipients=["three@us.example"]).state == "set aside", "what a person decided stands"


def test_nothing_answers_a_campaign_that_nobody_was_told_of():
    appeal = draft().appeals.get(addressee__key="ann")
    incoming = post()
    read_waiting(LATER)
    with pytest.raises(NotRecordable):
        deliver(incoming, appeal, by="Mina", now=LATER + timedelta(hours=1))
    incoming.refresh_from_db()
    assert incoming.state == "quarantined"
