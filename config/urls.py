"""Which address answers what."""

from importlib.util import find_spec

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path

from config.api import api


def healthz(request: HttpRequest) -> HttpResponse:
    """200 once the database answers; for a supervisor, a container or a load balancer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")


def parts() -> list[URLPattern | URLResolver]:
    """The API and the pages, as far as this installation has them."""
    found: list[URLPattern | URLResolver] = []
    found.append(path("api/v1/", api.urls))
    if find_spec("outreach.dashboard") and find_spec("outreach.dashboard.urls"):
        found.append(path("", include("outreach.dashboard.urls")))
    return found


urlpatterns = [path("healthz", healthz, name="healthz"), *parts()]
