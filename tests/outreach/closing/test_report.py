"""The rules of a closing report, on plain values."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from channels.chart import Bars, Stairs
from outreach.closing.account import Account, Begun, Book, Deed, Heard, Reach, Recorded, Sent, Word
from outreach.closing.document import document
from outreach.closing.report import TOO_FEW, Report
from outreach.closing.told import MOST_EACH, tell
from outreach.closing.words import SAID

FRIDAY = datetime(2023, 4, 28, 10, tzinfo=UTC)
DAY = timedelta(days=1)


def letter(reach: Reach = Reach.PROVEN, at: datetime = FRIDAY, channel: str = "email", is_public: bool = False) -> Sent:
    return Sent("letter", 0, channel, is_public, reach, at, at if reach is Reach.PROVEN else None)


def account(key: str, **fields: Any) -> Account:
    usual: dict[str, Any] = {"status": "waiting", "begun": (Begun("letter", FRIDAY),), "sent": (letter(),)}
    return Account(**{"key": key, "name": {"en": key.title()}, **usual, **fields})


def book(*accounts: Account, **fields: Any) -> Book:
    return Book(
        **{
            "slug": "bridge",
            "title": {"en": "Keep the bridge open"},
            "languages": ("en",),
            "time_zone": "UTC",
            "published_at": FRIDAY,
            "deadline": FRIDAY + 7 * DAY,
            "as_of": FRIDAY + 20 * DAY,
            "closed_at": None,
            "demands": {"open": {"en": "Open"}, "repair": {"en": "Repair"}},
            "steps": {"letter": {"en": "Letter"}, "deadline": {"en": "Second letter"}},
            "groups": (({"en": "Council"}, tuple(each.key for each in accounts)),),
            "accounts": accounts,
            **fields,
        }
    )


@pytest.mark.parametrize("reach", [each for each in Reach if each is not Reach.PROVEN])
def test_only_proof_counts_as_delivered(reach):
    report = Report(book(account("ann", sent=(letter(reach),)), account("bob")))
    assert report.whole.proven == 1
    assert report.reached[reach] == 1
    assert document(report)["total"]["proven_delivered"] == 1


def test_the_message_that_came_closest_counts_and_a_post_about_somebody_reaches_nobody():
    sent = (letter(Reach.UNKNOWN), letter(Reach.FAILED, channel="letter"), letter(channel="x", is_public=True))
    report = Report(book(account("ann", sent=sent)))
    assert report.standings[0].reach is Reach.UNKNOWN
    assert report.standings[0].first_proof_at is None
    assert report.whole.proven == 0


def test_an_automatic_reply_is_no_answer():
    heard = (Heard(FRIDAY + DAY, Word.AUTO_REPLY),)
    (standing,) = Report(book(account("ann", heard=heard))).standings
    assert (standing.word, standing.has_answered) == (Word.AUTO_REPLY, False)


def test_the_strongest_word_counts_and_the_first_answer_is_timed():
    heard = tuple(
        Heard(FRIDAY + days * DAY, word)
        for days, word in ((1, Word.AUTO_REPLY), (2, Word.ACKNOWLEDGEMENT), (5, Word.COMMITMENT))
    )
    (standing,) = Report(book(account("ann", heard=heard))).standings
    assert standing.word is Word.COMMITMENT
    assert standing.took(standing.answered_at) == 2 * DAY


def test_there_is_no_time_without_proof_nor_for_what_came_before_it():
    heard = (Heard(FRIDAY + 2 * DAY, Word.REFUSAL),)
    unproven = account("ann", heard=heard, sent=(letter(Reach.TAKEN),))
    too_early = account("bob", heard=heard, sent=(letter(at=FRIDAY + 3 * DAY),))
    report = Report(book(unproven, too_early))
    assert report.whole.answered == 2
    assert report.to_answer is None


def test_a_correction_takes_back_what_was_recorded():
    recorded = (
        Recorded("open", Deed.DONE, FRIDAY + DAY),
        Recorded("open", Deed.OPEN, FRIDAY + 2 * DAY),
        Recorded("repair", Deed.REFUSED, FRIDAY + DAY),
        Recorded("repair", Deed.PARTLY, FRIDAY + 3 * DAY),
    )
    report = Report(book(account("ann", recorded=recorded)))
    assert report.deeds["open"] == {**dict.fromkeys(Deed, 0), Deed.OPEN: 1}
    assert report.deeds["repair"][Deed.PARTLY] == 1
    assert report.standings[0].closed == 1


def answering(number: int) -> list[Account]:
    return [account(f"a{n}", heard=(Heard(FRIDAY + n * DAY, Word.REFUSAL),)) for n in range(number)]


def test_of_too_few_there_is_no_median_no_share_and_no_comparison():
    few, enough = (Report(book(*answering(number))) for number in (TOO_FEW - 1, TOO_FEW))
    assert few.to_answer.middle is None
    assert enough.to_answer.middle == 4.5 * DAY
    assert not few.whole.is_comparable
    assert enough.whole.is_comparable
    for report, has_shares in ((few, False), (enough, True)):
        told = tell(report, "en")
        shown = [cell for section in told.sections for row in section.table.rows for cell in row]
        assert any("%" in cell for cell in shown) == has_shares
        assert ("too few" in shown) != has_shares


def test_groups_and_addressees_stand_in_the_campaigns_own_order_and_count_who_is_in_both():
    zoe, ann = account("zoe"), account("ann", heard=(Heard(FRIDAY, Word.REFUSAL),))
    groups = (({"en": "Second"}, ("zoe", "ann")), ({"en": "First"}, ("ann",)), ({"en": "Nobody"}, ("gone",)))
    report = Report(book(zoe, ann, groups=groups))
    assert [(title["en"], tally.asked, tally.answered) for title, tally in report.groups()] == [
        ("Second", 2, 1),
        ("First", 1, 1),
    ]
    assert report.whole.asked == 2
    assert [row[0] for row in tell(report, "en").sections[-1].table.rows] == ["Zoe", "Ann"]


def test_it_is_final_when_nothing_is_waiting_any_more():
    running, closed = book(account("ann")), book(account("ann"), closed_at=FRIDAY + 9 * DAY)
    assert tell(Report(running), "en").kind == "Interim report"
    assert tell(Report(closed), "en").kind == "Closing report"


def test_parts_of_a_bar_fill_it_and_stairs_end_at_their_total():
    accounts = [*answering(3), account("silent")]
    told = tell(Report(book(*accounts, closed_at=FRIDAY + 9 * DAY)), "en")
    charts = {section.key: section.chart for section in told.sections}
    bars, stairs = charts["answers"], charts["time"]
    assert isinstance(bars, Bars)
    assert isinstance(stairs, Stairs)
    assert sum(part.share for part in bars.bars[0].parts) == pytest.approx(1)
    assert stairs.stairs[0].points[-1][1] == pytest.approx(3 / 4)
    assert all(0 <= x <= 1 for stair in stairs.stairs for x, _ in stair.points)


@pytest.mark.parametrize("language", SAID)
def test_every_language_says_everything(language):
    english, said = SAID["en"], SAID[language]
    for name in english.__slots__:
        one, other = getattr(english, name), getattr(said, name)
        assert other
        if isinstance(one, tuple):
            assert len(other) == len(one), name
            assert all(other)
    assert "{n}" in said.of
    assert "{total}" in said.of
    assert "{n}" in said.methods[5]
    told = tell(Report(book(*answering(2), languages=(language,))), language)
    assert told.is_right_to_left == (language == "ar")
    assert len(told.sections) == 8


def test_a_report_of_nobody_is_no_failure():
    told = tell(Report(book()), "en")
    assert told.figures[0] == ("Asked", "0")
    assert document(Report(replace(book(), demands={})))["total"]["asked"] == 0


def test_of_very_many_the_page_shows_the_first_and_machines_get_all():
    report = Report(book(*(account(f"a{n}") for n in range(MOST_EACH + 1))))
    each = tell(report, "en").sections[-1]
    assert len(each.table.rows) == MOST_EACH
    assert each.finding.endswith("(500 of 501; JSON)")
    assert len(document(report)["addressees"]) == MOST_EACH + 1
