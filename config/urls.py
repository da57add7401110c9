"""Which address answers what."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from campaigns import moment
from campaigns.hold import standstill
from config.api import api
from outreach import listen
from outreach.inbox import sendgrid_door


def healthz(request: HttpRequest) -> HttpResponse:
    """200 once the database answers; for a supervisor, a container or a load balancer.

    It also says whether everything is stopped, which is no fault of the machine that answers.
    """
    stopped = standstill(moment.now())
    said = "stopped, the time is in doubt" if stopped and stopped.is_doubt else "stopped" if stopped else ""
    return HttpResponse(f"ok\n{said}\n" if said else "ok\n", content_type="text/plain")


urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("api/v1/", api.urls),
    path("events/sendgrid", listen.sendgrid, name="sendgrid-events"),
    path("inbound/sendgrid/<secret>", sendgrid_door.sendgrid, name="sendgrid-inbound"),
    path("", include("outreach.public.urls")),
    path("", include("outreach.dashboard.urls")),
]
