"""How much of a letter is one's own."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach.letters.own_part import Own, own_part

START = """Your Excellency,

On 28 April six demands were put to your government. The only road has been closed since December.
Please tell me what you will do so that the road is opened."""
MINE = "I grew up beside that road and my aunt still lives there with her children"

VOCABULARY = st.sampled_from(["the", "road", "is", "open", "closed", "we", "ask", "you", "aunt", "lives", "here"])
SENTENCES = st.lists(VOCABULARY, max_size=8).map(" ".join)
TEXTS = st.lists(SENTENCES, max_size=6).map(". ".join)


@pytest.mark.parametrize(
    ("text", "own"),
    [
        (START, 0),
        (START.upper().replace(",", " ;  "), 0),
        (START.replace("will do", "will\ndo").replace("closed since", "closed  since"), 0),
        ("", 0),
        (MINE, 100),
        ("Thank you.", 100),
        ("Your Excellency! Thank you.", 50),
        (f"{START}\n{MINE}.", 31),
        ("Please tell me what YOU think so that the road is opened.", 8),
    ],
)
def test_only_what_the_starting_text_does_not_say_is_ones_own(text, own):
    assert own_part(text, START).share == own


def test_words_are_counted_in_every_script():
    assert own_part("Ես ապրում եմ այստեղ։ أعيش هنا. Я живу здесь! 我住在这里。", "") == Own(14, 14)


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS, st.randoms(use_true_random=False))
def test_sentences_that_change_places_change_nothing(text: str, start: str, chance: Random):
    moved = text.split(". ")
    chance.shuffle(moved)
    assert own_part(". ".join(moved), start) == own_part(text, start)


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS, TEXTS)
def test_it_is_a_share_that_grows_with_what_is_added_and_is_nothing_of_the_start_itself(text, start, more):
    assert own_part(start, start).own == 0
    before, after = own_part(text, start), own_part(f"{text}. {more}", start)
    assert 0 <= before.share <= 100
    assert after.own >= before.own
    assert own_part(text, "").own == before.words
