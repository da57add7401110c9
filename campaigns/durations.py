"""Spans of time as rows and JSON keep them: whole seconds."""

from datetime import timedelta


def seconds(kept: float | None, default: timedelta = timedelta()) -> timedelta:
    return default if kept is None else timedelta(seconds=kept)
