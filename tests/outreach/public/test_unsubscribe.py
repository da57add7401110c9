"""Ending the letters, by the link in each of them."""

from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default
from urllib.parse import urlsplit

import pytest
from django.test import Client

from campaigns.campaign import Campaign
from campaigns.moment import now
from campaigns.supporter import Supporter
from channels import mime
from outreach.clock import tick
from outreach.convoy import Convoy
from outreach.delivery import Delivery
from outreach.desk import Desk
from outreach.links import unsubscribing
from outreach.public.sentences import SAID
from outreach.send import drain
from outreach.unsubscribe import opt_out
from tests.outreach.wires import Told
from tests.small_campaign import DAY, DEADLINE, FRIDAY, SECOND, published, supporters

pytestmark = pytest.mark.django_db
ASKED = DEADLINE + DAY + 2 * SECOND  # the supporters' step has begun
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def campaign(monkeypatch) -> Campaign:
    """Everybody was reached and is silent; two supporters are about to be asked."""
    campaign = published()
    supporters(campaign, 2)
    monkeypatch.setattr("outreach.send.wire_of", lambda channel: Told())
    for moment in (FRIDAY, DEADLINE + SECOND, ASKED):
        monkeypatch.setattr("outreach.send.now", lambda moment=moment: moment)
        tick(campaign, moment)
        drain("email", bulk=False)
    campaign.wordings.filter(name="supporters").update(body="Dear {{ supporter.name }}, stop: {{ links.unsubscribe }}")
    return campaign


@pytest.fixture
def anna(campaign) -> Supporter:
    return campaign.supporters.order_by("email")[0]


@pytest.fixture
def phone() -> Client:
    """Somebody's browser, or their mail program: no cookies, and no CSRF token."""
    return Client(enforce_csrf_checks=True)


def path(supporter: Supporter, more: str = "") -> str:
    return urlsplit(unsubscribing().link(supporter.pk)).path + more


def letter(supporter: Supporter) -> Delivery:
    return supporter.deliveries.get(channel="email")


def is_out(supporter: Supporter) -> datetime | None:
    return Supporter.objects.get(pk=supporter.pk).opted_out_at


@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_the_link_changes_nothing(phone, anna, method):
    answer = getattr(phone, method)(path(anna))
    assert answer.status_code == 200
    assert is_out(anna) is None
    assert letter(anna).state == "due"


def test_one_click_of_a_mail_program_ends_the_letters_at_once(phone, anna):
    answer = phone.post(path(anna), ONE_CLICK)
    assert answer.status_code == 200  # RFC 8058 forbids a redirect
    assert now() - is_out(anna) < timedelta(minutes=1)
    assert (letter(anna).state, letter(anna).reason) == ("suppressed", "Opted out")
    assert letter(anna).events.last().kind == "suppressed"


def test_no_cookie_is_set_and_nothing_is_kept_by_caches(phone, anna):
    for answer in (phone.get(path(anna)), phone.post(path(anna), ONE_CLICK)):
        assert not answer.cookies
        assert "no-store" in answer.headers["Cache-Control"]
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert answer.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/odd"])
def test_whatever_a_mail_program_posts_ends_the_letters(phone, anna, kind):
    assert phone.post(path(anna), b"whatever", content_type=kind).status_code == 200
    assert is_out(anna)


def test_a_second_click_changes_nothing_and_gets_the_same_answer(phone, anna):
    first, at = phone.post(path(anna), ONE_CLICK), is_out(anna)
    second = phone.post(path(anna), ONE_CLICK)
    assert (second.status_code, second.content) == (first.status_code, first.content)
    assert is_out(anna) == at
    assert letter(anna).events.filter(kind="suppressed").count() == 1


def test_nobody_else_is_touched(phone, campaign, anna):
    phone.post(path(anna), ONE_CLICK)
    other = campaign.supporters.exclude(pk=anna.pk).get()
    assert is_out(other) is None
    assert letter(other).state == "due"


def test_nothing_is_sent_to_who_opted_out_even_if_it_was_planned_later(campaign, anna):
    opt_out(anna, ASKED)
    Delivery.objects.filter(pk=letter(anna).pk).update(state="due")
    batch = Convoy("email", Told(), lambda: True).next([])
    assert batch
    assert [each.supporter for each in batch.readers] == [campaign.supporters.exclude(pk=anna.pk).get().pk]


def test_what_has_been_sent_stays_sent(phone, anna):
    Delivery.objects.filter(pk=letter(anna).pk).update(state="sent")
    phone.post(path(anna), ONE_CLICK)
    assert letter(anna).state == "sent"


def test_a_mistake_can_be_undone_and_only_by_a_post(phone, anna):
    phone.post(path(anna), ONE_CLICK)
    assert phone.get(path(anna, "/undo")).status_code == 405
    assert is_out(anna)
    assert phone.post(path(anna, "/undo")).status_code == 200
    assert is_out(anna) is None


def test_undoing_makes_nobody_agree_who_never_agreed(phone, anna):
    Supporter.objects.filter(pk=anna.pk).update(agreed_at=None)
    phone.post(path(anna), ONE_CLICK)
    phone.post(path(anna, "/undo"))
    assert not Supporter.objects.reachable().filter(pk=anna.pk).exists()


@pytest.mark.parametrize("token", ["A" * 44, "x", "6f0c1d1e6d1b4b7e9d55000000000001"])
def test_a_link_that_was_not_made_here_opens_nothing(phone, anna, token):
    for answer in (phone.get(f"/unsubscribe/{token}"), phone.post(f"/unsubscribe/{token}", ONE_CLICK)):
        assert answer.status_code == 404
        assert SAID["en"].lost in answer.content.decode()
    assert is_out(anna) is None


def test_the_id_of_a_supporter_alone_is_no_link(phone, anna):
    assert phone.post(f"/unsubscribe/{anna.pk.hex}").status_code == 404


def test_somebody_we_have_forgotten_gets_no_more_letters_and_no_error(phone, anna):
    link, undo = path(anna), path(anna, "/undo")
    Delivery.objects.filter(supporter=anna).delete()
    anna.delete()
    for answer in (phone.get(link), phone.post(link, ONE_CLICK), phone.post(undo)):
        assert answer.status_code == 200
        assert SAID["en"].done in answer.content.decode()


@pytest.mark.parametrize(
    ("theirs", "page", "way"),
    [("fr", "fr", "ltr"), ("hy", "hy", "ltr"), ("ar", "ar", "rtl"), ("pt-BR", "en", "ltr"), ("de-AT", "de", "ltr")],
)
def test_the_page_speaks_the_supporters_language(phone, anna, theirs, page, way):
    Supporter.objects.filter(pk=anna.pk).update(language=theirs)
    said = phone.get(path(anna), headers={"Accept-Language": "en"}).content.decode()
    assert f'<html lang="{page}" dir="{way}">' in said
    assert SAID[page].ask in said


def test_a_lost_link_is_answered_in_the_language_of_the_browser(phone, db):
    said = phone.get("/unsubscribe", headers={"Accept-Language": "sw, ru-RU;q=0.9, en;q=0.5"}).content.decode()
    assert SAID["ru"].lost in said


def test_the_link_in_the_words_is_that_in_the_headers(campaign, anna):
    delivery = letter(anna)
    desk = Desk(campaign)
    desk.write(delivery)
    envelope = desk.envelope(delivery)
    assert envelope.unsubscribe == unsubscribing().link(anna.pk)
    assert envelope.unsubscribe in delivery.text
    assert envelope.unsubscribe in delivery.html


def test_a_mail_program_finds_the_link_in_the_headers(campaign, anna, settings):
    settings.OUTREACH_URL = "https://outreach.example"
    delivery = letter(anna)
    desk = Desk(campaign)
    desk.write(delivery)
    mail = message_from_bytes(mime.build(desk.envelope(delivery), ASKED), policy=default)
    assert mail["List-Unsubscribe"] == f"<https://outreach.example{path(anna)}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_letters_to_addressees_offer_no_way_out_of_being_asked(campaign):
    delivery = Delivery.objects.filter(addressee__key="ann", channel="email").latest("created_at")
    assert Desk(campaign).envelope(delivery).unsubscribe == ""


def test_neither_name_nor_address_stands_in_the_link(anna):
    assert anna.name.split()[0].lower() not in path(anna).lower()
    assert anna.email.partition("@")[0] not in path(anna)
