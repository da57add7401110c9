"""The addresses of the staff pages."""

from django.urls import path

from outreach.dashboard import (
    approvals,
    deliveries,
    holds,
    html_part,
    inbox,
    interventions,
    mailings,
    outcomes,
    responses,
    sign_in,
    signatures,
    stops,
    supporters_letters,
    tasks,
    wordings,
)
from outreach.dashboard.addressees import addressees
from outreach.dashboard.board import board
from outreach.dashboard.bulletins import bulletin_body, bulletins, read_bulletin_again, set_bulletin_aside
from outreach.dashboard.campaigns import campaigns
from outreach.dashboard.clock_choice import choose_clock
from outreach.dashboard.conversation import conversation
from outreach.dashboard.coverage import coverage
from outreach.dashboard.forecast import forecast, forecast_calendar
from outreach.dashboard.publish import publish
from outreach.dashboard.queue import queue
from outreach.dashboard.rehearsal import rehearsal
from outreach.dashboard.report import report, report_pdf
from outreach.dashboard.sharing import sharing
from outreach.dashboard.versions import versions

ONE = "campaigns/<slug:slug>"
NEED = "inbox/<slug:kind>/<slug:ref>"
INCOMING = "incoming/<uuid:incoming_id>"
ADDRESSEE = f"{ONE}/addressees/<slug:key>"
DELIVERY = f"{ONE}/deliveries/<uuid:delivery_id>"
TASK = f"{ONE}/tasks/<uuid:delivery_id>"
MAILING = f"{ONE}/mailings/of/<slug:key>"
WORDING = f"{ONE}/wordings/<slug:name>/<slug:channel>/<str:language>"

urlpatterns = [
    path("", campaigns, name="campaigns"),
    path("bulletins", bulletins, name="bulletins"),
    path("bulletins/<int:bulletin_id>", bulletin_body, name="bulletin-body"),
    path("bulletins/<int:bulletin_id>/reading", read_bulletin_again, name="read-bulletin-again"),
    path("bulletins/<int:bulletin_id>/set-aside", set_bulletin_aside, name="set-bulletin-aside"),
    path("sign-in", sign_in.sign_in, name="sign-in"),
    path("sign-in/<str:secret>", sign_in.sign_in_by_link, name="sign-in-link"),
    path("sign-out", sign_in.sign_out, name="sign-out"),
    path("stop", stops.stop, name="stop"),
    path("stop/everything", stops.stop_everything, name="stop-everything"),
    path("stop/go", stops.go, name="go"),
    path("inbox", inbox.inbox_of_all, name="inbox"),
    path("inbox/next", inbox.next_need, name="next-need"),
    path(NEED, inbox.need, name="need"),
    path(f"{NEED}/take", inbox.take_need, name="take-need"),
    path(f"{NEED}/leave", inbox.leave_need, name="leave-need"),
    path(f"{NEED}/settle", inbox.settle_need, name="settle-need"),
    path(f"{INCOMING}/html", inbox.incoming_html, name="incoming-html"),
    path(f"{INCOMING}/raw", inbox.incoming_raw, name="incoming-raw"),
    path(f"{INCOMING}/files/<int:number>", inbox.incoming_file, name="incoming-file"),
    path(ONE, board, name="board"),
    path(f"{ONE}/rehearsal", rehearsal, name="rehearsal"),
    path(f"{ONE}/forecast.ics", forecast_calendar, name="forecast-calendar"),
    path(f"{ONE}/report", report, name="report"),
    path(f"{ONE}/report.pdf", report_pdf, name="report-pdf"),
    path(f"{ONE}/inbox", inbox.inbox_of_campaign, name="campaign-inbox"),
    path(f"{ONE}/publish", publish, name="publish"),
    path(f"{ONE}/hold", holds.hold, name="hold"),
    path(f"{ONE}/holds", holds.place_hold, name="place-hold"),
    path(f"{ONE}/holds/<uuid:hold_id>/lift", holds.lift_hold, name="lift-hold"),
    path(f"{ONE}/resume", holds.resume, name="resume"),
    path(f"{ONE}/time", interventions.time, name="time"),
    path(f"{ONE}/time/more", interventions.give_time, name="give-time"),
    path(f"{ONE}/time/no-more", interventions.take_back, name="take-back"),
    path(f"{ONE}/versions", versions, name="versions"),
    path(f"{ONE}/addressees", addressees, name="addressees"),
    path(f"{ONE}/coverage", coverage, name="coverage"),
    path(ADDRESSEE, conversation, name="conversation"),
    path(f"{ADDRESSEE}/holder", interventions.holder, name="holder"),
    path(f"{ADDRESSEE}/holder/new", interventions.new_holder, name="new-holder"),
    path(f"{ADDRESSEE}/outcomes", outcomes.record_outcomes, name="record-outcomes"),
    path(f"{ONE}/outcomes/<int:outcome_id>/review", outcomes.review_outcome, name="review-outcome"),
    path(f"{ONE}/files/<uuid:exhibit_id>", outcomes.exhibit, name="exhibit"),
    path(f"{ADDRESSEE}/responses", responses.add_response, name="add-response"),
    path(f"{ONE}/responses/<uuid:response_id>/record", responses.record_stated, name="record-stated"),
    path(f"{ONE}/responses/<uuid:response_id>/read", responses.read_response, name="read-response"),
    path(f"{ONE}/deliveries", deliveries.deliveries, name="deliveries"),
    path(f"{ONE}/letters", supporters_letters.supporters_letters, name="supporters-letters"),
    path(f"{ONE}/letters/<uuid:mailbag_id>/settle", supporters_letters.settle_mailbag, name="settle-mailbag"),
    path(f"{ADDRESSEE}/letters/hold", supporters_letters.hold_letters, name="hold-letters"),
    path(f"{ADDRESSEE}/letters/release", supporters_letters.release_letters, name="release-letters"),
    path(f"{ADDRESSEE}/letters/manner", supporters_letters.letters_manner, name="letters-manner"),
    path(f"{ONE}/queue", queue, name="queue"),
    path(f"{ONE}/sharing", sharing, name="sharing"),
    path(DELIVERY, deliveries.delivery, name="delivery"),
    path(f"{DELIVERY}/html", html_part.delivery_html, name="delivery-html"),
    path(f"{DELIVERY}/again", deliveries.write_delivery_again, name="write-again"),
    path(f"{DELIVERY}/settle", deliveries.settle_delivery, name="settle-delivery"),
    path(f"{ONE}/tasks", tasks.tasks, name="tasks"),
    path(TASK, tasks.task, name="task"),
    path(f"{TASK}/take", tasks.take_task, name="take-task"),
    path(f"{TASK}/put-back", tasks.put_back_task, name="put-back-task"),
    path(f"{TASK}/settle", tasks.settle_task, name="settle-task"),
    path(f"{TASK}/letter", tasks.task_letter, name="task-letter"),
    path(f"{TASK}/proofs", tasks.add_task_proof, name="add-task-proof"),
    path(f"{TASK}/proofs/<uuid:proof_id>", tasks.task_proof, name="task-proof"),
    path(f"{ONE}/clock", choose_clock, name="choose-clock"),
    path(f"{ONE}/approvals", approvals.approvals, name="approvals"),
    path(f"{ONE}/approvals/<slug:step>", approvals.approval, name="approval"),
    path(f"{ONE}/approvals/<slug:step>/approve", approvals.approve_step, name="approve-step"),
    path(f"{ONE}/approvals/<uuid:approval_id>/take-back", approvals.take_back_approval, name="take-back-approval"),
    path(f"{ONE}/signatures", signatures.signatures, name="signatures"),
    path(f"{ONE}/signatures/act", signatures.act_on_signatures, name="act-on-signatures"),
    path(f"{ONE}/signatures/alarm", signatures.sound_alarm, name="sound-alarm"),
    path(f"{ONE}/signatures/alarm/end", signatures.end_alarm, name="end-alarm"),
    path(f"{ONE}/signatures/<uuid:batch_id>/undo", signatures.undo_batch, name="undo-batch"),
    path(f"{ONE}/forecast", forecast, name="forecast"),
    path(f"{ONE}/mailings", mailings.mailings, name="mailings"),
    path(f"{ONE}/mailings/write", mailings.write_mailing, name="write-mailing"),
    path(f"{ONE}/mailings/new", mailings.new_mailing, name="new-mailing"),
    path(MAILING, mailings.mailing, name="mailing"),
    path(f"{MAILING}/draft", mailings.edit_mailing, name="edit-mailing"),
    path(f"{MAILING}/letters/<slug:wording>/<str:language>", mailings.mailing_html, name="mailing-html"),
    path(f"{MAILING}/test", mailings.test_mailing, name="test-mailing"),
    path(f"{MAILING}/go", mailings.plan_mailing, name="plan-mailing"),
    path(f"{MAILING}/take-back", mailings.unplan_mailing, name="unplan-mailing"),
    path(f"{MAILING}/hold", mailings.hold_mailing, name="hold-mailing"),
    path(f"{MAILING}/stop", mailings.stop_mailing, name="stop-mailing"),
    path(f"{MAILING}/approve", mailings.approve_mailing, name="approve-mailing"),
    path(f"{MAILING}/take-back-approval", mailings.unapprove_mailing, name="unapprove-mailing"),
    path(f"{ONE}/wordings", wordings.wordings, name="wordings"),
    path(WORDING, wordings.wording, name="wording"),
    path(f"{WORDING}/html", html_part.wording_html, name="wording-html"),
]
