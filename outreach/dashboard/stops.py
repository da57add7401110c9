"""The brake of the whole installation: stopping everything, and letting it go on."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from campaigns import moment
from campaigns.hold import ClockInDoubt, NotHoldable
from outreach import standstill
from outreach.dashboard.door import author, deed, page
from outreach.dashboard.frame import show


@page
def stop(request: HttpRequest) -> HttpResponse:
    """The form; while everything is stopped, why, and how it goes on."""
    return _form(request, {})


@deed
def stop_everything(request: HttpRequest) -> HttpResponse:
    said = {name: request.POST.get(name, "") for name in ("reason", "note", "until")}
    now = moment.now()
    try:
        until = datetime.fromisoformat(said["until"].strip()).replace(tzinfo=UTC) if said["until"].strip() else None
    except ValueError:
        return _form(request, said, [("until", "Give the day and the time, as in 2023-05-10 09:00")])
    try:
        standstill.stop(reason=said["reason"], note=said["note"], author=author(request), now=now, until=until)
    except NotHoldable as problem:
        field = "until" if said["reason"].strip() and until else "reason"
        return _form(request, said, [(field, str(problem))])
    messages.success(request, "Everything is stopped. Nothing leaves, and no clock moves, until a person lets go.")
    return redirect("stop")


@deed
def go(request: HttpRequest) -> HttpResponse:
    is_right = request.POST.get("clock_is_right") == "yes"
    try:
        lifted = standstill.go(author=author(request), now=moment.now(), clock_is_right=is_right)
    except ClockInDoubt as problem:
        return _form(request, {}, [("clock_is_right", str(problem))])
    if lifted:
        messages.success(request, "Everything goes on, with the time that was left.")
    return redirect("stop")


def _form(request: HttpRequest, said: dict[str, str], problems: list[tuple[str, str]] | None = None) -> HttpResponse:
    blank = {"reason": "", "note": "", "until": ""}
    title, status = "Stop everything", 422 if problems else 200
    return show(request, "stop.html", title=title, status=status, problems=problems or [], said=blank | said)
