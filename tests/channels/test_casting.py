"""A letter that is cast is, to the byte, the letter made in full."""

from collections import Counter
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bench import letters
from campaigns.words.context import Links
from campaigns.words.link import Link
from channels.casting import Casting, Own
from channels.letter import Letter
from channels.mould import mould

AT = datetime(2023, 5, 6, 6, tzinfo=UTC)
made = Counter[str]()


def full(own: Own) -> Letter | None:
    """As the press does: filled in, then spliced."""
    made[own.name] += 1
    links = Links(write=Link("https://road.example/write"), unsubscribe=Link(own.leave))
    filled = letters.STENCIL.fill(own.name, links)
    if filled is None:
        return None
    words = letters.STENCIL.whole(filled)
    key, name, address, leave, at = own
    return letters.SKELETON.letter(key, address, name, words.subject, words.text, words.html, at, leave)


def leave(number: int = 0) -> str:
    return f"https://road.example/leave/{number:044d}"


def casting() -> Casting:
    numbers = iter(range(10**40, 10**41))
    return Casting(full, lambda: leave(next(numbers)))


WORD = st.text("abcdefghijklmnopqrstuvwxyzABCXYZ0189", min_size=1, max_size=12)
ORDINARY = st.lists(WORD, min_size=1, max_size=4).map(" ".join)
ANY = st.one_of(ORDINARY, st.text(min_size=1, max_size=30), st.sampled_from(["Անահիտ", "O'Neill", "<b>", "x  y", "."]))
ADDRESSES = st.builds("{}@{}.example".format, WORD, WORD)
SHARED = casting()


MOMENTS = st.integers(0, 10**9).map(lambda seconds: AT + timedelta(seconds=seconds))


@given(ANY, ADDRESSES, st.integers(0, 2**128 - 1), MOMENTS)
@settings(max_examples=200, deadline=None)
def test_a_cast_letter_is_the_one_made_in_full(name, address, key, at):
    own = Own(f"{key:032x}", name, address, leave(key), at)
    try:
        wanted: object = full(own)
    except ValueError as problem:
        wanted = str(problem)
    try:
        cast: object = SHARED.letter(own)
    except ValueError as problem:
        cast = str(problem)
    assert cast == wanted


def test_letters_to_names_of_one_shape_are_made_in_full_twice_and_cast_ever_after():
    ours = casting()
    made.clear()
    for number in range(50):
        ours.letter(Own(f"{number:032x}", f"Anna Berg{10 + number}", "anna@people.example", leave(number), AT))
    assert made.total() == 2


def test_what_differs_in_more_than_its_values_has_no_mould():
    assert mould(b"Dear Anna,\r\n", [b"Anna"], b"Dear Bert,\r\n", [b"Bert"])
    assert mould(b"Dear Anna (4),\r\n", [b"Anna"], b"Dear Bertha (6),\r\n", [b"Bertha"]) is None
    assert mould(b"ANNA, Anna", [b"Anna"], b"BERT, Bert", [b"Bert"]) is None
