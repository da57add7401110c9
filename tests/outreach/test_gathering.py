# ruff: noqa: E501 (a case is a line)
"""Signatures on paper count once, in somebody's name, and can be let go of together."""

import pytest
from django.db import connection

from campaigns.campaign import Campaign
from campaigns.consent import Consent
from campaigns.gathering import Gathering
from campaigns.paper_lines import read_lines
from campaigns.signature import Signature
from campaigns.supporter import Supporter
from campaigns.tally import count
from outreach.erasing import erase
from outreach.gathering import NotUndoable, find_row, frame_of, plan, take_in, undo
from outreach.notice import Notice
from tests.small_campaign import DAY, FRIDAY, published

NOW = FRIDAY + 3 * DAY
HEAD = "sheet,row,name,signed_on,place,email,public,updates\n"
ANNA = "1,1,Anna Arshakyan,2023-04-29,Gyumri,anna@gmail.com,yes,yes\n"
FILE = HEAD + ANNA + "1,2,Bob,2023-04-29,,,no,\n1,3,Çiğdem,2023-04-30,Ankara,,yes,\n"
State = Signature.State


@pytest.fixture
def campaign(db) -> Campaign:
    return published()


def lines_of(campaign: Campaign, text: str):
    lines, defects = read_lines(text.encode(), frame_of(campaign, NOW))
    assert [str(each) for each in defects] == []
    return lines


def taken_in(campaign: Campaign, text: str = FILE) -> Gathering:
    return take_in(campaign, lines_of(campaign, text), author="Mara", now=NOW)


def signer(campaign: Campaign, state: str, email: str = "anna@gmail.com") -> Signature:
    """Somebody who signed on the page on Friday."""
    supporter = Supporter.objects.create(campaign=campaign, name="A", email=email, language="en", joined_at=FRIDAY)
    confirmed_at = FRIDAY if state == State.CONFIRMED else None
    return Signature.objects.create(
        campaign=campaign, supporter=supporter, state=state, signed_at=FRIDAY, confirmed_at=confirmed_at
    )


def test_every_row_counts_in_the_name_of_who_took_it_in(campaign):
    gathering = taken_in(campaign)
    assert (gathering.number, gathering.author, count(campaign.pk)) == (3, "Mara", 3)
    anna = find_row(campaign, 1, 1)
    assert (anna.name, anna.email, anna.signature.place) == ("Anna Arshakyan", "anna@gmail.com", "Gyumri")
    assert (anna.agreed_at, anna.confirmed_at) == (NOW, None)
    assert anna.signature.signed_at.date().isoformat() == "2023-04-29"
    consent = Consent.objects.get()
    assert (consent.supporter, consent.is_given, consent.source) == (anna, True, "paper")
    assert "May we write to you" in consent.asked.text
    shown = Signature.objects.counted().filter(is_public=True)
    assert {each.supporter.name for each in shown} == {"Anna Arshakyan", "Çiğdem"}


def test_the_same_file_again_and_other_files_with_the_same_rows_count_nothing(campaign):
    taken_in(campaign)
    planned = plan(campaign, lines_of(campaign, FILE))
    assert (len(planned.new), len(planned.again)) == (0, 3)
    assert taken_in(campaign).number == 0
    assert taken_in(campaign, HEAD + "1,3,Another,2023-04-30,,,,\n2,1,New,2023-04-30,,,,\n").number == 1
    assert count(campaign.pk) == 4


def test_a_mailbox_counts_once_on_paper_and_on_the_page(campaign):
    signer(campaign, State.CONFIRMED)
    text = (
        HEAD
        + "1,1,Anna,2023-04-29,,a.n.na+x@googlemail.com,,\n1,2,B,2023-04-29,,b@b.example,,\n1,3,B,2023-04-29,,b@b.example,,\n"
    )
    planned = plan(campaign, lines_of(campaign, text))
    assert [line.line for line in planned.known] == [2, 4]
    assert taken_in(campaign, text).number == 1


def test_who_waits_to_confirm_or_took_it_back_has_signed_after_all(campaign):
    waiting, gone = signer(campaign, State.PENDING), signer(campaign, State.WITHDRAWN, "bob@b.example")
    gathering = taken_in(campaign, HEAD + ANNA + "1,2,Bob,2023-04-29,,bob@b.example,,no\n")
    for each in (waiting, gone):
        each.refresh_from_db()
        assert (each.state, each.gathering) == (State.CONFIRMED, gathering)
    assert Supporter.objects.count() == 2
    undo(gathering, "Mara", NOW)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.sheet, waiting.supporter.agreed_at) == (State.PENDING, None, None)
    assert count(campaign.pk) == 0


def test_who_was_taken_out_stays_out(campaign):
    signer(campaign, State.INVALIDATED)
    planned = plan(campaign, lines_of(campaign, HEAD + ANNA))
    assert (len(planned.new), len(planned.taken_out)) == (0, 1)


def test_undone_nobody_is_left_who_only_came_with_it_and_the_file_can_be_taken_in_again(campaign):
    gathering = taken_in(campaign)
    assert undo(gathering, "Nora", NOW + DAY) == 3
    assert (count(campaign.pk), Supporter.objects.count(), gathering.undone_by) == (0, 0, "Nora")
    with pytest.raises(NotUndoable, match="by Nora"):
        undo(gathering, "Nora", NOW + DAY)
    assert taken_in(campaign).number == 3
    assert count(campaign.pk) == 3


def test_undone_who_was_written_to_stays_known_and_gets_no_more(campaign):
    gathering = taken_in(campaign, HEAD + ANNA)
    anna = Supporter.objects.get()
    Notice.objects.create(campaign=campaign, supporter=anna, kind=Notice.Kind.DATA, due_at=NOW, created_at=NOW)
    undo(gathering, "Mara", NOW + DAY)
    anna.refresh_from_db()
    assert (anna.agreed_at, anna.signature.state) == (None, State.WITHDRAWN)
    assert Consent.objects.standing(anna, "updates") is False
    assert taken_in(campaign, HEAD + ANNA).number == 1


def test_erased_the_row_still_counts_without_a_name_and_cannot_be_counted_again(campaign):
    taken_in(campaign)
    erase(find_row(campaign, 1, 1), NOW)
    signature = Signature.objects.get(sheet=1, row=1)
    assert (signature.supporter.name, signature.place, signature.is_public) == ("", "", False)
    assert taken_in(campaign).number == 0
    assert count(campaign.pk) == 3


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "signatures.csv:1:1: nothing is in it: the first line names the columns"),
        ("sheet,row,nam,signed_on\n", "signatures.csv:1:11: there is no such column"),
        ("sheet,row,signed_on\n", "signatures.csv:1:1: the column name is missing"),
        (HEAD + "1,1,,2023-04-29,,,,\n", "signatures.csv:2:5: name: there is no name"),
        (HEAD + "0,1,A,2023-04-29,,,,\n", "signatures.csv:2:1: sheet: a number from 1 to 1000000 is needed (0)"),
        (HEAD + "1,1,A,29.4.2023,,,,\n", "signatures.csv:2:7: signed_on: a day is year-month-day: 2023-04-28 (29.4.2023)"),
        (HEAD + "1,1,A,2023-04-27,,,,\n", "signatures.csv:2:7: signed_on: that is before the campaign was published (2023-04-28) (2023-04-27)"),
        (HEAD + "1,1,A,2023-05-02,,,,\n", "signatures.csv:2:7: signed_on: that day is still to come (2023-05-02)"),
        (HEAD + "1,1,A,2023-04-29,,a@b,,\n", "signatures.csv:2:19: email: a@b has a wrong domain"),
        (HEAD + "1,1,A,2023-04-29,,,yess,\n", "signatures.csv:2:20: public: yes, no or nothing (yess) — did you mean yes?"),
        (HEAD + "1,1,A,2023-04-29,,,,yes\n", "signatures.csv:2:21: updates: news are wanted, and there is no address"),
        (HEAD + "1,1,A,2023-04-29\n", "signatures.csv:2:1: there are 4 cells for 8 columns"),
        (HEAD + "1,1,A,2023-04-29,,,,\n1,1,B,2023-04-29,,,,\n", "signatures.csv:3:1: row 1 of sheet 1 stands on line 2 already"),
        ("sheet,row,name,signed_on,language\n1,1,A,2023-04-29,eng\n", "signatures.csv:2:18: language: the campaign speaks en (eng) — did you mean en?"),
        (HEAD + '1,1,"A,2023-04-29,,,,\n', "signatures.csv:2:5: this quotation mark is not closed"),
    ],
)  # fmt: skip
def test_everything_that_is_wrong_is_said_at_its_place(campaign, text, said):
    _, defects = read_lines(text.encode(), frame_of(campaign, NOW))
    assert any(str(each).startswith(said) for each in defects), [str(each) for each in defects]


def test_a_file_of_another_encoding_is_not_guessed_at(campaign):
    _, defects = read_lines(
        (HEAD + ANNA).encode() + "1,2,Ö,2023-04-29,,,,\n".encode("latin-1"), frame_of(campaign, NOW)
    )
    assert str(defects[0]).startswith("signatures.csv:3:1: this is not UTF-8")


def test_names_and_places_rest_sealed(campaign):
    taken_in(campaign, HEAD + ANNA)
    with connection.cursor() as cursor:
        cursor.execute("SELECT place, name FROM campaigns_signature JOIN campaigns_supporter s ON s.id = supporter_id")
        assert all(b"Gyumri" not in bytes(each) and b"Anna" not in bytes(each) for each in cursor.fetchone())
