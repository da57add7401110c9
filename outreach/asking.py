"""The words under which our forms ask for consent: a form names them by a key, and they are kept when it is read."""

from collections.abc import Collection
from functools import cache

from campaigns.consent import Asked
from outreach.public.sign_sentences import SIGN


def key_of(language: str) -> str:
    """The key of the question about messages, in one of our languages."""
    return Asked.key_of(_words(language), language)


def known(keys: Collection[str]) -> frozenset[str]:
    """Those of these keys that name words we have shown; ours are written down if they have not been yet."""
    kept = set(Asked.objects.filter(pk__in=keys).values_list("pk", flat=True))
    for key in set(keys) & _ours().keys() - kept:
        kept.add(Asked.keep(_words(_ours()[key]), _ours()[key]).pk)
    return frozenset(kept)


@cache
def _ours() -> dict[str, str]:
    return {key_of(language): language for language in SIGN}


def _words(language: str) -> str:
    said = SIGN[language]
    return f"{said.contact}\n– {said.contact_yes}\n– {said.contact_no}"
