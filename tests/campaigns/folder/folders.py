# ruff: noqa: E501 (a case is a line)
"""A small campaign folder with nothing wrong in it, to be spoiled."""

from collections.abc import Iterable
from pathlib import Path

from campaigns.folder.campaign_folder import CampaignFolder
from campaigns.folder.check import check
from campaigns.folder.defect import Defect

PETITION = Path(__file__).parents[3] / "templates" / "campaigns" / "artsakh-2023"
DATA = Path(__file__).parent / "data"

CAMPAIGN = """\
title: {en: Open the road, fr: Ouvrez la route}
summary: A road is closed.
languages: [en, fr]
time_zone: Asia/Yerevan
publish_at: 2023-04-28 10:00
put_to: [council]
demands:
  - {key: open, title: Open it, text: The road is open again.}
  - {key: free, title: Let them go, text: Captives go home.}
facts:
  - {key: closed, date: 2022-12-12, text: The road is closed., source: "https://news.example/1"}
groups:
  - {key: council, title: The council}
  - {key: watch, title: Those who watch}
sender: {name: The people of the road, email: people@road.example, x: "@road_people"}
website: https://road.example
terms:
  French Republic: {fr: République française}
  Your Excellency: {fr: Excellence}
  member of the council: {fr: membre du conseil}
ladder:
  - step: letter
    title: Letter
    audience: addressees
    channels: [email]
    reminders:
      - {before: 2 days, wording: reminder}
  - step: notice
    title: Notice
    audience: addressees
    channels: [x]
    patience: 1 day
  - step: report
    title: Report
    audience: watch
    channels: [email]
    also:
      - {audience: supporters, channels: [email], wording: thanks}
"""
ADDRESSEES = """\
key,kind,name,holder,salutation,country,languages,time_zone,weekend,email,x,bluesky,mastodon,groups,capacities
fr,state,French Republic,,Your Excellency,FR,fr;en,Europe/Paris,sat;sun,fr@council.example,@council_fr,,,council,member of the council
mt,state,Republic of Malta,"Minister, for roads",Your Excellency,MT,en,Europe/Malta,sat;sun,mt@council.example,,,,council,member of the council
un,office,The Watch,,Dear Watch,,en,America/New_York,,watch@watch.example,,,,watch,
"""
LETTER = """\
---
subject: "{{ campaign.title }}"
---
{{ addressee.salutation }},

{% for demand in demands %}
{{ demand.number }}. {{ demand.text }}
{% endfor %}
"""
WORDINGS = {
    "letter/email.en.md": LETTER,
    "letter/email.fr.md": LETTER.replace("{% for", "{{ addressee.name }}\n\n{% for"),
    "reminder/email.en.md": LETTER,
    "notice/x.en.md": "{{ addressee.name }} is silent: {{ links.record }}\n",
    "report/email.en.md": LETTER.replace("{{ addressee.salutation }}", "{{ silent|listing(attribute='name') }}"),
    "thanks/email.en.md": LETTER.replace("{{ addressee.salutation }}", "Dear {{ supporter.name }}"),
}


def write_folder(folder: Path) -> Path:
    (folder / "campaign.yaml").write_text(CAMPAIGN, encoding="utf-8")
    (folder / "addressees.csv").write_text(ADDRESSEES, encoding="utf-8")
    for name, text in WORDINGS.items():
        file = folder / "wordings" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def defect_of(defects: Iterable[Defect], file: str, expected: str) -> Defect:
    """The defect of that file whose sentence begins as expected."""
    for defect in defects:
        if defect.file == file and str(defect).split(": ", 1)[1].startswith(expected):
            return defect
    raise AssertionError("\n".join(map(str, defects)))


def stands_at_its_place(folder: Path, defect: Defect) -> bool:
    """Whether the defect's value is what stands in the file at its line and column."""
    line = (folder / defect.file).read_text(encoding="utf-8").split("\n")[defect.line - 1]
    there, value = line[defect.column - 1 :], defect.value.split("\n")[0]
    return there.startswith(value) or there[1:].startswith(value)


def sound(folder: Path) -> CampaignFolder:
    """What the folder says, with nothing wrong in it."""
    report = check(folder)
    assert report.campaign, "\n".join(map(str, report.defects))
    return report.campaign


def change(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {file}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
