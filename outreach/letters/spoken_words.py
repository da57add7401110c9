"""A text as the words it says, sentence by sentence, however it is spaced, spelt in capitals or punctuated."""

import re
import unicodedata
from collections.abc import Iterator

SENTENCE_ENDS = re.compile(r"[.!?…։؟。！？]+|\n\s*\n")
WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+")
"""A word; in Chinese and Japanese, which write no spaces, a character."""

RUN = 3
"""So many words in a row are hardly the same by chance."""

Run = tuple[str, ...]


def words_of(text: str) -> list[str]:
    return WORD.findall(_plain(text))


def sentences(text: str) -> Iterator[list[str]]:
    """The words of each sentence that has any. An empty line ends one, too; a single line end is a space."""
    for sentence in SENTENCE_ENDS.split(_plain(text)):
        if found := WORD.findall(sentence):
            yield found


def runs(sentence: list[str], length: int = RUN) -> Iterator[Run]:
    """All runs of so many words; a shorter sentence is one run."""
    length = min(length, len(sentence))
    return (tuple(sentence[at : at + length]) for at in range(len(sentence) - length + 1))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
