"""What is in a mail for its reader: text, HTML and files."""

from dataclasses import dataclass, field
from hashlib import sha256

from channels.incoming.html import as_text, cleaned, is_attack
from channels.incoming.limits import Limits
from channels.incoming.part import Part
from channels.incoming.reading import Attachment

UNREADABLE = frozenset({"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"})
ABOUT = frozenset({"message/delivery-status", "message/global-delivery-status", "message/feedback-report"})


@dataclass(slots=True)
class Content:
    """Filled in one walk through the parts."""

    limits: Limits
    texts: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    oddities: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n\n".join(each for each in self.texts if each)

    @property
    def html(self) -> str:
        return "\n".join(each for each in self.pages if each)


def content_of(whole: Part, limits: Limits) -> Content:
    """Of alternatives the plain text is read and the HTML kept for show; where there is only HTML, it becomes text."""
    found = Content(limits)
    _take(found, whole)
    return found


def _take(found: Content, part: Part) -> None:
    if part.media_type in UNREADABLE:
        _once(found.oddities, "It is encrypted; its words cannot be read here")
    if part.media_type == "multipart/alternative":
        _take_alternatives(found, part)
    elif part.media_type.startswith("multipart/"):
        for child in part.children:
            _take(found, child)
    elif is_text(part):
        _take_text(found, part)
    elif part.media_type not in ABOUT:
        _attach(found, part)


def is_text(part: Part) -> bool:
    """Whether it is words to read where they stand, and no file."""
    is_file = part.disposition == "attachment" or (part.file_name and part.media_type != "text/html")
    return part.media_type in ("text/plain", "text/html", "text/enriched") and not is_file


def _take_alternatives(found: Content, part: Part) -> None:
    plain = next((each for each in part.walk() if each.media_type == "text/plain" and is_text(each)), None)
    text = _text(found, plain) if plain else ""
    for child in part.children:
        if child is plain:
            found.texts.append(text)
        elif text and _is_page(child):
            _take_page(found, child, as_words=False)
        else:
            _take(found, child)


def _is_page(part: Part) -> bool:
    return any(each.media_type == "text/html" for each in part.walk())


def _take_page(found: Content, part: Part, as_words: bool) -> None:
    for each in part.walk():
        if each.media_type == "text/html" and is_text(each):
            _take_html(found, each, as_words)
        elif not each.media_type.startswith("multipart/") and not is_text(each):
            _attach(found, each)


def _take_text(found: Content, part: Part) -> None:
    if part.media_type == "text/html":
        _take_html(found, part, as_words=True)
    else:
        found.texts.append(_text(found, part))


def _text(found: Content, part: Part) -> str:
    text = part.text(found.limits.text)
    if part.end - part.start > found.limits.text:
        _once(found.oddities, f"Its text is longer than {found.limits.text} bytes; the rest was not read")
    return text.strip()


def _take_html(found: Content, part: Part, as_words: bool) -> None:
    html = _text(found, part)
    if is_attack(html):
        _once(found.oddities, "Its HTML is made so that reading it would not end; it was not read")
        return
    found.pages.append(cleaned(html))
    if as_words:
        found.texts.append(as_text(html))


def _attach(found: Content, part: Part) -> None:
    kept = sum(each.size for each in found.attachments)
    if len(found.attachments) == found.limits.attachments or kept + part.end - part.start > found.limits.attached * 1.4:
        _once(found.oddities, "It has more files, or larger ones, than are taken; the others are in the raw mail only")
        return
    content = part.content()
    if not content.strip():
        return
    found.attachments.append(
        Attachment(
            name=part.file_name or _name_for(part),
            media_type=part.media_type,
            size=len(content),
            sha256=sha256(content).hexdigest(),
            content_id=part.head.first("content-id").strip("<> ")[:200],
            content=content,
        )
    )


def _name_for(part: Part) -> str:
    if part.media_type == "message/rfc822":
        subject = part.children[0].head.text("subject") if part.children else ""
        return f"{subject[:100].replace('/', '-') or 'message'}.eml"
    return f"file.{part.media_type.rpartition('/')[2].removeprefix('x-')[:12]}"


def _once(oddities: list[str], sentence: str) -> None:
    if sentence not in oddities:
        oddities.append(sentence)
