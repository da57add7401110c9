"""Which language a recipient is written to in."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from babel import Locale, UnknownLocaleError


def language_name(code: str) -> str:
    """The language's name in English; the code itself where nobody knows one."""
    try:
        return Locale.parse(code, sep="-").get_display_name("en") or code
    except (ValueError, UnknownLocaleError):
        return code


def own_name(code: str) -> str:
    """What the language calls itself; the code itself where nobody knows."""
    try:
        return (Locale.parse(code, sep="-").get_display_name() or code).capitalize()
    except (ValueError, UnknownLocaleError):
        return code


@dataclass(frozen=True, slots=True)
class Choice:
    """The language chosen. `fallback`: it is not the reader's first one, `wanted`, which has no approved wording."""

    language: str
    fallback: bool
    wanted: str


def choose(languages: Sequence[str], approved: Collection[str], default: str) -> Choice:
    """The first of the reader's languages with an approved wording; where there is none, the campaign's default.

    A reader of `pt-BR` is content with `pt`. `default` is taken to be approved: a campaign is not accepted otherwise.
    """
    wanted = languages[0] if languages else default
    for language in languages:
        for candidate in (language, language.split("-")[0]):
            if candidate in approved:
                return Choice(candidate, fallback=language != wanted, wanted=wanted)
    return Choice(default, fallback=bool(languages), wanted=wanted)
