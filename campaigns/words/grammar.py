"""What a wording may say. Read from the syntax tree before anything runs, in every branch, with every mistake named."""

from collections.abc import Iterator

from jinja2 import nodes

from campaigns.words.context import Links, Supporter
from campaigns.words.filters import BY_ATTRIBUTE, FILTERS, SAME_LIST
from campaigns.words.limits import DEEPEST_EXPRESSION, DEEPEST_IF, DEEPEST_LOOP
from campaigns.words.near import nearest
from campaigns.words.problem import Problem
from campaigns.words.sandbox import TESTS
from campaigns.words.shape import Loop, Many, Shape, attributes, in_words, names
from campaigns.words.source import Text

Scope = dict[str, Shape | None]
PERSONAL: tuple[Shape, ...] = (Supporter, Links)  # what differs from one supporter's letter to the next
ENDLESS = {"range": "counts as far as it likes", "cycler": "goes round", "lipsum": "makes text", "joiner": "counts"}
TAGS: dict[type[nodes.Node], str] = {
    nodes.Macro: "this wording would never end: a macro can call itself, so there are none",
    nodes.CallBlock: "this wording would never end: nothing can be called",
    nodes.Include: "a wording stands alone: it includes no other file",
    nodes.Import: "a wording stands alone: it imports no other file",
    nodes.FromImport: "a wording stands alone: it imports no other file",
    nodes.Extends: "a wording stands alone: it extends no other file",
    nodes.Block: "a wording stands alone: it has no blocks",
    nodes.FilterBlock: "filters are used inside {{ }}: {{ addressee.name|upper }}",
    nodes.AssignBlock: "a name is set in one go: {% set name = … %}",
    nodes.Call: "nothing can be called here: filters are written with a bar, as in {{ deadline|day }}",
    nodes.Mul: "nothing can be multiplied here",
    nodes.Pow: "nothing can be multiplied here",
    nodes.Div: "nothing can be divided here",
    nodes.FloorDiv: "nothing can be divided here",
    nodes.Mod: "`%` has no meaning here: texts are put together with `~`",
    nodes.Dict: "a wording makes no tables of its own",
    nodes.Slice: "lists are not cut here: loop over them, or use |first and |last",
}
LEAVES = (
    nodes.TemplateData, nodes.Const, nodes.Keyword, nodes.If, nodes.Output, nodes.CondExpr, nodes.And, nodes.Or,
    nodes.Not, nodes.Compare, nodes.Operand, nodes.Add, nodes.Sub, nodes.Neg, nodes.Pos, nodes.Concat,
)  # fmt: skip


class Grammar:
    """Goes through one template once. `problems`: what is wrong. `uses`: what it speaks of, as (kind, attribute).

    The addressee a message is to or about is of the kind `addressee`; any other, as in `silent`, is an `Addressee`.
    `only_prints_people`: what is personal to a supporter is put in as it is, never asked about or changed.
    """

    def __init__(self, text: Text) -> None:
        self.text = text
        self.problems: list[Problem] = []
        self.uses: set[tuple[str, str]] = set()
        self.printed: set[int] = set()
        self.only_prints_people = True

    def read(self, template: nodes.Template) -> None:
        self._all(template.body, dict(names()), 0, 0)

    def _all(self, several: list[nodes.Node], scope: Scope, loops: int, ifs: int) -> None:
        for node in several:
            self._statement(node, scope, loops, ifs)

    def _statement(self, node: nodes.Node, scope: Scope, loops: int, ifs: int) -> None:
        if isinstance(node, nodes.For):
            self._loop(node, scope, loops, ifs)
        elif isinstance(node, nodes.If):
            self._deep(node, ifs, DEEPEST_IF, "if")
            self._shape(node.test, scope)
            for branch in (node.body, node.elif_, node.else_):
                self._all(list(branch), scope, loops, ifs + 1)
        elif isinstance(node, nodes.Assign):
            self._assign(node, scope)
        elif isinstance(node, nodes.Output):
            self.printed |= {id(each) for each in node.nodes}
            for each in node.nodes:
                self._shape(each, scope)
        else:
            self._no(node, TAGS.get(type(node), f"{{% {type(node).__name__.lower()} %}} is not part of the language"))

    def _loop(self, node: nodes.For, scope: Scope, loops: int, ifs: int) -> None:
        self._deep(node, loops, DEEPEST_LOOP, "for")
        shape = self._shape(node.iter, scope)
        if node.recursive:
            self._no(node, "this wording would never end: a recursive loop can call itself", "recursive")
        if not isinstance(shape, Many) and not self.problems:
            what = in_words(shape) if shape else "something else"
            self._no(node, f"a loop goes through a list it is given (demands, facts, silent, …), not {what}", "for")
        if not isinstance(node.target, nodes.Name):
            return self._no(node, "a loop has one name: {% for demand in demands %}", "for")
        inner = {**scope, node.target.name: shape.of if isinstance(shape, Many) else None, "loop": Loop}
        if node.test:
            self._shape(node.test, inner)
        self._all(node.body, inner, loops + 1, ifs)
        return self._all(node.else_, scope, loops, ifs)

    def _assign(self, node: nodes.Assign, scope: Scope) -> None:
        shape = self._shape(node.node, scope)
        if isinstance(node.target, nodes.Name):
            scope[node.target.name] = shape
        else:
            self._no(node, "one name is set at a time: {% set name = … %}", "set")

    def _deep(self, node: nodes.Node, depth: int, deepest: int, word: str) -> None:
        if depth >= deepest:
            self._no(node, f"nested too deeply: at most {deepest} {{% {word} %}} inside one another", word)

    def _shape(self, node: nodes.Node, scope: Scope, depth: int = 0) -> Shape | None:
        """What an expression stands for; None if it cannot be told. Notes every mistake inside it."""
        if depth > DEEPEST_EXPRESSION:
            self._no(node, "this expression is nested too deeply")
            return None
        if isinstance(node, nodes.Name):
            return self._name(node, scope)
        if isinstance(node, nodes.Getattr | nodes.Getitem):
            return self._attribute(node, scope, depth)
        if isinstance(node, nodes.Filter):
            return self._filter(node, scope, depth)
        if isinstance(node, nodes.Test):
            return self._test(node, scope, depth)
        if isinstance(node, nodes.List | nodes.Tuple):
            return self._literal(node)
        if not isinstance(node, LEAVES):
            self._no(node, _why_not(node))
            return None
        shapes = [self._shape(each, scope, depth + 1) for each in node.iter_child_nodes()]
        if isinstance(node, nodes.Compare) and node.ops[0].op in ("eq", "ne") and isinstance(shapes[0], Many):
            self._no(node, "lists are not compared: compare their |length")
        return type(node.value) if isinstance(node, nodes.Const) and node.value is not None else None

    def _name(self, node: nodes.Name, scope: Scope) -> Shape | None:
        if node.name in scope:
            return scope[node.name]
        if node.name in ENDLESS:
            why = f"this wording would never end: `{node.name}` {ENDLESS[node.name]}; loop over what is given"
            self._no(node, why, node.name)
        else:
            known = ", ".join(sorted(names()))
            suggestion = nearest(node.name, scope)
            self._no(node, f"`{node.name}` is not known here (there is: {known})", node.name, suggestion)
        scope[node.name] = None  # once is enough
        return None

    def _attribute(self, node: nodes.Getattr | nodes.Getitem, scope: Scope, depth: int) -> Shape | None:
        of = self._shape(node.node, scope, depth + 1)
        name = _reached(node)
        if isinstance(name, int):
            return of.of if isinstance(of, Many) else None
        if not isinstance(name, str):
            self._no(node, "only a fixed number can stand in [ ]: write .name for a part of something")
            return None
        if name.startswith("_"):
            self._no(node, f"`{_path(node)}` reaches outside what a wording may speak of", name)
        elif isinstance(of, type) and of is Loop and name in ("previtem", "nextitem"):
            return None
        elif of is not None:
            return self._part(node, of, name)
        return None

    def _part(self, node: nodes.Node, of: Shape, name: str) -> Shape | None:
        known = attributes(of)
        if name in known:
            self.uses.add((_whose(node, of), name))
            self.only_prints_people &= of not in PERSONAL or id(node) in self.printed
            return known[name]
        if name in FILTERS:
            self._no(node, f"`{_path(node)}`: filters are written with a bar", name, f"|{name}")
            return None
        has = f" (it has: {', '.join(known)})" if known else ""
        self._no(node, f"{in_words(of)} has no `.{name}`{has}", name, nearest(name, known))
        return None

    def _filter(self, node: nodes.Filter, scope: Scope, depth: int) -> Shape | None:
        of = self._shape(node.node, scope, depth + 1) if node.node else None
        for child in (*node.args, *(each.value for each in node.kwargs)):
            self._shape(child, scope, depth + 1)
        if node.dyn_args or node.dyn_kwargs or node.name not in FILTERS:
            self._no(node, f"there is no filter `{node.name}`", node.name, nearest(node.name, FILTERS))
            return None
        chosen = self._chosen_attribute(node, of)
        if node.name in SAME_LIST:
            return of
        if node.name == "map":
            return Many(chosen) if chosen else None
        if node.name in ("first", "last"):
            return of.of if isinstance(of, Many) else None
        return None if node.name in ("default", "d") else int if node.name in ("length", "count") else str

    def _chosen_attribute(self, node: nodes.Filter, of: Shape | None) -> Shape | None:
        place = BY_ATTRIBUTE.get(node.name)
        if place is None or not isinstance(of, Many):
            return None
        named = [each.value for each in node.kwargs if each.key == "attribute"]
        given = named or (node.args[place : place + 1])
        name = _constant(given[0]) if given else None
        return self._part(node, of.of, name) if isinstance(name, str) else None

    def _test(self, node: nodes.Test, scope: Scope, depth: int) -> Shape | None:
        if node.name not in TESTS:
            self._no(node, f"there is no test `is {node.name}`", node.name, nearest(node.name, TESTS))
        self._shape(node.node, scope, depth + 1)
        return None

    def _literal(self, node: nodes.List | nodes.Tuple) -> Shape | None:
        if not all(isinstance(each, nodes.Const) for each in node.items):
            self._no(node, "a list written in a wording holds only fixed texts and numbers")
        return Many(str)

    def _no(self, node: nodes.Node, message: str, word: str = "", suggestion: str = "") -> None:
        self.problems.append(self.text.problem(node.lineno, word or _path(node), message, suggestion=suggestion))


def _constant(node: nodes.Node) -> object:
    return node.value if isinstance(node, nodes.Const) else None


def _why_not(node: nodes.Node) -> str:
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name):
        name = node.node.name
        if name in ENDLESS:
            return f"this wording would never end: `{name}` {ENDLESS[name]}; loop over what is given"
        if name == "loop":
            return "this wording would never end: a loop cannot call itself"
    for inner in node.find_all(nodes.Expr):
        reached = _reached(inner)
        if isinstance(reached, str) and reached.startswith("_"):
            return f"`{_path(inner)}` reaches outside what a wording may speak of"
    return TAGS.get(type(node), f"{type(node).__name__.lower()} is not part of the language")


def _whose(node: nodes.Node, of: Shape) -> str:
    """The one written to or about is told apart from the others of its kind."""
    if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name) and node.node.name == "addressee":
        return "addressee"
    return of.__name__ if isinstance(of, type) else ""


def _reached(node: nodes.Node) -> object:
    """What stands after the dot, or in the brackets."""
    if isinstance(node, nodes.Getattr):
        return node.attr
    return _constant(node.arg) if isinstance(node, nodes.Getitem) else None


def _path(node: nodes.Node) -> str:
    return ".".join(reversed(list(_steps(node))))


def _steps(node: nodes.Node | None) -> Iterator[str]:
    if isinstance(node, nodes.Name):
        yield node.name
    elif isinstance(node, nodes.Getattr):
        yield node.attr
        yield from _steps(node.node)
    elif isinstance(node, nodes.Getitem):
        yield str(_constant(node.arg) or "[…]")
        yield from _steps(node.node)
    elif isinstance(node, nodes.Call | nodes.Filter):
        yield from _steps(node.node)
