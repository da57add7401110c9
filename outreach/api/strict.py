"""Reading a JSON body: what the database could not keep, or another reader would take otherwise, is refused here."""

import json
import re
from typing import Any, NoReturn

from django.http import HttpRequest
from ninja.parser import Parser

from outreach.api.problem import MALFORMED, WRONG_TYPE, Trouble

UNKEEPABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
ENCODINGS = ("", "utf-8", "utf8")


class StrictParser(Parser):
    """JSON as RFC 8259 has it: no NaN, no key twice, no control characters or half characters in a text."""

    def parse_body(self, request: HttpRequest) -> Any:
        """Raises Trouble with the line and column where that is known."""
        kind = request.content_type or ""
        if kind != "application/json" and not kind.endswith("+json"):
            raise Trouble(WRONG_TYPE, f"A body of type {kind or '(none)'} is not understood; send application/json")
        return read_json(request.body)


def read_json(body: bytes) -> Any:
    """The value of a JSON text. Raises Trouble."""
    try:
        value = json.loads(body.decode(), parse_constant=_no_number, object_pairs_hook=_without_doubles)
    except UnicodeDecodeError as error:
        raise Trouble(MALFORMED, f"The body is not UTF-8: byte {error.start} does not fit") from None
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise Trouble(MALFORMED, f"The body is not JSON: {error.msg} ({where})") from None
    except RecursionError:
        raise Trouble(MALFORMED, "The body is nested too deeply") from None
    except ValueError as error:
        raise Trouble(MALFORMED, f"The body is not JSON: {error}") from None
    _refuse_unkeepable(value)
    return value


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number")


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise ValueError(f"the name “{name[:60]}” stands twice in one object")
        found[name] = value
    return found


def _refuse_unkeepable(value: Any) -> None:
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            waiting += [*each.keys(), *each.values()]
        elif isinstance(each, list):
            waiting += each
        elif isinstance(each, str) and (found := UNKEEPABLE.search(each)):
            raise Trouble(MALFORMED, f"A text has a character in it that no text has: U+{ord(found.group()):04X}")
