"""The campaign of one round: invented offices on every channel, and supporters, made as a user makes them."""

import csv
from pathlib import Path

from django.db import OperationalError, close_old_connections

from bench.chaos.processes import soon
from bench.chaos.reckoning import CHANNELS, Expected
from campaigns.folder.check import check
from campaigns.folder.load import load
from campaigns.moment import now
from campaigns.publication import publish
from campaigns.supporter import Supporter

CAMPAIGN = """\
title: Keep the bridge open ({slug})
summary: Some offices can keep the bridge open.
languages: [en]
time_zone: UTC
publish_at: 2023-04-28 10:00
deadline: {{after: 7 days}}
put_to: [council]
demands:
  - {{key: open, title: Open it, text: Open the bridge.}}
groups:
  - {{key: council, title: Council}}
sender: {{name: Bridge Committee, email: bridge@committee.example, x: "@bridge", bluesky: bridge.example,
  mastodon: "@bridge@social.example"}}
ladder:
  - step: letter
    title: The letter
    audience: addressees
    channels: [email, x, bluesky, mastodon]
    also: [{{audience: supporters, channels: [email], wording: supporters}}]
"""
WORDINGS = {
    "letter/email.en.md": "---\nsubject: The bridge\n---\n{{ addressee.salutation }}, open it, {{ addressee.name }}.\n",
    "supporters/email.en.md": "---\nsubject: The bridge\n---\n{{ supporter.name }}: {{ campaign.title }}\n",
    **{f"letter/{channel}.en.md": "{{ addressee.name }} can keep it open.\n" for channel in CHANNELS[1:]},
}
COLUMNS = (
    "key,kind,name,holder,salutation,country,languages,time_zone,weekend,email,x,bluesky,mastodon,groups,capacities"
)


def put_to(place: Path, expected: Expected) -> None:
    """Write the folder, load it, let supporters join, and publish. Waits for a database that is not there yet."""
    folder = _write(place / expected.slug, expected.slug, expected.addressees)
    published = lambda: _published(folder, expected.slug, expected.supporters)  # noqa: E731
    assert soon(published, 60), "the database did not come back in a minute"


def _published(folder: Path, slug: str, supporters: int) -> bool:
    report = check(folder)
    assert report.campaign, report.defects
    close_old_connections()
    try:
        campaign = load(report.campaign, now()).campaign
        joined = [
            Supporter(
                campaign=campaign,
                name=f"S{number}",
                email=f"s{number}@{slug}.supporters.example",
                language="en",
                joined_at=now(),
                agreed_at=now(),
            )
            for number in range(supporters)
        ]
        Supporter.objects.bulk_create(joined, ignore_conflicts=True)
        publish(campaign, now())
    except OperationalError:
        return False
    return True


def _write(folder: Path, slug: str, addressees: int) -> Path:
    folder.mkdir(parents=True)
    (folder / "campaign.yaml").write_text(CAMPAIGN.format(slug=slug))
    for name, words in WORDINGS.items():
        (folder / "wordings" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "wordings" / name).write_text(words)
    with (folder / "addressees.csv").open("w", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(COLUMNS.split(","))
        rows.writerows(_office(slug, number) for number in range(1, addressees + 1))
    return folder


def _office(slug: str, number: int) -> list[str]:
    name = f"Office {number} of {slug}"
    own = ["office", name, f"Head of {name}", "Dear Madam or Sir", "GB", "en", "Europe/London", "sat;sun"]
    return [f"{slug}-{number}", *own, f"office{number}@{slug}.example", "", "", "", "council", "member"]
