"""The addresses of the pages for everybody."""

from django.urls import path

from outreach.public import answer, record, report, unsubscribe

CAMPAIGN = "c/<slug:slug>"

urlpatterns = [
    path("answer", answer.lost, name="answer-lost"),
    path("answer/<str:token>", answer.answer, name="answer"),
    path("answer/<str:token>/received", answer.received, name="answer-received"),
    path(f"{CAMPAIGN}/record", record.record, name="record"),
    path(f"{CAMPAIGN}/record.json", record.record_json, name="record-json"),
    path(f"{CAMPAIGN}/record/<slug:key>.json", record.record_of_json, name="record-of-json"),
    path(f"{CAMPAIGN}/record/<slug:key>", record.record_of, name="record-of"),
    path(f"{CAMPAIGN}/evidence", record.evidence, name="evidence"),
    path(f"{CAMPAIGN}/<slug:language>/record", record.record, name="record-in"),
    path(f"{CAMPAIGN}/<slug:language>/record/<slug:key>", record.record_of, name="record-of-in"),
    path(f"{CAMPAIGN}/report", report.report, name="public-report"),
    path(f"{CAMPAIGN}/report.json", report.report_json, name="public-report-json"),
    path(f"{CAMPAIGN}/<str:language>/report", report.report, name="public-report-in"),
    path(f"{CAMPAIGN}/<str:language>/report.pdf", report.report_pdf, name="public-report-pdf"),
    path("unsubscribe", unsubscribe.lost, name="unsubscribe-lost"),
    path("unsubscribe/<str:token>", unsubscribe.unsubscribe, name="unsubscribe"),
    path("unsubscribe/<str:token>/undo", unsubscribe.undo, name="unsubscribe-undo"),
]
