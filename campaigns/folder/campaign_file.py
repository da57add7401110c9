"""campaign.yaml: read, and every mistake in it turned into a sentence at its place."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from campaigns.folder.defect import Defects
from campaigns.folder.limits import LARGEST_YAML
from campaigns.folder.positions import Document, read_yaml
from campaigns.folder.positions import Path as YamlPath
from campaigns.folder.reading import read_text
from campaigns.folder.schema import Campaign
from campaigns.folder.sense import senseless
from campaigns.folder.values import Known, Wrong
from campaigns.words.near import nearest

FILE = "campaign.yaml"
NEEDED = {
    "list_type": "a list is needed here",
    "dict_type": "a map of keys and values is needed here",
    "model_type": "a map of keys and values is needed here",
    "model_attributes_type": "a map of keys and values is needed here",
    "too_short": "at least one is needed here",
    "string_type": "a text is needed here",
}


@dataclass(frozen=True, slots=True)
class CampaignFile:
    """What is known of campaign.yaml. `campaign` is None if something in it is wrong; `known` is what could be read."""

    document: Document
    known: Known
    campaign: Campaign | None


def read_campaign(folder: Path, defects: Defects) -> CampaignFile | None:
    """The file; None if nothing of it can be read. Adds everything wrong with it to `defects`."""
    text = read_text(folder, FILE, LARGEST_YAML, defects)
    document = read_yaml(text, defects) if text is not None else None
    if document is None:
        return None
    if not isinstance(document.value, dict):
        defects.add((1, 1), "this file holds no campaign: it begins with keys such as title: and languages:")
        return None
    known = Known(tuple(_strings(document.items("languages"))), tuple(_strings(document.items("groups"), "key")))
    campaign = _validated(document, known, defects)
    for path, message, suggestion in senseless(document):
        defects.add(document.at(path), message, _value(document, path), suggestion)
    return CampaignFile(document, known, None if defects else campaign)


def _validated(document: Document, known: Known, defects: Defects) -> Campaign | None:
    try:
        return Campaign.model_validate(document.value, context=known)
    except ValidationError as invalid:
        for error in invalid.errors(include_url=False):
            _add(document, error, defects)
    return None


def _add(document: Document, error: ErrorDetails, defects: Defects) -> None:
    path: YamlPath = tuple(error["loc"])
    kind, name = error["type"], str(path[-1]) if path else ""
    if kind == "extra_forbidden":
        keys = [*_model_at(path[:-1]).model_fields] if path else []
        message = f"there is no key `{name}` here (there is: {', '.join(keys)})"
        defects.add(document.key_at(path), message, name, nearest(name, keys))
    elif kind == "missing":
        at = document.key_at(path[:-1]) if len(path) > 1 else (1, 1)
        defects.add(at, f"`{name}` is missing")
    else:
        reason = error.get("ctx", {}).get("error")
        message = str(reason) if reason else NEEDED.get(kind, error["msg"])
        suggestion = reason.suggestion if isinstance(reason, Wrong) else ""
        defects.add(document.at(path), f"{_under(path)}{message}", _value(document, path), suggestion)


def _under(path: YamlPath) -> str:
    """The key a value stands under, for the reader's eye."""
    names = [step for step in path if isinstance(step, str)]
    return f"{names[-1]}: " if names else ""


def _value(document: Document, path: YamlPath) -> str:
    value = document.get(*path)
    return value if isinstance(value, str) else ""


def _model_at(path: YamlPath) -> type[BaseModel]:
    model: type[BaseModel] = Campaign
    for step in path:
        if isinstance(step, str) and step in model.model_fields:
            model = next(_models(model.model_fields[step].annotation), model)
    return model


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models(inner)


def _strings(values: list[Any], name: str = "") -> Iterator[str]:
    for value in values:
        found = value.get(name) if name and isinstance(value, dict) else value
        if isinstance(found, str):
            yield found
