"""Who asks, and whether they may: an API key, or the session of a signed-in member of staff."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest
from ninja.security import APIKeyCookie, HttpBearer
from ninja.utils import check_csrf

from outreach.api.problem import FORBIDDEN, Trouble
from outreach.key import ApiKey
from outreach.roles import may_change

READING = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True, slots=True)
class Caller:
    """The person a request speaks for; `key` is the API key it came with, None for a session."""

    user: User
    key: ApiKey | None = None

    @property
    def name(self) -> str:
        """How records name who did it."""
        return (self.user.get_full_name() or self.user.get_username())[:150]


class Request(HttpRequest):
    """A request whose caller is known."""

    auth: Caller


class BearerKey(HttpBearer):
    """An API key: `Authorization: Bearer outreach_…`. Keys are shown once, when they are made."""

    def __init__(self, *, harmless: bool = False) -> None:
        super().__init__()
        self.harmless = harmless

    def authenticate(self, request: HttpRequest, token: str) -> Caller | None:
        """Raises Trouble if the key is known and may not do this."""
        key = ApiKey.find(token)
        return _admit(request, Caller(key.user, key), harmless=self.harmless) if key else None


class StaffSession(APIKeyCookie):
    """The session of a signed-in member of staff; whatever changes something also needs X-CSRFToken."""

    param_name = settings.SESSION_COOKIE_NAME

    def __init__(self, *, harmless: bool = False) -> None:
        super().__init__(csrf=True)
        self.harmless = harmless

    def __call__(self, request: HttpRequest) -> Caller | None:
        """A request with an Authorization header is judged by that alone."""
        if "Authorization" in request.headers or not request.user.is_authenticated:
            return None
        if check_csrf(request):
            raise Trouble(FORBIDDEN, "Send the page's token as X-CSRFToken, so that we know the request is yours")
        return self.authenticate(request, None)

    def authenticate(self, request: HttpRequest, key: str | None) -> Caller:
        """Raises Trouble if this person may not do this."""
        assert not isinstance(request.user, AnonymousUser)
        return _admit(request, Caller(request.user), harmless=self.harmless)


DOORS: list[Any] = [BearerKey(), StaffSession()]
HARMLESS: list[Any] = [BearerKey(harmless=True), StaffSession(harmless=True)]
"""For what only looks like a change: a POST that writes nothing, such as a rehearsal."""


def caller_of(request: HttpRequest) -> Caller | None:
    """Who asks; None if nobody we know. Raises Trouble if they may not."""
    return next((caller for door in DOORS if (caller := door(request))), None)


def _admit(request: HttpRequest, caller: Caller, *, harmless: bool) -> Caller:
    if not caller.user.is_staff:
        raise Trouble(FORBIDDEN, f"{caller.name} is not a member of staff")
    if request.method in READING or harmless:
        return caller
    if caller.key and caller.key.scope != ApiKey.Scope.WRITE:
        raise Trouble(FORBIDDEN, f"The key “{caller.key.name}” may read, and change nothing")
    if not may_change(caller.user):
        raise Trouble(FORBIDDEN, f"{caller.name} may look at everything, and change nothing")
    return caller
