"""Letters, calls and web forms in a campaign folder: optional columns, wordings of their own, and the same checks."""

import pytest

from campaigns.addressee import ContactPoint
from campaigns.folder.addressees import COLUMNS, NEEDED
from campaigns.folder.check import check
from campaigns.folder.load import difference, load
from campaigns.kept import edition_of
from outreach.api.sheet import Sheet
from outreach.forecast import forecast
from outreach.preview import preview
from outreach.rehearsal.stage import rehearse
from tests.campaigns.folder.folders import ADDRESSEES, LETTER, change, defect_of, sound, stands_at_its_place
from tests.small_campaign import FRIDAY

POST = "1 rue du Pont | 75007 Paris | France"
SCRIPT = "We are {{ sender.name }}. We ask for: {{ demands|listing(attribute='title') }}. Note who answers.\n"


@pytest.fixture
def by_hand(folder):
    """Its notice goes by letter, phone and web form as well; only fr has such addresses."""
    header, fr, *others = ADDRESSEES.splitlines()
    rows = [f"{header},post,phone,form", f"{fr},{POST},+33 1 23 45 67 89,https://council.example/contact"]
    (folder / "addressees.csv").write_text(
        "\n".join([*rows, *(f"{row},,," for row in others)]) + "\n", encoding="utf-8"
    )
    change(folder, "campaign.yaml", "channels: [x]", "channels: [x, letter, phone, form]")
    for file, text in (("letter.en.md", LETTER), ("phone.en.md", SCRIPT), ("form.en.md", SCRIPT)):
        (folder / "wordings" / "notice" / file).write_text(text, encoding="utf-8")
    return folder


def test_the_columns_may_be_left_out_and_no_other_may(folder):
    assert set(COLUMNS) - set(NEEDED) == {"post", "phone", "form", "division"}
    assert check(folder).is_sound
    change(folder, "addressees.csv", ",mastodon,", ",")
    assert "lacks mastodon" in str(check(folder).defects[0])


def test_addresses_are_read_line_by_line_number_by_number(by_hand):
    fr = sound(by_hand).addressees[0]
    assert fr.addresses["letter"] == ("1 rue du Pont\n75007 Paris\nFrance",)
    assert (fr.addresses["phone"], fr.addresses["form"]) == (
        ("+33 1 23 45 67 89",),
        ("https://council.example/contact",),
    )
    change(by_hand, "addressees.csv", POST, POST.replace("|", ";"))
    assert sound(by_hand).addressees[0].addresses["letter"] == fr.addresses["letter"]
    change(by_hand, "addressees.csv", POST.replace("|", ";"), f'"{POST.replace(" | ", chr(10))}"')
    assert sound(by_hand).addressees[0].addresses["letter"] == fr.addresses["letter"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (POST, "1 rue du Pont", "post: 1 rue du Pont is not a postal address"),
        (POST, "a | " + "b" * 61, "post: " + "b" * 61 + " is longer than 60 characters"),
        ("+33 1 23", "01 23", "phone: 01 23 45 67 89 is not a telephone number"),
        ("https://council", "http://council", "form: http://council.example/contact is not the address of a web form"),
        (",phone,", ",telephone,", "there is no column of this name"),
    ],
)
def test_a_wrong_address_is_named_at_its_place(by_hand, old, new, expected):
    change(by_hand, "addressees.csv", old, new)
    defect = defect_of(check(by_hand).defects, "addressees.csv", expected)
    assert stands_at_its_place(by_hand, defect)


def test_wordings_are_a_letter_with_a_subject_and_scripts_without(by_hand):
    (by_hand / "wordings" / "notice" / "phone.en.md").write_text("---\nsubject: Hello\n---\nHello\n")
    (by_hand / "wordings" / "notice" / "letter.en.md").write_text("Hello\n")
    said = [str(defect) for defect in check(by_hand).defects]
    assert any("phone.en.md:2:1: there is no subject here" in each for each in said)
    assert any("letter.en.md:1:1: a letter needs a subject" in each for each in said)


def test_a_missing_wording_of_a_call_is_named(by_hand):
    (by_hand / "wordings" / "notice" / "phone.en.md").unlink()
    assert "wordings/notice/phone.en.md" in str(check(by_hand).defects[0])


def test_nobody_writes_to_supporters_or_the_public_by_hand(by_hand):
    change(
        by_hand, "campaign.yaml", "{audience: supporters, channels: [email]", "{audience: supporters, channels: [phone]"
    )
    defect = defect_of(check(by_hand).defects, "campaign.yaml", "channels: phone is carried by hand")
    assert stands_at_its_place(by_hand, defect)


def test_a_letter_without_an_address_to_answer_to_and_one_that_cannot_be_printed_are_noted(by_hand):
    (by_hand / "wordings" / "notice" / "letter.en.md").write_text(LETTER + "\n中国\n", encoding="utf-8")
    notes = [note.message for note in check(by_hand).notes]
    assert "sender: there is no post, so letters show no address to answer to" in notes
    assert any("No font has these letters: 中国" in note and note.endswith("in OUTREACH_FONTS") for note in notes)
    assert not any("no account on letter" in note for note in notes)


def test_forecast_preview_and_rehearsal_know_them(by_hand):
    edition = sound(by_hand).edition()
    told = forecast(edition)
    sends = [(send.addressee, send.channel) for send in told.sends if send.channel in ("letter", "phone", "form")]
    assert sorted(sends) == [("fr", "form"), ("fr", "letter"), ("fr", "phone")]
    assert {(each.addressee, each.channel) for each in told.missing} >= {
        ("mt", "letter"),
        ("mt", "phone"),
        ("mt", "form"),
    }
    assert {send.channel for send in rehearse(edition).sends} >= {"letter", "phone", "form"}
    call = preview(edition, "notice", "phone", "fr")
    assert (call.subject, call.html) == ("", "")
    assert "Note who answers." in call.text
    letter = preview(edition, "notice", "letter", "fr")
    assert letter.subject
    assert letter.text.startswith("Your Excellency,")


def test_the_lines_of_a_postal_address_may_come_as_a_list():
    sheet = Sheet([{"key": "fr", "post": ["1 rue du Pont", "75007 Paris; Cedex 7"]}])
    assert "1 rue du Pont|75007 Paris; Cedex 7" in sheet.text


@pytest.mark.django_db
def test_they_are_loaded_once_and_kept_line_by_line(by_hand):
    campaign = load(sound(by_hand), FRIDAY).campaign
    assert ContactPoint.objects.get(channel="letter").address == "1 rue du Pont\n75007 Paris\nFrance"
    assert difference(sound(by_hand)) == []
    assert edition_of(campaign).wordings["notice", "phone", "en"].subject is None
    change(by_hand, "addressees.csv", "75007", "75008")
    assert [str(each) for each in difference(sound(by_hand))] == [
        "remove contact point fr letter 1 rue du Pont, 75007 Paris, France",
        "add contact point fr letter 1 rue du Pont, 75008 Paris, France",
    ]
