"""How much of a letter is its writer's own, told from the text it started from. Pure."""

from dataclasses import dataclass

from outreach.letters.spoken_words import RUN, Run, runs, sentences


@dataclass(frozen=True, slots=True)
class Own:
    """`words`: how many there are. `own`: how many of them are not in a row of words that the starting text has."""

    words: int
    own: int

    @property
    def share(self) -> int:
        """Per cent, rounded down; 0 of nothing."""
        return self.own * 100 // self.words if self.words else 0


def own_part(text: str, start: str) -> Own:
    """Compare a letter with the text it started from: sentences that only changed places are nobody's own.

    A word is taken over if it stands in a row of three words (or in a whole sentence of fewer) that the starting text
    has, too. Single words are everybody's: «the» in a sentence of one's own is one's own.
    """
    taken = _runs_of(start)
    total = own = 0
    for sentence in sentences(text):
        length = min(RUN, len(sentence))
        known = [False] * len(sentence)
        for at, run in enumerate(runs(sentence)):
            if run in taken:
                known[at : at + length] = [True] * length
        total += len(sentence)
        own += known.count(False)
    return Own(total, own)


def _runs_of(text: str) -> frozenset[Run]:
    """Of three words, and of fewer, for sentences that are shorter."""
    return frozenset(
        run for sentence in sentences(text) for length in range(1, RUN + 1) for run in runs(sentence, length)
    )
