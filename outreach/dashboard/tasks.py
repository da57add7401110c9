"""Tasks: what people carry by hand. One page has all that one needs: the letter, the script, the text to paste."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from campaigns import moment
from campaigns.campaign import Campaign
from campaigns.hold import Hold
from channels.channel import CHANNELS
from channels.person import deed_on
from outreach import carrying
from outreach.dashboard.deliveries import recipient_of
from outreach.dashboard.door import author, campaign_of, deed, page, person
from outreach.dashboard.frame import show
from outreach.dashboard.holds import local_moment
from outreach.dashboard.thread import title_of
from outreach.dashboard.uploads import given_back
from outreach.delivery import Delivery
from outreach.held import is_stopped_by
from outreach.printed import printed
from outreach.sealed_file import NotKept, accepted, download, refuse_too_large
from outreach.task import NotDoable, Task
from outreach.task_proof import add_proof

LATELY = 50
TOLD = {
    "take": "It is yours. Others read that you have it.",
    "put-back": "Put back: others may take it.",
    "done": "Noted: the message counts as sent from now on.",
    "failed": "Noted: it could not be done, so another way may be taken.",
}


@page
def tasks(request: HttpRequest, slug: str) -> HttpResponse:
    """What waits for a person, the most urgent first; below it what was settled lately."""
    campaign = campaign_of(request, slug)
    all_tasks = Task.objects.together().filter(delivery__campaign=campaign)
    settled = all_tasks.exclude(delivery__state=Delivery.State.HANDED).order_by("-settled_at", "-due_at")
    waiting = list(all_tasks.open())
    return show(
        request,
        "tasks.html",
        campaign,
        title="Tasks",
        tab="tasks",
        waiting=waiting,
        settled=list(settled.prefetch_related("proofs")[:LATELY]),
        late=sum(task.is_late(moment.now()) for task in waiting),
        **_words(campaign),
    )


@page
def task(request: HttpRequest, slug: str, delivery_id: UUID) -> HttpResponse:
    campaign = campaign_of(request, slug)
    return _show(request, campaign, _find(campaign, delivery_id))


@deed
def take_task(request: HttpRequest, slug: str, delivery_id: UUID) -> HttpResponse:
    one = _find(campaign_of(request, slug), delivery_id)
    from_another = request.POST.get("from_another") == "yes"
    return _did(
        request, one, "take", lambda: carrying.take(one, person(request), moment.now(), from_another=from_another)
    )


@deed
def put_back_task(request: HttpRequest, slug: str, delivery_id: UUID) -> HttpResponse:
    one = _find(campaign_of(request, slug), delivery_id)
    return _did(request, one, "put-back", lambda: carrying.put_back(one, moment.now()))


@deed
def settle_task(request: HttpRequest, slug: str, delivery_id: UUID) -> HttpResponse:
    """Done or not; a proof may come with it, and if it is none nothing is settled."""
    campaign = campaign_of(request, slug)
    one = _find(campaign, delivery_id)
    said, user, now = request.POST, person(request), moment.now()

    def settle() -> None:
        if said.get("result") == "failed":
            carrying.failed(one, user, now, reason=said.get("reason", ""), address_is_wrong="wrong" in said)
            return
        try:
            at = local_moment(said.get("at", ""), campaign.zone)
        except ValueError:
            raise NotDoable("Give the day and the time, as in 2023-05-10 09:00", "at") from None
        _keep_proof(request, one)
        carrying.done(one, user, now, at=at, note=said.get("note", ""), reached="reached" in said)

    return _did(request, one, "failed" if said.get("result") == "failed" else "done", settle)


@deed
def add_task_proof(request: HttpRequest, slug: str, delivery_id: UUID) -> HttpResponse:
    """A proof that came later."""
    one = _find(campaign_of(request, slug), delivery_id)

    def keep() -> None:
        if not _keep_proof(request, one):
            raise NotDoable("Choose the file that shows it", "proof")

    return _did(request, one, "proof", keep)


@page
def task_letter(request: HttpRequest, slug: str, delivery_id: UUID) -> HttpResponse:
    """The letter on paper."""
    campaign = campaign_of(request, slug)
    one = _find(campaign, delivery_id)
    try:
        content = printed(one)
    except NotDoable as reason:
        return _show(request, campaign, one, 409, problems=[("letter", str(reason))])
    key = one.delivery.addressee.key if one.delivery.addressee else "all"
    return download(content, "application/pdf", f"{campaign.slug}-{key}.pdf")


@page
def task_proof(request: HttpRequest, slug: str, delivery_id: UUID, proof_id: UUID) -> HttpResponse:
    """A proof as it came, to be kept in a file and never shown as a page of ours."""
    proof = get_object_or_404(_find(campaign_of(request, slug), delivery_id).proofs, pk=proof_id)
    return given_back(proof)


def _find(campaign: Campaign, delivery_id: UUID) -> Task:
    return get_object_or_404(Task.objects.together().filter(delivery__campaign=campaign), pk=delivery_id)


def _keep_proof(request: HttpRequest, one: Task) -> bool:
    """Whether a file came with the form; only whoever has the task may be about to settle it, all may add proofs."""
    sent = request.FILES.get("proof")
    if sent is None:
        return False
    try:
        refuse_too_large(sent.size or 0, "A proof")
    except NotKept as reason:
        raise NotDoable(str(reason), "proof") from None
    add_proof(one, sent.read(), name=sent.name or "", by=author(request), now=moment.now())
    return True


def _did(request: HttpRequest, one: Task, what: str, do: Callable[[], object]) -> HttpResponse:
    """Do it and go back to the task; or show the task with what stands in the way, and change nothing."""
    campaign = one.delivery.campaign
    try:
        with transaction.atomic():
            do()
    except NotDoable as reason:
        again = _find(campaign, one.pk)
        return _show(request, campaign, again, 422, problems=[(reason.field or "task", str(reason))], said=request.POST)
    messages.success(request, TOLD.get(what, "The proof is kept."))
    return redirect("task", slug=campaign.slug, delivery_id=one.pk)


def _show(request: HttpRequest, campaign: Campaign, one: Task, status: int = 200, **context: Any) -> HttpResponse:
    channel = CHANNELS[one.delivery.channel]
    held = Hold.objects.standing(moment.now()).over(campaign).select_related("step", "addressee")
    return show(
        request,
        "task.html",
        campaign,
        title=title_of(one.delivery),
        tab="tasks",
        status=status,
        **{
            "one": one,
            "is_mine": one.holder == request.user,
            "channel": channel,
            "proofs": list(one.proofs.defer("content")),
            "kinds": accepted(),
            "held": [hold for hold in held if is_stopped_by(hold, one.delivery)],
            "said": {},
            **_words(campaign),
            **context,
        },
    )


def _words(campaign: Campaign) -> dict[str, Any]:
    return {
        "title_of": title_of,
        "recipient_of": recipient_of,
        "deed_of": lambda task: deed_on(CHANNELS[task.delivery.channel]),
        "is_late": lambda task: task.is_late(moment.now()),
    }
