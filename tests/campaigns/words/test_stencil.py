"""A letter written once for many supporters is, for each of them, the letter written for them alone."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.words.context import Links, Supporter
from campaigns.words.link import Link
from campaigns.words.page import clean
from campaigns.words.stencil import Stencil, stencil
from campaigns.words.wording import Source, compiled
from tests.campaigns.words.occasions import FRANCE, MALTA, context

BODY = """# Dear {{ supporter.name }}

{{ supporter.name }}, these have not answered, and **you, {{ supporter.name }}**, can [write]({{ links.write }}) to:

{% for each in silent %}
- {{ each.name }}, {{ each.holder }}
{% endfor %}

> {{ supporter.name }}, {{ campaign.title }}, a sentence so long that it is broken into lines, {{ deadline|moment }}

`{{ supporter.name }}` [{{ supporter.name }}](https://road.example/?{{ supporter.name }}) {{ links.unsubscribe }}
"""
LETTER = compiled(Source(BODY, subject="{{ supporter.name }}: write for {{ campaign.title }}"))
CONTEXT = context(addressee=None, silent=(FRANCE, MALTA), supporter_name="")


def links(token: str) -> Links:
    return Links(
        campaign=Link("https://road.example/"),
        record=Link("https://road.example/"),
        write=Link("https://road.example/write"),
        evidence=Link("https://road.example/"),
        report=Link("https://road.example/report"),
        unsubscribe=Link(f"https://road.example/unsubscribe/{token}"),
    )


@given(st.text(max_size=60), st.integers(0, 10**9))
@settings(max_examples=150, deadline=None)
def test_a_filled_stencil_is_the_letter_written_for_that_supporter(name, token):
    made = stencil(LETTER, CONTEXT)
    assert made
    theirs = links(str(token))
    alone = LETTER.render(replace(CONTEXT, supporter=Supporter(name), links=theirs))
    filled = made.fill(name, theirs)
    assert (filled is not None) == bool(clean(name).strip())
    if filled:
        assert made.whole(filled) == alone
        assert made.pattern.filled(dict(zip(made.marks, filled.words, strict=True))) == (alone.text, alone.html)
    assert Stencil.kept(json.loads(json.dumps(made.to_keep()))).fill(name, theirs) == filled


def test_links_that_are_the_same_for_all_are_filled_in_before():
    shared = replace(CONTEXT, links=links("shared"))
    made = stencil(LETTER, shared, own=("unsubscribe",))
    assert made
    theirs = links("own")
    filled = made.fill("Anna", theirs)
    assert filled
    assert made.whole(filled) == LETTER.render(replace(CONTEXT, supporter=Supporter("Anna"), links=theirs))


def test_what_is_empty_may_change_the_letter_so_that_it_is_not_filled_in():
    made = stencil(LETTER, CONTEXT)
    assert made
    assert made.fill("Anna", Links()) is None
    assert made.fill(" ", links("1")) is None


@pytest.mark.parametrize(
    "body",
    [
        "{% if supporter.name %}Dear {{ supporter.name }}{% endif %}",
        "{{ supporter.name|upper }}",
        "{{ 'Dear ' ~ supporter.name }}",
        "{% set name = supporter.name %}{{ name|upper }}",
        "{{ supporter.name if links.write else '' }}",
    ],
)
def test_a_wording_that_does_more_than_name_people_has_no_stencil(body):
    assert stencil(compiled(Source(body, subject="x")), CONTEXT) is None


def test_a_post_has_no_stencil():
    assert stencil(compiled(Source("Hello", is_letter=False)), CONTEXT) is None
