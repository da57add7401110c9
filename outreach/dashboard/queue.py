"""The queue: what has not been sent, and why, in numbers."""

from django.http import HttpRequest, HttpResponse

from campaigns import moment
from outreach.cause import Why
from outreach.dashboard.deliveries import recipient_of
from outreach.dashboard.door import campaign_of, page
from outreach.dashboard.frame import show
from outreach.dashboard.thread import title_of
from outreach.dashboard.when import When
from outreach.queue import queue_of

TITLES = {
    Why.HELD: "On hold",
    Why.POSTPONED: "Put off",
    Why.AHEAD: "Not due yet",
    Why.DUE: "Due",
    Why.STUCK: "No worker",
    Why.CLAIMED: "With a worker",
    Why.SENDING: "On the wire",
    Why.DELAYED: "To be tried again",
    Why.HANDED: "With a person",
    Why.UNKNOWN: "Waits for a person",
}
LOOKS = {Why.HELD: "hold", Why.POSTPONED: "waiting", Why.AHEAD: "planned", Why.STUCK: "missing"}


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
