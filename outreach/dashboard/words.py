"""The words pages use for what the models call by one word."""

from collections.abc import Iterable

from campaigns.text import Text, in_language
from channels.channel import CHANNELS

WORDS = {
    "partly": "Partly done",
    "noproof": "No proof",
    "auto-reply": "Auto-reply",
    "none": "No outcome",
    "handed": "With a person",
    "acted": "Acted",
    "": "Not read yet",
}
ICONS = {
    "auto-reply": "autoreply",
    "deflected": "deflection",
    "handed": "person",
    "": "unread",
    "none": "silent",
}
MAILING_STATES = {"composing": "sending", "testing": "waiting", "composed": "sending", "stopped": "cancelled"}
"""How the state of a mailing looks, where it is not a state of other things, too."""
LESS_THAN_ALL = 3


def word(state: str) -> str:
    """What a state is called on a page."""
    return WORDS.get(state) or state.capitalize()


def icon_of(state: str) -> str:
    """The name of the icon that goes with a state."""
    return ICONS.get(state, state)


def mailing_state(state: str) -> str:
    """The state whose shape and tone that of a mailing takes."""
    return MAILING_STATES.get(state, state)


def text_of(text: Text) -> str:
    """A text of the campaign for staff: English if there is any."""
    return in_language(text, "en")


def channel_title(name: str) -> str:
    return CHANNELS[name].title if name in CHANNELS else name


def listing(names: Iterable[str]) -> str:
    """«a, b and c»."""
    *rest, last = list(names) or [""]
    return f"{', '.join(rest)} and {last}" if rest else last


def some(names: Iterable[str], noun: str) -> str:
    """The names themselves if they are few, else how many there are."""
    names = list(names)
    return listing(names) if len(names) <= LESS_THAN_ALL else f"{len(names)} {noun}"


def sentence(said: str) -> str:
    """With a capital letter at its head and a full stop at its end."""
    said = said.strip()
    return f"{headed(said)}{'' if said.endswith(('.', '!', '?')) else '.'}"


def headed(said: str) -> str:
    """With a capital letter at its head."""
    return f"{said[:1].upper()}{said[1:]}"


def counted(number: int, one: str, many: str = "") -> str:
    """«1 letter», «17 letters», «12,940 letters»."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
