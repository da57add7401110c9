"""What providers told that cannot be put anywhere: bulletins that nobody can read, and news of no message of ours."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from outreach.bulletin import Bulletin
from outreach.dashboard.door import author, deed, page, refused
from outreach.dashboard.frame import show
from outreach.loose import loose_news
from outreach.sealed_file import SECRET_IS_GONE, download

TITLE = "What providers told"


@page
def bulletins(request: HttpRequest) -> HttpResponse:
    unreadable = list(Bulletin.objects.unreadable())
    return show(request, "bulletins.html", title=TITLE, unreadable=unreadable, loose=loose_news())


@page
def bulletin_body(request: HttpRequest, bulletin_id: int) -> HttpResponse:
    """What was posted, as a file. It names people."""
    found = get_object_or_404(Bulletin.objects.unreadable(), pk=bulletin_id)
    body = found.content()
    if body is None:
        return refused(request, SECRET_IS_GONE)
    return download(body, "application/octet-stream", f"bulletin-{found.pk}.json")


@deed
def read_bulletin_again(request: HttpRequest, bulletin_id: int) -> HttpResponse:
    if get_object_or_404(Bulletin, pk=bulletin_id).read_again():
        messages.success(request, "A worker reads it again; if it cannot, it comes back here.")
    return redirect("bulletins")


@deed
def set_bulletin_aside(request: HttpRequest, bulletin_id: int) -> HttpResponse:
    if get_object_or_404(Bulletin, pk=bulletin_id).set_aside(author(request), datetime.now(UTC)):
        messages.success(request, "Set aside. It is deleted in a few days.")
    return redirect("bulletins")
