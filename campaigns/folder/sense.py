"""What the parts of campaign.yaml must be to one another. A mistake elsewhere in the file hides none of these."""

from collections.abc import Iterator
from datetime import timedelta

from campaigns.folder.positions import Document, Path
from campaigns.folder.values import Wrong, in_zone, local_time, patience_of, span, zone
from campaigns.folder.ways import astray
from campaigns.ladder import END, OF_THE_SILENT, PUBLIC, SUPPORTERS
from campaigns.position import Clock
from channels.channel import CHANNELS

Senseless = tuple[Path, str, str]  # where, a sentence, what was probably meant


def senseless(document: Document) -> Iterator[Senseless]:
    for named, key in (("demands", "key"), ("facts", "key"), ("groups", "key"), ("ladder", "step")):
        yield from _twice(document, (named,), key)
    yield from _twice(document, ("consent", "questions"), "purpose")
    yield from _twice(document, ("consent", "partners"), "key")
    for listed in ("languages", "put_to", "fallbacks"):
        yield from _listed_twice(document, (listed,))
    yield from _patience(document)
    yield from _reminders(document)
    yield from _publication(document)
    yield from _by_hand(document)
    yield from _working_days(document)
    yield from astray(document)


def _twice(document: Document, named: Path, key: str) -> Iterator[Senseless]:
    """A key that two things of a list share."""
    first: dict[str, int] = {}
    for index in range(len(document.items(*named))):
        path: Path = (*named, index, key)
        value = document.get(*path)
        if isinstance(value, str) and value in first:
            yield (
                path,
                f"{key}: this key is taken: it is first used on line {document.at((*named, first[value]))[0]}",
                "",
            )
        elif isinstance(value, str):
            first[value] = index


def _listed_twice(document: Document, path: Path) -> Iterator[Senseless]:
    items = document.items(*path)
    for index, item in enumerate(items):
        if isinstance(item, str) and item in items[:index]:
            yield (*path, index), f"{path[-1]}: this is listed twice", ""


def _patience(document: Document) -> Iterator[Senseless]:
    """The first step waits for the deadline; every other says how long, and the last one may leave it out."""
    steps = document.items("ladder")
    for index, step in enumerate(steps):
        if not isinstance(step, dict):
            continue
        if index == 0:
            for name in ("patience", "ends"):
                if name in step:
                    yield ("ladder", 0, name), f"{name}: the first step waits for the deadline: set it there", ""
        elif "patience" not in step and index < len(steps) - 1 and step.get("next") != END:
            yield ("ladder", index), "this step needs patience: how long it waits before the next one begins", ""


def _reminders(document: Document) -> Iterator[Senseless]:
    """A reminder falls inside the time its step waits."""
    for index in range(len(document.items("ladder"))):
        wait = _wait(document, ("deadline", "after") if index == 0 else ("ladder", index, "patience"))
        if index == 0 and document.get("deadline", "after") is None:
            wait = timedelta(days=7)
        for number in range(len(document.items("ladder", index, "reminders"))):
            for side in ("before", "after"):
                path: Path = ("ladder", index, "reminders", number, side)
                length = _span(document, path)
                if wait is not None and length is not None and length >= wait:
                    yield path, f"{side}: this reminder falls outside the time the step waits", ""


def _publication(document: Document) -> Iterator[Senseless]:
    try:
        in_zone(local_time(document.get("publish_at")), zone(document.get("time_zone")))
    except Wrong as wrong:
        if "clocks are put forward" in str(wrong):
            yield ("publish_at",), f"publish_at: {wrong}", wrong.suggestion


def _by_hand(document: Document) -> Iterator[Senseless]:
    """What a person carries goes to addressees and groups, whose addresses are public."""
    for index, step in enumerate(document.items("ladder")):
        own: list[Path] = [("ladder", index)]
        for kind in ("also", "reminders"):
            own += [("ladder", index, kind, number) for number in range(len(document.items("ladder", index, kind)))]
        for path in own:
            audience = document.get(*path, "audience") or (step.get("audience") if isinstance(step, dict) else None)
            if audience not in (SUPPORTERS, OF_THE_SILENT, PUBLIC):
                continue
            for number, channel in enumerate(document.items(*path, "channels")):
                if isinstance(channel, str) and channel in CHANNELS and CHANNELS[channel].deed:
                    message = (
                        f"channels: {channel} is carried by hand, to addressees and groups only, not to {audience}"
                    )
                    yield (*path, "channels", number), message, ""


def _working_days(document: Document) -> Iterator[Senseless]:
    """One public deadline is one for all, and no two addressees need have the same working days."""
    after = document.get("deadline", "after")
    if isinstance(after, str) and "business" in after and document.get("clock") != Clock.DELIVERY:
        message = "after: business days differ from country to country: say calendar days, or clock: delivery"
        yield ("deadline", "after"), message, ""


def _wait(document: Document, path: Path) -> timedelta | None:
    try:
        return patience_of(document.get(*path)).span
    except Wrong:
        return None


def _span(document: Document, path: Path) -> timedelta | None:
    try:
        return span(document.get(*path))
    except Wrong:
        return None
