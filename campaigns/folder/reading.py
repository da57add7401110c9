"""Reading files that anybody may have written, with any program."""

import re
from pathlib import Path

from campaigns.folder.defect import Defects

BOMS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}
UTF8_BOM = b"\xef\xbb\xbf"
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Unusable(Exception):
    """Why a file cannot be used, and from which place on."""

    def __init__(self, why: str, at: tuple[int, int] = (1, 1), value: str = "") -> None:
        super().__init__(why)
        self.at = at
        self.value = value


def read_text(folder: Path, file: str, largest: int, defects: Defects) -> str | None:
    """The text of a file of at most `largest` bytes; None, and a defect, if there is none that can be used."""
    try:
        return decoded(_content(folder, file, largest))
    except Unusable as unusable:
        defects.add(unusable.at, str(unusable), unusable.value)
    return None


def decoded(content: bytes) -> str:
    """UTF-8 with or without a byte order mark; its line ends as they are. Raises Unusable."""
    if content[:2] in BOMS:
        raise Unusable(f"this file is saved as {BOMS[content[:2]]}: save it as UTF-8")
    try:
        text = content.removeprefix(UTF8_BOM).decode()
    except UnicodeDecodeError as error:
        before = content[: error.start].decode(errors="replace")
        byte = f"byte {content[error.start]:02X}"
        raise Unusable("this file is not saved as UTF-8: save it as UTF-8", place(before, len(before)), byte) from None
    if found := CONTROLS.search(text):
        code = f"U+{ord(found.group()):04X}"
        raise Unusable("this character has no business in a text file", place(text, found.start()), code)
    return text


def place(text: str, position: int) -> tuple[int, int]:
    """Line and column of a position, as people count them."""
    start = text.rfind("\n", 0, position) + 1
    return text.count("\n", 0, position) + 1, position - start + 1


def _content(folder: Path, file: str, largest: int) -> bytes:
    path = folder / file
    try:
        if not path.resolve().is_relative_to(folder.resolve()):
            raise Unusable("this is a link to a file outside the folder")
        if not path.is_file():
            raise Unusable("this file is missing" if not path.exists() else "this is not a file")
        with path.open("rb") as opened:
            content = opened.read(largest + 1)
    except (OSError, RuntimeError, ValueError) as error:
        raise Unusable(f"this file cannot be read: {getattr(error, 'strerror', None) or error}") from error
    if len(content) > largest:
        raise Unusable(f"this file is larger than {largest:,} bytes")
    return content
