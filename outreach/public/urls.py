"""The addresses of the pages for everybody."""

from django.urls import path

from outreach.public import unsubscribe

urlpatterns = [
    path("unsubscribe", unsubscribe.lost, name="unsubscribe-lost"),
    path("unsubscribe/<str:token>", unsubscribe.unsubscribe, name="unsubscribe"),
    path("unsubscribe/<str:token>/undo", unsubscribe.undo, name="unsubscribe-undo"),
]
