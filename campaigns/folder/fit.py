"""A document fitted to what it must be; every mistake turned into a sentence at its place."""

from collections.abc import Iterator
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from campaigns.folder.defect import Defects
from campaigns.folder.positions import Document, Path
from campaigns.folder.values import Wrong
from campaigns.words.near import nearest

Model = TypeVar("Model", bound=BaseModel)
NEEDED = {
    "list_type": "a list is needed here",
    "dict_type": "a map of keys and values is needed here",
    "model_type": "a map of keys and values is needed here",
    "model_attributes_type": "a map of keys and values is needed here",
    "too_short": "at least one is needed here",
    "string_type": "a text is needed here",
}


def fit(document: Document, model: type[Model], context: object, defects: Defects) -> Model | None:
    """The document as `model`; None if something does not fit, with all of it added to `defects`."""
    try:
        return model.model_validate(document.value, context=context)
    except ValidationError as invalid:
        for error in invalid.errors(include_url=False):
            _add(document, model, error, defects)
    return None


def value_at(document: Document, path: Path) -> str:
    """The text there, to be repeated to the reader; empty if it is none."""
    value = document.get(*path)
    return value if isinstance(value, str) else ""


def _add(document: Document, model: type[BaseModel], error: ErrorDetails, defects: Defects) -> None:
    path: Path = tuple(error["loc"])
    kind, name = error["type"], str(path[-1]) if path else ""
    if kind == "extra_forbidden":
        keys = [*_model_at(model, path[:-1]).model_fields] if path else []
        message = f"there is no key `{name}` here (there is: {', '.join(keys)})"
        defects.add(document.key_at(path), message, name, nearest(name, keys))
    elif kind == "missing":
        at = document.key_at(path[:-1]) if len(path) > 1 else (1, 1)
        defects.add(at, f"`{name}` is missing")
    else:
        reason = error.get("ctx", {}).get("error")
        message = str(reason) if reason else NEEDED.get(kind, error["msg"])
        suggestion = reason.suggestion if isinstance(reason, Wrong) else ""
        defects.add(document.at(path), f"{_under(path)}{message}", value_at(document, path), suggestion)


def _under(path: Path) -> str:
    """The key a value stands under, for the reader's eye."""
    names = [step for step in path if isinstance(step, str)]
    return f"{names[-1]}: " if names else ""


def _model_at(model: type[BaseModel], path: Path) -> type[BaseModel]:
    for step in path:
        if isinstance(step, str) and step in model.model_fields:
            model = next(_models(model.model_fields[step].annotation), model)
    return model


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models(inner)
