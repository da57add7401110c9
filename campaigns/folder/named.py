"""Names in campaign.yaml of something that another part of it defines."""

from typing import Annotated

from pydantic import AfterValidator, ValidationInfo

from campaigns.folder.values import Key, Language, Wrong, known
from campaigns.words.near import nearest


def _group(value: str, info: ValidationInfo) -> str:
    groups = known(info).groups
    if value not in groups:
        raise Wrong(f"there is no such group (there is: {', '.join(groups) or 'none'})", nearest(value, groups))
    return value


def _step(value: str, info: ValidationInfo) -> str:
    steps = known(info).steps
    if value not in steps:
        raise Wrong(f"there is no such step (there is: {', '.join(steps) or 'none'})", nearest(value, steps))
    return value


def _spoken(value: str, info: ValidationInfo) -> str:
    languages = known(info).languages
    if languages and value not in languages:
        raise Wrong(f"{value!r} is not a language of this campaign", nearest(value, languages))
    return value


GroupKey = Annotated[Key, AfterValidator(_group)]
StepKey = Annotated[Key, AfterValidator(_step)]
SpokenLanguage = Annotated[Language, AfterValidator(_spoken)]
