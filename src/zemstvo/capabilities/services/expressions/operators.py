"""What the operators of an expression take and give, and how they are written out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from zemstvo.capabilities.services.expressions import tree
from zemstvo.capabilities.services.expressions.agreement import (
    AMOUNTS,
    ORDERED,
    WORDS,
    called,
    common,
    demand_comparable,
)
from zemstvo.capabilities.services.expressions.tree import ExpressionFault
from zemstvo.capabilities.services.expressions.types import MONEY, NUMBER, TEXT, YES_NO, Kind, Type


@dataclass(frozen=True, slots=True)
class Part:
    """A checked part: its type and how it is written out."""

    type: Type
    text: str


class Checks(Protocol):
    """Checks the operands."""

    def part(self, node: tree.Node) -> Part:
        """The checked part of a node."""
        ...

    def of(self, node: tree.Node, *kinds: Kind) -> Part:
        """The part of a node, which must be of one of these kinds."""
        ...


def operated(checker: Checks, node: tree.Binary) -> Part:
    """The part of two operands and their operator. Raises ExpressionFault where they do not go together."""
    return _BY_OPERATOR[node.operator](checker, node)


def _logic(checker: Checks, node: tree.Binary) -> Part:
    left, right = checker.of(node.left, Kind.YES_NO), checker.of(node.right, Kind.YES_NO)
    return Part(YES_NO, _joined(node, left, right))


def _equality(checker: Checks, node: tree.Binary) -> Part:
    left, right = checker.part(node.left), checker.part(node.right)
    demand_comparable(left.type, right.type, node.right.at)
    return Part(YES_NO, f"({left.text} {node.operator} {right.text})")


def _order(checker: Checks, node: tree.Binary) -> Part:
    left, right = checker.part(node.left), checker.part(node.right)
    demand_comparable(left.type, right.type, node.right.at)
    for side, written in ((left, node.left), (right, node.right)):
        if side.type.kind not in ORDERED and side.type.literal is None:
            raise ExpressionFault(
                f"{called(side.type)} beside {node.operator}", "numbers, money or days", written.at
            )
    if left.type.kind is right.type.kind is Kind.TEXT:
        raise ExpressionFault(f"texts beside {node.operator}", "numbers, money or days", node.at)
    return Part(YES_NO, f"({left.text} {node.operator} {right.text})")


def _membership(checker: Checks, node: tree.Binary) -> Part:
    left = checker.part(node.left)
    if isinstance(node.right, tree.ListOf):
        members = [checker.part(member) for member in node.right.members]
        for member, written in zip(members, node.right.members, strict=True):
            if member.type.literal is None:
                raise ExpressionFault("a member that is not written out", "a number or a text", written.at)
            demand_comparable(left.type, member.type, written.at)
        return Part(YES_NO, f"({left.text} in [{', '.join(member.text for member in members)}])")
    right = checker.of(node.right, Kind.CHOICES)
    demand_comparable(Type(Kind.CHOICE, options=right.type.options), left.type, node.left.at)
    return Part(YES_NO, f"({left.text} in {right.text})")


def _plus_minus(checker: Checks, node: tree.Binary) -> Part:
    left = checker.of(node.left, *AMOUNTS, *WORDS)
    if node.operator == "+" and left.type.kind in WORDS:
        right = checker.of(node.right, *WORDS)
        return Part(TEXT, _joined(node, left, right))
    left, right = checker.of(node.left, *AMOUNTS), checker.of(node.right, *AMOUNTS)
    return Part(common(left.type, right.type, node.right.at), _joined(node, left, right))


def _times(checker: Checks, node: tree.Binary) -> Part:
    left, right = checker.of(node.left, *AMOUNTS), checker.of(node.right, *AMOUNTS)
    if left.type.kind is right.type.kind is Kind.MONEY:
        raise ExpressionFault("money times money", "money times a number", node.right.at)
    return Part(
        MONEY if Kind.MONEY in (left.type.kind, right.type.kind) else NUMBER, _joined(node, left, right)
    )


def _share(checker: Checks, node: tree.Binary) -> Part:
    left, right = checker.of(node.left, *AMOUNTS), checker.of(node.right, Kind.NUMBER)
    if not isinstance(right.type.literal, int) or right.type.literal <= 0:
        raise ExpressionFault(f"{node.operator} by what is not a number above 0", "div(a, b)", node.right.at)
    return Part(Type(left.type.kind), _joined(node, left, right))


def _joined(node: tree.Binary, left: Part, right: Part) -> str:
    """Two parts and their operator; a chain of one operator is not nested deeper with each link."""
    opened = left.text
    if isinstance(node.left, tree.Binary) and node.left.operator == node.operator and opened.startswith("("):
        opened = opened[1:-1]
    return f"({opened} {node.operator} {right.text})"


_BY_OPERATOR: dict[str, Callable[[Checks, tree.Binary], Part]] = {
    "||": _logic,
    "&&": _logic,
    "==": _equality,
    "!=": _equality,
    "<": _order,
    "<=": _order,
    ">": _order,
    ">=": _order,
    "in": _membership,
    "+": _plus_minus,
    "-": _plus_minus,
    "*": _times,
    "/": _share,
    "%": _share,
}
