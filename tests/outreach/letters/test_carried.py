"""A letter arrives in its writer's name, word for word, and says who carried it."""

from dataclasses import replace

import pytest

from outreach.letters.carried import Carrier, Said, carried, from_name, signed
from outreach.letters.carried_sentences import CARRIED
from outreach.public.sentences import SAID

CARRIER = Carrier({"en": "Bridge Committee", "fr": "Comité du pont"}, "https://outreach.example/c/bridge/")
PAULO = Said("Paulo Ribeiro", "Recife", "The bridge", "Your Excellency,\n\nI cross it every day.", "en")


def paulo(**said: str) -> Said:
    return Said(**{name: said.get(name, getattr(PAULO, name)) for name in Said.__slots__})


def test_a_letter_is_from_its_writer_by_way_of_the_campaign():
    assert from_name(PAULO, CARRIER) == "Paulo Ribeiro via Bridge Committee"
    assert from_name(paulo(language="fr"), CARRIER) == "Paulo Ribeiro via Comité du pont"
    assert from_name(paulo(language="pt-BR"), CARRIER) == "Paulo Ribeiro via Bridge Committee"


def test_the_words_are_kept_and_one_line_says_who_carried_them():
    arrived = carried(PAULO, CARRIER)
    assert arrived.subject == "The bridge"
    assert arrived.html == ""
    assert arrived.text == (
        "Your Excellency,\n\nI cross it every day.\n\nPaulo Ribeiro\nRecife\n\n-- \n"
        "Paulo Ribeiro wrote this letter and confirmed it by email. Bridge Committee carried it. An answer to this "
        "message goes to Paulo Ribeiro.\nhttps://outreach.example/c/bridge/"
    )


def test_where_no_mail_comes_in_a_letter_says_that_people_pass_the_answer_on():
    by_hand = replace(CARRIER, takes_mail=False)
    assert "comes to Bridge Committee and is passed on to Paulo Ribeiro." in carried(PAULO, by_hand).text
    assert "goes to Paulo Ribeiro." in carried(replace(PAULO, shows_address=True), by_hand).text


@pytest.mark.parametrize(
    ("text", "place", "end"),
    [
        ("Hello", "", "Hello\n\nPaulo Ribeiro"),
        ("Hello\n\npaulo ribeiro", "Recife", "Hello\n\npaulo ribeiro\nRecife"),
        ("Hello\nPaulo Ribeiro, Recife\n\n", "Recife", "Hello\nPaulo Ribeiro, Recife"),
        ("Hello\n\nPaulo Ribeiro\nRecife", "Recife", "Hello\n\nPaulo Ribeiro\nRecife"),
        ("I live in Recife.", "Recife", "I live in Recife.\n\nPaulo Ribeiro\nRecife"),
        ("I am Paulo Ribeiro and I vote.", "", "I am Paulo Ribeiro and I vote.\n\nPaulo Ribeiro"),
        ("Yours,\nPaulo", "", "Yours,\nPaulo"),
    ],
)
def test_nobody_signs_twice(text, place, end):
    assert signed(paulo(text=text, place=place)) == end


def test_a_name_without_letters_is_signed_as_well():
    assert signed(paulo(name="🌷", text="Hello")) == "Hello\n\n🌷\nRecife"


def test_what_looks_like_a_template_stays_what_it_is():
    arrived = carried(paulo(text="{{ 7*7 }} {name} {campaign.__class__}", name="{0} Ribeiro"), CARRIER)
    assert arrived.text.startswith("{{ 7*7 }} {name} {campaign.__class__}\n\n{0} Ribeiro\nRecife")


def test_every_language_of_our_pages_has_its_words():
    assert CARRIED.keys() == SAID.keys()
    for language, sentences in CARRIED.items():
        assert "{name}" in sentences.via
        carried(paulo(language=language), replace(CARRIER, takes_mail=False))
        arrived = carried(paulo(language=language), CARRIER).text
        assert arrived.count("Bridge Committee" if language != "fr" else "Comité du pont") == 1
