"""Writing a mailing down, and changing it as long as it is a draft: the same for every door."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from campaigns.campaign import Campaign
from campaigns.folder.limits import LARGEST_WORDING
from campaigns.mailing import LONGEST_KEY, Mailing
from campaigns.segment import Segment, Unsuited
from campaigns.wording import Wording
from campaigns.words.problem import Unfit
from campaigns.words.wording import Source, problems_of
from channels.email import EMAIL
from outreach.mailings.sample import Samples

KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LETTERS = "abcdef"
"""Names of the wordings that are tried against each other; so many there may be."""
SHORTEST_TEST, LONGEST_TEST = timedelta(hours=1), timedelta(days=14)
SHARES = range(1, 91)  # per cent
Texts = Mapping[str, tuple[str, str]]
"""One wording: by language, its subject and its body."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What is said of a mailing. `texts`: one for each wording, the first of which is sent in doubt.

    `test_share`: per cent who get one of several wordings first; 0 for all at once. `test_time`: after how long they
    are compared.
    """

    key: str
    title: str
    texts: Sequence[Texts]
    segment: Segment = field(default_factory=Segment)
    measure: str = Mailing.Measure.LETTERS
    test_share: int = 0
    test_time: timedelta | None = None
    expires_after: timedelta | None = None
    above_cap: str = Mailing.Above.LEFT_OUT

    def problems(self, campaign: Campaign) -> Iterator[Unsuited]:
        """All that is wrong with it, that can be told without writing a letter."""
        if not (KEY.fullmatch(self.key) and len(self.key) <= LONGEST_KEY):
            said = f"The key is made of small letters, digits and hyphens, up to {LONGEST_KEY}, such as may-update"
            yield Unsuited(said, "key")
        if not self.title.strip() or len(self.title) > 150:
            yield Unsuited("Give it a title of up to 150 characters, for yourselves", "title")
        if self.measure not in Mailing.Measure.values:
            yield Unsuited(f"Measure one of {', '.join(Mailing.Measure.values)}", "measure")
        if self.above_cap not in Mailing.Above.values:
            yield Unsuited(f"Above the cap it is one of {', '.join(Mailing.Above.values)}", "above_cap")
        if self.expires_after is not None and self.expires_after <= timedelta():
            yield Unsuited("It would be over before it begins", "expires_after")
        yield from self._problems_of_test()
        yield from self._problems_of_texts(campaign)

    def _problems_of_test(self) -> Iterator[Unsuited]:
        if len(self.texts) < 2:
            if self.test_share:
                yield Unsuited("A test needs a second wording", "test_share")
            return
        if self.test_share and self.test_share not in SHARES:
            said = f"A test goes to {SHARES[0]} to {SHARES[-1]} per cent; 0 writes to everybody at once"
            yield Unsuited(said, "test_share")
        if self.test_time is None or not SHORTEST_TEST <= self.test_time <= LONGEST_TEST:
            yield Unsuited("Say after how long the wordings are compared: an hour to 14 days", "test_time")

    def _problems_of_texts(self, campaign: Campaign) -> Iterator[Unsuited]:
        if not 1 <= len(self.texts) <= len(LETTERS):
            yield Unsuited(f"There is at least one wording, and {len(LETTERS)} at the most", "texts")
        for letter, texts in zip(LETTERS, self.texts, strict=False):
            if campaign.default_language not in texts:
                said = f"Wording {letter} is needed in {campaign.default_language}, for whoever reads no other language"
                yield Unsuited(said, f"texts.{letter}")
            for language, (subject, body) in texts.items():
                where = f"texts.{letter}.{language}"
                if language not in campaign.languages:
                    known = ", ".join(campaign.languages)
                    yield Unsuited(f"“{language}” is no language of the campaign ({known})", where)
                elif not subject.strip() or not body.strip():
                    yield Unsuited(f"Wording {letter} in {language} needs a subject and a text", where)
                elif len(body.encode()) > LARGEST_WORDING:
                    yield Unsuited(f"Wording {letter} in {language} is longer than {LARGEST_WORDING:,} bytes", where)
                else:
                    for problem in problems_of(Source(body, subject, is_letter=True)):
                        yield Unsuited(f"Wording {letter} in {language}, {problem}", where)


@transaction.atomic
def write(campaign: Campaign, draft: Draft, author: str, now: datetime) -> Mailing:
    """The draft of that key as it is said; a new one, if there was none.

    Raises Unsuited, naming the field, and changes nothing: if something of it cannot be, if a letter of it could not be
    written for a sample supporter, or if it is no draft any more.
    """
    Campaign.objects.select_for_update().get(pk=campaign.pk)
    if problem := next(draft.problems(campaign), None):
        raise problem
    mailing = campaign.mailings.filter(key=draft.key).first()
    if mailing is not None and mailing.state != Mailing.State.DRAFT:
        raise Unsuited(f"“{mailing.title}” is {mailing.state}; take it back first, and change it then", "key")
    said = _fields(draft)
    mailing, _ = Mailing.objects.update_or_create(
        campaign=campaign, key=draft.key, defaults=said, create_defaults=said | {"author": author, "created_at": now}
    )
    for name, texts in zip(mailing.wordings, draft.texts, strict=True):
        _keep_texts(mailing, name, texts, now)
    mailing.texts.current().exclude(name__in=mailing.wordings).update(replaced_at=now)
    _refuse_what_cannot_be_written(mailing, draft, now)
    return mailing


def draft_of(mailing: Mailing) -> Draft:
    """What is said of it now, to be changed and written again."""
    found: dict[str, dict[str, tuple[str, str]]] = {name: {} for name in mailing.wordings}
    for each in mailing.texts.current():
        found[each.name][each.language] = each.subject, each.body
    return Draft(
        key=mailing.key,
        title=mailing.title,
        texts=list(found.values()),
        segment=mailing.for_whom,
        measure=mailing.measure,
        test_share=mailing.test_share,
        test_time=mailing.test_time,
        expires_after=mailing.expires_after,
        above_cap=mailing.above_cap,
    )


def _fields(draft: Draft) -> dict[str, Any]:
    names = [f"mailing-{draft.key}-{letter}" for letter, _ in zip(LETTERS, draft.texts, strict=False)]
    return {
        "title": draft.title.strip(),
        "segment": draft.segment.to_keep(),
        "wordings": names,
        "measure": draft.measure,
        "test_share": draft.test_share,
        "test_time": draft.test_time if len(names) > 1 else None,
        "expires_after": draft.expires_after,
        "above_cap": draft.above_cap,
    }


def _keep_texts(mailing: Mailing, name: str, texts: Texts, now: datetime) -> None:
    """A version is never edited: a new one replaces it."""
    all_versions = mailing.campaign.wordings.filter(name=name, channel=EMAIL.name)
    current = {each.language: each for each in all_versions.current()}
    for language, each in current.items():
        if texts.get(language) != (each.subject, each.body):
            Wording.objects.filter(pk=each.pk).update(replaced_at=now)
    for language, (subject, body) in texts.items():
        before = current.get(language)
        if before is None or (before.subject, before.body) != (subject, body):
            Wording.objects.create(
                campaign=mailing.campaign,
                mailing=mailing,
                name=name,
                channel=EMAIL.name,
                language=language,
                version=all_versions.filter(language=language).count() + 1,
                subject=subject,
                body=body,
                written_at=now,
            )


def _refuse_what_cannot_be_written(mailing: Mailing, draft: Draft, now: datetime) -> None:
    """For somebody with a name, and for somebody without."""
    samples = Samples(mailing, now)
    for letter, name, texts in zip(LETTERS, mailing.wordings, draft.texts, strict=False):
        for language in texts:
            try:
                samples.letter(name, language)
                samples.letter(name, language, name="")
            except Unfit as problem:
                raise Unsuited(f"Wording {letter} in {language}: {problem}", f"texts.{letter}.{language}") from None
