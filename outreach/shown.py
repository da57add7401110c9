"""A rehearsal as people read it: on a page for staff, and in a file of its own."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from campaigns.text import in_language
from outreach.collisions import Collision, grouped, hindered
from outreach.dashboard.expected import Line, lines_of
from outreach.dashboard.when import When
from outreach.rehearsal.record import INVENTED, Entry, Rehearsal

STATIC = Path(__file__).parent / "static"
STYLES = ("tokens.css", "app.css", "staff.css")
MOST_CASES = 300


@dataclass(frozen=True, slots=True)
class Played:
    """One addressee: what happened to it, and where it stands at the end."""

    name: str
    status: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """`figures`: a number and what it counts. `more`: how many addressees are left out because they are too many."""

    scenario: str
    note: str
    days: float
    figures: tuple[tuple[int, str], ...]
    lines: tuple[Line, ...]
    hindrances: tuple[tuple[Collision, tuple[str, ...]], ...]
    cases: tuple[Played, ...]
    more: int


def shown(rehearsal: Rehearsal) -> Shown:
    happened, edition = rehearsal.by_addressee(), rehearsal.edition
    statuses = tuple((number, status) for status, number in rehearsal.statuses().items())
    messages = sum(entry.count for entry in rehearsal.sends)
    cases = [
        Played(edition.readers[case.key].office.name, case.status, tuple(happened.get(case.key, ())))
        for case in rehearsal.cases[:MOST_CASES]
    ]
    return Shown(
        scenario=rehearsal.scenario.title,
        note=INVENTED,
        days=rehearsal.virtual_days,
        figures=((messages, "messages"), (len(rehearsal.escalations), "escalations"), *statuses),
        lines=tuple(lines_of(rehearsal)),
        hindrances=tuple(grouped(hindered(rehearsal.entries))),
        cases=tuple(cases),
        more=max(0, len(rehearsal.cases) - MOST_CASES),
    )


def as_file(rehearsal: Rehearsal, now: datetime) -> str:
    """One HTML file that needs nothing else."""
    from django.template.loader import render_to_string
    from markupsafe import Markup

    edition = rehearsal.edition
    styles = "\n".join((STATIC / name).read_text(encoding="utf-8") for name in STYLES)
    context: dict[str, Any] = {
        "title": in_language(edition.title, edition.default_language),
        "shown": shown(rehearsal),
        "when": When(edition.brief.time_zone, now),
        "step_titles": edition.step_titles,
        "styles": Markup(styles),  # our own style sheets
    }
    return render_to_string("rehearsal_file.html", context)
