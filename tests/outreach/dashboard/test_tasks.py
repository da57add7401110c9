"""The pages of what goes by hand: one has all that is needed, and says who has it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from outreach.carrying import done, take
from outreach.delivery import Delivery
from outreach.sealed_file import LARGEST
from outreach.task import TaskProof
from tests.by_hand import ADDRESSES, handed, task
from tests.outreach.dashboard.conftest import member, signed_in
from tests.small_campaign import DAY, FRIDAY

HERE = "/campaigns/bridge/tasks"
PDF = b"%PDF-1.7\nreceipt\n%%EOF\n"


@pytest.fixture
def campaign(staff: Client, settings):
    settings.CAP = 9  # Ann gets four messages at once
    return handed()


@pytest.fixture
def noor(db) -> Client:
    return signed_in(member("organiser", "noor"))


def path(channel: str = "letter", deed: str = "") -> str:
    return f"{HERE}/{task(channel).pk}{f'/{deed}' if deed else ''}"


def text(answer) -> str:
    return str(answer.content.decode())


def receipt(content: bytes = PDF, name: str = "receipt.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "text/html")


def test_the_list_shows_what_waits_and_what_is_late(campaign, staff, at):
    shown = text(staff.get(HERE))
    assert "3 tasks for a person" in shown
    for what in ("post this letter", "make this call", "fill in this web form", "nobody has it yet"):
        assert what in shown
    assert ">3<span" in text(staff.get("/campaigns/bridge"))
    at(FRIDAY + 3 * DAY)
    assert "3 late" in text(staff.get(HERE))


def test_without_tasks_the_list_says_that_this_is_good(staff):
    handed(("email",))
    assert "Nothing needs a person" in text(staff.get(HERE))


def test_one_page_has_all_that_is_needed(campaign, staff):
    assert 'href="tel:+442079460000"' in text(staff.get(path("phone")))
    form = text(staff.get(path("form")))
    assert f'href="{ADDRESSES["form"]}" rel="noreferrer noopener"' in form
    assert "open the bridge and repair the bridge" in form
    assert "1 Bridge Street" in text(staff.get(path()))
    assert staff.post(path(deed="take"), follow=True).status_code == 200
    assert "Letter as PDF" in text(staff.get(path()))


def test_the_letter_is_downloaded_as_a_file_once_somebody_has_taken_it(campaign, staff):
    early = staff.get(path(deed="letter"))
    assert early.status_code == 409
    assert "Take this task first" in text(early)
    staff.post(path(deed="take"))
    made = staff.get(path(deed="letter"))
    assert made.content.startswith(b"%PDF-")
    assert made.headers["Content-Disposition"] == 'attachment; filename="bridge-ann.pdf"'
    assert staff.get(path("phone", "letter")).status_code == 409


def test_a_second_person_reads_who_has_it_and_may_take_it_over(campaign, staff, noor):
    staff.post(path(deed="take"))
    shown = text(noor.get(path()))
    assert "mara has this task" in shown
    assert "It is done" not in shown
    refused = noor.post(path(deed="take"))
    assert refused.status_code == 422
    assert "mara has this task" in text(refused)
    assert noor.post(path(deed="settle"), {"result": "done"}).status_code == 422
    noor.post(path(deed="take"), {"from_another": "yes"})
    assert task().holder.username == "noor"
    noor.post(path(deed="put-back"))
    assert task().holder is None


def test_it_is_settled_with_date_note_and_proof_at_once(campaign, staff, at):
    staff.post(path(deed="take"))
    at(FRIDAY + DAY)
    said = {"result": "done", "at": "2023-04-28T18:30", "note": "RR 1", "proof": receipt()}
    told = staff.post(path(deed="settle"), said, follow=True)
    assert "the message counts as sent from now on" in text(told)
    letter = task().delivery
    assert (letter.state, letter.sent_at.isoformat()) == ("sent", "2023-04-28T18:30:00+00:00")
    assert (task().note, task().settled_by) == ("RR 1", "mara")
    assert f"SHA-256 {TaskProof.objects.get().sha256}" in text(told)
    assert "It is done" not in text(told)
    again = staff.post(path(deed="settle"), {"result": "done"})
    assert again.status_code == 422
    assert "This task is settled by mara: it is sent" in text(again)


def test_a_proof_that_is_none_settles_nothing_and_says_so_at_its_field(campaign, staff):
    staff.post(path(deed="take"))
    for content, sentence in ((b"<script>", "neither"), (b"%PDF-1.7" + b" " * LARGEST + b"%%EOF", "at the most")):
        answer = staff.post(path(deed="settle"), {"result": "done", "proof": receipt(content), "note": "kept"})
        assert answer.status_code == 422
        assert sentence in text(answer)
        assert 'aria-describedby="proof-e proof-h"' in text(answer)
        assert ">kept</textarea>" in text(answer)
    assert task().is_open
    assert not TaskProof.objects.exists()


def test_a_proof_is_handed_out_as_a_file_that_no_browser_takes_for_a_page(campaign, staff, noor):
    staff.post(path(deed="proofs"), {"proof": receipt(name='a"b\r\n.html')})
    proof = TaskProof.objects.get()
    given = noor.get(f"{path()}/proofs/{proof.pk}")
    assert given.content == PDF
    assert given.headers["Content-Type"] == "application/pdf"
    assert given.headers["X-Content-Type-Options"] == "nosniff"
    assert given.headers["Content-Disposition"] == f'attachment; filename="{proof.name}"'
    assert proof.name.isascii()
    assert "sandbox" in given.headers["Content-Security-Policy"]
    assert Client().get(f"{path()}/proofs/{proof.pk}").status_code == 302
    assert staff.post(path(deed="proofs")).status_code == 422


def test_what_could_not_be_done_is_refused_with_its_reason(campaign, staff):
    staff.post(path("phone", "take"))
    empty = staff.post(path("phone", "settle"), {"result": "failed", "reason": ""})
    assert "Say why it could not be done" in text(empty)
    staff.post(path("phone", "settle"), {"result": "failed", "reason": "Not in use", "wrong": "yes"})
    call = task("phone").delivery
    assert (call.state, call.contact_point.health) == ("refused", "dead")
    assert "mara could not do it: Not in use" in text(staff.get(f"/campaigns/bridge/deliveries/{call.pk}"))


def test_a_day_that_cannot_be_read_is_said_at_its_field(campaign, staff):
    staff.post(path(deed="take"))
    answer = staff.post(path(deed="settle"), {"result": "done", "at": "yesterday"})
    assert "Give the day and the time" in text(answer)
    assert task().is_open


def test_a_viewer_sees_all_of_it_and_has_no_button(campaign, viewer):
    shown = text(viewer.get(path()))
    assert "1 Bridge Street" in shown
    assert "Take this task" not in shown
    for deed in ("take", "put-back", "settle", "proofs"):
        assert viewer.post(path(deed=deed)).status_code == 403


def test_other_pages_lead_to_the_task(campaign, staff):
    link = f'href="{path()}"'
    assert link in text(staff.get("/campaigns/bridge/addressees/ann"))
    assert link in text(staff.get(f"/campaigns/bridge/deliveries/{task().pk}"))
    assert "1 with a person" in text(staff.get("/campaigns/bridge/deliveries"))


def test_what_was_settled_stays_to_be_read(campaign, staff):
    mara = take(task("phone"), member("organiser", "lia"), FRIDAY).holder
    done(task("phone"), mara, FRIDAY, note="Spoke with the secretary")
    assert "Settled lately" in text(staff.get(HERE))
    assert "Spoke with the secretary" in text(staff.get(path("phone")))
    assert Delivery.objects.get(channel="phone").state == "delivered"
