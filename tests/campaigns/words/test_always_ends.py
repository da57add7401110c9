"""Whatever is written into a wording, reading and writing it ends, soon, and reaches nothing outside."""

import time
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.words.problem import Unfit
from campaigns.words.wording import Source, problems_of, render
from tests.campaigns.words.occasions import MALTA, context, letter

DOUBLING = "{% set a = 'xxxxxxxxxx' %}" + "{% set a = a ~ a %}" * 60 + "{{ a }}"
PIECES = [
    *"{}%()[]|.~*_-+'\"\\ \n#<>&abd123", "{{ ", " }}", "{% ", " %}", "for ", " in ", "if ",
    "{% endfor %}", "{% endif %}",
    "silent", "demands", "addressee", ".name", "|day", "|join", "|listing", "set ", "loop", "{% raw %}", "{% endraw %}",
    "{% for x in silent %}", "{% if x %}", "{{ x.name }}", "{{ loop.index }}", "{{ deadline|day }}",
]  # fmt: skip
NESTED = "{% for a in silent %}{% for b in silent %}{% for c in silent %}.{% endfor %}{% endfor %}{% endfor %}"


def complaint(body: str, **changes: object) -> str:
    with pytest.raises(Unfit) as unfit:
        letter(body, **changes)
    return str(unfit.value)


@pytest.mark.parametrize(
    "body",
    [
        "{% for i in range(1000000000) %}x{% endfor %}",
        "{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}",
        "{% for a in silent recursive %}{{ loop(silent) }}{% endfor %}",
        "{% while true %}{% endwhile %}",
        "{{ cycler(1, 2) }}",
        "{{ lipsum(100000) }}",
    ],
)
def test_a_wording_that_would_never_end_is_named_as_such(body):
    assert "this wording would never end" in complaint(body)


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ("{{ addressee.__class__ }}", "addressee.__class__"),
        ("{{ addressee['__class__'] }}", "addressee.__class__"),
        ("{{ ''.__class__.__mro__ }}", "__class__.__mro__"),
        ("{{ addressee.__init__.__globals__ }}", "addressee.__init__.__globals__"),
        ("{{ addressee.name.__len__() }}", "addressee.name.__len__"),
    ],
)
def test_a_wording_that_reaches_outside_is_refused_by_the_path_it_takes(body, path):
    assert f"`{path}` reaches outside" in complaint(body)


@pytest.mark.parametrize(
    "body",
    [
        "{{ silent|map(attribute='__class__')|join }}",
        "{{ addressee|attr('__class__') }}",
        "{{ '{0.__class__}'.format(addressee) }}",
        "{{ '%s'|format(addressee) }}",
        "{{ self }}", "{{ caller() }}", "{{ namespace() }}", "{{ dict() }}", "{{ {}|xmlattr }}",
        "{% include 'x' %}", "{% import 'x' as y %}", "{% extends 'x' %}", "{% block a %}{% endblock %}",
        "{% filter upper %}x{% endfilter %}", "{% set x %}y{% endset %}", "{% call x() %}{% endcall %}",
        "{{ 'a' * 1000000000 }}", "{{ 9 ** 9 ** 9 }}", "{{ 1 / 0 }}", "{{ '%1000000000d' % 1 }}", "{{ 'a' + 'b' }}",
        "{{ [silent, silent] }}", "{{ silent[0:1] }}", "{{ addressee[addressee.key] }}", "{{ '9'|center(1000000) }}",
    ],
)  # fmt: skip
def test_what_a_letter_does_not_need_is_not_there(body):
    assert complaint(body)


@pytest.mark.parametrize(
    "body",
    [
        DOUBLING,
        NESTED.replace(".", DOUBLING),
        "{% if addressee %}" * 60 + "{% endif %}" * 60,
        "{% for a in silent %}" * 5 + "{% endfor %}" * 5,
        "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
        "{{ " + "not " * 5000 + "1 }}",
        "{{ addressee" + ".name" * 5000 + " }}",
        "{{ " + "9" * 9000 + " }}",
        "[" * 20_000 + "x" + "]" * 20_000,
        "> " * 5000 + "x",
        "- " * 5000 + "x",
        "*" * 50_000,
        "x" * 100_001,
    ],
)
def test_a_wording_that_would_fill_the_memory_or_the_stack_is_answered_quickly(body):
    started = time.perf_counter()
    with suppress(Unfit):
        letter(body)
    assert time.perf_counter() - started < 5


def test_loops_and_lists_share_one_limit_of_turns():
    many = (MALTA,) * 300
    assert "this wording would never end" in complaint(NESTED, silent=many)
    assert "this wording would never end" in complaint(
        "{% for a in silent %}{% if 'x' in silent %}{% endif %}{% endfor %}", silent=many
    )
    assert "this wording would never end" in complaint(
        "{% for a in silent %}{{ silent|listing(attribute='name') }}{% endfor %}", silent=many
    )


def test_a_letter_longer_than_allowed_is_stopped_while_it_is_written():
    body = "{% for a in silent %}" + "words " * 1000 + "{% endfor %}"
    assert "longer than 200,000 characters" in complaint(body, silent=(MALTA,) * 500)


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
@settings(max_examples=300, deadline=None)
def test_any_text_at_all_is_either_written_or_answered_with_problems(body):
    source = Source(body, subject="x")
    if not problems_of(source):
        with suppress(Unfit):
            render(source, context())
