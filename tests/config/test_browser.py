"""The browser that the page tests use is a real one."""

from playwright.sync_api import Page


def test_a_real_browser_reaches_the_live_server(browser_page: Page) -> None:
    answer = browser_page.goto("/healthz")
    assert answer
    assert answer.status == 200
    assert browser_page.inner_text("body").strip() == "ok"
