"""The addresses of the pages for everybody."""

from django.urls import path

from outreach.public import answer, unsubscribe

urlpatterns = [
    path("answer", answer.lost, name="answer-lost"),
    path("answer/<str:token>", answer.answer, name="answer"),
    path("answer/<str:token>/received", answer.received, name="answer-received"),
    path("unsubscribe", unsubscribe.lost, name="unsubscribe-lost"),
    path("unsubscribe/<str:token>", unsubscribe.unsubscribe, name="unsubscribe"),
    path("unsubscribe/<str:token>/undo", unsubscribe.undo, name="unsubscribe-undo"),
]
