"""An answer apart from what it answers, in the languages and mail programs of those who answer."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channels.incoming.quotes import folded
from tests.channels.incoming.mails import read

OWN = "We shall open it.\nAll of it."
QUOTED = "> Open the road.\n> Now."
INTRODUCTIONS = {
    "en": "On Fri, 28 Apr 2023 at 08:00, The people <people@road.example> wrote:",
    "en, in two lines": "On Fri, 28 Apr 2023 at 08:00, The people of the road\n<people@road.example> wrote:",
    "fr": "Le ven. 28 avr. 2023 à 08:00, Les gens <people@road.example> a écrit :",
    "de": "Am 28.04.2023 um 08:00 schrieb Die Leute <people@road.example>:",
    "es": "El vie, 28 abr 2023 a las 8:00, La gente (<people@road.example>) escribió:",
    "it": "Il giorno ven 28 apr 2023 alle ore 08:00 La gente <people@road.example> ha scritto:",
    "pt": "Em sex., 28 de abr. de 2023 às 08:00, A gente <people@road.example> escreveu:",
    "ru": "пт, 28 апр. 2023 г. в 08:00, Люди <people@road.example> написал(а):",
    "ru, another": "28.04.2023 8:00, Люди пишет:",
    "uk": "пт, 28 квіт. 2023 р. о 08:00 Люди <people@road.example> пише:",
    "hy": "2023 թ. ապրիլի 28-ին 08:00-ին Մարդիկ <people@road.example> գրել է՝",
    "tr": "İnsanlar <people@road.example>, 28 Nis 2023 Cum, 08:00 tarihinde şunu yazdı:",
    "az": "28.04.2023 08:00, İnsanlar <people@road.example> yazdı:",
    "pl": "pt., 28 kwi 2023 o 08:00 Ludzie <people@road.example> napisał(a):",
    "ar": "في الجمعة، 28 أبريل 2023 الساعة 8:00 كتب الناس <people@road.example>:",
    "zh": "人们 <people@road.example> 于2023年4月28日周五 08:00写道：",
    "ja": "2023年4月28日(金) 8:00 人々 <people@road.example>のメール:",
    "nl": "Op vr 28 apr 2023 om 08:00 schreef De mensen <people@road.example>:",
}
COPIES = {
    "en": "From: The people <people@road.example>\nSent: Friday, April 28, 2023 8:00 AM\nTo: Office\nSubject: Road",
    "de": "Von: Die Leute <people@road.example>\nGesendet: Freitag, 28. April 2023 08:00\nAn: Amt\nBetreff: Die Straße",
    "fr": "De : Les gens <people@road.example>\nEnvoyé : vendredi 28 avril 2023 08:00\nÀ : Bureau\nObjet : La route",
    "ru": "От: Люди <people@road.example>\nОтправлено: 28 апреля 2023 г. 8:00\nКому: Канцелярия\nТема: Дорога",
    "hy": "Ումից՝ Մարդիկ <people@road.example>\nԱմսաթիվ՝ 28 ապրիլի 2023\nԹեմա՝ Ճանապարհ",
    "tr": "Kimden: İnsanlar <people@road.example>\nGönderildi: 28 Nisan 2023 Cuma 08:00\nKime: Ofis\nKonu: Yol",
    "zh": "发件人: 人们 <people@road.example>\n发送时间: 2023年4月28日 8:00\n收件人: 办公室\n主题: 道路",
    "across": "-----Ursprüngliche Nachricht-----\nVon: Die Leute\nBetreff: Die Straße",
    "a line": "________________________________\nFrom: The people <people@road.example>\nDate: Friday\nSubject: Road",
}


@pytest.mark.parametrize("language", INTRODUCTIONS)
def test_what_stands_below_somebody_wrote_is_folded_away(language):
    found = folded(f"{OWN}\n\n{INTRODUCTIONS[language]}\n{QUOTED}\n")
    assert found.own == OWN
    assert "Open the road." in found.quoted


@pytest.mark.parametrize("language", COPIES)
def test_what_stands_below_a_copy_of_the_headers_is_folded_away(language):
    found = folded(f"{OWN}\n\n{COPIES[language]}\n\nOpen the road.\n")
    assert found.own == OWN
    assert "Open the road." in found.quoted


def test_answers_between_and_below_quotes_are_kept():
    text = f"{INTRODUCTIONS['en']}\n> One?\nYes.\n> Two?\nNo.\n\nThat is all."
    assert folded(text).own == "Yes.\nNo.\n\nThat is all."


def test_signatures_and_what_programs_add_are_folded_away():
    assert folded(f"{OWN}\n\nSent from my iPhone").own == OWN
    assert folded(f"{OWN}\n-- \nThe Office\nStreet 1").own == OWN
    assert folded(f"{OWN}\n\nEnvoyé de mon iPhone").own == OWN


def test_ordinary_sentences_are_no_introductions():
    for sentence in (
        "As I wrote:",
        "He wrote on Friday that we shall wait:",
        "From: what I hear, all is well.",
        "Date: Friday",
    ):
        assert folded(f"{sentence}\nIt is open.").own == f"{sentence}\nIt is open."


def test_html_is_read_as_a_person_reads_it_and_its_quote_is_folded():
    page = (
        "<html><head><title>no</title></head><body><p>We shall&nbsp;open it.</p><ul><li>one<li>two</ul>"
        '<div class="gmail_quote"><div>On Fri, 28 Apr 2023, A &lt;a@road.example&gt; wrote:<br></div>'
        "<blockquote>Open the road.<blockquote>Older.</blockquote></blockquote></div></body></html>"
    )
    reading = read(page, headers={"Content-Type": "text/html; charset=utf-8"})
    assert reading.own_text == "We shall open it.\n\n- one\n- two"
    assert "> Open the road." in reading.quoted
    assert "> > Older." in reading.quoted


def test_outlooks_quote_is_folded_though_nothing_marks_its_lines():
    page = (
        '<p>We shall open it.</p><div id="appendonsend"></div><hr>'
        "<p><b>From:</b> A<br><b>Sent:</b> Friday</p><p>Open the road.</p>"
    )
    assert read(page, headers={"Content-Type": "text/html"}).own_text == "We shall open it."


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from([*INTRODUCTIONS.values(), *COPIES.values(), QUOTED, OWN, "-- ", "", "x" * 900]), max_size=9
    )
)
def test_no_line_is_lost(pieces):
    text = "\n".join(pieces)
    found = folded(text)
    kept = sorted(line for line in f"{found.own}\n{found.quoted}".split("\n") if line.strip())
    assert kept == sorted(line.rstrip() for line in text.split("\n") if line.strip())
