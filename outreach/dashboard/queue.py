"""The queue: what has not been sent, and why, in numbers."""

from django.http import HttpRequest, HttpResponse

from campaigns import moment
from outreach.cause import Kind
from outreach.dashboard.deliveries import recipient_of
from outreach.dashboard.door import campaign_of, page
from outreach.dashboard.frame import show
from outreach.dashboard.thread import title_of
from outreach.dashboard.when import When
from outreach.queue import queue_of

TITLES = {
    Kind.HELD: "On hold",
    Kind.POSTPONED: "Put off",
    Kind.AHEAD: "Not due yet",
    Kind.DUE: "Due",
    Kind.STUCK: "No worker",
    Kind.CLAIMED: "With a worker",
    Kind.SENDING: "On the wire",
    Kind.DELAYED: "To be tried again",
    Kind.HANDED: "With a person",
    Kind.UNKNOWN: "Waits for a person",
}
LOOKS = {Kind.HELD: "hold", Kind.POSTPONED: "waiting", Kind.AHEAD: "planned", Kind.STUCK: "missing"}


@page
def queue(request: HttpRequest, slug: str) -> HttpResponse:
    campaign = campaign_of(request, slug)
    now = moment.now()
    return show(
        request,
        "queue.html",
        campaign,
        title="Queue",
        tab="queue",
        queue=queue_of(campaign, now),
        said=When(campaign.time_zone, now).said,
        title_of=title_of,
        recipient_of=recipient_of,
        kind_title=lambda kind: TITLES.get(kind, kind.capitalize()),
        look=lambda kind: LOOKS.get(kind, kind.value),
    )
