"""What people and files say is shown as they said it. It never becomes markup, code or a link of its own."""

from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.words.page import clean
from campaigns.words.problem import Unfit
from campaigns.words.wording import Source, render
from tests.campaigns.words.occasions import context, letter, post

BODY = """# Dear {{ supporter.name }}

{{ supporter.name }} wrote **{{ supporter.name }}**, `{{ supporter.name }}` and

- {{ supporter.name }}
1. {{ supporter.name }}

> {{ supporter.name }} [see {{ supporter.name }}](https://road.example/?who={{ supporter.name }})
{{ supporter.name }}
"""
NASTY = [
    "*bold*", "_it_", "# heading", "- item", "1. item", "1", "    code", "<b>b</b>", "<script>", "[x](https://evil.example)",
    "![x](https://evil.example/p.png)", "<https://evil.example>", "`code`", "\n\n# new\n\n", "&lt;", "{{ addressee }}",
    "a\"b'c", "]](", "---", "> quote", "\\", "~~~", "a\u2028b", "\x00", "\U000f0001", "\ud800",
]  # fmt: skip


class Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, list[str]]] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag != "br":
            self.seen.append((tag, sorted(name for name, _ in attrs)))

    def handle_data(self, data):
        self.words.append(data)


def shape(name: str) -> list[tuple[str, list[str]]]:
    return Tags(letter(BODY, supporter_name=name).html).seen


@pytest.mark.parametrize("name", NASTY)
def test_a_name_never_changes_the_shape_of_a_letter(name):
    if clean(name).strip():
        assert shape(name) == shape("Anna")


@given(st.text(max_size=80).filter(lambda name: clean(name).strip()))
@settings(max_examples=150, deadline=None)
def test_no_name_of_any_kind_changes_the_shape_of_a_letter(name):
    assert shape(name) == shape("Anna")


@given(st.text(max_size=60, alphabet=st.characters(categories=["L", "P", "S", "N"])).filter(str.strip))
@settings(max_examples=100, deadline=None)
def test_a_name_is_read_exactly_as_it_was_given(name):
    written = letter("Dear {{ supporter.name }},", supporter_name=name)
    assert written.text == f"Dear {clean(name)},\n"
    assert f"Dear {clean(name)}," in unescape(written.html)


def test_lines_of_a_value_stay_lines_and_begin_nothing_new():
    written = letter("- {{ supporter.name }}", supporter_name="one\n# two\n\nthree")
    assert written.text == "- one\n  # two\n\n  three\n"
    assert "one<br># two<br><br>three" in written.html


def test_a_subject_and_a_post_keep_to_themselves():
    assert letter("x").subject == "To French Republic"
    assert post("Hello {{ supporter.name }}", supporter_name="*A* <b>\x07") == "Hello *A* <b>"


def test_a_subject_is_one_line_whatever_is_put_into_it():
    source = Source("x", subject="To {{ supporter.name }}")
    assert render(source, context(supporter_name="A\r\nBcc: b@b.example")).subject == "To A Bcc: b@b.example"


@pytest.mark.parametrize("target", ["javascript:alert(1)", "data:text/html,x", "/relative", "file:///etc/passwd", ""])
def test_a_link_leads_to_the_web_or_to_a_mailbox_or_the_wording_is_refused(target):
    with pytest.raises(Unfit, match="a link leads to"):
        letter(f"[x]({target})")


def test_a_link_made_of_data_is_refused_if_it_would_lead_elsewhere():
    with pytest.raises(Unfit, match="a link leads to"):
        letter("[x]({{ supporter.name }})", supporter_name="javascript:alert(1)")


def test_raw_html_and_pictures_in_a_wording_are_shown_not_obeyed():
    html = letter("<script>alert(1)</script> ![x](https://a.example/x.png) <img src=x>").html
    assert "<script" not in html
    assert "<img" not in html
