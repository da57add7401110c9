"""What came back: adding an answer by hand, and saying what kind it is."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from campaigns import moment
from campaigns.outcome import NotRecordable
from outreach.dashboard.conversation import BY_HAND, asked, show_conversation, whom
from outreach.dashboard.door import author, campaign_of, deed
from outreach.dashboard.holds import local_moment
from outreach.dashboard.uploads import file_of
from outreach.dashboard.words import counted, word
from outreach.inbox.by_hand import tell_by_hand
from outreach.response import Response
from outreach.stating import record_as_stated

Problems = list[tuple[str, str]]
FIELDS = {"received_at": "received", "kind": "kind", "letter": "letter", "file": "letter"}  # what the form calls them


@deed
def add_response(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """An answer that reached the campaign another way. Without a kind it lies unread, and no step is taken."""
    campaign = campaign_of(request, slug)
    appeal, now = asked(campaign, key), moment.now()
    said = {name: request.POST.get(name, "").strip() for name in ("text", "kind", "via", "received")}
    problems = [] if said["text"] else [("text", "Write down what they answered")]
    try:
        received_at = local_moment(said["received"], campaign.zone) or now
    except ValueError:
        problems.append(("received", "Give the day and the time, as in 2023-05-10 09:00"))
    if said["via"] not in BY_HAND:
        problems.append(("via", "Choose how it came"))
    if not problems:
        try:
            sent = file_of(request, "letter")
            tell_by_hand(
                appeal,
                channel=said["via"],
                text=said["text"],
                kind=said["kind"],
                received_at=received_at,
                by=author(request),
                now=now,
                files=[(sent.name, sent.content)] if sent else [],
            )
        except NotRecordable as problem:
            problems.append((FIELDS.get(problem.field, "text"), str(problem)))
    if problems:
        return show_conversation(request, campaign, whom(campaign, key), 422, problems=problems, said=request.POST)
    messages.success(
        request, "Added. The clock runs on." if said["kind"] else "Added, and not read yet: the clock waits."
    )
    return redirect("conversation", slug=slug, key=key)


@deed
def record_stated(request: HttpRequest, slug: str, response_id: UUID) -> HttpResponse:
    """Make outcomes of what the office stated, with its answer as evidence."""
    campaign = campaign_of(request, slug)
    rows = Response.objects.filter(appeal__campaign=campaign).select_related("appeal__addressee", "appeal__campaign")
    response = get_object_or_404(rows, pk=response_id)
    key = response.appeal.addressee.key
    try:
        outcomes = record_as_stated(response, author=author(request), now=moment.now())
    except NotRecordable as problem:
        problems = [(f"r-{response.pk}", str(problem))]
        return show_conversation(request, campaign, whom(campaign, key), 422, problems=problems)
    messages.success(request, f"Recorded as they state it: {counted(len(outcomes), 'outcome')}.")
    return redirect("conversation", slug=slug, key=key)


@deed
def read_response(request: HttpRequest, slug: str, response_id: UUID) -> HttpResponse:
    """Say what kind of answer it is; the clock goes on, or an outcome stops it."""
    campaign = campaign_of(request, slug)
    response = get_object_or_404(Response.objects.filter(appeal__campaign=campaign), pk=response_id)
    key = response.appeal.addressee.key
    if not response.read(request.POST.get("kind", ""), author(request), moment.now()):
        problems = [(f"kind-{response.pk}", "Say what kind of answer it is")]
        return show_conversation(request, campaign, whom(campaign, key), 422, problems=problems)
    messages.success(request, f"Read: {word(response.kind).lower()}. An answer stops no clock; an outcome does.")
    return redirect("conversation", slug=slug, key=key)
