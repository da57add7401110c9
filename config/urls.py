"""Which address answers what."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from config.api import api
from outreach import listen


def healthz(request: HttpRequest) -> HttpResponse:
    """200 once the database answers; for a supervisor, a container or a load balancer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")


urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("api/v1/", api.urls),
    path("events/sendgrid", listen.sendgrid, name="sendgrid-events"),
    path("", include("outreach.public.urls")),
    path("", include("outreach.dashboard.urls")),
]
