"""The addresses of the pages for everybody."""

from django.urls import path

from outreach.public import (
    answer,
    confirm,
    embed,
    mine,
    picture,
    record,
    report,
    share,
    signing_pages,
    unsubscribe,
    write,
)

CAMPAIGN = "c/<slug:slug>"

urlpatterns = [
    path("answer", answer.lost, name="answer-lost"),
    path("answer/<str:token>", answer.answer, name="answer"),
    path("answer/<str:token>/received", answer.received, name="answer-received"),
    path("confirm/<str:token>", confirm.confirm, name="confirm"),
    path("confirm/<str:token>/not-me", confirm.not_me, name="confirm-not-me"),
    path(f"{CAMPAIGN}/", signing_pages.campaign, name="campaign"),
    path(f"{CAMPAIGN}/count.json", signing_pages.count_of, name="count"),
    path(f"{CAMPAIGN}/<slug:language>/", signing_pages.campaign_in, name="campaign-in"),
    path(f"{CAMPAIGN}/<slug:language>/sign", signing_pages.sign, name="sign"),
    path(f"{CAMPAIGN}/<slug:language>/signed", signing_pages.signed, name="signed"),
    path(f"{CAMPAIGN}/<slug:language>/count", signing_pages.count_in, name="count-in"),
    path(f"{CAMPAIGN}/<slug:language>/embed", embed.embed, name="embed"),
    path(f"{CAMPAIGN}/<slug:language>/embed/signed", embed.signed, name="embed-signed"),
    path(f"{CAMPAIGN}/<slug:language>/picture.png", picture.picture, name="picture"),
    path(f"{CAMPAIGN}/<slug:language>/qr.svg", share.qr, name="qr"),
    path(f"{CAMPAIGN}/<slug:language>/share", share.share, name="share"),
    path(f"{CAMPAIGN}/<slug:language>/share/<slug:app>", share.share_by, name="share-by"),
    path(f"{CAMPAIGN}/<slug:language>/write", write.write, name="write"),
    path(f"{CAMPAIGN}/<slug:language>/mine", mine.ask, name="mine-ask"),
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
    path("embed.js", embed.script, name="embed-script"),
    path("mine/<str:token>", mine.mine, name="mine"),
    path("mine/<str:token>/data.json", mine.download, name="mine-download"),
    path("mine/<str:token>/<slug:deed>", mine.act, name="mine-act"),
    path("unsubscribe", unsubscribe.lost, name="unsubscribe-lost"),
    path("unsubscribe/<str:token>", unsubscribe.unsubscribe, name="unsubscribe"),
    path("unsubscribe/<str:token>/undo", unsubscribe.undo, name="unsubscribe-undo"),
]
