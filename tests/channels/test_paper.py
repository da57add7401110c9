from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from channels.paper import OUR_FONT, NoFont, Paper, font_for, pdf

MILLIMETRE = 72 / 25.4


def paper(**changes: Any) -> Paper:
    fields: dict[str, Any] = {
        "sender": ("The Artsakh campaign", "1 Abovyan Street, Yerevan"),
        "recipient": ("Permanent Representative of China", "350 East 35th Street", "New York, NY 10016"),
        "dated": "Yerevan, 28 April 2023",
        "subject": "Արցախ: what we ask of you",
        "text": "Ձերդ գերազանցություն,\n\nWe ask you to act.",
    }
    return Paper(**{**fields, **changes})


def pages(made: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(made)
    return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]


@pytest.mark.parametrize(
    "text", ["Ձերդ գերազանցություն", "Уважаемый господин", "Monsieur le Président, où êtes-vous", "Κύριε Πρόεδρε"]
)
def test_every_word_stands_on_it_in_the_readers_script(text):
    (page,) = pages(pdf(paper(text=text)))
    expected = paper(text=text)
    assert all(line in page for line in (*expected.sender, *expected.recipient, expected.dated, text))


def test_arabic_runs_from_right_to_left_and_its_letters_join():
    (page,) = pages(pdf(paper(text="نطلب منكم", right_to_left=True)))
    assert "نطلب منكم" in page


def test_the_address_shows_in_the_window_of_an_envelope():
    page = pypdfium2.PdfDocument(pdf(paper())).get_page(0)
    found = page.get_textpage().search("Permanent Representative")
    index, _ = found.get_next()
    left, _, _, top = page.get_textpage().get_charbox(index)
    assert 20 <= left / MILLIMETRE <= 30
    assert 45 <= (page.get_height() - top) / MILLIMETRE <= 60


def test_a_text_broken_for_mail_is_whole_again_and_a_list_stays_a_list():
    (page,) = pages(pdf(paper(text="A line broken\r\nfor mail.\r\n\r\n- one\r\n- two\r\n1. three")))
    assert "A line broken for mail." in page
    assert "- one\n- two\n1. three" in page


def test_a_long_letter_goes_on_and_enclosures_begin_on_pages_of_their_own():
    demands = ("What we ask", "1. Open the road.")
    made = pages(pdf(paper(text="A paragraph. " * 500, enclosures=(demands,))))
    assert len(made) > 2
    assert made[-1].startswith("What we ask")
    assert "Open the road." in made[-1]


def test_letters_that_no_font_has_are_named_instead_of_left_out():
    with pytest.raises(NoFont, match="中国"):
        pdf(paper(text="中国 and Արցախ"))


def test_the_first_font_that_has_every_letter_is_used():
    assert font_for("Ձերդ\n\u200d text", (OUR_FONT, Path("never opened.ttf"))) == OUR_FONT


def test_the_same_letter_is_the_same_file():
    assert pdf(paper()) == pdf(paper())
