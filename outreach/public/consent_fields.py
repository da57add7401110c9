"""What a form says to the questions it asked: given, refused, or left open."""

from collections.abc import Mapping
from dataclasses import dataclass

from campaigns.asking import AGE, NOTICE, PARENT, Asking

KEY = 64  # characters


@dataclass(frozen=True, slots=True)
class Decided:
    """`consents`: purpose → given or refused; what was left open is not in it. `asked`: purpose → the key of the words.

    `is_old_enough`: False if the campaign has an age line and nothing was said of it that lets them take part.
    """

    consents: dict[str, bool]
    asked: dict[str, str]
    is_old_enough: bool


def decided(said: Mapping[str, str], asking: Asking) -> Decided:
    """`said`: the fields of the form; `updates=yes`, `asked-updates=…`, `age=yes` or `age=parent`."""
    consents = {each: said[each] == "yes" for each in asking.purposes if said.get(each) in ("yes", "no")}
    age = _age(said.get(AGE, ""), asking)
    consents |= age or {}
    if asking.notice:
        consents[NOTICE] = True  # that it stood beside the form
    asked = {each: said.get(f"asked-{AGE if each == PARENT else each}", "")[:KEY] for each in consents}
    return Decided(consents, {each: key for each, key in asked.items() if key}, age is not None)


def _age(said: str, asking: Asking) -> dict[str, bool] | None:
    if asking.age is None:
        return {}
    if said == "yes":
        return {AGE: True}
    return {AGE: False, PARENT: True} if said == "parent" and asking.age.with_parent else None
