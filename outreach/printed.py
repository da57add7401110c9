"""A task's letter on paper."""

from collections.abc import Iterator

from django.conf import settings

from campaigns.kept import brief_of
from campaigns.words.dates import day, is_right_to_left
from channels.paper import NoFont, Paper, pdf
from channels.paper_letter import LETTER
from outreach.task import NotDoable, Task


def printed(task: Task) -> bytes:
    """The letter of a task as somebody has it, as a PDF: with address block, date, and the demands enclosed.

    The same task gives the same file. Raises NotDoable if it is no letter, while nobody has taken it, or if a font is
    lacking.
    """
    if task.delivery.channel != LETTER.name:
        raise NotDoable("This task is no letter on paper")
    if task.taken_at is None:
        raise NotDoable("Take this task first: the letter is written as things stand then")
    try:
        return pdf(paper(task), settings.FONTS, made_at=task.taken_at)
    except NoFont as problem:
        raise NotDoable(f"{problem} in OUTREACH_FONTS") from None


def paper(task: Task) -> Paper:
    """What stands on it, in the language of the letter."""
    assert task.taken_at is not None
    delivery = task.delivery
    campaign, language = delivery.campaign, delivery.language
    name = campaign.sender.get("name", {})
    return Paper(
        sender=(name.get(language) or next(iter(name.values()), ""), *campaign.sender.get("post", ())),
        recipient=tuple(_block(task)),
        dated=day(task.taken_at, language, campaign.time_zone),
        subject=delivery.subject,
        text=delivery.text,
        enclosures=(tuple(task.enclosure),) if task.enclosure else (),
        right_to_left=is_right_to_left(language),
    )


def _block(task: Task) -> Iterator[str]:
    """Who it is for, then the address; the address may begin with their name already."""
    delivery = task.delivery
    lines = delivery.address.split("\n")
    if delivery.addressee is not None:
        brief = brief_of(delivery.campaign, 0)
        for said in (delivery.addressee.holder, delivery.addressee.name):
            shown = brief.term(said, delivery.language)
            if shown and not {said.casefold(), shown.casefold()} & {line.casefold() for line in lines}:
                yield shown
    yield from lines
