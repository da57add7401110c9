"""How much of one mail is looked at. What lies beyond is named among its oddities; the raw mail is kept elsewhere."""

from dataclasses import dataclass

MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bytes, but for `depth` (of parts in parts), `parts`, `headers` (of one part), `parties` (of one header)."""

    size: int = 64 * MEBIBYTE
    depth: int = 20
    parts: int = 300
    headers: int = 1000
    head: int = 256 << 10
    line: int = 16 << 10
    text: int = 256 << 10
    parties: int = 100
    attachments: int = 100
    attached: int = 40 * MEBIBYTE
    returned: int = 200
