"""The real members of Congress, asked by a campaign: everybody finds theirs, and what no wire carries is for a person.

Needs the files of the project congress-legislators; the same way is walked with invented members elsewhere.
"""

import pytest
from django.db.models import Count
from typer.testing import CliRunner

from campaigns.addressee import Addressee
from campaigns.campaign import Campaign
from campaigns.coverage import coverage_of
from campaigns.directory.seat import STATES, WITH_DELEGATES, division_of, house
from campaigns.moment import now
from campaigns.publication import publish
from campaigns.representatives import Map
from outreach.cli import app
from outreach.clock import tick
from outreach.delivery import Delivery
from outreach.public.kept_page import forget
from outreach.public.write_sentences import WRITE
from outreach.send import drain
from outreach.task import Task
from tests.campaigns.directory.test_congress import REAL
from tests.campaigns.folder.folders import ADDRESSEES, change, write_folder
from tests.outreach.public.test_campaign_page import text
from tests.small_campaign import FRIDAY

SCRIPT = "We are {{ sender.name }}. We ask for: {{ demands|listing(attribute='title') }}.\n"
NEWCOMER = "us-house-ca-1,office,x,James Gallagher,,US,en,America/New_York,sat;sun,,,,,congress,,+1 202-225-3076"
VACANT = {"CA": 14, "FL": 20, "GA": 13, "TX": 23}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A campaign that is put to Congress, over web forms and by telephone."""
    if not REAL.exists():
        pytest.skip("the real members of Congress are not here (../shared/data/congress)")
    monkeypatch.setattr("outreach.cli.directory.now", lambda: now().replace(year=2026, month=11, day=28))
    made = tmp_path / "road"
    made.mkdir()
    write_folder(made)
    change(made, "campaign.yaml", "put_to: [council]", "put_to: [congress]\nfallbacks: [un]")
    change(made, "campaign.yaml", "groups:\n", "groups:\n  - {key: congress, title: The Congress}\n")
    change(made, "campaign.yaml", "channels: [email]\n    reminders:\n      - {before: 2 days, wording: reminder}\n", "channels: [form, phone]\n")  # fmt: skip # noqa: E501
    for channel in ("form", "phone"):
        (made / "wordings" / "letter" / f"{channel}.en.md").write_text(SCRIPT, encoding="utf-8")
    for unused in ("letter/email.en.md", "letter/email.fr.md", "reminder/email.en.md"):
        (made / "wordings" / unused).unlink()
    head, *rows = ADDRESSEES.splitlines()
    lines = [f"{head},phone", *(f"{row}," for row in rows), NEWCOMER]  # of whom the files have no address yet
    (made / "addressees.csv").write_text("\n".join(lines), encoding="utf-8")
    return made


@pytest.mark.timeout(180)
def test_the_real_congress_is_found_by_everybody_and_asked_by_people(folder, db, client, monkeypatch):
    told = CliRunner().invoke(app, ["directory", "congress", str(REAL), str(folder), "--group", "congress", "--yes"])
    assert told.exit_code == 0, told.output
    assert "535 members of Congress: email 0, web form 88, phone 534, letter 534, X 506, Mastodon 13." in told.output
    assert "Seats nobody holds: 4 (" in told.output

    campaign = Campaign.objects.get()
    everybody_has_the_right_two_or_three(Map(campaign))
    reported(campaign)
    monkeypatch.setattr("campaigns.moment.now", lambda: FRIDAY)
    campaign = publish(campaign, FRIDAY)
    shown(client)

    tick(campaign, FRIDAY)
    made = Delivery.objects.order_by("channel").values_list("channel", "state").annotate(number=Count("pk"))
    assert list(made) == [("form", "due", 88), ("phone", "due", 537)]
    asked = set(Addressee.objects.filter(memberships__group__key="congress").values_list("key", flat=True))
    assert set(Delivery.objects.values_list("addressee__key", flat=True)) == asked
    drain("form", bulk=False)
    assert Task.objects.open().count() == Delivery.objects.filter(state="handed").count() == 88


def everybody_has_the_right_two_or_three(known: Map) -> None:
    vacant = {f"{division_of(state)}/cd:{number}" for state, number in VACANT.items()}
    for seat in house():
        told = known.representation(seat.division)
        senators = [each for each in told.people if each.key.startswith("us-senate-")]
        members = [each for each in told.people if each.key.startswith("us-house-")]
        assert len(senators) == (2 if seat.state in STATES else 0), seat
        assert [each.key for each in members] == ([] if seat.division in vacant else [seat.key]), seat
        assert told.is_vacant == (seat.division in vacant)
        assert [each.key for each in told.instead] == (["un"] if seat.division in vacant else [])
    assert {each.division for each in known.unrepresented()} == vacant
    assert len(known.within()) == len(STATES) + len(WITH_DELEGATES)


def reported(campaign: Campaign) -> None:
    seen = coverage_of(campaign)
    assert (seen.by_channel["form"], seen.by_channel["phone"], seen.by_channel["letter"]) == (88, 537, 536)
    assert (seen.unreached, len(seen.unrepresented), len(seen.vacant)) == ((), 4, 2)


def shown(client) -> None:
    """On the page: a state at large, a district, DC, a territory, a vacant seat; web forms, numbers, posts."""
    forget()
    for division, names, ways in (
        ("ocd-division/country:us/state:ak", 3, 'href="tel:+1202'),
        ("ocd-division/country:us/state:wa/cd:7", 3, "https://x.com/intent/tweet?text=%40"),
        ("ocd-division/country:us/district:dc", 1, 'href="tel:+1202'),
        ("ocd-division/country:us/territory:pr", 1, 'href="tel:+1202'),
        ("ocd-division/country:us/state:ga/cd:13", 3, "The Watch"),  # whom the campaign names instead
    ):
        page = client.post("/c/road/en/write", {"division": division}).content.decode()
        assert page.count("<article") == names, division
        assert ways in page
        assert "offices.example" not in page
    assert WRITE["en"].nobody.format(place="Georgia, district 13") in text(page)
