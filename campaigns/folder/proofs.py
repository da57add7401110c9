"""Every wording written for everyone it could reach, before anything is sent."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from campaigns.edition import Edition
from campaigns.folder.defect import Defect
from campaigns.folder.trials import Trial, trials
from campaigns.folder.wordings import WordingFile
from campaigns.words.problem import Unfit
from channels.channel import CHANNELS

Mistake = tuple[str, int, int, str, str, str]  # file, line, column, message, value, suggestion


def read_proofs(edition: Edition, wordings: Iterable[WordingFile], base: str) -> Iterator[Defect]:
    """What would fail or be too long, each mistake once, with one of those it would have failed for."""
    files = {each.key: each for each in wordings}
    failed: dict[Mistake, list[str]] = defaultdict(list)
    for trial in trials(edition, base):
        for mistake in _mistakes(edition, trial, files[trial.wording]):
            failed[mistake].append(trial.about)
    for (file, line, column, message, value, suggestion), about in failed.items():
        yield Defect(file, line, column, f"written for {_whom(about)}: {message}", value, suggestion)


def _mistakes(edition: Edition, trial: Trial, file: WordingFile) -> Iterator[Mistake]:
    channel = CHANNELS[trial.wording[1]]
    try:
        written = edition.write(trial.wording[0], channel.name, trial.occasion)
    except Unfit as unfit:
        for problem in unfit.problems:
            yield file.file, *file.place(problem), problem.message, problem.value, problem.suggestion
        return
    if channel.has_subject and not written.subject:
        yield file.file, *file.subject_at, "the subject is empty", "", ""
    if not written.text.strip():
        yield file.file, file.body_line, 1, "the text is empty", "", ""
    elif sentence := channel.too_long(written.text):
        yield file.file, file.body_line, 1, sentence, "", ""


def _whom(about: list[str]) -> str:
    everyone = list(dict.fromkeys(about))
    others = len(everyone) - 1
    return everyone[0] + (f" and {others} other{'s' if others > 1 else ''}" if others else "")
