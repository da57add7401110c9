"""A letter is readable as plain text and as HTML, in the reader's own language and direction."""

from datetime import UTC, datetime

import pytest

from campaigns.words.language import Choice, choose
from campaigns.words.problem import Unfit
from campaigns.words.wording import Source, compiled, problems_of
from tests.campaigns.words.occasions import BRIEF, FRANCE, MALTA, letter, post


def test_the_text_part_has_numbered_demands_and_links_with_their_addresses():
    body = """{{ addressee.salutation }},

We ask:

{% for demand in demands %}
{{ demand.number }}. **{{ demand.title }}**: {{ demand.text }}
{% endfor %}

See [the record]({{ links.record }}), {{ links.campaign }} or [write](mailto:{{ sender.email }}).
"""
    assert letter(body).text == (
        "Your Excellency,\n\nWe ask:\n\n1. Open it: The road is open.\n2. Let them go: Captives go home.\n\n"
        "See the record (https://road.example/r/fr),\n"
        "https://road.example/campaigns/road or write (people@road.example).\n"
    )


def test_lines_are_at_most_76_columns_and_addresses_stay_whole():
    address = "https://road.example/" + "a" * 90
    text = letter("word " * 60 + f"\n\n- {'item ' * 30}\n\n> {'quote ' * 30}\n\nsee <{address}> there").text
    assert address in text.split("\n")
    assert max(len(line) for line in text.split("\n") if address not in line) <= 76
    assert "\n> quote" in text


def test_scripts_without_spaces_are_not_broken():
    chinese = "我们要求开放道路" * 20
    assert chinese in letter(chinese).text


def test_the_html_part_names_its_language_and_runs_from_right_to_left_where_that_is_written():
    assert '<html lang="ar" dir="rtl">' in letter("مرحبا", language="ar").html
    assert '<html lang="en" dir="ltr">' in letter("Hello").html


def test_a_letter_needs_nothing_from_elsewhere():
    html = letter("# Hello\n\n{{ links.record }}").html
    assert "src=" not in html
    assert "<style" not in html
    assert "<link" not in html


@pytest.mark.parametrize(
    ("language", "day", "moment", "list_"),
    [
        ("en", "5 May 2023", "23:59 on 5 May 2023 (Yerevan time)", "co-chair and member"),
        ("fr", "5 mai 2023", "5 mai 2023, 23:59 (Erevan)", "co-chair et member"),
        ("ru", "5 мая 2023 г.", "5 мая 2023 г., 23:59 (Ереван)", "co-chair и member"),
        ("hy", "05 մայիսի, 2023 թ.", "05 մայիսի, 2023 թ., 23:59 (Երևան)", "co-chair և member"),
    ],
)
def test_days_moments_and_lists_are_written_as_the_reader_writes_them(language, day, moment, list_):
    body = "{{ deadline|day }}|{{ deadline|moment }}|{{ addressee.capacities|listing }}"
    assert " ".join(post(body, language=language).split()) == f"{day}|{moment}|{list_}"


def test_names_come_in_the_readers_language_where_the_campaign_has_them():
    assert post("{{ addressee.name }} ({{ addressee.country }})", language="fr") == "République française (France)"
    assert post("{{ addressee.name }}", addressee=MALTA, language="fr") == "Republic of Malta"
    assert BRIEF.lacks_term("Republic of Malta", "fr")
    assert not BRIEF.lacks_term("Republic of Malta", "en")


def test_only_demands_still_open_are_named_and_they_keep_their_numbers():
    assert (
        post("{% for d in demands %}{{ d.number }} {{ d.title }}{% endfor %}", open_demands={"free"}) == "2 Let them go"
    )


def test_the_last_step_has_no_next_deadline_and_a_wording_can_ask():
    body = "{% if answer_by %}by {{ answer_by|day }}{% else %}closed{% endif %}"
    assert post(body) == "closed"
    assert post(body, answer_by=datetime(2023, 5, 7, tzinfo=UTC)) == "by 7 May 2023"


def test_every_mistake_is_named_at_once_with_its_place_and_a_suggestion():
    source = Source(
        "Dear {{ adressee.name }}\n\n{{ addressee.nmae }} {{ deadline|dya }}", subject="{{ campain.title }}"
    )
    found = {(p.part, p.line, p.column, p.value, p.suggestion) for p in problems_of(source)}
    assert found == {
        ("subject", 1, 4, "campain", "campaign"),
        ("body", 1, 9, "adressee", "addressee"),
        ("body", 3, 14, "nmae", "name"),
        ("body", 3, 34, "dya", "day"),
    }


def test_a_mistake_in_a_branch_that_is_never_taken_is_named_too():
    assert problems_of(Source("{% if addressee.key == 'nobody' %}{{ addressee.nmae }}{% endif %}", subject="x"))


def test_a_failure_while_writing_names_the_line():
    with pytest.raises(Unfit) as unfit:
        letter("one\n\ntwo {{ supporter.name }}")
    assert [(p.line, p.column) for p in unfit.value.problems] == [(3, 5)]
    assert "nobody in particular is written to here, so there is no `supporter`" in str(unfit.value)


def test_a_wording_is_compiled_once_for_each_version_of_its_text():
    source = Source("compiled once {{ addressee.name }}", subject="x")
    assert compiled(source) is compiled(Source("compiled once {{ addressee.name }}", subject="x"))
    assert compiled(source).uses == {("addressee", "name")}


def test_the_first_language_of_the_reader_with_an_approved_wording_is_chosen():
    assert choose(["fr", "en"], {"en", "fr"}, "en") == Choice("fr", fallback=False, wanted="fr")
    assert choose(["zh", "en"], {"en", "fr"}, "fr") == Choice("en", fallback=True, wanted="zh")
    assert choose(["zh", "ja"], {"en", "fr"}, "fr") == Choice("fr", fallback=True, wanted="zh")
    assert choose(["pt-BR"], {"en", "pt"}, "en") == Choice("pt", fallback=False, wanted="pt-BR")
    assert choose([], {"en"}, "en") == Choice("en", fallback=False, wanted="en")


def test_silent_addressees_can_be_listed_by_one_of_their_parts():
    body = "{{ silent|sort(attribute='name')|listing(attribute='name') }}"
    assert post(body, silent=(MALTA, FRANCE)) == "French Republic and Republic of Malta"
