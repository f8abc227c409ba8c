"""Checking an expression: every name known, every part of a type, and the tree written out anew.

The library parses only what is written out here, never the author's text, so two parsers can never
understand one condition differently. Names of groups become flat inputs (`applicant.born_on` is
`v_applicant__born_on`), and what is reckoned over a whole repeat is reckoned before the library is called.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from zemstvo.capabilities.services.expressions import tree
from zemstvo.capabilities.services.expressions.agreement import (
    AMOUNTS,
    NAMES,
    ORDERED,
    WORDS,
    called,
    common,
    demand_comparable,
    one_of,
)
from zemstvo.capabilities.services.expressions.operators import Part, operated
from zemstvo.capabilities.services.expressions.patterns import pattern_fault
from zemstvo.capabilities.services.expressions.tree import ExpressionFault
from zemstvo.capabilities.services.expressions.types import (
    DATE,
    MONEY,
    NUMBER,
    TEXT,
    YES_NO,
    Kind,
    Scope,
    Type,
)

_OF_ROWS = {"sum": "z_sum", "min": "z_least", "max": "z_greatest"}


@dataclass(frozen=True, slots=True)
class Input:
    """A value that the expression takes from outside: under which name, from where.

    `path` leads to it (a field, or a group and its part). `fields` are the fields of a row that are read.
    `reckon` is a function over the rows, done before (size, z_sum, …), with the field as its argument.
    """

    name: str
    path: tuple[str, ...]
    fields: tuple[str, ...] = ()
    reckon: str = ""
    of: str = ""


@dataclass(slots=True)
class Findings:
    """What a check has found besides the text: inputs and functions in use."""

    inputs: dict[str, Input] = field(default_factory=dict)
    functions: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Checked:
    """A checked expression, ready for the library."""

    type: Type
    text: str
    inputs: tuple[Input, ...]
    functions: frozenset[str]


def check(node: tree.Node, scope: Scope) -> Checked:
    """Check a tree against the names it may use. Raises ExpressionFault at the first thing that is wrong."""
    checker = _Checker(scope)
    part = checker.part(node)
    found = checker.findings
    return Checked(part.type, part.text, tuple(found.inputs.values()), frozenset(found.functions))


class _Checker:
    """One walk over one tree."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._row: tuple[str, Type] | None = None
        self._used: set[str] = set()
        self.findings = Findings()

    def part(self, node: tree.Node) -> Part:
        """The checked part of a node, by its class."""
        return _BY_CLASS[type(node)](self, node)

    def of(self, node: tree.Node, *kinds: Kind) -> Part:
        """The part of a node, which must be of one of these kinds."""
        part = self.part(node)
        if part.type.kind not in kinds:
            raise ExpressionFault(called(part.type), " or ".join(NAMES[kind] for kind in kinds), node.at)
        return part

    def literal(self, node: tree.Literal) -> Part:
        if isinstance(node.value, bool):
            return Part(Type(Kind.YES_NO, literal=node.value), "true" if node.value else "false")
        if isinstance(node.value, int):
            return Part(Type(Kind.NUMBER, literal=node.value), str(node.value))
        return Part(Type(Kind.TEXT, literal=node.value), quoted(node.value))

    def name(self, node: tree.Name) -> Part:
        if self._row and node.name == self._row[0]:
            raise ExpressionFault(f"the row {node.name} itself", f"one of its fields, {node.name}.…", node.at)
        found = self._scope.get(node.name)
        if found is None:
            raise ExpressionFault(f"the name {node.name}", one_of(self._scope), node.at)
        if found.kind in (Kind.GROUP, Kind.ROWS):
            return Part(found, node.name)
        return Part(found, self._take(Input(f"v_{node.name}", (node.name,))))

    def select(self, node: tree.Select) -> Part:
        if isinstance(node.of, tree.Name) and self._row and node.of.name == self._row[0]:
            variable, row = self._row
            found = self._field_of(row, node)
            self._used.add(node.name)
            return Part(found, f"r_{variable}.{node.name}")
        group = self.part(node.of)
        if group.type.kind is not Kind.GROUP or not isinstance(node.of, tree.Name):
            raise ExpressionFault(
                f".{node.name} of {called(group.type)}", "a part of a group or of a row", node.at
            )
        found = self._field_of(group.type, node)
        path = (node.of.name, node.name)
        return Part(found, self._take(Input(f"v_{'__'.join(path)}", path)))

    def _field_of(self, owner: Type, node: tree.Select) -> Type:
        found = owner.fields.get(node.name)
        if found is None:
            raise ExpressionFault(f"the part {node.name}", one_of(owner.fields), node.at)
        if found.kind is Kind.GROUP:
            raise ExpressionFault(f"the part {node.name}, itself a group", "a single value", node.at)
        return found

    def _take(self, wanted: Input) -> str:
        self.findings.inputs[wanted.name] = wanted
        return wanted.name

    def unary(self, node: tree.Unary) -> Part:
        if node.operator == "!":
            return Part(YES_NO, f"!({self.of(node.operand, Kind.YES_NO).text})")
        inner = self.of(node.operand, *AMOUNTS)
        literal = -inner.type.literal if isinstance(inner.type.literal, int) else None
        return Part(Type(inner.type.kind, literal=literal), f"(-({inner.text}))")

    def choice(self, node: tree.Choice) -> Part:
        condition = self.of(node.condition, Kind.YES_NO)
        then, otherwise = self.part(node.then), self.part(node.otherwise)
        found = common(then.type, otherwise.type, node.otherwise.at)
        return Part(found, f"(({condition.text}) ? ({then.text}) : ({otherwise.text}))")

    def list_of(self, node: tree.ListOf) -> Part:
        raise ExpressionFault("a list", "a list only behind `in`", node.at)

    def binary(self, node: tree.Binary) -> Part:
        return operated(self, node)

    def macro(self, node: tree.Macro) -> Part:
        rows = self.part(node.over)
        if rows.type.kind is not Kind.ROWS or not isinstance(node.over, tree.Name):
            raise ExpressionFault(
                f"{node.name} over {called(rows.type)}", "the name of a repeat", node.over.at
            )
        if node.variable in self._scope:
            raise ExpressionFault(
                f"the variable {node.variable}, which is a name already", "another word", node.at
            )
        self._row, before = (node.variable, rows.type), self._row
        body = self.of(node.body, Kind.YES_NO)
        self._row = before
        name = self._take_rows(node.over.name)
        text = f"{name}.{node.name}(r_{node.variable}, {body.text})"
        return Part(rows.type if node.name == "filter" else YES_NO, text)

    def _take_rows(self, name: str, *more: str) -> str:
        known = self.findings.inputs.get(f"v_{name}")
        fields = {*(known.fields if known else ()), *self._used, *more}
        return self._take(Input(f"v_{name}", (name,), tuple(sorted(fields))))

    def call(self, node: tree.Call) -> Part:
        if node.target is not None:
            return self._method(node)
        special = {"size": self._size, "sum": self._over_rows, "min": self._extreme, "max": self._extreme}
        if node.name in special:
            return special[node.name](node)
        if node.name not in _SIGNATURES:
            raise ExpressionFault(f"the function {node.name}", one_of({*special, *_SIGNATURES}), node.at)
        wanted, answer = _SIGNATURES[node.name]
        _demand_arguments(node, len(wanted))
        arguments = [self._argument(one, kinds) for one, kinds in zip(node.arguments, wanted, strict=True)]
        return self._called_out(answer(arguments, node), f"z_{node.name}", arguments)

    def _argument(self, node: tree.Node, kinds: tuple[Kind, ...]) -> Part:
        part = self.part(node)
        if part.type.kind is Kind.TEXT and part.type.literal is not None and Kind.DATE in kinds:
            demand_comparable(DATE, part.type, node.at)
            return part
        if part.type.kind not in kinds:
            raise ExpressionFault(called(part.type), " or ".join(NAMES[kind] for kind in kinds), node.at)
        return part

    def _called_out(self, type_: Type, function: str, arguments: list[Part]) -> Part:
        self.findings.functions.add(function)
        return Part(type_, f"{function}({', '.join(argument.text for argument in arguments)})")

    def _size(self, node: tree.Call) -> Part:
        _demand_arguments(node, 1)
        return self._size_of(node.arguments[0])

    def _size_of(self, node: tree.Node) -> Part:
        part = self.of(node, *WORDS, Kind.CHOICES, Kind.FILES, Kind.ROWS)
        if part.type.kind in WORDS:
            return self._called_out(NUMBER, "z_characters", [part])
        if part.type.kind is Kind.ROWS and isinstance(node, tree.Name):
            return Part(NUMBER, self._take(Input(f"v_{node.name}__size", (node.name,), reckon="size")))
        return Part(NUMBER, f"size({part.text})")

    def _over_rows(self, node: tree.Call) -> Part:
        _demand_arguments(node, 2)
        over, wanted = node.arguments
        if not isinstance(wanted, tree.Literal) or not isinstance(wanted.value, str):
            raise ExpressionFault("what is not a text", "the field of a row in quotes", wanted.at)
        if isinstance(over, tree.Macro):
            self._used.add(wanted.value)
        rows = self.of(over, Kind.ROWS)
        found = rows.type.fields.get(wanted.value)
        if found is None or found.kind not in AMOUNTS:
            amounts = {name for name, type_ in rows.type.fields.items() if type_.kind in AMOUNTS}
            raise ExpressionFault(f"the field {wanted.value}", one_of(amounts), wanted.at)
        function = _OF_ROWS[node.name]
        if isinstance(over, tree.Name):
            name = f"v_{over.name}__{node.name}__{wanted.value}"
            return Part(
                Type(found.kind), self._take(Input(name, (over.name,), reckon=function, of=wanted.value))
            )
        return self._called_out(Type(found.kind), function, [rows, Part(TEXT, quoted(wanted.value))])

    def _extreme(self, node: tree.Call) -> Part:
        is_over_rows = len(node.arguments) == 2 and isinstance(node.arguments[1], tree.Literal)
        if is_over_rows and isinstance(node.arguments[1].value, str) and self._is_rows(node.arguments[0]):  # type: ignore[attr-defined]
            return self._over_rows(node)
        if not 2 <= len(node.arguments) <= 5:
            raise ExpressionFault(
                f"{len(node.arguments)} values", "two to five values, or rows and a field", node.at
            )
        arguments = [self._argument(one, ORDERED) for one in node.arguments]
        found = arguments[0].type
        for argument, written in zip(arguments[1:], node.arguments[1:], strict=True):
            found = common(found, argument.type, written.at)
        return self._called_out(Type(found.kind), f"z_{node.name}", arguments)

    def _is_rows(self, node: tree.Node) -> bool:
        if isinstance(node, tree.Macro):
            return node.name == "filter"
        found = self._scope.get(node.name) if isinstance(node, tree.Name) else None
        return found is not None and found.kind is Kind.ROWS

    def _method(self, node: tree.Call) -> Part:
        assert node.target is not None
        if node.name == "size":
            _demand_arguments(node, 0)
            return self._size_of(node.target)
        if node.name not in ("startsWith", "endsWith", "contains", "matches"):
            raise ExpressionFault(
                f"the method {node.name}", "startsWith, endsWith, contains, matches or size", node.at
            )
        _demand_arguments(node, 1)
        target, argument = self.of(node.target, *WORDS), self.of(node.arguments[0], Kind.TEXT)
        if node.name == "matches":
            if not isinstance(argument.type.literal, str):
                raise ExpressionFault(
                    "a regular expression that is not written out", "a text in quotes", node.at
                )
            if fault := pattern_fault(argument.type.literal):
                raise ExpressionFault(
                    f"the regular expression {argument.type.literal[:40]!r}", fault, node.at
                )
        return Part(YES_NO, f"({target.text}).{node.name}({argument.text})")


def quoted(text: str) -> str:
    """A text as the library reads it: double quotes, every special sign escaped."""
    signs = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
    return '"' + "".join(signs.get(sign, sign) for sign in text) + '"'


def _demand_arguments(node: tree.Call, count: int) -> None:
    if len(node.arguments) != count:
        raise ExpressionFault(f"{node.name} with {len(node.arguments)} values", f"{count}", node.at)


def _divided(arguments: list[Part], node: tree.Call) -> Type:
    left, right = (argument.type.kind for argument in arguments)
    if left is Kind.NUMBER and right is Kind.MONEY:
        raise ExpressionFault("a number divided by money", "money by a number, or two of one type", node.at)
    return MONEY if left is Kind.MONEY and right is Kind.NUMBER else NUMBER


_DAY, _COUNT = (Kind.DATE,), (Kind.NUMBER,)
_SIGNATURES: dict[str, tuple[tuple[tuple[Kind, ...], ...], Callable[[list[Part], tree.Call], Type]]] = {
    "div": ((AMOUNTS, AMOUNTS), _divided),
    "add_months": ((_DAY, _COUNT), lambda _, __: DATE),
    "add_days": ((_DAY, _COUNT), lambda _, __: DATE),
    "days_between": ((_DAY, _DAY), lambda _, __: NUMBER),
    "months_between": ((_DAY, _DAY), lambda _, __: NUMBER),
    "age": ((_DAY, _DAY), lambda _, __: NUMBER),
    "year": (((Kind.DATE, Kind.MONTH),), lambda _, __: NUMBER),
    "month_start": ((_DAY,), lambda _, __: DATE),
    "day_of_month": ((_DAY,), lambda _, __: NUMBER),
}

_BY_CLASS: dict[type[tree.Node], Callable[..., Part]] = {
    tree.Literal: _Checker.literal,
    tree.Name: _Checker.name,
    tree.Select: _Checker.select,
    tree.Call: _Checker.call,
    tree.Macro: _Checker.macro,
    tree.Unary: _Checker.unary,
    tree.Binary: _Checker.binary,
    tree.Choice: _Checker.choice,
    tree.ListOf: _Checker.list_of,
}
