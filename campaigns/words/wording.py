"""From a wording and a context to the exact text for one recipient. The only door to the template language."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import TracebackType

from jinja2 import Template, TemplateSyntaxError, UndefinedError, nodes

from campaigns.words.context import ABSENT, Context
from campaigns.words.grammar import Grammar
from campaigns.words.letter import Places, Set, set_letter
from campaigns.words.limits import LONGEST_SUBJECT, LONGEST_TEXT
from campaigns.words.page import Page, written_on
from campaigns.words.problem import Problem, Refused, Unfit
from campaigns.words.sandbox import Fence, Sandbox, for_letters, for_lines
from campaigns.words.source import Text
from campaigns.words.syntax import what_is_wrong

FILE = "<wording>"


@dataclass(frozen=True, slots=True)
class Source:
    """One version of a wording as it was written. A letter is Markdown with a subject; a post is plain text without."""

    body: str
    subject: str = ""
    is_letter: bool = True


@dataclass(frozen=True, slots=True)
class Rendered:
    """The exact text for one recipient. A post has neither subject nor HTML."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Compiled:
    """A wording ready to be written many times. `uses`: what it speaks of, as `Grammar` notes it."""

    source: Source
    subject: Template | None
    body: Template
    uses: frozenset[tuple[str, str]]
    only_prints_people: bool = False

    def render(self, context: Context) -> Rendered:
        """Raises Unfit if this wording cannot be written for this reader."""
        if self.subject is None:
            return Rendered("", tidy(self._written("body", self.body, context)[0]), "")
        subject, letter, places = self.set(context)
        try:
            text, html = letter.filled(places, subject)
        except Refused as refused:
            raise Unfit([Problem("body", 1, 1, str(refused))]) from None
        return Rendered(subject, text, html)

    def typed(self, context: Context) -> Rendered:
        """The letter as somebody would type it: each paragraph is one line, and there is no HTML. Raises Unfit."""
        subject, letter, places = self.set(context)
        try:
            return Rendered(subject, letter.typed(places), "")
        except Refused as refused:
            raise Unfit([Problem("body", 1, 1, str(refused))]) from None

    def headline(self, context: Context) -> str:
        """The subject, or a post's whole text. Raises Unfit as `render` does, and takes a good part less time."""
        if self.subject is None:
            return self.render(context).text
        subject, letter, places = self.set(context)
        try:
            letter.fillings(places.items())
        except Refused as refused:
            raise Unfit([Problem("body", 1, 1, str(refused))]) from None
        return subject

    def set(self, context: Context) -> tuple[str, Set, Places]:
        """The subject, the letter set, and what is to come into its places. Raises Unfit."""
        subject = one_line(self._written("subject", self.subject, context)[0]) if self.subject else ""
        body, page = self._written("body", self.body, context)
        try:
            return subject, set_letter(body, context.language), page.places
        except Refused as refused:
            raise Unfit([Problem("body", 1, 1, str(refused))]) from None

    def _written(self, part: str, template: Template, context: Context) -> tuple[str, Page]:
        page = Page(context.language, context.time_zone)
        with written_on(page):
            try:
                return "".join(_measured(template, context.names())), page
            except (Refused, UndefinedError, TypeError, ValueError, ArithmeticError, RecursionError) as error:
                raise Unfit([self._problem(part, error)]) from None

    def _problem(self, part: str, error: Exception) -> Problem:
        text = Text(part, getattr(self.source, part))
        return text.problem(_line_of(error.__traceback__), "", _sentence(error), value="")


@lru_cache(maxsize=512)
def compiled(source: Source) -> Compiled:
    """The wording, compiled once for each version of its text. Raises Unfit with everything that is wrong with it."""
    subject = Text("subject", source.subject)
    body = Text("body", source.body)
    problems: list[Problem] = [*subject.unwritable(), *body.unwritable()]
    if problems:
        raise Unfit(problems)
    parts: dict[str, Template] = {}
    uses: set[tuple[str, str]] = set()
    only_prints_people = True
    for text, sandbox in ((subject, for_lines()), (body, for_letters() if source.is_letter else for_lines())):
        grammar = Grammar(text)
        parts[text.part] = _template(sandbox, grammar)
        problems += grammar.problems
        uses |= grammar.uses
        only_prints_people &= grammar.only_prints_people
    if problems:
        raise Unfit(problems)
    subject_template = parts["subject"] if source.is_letter else None
    return Compiled(source, subject_template, parts["body"], frozenset(uses), only_prints_people)


def problems_of(source: Source) -> tuple[Problem, ...]:
    """Everything wrong with a wording that can be told without a reader; empty if it is fit."""
    try:
        compiled(source)
    except Unfit as unfit:
        return unfit.problems
    return ()


def render(source: Source, context: Context) -> Rendered:
    """The exact text for one recipient. Raises Unfit."""
    return compiled(source).render(context)


def one_line(subject: str) -> str:
    """A subject, whatever was put into it. Raises Unfit if it is too long for one."""
    line = " ".join(subject.split())
    if len(line) > LONGEST_SUBJECT:
        raise Unfit([Problem("subject", 1, 1, f"the subject is longer than {LONGEST_SUBJECT} characters", line)])
    return line


def tidy(text: str) -> str:
    """A post without trailing spaces, and with one empty line at most between paragraphs."""
    lines = [line.rstrip() for line in text.strip().split("\n")]
    return "\n".join(line for number, line in enumerate(lines) if line or lines[number - 1])


def _template(sandbox: Sandbox, grammar: Grammar) -> Template:
    """The compiled template; an empty one where the grammar found problems."""
    nothing: Template = Template("")
    try:
        tree: nodes.Template = sandbox.parse(grammar.text.text)
        grammar.read(tree)
        if grammar.problems:
            return nothing
        code = sandbox.compile(Fence().visit(tree), filename=FILE)
        template: Template = Template.from_code(sandbox, code, sandbox.make_globals(None))
        return template
    except TemplateSyntaxError as error:
        grammar.problems.append(what_is_wrong(grammar.text, error))
    except (RecursionError, MemoryError, SyntaxError, ValueError, OverflowError):
        grammar.problems.append(Problem(grammar.text.part, 1, 1, "this is nested too deeply to be read"))
    return nothing


def _measured(template: Template, names: Mapping[str, object]) -> Iterator[str]:
    length = 0
    for piece in template.root_render_func(template.new_context(dict(names))):
        length += len(piece)
        if length > LONGEST_TEXT:
            raise Refused(f"this wording becomes longer than {LONGEST_TEXT:,} characters")
        yield piece


def _sentence(error: Exception) -> str:
    if isinstance(error, Refused):
        return str(error)
    if isinstance(error, UndefinedError):
        for name, why in ABSENT.items():
            if f"'{name}' is undefined" in str(error):
                return f"{why}, so there is no `{name}`"
        return f"there is nothing here: {error.message}"
    return f"this cannot be written: {error}"


def _line_of(trace: TracebackType | None) -> int:
    """The line of the wording that was being written when it failed."""
    line = 1
    while trace:
        if trace.tb_frame.f_code.co_filename == FILE:
            line = _in_the_wording(trace.tb_frame.f_globals, trace.tb_lineno)
        trace = trace.tb_next
    return line


def _in_the_wording(compiled_as: Mapping[str, object], line: int) -> int:
    pairs = [pair.split("=") for pair in str(compiled_as.get("debug_info", "")).split("&") if pair]
    return max([int(wording) for wording, code in pairs if int(code) <= line] or [1])
