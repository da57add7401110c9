"""A letter that did not arrive is written again elsewhere: once, saying so, and never on a guess."""

import threading
from datetime import datetime

import pytest
from django.db import connection
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st

from campaigns.addressee import Addressee, ContactPoint
from campaigns.campaign import Campaign
from campaigns.outcome import record_outcome
from campaigns.wave import Wave
from campaigns.wording import Wording
from channels.answer import Answer, Receipt, Refused, Unknown
from outreach.again import NotWritable, fall_back, write_again
from outreach.clock import tick
from outreach.compose import compose
from outreach.delivery import Delivery
from outreach.news import bounced, proven, settle_by_person
from outreach.preface import preface
from outreach.send import drain
from outreach.suppression import suppress
from tests.outreach.wires import Told
from tests.small_campaign import DAY, DEADLINE, FRIDAY, SECOND, published

ARRIVED = Receipt("<1@told.example>", proven=True)
TAKEN = Receipt("<1@told.example>")
NO_SUCH_USER = Refused("550 no such user", "5.1.1")


@pytest.fixture
def campaign(db) -> Campaign:
    campaign = published()
    tick(campaign, FRIDAY)
    Delivery.objects.exclude(addressee__key="ann").update(state="delivered", sent_at=FRIDAY, delivered_at=FRIDAY)
    return campaign


def point(number: int, channel: str = "email", address: str = "") -> ContactPoint:
    """One more address of Ann's."""
    ann = Addressee.objects.get(key="ann")
    address = address or f"ann{number}@offices.example"
    return ContactPoint.objects.create(addressee=ann, channel=channel, address=address, position=number)


def send(monkeypatch, answer: Answer, now: datetime = FRIDAY, channel: str = "email") -> Told:
    wire = Told(answer)
    monkeypatch.setattr("outreach.send.now", lambda: now)
    monkeypatch.setattr("outreach.send.wire_of", lambda channel: wire)
    drain(channel, bulk=False)
    return wire


def to_ann() -> list[Delivery]:
    return list(Delivery.objects.filter(addressee__key="ann").order_by("created_at", "instead_of_id"))


def again() -> Delivery:
    return Delivery.objects.get(addressee__key="ann", instead_of__isnull=False)


@pytest.mark.parametrize("fate", ["bounced", "refused", "given up"])
def test_what_did_not_arrive_is_written_again_at_the_next_address_and_both_records_say_so(campaign, monkeypatch, fate):
    second = point(2)
    if fate == "bounced":
        send(monkeypatch, TAKEN)
        bounced(to_ann()[0], FRIDAY + DAY, "550 no such user")
    elif fate == "refused":
        send(monkeypatch, NO_SUCH_USER)
    else:
        Delivery.objects.filter(addressee__key="ann").update(
            state="expired", attempts=20, tried_at=FRIDAY, reason="Tried 20 times"
        )
    tick(campaign, FRIDAY + DAY)
    first, new = Delivery.objects.get(addressee__key="ann", instead_of=None), again()
    assert (new.instead_of, new.contact_point, new.state, new.due_at) == (first, second, "due", FRIDAY + DAY)
    assert first.reason.endswith("; written again (Email)")
    assert new.reason.startswith("Written instead of the message of 28 April, which ")
    assert first.events.last().kind == "again"
    assert new.events.first().kind == "instead"


def test_the_letter_says_at_its_head_that_we_wrote_before_and_is_the_same_otherwise(campaign, monkeypatch):
    point(2)
    send(monkeypatch, TAKEN)
    bounced(to_ann()[0], FRIDAY + DAY, "550 no such user")
    tick(campaign, FRIDAY + DAY)
    (letter,) = send(monkeypatch, ARRIVED, FRIDAY + DAY).envelopes
    first = again().instead_of
    said = "We wrote to you at ann@offices.example on 28 April 2023; the message came back. We write again here."
    assert letter.to == "ann2@offices.example"
    assert letter.text == f"{said}\n\n{first.text}"
    assert said in letter.html
    head = letter.html[letter.html.index("<p ") : letter.html.index("</p>") + len("</p>")]
    assert letter.html.replace(head, "", 1).split() == first.html.split()
    assert again().text == letter.text


@pytest.mark.parametrize("language", ["en", "hy", "ru", "fr", "de", "es", "ar", "zh"])
def test_it_is_said_in_the_readers_language_and_in_english_where_we_do_not_know_it(campaign, language):
    before = to_ann()[0]
    before.state, before.tried_at = "refused", FRIDAY
    sentence, spoken = preface(before, language, "Asia/Yerevan")
    assert spoken == (language if language != "zh" else "en")
    assert "ann@offices.example" in sentence
    assert "2023" in sentence or "٢٠٢٣" in sentence


def test_after_the_last_address_of_a_channel_comes_the_next_channel_if_there_are_words_for_it(campaign, monkeypatch):
    point(1, channel="letter", address="Ann\n1 Bridge Street\nLondon")
    send(monkeypatch, NO_SUCH_USER)
    tick(campaign, FRIDAY)
    assert len(to_ann()) == 1
    Wording.objects.create(
        campaign=campaign, name="letter", channel="letter", language="en", subject="The bridge", body="Dear Ann",
        written_at=FRIDAY,
    )  # fmt: skip
    tick(campaign, FRIDAY + SECOND)
    assert again().channel == "letter"


def test_a_good_address_comes_before_an_ailing_one(campaign, monkeypatch):
    ailing, good = point(2), point(3)
    ContactPoint.objects.filter(pk=ailing.pk).update(health="ailing")
    send(monkeypatch, NO_SUCH_USER)
    tick(campaign, FRIDAY)
    assert again().contact_point == good


@pytest.mark.parametrize("fate", ["unknown", "cancelled", "suppressed", "came too late"])
def test_what_nobody_can_say_or_nobody_wanted_is_not_written_again_by_itself(campaign, monkeypatch, fate):
    point(2)
    if fate == "unknown":
        send(monkeypatch, Unknown("the line went dead"))
    elif fate == "came too late":
        Delivery.objects.filter(addressee__key="ann").update(state="expired", expires_at=FRIDAY, attempts=1)
    else:
        Delivery.objects.filter(addressee__key="ann").update(state=fate, attempts=1)
    tick(campaign, FRIDAY + SECOND)
    assert len(to_ann()) == 1


def test_an_address_that_is_dead_or_must_not_be_used_is_never_written_to(campaign, monkeypatch):
    ContactPoint.objects.filter(pk=point(2).pk).update(health="dead")
    suppress("email", point(3).address, "They asked us to stop", FRIDAY)
    send(monkeypatch, NO_SUCH_USER)
    tick(campaign, FRIDAY)
    assert len(to_ann()) == 1


def test_where_nothing_is_left_it_is_said_that_they_cannot_be_reached_until_somebody_adds_an_address(
    campaign, monkeypatch
):
    send(monkeypatch, NO_SUCH_USER)
    tick(campaign, DEADLINE + SECOND)
    ann = campaign.appeals.get(addressee__key="ann")
    (why,) = ann.pauses.filter(ended_at=None)
    assert why.sentence == "the letter of 28 April was refused; they cannot be reached"
    point(2)
    tick(campaign, DEADLINE + 2 * SECOND)
    assert again().state == "due"
    (why,) = ann.pauses.filter(ended_at=None)
    assert "cannot be reached" not in why.sentence


def test_a_letter_of_a_step_that_is_over_is_not_written_again(campaign, monkeypatch):
    send(monkeypatch, ARRIVED)
    tick(campaign, DEADLINE + SECOND)
    point(2)
    first = Delivery.objects.get(addressee__key="ann", step__key="letter", state="delivered")
    bounced(first, DEADLINE + DAY, "550 no such user")
    tick(campaign, DEADLINE + DAY)
    assert not Delivery.objects.filter(instead_of__isnull=False).exists()


def test_who_has_acted_is_not_written_to_again(campaign, monkeypatch):
    point(2)
    send(monkeypatch, NO_SUCH_USER)
    for demand in campaign.demands.all():
        record_outcome(
            campaign.appeals.get(addressee__key="ann"), demand, "done", evidence="a link", author="Mia", now=FRIDAY
        )
    tick(campaign, FRIDAY + SECOND)
    assert len(to_ann()) == 1


def test_what_turns_out_to_have_arrived_is_not_sent_a_second_time(campaign, monkeypatch):
    point(2)
    send(monkeypatch, NO_SUCH_USER)
    tick(campaign, FRIDAY)
    Delivery.objects.filter(pk=again().instead_of_id).update(state="delivered")
    assert send(monkeypatch, ARRIVED).envelopes == []
    assert again().state == "cancelled"


def test_composing_again_changes_nothing_after_a_fallback_either(campaign, monkeypatch):
    point(2)
    send(monkeypatch, NO_SUCH_USER)
    tick(campaign, FRIDAY)
    before = Delivery.objects.count()
    compose(Wave.objects.get(), campaign.appeals.select_related("addressee"), FRIDAY)
    assert Delivery.objects.count() == before


def test_a_proof_of_the_second_letter_lets_the_ladder_go_on(campaign, monkeypatch):
    point(2)
    send(monkeypatch, NO_SUCH_USER)
    tick(campaign, FRIDAY)
    send(monkeypatch, ARRIVED)
    tick(campaign, DEADLINE + SECOND)
    assert Delivery.objects.filter(addressee__key="ann", step__key="deadline", channel="email").exists()


# A person's word


def test_what_a_person_settled_waits_for_that_persons_word(campaign, monkeypatch):
    second = point(2)
    send(monkeypatch, Unknown("the line went dead"))
    with pytest.raises(NotWritable, match="Nobody knows whether it arrived"):
        write_again(to_ann()[0], by="Mia", now=FRIDAY)
    settle_by_person(to_ann()[0], arrived=False, by="Mia", now=FRIDAY)
    tick(campaign, FRIDAY + SECOND)
    assert len(to_ann()) == 1
    assert write_again(to_ann()[0], by="Mia", now=FRIDAY + SECOND).contact_point == second
    assert again().events.first().detail["by"] == "Mia"


def test_a_person_may_write_again_to_the_same_address_if_there_is_no_other(campaign, monkeypatch):
    send(monkeypatch, Refused("we do not like you", "5.7.1"))
    tick(campaign, FRIDAY)
    assert write_again(to_ann()[0], by="Mia", now=FRIDAY).address == "ann@offices.example"


def test_nobody_writes_again_twice_nor_without_a_reason_nor_where_nobody_can_be_reached(campaign, monkeypatch):
    with pytest.raises(NotWritable, match="It is due: there is no reason to write again"):
        write_again(to_ann()[0], by="Mia", now=FRIDAY)
    send(monkeypatch, NO_SUCH_USER)
    with pytest.raises(NotWritable, match="They cannot be reached"):
        write_again(to_ann()[0], by="Mia", now=FRIDAY)
    point(2)
    write_again(to_ann()[0], by="Mia", now=FRIDAY)
    first = Delivery.objects.get(addressee__key="ann", instead_of=None)
    with pytest.raises(NotWritable, match="It has been written again already"):
        write_again(first, by="Bo", now=FRIDAY)


# However often and by however many it is asked


@pytest.mark.django_db(transaction=True)
def test_passes_and_people_at_the_same_moment_write_again_once(monkeypatch):
    campaign = published()
    tick(campaign, FRIDAY)
    point(2)
    point(3)
    send(monkeypatch, NO_SUCH_USER)
    failed = Delivery.objects.get(addressee__key="ann")
    start, refused = threading.Barrier(4), list[str]()

    def ask(number: int) -> None:
        start.wait()
        try:
            if number % 2:
                write_again(failed, by="Mia", now=FRIDAY)
            else:
                fall_back(campaign, FRIDAY)
        except NotWritable as why:
            refused.append(str(why))
        connection.close()

    threads = [threading.Thread(target=ask, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert Delivery.objects.filter(instead_of=failed).count() == 1
    assert failed.events.filter(kind="again").count() == 1


@profile(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    story=st.lists(st.sampled_from(["pass", "bounce", "refuse", "unknown", "proof", "address"]), min_size=4, max_size=9)
)
def test_whatever_happens_each_failure_is_followed_by_one_letter_at_most_and_each_address_gets_one(campaign, story):
    Delivery.objects.filter(instead_of__isnull=False).order_by("-created_at").delete()
    Delivery.objects.filter(addressee__key="ann").update(state="due", attempts=0, reason="")
    ContactPoint.objects.filter(addressee__key="ann", position__gt=1).delete()
    ContactPoint.objects.update(health="good", failures=0)
    now, found = FRIDAY, 1
    for event in story:
        now += SECOND
        open_ones = Delivery.objects.filter(addressee__key="ann", state="due")
        match event:
            case "pass":
                fall_back(campaign, now)
                fall_back(campaign, now)
            case "address":
                found += 1
                point(found)
            case "bounce" | "proof":
                open_ones.update(state="sent", attempts=1, tried_at=now, sent_at=now)
                for each in Delivery.objects.filter(addressee__key="ann", state="sent"):
                    proven(each, now, how="a report") if event == "proof" else bounced(each, now, "no such user")
            case _:
                open_ones.update(state={"refuse": "refused", "unknown": "unknown"}[event], attempts=1, tried_at=now)
    letters = to_ann()
    used = [each.contact_point_id for each in letters]
    assert len(used) == len(set(used))
    followed = [each.instead_of_id for each in letters if each.instead_of_id]
    assert len(followed) == len(set(followed))
    assert all(each.instead_of.state in ("bounced", "refused") for each in letters if each.instead_of)
    if story[-1] == "pass" and letters[-1].state == "bounced":
        assert len(used) == found
