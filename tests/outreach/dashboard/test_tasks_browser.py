"""A letter by post, from the list of tasks to its receipt, in a real browser on a narrow phone."""

import pytest
from playwright.sync_api import expect

from tests.by_hand import handed, task
from tests.outreach.dashboard.test_browser import BASICS, signed_in

__all__ = ["signed_in"]
pytestmark = pytest.mark.django_db(transaction=True)


def test_a_person_takes_a_letter_prints_it_and_shows_the_receipt(signed_in, tmp_path):
    handed(("letter", "form"))
    receipt = tmp_path / "receipt.pdf"
    receipt.write_bytes(b"%PDF-1.7\nRR 1\n%%EOF\n")
    page = signed_in
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto("/campaigns/bridge")
    page.get_by_role("link", name="Tasks 2 to be done").click()
    page.get_by_role("link", name="Ann: post this letter").click()
    page.get_by_role("button", name="Take this task").click()
    expect(page.get_by_text("It is yours.")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Letter as PDF").click()
    assert download.value.suggested_filename == "bridge-ann.pdf"
    assert page.evaluate(BASICS) == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0

    page.get_by_label("Proof", exact=True).set_input_files(receipt)
    page.get_by_label("Note").fill("RR 1")
    page.get_by_role("button", name="Posted").click()
    expect(page.get_by_text("Noted: the message counts as sent from now on.")).to_be_visible()
    expect(page.get_by_role("link", name="receipt.pdf")).to_be_visible()
    assert task().delivery.state == "sent"
    assert page.evaluate(BASICS) == []
