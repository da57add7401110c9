"""A changing request is one transaction; with an Idempotency-Key it changes something once, however often it comes.

Convention: draft-ietf-httpapi-idempotency-key-header. Only an answer that changed something is kept: a refusal leaves
nothing behind, so the same key may be tried again.
"""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import wraps

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from outreach.api.access import READING, Caller, caller_of
from outreach.api.problem import IN_PROGRESS, KEY_REUSED, MALFORMED, Trouble
from outreach.key import StoredReply

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
LONGEST = 200
JSON = "application/json; charset=utf-8"
KEPT = timedelta(days=1)  # real time
View = Callable[..., HttpResponseBase]


def once(view: View) -> View:
    """Wrap an endpoint: all or nothing, and at most once for each Idempotency-Key. May raise Trouble."""

    @wraps(view)
    def answer(request: HttpRequest, **named: object) -> HttpResponseBase:
        if request.method in READING:
            return view(request, **named)
        with transaction.atomic():
            given = _answer_once(view, request, named)
            if given.status_code >= 400:
                transaction.set_rollback(True)
        return given

    return answer


def _answer_once(view: View, request: HttpRequest, named: dict[str, object]) -> HttpResponseBase:
    raw = request.headers.get(HEADER)
    caller = _known(request) if request.method == "POST" and raw is not None else None
    if caller is None or raw is None:
        return view(request, **named)
    key, fingerprint = _key(raw), _fingerprint(request)
    if not _is_alone(caller, key):
        raise Trouble(
            IN_PROGRESS, f"A request with the {HEADER} “{key}” is being answered", headers={"Retry-After": "1"}
        )
    kept = StoredReply.objects.filter(user=caller.user, key=key, at__gt=_forgotten()).first()
    if kept is not None:
        return _replay(kept, fingerprint)
    given = view(request, **named)
    if given.status_code < 400 and isinstance(given, HttpResponse):
        _keep(given, caller, key, fingerprint)
    return given


def _known(request: HttpRequest) -> Caller | None:
    """Who asks, if they may; if not, the endpoint itself says so."""
    try:
        return caller_of(request)
    except Trouble:
        return None


def _key(raw: str) -> str:
    """The key, with or without the quotation marks of a structured header."""
    key = raw[1:-1] if len(raw) > 1 and raw[0] == raw[-1] == '"' else raw
    if not key or len(key) > LONGEST or not (key.isascii() and key.isprintable()):
        raise Trouble(MALFORMED, f"An {HEADER} has 1 to {LONGEST} visible characters of ASCII, such as a UUID")
    return key


def _fingerprint(request: HttpRequest) -> str:
    parts = (request.method or "", request.get_full_path(), request.content_type or "")
    return hashlib.sha256("\n".join(parts).encode() + b"\n\n" + request.body).hexdigest()


def _is_alone(caller: Caller, key: str) -> bool:
    """Take the key until the transaction ends, also if this process is killed; False: somebody else has it."""
    with connection.cursor() as cursor:
        name = f"reply {caller.user.pk} {key}"
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [name])
        return bool(cursor.fetchone()[0])


def _replay(kept: StoredReply, fingerprint: str) -> HttpResponse:
    if kept.fingerprint != fingerprint:
        raise Trouble(KEY_REUSED, f"The {HEADER} “{kept.key}” came with another request before")
    assert kept.body is not None
    return HttpResponse(kept.body, status=kept.status, content_type=JSON, headers={REPLAYED: "true"})


def _keep(given: HttpResponse, caller: Caller, key: str, fingerprint: str) -> None:
    StoredReply.objects.filter(user=caller.user, at__lte=_forgotten()).delete()
    body, at = given.content.decode(), datetime.now(UTC)
    StoredReply.objects.create(
        user=caller.user, key=key, fingerprint=fingerprint, status=given.status_code, body=body, at=at
    )


def _forgotten() -> datetime:
    return datetime.now(UTC) - KEPT
