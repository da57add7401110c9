"""No line of a log names a person or opens a door."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from config.log import configuration as log_configuration


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What production would have written; our lines and the libraries' all pass through the root logger."""
    configuration = log_configuration(as_json=True, level="INFO")
    formatter = configuration["formatters"]["line"]
    handler = logging.StreamHandler(io.StringIO())
    handler.setFormatter(formatter.pop("()")(**formatter))
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel("INFO")
    yield handler.stream
    root.removeHandler(handler)
    root.setLevel(level)


def test_production_writes_one_json_object_a_line(log: io.StringIO) -> None:
    structlog.get_logger("outreach").info("wave begun", step="letter", count=17)
    line = json.loads(log.getvalue())
    assert (line["event"], line["step"], line["count"], line["level"]) == ("wave begun", "letter", 17, "info")
    assert line["timestamp"].endswith("Z")


def test_addresses_are_blanked_in_our_lines_and_in_those_of_libraries(log: io.StringIO) -> None:
    structlog.get_logger("outreach").warning("refused by minister@example.org", to="Ann <ann@example.org>")
    logging.getLogger("smtplib").warning("no such user %s", "ann@example.org")
    said = log.getvalue()
    assert "example.org" not in said
    assert said.count("…@…") == 3


def test_an_address_in_a_traceback_is_blanked(log: io.StringIO) -> None:
    try:
        int("ann@example.org")
    except ValueError:
        structlog.get_logger("outreach").exception("failed")
    said = log.getvalue()
    assert "ValueError: invalid literal for int() with base 10: '…@…'" in said
    assert "ann@" not in said


def test_tokens_and_questions_in_a_path_are_blanked(log: io.StringIO) -> None:
    token = "k3" * 16
    structlog.get_logger("outreach").info("request_finished", request=f"GET /sign-in/{token}?next=/board")
    said = log.getvalue()
    assert token not in said
    assert "next" not in said
    assert "/sign-in/" in said


def test_health_checks_that_went_well_are_left_out(log: io.StringIO) -> None:
    structlog.get_logger("django_structlog").info("request_finished", request="GET /healthz", code=200)
    assert log.getvalue() == ""
