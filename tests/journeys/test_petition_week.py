"""The petition from publication to the end of its ladder, over SMTP, as a mail server received it."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.db import transaction

from campaigns.campaign import Campaign
from campaigns.folder.check import check
from campaigns.folder.load import load
from campaigns.kept import edition_of
from campaigns.publication import publish
from campaigns.supporter import Supporter
from campaigns.wave import Turn
from channels.channel import CHANNELS
from channels.fakes.smtp_sink import Message, SmtpSink
from channels.wire import configured
from outreach.clock import tick_all
from outreach.delivery import Delivery
from outreach.forecast import forecast
from outreach.send import drain

pytestmark = pytest.mark.django_db
YEREVAN = ZoneInfo("Asia/Yerevan")
PUBLICATION = datetime(2023, 4, 28, 10, tzinfo=YEREVAN)
MIDNIGHT = datetime(2023, 5, 6, tzinfo=YEREVAN)
DAY = timedelta(days=1)
LANGUAGES = {"fr": {"fr", "ga", "ch"}, "ru": {"ru"}}  # missions that read one of the petition's other languages first
CAPACITIES = {
    "mission-us@un.example": (
        "co-chair country of the OSCE Minsk Group", "permanent member of the UN Security Council"
    ),
    "mission-fr@un.example": (
        "pays coprésident du Groupe de Minsk de l’OSCE", "membre permanent du Conseil de sécurité de l’ONU"
    ),
    "mission-ru@un.example": (
        "страна — сопредседатель Минской группы ОБСЕ", "постоянный член Совета Безопасности ООН"
    ),
}  # fmt: skip


class Week:
    """What the run left: letters by the moment the clock passed, and the rows."""

    def __init__(self) -> None:
        self.letters: dict[datetime, list[Message]] = {}

    @property
    def all_letters(self) -> list[Message]:
        return [letter for letters in self.letters.values() for letter in letters]

    def at(self, moment: datetime) -> dict[str, EmailMessage]:
        return {letter.recipients[0]: letter.parsed for letter in self.letters[moment]}


@pytest.fixture(scope="module")
def week(django_db_setup, django_db_blocker) -> Iterator[Week]:
    """Run once; every test looks at another side of it. Taken back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield run()
        transaction.set_rollback(True)


def run() -> Week:
    week = Week()
    folder = check(Path(settings.CAMPAIGN_FOLDERS) / "artsakh-2023").campaign
    assert folder is not None
    load(folder, PUBLICATION - DAY)
    campaign = Campaign.objects.get()
    for language in ("hy", "en"):
        Supporter.objects.create(
            campaign=campaign, name=f"Reader of {language}", email=f"{language}@people.example", language=language,
            joined_at=PUBLICATION, agreed_at=PUBLICATION,
        )  # fmt: skip
    moments = sorted({event.at for event in forecast(edition_of(campaign)).events})
    publish(campaign, PUBLICATION)
    with SmtpSink() as sink, pytest.MonkeyPatch.context() as patch:
        email = configured("email", f"{sink.address}?proof=final&starttls=never")
        patch.setattr("outreach.send.wire_of", lambda channel: email if channel == "email" else configured(channel))
        for moment in moments:
            before = len(sink.messages)
            for _ in range(2):  # every pass doubled
                patch.setattr("outreach.send.now", lambda moment=moment: moment)
                tick_all(moment)
                for channel in CHANNELS:
                    drain(channel, bulk=False)
                    drain(channel, bulk=True)
            week.letters[moment.astimezone(YEREVAN)] = sink.messages[before:]
        email.close()
    return week


def language_of(address: str) -> str:
    if address == "pm@am.example":
        return "hy"
    if address == "president@ru.example":
        return "ru"
    country = address.removeprefix("mission-").partition("@")[0]
    return next((language for language, countries in LANGUAGES.items() if country in countries), "en")


def text_of(letter: EmailMessage, kind: str = "plain") -> str:
    part = letter.get_body((kind,))
    assert part is not None
    return " ".join(part.get_content().split())


def test_on_the_day_of_publication_seventeen_offices_get_one_letter_each(week):
    letters = week.letters[PUBLICATION]
    assert len(letters) == len({letter.recipients for letter in letters}) == 17
    assert all(len(letter.recipients) == 1 for letter in letters)


def test_each_letter_is_in_the_language_of_its_reader(week):
    letters = week.at(PUBLICATION)
    assert {to: letter["Content-Language"] for to, letter in letters.items()} == {to: language_of(to) for to in letters}
    assert Counter(letter["Content-Language"] for letter in letters.values()) == {"en": 11, "fr": 3, "ru": 2, "hy": 1}


@pytest.mark.parametrize("address", CAPACITIES)
def test_who_is_addressed_in_two_capacities_gets_one_letter_that_names_both(week, address):
    (letter,) = [letter for letter in week.letters[PUBLICATION] if letter.recipients == (address,)]
    for capacity in CAPACITIES[address]:
        assert capacity in text_of(letter.parsed)
        assert capacity in text_of(letter.parsed, "html")


def test_each_letter_names_six_demands_and_the_deadline(week):
    for to, letter in week.at(PUBLICATION).items():
        text = text_of(letter)
        assert all(f"{number}. " in text for number in range(1, 7)), to
        assert "2023" in text
        assert "23:59" in text


def test_each_letter_says_who_writes_that_a_machine_sent_it_and_what_it_is_called(week):
    names = set()
    for letter in week.all_letters:
        parsed = letter.parsed
        assert parsed["From"].addresses[0].addr_spec == "campaign@artsakh.example"
        assert parsed["From"].addresses[0].display_name
        assert parsed["Reply-To"] is None  # answers go to the sender; the petition names no other address
        assert parsed["Auto-Submitted"] == "auto-generated"
        assert parsed["Subject"]
        assert parsed["To"].addresses[0].addr_spec == letter.recipients[0]
        assert letter.message_id.endswith("@artsakh.example>")
        names.add(letter.message_id)
    assert len(names) == len(week.all_letters)


def test_each_letter_has_a_plain_and_an_html_part_and_nothing_left_of_its_template(week):
    for letter in week.all_letters:
        plain, html = text_of(letter.parsed), letter.parsed.get_body(("html",)).get_content()
        assert len(plain) > 300
        assert "<html" in html
        assert not any(mark in plain + html for mark in ("{{", "{%", "}}", "None"))


def test_the_petition_says_only_once_what_it_says(week):
    assert Counter(Delivery.objects.values_list("wave", "channel", "recipient")).most_common(1)[0][1] == 1
    per_moment = Counter((at, letter.recipients) for at, found in week.letters.items() for letter in found)
    assert set(per_moment.values()) == {1}
    assert len(week.all_letters) == 17 + 17 + 17 + 2 + 3 + 2 + 17


def test_everything_planned_was_delivered(week):
    assert set(Delivery.objects.values_list("state", flat=True)) == {"delivered"}
    assert Delivery.objects.filter(channel="email").count() == len(week.all_letters)


def test_reminders_come_two_days_before_the_deadline_and_answer_the_first_letter(week):
    first, reminders = week.at(PUBLICATION), week.at(MIDNIGHT - 2 * DAY)
    assert reminders.keys() == first.keys()
    for to, letter in reminders.items():
        assert letter["In-Reply-To"] == first[to]["Message-ID"]


def test_the_ladder_is_climbed_at_its_instants(week):
    climbed = Turn.objects.filter(kind="escalation").values_list("step__key", "at", "missed_at")
    second = timedelta(seconds=1)
    assert Counter((key, at.astimezone(YEREVAN), missed.astimezone(YEREVAN)) for key, at, missed in climbed) == {
        ("deadline", MIDNIGHT, MIDNIGHT - second): 17,
        ("supporters", MIDNIGHT + DAY, MIDNIGHT + DAY - second): 17,
        ("oversight", MIDNIGHT + 4 * DAY, MIDNIGHT + 4 * DAY - second): 17,
        ("closing", MIDNIGHT + 11 * DAY, MIDNIGHT + 11 * DAY - second): 17,
    }


def test_the_deadline_is_followed_by_a_second_letter_and_a_public_notice_about_each(week):
    assert len(week.letters[MIDNIGHT]) == 17
    notices = Delivery.objects.filter(step__key="deadline").exclude(channel="email")
    assert Counter(notices.values_list("channel", flat=True)) == {"x": 17, "bluesky": 17, "mastodon": 17}


def test_supporters_get_one_message_for_all_in_their_own_language(week):
    calls = week.at(MIDNIGHT + DAY)
    assert {to: letter["Content-Language"] for to, letter in calls.items()} == {
        "hy@people.example": "hy",
        "en@people.example": "en",
    }
    text = text_of(calls["en@people.example"])
    for name in ("French Republic", "Republic of Malta", "Prime Minister of the Republic of Armenia"):
        assert name in text


def test_the_oversight_bodies_get_one_file_about_all_and_the_press_one_post_on_each_channel(week):
    assert sorted(week.at(MIDNIGHT + 4 * DAY)) == ["cio@osce.example", "pace@coe.example", "sg@un.example"]
    posts = Delivery.objects.filter(step__key="oversight", audience="public")
    assert sorted(posts.values_list("channel", flat=True)) == ["bluesky", "mastodon", "x"]


def test_the_ladder_ends_a_day_after_the_closing_report(week):
    campaign = Campaign.objects.get()
    assert campaign.status == "closed"
    ended = set(campaign.appeals.values_list("status", "ended_at"))
    assert ended == {("exhausted", MIDNIGHT + 12 * DAY - timedelta(seconds=1))}
