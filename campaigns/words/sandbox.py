"""Jinja2 with everything taken away that a letter does not need."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from jinja2 import StrictUndefined, nodes, pass_context
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

from campaigns.words.filters import FILTERS, counted, joined, length, searched
from campaigns.words.page import cost, current, plain
from campaigns.words.problem import Refused
from campaigns.words.shape import offered_by

TESTS = ("defined", "undefined", "none", "odd", "even")
COUNTED, JOINED, SEARCHED = "counted", "joined", "searched"  # put in by us: no wording can name them


class Sandbox(ImmutableSandboxedEnvironment):
    """The environment wordings are compiled in: no globals, few filters, attributes of the context only."""

    intercepted_binops = frozenset(["+", "-", "*", "/", "//", "%", "**"])

    def __init__(self, write: Callable[[object], str]) -> None:
        super().__init__(
            undefined=StrictUndefined,
            finalize=pass_context(lambda _, value: write(value)),
            trim_blocks=True,
            lstrip_blocks=True,
            autoescape=False,
            optimized=False,
            cache_size=0,
        )
        self.globals = {}
        tests = {name: self.tests[name] for name in TESTS}
        self.tests = tests
        self.filters = {name: _paid(each) for name, each in FILTERS.items()}
        self.filters |= {COUNTED: counted, JOINED: joined, SEARCHED: searched}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        return attr in offered_by(obj) or _is_neighbour(obj, attr)

    def is_safe_callable(self, obj: Any) -> bool:
        return False

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        if operator not in "+-" or not (_is_amount(left) and _is_amount(right)):
            raise Refused(f"`{operator}` only adds and takes away numbers; texts are put together with `~`")
        return super().call_binop(context, operator, left, right)


class Fence(NodeTransformer):
    """Rewrites what could grow: loops are counted before they begin, `~` is measured."""

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802 (Jinja's name)
        self.generic_visit(node)
        node.iter = _filtered(node.iter, COUNTED)
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802 (Jinja's name)
        self.generic_visit(node)
        return _filtered(nodes.List(node.nodes, lineno=node.lineno), JOINED)

    def visit_Operand(self, node: nodes.Operand) -> nodes.Node:  # noqa: N802 (Jinja's name)
        self.generic_visit(node)
        if node.op in ("in", "notin"):
            node.expr = _filtered(node.expr, SEARCHED)
        return node


def for_letters() -> Sandbox:
    """Values leave a place behind, to be filled when the letter is set."""
    return Sandbox(lambda value: current().place(value))


def for_lines() -> Sandbox:
    """Values are written as they are: for subjects and posts, which have no markup."""
    return Sandbox(lambda value: plain(value).strip())


def _paid(filter_: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(filter_)
    def paying(value: Any, *args: Any, **named: Any) -> Any:
        current().spend(1 if filter_ is length else 1 + cost(value))
        return filter_(value, *args, **named)

    return paying


def _filtered(expression: Any, name: str) -> nodes.Filter:
    return nodes.Filter(expression, name, [], [], None, None, lineno=expression.lineno)


def _is_amount(value: object) -> bool:
    return isinstance(value, int | float | timedelta) or hasattr(value, "tzinfo")


def _is_neighbour(obj: object, attr: str) -> bool:
    return isinstance(obj, LoopContext) and attr in ("previtem", "nextitem")
