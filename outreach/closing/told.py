"""A report in the words of one language: what page and paper both show."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from campaigns.text import Text, in_language
from campaigns.words import dates
from channels.channel import CHANNELS
from channels.chart import Bars, Mark, Section, Stair, Stairs, Table, Tone, bar
from outreach.closing.account import Deed, Reach
from outreach.closing.report import TOO_FEW, Kind, Line, Report, Spell, Standing, Tally
from outreach.closing.words import SAID, Words

REACH_TONES: tuple[Tone, ...] = ("good", "info", "pale", "odd", "bad", "quiet")
WORD_TONES: tuple[Tone, ...] = ("info", "good", "bad", "warn", "dim", "odd", "pale", "quiet")
DEED_TONES: tuple[Tone, ...] = ("good", "warn", "info", "bad", "odd", "quiet")
DAY = timedelta(days=1)
MOST_TICKS = 8
MOST_EACH = 500  # addressees one by one; what is for machines has all of them


@dataclass(frozen=True, slots=True)
class Told:
    """`facts`: label and value; `figures`: the few numbers that say most; `is_invented`: a sentence that says so."""

    language: str
    is_right_to_left: bool
    kind: str
    title: str
    facts: tuple[tuple[str, str], ...]
    figures: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    words: Words
    methods: tuple[str, ...]
    invented: str
    record: str
    evidence: str


class Teller:
    def __init__(self, report: Report, language: str) -> None:
        self.report = report
        self.book = report.book
        self.language = language
        self.words = SAID[language]

    def tell(self) -> Told:
        words, book = self.words, self.book
        return Told(
            language=self.language,
            is_right_to_left=dates.is_right_to_left(self.language),
            kind=words.final if self.report.is_final else words.interim,
            title=self._text(book.title),
            facts=tuple(self._facts()),
            figures=tuple(self._figures()),
            sections=tuple(section for section in self._sections() if section.table.rows),
            words=words,
            methods=tuple(method.format(n=self._number(TOO_FEW)) for method in words.methods),
            invented=words.invented if book.is_invented else "",
            record=book.record,
            evidence=book.evidence,
        )

    def _facts(self) -> Iterator[tuple[str, str]]:
        yield self.words.published, self._moment(self.book.published_at)
        yield self.words.deadline, self._moment(self.book.deadline)
        if self.book.closed_at:
            yield self.words.closed, self._moment(self.book.closed_at)
        yield self.words.as_of, self._moment(self.book.as_of)

    def _figures(self) -> Iterator[tuple[str, str]]:
        whole = self.report.whole
        yield self.words.asked, self._number(whole.asked)
        for label, n in self._counts(whole):
            yield label, self.words.of.format(n=self._number(n), total=self._number(whole.asked))

    def _sections(self) -> Iterator[Section]:
        yield self._of_reach()
        yield self._of_steps()
        yield self._of_messages()
        yield self._of_words()
        yield self._of_deeds()
        yield self._of_time()
        yield self._of_groups()
        yield self._of_each()

    def _of_reach(self) -> Section:
        words = self.words
        counts = [(words.reached(kind), n, tone) for (kind, n), tone in self._toned(self.report.reached, REACH_TONES)]
        return self._distribution("reach", words.reach_title, words.letter, counts)

    def _of_words(self) -> Section:
        words = self.words
        counts = [(words.said(kind), n, tone) for (kind, n), tone in self._toned(self.report.words, WORD_TONES)]
        return self._distribution("answers", words.word_title, words.answer, counts)

    def _distribution(self, key: str, title: str, column: str, counts: list[tuple[str, int, Tone]]) -> Section:
        present = [each for each in counts if each[1]]
        whole = sum(n for _, n, _ in counts)
        rows = tuple((label, self._number(n), self._share(n, whole)) for label, n, _ in counts)
        chart = Bars((bar("", present),), tuple((tone, label, n) for label, n, tone in present))
        columns = (column, self.words.addressees, "%")
        finding = self._finding((label, n) for label, n, _ in present)
        return Section(key, title, finding, Table(title, columns, rows), chart)

    def _of_steps(self) -> Section:
        words, begun = self.words, self.report.begun()
        rows = tuple(
            (f"{place}. {self._step(step)}", self._moment(at), self._number(n))
            for place, (step, at, n) in enumerate(begun, 1)
        )
        table = Table(words.steps_title, (words.step, words.began, words.addressees), rows, words=2)
        return Section("steps", words.steps_title, self._finding((self._step(step), n) for step, _, n in begun), table)

    def _of_messages(self) -> Section:
        words, lines = self.words, self.report.lines()
        shown = [reach for reach in Reach if any(line.reached[reach] for line in lines)]
        columns = (words.step, words.channel, words.messages, *(words.reached(reach) for reach in shown))
        rows = tuple(
            (
                self._step(line.step) + (f" ({words.reminder})" if line.reminder else ""),
                f"{CHANNELS[line.channel].title} ({self._whom(line)})",
                self._number(line.total),
                *(self._number(line.reached[reach]) for reach in shown),
            )
            for line in lines
        )
        finding = self._finding((words.reached(r), sum(line.reached[r] for line in lines)) for r in shown)
        return Section("messages", words.sent_title, finding, Table(words.sent_title, columns, rows, words=2))

    def _whom(self, line: Line) -> str:
        if line.is_public:
            return self.words.in_public
        return self._text(self.book.group_titles.get(line.group, {})) or line.group or self.words.addressees

    def _of_deeds(self) -> Section:
        words, deeds = self.words, self.report.deeds
        titles = {key: f"{n}. {self._text(title)}" for n, (key, title) in enumerate(self.book.demands.items(), 1)}
        totals = {deed: sum(found[deed] for found in deeds.values()) for deed in Deed}
        bars = tuple(
            bar(titles[demand], [(words.did(deed), n, tone) for (deed, n), tone in self._toned(found, DEED_TONES)])
            for demand, found in deeds.items()
        )
        present = [(tone, words.did(deed), n) for (deed, n), tone in self._toned(totals, DEED_TONES) if n]
        columns = (words.demand, *(words.did(deed) for deed in Deed))
        rows = tuple((titles[key], *(self._number(n) for n in found.values())) for key, found in deeds.items())
        finding = self._finding((label, n) for _, label, n in present)
        table = Table(words.deed_title, columns, rows)
        return Section("demands", words.deed_title, finding, table, Bars(bars, tuple(present)))

    def _of_time(self) -> Section:
        words = self.words
        spells = ((words.to_answer, self.report.to_answer), (words.to_act, self.report.to_act))
        columns = (words.in_days, words.number, words.shortest, words.middle, words.longest)
        rows = tuple((label, *self._spell(spell)) for label, spell in spells)
        answered = [each.answered_at for each in self.report.standings if each.answered_at]
        acted = [each.account.acted_at for each in self.report.standings if each.account.acted_at]
        finding = self._finding(((words.answered, len(answered)), (words.acted, len(acted))))
        chart = self._stairs(answered, acted)
        return Section("time", words.time_title, finding, Table(words.time_title, columns, rows), chart)

    def _stairs(self, answered: list[datetime], acted: list[datetime]) -> Stairs:
        start, end = self.book.published_at, max(self.book.as_of, self.book.published_at + DAY)
        if self.book.closed_at:
            end = max(self.book.closed_at, *answered, *acted, start + DAY)
        days, asked = (end - start) / DAY, max(1, self.report.whole.asked)

        def place(at: datetime) -> float:
            return min(1.0, max(0.0, (at - start) / (end - start)))

        def stair(label: str, tone: Tone, moments: Iterable[datetime]) -> Stair:
            found = sorted(moments)
            points = tuple((place(at), n / asked) for n, at in enumerate(found, 1))
            return Stair(label, tone, len(found), points)

        every = max(1, -(-int(days) // MOST_TICKS))
        marks = [Mark(place(at), str(number)) for number, (_, at, _) in enumerate(self.report.begun(), 1)]
        ticks = [Mark(day / days, self._number(day)) for day in range(0, int(days) + 1, every)]
        stairs = (stair(self.words.answered, "info", answered), stair(self.words.acted, "good", acted))
        return Stairs(stairs, tuple(marks), tuple(ticks), self._number(asked))

    def _of_groups(self) -> Section:
        words, groups = self.words, self.report.groups()
        columns = (words.group, words.asked, words.proven, words.answered, words.acted)
        rows = tuple((self._text(title), *self._tally(tally)) for title, tally in groups)
        finding = self.words.methods[5].format(n=self._number(TOO_FEW))
        return Section("groups", words.group_title, finding, Table(words.group_title, columns, rows))

    def _of_each(self) -> Section:
        words = self.words
        waited = f"{words.answer}: {words.in_days}"
        columns = (words.addressee, words.state, words.letter, words.answer, waited, words.met)
        shown = self.report.standings[:MOST_EACH]
        rows = tuple(self._each(standing) for standing in shown)
        finding = self._finding(self._counts(self.report.whole))
        if len(shown) < len(self.report.standings):
            whole = self._number(len(self.report.standings))
            finding += f" ({words.of.format(n=self._number(len(shown)), total=whole)}; JSON)"
        return Section("each", words.each_title, finding, Table(words.each_title, columns, rows, words=4))

    def _each(self, standing: Standing) -> tuple[str, ...]:
        met = self.words.of.format(n=self._number(standing.closed), total=self._number(len(standing.deeds)))
        took = standing.took(standing.answered_at)
        return (
            in_language(standing.account.name, self.language, *self.book.languages),
            self.words.stands(standing.account.status),
            self.words.reached(standing.reach),
            self.words.said(standing.word),
            self._days(took) if took is not None else "–",
            met,
        )

    def _counts(self, tally: Tally) -> list[tuple[str, int]]:
        words = self.words
        return [(words.proven, tally.proven), (words.answered, tally.answered), (words.acted, tally.acted)]

    def _tally(self, tally: Tally) -> Iterator[str]:
        yield self._number(tally.asked)
        for _, n in self._counts(tally):
            share = f" ({self._percent(n, tally.asked)})" if tally.is_comparable else ""
            yield f"{self._number(n)}{share}"

    def _spell(self, spell: Spell | None) -> tuple[str, ...]:
        if spell is None:
            return (self._number(0), "–", "–", "–")
        middle = self._days(spell.middle) if spell.middle is not None else self.words.too_few
        return self._number(spell.number), self._days(spell.shortest), middle, self._days(spell.longest)

    def _finding(self, counts: Iterable[tuple[str, int]]) -> str:
        return "; ".join(f"{label}: {self._number(n)}" for label, n in counts) or "–"

    def _share(self, n: int, whole: int) -> str:
        return self._percent(n, whole) if whole >= TOO_FEW else self.words.too_few

    def _percent(self, n: int, whole: int) -> str:
        return dates.percent(n / whole, self.language)

    def _toned(self, counts: Mapping[Kind, int], tones: tuple[Tone, ...]) -> Iterator[tuple[tuple[Kind, int], Tone]]:
        return zip(counts.items(), tones, strict=True)

    def _step(self, key: str) -> str:
        return self._text(self.book.steps.get(key, {})) or key

    def _text(self, text: Text) -> str:
        return in_language(text, self.language, *self.book.languages)

    def _moment(self, at: datetime) -> str:
        return dates.moment(at, self.language, self.book.time_zone)

    def _days(self, length: timedelta) -> str:
        return self._number(round(length / DAY, 1))

    def _number(self, n: float) -> str:
        return dates.number(n, self.language)


def tell(report: Report, language: str) -> Told:
    """The report in a language of `outreach.closing.words`."""
    return Teller(report, language).tell()
