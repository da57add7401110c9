from collections.abc import Callable
from datetime import datetime

import pytest

from campaigns.addressee import Addressee
from campaigns.campaign import Campaign
from campaigns.outcome import record_outcome
from campaigns.publication import publish
from campaigns.wording import Wording
from channels.envelope import Envelope
from outreach.clock import tick
from outreach.delivery import Delivery
from outreach.news import bounced
from outreach.reply_address import appeals_at, reply_to, tag_of
from outreach.send import drain
from tests.outreach.wires import Told
from tests.small_campaign import DAY, DEADLINE, FRIDAY, SECOND, draft, supporters

pytestmark = pytest.mark.django_db
AFTER = DEADLINE + SECOND
REMINDER = AFTER - 2 * DAY
Send = Callable[[Campaign, datetime], dict[str, Envelope]]


@pytest.fixture
def sent(monkeypatch) -> Send:
    """Pass the clock at a moment and send; answers what went to each address."""

    def pass_and_send(campaign: Campaign, moment: datetime) -> dict[str, Envelope]:
        wire = Told()
        monkeypatch.setattr("outreach.send.now", lambda: moment)
        monkeypatch.setattr("outreach.send.wire_of", lambda channel: wire)
        tick(campaign, moment)
        for channel in ("email", "x"):
            for bulk in (False, True):
                drain(channel, bulk=bulk)
        return {each.to: each for each in wire.envelopes if each.to}

    return pass_and_send


@pytest.fixture
def campaign() -> Campaign:
    """In English and French, with a wording of the letter in both and of the reminder in English only."""
    campaign = draft()
    Campaign.objects.filter(pk=campaign.pk).update(
        languages=["en", "fr"],
        terms={"member of the council": {"fr": "membre du conseil"}},
        sender={
            **campaign.sender,
            "name": {"en": "Bridge Committee", "fr": "Comité du pont"},
            "reply_to": "a@b.example",
        },
    )
    Wording.objects.create(
        campaign=campaign, name="letter", channel="email", language="fr", written_at=FRIDAY, subject="Le pont",
        body="Vous êtes {{ addressee.capacities | listing }}. Délai : {{ deadline | day }}.",
    )  # fmt: skip
    return publish(Campaign.objects.get(pk=campaign.pk), FRIDAY)


def reads(key: str, *languages: str) -> None:
    Addressee.objects.filter(key=key).update(languages=list(languages))


ANN, BOB = "ann@offices.example", "bob@offices.example"


@pytest.mark.parametrize(
    ("languages", "language"),
    [
        (["fr", "en"], "fr"),
        (["pt", "fr"], "fr"),
        (["fr-CA"], "fr"),
        (["en", "fr"], "en"),
        (["pt", "hy"], "en"),
        ([], "en"),
    ],
)
def test_a_reader_gets_the_first_of_their_languages_there_are_words_in_else_the_campaigns_own(
    campaign, sent, languages, language
):
    reads("ann", *languages)
    assert sent(campaign, FRIDAY)[ANN].language == language
    assert Delivery.objects.get(addressee__key="ann").language == language


def test_words_that_are_not_approved_are_as_if_they_were_not_there(campaign, sent):
    reads("ann", "fr")
    campaign.wordings.filter(language="fr").update(status="draft")
    assert sent(campaign, FRIDAY)[ANN].language == "en"


def test_the_language_is_chosen_for_each_message_anew(campaign, sent):
    reads("ann", "fr")
    assert sent(campaign, FRIDAY)[ANN].language == "fr"
    assert sent(campaign, REMINDER)[ANN].language == "en"


def test_capacities_dates_and_the_senders_name_are_in_the_readers_language(campaign, sent):
    reads("ann", "fr")
    letter = sent(campaign, FRIDAY)[ANN]
    assert "membre du conseil" in letter.text
    assert "5 mai 2023" in letter.text
    assert (letter.sender.name, letter.subject) == ("Comité du pont", "Le pont")


def test_a_letter_comes_from_the_campaign_and_answers_go_where_it_says(campaign, sent):
    letter = sent(campaign, FRIDAY)[ANN]
    assert (letter.sender.address, letter.reply_to) == ("bridge@committee.example", "a@b.example")
    assert letter.auto_submitted


def test_each_appeal_has_an_address_of_its_own_for_answers_and_each_letter_one_for_bounces(campaign, sent, settings):
    settings.REPLY_DOMAIN, settings.BOUNCES = "in.example", "bounces@in.example"
    letters = sent(campaign, FRIDAY)
    appeals = {appeal.addressee.key: appeal.pk for appeal in campaign.appeals.select_related("addressee")}
    for key in ("ann", "bob"):
        letter = letters[f"{key}@offices.example"]
        assert letter.reply_to.startswith("reply+")
        assert appeals_at([letter.reply_to]) == {appeals[key]: 1.0}
        assert letter.return_path == f"bounces+{letter.key}@in.example"
    assert sent(campaign, REMINDER)[ANN].reply_to == letters[ANN].reply_to, "one address an appeal, not one a letter"


def test_the_campaigns_own_address_for_answers_may_take_them_apart_with_a_plus(campaign, sent):
    Campaign.objects.filter(pk=campaign.pk).update(sender={**campaign.sender, "reply_to": "desk+@bridge.example"})
    campaign.refresh_from_db()
    letters = sent(campaign, FRIDAY)
    assert letters[ANN].reply_to.partition("+")[0] == "desk"
    assert letters[ANN].reply_to != letters[BOB].reply_to
    assert letters[ANN].return_path == "", "no address for bounces was set"
    assert reply_to(campaign, None) == "desk@bridge.example", "what is about no single appeal is not taken apart"


def test_an_address_with_a_slip_is_still_like_the_right_one(campaign, settings):
    settings.REPLY_DOMAIN = "in.example"
    appeal = campaign.appeals.first()
    tag = tag_of(reply_to(campaign, appeal))
    swapped = tag[0] + tag[2] + tag[1] + tag[3:]
    for wrong in (swapped, tag[:-1], tag[:5] + "zz"[tag[5] == "z"] + tag[6:], tag.replace("0", "o")):
        likely = appeals_at([f"reply+{wrong}@in.example"])
        assert likely.get(appeal.pk, 0) >= 0.8
    assert appeals_at([f"reply{tag}@in.example"]) == {appeal.pk: 1.0}, "the plus was lost"
    assert appeals_at(["reply+nobody@in.example", "", "@", "reply+00000000000000000000@in.example"]) == {}


def test_a_first_letter_is_in_no_thread(campaign, sent):
    letter = sent(campaign, FRIDAY)[ANN]
    assert (letter.in_reply_to, letter.references) == ("", ())


def test_later_letters_answer_the_one_before_and_name_all_earlier_ones_oldest_first(campaign, sent):
    first = sent(campaign, FRIDAY)[ANN]
    second = sent(campaign, REMINDER)[ANN]
    third = sent(campaign, AFTER)[ANN]
    ids = [f"<{letter.key}@told.example>" for letter in (first, second)]
    assert (second.in_reply_to, second.references) == (ids[0], (ids[0],))
    assert (third.in_reply_to, third.references) == (ids[1], tuple(ids))


def test_nobody_is_put_into_somebody_elses_thread(campaign, sent):
    first = sent(campaign, FRIDAY)
    second = sent(campaign, REMINDER)
    assert first[BOB].key in second[BOB].in_reply_to
    assert first[ANN].key not in "".join(second[BOB].references)


def test_only_what_is_still_open_is_named(campaign, sent):
    sent(campaign, FRIDAY)
    appeal = campaign.appeals.get(addressee__key="ann")
    record_outcome(appeal, campaign.demands.get(key="open"), "done", evidence="a link", author="Mia", now=FRIDAY)
    later = sent(campaign, AFTER)
    assert "open the bridge" not in later[ANN].text
    assert "repair the bridge" in later[ANN].text
    assert "open the bridge" in later[BOB].text


def test_what_closed_between_planning_and_sending_is_not_named_either(campaign, sent):
    sent(campaign, FRIDAY)
    tick(campaign, AFTER)
    appeal = campaign.appeals.get(addressee__key="ann")
    record_outcome(appeal, campaign.demands.get(key="open"), "done", evidence="a link", author="Mia", now=AFTER)
    assert "open the bridge" not in sent(campaign, AFTER)[ANN].text


def test_a_message_about_many_leaves_out_who_has_acted_since_it_was_planned(campaign, sent):
    supporters(campaign, 1)
    for moment in (FRIDAY, AFTER):
        sent(campaign, moment)
    tick(campaign, AFTER + DAY)
    appeal = campaign.appeals.get(addressee__key="ann")
    for demand in campaign.demands.all():
        record_outcome(appeal, demand, "done", evidence="a link", author="Mia", now=AFTER + DAY)
    call = sent(campaign, AFTER + DAY)["supporter0@people.example"]
    assert "Bob and Cat" in call.text
    assert "Ann" not in call.text


def test_a_supporter_gets_their_own_name_and_language(campaign, sent):
    (person,) = supporters(campaign, 1)
    Wording.objects.create(
        campaign=campaign, name="supporters", channel="email", language="fr", written_at=FRIDAY, subject="Appel",
        body="Bonjour {{ supporter.name }}",
    )  # fmt: skip
    type(person).objects.filter(pk=person.pk).update(language="fr")
    for moment in (FRIDAY, AFTER):
        sent(campaign, moment)
    call = sent(campaign, AFTER + DAY)[person.email]
    assert (call.subject, call.text.strip()) == ("Appel", "Bonjour Supporter 0")


def test_a_late_bounce_does_not_take_a_letter_out_of_its_thread(campaign, sent):
    first = sent(campaign, FRIDAY)[ANN]
    letter = Delivery.objects.get(pk=first.key)
    bounced(letter, FRIDAY + DAY, "mailbox full", is_permanent=False)
    assert Delivery.objects.get(pk=first.key).reference == f"<{first.key}@told.example>"


def test_a_public_notice_is_in_the_campaigns_first_language_and_from_its_own_account(campaign, sent):
    reads("ann", "fr")
    for moment in (FRIDAY, AFTER):
        sent(campaign, moment)
    notice = Delivery.objects.get(channel="x", addressee__key="ann")
    assert (notice.language, notice.text) == ("en", "Ann has not acted by 5 May 2023.")
