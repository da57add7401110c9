"""One way to log: readable lines on a laptop, one JSON object per line in production, nobody's address in either."""

import logging
import re
from collections.abc import MutableMapping
from typing import Any

import structlog
from structlog.typing import Processor

ADDRESS = re.compile(r"[^\s@<>\"'=:,;/]+@[^\s@<>\"',;]+\.\w+")
TOKEN = re.compile(r"(?<=/)[\w-]{24,}|(?<=\?)\S+")


def configuration(*, as_json: bool, level: str) -> dict[str, Any]:
    """Django's LOGGING; also sets structlog up, so that both write the same lines."""
    structlog.configure(
        processors=[without_noise, *shared(), structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": structlog.stdlib.ProcessorFormatter, **formatter(as_json)}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django_structlog": {"level": level if as_json else "WARNING"},  # people at a terminal only want trouble
            "fontTools": {"level": "WARNING"},  # it tells what it does to a font
            "mail.log": {"level": "WARNING"},  # the shipped mail server repeats every command
            "django.server": {"handlers": [], "propagate": True},
            "django": {"handlers": [], "level": level, "propagate": True},
            "django.request": {"level": "ERROR"},  # a refused request has its line already
        },
    }


def formatter(as_json: bool) -> dict[str, Any]:
    """How a line looks, for our own loggers and for those of libraries."""
    as_text: Processor = structlog.processors.JSONRenderer(ensure_ascii=False)
    if not as_json:
        as_text = structlog.dev.ConsoleRenderer(colors=False, pad_event_to=0)
    safe: list[Processor] = [structlog.processors.format_exc_info, without_people]  # a traceback names people too
    meta = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    return {"processors": [meta, *safe, as_text], "foreign_pre_chain": shared()}


def shared() -> list[Processor]:
    """What every line gets: level, logger, time, and what is bound to the current request or message."""
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]


def without_noise(logger: logging.Logger, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Leave out that a request began: the line about its end says more. Leave out health checks that went well."""
    if event.get("event") == "request_started" or (event.get("request") == "GET /healthz" and method == "info"):
        raise structlog.DropEvent
    return event


def without_people(logger: logging.Logger, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Blank what names a person or opens a door: e-mail addresses, query strings and long tokens in paths."""
    for name, value in event.items():
        if isinstance(value, str) and name not in ("timestamp", "logger", "level"):
            event[name] = TOKEN.sub("…", ADDRESS.sub("…@…", value))
    return event
