"""Words that mix alphabets whose letters look alike: «Аnna» with a Cyrillic А passes for «Anna» and is none."""

import re
import unicodedata

ALIKE = {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "COPTIC", "CHEROKEE"}
WORD = re.compile(r"[^\W\d_]+")


def mixes_alphabets(text: str) -> bool:
    """Whether one word of it has letters of two of them; words beside each other may have one each."""
    return any(len(_alphabets(word)) > 1 for word in WORD.findall(text))


def _alphabets(word: str) -> set[str]:
    return {unicodedata.name(letter, "").partition(" ")[0] for letter in word} & ALIKE
