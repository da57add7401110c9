"""A posted form taken apart (RFC 7578), bytes as they came: each field may be in a charset of its own."""

import re
from dataclasses import dataclass

BOUNDARY = re.compile(
    r"multipart/form-data\s*;(?:.*;)?\s*boundary=(?:\"([^\"]{1,200})\"|([^\s;,\"]{1,200}))", re.IGNORECASE | re.DOTALL
)
PARAMETER = re.compile(rb";\s*(name|filename)=(?:\"((?:[^\"\\]|\\.)*)\"|([^\s;]+))", re.IGNORECASE)
LONGEST_HEAD = 16 * 1024
MOST_PARTS = 1000


class CutShort(ValueError):
    """The form ends before its end: it may come whole another time."""


@dataclass(frozen=True, slots=True)
class Field:
    """One part. `file`: the name of a file, empty if it is an ordinary field. `media_type`: as it says, or empty."""

    name: str
    content: bytes
    file: str = ""
    media_type: str = ""


def fields_of(content_type: str, body: bytes) -> list[Field]:
    """The parts in their order. Raises ValueError with a sentence if it is no form, CutShort if it is half of one."""
    found = BOUNDARY.match(content_type.strip())
    if not found:
        raise ValueError("This is not a form of the type multipart/form-data with a boundary")
    edge = b"--" + (found[1] or found[2]).encode("latin-1", "replace")
    if not body.startswith(edge):
        raise ValueError("The form does not begin with its boundary")
    fields, at = list[Field](), len(edge)
    while not body.startswith(b"--", at):
        end = body.find(b"\r\n" + edge, at)
        if end < 0:
            raise CutShort("The form ends before its end")
        if len(fields) >= MOST_PARTS:
            raise ValueError(f"The form has more than {MOST_PARTS} fields")
        fields.append(_field(body[at:end]))
        at = end + 2 + len(edge)
    return fields


def _field(part: bytes) -> Field:
    head, gap, content = part.partition(b"\r\n\r\n")
    if not gap or len(head) > LONGEST_HEAD or not head.startswith(b"\r\n"):
        raise ValueError("A field of the form has no head")
    said: dict[bytes, bytes] = {}
    media_type = ""
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-disposition":
            said |= {key.lower(): quoted or plain for key, quoted, plain in PARAMETER.findall(value)}
        elif name.strip().lower() == b"content-type":
            media_type = value.strip().decode("latin-1")
    return Field(_text(said.get(b"name", b"")), content, _text(said.get(b"filename", b"")), media_type)


def _text(said: bytes) -> str:
    return re.sub(rb"\\(.)", rb"\1", said).decode("utf-8", "replace")
