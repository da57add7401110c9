"""QR codes (ISO/IEC 18004) as drawings."""

from functools import lru_cache
from io import BytesIO

import segno

Modules = tuple[tuple[bool, ...], ...]
QUIET = 4  # empty modules around it, as the standard wants


@lru_cache(maxsize=128)
def qr_svg(text: str) -> bytes:
    """An SVG without styles or scripts. Legible with a seventh of it dirty (level M)."""
    made = BytesIO()
    segno.make(text, error="m", micro=False).save(
        made, kind="svg", border=QUIET, svgclass=None, lineclass=None, scale=8, dark="#000", light="#fff"
    )
    return made.getvalue()


def qr_modules(text: str) -> Modules:
    """The same code, row by row: True is dark. The quiet zone is with it."""
    code = segno.make(text, error="m", micro=False)
    return tuple(tuple(bool(module) for module in row) for row in code.matrix_iter(border=QUIET))
