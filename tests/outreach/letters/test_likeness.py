"""Letters that are nearly identical are recognised, and letters of one's own are not taken for others'."""

from itertools import combinations
from random import Random

from outreach.letters.likeness import NEARLY, bands, fingerprint, likeness
from outreach.letters.spoken_words import runs, sentences

KEY = b"a key of this installation"
WORDS = [f"{a}{b}" for a in ("bar", "ton", "mir", "lak", "so", "ven", "hu", "dre") for b in ("a", "ik", "on", "es")]


def a_letter(chance: Random, length: int = 10) -> list[str]:
    return [" ".join(chance.choices(WORDS, k=chance.randint(6, 14))) for _ in range(length)]


def changed(letter: list[str], number: int, chance: Random) -> list[str]:
    """The same letter with so many sentences of one's own, in another order."""
    new = dict(zip(chance.sample(range(len(letter)), number), a_letter(chance, number), strict=True))
    said = [new.get(at, sentence) for at, sentence in enumerate(letter)]
    chance.shuffle(said)
    return said


def prints(letter: list[str]) -> list[int]:
    return fingerprint(". ".join(letter), KEY)


def are_found(one: list[int], other: list[int]) -> bool:
    return bool({*bands(one)} & {*bands(other)}) and likeness(one, other) >= NEARLY


def test_of_four_hundred_variants_the_nearly_identical_are_found_and_the_others_are_not():
    chance = Random(20230428)
    alike = other = unlike = 0
    for _ in range(100):
        letter = a_letter(chance)
        mine = prints(letter)
        alike += are_found(mine, prints(changed(letter, 1, chance)))
        other += are_found(mine, prints(changed(letter, 4, chance)))
        unlike += are_found(mine, prints(changed(letter, 8, chance))) + are_found(mine, prints(a_letter(chance)))
    assert alike >= 95
    assert other <= 10
    assert unlike == 0


def test_the_estimate_is_near_what_it_estimates():
    chance = Random(1)
    letter = a_letter(chance)
    variants = [letter, *(changed(letter, number, chance) for number in range(0, 10, 2))]
    for one, other in combinations(variants, 2):
        mine, theirs = ({run for s in sentences(". ".join(each)) for run in runs(s)} for each in (one, other))
        assert abs(likeness(prints(one), prints(other)) - len(mine & theirs) / len(mine | theirs)) < 0.2


def test_spelling_order_and_spaces_do_not_matter_and_the_key_does():
    text = "We cross this bridge every day. It must stay open."
    assert fingerprint("It must STAY open!\n\nWe cross  this bridge every day", KEY) == fingerprint(text, KEY)
    assert likeness(fingerprint(text, KEY), fingerprint(text, b"another")) == 0
    assert fingerprint("… !", KEY) == bands([]) == []
    assert likeness([], []) == 0
    assert len(bands(fingerprint("One", KEY))) == 16
    assert all(0 <= band < 2**63 for band in bands(fingerprint(text, KEY)))
