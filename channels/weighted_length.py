"""How long a post is in the eyes of X.

Source of the rule: X's "Counting characters" and the configuration `v3` of its `twitter-text` library (3.1.0).
The text is brought to NFC; a link counts 23 whatever its length; an emoji, however many code points it is made of,
counts 2; of everything else the Latin, Cyrillic, Greek, Armenian, Arabic and neighbouring scripts count 1 and the
others, such as Chinese, 2.
"""

import unicodedata
from functools import cache
from pathlib import Path

import regex

LINK_LENGTH = 23
EMOJI_LENGTH = 2
GAP = " "  # left where a link or an emoji was, so that what stood around it does not become one
LIGHT = ((0x0000, 0x10FF), (0x2000, 0x200D), (0x2010, 0x201F), (0x2032, 0x2037))

DOMAINS = Path(__file__).with_name("top_level_domains.txt")

_LETTER = r"[^\p{P}\p{Z}\p{C}$+<=>^`|~]"
_PLAIN = r"[A-Za-z0-9\u00C0-\u024F--[\u00D7\u00F7]]"
_TOP = r"(?:\L<top>|xn--[-0-9a-z]+)(?![0-9A-Za-z@])"
_PATH = r"[\p{Cyrillic}\u00C0-\u024FA-Za-z0-9!*';:=+,.$/%#\[\]\-\u2013_~@|&--[\u00D7\u00F7]]"
_PATH_END = r"[\p{Cyrillic}\u00C0-\u024FA-Za-z0-9=_#/+\---[\u00D7\u00F7]]"
_BRACKETS = rf"\((?:{_PATH}|\({_PATH}+\))+\)"
_QUERY = r"[A-Za-z0-9!?*'@();:&=+$/%#\[\]\-_.,~|]"
_QUERY_END = r"[A-Za-z0-9\-_&=#/]"

_PATH_PART = rf"/(?:(?:{_PATH}|{_BRACKETS})*(?:{_PATH_END}|{_BRACKETS}))?"
_QUERY_PART = rf"\?{_QUERY}*{_QUERY_END}"


@cache  # it takes a quarter of a second to make, which no process need wait for that writes no posts
def link() -> regex.Pattern[str]:
    """What counts as a link."""
    lines = DOMAINS.read_text(encoding="utf-8").splitlines()
    return regex.compile(
        rf"""
            (?<![A-Za-z0-9@\uFF20$\#\uFF03\u202A-\u202E]) https?://
            (?:{_LETTER}(?:(?:{_LETTER}|[-_])*{_LETTER})?\.)* {_LETTER}(?:(?:{_LETTER}|-)*{_LETTER})?\. {_TOP}
            (?: :[0-9]+ )? (?: {_PATH_PART} )? (?: {_QUERY_PART} )?
          | (?<![A-Za-z0-9@\uFF20$\#\uFF03./\-]|(?<!{_PLAIN})_)
            (?:{_PLAIN}(?:(?:{_PLAIN}|-)*{_PLAIN})?\.)+ {_TOP} (?!-)
            (?: (?: :[0-9]+ )? {_PATH_PART} (?: {_QUERY_PART} )? )?""",
        regex.VERBOSE | regex.IGNORECASE | regex.VERSION1,
        top=frozenset(name for line in lines if line[0] != "#" for name in line.split()),
    )


@cache
def emoji() -> regex.Pattern[str]:
    """What counts as one emoji."""
    return regex.compile(
        r"\p{RI}\p{RI}"
        r"|[#*0-9]\uFE0F?\u20E3"
        r"|(?:\p{Emoji_Presentation}|[\p{Emoji}--[#*0-9]]\uFE0F|[\p{Extended_Pictographic}--[\u00A9\u00AE]])"
        r"\p{EMod}?\uFE0F?"
        r"(?:[\U000E0020-\U000E007E]+\U000E007F)?"
        r"(?:\u200D\p{Extended_Pictographic}\p{EMod}?\uFE0F?)*",
        regex.VERSION1,
    )


def weighted_length(text: str) -> int:
    """The length X gives to `text`; a post may have 280."""
    text = unicodedata.normalize("NFC", text)
    text, links = link().subn(GAP, text)
    text, emojis = emoji().subn(GAP, text)
    return (LINK_LENGTH - 1) * links + (EMOJI_LENGTH - 1) * emojis + sum(map(_weight, text))


def _weight(character: str) -> int:
    return 1 if any(first <= ord(character) <= last for first, last in LIGHT) else 2
