"""Nobody is flooded: so many messages to one addressee and one inbox, whatever the number of campaigns and workers."""

import threading
import uuid
from collections import Counter
from datetime import datetime, timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st

from campaigns.addressee import Addressee, ContactPoint
from campaigns.campaign import Campaign
from campaigns.ladder import SUPPORTERS
from campaigns.wave import Wave
from channels.answer import Answer, Delayed, Receipt, Unknown
from channels.news import Kind, News
from outreach import fate
from outreach.claim import claim
from outreach.clock import tick, tick_all
from outreach.delivery import Delivery
from outreach.ledger import settle_deliveries
from outreach.news import bounced, proven, settle_by_person
from outreach.send import drain
from outreach.settle import intend, recover
from tests.outreach.wires import Told
from tests.small_campaign import DAY, FRIDAY, SECOND, addressee, published

HOUR = timedelta(hours=1)
TAKEN = Receipt("<1@told.example>", detail="250 queued")


@pytest.fixture(autouse=True)
def three_a_day(settings):
    settings.CAP, settings.CAP_TIME = 3, DAY


@pytest.fixture
def wave(db) -> Wave:
    campaign = published()
    tick(campaign, FRIDAY)
    Delivery.objects.all().delete()
    return Wave.objects.get()


def letters(wave: Wave, number: int, to: str = "ann", at: datetime = FRIDAY) -> list[Delivery]:
    """As if so many campaigns wrote to one addressee."""
    point = ContactPoint.objects.select_related("addressee").get(addressee__key=to)
    return Delivery.objects.bulk_create(
        Delivery(
            campaign=wave.campaign, step=wave.step, wave=wave, audience="oversight", channel="email", due_at=at,
            recipient=f"{to} {Delivery.objects.count() + n}", addressee=point.addressee, contact_point=point,
            wording_name="letter", created_at=at,
        )
        for n in range(number)
    )  # fmt: skip


def shared(keys: list[str], address: str = "office@offices.example") -> None:
    """One secretariat for all of them; each writes the address in a way of its own."""
    for number, key in enumerate(keys):
        written = address.title() if number % 2 else address
        ContactPoint.objects.filter(addressee__key=key).update(address=written)


def send(monkeypatch, answer: Answer = TAKEN, now: datetime = FRIDAY, **fields) -> Told:
    wire = Told(answer, **fields)
    monkeypatch.setattr("outreach.send.now", lambda: now)
    monkeypatch.setattr("outreach.send.wire_of", lambda channel: wire)
    drain("email", bulk=False)
    return wire


def states() -> Counter[str]:
    return Counter(Delivery.objects.values_list("state", flat=True))


def test_up_to_the_cap_each_letter_goes_by_itself(wave, monkeypatch):
    letters(wave, 3)
    assert len(send(monkeypatch).envelopes) == 3
    assert set(Delivery.objects.values_list("digest", flat=True)) == {None}


def test_above_the_cap_letters_go_together_in_one_message_each_word_for_word_with_its_own_title(wave, monkeypatch):
    letters(wave, 4)
    (digest,) = send(monkeypatch).envelopes
    kept = list(Delivery.objects.all())
    assert digest.subject == "4 letters: Ann"
    assert "So as not to send you many messages in a short time, we put 4 letters into this one." in digest.text
    assert digest.text.count("Answers to: bridge@committee.example") == 4
    assert digest.text.count("Subject: The bridge (letter)") == 4
    assert digest.text.count(kept[0].text) == 4
    assert digest.html.count("<hr>") == 8
    assert digest.html.count("<html") == digest.html.count("</body>") == 1
    assert {each.state for each in kept} == {"sent"}
    assert {each.digest.hex for each in kept} == {digest.key}


def test_several_campaigns_at_once_are_one_message_and_every_letter_has_its_own_record(db, settings, monkeypatch):
    settings.CAP = 1
    for slug in ("bridge", "tunnel"):
        published(slug=slug)
    tick_all(FRIDAY)
    assert len(send(monkeypatch).envelopes) == 3
    assert states() == {"sent": 6}
    ann = Delivery.objects.filter(addressee__key="ann")
    assert {each.campaign.slug for each in ann} == {"bridge", "tunnel"}
    assert len({each.reference for each in ann}) == 1


def test_when_there_is_no_room_letters_wait_with_the_reason_and_go_together_when_there_is(wave, monkeypatch):
    letters(wave, 3)
    send(monkeypatch)
    letters(wave, 2, at=FRIDAY + HOUR)
    assert send(monkeypatch, now=FRIDAY + HOUR).envelopes == []
    waiting = Delivery.objects.filter(state="due")
    assert {each.due_at for each in waiting} == {FRIDAY + DAY}
    assert waiting[0].reason == "3 messages went to this inbox within 24 hours, which is the most"
    assert waiting[0].attempts == 0
    assert send(monkeypatch, now=FRIDAY + DAY - SECOND).envelopes == []
    assert len(send(monkeypatch, now=FRIDAY + DAY).envelopes) == 2


def test_what_waits_is_one_message_where_there_is_room_for_one(wave, monkeypatch):
    for hour in (0, 1, 2):
        letters(wave, 1, at=FRIDAY + hour * HOUR)
        send(monkeypatch, now=FRIDAY + hour * HOUR)
    letters(wave, 2, at=FRIDAY + 3 * HOUR)
    send(monkeypatch, now=FRIDAY + 3 * HOUR)
    assert len(send(monkeypatch, now=FRIDAY + DAY).envelopes) == 1
    assert states() == {"sent": 5}


@pytest.mark.parametrize(("number", "messages"), [(3, 3), (5, 1)])
def test_a_secretariat_of_many_gets_one_message_in_which_each_part_is_named(wave, monkeypatch, number, messages):
    keys = ["ann", "bob", "cat", "dan", "eve"][:number]
    for key in keys:
        addressee(key)
    shared(keys)
    for key in keys:
        letters(wave, 1, to=key)
    monkeypatch.setattr("outreach.desk.Desk.write", lambda desk, each: setattr(each, "text", f"To {each.addressee}"))
    monkeypatch.setattr("outreach.writing.KEPT", ("text",))
    sent = send(monkeypatch).envelopes
    assert len(sent) == messages
    text = "\n".join(each.text for each in sent)
    assert all(f"To {key}" in text for key in keys)
    if messages == 1:
        assert all(f"To: {key.title()}" in text for key in keys)
        assert sent[0].subject.startswith("5 letters: ")


def test_who_is_written_to_at_two_addresses_has_one_cap(wave, monkeypatch):
    letters(wave, 3)
    send(monkeypatch)
    ann = Addressee.objects.get(key="ann")
    ContactPoint.objects.create(addressee=ann, channel="email", address="second@offices.example", position=2)
    (late,) = letters_at(wave, "second@offices.example")
    send(monkeypatch, now=FRIDAY + HOUR)
    late.refresh_from_db()
    assert (late.state, late.due_at) == ("due", FRIDAY + DAY)
    assert late.reason.startswith("3 messages went to this addressee")


def letters_at(wave: Wave, address: str) -> list[Delivery]:
    (late,) = letters_of_point(wave, ContactPoint.objects.get(address=address))
    return [late]


def letters_of_point(wave: Wave, point: ContactPoint) -> list[Delivery]:
    return [
        Delivery.objects.create(
            campaign=wave.campaign, step=wave.step, wave=wave, audience="oversight", channel="email", due_at=FRIDAY,
            recipient="elsewhere", addressee=point.addressee, contact_point=point, wording_name="letter",
            created_at=FRIDAY,
        )
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("state", "is_counted"),
    [("unknown", True), ("delivered", True), ("sending", True), ("bounced", False), ("refused", False)],
)
def test_what_may_have_arrived_counts_and_what_certainly_did_not_does_not(wave, monkeypatch, state, is_counted):
    for each in letters(wave, 3):
        Delivery.objects.filter(pk=each.pk).update(state=state, tried_at=FRIDAY)
    letters(wave, 1)
    assert len(send(monkeypatch, now=FRIDAY + HOUR).envelopes) == (0 if is_counted else 1)


def test_supporters_and_posts_are_no_letters_to_an_addressee(wave, monkeypatch):
    for each in letters(wave, 3):
        Delivery.objects.filter(pk=each.pk).update(
            state="delivered", tried_at=FRIDAY, channel="x", contact_point=None, recipient=f"about {each.pk}"
        )
    Delivery.objects.filter(pk=letters(wave, 1)[0].pk).update(audience=SUPPORTERS, state="sent", tried_at=FRIDAY)
    letters(wave, 3)
    assert len(send(monkeypatch).envelopes) == 3


def test_a_first_letter_goes_before_a_reminder(wave, settings):
    settings.CAP = 1
    reminding = Wave.objects.create(campaign=wave.campaign, step=wave.step, reminder=1, at=FRIDAY)
    letters(reminding, 1, at=FRIDAY - HOUR)
    (first,) = letters(wave, 1)
    claimed = claim("email", FRIDAY, FRIDAY, bulk=False, limit=1)
    assert claimed == [first]


# A digest is one message with several records


def test_a_bounce_of_a_digest_comes_back_to_every_letter_in_it(wave, monkeypatch):
    letters(wave, 4)
    send(monkeypatch)
    assert bounced(Delivery.objects.first(), FRIDAY + HOUR, "550 no such user")
    assert states() == {"bounced": 4}
    assert not bounced(Delivery.objects.last(), FRIDAY + HOUR, "550 no such user")


def test_a_full_mailbox_is_counted_once_for_a_digest(wave, monkeypatch):
    letters(wave, 4)
    send(monkeypatch)
    bounced(Delivery.objects.first(), FRIDAY + HOUR, "mailbox full", is_permanent=False)
    assert ContactPoint.objects.get(addressee__key="ann").failures == 1


def test_a_proof_of_a_digest_proves_every_letter_in_it(wave, monkeypatch):
    letters(wave, 4)
    send(monkeypatch, Unknown("the line went dead"))
    assert states() == {"unknown": 4}
    assert proven(Delivery.objects.last(), FRIDAY + HOUR, how="a report")
    assert states() == {"delivered": 4}


def test_a_person_who_found_out_about_one_letter_found_out_about_the_message(wave, monkeypatch):
    letters(wave, 4)
    send(monkeypatch, Unknown("the line went dead"))
    assert settle_by_person(Delivery.objects.last(), arrived=False, by="Mia", now=FRIDAY)
    assert states() == {"bounced": 4}
    assert ContactPoint.objects.get(addressee__key="ann").health == "good"


def test_when_a_worker_stops_with_a_digest_on_the_wire_all_of_it_is_unknown_and_none_is_sent_again(wave, monkeypatch):
    letters(wave, 4)
    intend(claim("email", FRIDAY, FRIDAY, bulk=False, limit=10), FRIDAY, "told")
    recover(FRIDAY, FRIDAY + DAY)
    assert states() == {"unknown": 4}
    assert send(monkeypatch, now=FRIDAY + 2 * DAY).envelopes == []


def test_a_digest_that_is_put_off_is_made_anew_of_what_is_still_to_be_said(wave, monkeypatch):
    rows = letters(wave, 4)
    send(monkeypatch, Delayed("busy"))
    Delivery.objects.filter(pk=rows[0].pk).update(expires_at=FRIDAY)
    assert len(send(monkeypatch, now=FRIDAY + HOUR).envelopes) == 3
    assert states() == {"expired": 1, "sent": 3}


def test_a_letter_that_cannot_be_written_leaves_the_others_of_its_digest_alone(wave, monkeypatch):
    spoilt = min(letters(wave, 4), key=lambda each: each.key)
    Delivery.objects.filter(pk=spoilt.pk).update(wording_name="nothing")
    (digest,) = send(monkeypatch).envelopes
    assert digest.subject == "3 letters: Ann"
    assert states() == {"cancelled": 1, "sent": 3}
    assert digest.key in {each.key for each in Delivery.objects.filter(state="sent")}


def test_no_digest_is_longer_than_a_person_reads(wave, monkeypatch):
    monkeypatch.setattr("outreach.cap.MOST_LETTERS", 4)
    letters(wave, 9)
    sent = [each for n in range(3) for each in send(monkeypatch, now=FRIDAY + n * SECOND).envelopes]
    assert [each.subject.partition(" ")[0] for each in sent] == ["4", "4", "The"]


def test_what_a_provider_tells_of_a_digest_counts_for_every_letter_in_it(wave, monkeypatch):
    letters(wave, 4)
    (digest,) = send(monkeypatch).envelopes
    settle_deliveries({uuid.UUID(digest.key): told_that(Kind.BOUNCED, is_dead=True)}, FRIDAY + HOUR)
    assert states() == {"bounced": 4}


def told_that(kind: Kind, **fields) -> fate.Told:
    news = News(name="1", kind=kind, at=FRIDAY, said=kind.value, **fields)
    return fate.Told(fate.fate([news]), fate.fate([news]), [news])


# However many workers, and whenever they look


@pytest.mark.django_db(transaction=True)
def test_many_workers_together_keep_the_cap():
    campaign: Campaign = published()
    tick(campaign, FRIDAY)
    Delivery.objects.all().delete()
    shared(["ann", "bob"])
    for key in ("ann", "bob") * 6:
        letters(Wave.objects.get(), 1, to=key)
    claimed: list[Delivery] = []
    start = threading.Barrier(4)

    def worker() -> None:
        start.wait()
        while (batch := claim("email", FRIDAY, FRIDAY, bulk=False, limit=2)).found:
            claimed.extend(batch)
        connection.close()

    threads = [threading.Thread(target=worker) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len({each.pk for each in claimed}) == len(claimed)
    assert len({each.name_on_the_wire for each in claimed}) <= 3
    assert claimed


@profile(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    plan=st.lists(
        st.tuples(st.integers(0, 9), st.integers(0, 3), st.integers(1, 4), st.sampled_from(["sent", "unknown"])),
        min_size=3, max_size=5,
    )
)  # fmt: skip
def test_in_no_day_whatsoever_an_inbox_gets_more_messages_than_the_cap(wave, plan):
    Delivery.objects.all().delete()
    went: list[datetime] = []
    now = FRIDAY
    for hours, number, limit, outcome in [*plan, *[(12, 0, 50, "sent")] * 4]:
        now += hours * HOUR
        letters(wave, number, at=now)
        claimed = claim("email", now, now, bulk=False, limit=limit)
        intend(claimed, now, "told")
        Delivery.objects.filter(pk__in=[each.pk for each in claimed]).update(state=outcome)
        went += [now] * len({each.name_on_the_wire for each in claimed})
    assert all(sum(at - DAY < other <= at for other in went) <= 3 for at in went)
    assert not Delivery.objects.filter(state="due").exists()
