"""Short ways to say requests."""

from typing import Any
from uuid import uuid4

from django.test import Client

HERE = "/api/v1"


def get(api: Client, path: str) -> Any:
    """What is there; it must be there."""
    answer = api.get(HERE + path)
    assert answer.status_code == 200, answer.content
    return answer.json()


def post(api: Client, path: str, body: Any = None, **headers: str) -> Any:
    """The whole answer. `Idempotency_Key="…"` becomes a header."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return api.post(HERE + path, body, content_type="application/json", headers=named)


def problem(answer: Any, status: int) -> dict[str, Any]:
    """The problem document; every error is one."""
    assert answer.status_code == status, answer.content
    assert answer.headers["Content-Type"] == "application/problem+json"
    told: dict[str, Any] = answer.json()
    assert told.keys() == {"type", "title", "status", "detail", "instance", "errors"}
    assert told["status"] == status
    return told


def key() -> str:
    return str(uuid4())
