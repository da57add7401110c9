"""Where the ladder leads: conditions and branches as campaign.yaml has them, and whether every way comes to an end."""

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import BeforeValidator, ValidationInfo, WithJsonSchema

from campaigns.condition import Stance
from campaigns.folder.positions import Document, Path
from campaigns.folder.values import KEY, Wrong, known, words
from campaigns.ladder import END, OTHERWISE
from campaigns.words.near import nearest

Senseless = tuple[Path, str, str]
STANCES = tuple(str(stance) for stance in Stance)
AT_ONCE = "at once"


def only_if(value: object) -> tuple[str, ...]:
    """«refused», or a list of stances of which one must be so."""
    listed = value if isinstance(value, list) else [value]
    return tuple(dict.fromkeys(_one_of(words(each), STANCES) for each in listed))


def ways(value: object, info: ValidationInfo) -> tuple[tuple[str, str], ...]:
    """«press», or a map from a stance to the step that follows: pairs, in the order written, the general one last."""
    said = value if isinstance(value, dict) else {OTHERWISE: value}
    choices = (*known(info).steps, END)
    pairs = [(_one_of(str(on), (*STANCES, OTHERWISE)), _one_of(words(to), choices)) for on, to in said.items()]
    return tuple(sorted(pairs, key=lambda pair: pair[0] == OTHERWISE))


def astray(document: Document) -> Iterator[Senseless]:
    """What makes a ladder senseless: a way back up, a step nobody comes to, a first step that is not for everyone."""
    steps = [step if isinstance(step, dict) else {} for step in document.items("ladder")]
    keys = [step.get("step") for step in steps]
    for index, step in enumerate(steps):
        yield from _opens(index, step)
        yield from _back(index, step, keys)
        yield from _begins_without_reason(index, step)
        if keys[index] in (END, OTHERWISE):
            yield ("ladder", index, "step"), f"step: {keys[index]} means something in next: choose another key", ""
    for index in sorted(set(range(len(steps))) - _reached(steps, keys)):
        yield ("ladder", index), "no way leads to this step: every step before it goes on to another one", ""


def _opens(index: int, step: dict[str, Any]) -> Iterator[Senseless]:
    for name in ("only_if", "signatures", "begins"):
        if index == 0 and name in step:
            yield ("ladder", 0, name), f"{name}: the first step is for everyone: it puts the demands", ""


def _back(index: int, step: dict[str, Any], keys: list[Any]) -> Iterator[Senseless]:
    for path, to in _targets(index, step):
        if to in keys[: index + 1]:
            where = "this step itself" if to == keys[index] else f"{to}, which stands above"
            yield path, f"next: this leads to {where}: a ladder only leads down, so that it always ends", ""


def _begins_without_reason(index: int, step: dict[str, Any]) -> Iterator[Senseless]:
    if step.get("begins") != AT_ONCE or index == 0:
        return
    said = step.get("only_if", [])
    stances = set(said if isinstance(said, list) else [said])
    if Stance.SILENT in stances or not (stances or "signatures" in step):
        message = "begins: what begins at once needs a condition that can come true: only_if: refused, or signatures"
        yield ("ladder", index, "begins"), message, ""


def _reached(steps: list[dict[str, Any]], keys: list[Any]) -> set[int]:
    """The steps that a way leads to. One that is left out leads on like any other."""
    reached, coming = set[int](), [0] if steps else []
    while coming:
        index = coming.pop()
        if index in reached:
            continue
        reached.add(index)
        said = steps[index].get("next")
        coming += [keys.index(to) for _, to in _targets(index, steps[index]) if to in keys[index + 1 :]]
        is_decided = isinstance(said, str) or (isinstance(said, dict) and OTHERWISE in said)
        if not is_decided and index + 1 < len(steps):
            coming.append(index + 1)
    return reached


def _targets(index: int, step: dict[str, Any]) -> Iterator[tuple[Path, object]]:
    said = step.get("next")
    if isinstance(said, dict):
        yield from ((("ladder", index, "next", str(on)), to) for on, to in said.items())
    elif said is not None:
        yield ("ladder", index, "next"), said


def _one_of(word: str, choices: tuple[str, ...]) -> str:
    if word not in choices:
        raise Wrong(f"this is one of: {', '.join(choices)}", nearest(word, choices))
    return word


_STANCE = {"type": "string", "enum": list(STANCES)}
_WAY = {"type": "string", "pattern": f"^{KEY}$"}
_WAYS = dict.fromkeys((*STANCES, OTHERWISE), _WAY)
OnlyIf = Annotated[
    tuple[str, ...],
    BeforeValidator(only_if),
    WithJsonSchema({"anyOf": [_STANCE, {"type": "array", "items": _STANCE, "minItems": 1}]}),
]
Ways = Annotated[
    tuple[tuple[str, str], ...],
    BeforeValidator(ways),
    WithJsonSchema(
        {
            "anyOf": [
                _WAY,
                {"type": "object", "properties": _WAYS, "additionalProperties": False},
            ]
        }
    ),
]
