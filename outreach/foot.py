"""The foot of a letter to an office whose wording does not say it: where to answer, and the passcode."""

from dataclasses import replace
from html import escape
from uuid import UUID

from campaigns.ladder import ADDRESSEES
from campaigns.words.dates import is_right_to_left
from campaigns.words.letter import STYLES
from campaigns.words.wording import Rendered
from channels.channel import CHANNELS
from outreach.links import answering
from outreach.own_words import own_words

LETTERS = ("email", "letter")
STYLE = (
    "max-width:38em;margin:1.6em auto 0;padding:1em 0 0;border-top:1px solid #d8d4c8;"
    "font-family:Georgia,'Times New Roman',serif;font-size:17px;line-height:1.55"
)
Answer = tuple[str, str]
"""A link and its passcode."""


def answer_of(appeal: UUID | None, audience: str, channel: str) -> Answer | None:
    """Where the office of this appeal answers; None in a message to anybody else, and in public."""
    if appeal is None or audience != ADDRESSEES or CHANNELS[channel].is_public:
        return None
    return answering().link(appeal), answering().passcode(appeal)


def with_answer(words: Rendered, channel: str, language: str, answer: Answer | None) -> Rendered:
    """The letter with link and passcode at its foot; as it is, if it is no letter, or has them already."""
    if answer is None or channel not in LETTERS:
        return words
    link, passcode = answer
    if link in words.text and passcode in words.text:
        return words
    own, spoken = own_words(language)
    lines = own.online.format(link=link), own.passcode.format(passcode=passcode)
    text = f"{words.text.rstrip()}\n\n{lines[0]}\n{lines[1]}\n"
    return replace(words, text=text, html=_with_foot(words.html, lines, link, spoken))


def _with_foot(html: str, lines: tuple[str, str], link: str, language: str) -> str:
    head, body, rest = html.rpartition("</body>")
    if not body:
        return html
    online, passcode = (escape(line) for line in lines)
    online = online.replace(escape(link), f'<a href="{escape(link)}" style="{STYLES["a"]}">{escape(link)}</a>')
    direction = "rtl" if is_right_to_left(language) else "ltr"
    return f'{head}<p lang="{language}" dir="{direction}" style="{STYLE}">{online}<br>{passcode}</p>\n{body}{rest}'
