"""«Did you mean …?»"""

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that looks most like `word`, whatever its case; empty if none is near."""
    by_folded = {each.casefold(): each for each in known}
    folded = word.casefold().strip()
    if folded in by_folded:
        return by_folded[folded]
    found = get_close_matches(folded, by_folded, n=1, cutoff=0.6)
    return by_folded[found[0]] if found else ""
