"""Who writes letters sees them, takes them along, and has them forgotten; and what is past its time goes by itself."""

import pytest

from campaigns.signature import Signature
from campaigns.supporter import Supporter
from outreach.letters.letter import Letter
from outreach.letters.mailbag import Mailbag
from outreach.links import own_data, writing
from outreach.notice import Notice
from outreach.own_data import export
from outreach.retention import outlook, purge
from tests.letters import written
from tests.small_campaign import DAY, FRIDAY, published

State = Letter.State


@pytest.fixture
def campaign(db):
    return published()


def due(at):
    return {each.kind: each.due for each in outlook(at) if each.due}


def test_letters_that_nobody_confirmed_go_and_so_does_who_is_known_by_nothing_else(campaign):
    anna, eve = written(campaign), written(campaign, "eve@people.example")
    Signature.objects.create(campaign=campaign, supporter=eve.supporter, signed_at=FRIDAY + 13 * DAY)
    assert due(FRIDAY + 13 * DAY) == {}
    assert due(FRIDAY + 14 * DAY) == {"unconfirmed_letters": 2}
    assert purge(FRIDAY + 14 * DAY) == {"unconfirmed_letters": 2}
    assert {(each.state, each.text, each.name) for each in Letter.objects.all()} == {(State.EXPIRED, "", "")}
    kept = {each.pk: each.email for each in Supporter.objects.all()}
    assert kept == {anna.supporter_id: "", eve.supporter_id: "eve@people.example"}


def test_who_confirmed_a_letter_is_not_forgotten_for_a_signature_that_they_did_not_confirm(campaign):
    letter = written(campaign)
    letter.confirm(FRIDAY)
    Signature.objects.create(campaign=campaign, supporter=letter.supporter, signed_at=FRIDAY)
    assert purge(FRIDAY + 31 * DAY) == {}


def test_the_words_of_letters_that_have_left_or_will_not_go_after_their_time(campaign):
    waiting, back, sent, unsent = (written(campaign, f"p{number}@people.example") for number in range(4))
    for letter in (waiting, back, sent, unsent):
        letter.confirm(FRIDAY)
    back.withdraw(FRIDAY)
    for letter, state in ((sent, Mailbag.State.SENT), (unsent, Mailbag.State.DELAYED)):
        bag = Mailbag.objects.create(
            campaign=campaign, addressee=letter.addressee, number=1, state=state, due_at=FRIDAY, created_at=FRIDAY
        )
        Letter.objects.filter(pk=letter.pk).move(State.TAKEN, mailbag=bag)
    assert purge(FRIDAY + 90 * DAY) == {"letters": 2}
    assert {each.pk for each in Letter.objects.filter(wiped_at=None)} == {waiting.pk, unsent.pk}
    assert purge(FRIDAY + 90 * DAY) == {}


def test_the_network_a_letter_came_from_is_forgotten_with_those_of_signatures(campaign):
    letter = written(campaign, network="a hash")
    letter.confirm(FRIDAY)
    assert purge(FRIDAY + 7 * DAY) == {"networks_of_letters": 1}
    assert Letter.objects.get().network == ""


def test_they_see_their_letters_and_take_them_along(campaign, client, monkeypatch):
    monkeypatch.setattr("campaigns.moment.now", lambda: FRIDAY)
    letter = written(campaign)
    mail = Notice.objects.create(
        campaign=campaign, supporter=letter.supporter, kind=Notice.Kind.DATA, due_at=FRIDAY, created_at=FRIDAY
    )
    page = client.get(f"/mine/{own_data().token(mail.pk)}").content.decode()
    assert "Waits until you confirm it" in page
    assert f"/writing/{writing().token(letter.form)}" in page
    (told,) = export(letter.supporter, FRIDAY)["letters_to_addressees"]
    assert (told["to"], told["text"], told["place"]) == ("Ann", "I cross this bridge every day.", "Seattle")
