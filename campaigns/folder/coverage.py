"""Whether all that the ladder needs is there: wordings, contact points, members of groups, words in each language."""

from collections.abc import Collection, Iterable, Iterator
from itertools import chain

from campaigns.edition import Edition, Reader, WordingKey
from campaigns.folder.addressees import FILE as ADDRESSEES_FILE
from campaigns.folder.campaign_file import FILE as CAMPAIGN
from campaigns.folder.campaign_folder import CampaignFolder, dispatches, reminder_dispatch
from campaigns.folder.defect import Defect, Note
from campaigns.folder.positions import Document, Path
from campaigns.folder.trials import languages_of, recipients
from campaigns.folder.wordings import WordingFile
from campaigns.ladder import ADDRESSEES, PUBLIC, SUPPORTERS, Dispatch
from campaigns.words.near import nearest
from channels.channel import CHANNELS
from channels.paper import OUR_FONT, NoFont, font_for
from channels.paper_letter import LETTER

IN_TERMS = ("name", "holder", "salutation", "capacities")


def missing_wordings(
    folder: CampaignFolder, edition: Edition, document: Document, broken: Collection[str]
) -> Iterator[Defect]:
    """Each wording is there, approved, at least in the campaign's first language. `broken`: files that are there."""
    for path, dispatch in placed(folder):
        for channel in dispatch.channels:
            if (dispatch.wording, channel, edition.default_language) not in edition.wordings:
                file = f"wordings/{dispatch.wording}/{channel}.{edition.default_language}.md"
                if file in broken:
                    continue
                yield Defect(CAMPAIGN, *document.at(path), f"this needs {file}, approved, and there is none")


def unreachable(folder: CampaignFolder, edition: Edition) -> Iterator[Defect]:
    """Everyone the first step, or a step for a group, writes to can be reached over one of its channels."""
    lines = {row.key: row.line for row in folder.addressees}
    found: dict[str, Defect] = {}
    for path, dispatch in placed(folder):
        if dispatch.audience in (SUPPORTERS, PUBLIC) or (dispatch.audience == ADDRESSEES and path != FIRST):
            continue
        for reader in recipients(edition, dispatch):
            if reader and not any(channel in reader.addresses for channel in dispatch.channels):
                key = reader.office.key
                step = folder.campaign.ladder[path[1]].step if isinstance(path[1], int) else ""
                message = f"{key} has no address on {' or '.join(dispatch.channels)}, which the step {step} needs"
                found.setdefault(key, Defect(ADDRESSEES_FILE, lines[key], 1, message))
    yield from found.values()


def empty_groups(folder: CampaignFolder, document: Document) -> Iterator[Defect]:
    """Every group that is written to has somebody in it."""
    peopled = {group for row in folder.addressees for group in row.groups}
    for index, group in enumerate(folder.campaign.put_to):
        if group not in peopled:
            yield Defect(CAMPAIGN, *document.at(("put_to", index)), "nobody in addressees.csv is in this group", group)
    for path, dispatch in placed(folder):
        groups = {group.key for group in folder.campaign.groups}
        if dispatch.audience in groups - peopled - set(folder.campaign.put_to):
            at = document.at((*path, "audience"))
            yield Defect(CAMPAIGN, *at, "nobody in addressees.csv is in this group", dispatch.audience)


def without_divisions(folder: CampaignFolder, document: Document) -> Iterator[Defect]:
    """Supporters of the silent are found by their division, so somebody who is asked must have one."""
    if any(row.division for row in folder.asked):
        return
    for path, dispatch in placed(folder):
        if dispatch.of_the_silent:
            message = "audience: no addressee has a division in addressees.csv, so nobody is anybody's representative"
            yield Defect(CAMPAIGN, *document.at((*path, "audience")), message, dispatch.whom)


def written_twice(folder: CampaignFolder, edition: Edition, document: Document) -> Iterator[Defect]:
    """Nobody is sent two messages on one channel at the same moment: the second would never be written."""
    first: dict[tuple[Path, str, str], Path] = {}
    for path, dispatch in placed(folder):
        at = document.at((*path, "channels"))
        for channel in sorted({each for each in dispatch.channels if dispatch.channels.count(each) > 1}):
            yield Defect(CAMPAIGN, *at, "channels: this is listed twice", channel)
        moment = path if "reminders" in path else path[:2]
        for channel, before, whom in _again(edition, dispatch, moment, path, first):
            line = document.at(before)[0]
            message = f"channels: line {line} writes to {whom} on {channel} at the same moment; one message goes out"
            yield Defect(CAMPAIGN, *at, message)


def _again(
    edition: Edition, dispatch: Dispatch, moment: Path, path: Path, first: dict[tuple[Path, str, str], Path]
) -> Iterator[tuple[str, Path, str]]:
    """(channel, the dispatch that was first, somebody whom both write to), once for each two dispatches."""
    said: set[tuple[str, Path]] = set()
    for channel in dispatch.channels:
        for reader in recipients(edition, dispatch):
            whom = reader.office.key if reader else dispatch.audience
            before = first.setdefault((moment, channel, whom), path)
            if before != path and (channel, before) not in said:
                said.add((channel, before))
                yield channel, before, whom


def missing_terms(
    folder: CampaignFolder, edition: Edition, document: Document, wordings: Iterable[WordingFile]
) -> Iterator[Defect]:
    """What a wording puts in from addressees.csv is there in the language of the wording."""
    files = {each.key: each.file for each in wordings}
    said: set[tuple[str, str]] = set()
    for key, text in chain(_used_by_the_ladder(folder, edition), _used_by_letters(edition)):
        language = key[2]
        if edition.brief.lacks_term(text, language) and (text, language) not in said:
            said.add((text, language))
            message = f"terms: there are no words in {language} for this, which {files[key]} uses"
            near = nearest(text, [term for term in edition.brief.terms if term != text])
            at = document.key_at(("terms", text)) if text in edition.brief.terms else document.at(("terms",))
            yield Defect(CAMPAIGN, *at, message, text, near if text not in edition.brief.terms else "")


def notes(folder: CampaignFolder, edition: Edition, document: Document) -> Iterator[Note]:
    """What a person should know: who is not written to in their first language, and what is never used."""
    yield from _fallbacks(folder, edition)
    used = {text for row in folder.addressees for text in (row.name, row.holder, row.salutation, *row.capacities)}
    for term in edition.brief.terms:
        if term not in used:
            yield Note(CAMPAIGN, document.key_at(("terms", term))[0], f"terms: addressees.csv says “{term}” nowhere")
    wanted = {(dispatch.wording, channel) for _, dispatch in placed(folder) for channel in dispatch.channels}
    wanted |= {(name, "email") for name in edition.letters.wordings}
    for wording in folder.wordings:
        if wording.key[:2] not in wanted:
            yield Note(wording.file, 1, f"{wording.name} is not used on {wording.channel}")
        elif not wording.is_usable:
            yield Note(wording.file, 1, f"this wording is {wording.status}, so it is not used")
    used_channels = {channel for _, dispatch in placed(folder) for channel in dispatch.channels}
    accounts = {channel for channel in used_channels if not CHANNELS[channel].deed}
    line = document.key_at(("sender",))[0]
    for channel in sorted(accounts - set(folder.campaign.sender.model_dump(exclude_none=True))):
        yield Note(CAMPAIGN, line, f"sender: there is no account on {channel}")
    yield from _unprintable(folder)
    if LETTER.name in used_channels and not folder.campaign.sender.post:
        yield Note(CAMPAIGN, line, "sender: there is no post, so letters show no address to answer to")


def _unprintable(folder: CampaignFolder) -> Iterator[Note]:
    """Letters on paper in a script that our own font does not have."""
    for wording in folder.wordings:
        if wording.channel == LETTER.name:
            try:
                font_for(wording.source.subject + wording.source.body, (OUR_FONT,))
            except NoFont as problem:
                yield Note(wording.file, 1, f"{problem}, in OUTREACH_FONTS")


FIRST: Path = ("ladder", 0)


def placed(folder: CampaignFolder) -> Iterator[tuple[Path, Dispatch]]:
    """Everything the ladder sends, and where campaign.yaml says so."""
    for index, step in enumerate(folder.campaign.ladder):
        paths: list[Path] = [("ladder", index), *(("ladder", index, "also", n) for n in range(len(step.also)))]
        yield from zip(paths, dispatches(step), strict=True)
        for number, reminder in enumerate(step.reminders):
            yield ("ladder", index, "reminders", number), reminder_dispatch(step, reminder)


def _fallbacks(folder: CampaignFolder, edition: Edition) -> Iterator[Note]:
    lines = {row.key: row.line for row in folder.addressees}
    told: dict[tuple[str, str, str], list[str]] = {}
    for _, dispatch in placed(folder):
        for channel in (each for each in dispatch.channels if not CHANNELS[each].is_public):
            for reader in recipients(edition, dispatch):
                if reader and channel in reader.addresses:
                    choice = edition.language_for(reader.languages, dispatch.wording, channel)
                    if choice.fallback:
                        found = (reader.office.key, choice.wanted, choice.language)
                        told.setdefault(found, []).append(dispatch.wording)
    for (key, wanted, language), names in told.items():
        several = ", ".join(dict.fromkeys(names))
        yield Note(ADDRESSEES_FILE, lines[key], f"{key} gets {several} in {language}: there is nothing in {wanted}")


def _used_by_the_ladder(folder: CampaignFolder, edition: Edition) -> Iterator[tuple[WordingKey, str]]:
    """Each wording, and a text of addressees.csv that it could put in."""
    for _, dispatch in placed(folder):
        for channel in dispatch.channels:
            for language, text in _used(edition, dispatch, channel):
                yield (dispatch.wording, channel, language), text


def _used_by_letters(edition: Edition) -> Iterator[tuple[WordingKey, str]]:
    """The same of what supporters' letters begin with: a supporter may write to anybody in any language."""
    people = [edition.readers[key] for key in edition.asked]
    for key, wording in edition.wordings.items():
        if key[0] in edition.letters.wordings:
            for kind in ("addressee", "Addressee"):
                yield from ((key, text) for text in _texts(kind, people, wording.uses))


def _used(edition: Edition, dispatch: Dispatch, channel: str) -> Iterator[tuple[str, str]]:
    """(language, text of addressees.csv) for everything this wording could put in."""
    everyone = () if dispatch.audience == ADDRESSEES else tuple(edition.readers[key] for key in edition.asked)
    listed: set[str] = set()
    for recipient in recipients(edition, dispatch):
        for language in languages_of(edition, dispatch, channel, recipient):
            uses = edition.wordings[dispatch.wording, channel, language].uses
            people = [recipient] if recipient else []
            silent = [] if language in listed else everyone or people
            yield from ((language, text) for text in _texts("addressee", people, uses))
            yield from ((language, text) for text in _texts("Addressee", silent, uses))
            if everyone:
                listed.add(language)


def _texts(kind: str, people: Iterable[Reader], uses: frozenset[tuple[str, str]]) -> Iterator[str]:
    parts = [part for part in IN_TERMS if (kind, part) in uses]
    for reader in people if parts else ():
        for part in parts:
            value = getattr(reader.office, part)
            yield from (value if isinstance(value, tuple) else (value,))
