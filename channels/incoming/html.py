"""HTML from strangers: as text, and as HTML that does nothing and loads nothing."""

import re
from html import unescape

import nh3

from channels.incoming.charset import shown

NAMES = re.compile("[a-z0-9]+")
TAGS = frozenset(
    NAMES.findall(
        "a abbr b blockquote br cite code dd del div dl dt em h1 h2 h3 h4 h5 h6 hr i ins li ol p pre q s small span "
        "strong sub sup table tbody td tfoot th thead tr u ul"
    )
)
ATTRIBUTES = {"a": {"href"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}, "*": {"dir", "lang"}}
UNSEEN = frozenset({"script", "style", "title", "head", "template", "noscript", "svg", "math", "iframe", "object"})
SCHEMES = frozenset({"http", "https", "mailto", "tel"})

TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]{0,20})\b")
CLOSED_BY_THEMSELVES = frozenset(
    NAMES.findall("p li td tr th dd dt option br hr img input meta link area base col embed param source track wbr")
)
DEEPEST, MOST_AMPERSANDS = 400, 40_000  # cleaning takes the square of either

QUOTE_OPENS = re.compile(r"<blockquote\b[^<>]*>", re.IGNORECASE)
QUOTE_CLOSES = re.compile(r"</blockquote\s*>", re.IGNORECASE)
BREAKS = re.compile(r"<(?:br|/tr|/?(?:p|div|ul|ol|table|h[1-6]|pre|dl|dt|dd|hr))\b[^<>]*>", re.IGNORECASE)
ITEM = re.compile(r"<li\b[^<>]*>", re.IGNORECASE)
CELL = re.compile(r"</t[dh]\s*>", re.IGNORECASE)
ANY = re.compile(r"<[^<>]*>")
QUOTED_BY = re.compile(
    r"<(?:div|blockquote)\b[^<>]{0,300}(?:id|class)=[\"']?"
    r"(?:gmail_quote|appendonsend|divRplyFwdMsg|yahoo_quoted|moz-cite-prefix|OLK_SRC_BODY_SECTION"
    r"|mail-editor-reference-message-container)",
    re.IGNORECASE,
)
MARK = "\u2063quoted from here\u2063"  # put where a mail program says that its quote begins
QUOTE = "\u2063>\u2063"
UNQUOTE = "\u2063<\u2063"


def is_attack(html: str) -> bool:
    """Whether cleaning it would take too long: tags too deep in one another, or ampersands without end."""
    if html.count("&") > MOST_AMPERSANDS:
        return True
    depth = 0
    for closing, name in TAG.findall(html):
        if name.lower() in CLOSED_BY_THEMSELVES:
            continue
        depth = max(0, depth - 1) if closing else depth + 1
        if depth > DEEPEST:
            return True
    return False


def cleaned(html: str) -> str:
    """The same for a page: words, emphasis, lists, tables and links to follow by hand.

    No script, style, form, frame or event; no image or anything else that would be loaded, so no tracker either.
    """
    return nh3.clean(
        shown(html),
        tags=set(TAGS),
        attributes=ATTRIBUTES,
        clean_content_tags=set(UNSEEN),
        url_schemes=set(SCHEMES),
        link_rel="noopener noreferrer nofollow",
        strip_comments=True,
    ).strip()


def as_text(html: str) -> str:
    """What a person would read: blocks on lines of their own, quotes behind `> `."""
    marked = QUOTED_BY.sub(lambda found: f"<p>{MARK}</p>{found[0]}", html)
    safe = nh3.clean(shown(marked), tags=set(TAGS), attributes={}, clean_content_tags=set(UNSEEN), link_rel=None)
    safe = " ".join(safe.replace("\u00a0", " ").replace("&nbsp;", " ").split())
    safe = QUOTE_OPENS.sub(f"\n{QUOTE}\n", safe)
    safe = QUOTE_CLOSES.sub(f"\n{UNQUOTE}\n", safe)
    safe = BREAKS.sub("\n", ITEM.sub("\n- ", CELL.sub(" ", safe)))
    return _quoted(unescape(ANY.sub("", safe)))


def _quoted(text: str) -> str:
    lines, depth = list[str](), 0
    for line in text.split("\n"):
        line = line.strip()
        if line == QUOTE:
            depth = min(depth + 1, 9)
        elif line == UNQUOTE:
            depth = max(0, depth - 1)
        elif line or (lines and lines[-1].strip("> ")):
            lines.append(f"{'> ' * depth}{line}".rstrip() if depth else line)
    return "\n".join(lines).strip()
