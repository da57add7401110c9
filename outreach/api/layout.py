"""A JSON value written out over many lines, so that a mistake found on a line can be told by its name in the value."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Line = tuple[str, str]  # the text, and the name of what stands there: ladder/0/title/en


def lines_of(value: object, name: str = "") -> Iterator[Line]:
    """JSON that is also YAML: one scalar, bracket or brace on a line."""
    if isinstance(value, Mapping) and value:
        yield "{", name
        yield from _parts([(f"{json.dumps(str(key), ensure_ascii=False)}: ", str(key)) for key in value], value, name)
        yield "}", name
    elif isinstance(value, list) and value:
        yield "[", name
        yield from _parts([("", str(number)) for number in range(len(value))], value, name)
        yield "]", name
    else:
        yield json.dumps(value, ensure_ascii=False), name


def _parts(heads: Sequence[tuple[str, str]], value: Any, name: str) -> Iterator[Line]:
    parts = list(value.values() if isinstance(value, Mapping) else value)
    for number, ((head, step), part) in enumerate(zip(heads, parts, strict=True), 1):
        inner = list(lines_of(part, f"{name}/{step}" if name else step))
        inner[0] = (head + inner[0][0], inner[0][1])
        if number < len(parts):
            inner[-1] = (inner[-1][0] + ",", inner[-1][1])
        yield from ((f" {text}", each) for text, each in inner)
