"""What every test may use: a page in a real browser, on a live server with the strict headers of production."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from playwright.sync_api import ConsoleMessage, Page
from pytest_django.live_server_helper import LiveServer

from tests import chromium

hypothesis.settings.register_profile("outreach", deadline=None, report_multiple_bugs=False)
hypothesis.settings.load_profile("outreach")
NO_BROWSER = "no browser for the page tests"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start the browser that is found; without one, fail where CI=true and skip elsewhere."""
    try:
        program = chromium.find()
    except chromium.NoBrowserError as reason:
        stop = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        stop(f"{NO_BROWSER}: {reason}")
    return {**browser_type_launch_args, "executable_path": str(program), "args": chromium.OPTIONS}


@pytest.fixture
def browser_page(new_context: Callable[..., Any], live_server: LiveServer) -> Iterator[Page]:
    """A page whose `goto("/path")` goes to a live server; what the page complains about fails the test."""
    page: Page = new_context(base_url=live_server.url, reduced_motion="reduce").new_page()
    page.set_default_timeout(15_000)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.extend(breaches(message)))
    yield page
    assert complaints == []


@pytest.fixture
def still_page(new_context: Callable[..., Any], live_server: LiveServer) -> Page:
    """The same in a browser that runs no scripts."""
    page: Page = new_context(base_url=live_server.url, java_script_enabled=False).new_page()
    page.set_default_timeout(15_000)
    return page


def breaches(message: ConsoleMessage) -> list[str]:
    """What a page tried against the Content-Security-Policy."""
    return [message.text] if message.type == "error" and "Content Security Policy" in message.text else []


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give time to the first test with a browser, which may have to fetch it; let files that take long begin early."""
    for item in items:
        if "browser_page" in getattr(item, "fixturenames", ()) and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(240))
    longest: dict[Path, float] = {}
    for item in items:
        marker = item.get_closest_marker("timeout")
        longest[item.path] = max(longest.get(item.path, 0), marker.args[0] if marker else 0)
    items.sort(key=lambda item: -longest[item.path])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly what was not tested."""
    skipped = [report for report in terminalreporter.stats.get("skipped", []) if NO_BROWSER in str(report.longrepr)]
    if skipped:
        terminalreporter.section("NOT TESTED", red=True, bold=True)
        terminalreporter.line(f"{len(skipped)} page tests were skipped: {skipped[0].longrepr[2]}", red=True)
