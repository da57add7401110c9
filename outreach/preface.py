"""What stands at the head of a letter that is written again: that we wrote before, where, and what came of it."""

from datetime import datetime
from html import escape

from campaigns.words.dates import day, is_right_to_left
from outreach.delivery import Delivery
from outreach.own_words import own_words

State = Delivery.State
STYLE = "max-width:38em;margin:0 auto 1em;font-family:Georgia,'Times New Roman',serif;font-size:17px;font-style:italic"


def preface(before: Delivery, language: str, zone: str) -> tuple[str, str]:
    """The sentence in the reader's language, or in English where we do not know it; and the language it is in.

    Empty if nothing of `before` ever left. `zone`: whose day it was.
    """
    words, spoken = own_words(language)
    at: datetime | None = before.tried_at or before.sent_at
    if at is None:
        return "", spoken
    pattern = words.came_back if before.state == State.BOUNCED else words.not_taken
    if not before.address:
        pattern = words.elsewhere
    return pattern.format(address=before.address, day=day(at, spoken, zone)), spoken


def put_before(delivery: Delivery, sentence: str, language: str) -> None:
    """At the head of the text, and of the HTML if there is any."""
    delivery.text = f"{sentence}\n\n{delivery.text}"
    head, body, rest = delivery.html.partition("<body")
    if body:
        tag, _, inside = rest.partition(">")
        direction = "rtl" if is_right_to_left(language) else "ltr"
        paragraph = f'<p lang="{language}" dir="{direction}" style="{STYLE}">{escape(sentence)}</p>'
        delivery.html = f"{head}{body}{tag}>\n{paragraph}{inside}"
