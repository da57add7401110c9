"""«My data»: who reads the mail of an address sees, takes along, changes and erases what we know of it."""

import json
import re
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from campaigns.address import digest
from campaigns.campaign import Campaign
from campaigns.consent import UPDATES, Consent
from campaigns.supporter import Supporter
from campaigns.tally import count
from campaigns.wave import Wave
from channels.answer import Answer, Receipt, Refused
from channels.envelope import Envelope
from outreach.chunk_fold import fold_done
from outreach.clock import tick
from outreach.confirming import confirm
from outreach.delivery import Delivery
from outreach.desk import Desk
from outreach.erasing import erase
from outreach.event import Event
from outreach.inbox.gist import Gist
from outreach.incoming import Incoming
from outreach.links import confirming, own_data, unsubscribing
from outreach.notice import Notice
from outreach.notify import send_some
from outreach.own_data import LIFETIME, export
from outreach.public.front import Front
from outreach.public.kept_page import forget
from outreach.public.mine_sentences import MINE
from outreach.seal import sealed
from outreach.send import drain
from outreach.signing import read_some
from outreach.signup import Form, Signup, keep
from outreach.writing import written
from tests.outreach.wires import Told
from tests.small_campaign import DAY, DEADLINE, FRIDAY, SECOND, published

ANNA = "anna.arshakyan@people.example"
ASK = "/c/bridge/en/mine"
PROVEN = Receipt("<1@told.example>", proven=True)
LATER = DEADLINE + DAY + 2 * SECOND  # the supporters' step has begun


@pytest.fixture
def campaign(db, monkeypatch) -> Campaign:
    forget()
    monkeypatch.setattr("outreach.public.mine.give_hint", lambda actor: True)
    monkeypatch.setattr("campaigns.moment.now", lambda: LATER)
    return published()


@pytest.fixture
def anna(campaign) -> Supporter:
    """She signed with a comment, confirmed, and wants to hear of it."""
    signed: dict[str, Any] = {"comment": "For my children", "postcode": "AM-0010", "is_public": True}
    signed["consents"] = {UPDATES: True}
    keep(campaign.pk, Form("Anna Arshakyan", ANNA, "en", **signed), "network", FRIDAY)
    read_some(FRIDAY)
    found = Supporter.objects.at(ANNA).get()
    confirm(found, FRIDAY)
    return found


@pytest.fixture
def phone() -> Client:
    """Somebody's browser: no cookies, and no CSRF token."""
    return Client(enforce_csrf_checks=True)


def link(supporter: Supporter, phone: Client) -> str:
    """The path in the mail that is sent when they ask for it."""
    phone.post(ASK, {"email": supporter.email})
    read_some(LATER)
    notice = Notice.objects.get(supporter=supporter, kind=Notice.Kind.DATA)
    return f"/mine/{own_data().token(notice.pk)}"


def everything_kept() -> str:
    """Every row of every table, sealed text opened."""
    told = []
    for model in apps.get_models():
        if model._meta.app_label in ("campaigns", "outreach"):
            told += [repr(row) for row in model._default_manager.values()]
    with connection.cursor() as cursor:
        cursor.execute("SELECT outreach_journal::text FROM outreach_journal")
        told += [row[0] for row in cursor.fetchall()]
    return "\n".join(told)


def test_asking_for_the_link_says_the_same_whether_the_address_is_known_or_not(anna, phone):
    known, unknown = phone.post(ASK, {"email": ANNA}), phone.post(ASK, {"email": "nobody@people.example"})
    without_token = [re.sub(r'value="[0-9a-f.]+"', "", each.text) for each in (known, unknown)]
    assert without_token[0] == without_token[1]
    assert "Look into your mail" in known.text
    assert Signup.objects.count() == 2
    read_some(LATER)
    assert [each.supporter for each in Notice.objects.filter(kind="data")] == [anna]
    assert Supporter.objects.count() == 1


@pytest.mark.parametrize("wrong", ["", "no address", "a" * 400 + "@people.example", "a@b.example\r\nBcc: c@d.example"])
def test_what_is_no_address_is_said_and_nothing_is_kept(campaign, phone, wrong):
    answer = phone.post(ASK, {"email": wrong})
    assert (answer.status_code, Signup.objects.count()) == (422, 0)
    assert "Give an email address such as" in answer.text


def test_the_link_comes_by_mail_and_nobodys_mailbox_is_filled_with_it(anna, phone, monkeypatch):
    sent: list[Any] = []

    class Wire:
        batch = 10

        def send(self, envelopes):
            sent.extend(envelopes)
            return [Receipt("<1@told.example>")] * len(envelopes)

    monkeypatch.setattr("outreach.notify.wire_of", lambda channel: Wire())
    Notice.objects.all().delete()
    path = link(anna, phone)
    for _ in range(3):
        phone.post(ASK, {"email": ANNA.upper()})
    read_some(LATER)
    send_some(LATER)
    (mail,) = sent
    assert (mail.to, mail.subject) == (ANNA, "Your data: Keep the bridge open")
    assert f"{path}\n" in mail.text


def test_the_page_shows_what_we_know_and_opening_it_changes_nothing(anna, phone):
    path = link(anna, phone)
    before = everything_kept()
    page = phone.get(path)
    for told in ("Anna Arshakyan", ANNA, "AM-0010", "For my children", "counted"):
        assert told in page.text
    assert phone.get(f"{path}/data.json").status_code == 200
    assert phone.get(f"{path}/erase").status_code == 405
    assert everything_kept() == before
    assert (page.headers["Referrer-Policy"], page.headers["X-Robots-Tag"]) == ("no-referrer", "noindex")
    assert not page.cookies
    assert "no-store" in page.headers["Cache-Control"]


def test_they_take_all_of_it_along(anna, phone, monkeypatch):
    _write_to_supporters(anna.campaign, monkeypatch, Receipt("<1@told.example>"))
    answer = phone.get(f"{link(anna, phone)}/data.json")
    told = json.loads(answer.content)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="bridge.json"'
    assert (told["you"]["name"], told["you"]["email"]) == ("Anna Arshakyan", ANNA)
    assert told["signature"]["state"] == "confirmed"
    (consent,) = told["consents"]
    assert (consent["purpose"], consent["is_given"], consent["source"]) == ("updates", True, "page")
    (letter,) = told["messages_to_you"]
    assert letter["text"].startswith("Dear Anna Arshakyan, ")
    assert [each["kind"] for each in told["mails_about_what_you_did"]] == ["confirm", "data"]


def test_they_change_their_name_whether_it_is_shown_and_whether_we_write(anna, phone):
    path = link(anna, phone)
    wish = {"name": "  A.\u202e Arshakyan ", "updates": "no"}
    assert "Your change has been kept" in phone.post(f"{path}/change", wish).text
    anna.refresh_from_db()
    assert (anna.name, anna.signature.is_public, anna.opted_out_at) == ("A. Arshakyan", False, LATER)
    assert Supporter.objects.reachable().count() == 0
    asked = re.search(r'name="asked-updates" value="(\w+)"', phone.get(path).text)[1]
    phone.post(f"{path}/change", {"name": "Anna", "updates": "yes", "public": "yes", "asked-updates": asked})
    assert Supporter.objects.reachable().get() == anna
    entries = [(each.is_given, each.source, bool(each.asked)) for each in Consent.objects.all()]
    assert entries == [(True, "page", False), (False, "my data", False), (True, "my data", True)]
    phone.post(f"{path}/change", {"name": "Anna", "updates": "yes"})
    assert Consent.objects.count() == 3


def test_a_name_that_is_none_changes_nothing(anna, phone):
    answer = phone.post(f"{link(anna, phone)}/change", {"name": " \u200b ", "updates": "no"})
    assert (answer.status_code, Consent.objects.count()) == (422, 1)
    assert "Give your name" in answer.text


def test_taken_back_it_does_not_count_and_the_name_leaves_the_page(anna, phone):
    path = link(anna, phone)
    for _ in range(2):
        assert "taken back" in phone.post(f"{path}/take-back").text
    assert count(anna.campaign_id) == 0
    assert Front(anna.campaign, "en", LATER).newest == []


def test_erased_they_still_count_and_nothing_we_keep_says_who_they_were(anna, phone, monkeypatch):
    _write_to_supporters(anna.campaign, monkeypatch, Refused(f"550 <{ANNA}>: Anna Arshakyan is unknown", "550"))
    _she_writes()
    path = link(anna, phone)
    assert phone.post(f"{path}/erase").status_code == 422
    assert Front(anna.campaign, "en", LATER).newest == ["Anna Arshakyan"]
    assert "We do not know you any more" in phone.post(f"{path}/erase", {"sure": "yes"}).text
    kept = everything_kept()
    for secret in ("Anna", "Arshakyan", "people.example", "AM-0010", "children"):
        assert secret not in kept
    assert (count(anna.campaign_id), Front(anna.campaign, "en", LATER).newest) == (1, [])
    assert Event.objects.get(delivery__supporter=anna, kind="refused").detail["code"] == "550"
    assert (Incoming.objects.get().state, Incoming.objects.get().opened(), Incoming.objects.get().gist) == (
        Incoming.State.SET_ASIDE, None, Gist(),
    )  # fmt: skip
    for where in (path, f"{path}/data.json"):
        assert "We do not know you any more" in phone.get(where).text
    assert erase(anna, LATER) is False


def test_erased_without_having_confirmed_they_never_count(campaign, phone):
    keep(campaign.pk, Form("Bo", "bo@people.example", "en"), "", FRIDAY)
    read_some(FRIDAY)
    bo = Supporter.objects.at("bo@people.example").get()
    phone.post(f"{link(bo, phone)}/erase", {"sure": "yes"})
    assert (bo.signature.state, confirm(bo, LATER), count(campaign.pk)) == ("withdrawn", False, 0)


def test_a_link_ends_after_two_days_and_no_other_opens_the_page(anna, phone, monkeypatch):
    path = link(anna, phone)
    for wrong in (unsubscribing().token(anna.pk), own_data().token(anna.pk), "x"):
        assert phone.get(f"/mine/{wrong}").status_code == 404
    monkeypatch.setattr("campaigns.moment.now", lambda: LATER + LIFETIME)
    for answer in (phone.get(path), phone.get(f"{path}/data.json"), phone.post(f"{path}/erase", {"sure": "yes"})):
        assert "This link has expired" in answer.text
        assert ANNA not in answer.text
    anna.refresh_from_db()
    assert anna.name == "Anna Arshakyan"


def test_the_way_there_is_shown_where_people_sign_and_where_they_confirm(anna, phone):
    for path in ("/c/bridge/en/", f"/confirm/{confirming().token(anna.pk)}"):
        assert f'href="{ASK}"' in phone.get(path).text


@pytest.mark.parametrize("language", sorted(MINE))
def test_it_speaks_the_language_of_who_signed(campaign, phone, language):
    campaign.languages = [language]
    campaign.save()
    assert f"<h1>{MINE[language].ask}</h1>" in phone.get(f"/c/bridge/{language}/mine").text


def _write_to_supporters(campaign: Campaign, monkeypatch, answer: Any) -> None:
    """The supporters' step: one letter to each, and what the wire says to it."""

    def said(envelope: Envelope) -> Answer:
        return answer if envelope.to == ANNA else PROVEN

    monkeypatch.setattr("outreach.send.wire_of", lambda channel: Told(said))
    for moment in (FRIDAY, DEADLINE + SECOND, LATER):
        for place in ("send", "bulk"):
            monkeypatch.setattr(f"outreach.{place}.now", lambda moment=moment: moment)
        tick(campaign, moment)
        drain("email", bulk=False)
    drain("email", bulk=True)
    fold_done(LATER)


def _she_writes() -> None:
    """A mail of hers, which nobody could match."""
    mail = Incoming(
        channel="email",
        door=Incoming.Door.HAND,
        name="1",
        raw=sealed(b"From: Anna Arshakyan"),
        size=1,
        sha256="",
        received_at=LATER,
        state=Incoming.State.QUARANTINED,
    )
    mail.sender_digest = digest(ANNA)
    mail.gist = Gist(sender=ANNA, sender_name="Anna Arshakyan", text="For my children")
    mail.handed_in = (ANNA, ("campaign@committee.example",))
    mail.save()


def test_what_was_written_to_one_supporter_alone_rests_sealed_and_is_theirs_to_read(anna, campaign):
    delivery = Delivery.objects.create(
        campaign=campaign, step=campaign.steps.get(key="supporters"), wave=Wave.objects.create(campaign=campaign,
        step=campaign.steps.get(key="supporters"), at=FRIDAY), audience="supporters", channel="email",
        recipient=str(anna.pk), supporter=anna, wording_name="supporters", due_at=FRIDAY, created_at=FRIDAY,
        state="claimed",
    )  # fmt: skip
    assert written(delivery, Desk(campaign, FRIDAY), FRIDAY)
    with connection.cursor() as cursor:
        cursor.execute("SELECT outreach_delivery::text FROM outreach_delivery WHERE id = %s", [delivery.pk])
        assert "Anna" not in cursor.fetchone()[0]
    assert "Dear Anna Arshakyan" in Delivery.objects.get(pk=delivery.pk).words.text
    assert "Dear Anna Arshakyan" in json.dumps(export(anna, LATER), default=str)
    erase(anna, LATER)
    assert Delivery.objects.get(pk=delivery.pk).words.text == ""
