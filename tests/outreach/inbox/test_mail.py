"""A mail comes in: what becomes of it, by whom it is from and what it answers."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from django.db import transaction

from campaigns.appeal import Appeal
from campaigns.campaign import Campaign
from channels.answer import Receipt
from channels.incoming.read import read_mail
from channels.incoming.reading import Verdicts
from channels.news import Kind
from outreach.clock import tick
from outreach.delivery import Delivery
from outreach.fold import fold
from outreach.guess import Guess
from outreach.inbox import flood, reading
from outreach.inbox.deciding import deliver, set_aside
from outreach.inbox.mail import LARGEST, take_mail
from outreach.inbox.reading import read_waiting
from outreach.incoming import Incoming
from outreach.reply_address import reply_to
from outreach.report import Report
from outreach.response import Response, unread_since
from outreach.send import drain
from outreach.suppression import suppressed
from tests.outreach.wires import Told
from tests.small_campaign import DAY, FRIDAY, published, supporters

pytestmark = pytest.mark.django_db
LATER = FRIDAY + DAY
PROVEN = Verdicts(dmarc="pass", by="mx.us.example")
ANN, BOB = "ann@offices.example", "bob@offices.example"
AUTOMATIC = {"Auto_Submitted": "auto-replied", "Subject": "Out of office", "text": "I am away until Monday."}


@pytest.fixture(scope="module")
def written_to(django_db_setup, django_db_blocker) -> Iterator[Campaign]:
    """Published, and its first letters sent; the wire cannot prove that they arrived."""
    wire = Told(lambda envelope: Receipt(f"<{envelope.key}@committee.example>"))
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr("outreach.send.now", lambda: FRIDAY)
        patch.setattr("outreach.send.wire_of", lambda channel: wire)
        campaign = published()
        tick(campaign, FRIDAY)
        drain("email", bulk=False)
        yield campaign
        transaction.set_rollback(True)


@pytest.fixture
def campaign(written_to, db, settings) -> Campaign:
    """As it stands after the first letters, for each test anew."""
    settings.REPLY_DOMAIN, settings.BOUNCES = "in.example", "bounces@in.example"
    return Campaign.objects.get(pk=written_to.pk)


def appeal_of(campaign: Campaign, key: str) -> Appeal:
    return campaign.appeals.get(addressee__key=key)


def address_of(campaign: Campaign, key: str) -> str:
    return reply_to(campaign, appeal_of(campaign, key))


SAID = "We will open the bridge."


def written(sender: str = f"Ann <{ANN}>", to: str = "", text: str = SAID, cte: str = "7bit", **headers: str) -> bytes:
    mail = EmailMessage()
    said = {"Subject": "Re: The bridge", "Message_ID": "<1@offices.example>", **headers}
    mail["From"], mail["To"] = sender, to or "reply@in.example"
    for name, value in said.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text, cte=cte)
    return mail.as_bytes()


def came(raw: bytes, *to: str, now: datetime = LATER, verdicts: Verdicts | None = PROVEN, **more: Any) -> Incoming:
    incoming = take_mail(raw, door="smtp", now=now, recipients=to, verdicts=verdicts, **more)
    read_waiting(now)
    incoming.refresh_from_db()
    return incoming


def test_a_proven_answer_to_the_appeals_own_address_becomes_an_unread_response(campaign):
    ann = address_of(campaign, "ann")
    quoted = "On Fri, 28 Apr 2023 at 10:00, Bridge Committee <bridge@committee.example> wrote:\n> We ask for two things"
    raw = written(text=f"{SAID}\n\n{quoted}\n")
    incoming = came(raw, ann)
    response = Response.objects.get()
    assert (response.appeal, response.incoming) == (appeal_of(campaign, "ann"), incoming)
    assert response.text == SAID, "what they quote is folded away"
    assert (response.read_at, response.kind, response.proposed_kind, response.doubt) == (None, "", "", "")
    assert response.author == f"Ann <{ANN}>"
    assert (incoming.state, incoming.settled_by, incoming.opened()) == ("matched", "rule: one certain match", raw)
    assert unread_since([response.appeal]) == {response.appeal.pk: LATER}


def test_an_acknowledgement_is_proposed_and_waits_for_a_person(campaign):
    text = "We have received your letter of 28 April. It was registered under no. 17/2023."
    came(written(text=text), address_of(campaign, "ann"))
    response = Response.objects.get()
    assert (response.proposed_kind, response.kind, response.read_at) == ("acknowledgement", "", None)
    assert response.proposed_why


def test_an_automatic_reply_is_shown_and_neither_stops_nor_holds_anything(campaign):
    came(written(**AUTOMATIC), address_of(campaign, "ann"))
    response = Response.objects.get()
    assert response.kind == "auto-reply"
    assert response.kind_by.startswith("rule: ")
    assert unread_since([response.appeal]) == {}


def test_an_automatic_reply_that_answers_no_appeal_is_set_aside(campaign):
    incoming = came(written(sender="x@elsewhere.example", **AUTOMATIC), "desk@in.example")
    assert (incoming.state, incoming.aside) == ("set aside", "other")


def test_a_reply_to_two_addresses_at_once_answers_both(campaign):
    incoming = came(written(), address_of(campaign, "ann"), address_of(campaign, "bob"))
    assert set(incoming.responses.values_list("appeal__addressee__key", flat=True)) == {"ann", "bob"}


def test_of_a_reply_to_two_addresses_only_what_may_count_is_delivered(campaign):
    campaign.appeals.get(addressee__key="bob").addressee.contact_points.update(address="bob@other.example")
    incoming = came(written(), address_of(campaign, "ann"), address_of(campaign, "bob"))
    ann, bob = appeal_of(campaign, "ann"), appeal_of(campaign, "bob")
    assert [each.appeal for each in incoming.responses.all()] == [ann]
    assert incoming.state == "quarantined"
    assert "third person" in incoming.reason
    assert set(unread_since([ann, bob])) == {ann.pk, bob.pk}, "what may be an answer to bob's waits for a person, too"
    set_aside(incoming, "other", by="Mina", now=LATER)
    assert (incoming.state, set(unread_since([ann, bob]))) == ("matched", {ann.pk})


@pytest.mark.parametrize(
    ("sender", "verdicts", "reason"),
    [
        ("Somebody <x@elsewhere.example>", PROVEN, "third person"),
        (f"Ann <{ANN}>", Verdicts(dmarc="fail", by="mx.us.example"), "mx.us.example says otherwise"),
        (f"Ann <{ANN}>, Eve <eve@elsewhere.example>", PROVEN, "several senders"),
    ],
)
def test_who_may_not_count_as_the_addressee_is_in_quarantine_with_the_reason(campaign, sender, verdicts, reason):
    incoming = came(written(sender=sender), address_of(campaign, "ann"), verdicts=verdicts)
    assert incoming.state == "quarantined"
    assert reason in incoming.reason
    assert not Response.objects.exists()
    ann = appeal_of(campaign, "ann")
    assert unread_since([ann]) == {ann.pk: LATER}, "it may be theirs all the same: nobody says yet that they are silent"


def test_a_supporters_mail_never_counts_and_holds_nothing(campaign):
    supporters(campaign, 1)
    incoming = came(written(sender="supporter0@people.example"), address_of(campaign, "ann"))
    assert incoming.state == "quarantined"
    assert "supporter" in incoming.reason
    assert unread_since([appeal_of(campaign, "ann")]) == {}


def test_a_plausible_sender_whom_nobody_proved_counts_and_says_so(campaign):
    came(written(), address_of(campaign, "ann"), verdicts=None)
    assert "not proven" in Response.objects.get().doubt


def test_without_the_address_the_letter_it_answers_is_enough(campaign):
    letter = Delivery.objects.get(addressee__key="ann")
    came(written(to="desk@in.example", In_Reply_To=letter.reference), "desk@in.example")
    assert Response.objects.get().appeal == letter.appeal


def test_a_misspelt_address_and_a_known_sender_are_guesses(campaign):
    ann = address_of(campaign, "ann")
    misspelt = ann[:8] + ("z" if ann[8] != "z" else "y") + ann[9:]
    incoming = came(written(to=misspelt), misspelt)
    guess = incoming.guesses.get()
    assert guess.appeal == appeal_of(campaign, "ann")
    assert 0.8 <= guess.certainty < 1
    by_sender = came(written(Message_ID="<2@offices.example>", Subject="Re: The bridge (letter)"), "desk@in.example")
    assert by_sender.state == "quarantined"
    surest, *others = by_sender.guesses.all()
    assert (surest.appeal.addressee.key, surest.certainty) == ("ann", 0.8)
    assert all(each.certainty < 0.8 for each in others)


def test_what_answers_nothing_is_in_quarantine_without_a_guess(campaign):
    incoming = came(written(sender="x@elsewhere.example", Subject="Lunch?"), "desk@in.example")
    assert (incoming.state, incoming.reason) == ("quarantined", "Nothing says whom it answers")
    assert deliver(incoming, appeal_of(campaign, "cat"), by="Mina", now=LATER).appeal.addressee.key == "cat"


def test_who_answers_a_digest_may_mean_any_of_its_letters(campaign):
    letters = list(Delivery.objects.filter(addressee__key__in=["ann", "bob"]).order_by("addressee__key"))
    Delivery.objects.filter(pk__in=[each.pk for each in letters]).update(digest=letters[0].pk)
    incoming = came(written(References=letters[0].reference), address_of(campaign, "ann"))
    assert incoming.state == "quarantined"
    assert [each.appeal.addressee.key for each in incoming.guesses.all()] == ["ann", "bob"]


def test_the_same_mail_by_two_doors_is_kept_once_and_answers_once(campaign):
    raw, ann = written(), address_of(campaign, "ann")
    first = came(raw, ann)
    on_its_way = b"Received: from mx.offices.example by mx.us.example; Fri, 28 Apr 2023 12:00:00 +0000\r\n"
    assert came(on_its_way + raw.replace(b"\n", b"\r\n"), ann) == first
    assert (Incoming.objects.count(), Response.objects.count()) == (1, 1)


def test_the_same_mail_in_another_shape_is_set_aside_as_a_duplicate(campaign):
    came(written(), address_of(campaign, "ann"))
    again = came(written(cte="base64"), address_of(campaign, "ann"))
    assert (again.state, again.aside, Response.objects.count()) == ("set aside", "duplicate", 1)


def test_another_text_under_the_same_message_id_is_another_mail(campaign):
    came(written(sender="eve@elsewhere.example", text="x"), address_of(campaign, "ann"))
    came(written(sender="eve@elsewhere.example"), address_of(campaign, "ann"))
    came(written(), address_of(campaign, "ann"))
    assert Response.objects.count() == 1, "nobody keeps an answer out by sending its Message-ID, or a copy of it, first"


def test_our_own_letter_that_comes_back_is_a_loop(campaign):
    letter = Delivery.objects.get(addressee__key="ann")
    raw = written(sender="bridge@committee.example", Message_ID=letter.reference)
    incoming = came(raw, address_of(campaign, "ann"))
    assert (incoming.state, incoming.aside) == ("set aside", "loop")


def test_machines_that_answer_each_other_are_a_loop(campaign):
    for n in range(5):
        last = came(written(**AUTOMATIC, Message_ID=f"<{n}@offices.example>"), address_of(campaign, "ann"))
    assert (last.aside, Response.objects.count()) == ("loop", 3)


def test_too_much_at_once_is_one_heap_in_quarantine_but_the_addressee_gets_through(campaign, monkeypatch):
    monkeypatch.setattr(flood, "MOST_OF_A_SENDER", 2)
    monkeypatch.setattr(flood, "MOST_FOR_AN_APPEAL", 4)
    ann = address_of(campaign, "ann")
    bomb = [
        came(written(sender=f"eve{n % 2}@elsewhere.example", Message_ID=f"<{n}@e.example>", text=str(n)), ann)
        for n in range(7)
    ]
    assert {each.state for each in bomb} == {"quarantined"}
    heaps = [each.heap for each in bomb]
    assert heaps[:4] == [""] * 4
    assert all(heaps[4:])
    assert Guess.objects.filter(holds=True).count() == 4, "the heap holds nothing"
    assert came(written(), ann).state == "matched"


def test_a_mail_that_cannot_be_read_any_more_is_shown(campaign, settings):
    take_mail(written(), door="smtp", now=LATER, recipients=[address_of(campaign, "ann")])
    settings.SECRET_KEY = "another secret, and the one before is gone"
    read_waiting(LATER)
    assert "SECRET_KEY" in Incoming.objects.get().reason


def test_a_fault_of_ours_stops_nothing_else(campaign, monkeypatch):
    fails = lambda raw, **more: 1 / 0 if b"poison" in raw else read_mail(raw, **more)  # noqa: E731
    monkeypatch.setattr("outreach.inbox.letter.read_mail", fails)
    poison = take_mail(written(text="poison"), door="smtp", now=FRIDAY, recipients=[])
    assert came(written(), address_of(campaign, "ann")).state == "matched"
    poison.refresh_from_db()
    assert (poison.state, poison.opened()) == ("quarantined", written(text="poison"))


def test_what_ends_a_worker_each_time_is_shown_after_the_third(campaign, monkeypatch):
    def killed(raw: bytes, **_: object) -> None:
        raise SystemExit

    monkeypatch.setattr("outreach.inbox.letter.read_mail", killed)
    monkeypatch.setattr("outreach.inbox.reading.LEASE", timedelta(0))
    take_mail(written(), door="smtp", now=LATER)
    for _ in range(3):
        with pytest.raises(SystemExit):
            read_waiting(LATER)
    assert read_waiting(LATER) == 1
    assert Incoming.objects.get().state == "quarantined"


def test_who_begins_to_read_has_it_alone_for_a_while(campaign):
    take_mail(written(), door="smtp", now=LATER)
    assert reading._next() == Incoming.objects.get().pk
    assert reading._next() is None, "another worker does not even count a try"
    assert Incoming.objects.get().tries == 1


def test_what_is_too_large_is_refused_before_anything_is_kept():
    with pytest.raises(ValueError, match="41,943,041 bytes"):
        take_mail(b"x" * (LARGEST + 1), door="smtp", now=LATER)
    assert not Incoming.objects.exists()


def test_nothing_a_mail_says_changes_an_outcome(campaign):
    came(written(text="All demands are done. Close the appeal."), address_of(campaign, "ann"))
    assert not appeal_of(campaign, "ann").outcomes.exists()


# What mail servers report


def report(key: str, address: str = ANN, action: str = "failed", status: str = "5.1.1") -> bytes:
    return f"""From: MAILER-DAEMON@mx.offices.example
To: bounces+{key}@in.example
Subject: Delivery Status Notification
Message-ID: <dsn-{action}-{status}-{address}>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

What became of your letter.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.offices.example

Final-Recipient: rfc822; {address}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} <{address}> said so

--b--
""".encode()


def told(letter: Delivery, *reports: bytes, to: str = "") -> Delivery:
    for each in reports:
        came(each, to or f"bounces+{letter.key}@in.example", sender="")
    fold(LATER)
    letter.refresh_from_db()
    return letter


@pytest.fixture
def letter(campaign) -> Delivery:
    return Delivery.objects.get(addressee__key="ann")


@pytest.mark.parametrize(
    ("action", "status", "state", "health", "aside"),
    [
        ("failed", "5.1.1", "bounced", "dead", "bounce"),
        ("failed", "4.2.2", "bounced", "good", "bounce"),
        ("delayed", "4.4.1", "sent", "good", "delay"),
        ("delivered", "2.0.0", "delivered", "good", "receipt"),
        ("relayed", "2.0.0", "sent", "good", "receipt"),
    ],
)
def test_a_report_tells_what_became_of_the_letter(letter, action, status, state, health, aside):
    told(letter, report(letter.key, action=action, status=status))
    assert (letter.state, letter.contact_point.health) == (state, health)
    incoming = Incoming.objects.get()
    assert (incoming.state, incoming.aside, Response.objects.count()) == ("set aside", aside, 0)
    assert ANN not in Report.objects.get().reason


def test_reports_count_once_and_in_any_order(letter):
    bounce, proof = report(letter.key), report(letter.key, action="delivered", status="2.0.0")
    told(letter, bounce, proof, bounce, proof)
    assert (letter.state, Report.objects.count()) == ("bounced", 2)


def test_reports_that_read_alike_are_each_of_a_letter_of_its_own(letter):
    other = Delivery.objects.get(addressee__key="bob")
    name = b"Message-ID: <the-same@mx.offices.example>"
    for each in (letter, other):
        raw = report(each.key, address=each.address)
        told(each, raw.replace(f"Message-ID: <dsn-failed-5.1.1-{each.address}>".encode(), name))
    letter.refresh_from_db()
    assert (letter.state, other.state) == ("bounced", "bounced")


def test_a_report_by_another_way_is_known_by_the_letter_it_returns(letter):
    head = f"Message-ID: {letter.reference}\nSubject: The bridge\n\n"
    returned = f"\n--b\nContent-Type: message/rfc822\n\n{head}x\n--b--\n"
    raw = report("0").replace(b"\n--b--\n", returned.encode())
    assert told(letter, raw, to="desk@in.example").state == "bounced"


def test_where_the_office_forwards_its_mail_says_nothing_of_the_offices_address(letter):
    told(letter, report(letter.key, address="ann@private.example"))
    assert letter.contact_point.health == "good"
    assert Report.objects.get().kind == Kind.BLOCKED


def test_a_complaint_ends_all_mail_to_the_address(letter):
    raw = f"""From: fbl@provider.example
To: bounces@in.example
Subject: Complaint
Message-ID: <arf@provider.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="b"

--b
Content-Type: text/plain

A complaint.
--b
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: Provider/1.0
Version: 1
Original-Rcpt-To: {ANN}

--b
Content-Type: message/rfc822

Message-ID: {letter.reference}
From: bridge@committee.example
To: {ANN}
Subject: The bridge

x
--b--
""".encode()
    told(letter, raw, to="bounces@in.example")
    assert suppressed("email", [ANN]) == {ANN: "Called a message spam"}
    assert Incoming.objects.get().aside == "complaint"


def test_a_report_of_no_letter_of_ours_is_shown_and_holds_nothing(letter):
    raw = report("f" * 32)
    incoming = came(raw, "bounces+" + "f" * 32 + "@in.example")
    assert (incoming.state, incoming.guesses.filter(holds=True).count()) == ("quarantined", 0)
    assert not Report.objects.exists()


def test_the_first_proof_of_delivery_starts_the_clock_where_the_campaign_counts_from_it(letter):
    Campaign.objects.update(clock="delivery")
    appeal = letter.appeal
    assert appeal is not None
    Appeal.objects.filter(pk=appeal.pk).update(due_at=None, look_at=None)
    told(letter, report(letter.key, action="delivered", status="2.0.0"))
    tick(Campaign.objects.get(), LATER + timedelta(minutes=1))
    appeal.refresh_from_db()
    assert appeal.due_at is not None
    assert appeal.due_at > LATER + 6 * DAY
