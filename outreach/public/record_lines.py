"""The public record in one language: what the log's account says, as sentences."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from babel import Locale, UnknownLocaleError
from markupsafe import Markup, escape

from campaigns.text import in_language
from campaigns.words.dates import day, moment
from channels.channel import CHANNELS
from outreach.public.record_sentences import SAID

ICONS = {
    "auto-reply": "autoreply",
    "deflected": "deflection",
    "answered": "substantive",
    "none": "silent",
    "": "silent",
}
NO_ANSWER = ("auto-reply", "acknowledgement")
Item = Mapping[str, Any]
Words = Mapping[tuple[int, str], str]


@dataclass(frozen=True, slots=True)
class State:
    """A shape, a word and a tone: `value` is the model's own."""

    value: str
    said: str

    @property
    def icon(self) -> str:
        return ICONS.get(self.value, self.value)

    @property
    def tone(self) -> str:
        return "substantive" if self.value == "answered" else self.value or "planned"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened. `texts`: (language or empty, text); `words`: their or our own, word for word."""

    at: Markup
    heading: str
    numbers: str
    state: State | None = None
    texts: tuple[tuple[str, str], ...] = ()
    subject: str = ""
    words: str = ""
    words_language: str = ""
    is_theirs: bool = False


@dataclass(frozen=True)
class Reader:
    """Tells one campaign's record in `language`, on the campaign's clock; what we say ourselves, in `spoken`."""

    campaign: Mapping[str, Any]
    language: str
    spoken: str
    now: datetime
    words: Words = field(default_factory=dict)

    @property
    def said(self) -> Any:
        return SAID[self.spoken]

    def text(self, text: Mapping[str, str]) -> Markup:
        """A text of the campaign, marked with its own language where that is not the page's."""
        language = next((each for each in (self.language, *text) if text.get(each)), self.spoken)
        content = in_language(text, self.language)
        if language == self.spoken:
            return escape(content)
        return Markup('<span lang="{}">{}</span>').format(language, content)

    def title(self) -> Markup:
        return self.text(self.campaign["title"])

    def step(self, key: str | None) -> str:
        titles = {step["key"]: in_language(step["title"], self.language) for step in self.campaign["steps"]}
        return titles.get(key or "", key or "")

    def demand(self, key: str) -> str:
        titles = {each["key"]: in_language(each["title"], self.language) for each in self.campaign["demands"]}
        return titles.get(key, key)

    def at(self, instant: str | None) -> str:
        return moment(datetime.fromisoformat(instant), self.spoken, self.campaign["time_zone"]) if instant else ""

    def time(self, instant: str | None) -> Markup:
        return Markup('<time datetime="{}">{}</time>').format(instant, self.at(instant)) if instant else Markup("–")

    def date(self, iso: str) -> str:
        return day(date.fromisoformat(iso), self.spoken, self.campaign["time_zone"])

    def standing(self, office: Item) -> State:
        return State(office["standing"], self.said.standings[office["standing"]])

    def silent_days(self, office: Item) -> str:
        """How long, in full days, where there is silence."""
        if office["standing"] != "silent":
            return ""
        days = (self.now - datetime.fromisoformat(office["proven_at"])).days
        return str(self.said.silence.format(days=max(days, 0)))

    def outcomes(self, office: Item) -> Iterator[tuple[Markup, State, str]]:
        """Each demand with what was recorded, and until when."""
        for demand in self.campaign["demands"]:
            found = office["demands"].get(demand["key"]) or {"kind": "", "until": None}
            until = self.said.until.format(day=self.date(found["until"])) if found["until"] else ""
            yield self.text(demand["title"]), State(found["kind"], self.said.outcomes[found["kind"]]), until

    def lines(self, log: list[Item]) -> Iterator[Line]:
        """Newest first."""
        tell = {
            "turn": self._turn, "message": self._message, "response": self._response, "outcome": self._outcome,
            "pause": self._pause, "hold": self._hold, "intervention": self._intervention, "end": self._end,
            "version": self._version, "skip": self._skip, "approval": self._approval,
        }  # fmt: skip
        for item in reversed(log):
            yield tell[item["kind"]](item)

    def _line(self, item: Item, heading: str, *texts: str, **more: Any) -> Line:
        english = more.pop("english", "")
        own = tuple(("", text) for text in texts if text)
        kept = (*own, (("en", english) if self.spoken != "en" else ("", english))) if english else own
        return Line(self.time(item["at"]), heading, self._numbers(item), texts=kept, **more)

    def _numbers(self, item: Item) -> str:
        readings, reviews = item.get("readings", ()), item.get("reviews", ())
        more = [*item.get("proofs", ()), *(each["entry"] for each in (*readings, *reviews))]
        return ", ".join(str(number) for number in (*item["entries"], *more))

    def _turn(self, item: Item) -> Line:
        told, step = item["told"], self.step(item["told"]["step"])
        due = self.said.due.format(at=self.at(told["due_at"])) if told["due_at"] else ""
        if told["kind"] == "follow-up":
            return self._line(item, self.said.reminded, due)
        if told["kind"] == "escalation":
            return self._line(item, self.said.escalated.format(at=self.at(told["missed_at"]), step=step), due)
        said = self.said.at_once if told["kind"] == "at once" else self.said.opened
        return self._line(item, said.format(step=step), due)

    def _message(self, item: Item) -> Line:
        state = item["state"] or ""
        channel = self._channel(item["told"]["channel"])
        number = item["entries"][-1]
        return self._line(
            item,
            self.said.message.format(channel=channel),
            self.at(item["state_at"]) if state == "delivered" else "",
            state=State(state, self.said.states[state]),
            subject=self.words.get((number, "subject"), ""),
            words=self._words(number),
            words_language=item["told"]["language"],
        )

    def _response(self, item: Item) -> Line:
        told, kind = item["told"], item["reading"] or ""
        words = self._words(item["entries"][-1])
        return self._line(
            item,
            self.said.wrote_back.format(channel=self._channel(told["channel"])),
            self.said.runs_on if kind in NO_ANSWER else "",
            "" if words else self.said.not_published,
            english=told["doubt"],
            state=State(kind or "unread", self.said.kinds[kind]),
            words=words,
            words_language=told["language"],
            is_theirs=True,
        )

    def _outcome(self, item: Item) -> Line:
        told = item["told"]
        reviews = [self.said.confirmed if each["holds"] else self.said.doubted for each in item["reviews"]]
        return self._line(
            item,
            self.said.recorded.format(demand=self.demand(told["demand"])),
            self.said.correction if told["corrects"] else "",
            self.said.until.format(day=self.date(told["until"])) if told["until"] else "",
            told["summary"],
            self.said.shown_by.format(what=told["evidence"]),
            *reviews,
            self.said.corrected if item["corrected_by"] else "",
            state=State(told["kind"], self.said.outcomes[told["kind"]]),
        )

    def _pause(self, item: Item) -> Line:
        told = item["told"]
        end = self.said.ended_at.format(at=self.at(told["ended_at"])) if told["ended_at"] else ""
        return self._line(item, self.said.waited, end, english=told["sentence"])

    def _hold(self, item: Item) -> Line:
        told = item["told"]
        end = self.said.ended_at.format(at=self.at(told["lifted_at"])) if told["lifted_at"] else ""
        return self._line(item, self.said.held, told["reason"], end)

    def _intervention(self, item: Item) -> Line:
        told = item["told"]
        due = self.said.due.format(at=self.at(told["due_after"])) if told["due_after"] else ""
        return self._line(item, self.said.changes.get(told["kind"], told["kind"]), told["reason"], due)

    def _end(self, item: Item) -> Line:
        return self._line(item, self.said.ends.get(item["told"]["status"], item["told"]["status"]))

    def _skip(self, item: Item) -> Line:
        told = item["told"]
        return self._line(item, self.said.skipped.format(step=self.step(told["step"])), english=told["sentence"])

    def _approval(self, item: Item) -> Line:
        said = self.said.disapproved if item["told"]["taken_back_at"] else self.said.approved
        return self._line(item, said.format(step=self.step(item["told"]["step"])))

    def _version(self, item: Item) -> Line:
        return self._line(item, self.said.edited)

    def _words(self, number: int) -> str:
        return self.words.get((number, "shown")) or self.words.get((number, "words"), "")

    def _channel(self, name: str) -> str:
        return CHANNELS[name].title if name in CHANNELS else name


def language_title(code: str) -> str:
    """A language's name in itself."""
    try:
        return (Locale.parse(code, sep="-").get_display_name() or code).capitalize()
    except (ValueError, UnknownLocaleError):
        return code
