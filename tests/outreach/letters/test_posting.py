"""What supporters wrote leaves paced, once, and says what became of it."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from campaigns.addressee import Addressee, ContactPoint
from campaigns.campaign import Campaign
from campaigns.hold import LETTERS, Hold
from campaigns.intervention import withdraw
from channels.answer import Answer, Delayed, Receipt, Refused, Unknown
from channels.envelope import Sender
from channels.news import Kind, News
from channels.rate import Rate
from outreach.brake import pull_brakes
from outreach.clock import tick
from outreach.delivery import Delivery
from outreach.fold import fold
from outreach.keeping import keep
from outreach.letters.again import NotPossible, arrived, send_once_more
from outreach.letters.letter import Letter
from outreach.letters.lines import lines
from outreach.letters.mailbag import Mailbag
from outreach.letters.packing import intend, pack
from outreach.letters.posting import post_some, recover_mailbags
from outreach.send import drain
from outreach.spike import Brakes
from outreach.suppression import suppress
from tests.letters import confirmed
from tests.outreach.wires import Told
from tests.small_campaign import DAY, FRIDAY, addressee, published

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
TEN = FRIDAY + DAY - HOUR  # ten o'clock in London, on a Saturday
TUESDAY = TEN + 3 * DAY  # Monday, the first of May, is a holiday there
TAKEN = Receipt("<1@told.example>", detail="250 queued")


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker) -> Iterator[Campaign]:
    """Published once for all of these tests."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield published()
        transaction.set_rollback(True)


@pytest.fixture
def campaign(made, db) -> Campaign:
    return Campaign.objects.get(pk=made.pk)


def post(monkeypatch, now: datetime = FRIDAY, answer: Answer = TAKEN, **fields) -> Told:
    """One pass."""
    wire = Told(answer, **fields)
    monkeypatch.setattr("outreach.letters.posting.now", lambda: now)
    monkeypatch.setattr("outreach.letters.posting.wire_of", lambda channel: wire)
    post_some(now)
    return wire


def pass_time(
    monkeypatch, start: datetime, end: datetime, every: timedelta = 10 * MINUTE
) -> list[tuple[datetime, str]]:
    """When each message left, and its subject."""
    left, now = [], start
    while now <= end:
        left += [(now, each.subject) for each in post(monkeypatch, now).envelopes]
        now += every
    return left


def states() -> Counter[str]:
    return Counter(Mailbag.objects.values_list("state", flat=True))


def letter_states() -> Counter[str]:
    return Counter(Letter.objects.values_list("state", flat=True))


def test_a_letter_leaves_in_its_writers_name_from_the_campaigns_own_address(campaign, monkeypatch, settings):
    settings.REPLY_DOMAIN, settings.BOUNCES = "in.example", "bounces@in.example"
    confirmed(campaign, 1)
    (envelope,) = post(monkeypatch).envelopes
    assert (envelope.to, envelope.to_name) == ("ann@offices.example", "Ann")
    assert envelope.sender == Sender("Person 0 via Bridge Committee", "bridge@committee.example")
    assert envelope.reply_to.startswith("reply+letter-")
    assert envelope.return_path == f"bounces+{Mailbag.objects.get().key}@in.example"
    assert not envelope.auto_submitted
    assert "I am Person 0, and I cross this bridge every day." in envelope.text
    assert "/letters/" in envelope.text
    bag = Mailbag.objects.get()
    assert (bag.state, bag.reference, bag.number) == ("sent", "<1@told.example>", 1)
    assert letter_states() == {"taken": 1}


def test_who_wants_to_be_answered_at_their_own_address_is(campaign, monkeypatch):
    confirmed(campaign, 1, shows_address=True)
    assert post(monkeypatch).envelopes[0].reply_to == "person0@people.example"


def test_letters_leave_one_by_one(campaign, monkeypatch):
    confirmed(campaign, 5)
    left = pass_time(monkeypatch, FRIDAY, FRIDAY + 30 * MINUTE, every=5 * MINUTE)
    assert [at - FRIDAY for at, _ in left] == [0 * MINUTE, 10 * MINUTE, 20 * MINUTE, 30 * MINUTE]


def test_a_flood_becomes_a_digest_in_office_hours(campaign, monkeypatch, settings):
    settings.LETTERS_A_DAY = 3
    confirmed(campaign, 20, at=TUESDAY - HOUR)
    before = post(monkeypatch, TUESDAY - MINUTE)
    assert [each.subject for each in before.envelopes] == ["The bridge"]
    wire = post(monkeypatch, TUESDAY)
    digest = next(each for each in wire.envelopes if each.subject != "The bridge")
    assert digest.subject == "17 letters to you about “Keep the bridge open”"
    assert digest.sender.name == "Bridge Committee"
    assert "Seattle (17)" in digest.text
    assert Letter.objects.waiting().count() == 2, "as many as may still leave by themselves"
    confirmed(campaign, 9, at=TUESDAY)
    later = [post(monkeypatch, TUESDAY + span).envelopes for span in (10 * MINUTE, HOUR, 6 * HOUR)]
    assert {each.subject for those in later for each in those} == {"The bridge"}, "no second digest within a day"


def test_an_office_that_asked_for_digests_gets_them_only(campaign, monkeypatch):
    ContactPoint.objects.filter(addressee__key="ann").update(digests_only=True)
    confirmed(campaign, 2, at=TUESDAY - HOUR)
    assert post(monkeypatch, TUESDAY - MINUTE).envelopes == []
    (envelope,) = post(monkeypatch, TUESDAY).envelopes
    assert envelope.subject.startswith("2 letters")


def test_one_inbox_of_several_addressees_and_campaigns_has_one_pace(campaign, monkeypatch):
    other = published(slug="tower")
    ContactPoint.objects.filter(addressee__key="bob").update(address="ANN@offices.example")
    confirmed(campaign, 1, "ann")
    confirmed(campaign, 1, "bob")
    confirmed(other, 1, "ann")
    assert len(post(monkeypatch).envelopes) == 1
    assert len(pass_time(monkeypatch, FRIDAY, FRIDAY + HOUR, every=20 * MINUTE)) == 2


def test_digests_count_as_messages_and_leave_a_place_to_the_campaigns_own(campaign, monkeypatch, settings):
    settings.CAP, settings.CAP_TIME = 2, DAY
    tick(campaign, TUESDAY - HOUR)
    monkeypatch.setattr("outreach.send.now", lambda: TUESDAY - HOUR)
    monkeypatch.setattr("outreach.send.wire_of", lambda channel: Told(TAKEN))
    drain("email", bulk=False)
    assert Delivery.objects.filter(addressee__key="ann", state="sent").count() == 1
    confirmed(campaign, 40, at=TUESDAY - HOUR)
    assert [each.subject for each in post(monkeypatch, TUESDAY).envelopes] == ["The bridge"]
    settings.CAP = 3
    assert len(post(monkeypatch, TUESDAY + MINUTE).envelopes) == 1, "the digest"
    assert Mailbag.objects.filter(is_digest=True).count() == 1


@pytest.mark.parametrize("on", [{"channel": LETTERS}, {"domain": "offices.example"}, {"channel": "email"}, {}])
def test_a_hold_keeps_them_until_it_is_lifted(campaign, monkeypatch, on):
    confirmed(campaign, 1)
    hold = Hold.objects.place(
        reason="talks", author="Lusine", now=FRIDAY, campaign=campaign, addressee=Addressee.objects.get(key="ann"), **on
    )
    assert post(monkeypatch).envelopes == []
    hold.lift(FRIDAY, "Lusine")
    assert len(post(monkeypatch).envelopes) == 1


def test_a_hold_placed_while_a_worker_has_them_keeps_what_is_not_on_the_wire(campaign):
    confirmed(campaign, 1)
    claimed = pack(FRIDAY, datetime.now(UTC), limit=9)
    Hold.objects.place(reason="talks", author="Lusine", now=FRIDAY, channel=LETTERS)
    assert intend(claimed, FRIDAY, "told") == []
    assert states() == {"due": 1}


def test_a_hold_on_letters_keeps_no_clock_still(campaign):
    hold = Hold.objects.place(
        reason="talks", author="Lusine", now=FRIDAY, addressee=Addressee.objects.get(key="ann"), channel=LETTERS
    )
    assert not hold.keeps_the_clock()
    assert hold.what() == "supporters’ letters to Ann"


def test_letters_keep_to_the_rates_of_a_domain_and_of_the_sender(campaign, monkeypatch, settings):
    settings.DOMAIN_RATES = {"offices.example": Rate.parse("2/hour")}
    for to in ("ann", "bob", "cat"):
        confirmed(campaign, 1, to)
    at = (FRIDAY, FRIDAY + MINUTE, FRIDAY + 30 * MINUTE, FRIDAY + HOUR)
    assert [len(post(monkeypatch, moment).envelopes) for moment in at] == [1, 0, 1, 1]


def test_letters_wait_for_the_hours_of_the_campaign(campaign, monkeypatch):
    Campaign.objects.update(sending={"addressees": {"hours": ["12:00", "17:00"]}})
    confirmed(campaign, 1)
    assert post(monkeypatch).envelopes == []
    assert len(post(monkeypatch, FRIDAY + HOUR).envelopes) == 1


def test_an_address_that_must_not_be_used_is_not(campaign, monkeypatch):
    confirmed(campaign, 1)
    suppress("email", "ann@offices.example", "Called a message spam", FRIDAY)
    assert post(monkeypatch).envelopes == []
    assert letter_states() == {"confirmed": 1}


def test_no_letter_leaves_for_whom_the_demands_were_taken_back_from(campaign, monkeypatch):
    confirmed(campaign, 2)
    post(monkeypatch, FRIDAY, Delayed("busy"))
    withdraw(campaign.appeals.filter(addressee__key="ann"), reason="a mistake", author="Lusine", now=FRIDAY)
    assert post(monkeypatch, FRIDAY + HOUR).envelopes == []
    assert letter_states() == {"confirmed": 2}
    assert "taken back" in lines(campaign, FRIDAY + HOUR)[0].why


def test_what_a_server_puts_off_is_tried_again_later_and_holds_the_others_back(campaign, monkeypatch):
    confirmed(campaign, 2)
    assert len(post(monkeypatch, FRIDAY, Delayed("busy")).envelopes) == 1
    bag = Mailbag.objects.get()
    assert (bag.state, bag.reason) == ("delayed", "busy")
    assert post(monkeypatch, FRIDAY + MINUTE).envelopes == []
    assert len(post(monkeypatch, FRIDAY + 2 * MINUTE).envelopes) == 1
    assert states() == {"sent": 1}


def test_what_is_put_off_for_two_days_is_given_up_and_shown(campaign, monkeypatch, settings):
    confirmed(campaign, 1)
    for n in range(0, 54, 6):
        post(monkeypatch, FRIDAY + n * HOUR, Delayed("busy"))
    assert states() == {"refused": 1}
    assert "busy" in Mailbag.objects.get().reason


def test_one_that_nobody_knows_about_is_never_sent_again_by_itself(campaign, monkeypatch):
    confirmed(campaign, 1)
    post(monkeypatch, FRIDAY, Unknown("no answer"))
    assert states() == {"unknown": 1}
    assert pass_time(monkeypatch, FRIDAY, FRIDAY + 5 * HOUR, every=HOUR) == []


def test_a_person_says_that_it_arrived_or_has_it_sent_once_more(campaign, monkeypatch):
    confirmed(campaign, 2)
    post(monkeypatch, FRIDAY, Unknown("no answer"))
    first = Mailbag.objects.get()
    more = send_once_more(first, by="Lusine", now=FRIDAY + MINUTE)
    assert (first.state, first.settled_by) == ("refused", "Lusine")
    with pytest.raises(NotPossible):
        send_once_more(first, by="Lusine", now=FRIDAY + MINUTE)
    post(monkeypatch, FRIDAY + 2 * MINUTE, Unknown("no answer"))
    more.refresh_from_db()
    arrived(more, by="Lusine", now=FRIDAY + HOUR)
    assert (more.state, more.number) == ("delivered", 1)
    with pytest.raises(NotPossible):
        arrived(more, by="Lusine", now=FRIDAY + HOUR)


def test_what_arrived_after_all_is_not_sent_once_more(campaign, monkeypatch):
    confirmed(campaign, 1)
    post(monkeypatch, FRIDAY, Unknown("no answer"))
    first = Mailbag.objects.get()
    send_once_more(first, by="Lusine", now=FRIDAY + MINUTE)
    tell(first, Kind.DELIVERED)
    assert pass_time(monkeypatch, FRIDAY + 10 * MINUTE, FRIDAY + HOUR) == []
    assert states() == {"delivered": 1, "cancelled": 1}
    assert Letter.objects.get().mailbag_id == first.pk


def test_a_worker_that_stops_on_the_wire_leaves_it_unknown_and_before_it_due(campaign, monkeypatch):
    confirmed(campaign, 1)
    pack(FRIDAY, datetime.now(UTC), limit=9)
    late = datetime.now(UTC) + HOUR
    assert recover_mailbags(FRIDAY, late) == 1
    assert states() == {"due": 1}
    assert len(post(monkeypatch, FRIDAY + MINUTE).envelopes) == 1
    Mailbag.objects.update(state="sending", lease_until=datetime.now(UTC))
    assert recover_mailbags(FRIDAY, late) == 1
    assert states() == {"unknown": 1}


def test_whoever_lost_the_claim_settles_nothing(campaign, monkeypatch):
    confirmed(campaign, 1)
    (mine,) = pack(FRIDAY, datetime.now(UTC), limit=9)
    Mailbag.objects.update(state="sending", token="00000000-0000-0000-0000-000000000001")
    assert not mine.move("sent", fence=mine.token)
    assert states() == {"sending": 1}


def test_a_letter_whose_writer_is_erased_before_it_leaves_does_not(campaign, monkeypatch):
    confirmed(campaign, 1)
    post(monkeypatch, FRIDAY, Delayed("busy"))
    Letter.objects.update(text="", wiped_at=FRIDAY)
    assert post(monkeypatch, FRIDAY + HOUR).envelopes == []
    assert states() == {"cancelled": 1}


def tell(bag: Mailbag, kind: Kind, **fields) -> None:
    """What a provider tells of it."""
    said = {"name": f"{kind}:{bag.key}", "kind": kind, "at": FRIDAY + HOUR, "said": kind.value, "key": bag.key}
    keep("sendgrid", [News(**{**said, "address": bag.address, **fields})], FRIDAY + HOUR)
    fold(FRIDAY + HOUR)


def test_what_providers_tell_later_counts_for_mailbags_too(campaign, monkeypatch):
    confirmed(campaign, 1)
    post(monkeypatch)
    bag = Mailbag.objects.get()
    tell(bag, Kind.DELIVERED)
    assert states() == {"delivered": 1}
    tell(bag, Kind.BOUNCED, is_dead=True, reason="no such mailbox", at=FRIDAY + 2 * HOUR)
    assert states() == {"bounced": 1}
    assert ContactPoint.objects.get(addressee__key="ann").health == "dead"


def test_letters_are_held_by_themselves_when_too_many_are_complained_about(campaign, monkeypatch, settings):
    settings.BRAKES = Brakes(complainers=1)
    confirmed(campaign, 1)
    post(monkeypatch)
    assert pull_brakes(FRIDAY + HOUR) == []
    tell(Mailbag.objects.get(), Kind.COMPLAINT)
    (hold,) = pull_brakes(FRIDAY + HOUR)
    assert (hold.channel, hold.campaign, hold.author) == (LETTERS, campaign, "the brake")
    assert "1 complaints about 1 letters" in hold.reason
    assert pull_brakes(FRIDAY + HOUR) == []
    confirmed(campaign, 1, "bob")
    assert post(monkeypatch, FRIDAY + HOUR).envelopes == []
    hold.lift(FRIDAY + 2 * HOUR, "Lusine")
    assert pull_brakes(FRIDAY + 2 * HOUR) == [], "what went before counts no more"


def test_letters_from_a_dead_address_wait_for_the_next_one(campaign, monkeypatch):
    confirmed(campaign, 1)
    post(monkeypatch, FRIDAY, Refused("no such mailbox", "5.1.1"))
    assert states() == {"refused": 1}
    assert post(monkeypatch, FRIDAY + HOUR).envelopes == [], "there is no other address yet"
    ContactPoint.objects.create(addressee=addressee("ann"), channel="email", address="secretary@offices.example")
    assert [each.to for each in post(monkeypatch, FRIDAY + HOUR).envelopes] == ["secretary@offices.example"]
