"""The staff pages in a real browser: what only a browser can prove."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from campaigns.campaign import Campaign
from campaigns.outcome import Outcome
from outreach.clock import tick
from outreach.delivery import Delivery
from outreach.send import drain
from outreach.sign_in import SignInLink
from tests.outreach.dashboard.conftest import member
from tests.small_campaign import FRIDAY, draft, published

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = (
    "",
    "/hold",
    "/addressees",
    "/addressees/ann",
    "/coverage",
    "/deliveries",
    "/queue",
    "/tasks",
    "/signatures",
    "/forecast",
    "/report",
    "/rehearsal",
    "/wordings/letter/email/en",
)
BASICS = """() => {
  const shown = element => element.checkVisibility();
  const named = element => (element.getAttribute('aria-label') || '').trim()
    || (element.getAttribute('aria-labelledby') || '').split(' ').some(id => document.getElementById(id))
    || element.innerText.trim() || (element.labels && element.labels.length && element.labels[0].innerText.trim());
  const ids = [...document.querySelectorAll('[id]')].map(element => element.id);
  const wrong = [];
  if (document.querySelectorAll('h1').length !== 1) wrong.push('not one h1');
  for (const part of ['header', 'main', 'footer']) if (!document.querySelector(part)) wrong.push('no ' + part);
  wrong.push(...ids.filter((id, n) => ids.indexOf(id) !== n).map(id => 'twice: ' + id));
  for (const element of document.querySelectorAll('a, button, input:not([type=hidden]), select, textarea, summary'))
    if (shown(element) && !named(element)) wrong.push('no name: ' + element.outerHTML.slice(0, 90));
  for (const element of document.querySelectorAll('[aria-describedby], [aria-labelledby]'))
    for (const name of ['aria-describedby', 'aria-labelledby'])
      for (const id of (element.getAttribute(name) || '').split(' ').filter(Boolean))
        if (!document.getElementById(id)) wrong.push('points nowhere: ' + id);
  for (const table of document.querySelectorAll('table'))
    if (!table.caption) wrong.push('table without a caption');
  for (const element of document.querySelectorAll('a[href], button, select, input:not([type=hidden])')) {
    const box = element.getBoundingClientRect();
    const inText = element.matches('p a, td a, th a, li a, small a');
    if (shown(element) && !element.closest('.vh, .skip') && !inText && !element.matches('.skip, .vh')
        && (box.height < 23.5 || box.width < 23.5))
      wrong.push('small target: ' + element.outerHTML.slice(0, 90));
  }
  if (document.querySelector('[style], style, script:not([src])')) wrong.push('inline style or script');
  return wrong;
}"""


@pytest.fixture
def signed_in(browser_page: Page) -> Page:
    """The browser of an organiser, who came in by a link."""
    secret = SignInLink.issue(member(), datetime.now(UTC))
    browser_page.goto(f"/sign-in/{secret}")
    browser_page.get_by_role("button", name="Sign in").click()
    expect(browser_page.get_by_role("heading", name="Campaigns")).to_be_visible()
    return browser_page


def letters_sent(campaign: Campaign) -> Campaign:
    tick(campaign, FRIDAY)
    drain("email", bulk=False)
    return campaign


def test_a_person_signs_in_publishes_and_records_an_outcome(signed_in):
    draft()
    page = signed_in
    page.reload()
    page.get_by_role("link", name="Keep the bridge open").click()
    expect(page.get_by_role("heading", level=1, name="Keep the bridge open")).to_be_visible()
    page.get_by_label("Type bridge to confirm").fill("bridge")
    page.get_by_role("button", name="Publish and send 3 letters").click()
    expect(page.get_by_text("Running", exact=True)).to_be_visible()

    letters_sent(Campaign.objects.get())
    page.reload()
    page.get_by_role("link", name="Ann", exact=True).click()
    page.get_by_text("Full text").first.click()
    expect(page.locator(".letter.exact").first).to_contain_text("1. open the bridge")
    page.get_by_label("1 Open").select_option("done")
    page.get_by_label("Evidence").fill("https://ann.example/decree")
    page.get_by_role("button", name="Record outcomes").click()
    expect(page.get_by_text("Recorded: 1 outcome.")).to_be_visible()
    assert Outcome.objects.get().kind == "done"


def test_the_html_part_of_a_letter_is_shown_in_its_frame(signed_in):
    letters_sent(published())
    signed_in.goto(f"/campaigns/bridge/deliveries/{Delivery.objects.get(addressee__key='ann').pk}")
    signed_in.get_by_text("As HTML").click()
    expect(signed_in.frame_locator("iframe").get_by_text("open the bridge")).to_be_visible()


def test_the_board_updates_itself_and_keeps_the_focus(signed_in):
    campaign = letters_sent(published())
    Delivery.objects.filter(addressee__key="ann").update(state="due", sent_at=None)  # something is on its way
    page = signed_in
    page.goto("/campaigns/bridge")
    page.get_by_role("link", name="Bob", exact=True).focus()
    expect(page.locator("#tally")).to_contain_text("3 silent")
    page.evaluate("window.before = document.querySelector('#a-bob')")
    campaign.appeals.filter(addressee__key="cat").update(status="acted", ended_at=FRIDAY)
    expect(page.locator("#tally")).to_contain_text("1 acted", timeout=15_000)
    assert page.evaluate("document.activeElement.id") == "a-bob"
    assert page.evaluate("document.activeElement !== window.before")
    page.get_by_role("link", name="stop updating").click()
    expect(page.get_by_role("link", name="update again")).to_be_visible()
    assert page.locator("script").count() == 0


def test_the_keyboard_finds_the_skip_link_then_the_bar_then_the_page(signed_in):
    letters_sent(published())
    page = signed_in
    page.goto("/campaigns/bridge")
    order = []
    for _ in range(9):
        page.keyboard.press("Tab")
        order.append(page.evaluate("document.activeElement.innerText.trim().split('\\n')[0]"))
    assert order[:4] == ["Skip to the page", "Outreach", "Keep the bridge open", "Hold…"]
    assert order[4:9] == ["Board", "Inbox", "Addressees", "Wordings", "Forecast"]


def test_a_problem_takes_the_focus_and_leads_to_its_field(signed_in):
    published()
    page = signed_in
    page.goto("/campaigns/bridge/hold")
    page.get_by_role("button", name="Place the hold").click()
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_role("link", name="A hold needs a reason").click()
    assert page.url.endswith("#reason")


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_no_page_scrolls_sideways_and_every_control_has_a_name(signed_in, width):
    draft("plan")
    letters_sent(published())
    page = signed_in
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme="dark" if width == 390 else "light")
    for path in ("/", "/campaigns/plan", *(f"/campaigns/bridge{path}" for path in PAGES)):
        page.goto(path)
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert (path, wider) == (path, 0)
        assert (path, page.evaluate(BASICS)) == (path, [])
