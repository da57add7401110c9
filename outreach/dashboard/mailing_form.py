"""The form in which a mailing is written: what it shows, and what was filled in."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import QueryDict

from campaigns.campaign import Campaign
from campaigns.mailing import Mailing
from campaigns.segment import Segment, Unsuited
from outreach.dashboard.holds import local_moment
from outreach.mailings.draft import LETTERS, Draft, Texts, draft_of

HOUR = timedelta(hours=1)
YES_NO = {"": None, "yes": True, "no": False}
PLAIN = ("key", "title", "countries", "divisions", "languages", "has_signed", "has_written", "joined_from",
         "joined_before", "measure", "test_share", "test_hours", "expires_hours", "above_cap")  # fmt: skip
Said = dict[str, Any]
"""What stands in the fields, by their names; `representatives` is a list."""


def blank(campaign: Campaign) -> Said:
    """An empty form."""
    said: Said = dict.fromkeys(PLAIN, "") | {"representatives": [], "test_share": "0", "test_hours": "48"}
    return said | {"measure": Mailing.Measure.LETTERS.value, "above_cap": Mailing.Above.LEFT_OUT.value}


def filled(mailing: Mailing) -> Said:
    """A draft in the form, to be changed."""
    draft, segment, zone = draft_of(mailing), mailing.for_whom, mailing.campaign.zone
    said = blank(mailing.campaign) | {
        "key": draft.key,
        "title": draft.title,
        "countries": ", ".join(segment.countries),
        "divisions": "\n".join(segment.divisions),
        "languages": ", ".join(segment.languages),
        "has_signed": _yes_no(segment.has_signed),
        "has_written": _yes_no(segment.has_written),
        "joined_from": _local(segment.joined_from, zone),
        "joined_before": _local(segment.joined_before, zone),
        "representatives": list(segment.representatives),
        "measure": draft.measure,
        "test_share": str(draft.test_share),
        "test_hours": _hours(draft.test_time) or "48",
        "expires_hours": _hours(draft.expires_after),
        "above_cap": draft.above_cap,
    }
    for letter, texts in zip(LETTERS, draft.texts, strict=False):
        for language, (subject, body) in texts.items():
            said |= {f"subject-{letter}-{language}": subject, f"body-{letter}-{language}": body}
    return said


def said_in(post: QueryDict) -> Said:
    """What was filled in, as it was."""
    texts = {name: post[name] for name in post if name.startswith(("subject-", "body-"))}
    plain = {name: post.get(name, "").strip() for name in PLAIN}
    return plain | texts | {"representatives": post.getlist("representatives")}


def draft_in(said: Said, campaign: Campaign) -> Draft:
    """The draft a filled-in form makes. Raises Unsuited, naming the field."""
    texts = [each for letter in LETTERS if (each := _texts(said, letter, campaign.languages))]
    return Draft(
        key=said["key"],
        title=said["title"],
        texts=texts,
        segment=_segment(said, campaign.zone),
        measure=said["measure"],
        test_share=_whole(said, "test_share") or 0 if len(texts) > 1 else 0,
        test_time=_span(said, "test_hours") if len(texts) > 1 else None,
        expires_after=_span(said, "expires_hours"),
        above_cap=said["above_cap"],
    )


def field_of(problem: Unsuited, campaign: Campaign) -> str:
    """The id of the field that a problem is about."""
    kind, *where = problem.field.split(".")
    if kind == "texts":
        letter, language = (*where, *("a", campaign.default_language)[len(where) :])
        return f"body-{letter}-{language}"
    return {"test_time": "test_hours", "expires_after": "expires_hours"}.get(kind, kind)


def letters_of(said: Said) -> str:
    """The wordings the form has room for: those that are written, and one more."""
    written = {name.split("-")[1] for name, text in said.items() if name.startswith("body-") and text}
    return LETTERS[: max(2, len(written) + 1)]


def _texts(said: Mapping[str, Any], letter: str, languages: list[str]) -> Texts:
    found = {each: (_text(said, "subject", letter, each), _text(said, "body", letter, each)) for each in languages}
    return {language: text for language, text in found.items() if any(text)}


def _text(said: Mapping[str, Any], part: str, letter: str, language: str) -> str:
    return str(said.get(f"{part}-{letter}-{language}", "")).replace("\r\n", "\n").strip()


def _segment(said: Said, zone: ZoneInfo) -> Segment:
    return Segment.of(
        {
            "countries": said["countries"].replace(",", " ").split(),
            "divisions": said["divisions"].split("\n"),
            "languages": said["languages"].replace(",", " ").split(),
            "has_signed": YES_NO.get(said["has_signed"]),
            "has_written": YES_NO.get(said["has_written"]),
            "joined_from": _moment(said, "joined_from", zone),
            "joined_before": _moment(said, "joined_before", zone),
            "representatives": said["representatives"],
        }
    )


def _moment(said: Said, name: str, zone: ZoneInfo) -> datetime | None:
    try:
        return local_moment(said[name], zone)
    except ValueError:
        raise Unsuited("Give the day and the time, as in 2026-05-10 09:00", name) from None


def _whole(said: Said, name: str) -> int | None:
    if not said[name]:
        return None
    if not (said[name].isascii() and said[name].isdecimal() and len(said[name]) < 6):
        raise Unsuited(f"“{said[name]}” is no whole number", name)
    return int(said[name])


def _span(said: Said, name: str) -> timedelta | None:
    hours = _whole(said, name)
    return None if hours is None else hours * HOUR


def _hours(span: timedelta | None) -> str:
    return "" if span is None else str(span // HOUR)


def _yes_no(value: bool | None) -> str:
    return "" if value is None else "yes" if value else "no"


def _local(instant: datetime | None, zone: ZoneInfo) -> str:
    return instant.astimezone(zone).strftime("%Y-%m-%dT%H:%M") if instant else ""
