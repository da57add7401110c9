"""Every wording written for everyone it could reach, before anything is sent."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from campaigns.edition import Edition
from campaigns.folder.defect import Defect
from campaigns.folder.letter_trials import letter_trials
from campaigns.folder.trials import Trial, trials
from campaigns.folder.wordings import WordingFile
from campaigns.words.problem import Unfit
from channels.channel import CHANNELS

TOO_LONG = "too long"
Watch = Callable[[Iterable[Trial]], Iterable[Trial]]


@dataclass(slots=True)
class Mistake:
    """One mistake, everyone it would be made for, and the worst case of it."""

    defect: Defect
    size: int = 0
    about: list[str] = field(default_factory=list)

    def as_defect(self) -> Defect:
        everyone = list(dict.fromkeys(self.about))
        others = len(everyone) - 1
        whom = everyone[0] + (f" and {others} other{'s' if others > 1 else ''}" if others else "")
        return self.defect.saying(f"written for {whom}: {self.defect.message}")


def read_proofs(edition: Edition, wordings: Iterable[WordingFile], base: str, watch: Watch) -> Iterator[Defect]:
    """What would fail or be too long, each mistake once."""
    files = {each.key: each for each in wordings}
    made: dict[tuple[str, int, int, str], Mistake] = {}
    for trial in watch(chain(trials(edition, base), letter_trials(edition, base))):
        for kind, size, defect in _mistakes(edition, trial, files[trial.wording]):
            mistake = made.setdefault((defect.file, defect.line, defect.column, kind), Mistake(defect, size))
            if size > mistake.size:
                mistake.defect, mistake.size = defect, size
                mistake.about.insert(0, trial.about)
            mistake.about.append(trial.about)
    return (mistake.as_defect() for mistake in made.values())


def _mistakes(edition: Edition, trial: Trial, file: WordingFile) -> Iterator[tuple[str, int, Defect]]:
    """(kind, size, defect) of each mistake in one message."""
    channel = CHANNELS[trial.wording[1]]
    try:
        written = edition.write(trial.wording[0], channel.name, trial.occasion)
    except Unfit as unfit:
        for each in unfit.problems:
            yield each.message, 0, Defect(file.file, *file.place(each), each.message, each.value, each.suggestion)
        return
    if channel.has_subject and not written.subject:
        yield "subject", 0, Defect(file.file, *file.subject_at, "the subject is empty")
    if not written.text.strip():
        yield "text", 0, Defect(file.file, file.body_line, 1, "the text is empty")
    elif sentence := channel.too_long(written.text):
        yield TOO_LONG, channel.length(written.text), Defect(file.file, file.body_line, 1, sentence)
