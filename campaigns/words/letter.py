"""Markdown, with places still to be filled, set as a plain text and as mail-safe HTML.

A letter is set once for every different Markdown; filling in the values is then one pass over each part, so a
thousand letters that differ only in names cost one reading of the Markdown.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, Template
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdurl import encode

from campaigns.words.dates import is_right_to_left
from campaigns.words.link import Link, is_link
from campaigns.words.places import IN_ADDRESS, IN_LINK, PLACE, PLACES, SUBJECT, moved
from campaigns.words.plain import UNBROKEN, Block, blocks_of, laid_out
from campaigns.words.problem import Refused

ROOT = Path(__file__).parents[2]
LAYOUTS = [ROOT / "templates" / "letters", ROOT / "outreach" / "templates" / "letters"]  # in a checkout, in a wheel
STYLES = {
    "p": "margin:0 0 1em",
    "h1": "margin:0 0 .8em;font-size:1.4em;line-height:1.3",
    "h2": "margin:1.4em 0 .6em;font-size:1.2em;line-height:1.3",
    "h3": "margin:1.2em 0 .5em;font-size:1.05em",
    "ul": "margin:0 0 1em;padding:0 1.6em",
    "ol": "margin:0 0 1em;padding:0 1.6em",
    "li": "margin:0 0 .5em",
    "blockquote": "margin:0 0 1em;padding:0 1em;border-inline-start:3px solid #b9b4a7",
    "hr": "margin:1.6em 0;border:0;border-top:1px solid #d8d4c8",
    "a": "color:#1f4e79",
    "code": "font-family:monospace",
}


Filling = tuple[type, str]  # Link or str, and the value
Places = Mapping[Filling, str]  # the character that stands for each


@dataclass(frozen=True, slots=True)
class Set:
    """A letter set, its places still to be filled. `addresses`: places in links; `begins`: those a link begins with."""

    html: str
    blocks: tuple[Block, ...]
    addresses: frozenset[str]
    begins: frozenset[str]

    def filled(self, places: Places, subject: str) -> tuple[str, str]:
        """The text part and the HTML part. Raises Refused if a link would lead anywhere but to the web or a mailbox."""
        text, html = self.fillings(places.items())
        html[SUBJECT] = escape(subject)
        return laid_out(self.blocks, text), self.html.translate(html)

    def typed(self, places: Places) -> str:
        """The text part, its paragraphs unbroken. Raises Refused as `filled` does."""
        return laid_out(self.blocks, self.fillings(places.items())[0], UNBROKEN).strip()

    def fillings(self, places: Iterable[tuple[Filling, str]]) -> tuple[dict[int, str], dict[int, str]]:
        """What comes into each place of the text part, and of the HTML part. Raises Refused as `filled` does."""
        text, html = dict[int, str](), dict[int, str]()
        for (kind, value), place in places:
            at = ord(place)
            words = escape(value).replace("\n", "<br>")
            text[at] = text[at + IN_LINK] = value
            html[at] = f'<a href="{words}" style="{STYLES["a"]}">{words}</a>' if kind is Link else words
            html[at + IN_LINK] = words
            if place in self.addresses:
                text[at + IN_ADDRESS] = address = self._address(kind, value, place)
                html[at + IN_ADDRESS] = escape(address)
        return text, html

    def _address(self, kind: type, value: str, place: str) -> str:
        if place not in self.begins:
            return value if kind is Link else quote(value, safe="@")
        if not is_link(value):
            raise Refused("a link leads to https://, http:// or mailto:, and this one would not")
        return value


@lru_cache(maxsize=1024)
def set_letter(markdown: str, language: str) -> Set:
    """Read the Markdown once. Raises Refused for a link that leads neither to the web nor to a mailbox."""
    refused: list[str] = []
    tokens = _reader(refused).parse(markdown)
    if refused:
        raise Refused(f"a link leads to https://, http:// or mailto:, not to {refused[0][:80]!r}")
    if any(child.type == "link_open" and not child.attrGet("href") for child in _inline(tokens)):
        raise Refused("a link leads to https://, http:// or mailto:, and one here leads nowhere")
    addresses = [str(child.attrGet("href")) for child in _inline(tokens) if child.type == "link_open"]
    _prepare(tokens)
    body = _reader([]).renderer.render(tokens, _reader([]).options, {})
    direction = "rtl" if is_right_to_left(language) else "ltr"
    html = _layout().render(language=language, direction=direction, subject=chr(SUBJECT), body=body)
    inside = frozenset(place for address in addresses for place in PLACE.findall(address))
    begins = frozenset(address[0] for address in addresses if PLACE.match(address))
    return Set(html, tuple(blocks_of(tokens)), inside, begins)


def _reader(refused: list[str]) -> MarkdownIt:
    """CommonMark without raw HTML and without pictures; only links to the web and to mailboxes."""
    reader = MarkdownIt("commonmark", {"html": False}).disable(["image", "html_block", "html_inline"])

    def leads_out(url: str) -> bool:
        if url.startswith(("https://", "http://", "mailto:")) or (url and PLACE.match(url[0])):
            return True
        refused.append(url)
        return False

    reader.validateLink = leads_out  # type: ignore[method-assign]
    reader.normalizeLink = _normal  # type: ignore[method-assign]
    reader.normalizeLinkText = str  # type: ignore[method-assign, assignment]
    return reader


def _normal(url: str) -> str:
    """Percent-encoded as addresses are, except for the places."""
    return "".join(part if PLACES.match(part) else encode(part) for part in PLACES.split(url))


def _prepare(tokens: Iterable[Token]) -> None:
    """Styles for mail programs; places inside links marked as such; nothing else that could hold an attribute."""
    for token in tokens:
        token.info = ""
        kept = {"start": token.attrs["start"]} if "start" in token.attrs else {}
        token.attrs = {**kept, **_style(token)}
        in_link = False
        for child in token.children or ():
            in_link = child.type == "link_open" or (in_link and child.type != "link_close")
            address = {"href": moved(str(child.attrs["href"]), IN_ADDRESS)} if "href" in child.attrs else {}
            child.attrs = {**address, **_style(child)}
            if in_link:
                child.content = moved(child.content, IN_LINK)


def _inline(tokens: Iterable[Token]) -> Iterable[Token]:
    return (child for token in tokens for child in token.children or ())


def _style(token: Token) -> dict[str, str | int | float]:
    return {"style": STYLES[token.tag]} if token.nesting >= 0 and token.tag in STYLES else {}


@lru_cache(maxsize=1)
def _layout() -> Template:
    return Environment(loader=FileSystemLoader(LAYOUTS), autoescape=False, keep_trailing_newline=True).get_template(
        "letter.html"
    )
