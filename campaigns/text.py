"""Text in several languages: a map from language to string, as campaign files write it and rows keep it."""

from collections.abc import Mapping

Text = Mapping[str, str]


def in_language(text: Text, *languages: str) -> str:
    """The text in the first of `languages` it has; else in the first it was written in; empty if it has none."""
    for language in languages:
        if text.get(language):
            return text[language]
    return next(iter(text.values()), "")
