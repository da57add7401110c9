"""Bytes to letters, under whatever name a mail gives its character set, and without one."""

import codecs
import re

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:+-]{0,40}")
TEXTUAL = {
    "ascii": "windows-1252",
    "iso8859-1": "windows-1252",  # what it is called and what it is have differed since the first web browsers
    "latin-1": "windows-1252",
    "shift_jis": "cp932",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "iso2022_jp": "iso2022_jp_ext",
}
UNNAMED = {"ks_c_5601-1987": "cp949", "x-sjis": "cp932", "unicode-1-1-utf-7": "utf-7", "x-gbk": "gb18030"}
FOREIGN = frozenset({"unicode_escape", "raw_unicode_escape", "idna", "punycode", "mbcs", "oem", "undefined"})
INVISIBLE = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127, *range(0xD800, 0xE000)])


def decoded(data: bytes, charset: str = "") -> str:
    """The text in these bytes. UTF-8 is believed before the name given, because bytes are seldom UTF-8 by accident.

    Never raises; what no charset explains becomes U+FFFD. Control characters but tabs and line ends are left out.
    """
    name = known(charset)
    if b"\x1b" not in data and name not in ("utf-7", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "hz"):
        try:
            return shown(data.decode("utf-8"))
        except UnicodeDecodeError:
            pass
    if b"\x1b$" in data and not name.startswith("iso2022"):
        name = "iso2022_jp_ext"
    try:
        return shown(data.decode(name or "windows-1252", "replace"))
    except (UnicodeError, LookupError, ValueError):
        return shown(data.decode("latin-1"))


def known(charset: str) -> str:
    """Python's name for a character set, or empty if there is none by that name that turns bytes into text."""
    charset = charset.strip().strip("\"'").lower()
    if not NAME.fullmatch(charset):
        return ""
    try:
        found = codecs.lookup(UNNAMED.get(charset, charset))
    except (LookupError, ValueError):
        return ""
    if not getattr(found, "_is_text_encoding", True) or found.name.replace("-", "_") in FOREIGN:
        return ""
    return TEXTUAL.get(found.name, found.name)


def shown(text: str) -> str:
    """Without what no page can show and no database keeps: control characters and halves of characters."""
    return text.translate(INVISIBLE)
