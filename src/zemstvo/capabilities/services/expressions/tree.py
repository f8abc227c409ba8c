"""The tree of an expression, and the fault that refuses one."""

from __future__ import annotations

from dataclasses import dataclass


class ExpressionFault(Exception):
    """Why an expression is refused: what stands there, what is expected, and at which character (from 1)."""

    def __init__(self, found: str, expected: str, at: int = 1) -> None:
        super().__init__(f"character {at}: {found}; {expected} is expected")
        self.found = found
        self.expected = expected
        self.at = at


@dataclass(frozen=True, slots=True)
class Node:
    """A part of an expression; `at` is the place of its first character, from 1."""

    at: int


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """A whole number, a text or a truth value as written."""

    value: int | str | bool


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A name of the outside: a field, a calculated value, the variable of a macro."""

    name: str


@dataclass(frozen=True, slots=True)
class Select(Node):
    """A part of a group or of a row: `applicant.birth_date`."""

    of: Node
    name: str


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A function of ours, or a method when `target` is set."""

    name: str
    arguments: tuple[Node, ...]
    target: Node | None = None


@dataclass(frozen=True, slots=True)
class Macro(Node):
    """`over.name(variable, body)` with name all, exists or filter."""

    name: str
    over: Node
    variable: str
    body: Node


@dataclass(frozen=True, slots=True)
class Unary(Node):
    """`!x` or `-x`."""

    operator: str
    operand: Node


@dataclass(frozen=True, slots=True)
class Binary(Node):
    """`left operator right`."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Choice(Node):
    """`condition ? then : otherwise`."""

    condition: Node
    then: Node
    otherwise: Node


@dataclass(frozen=True, slots=True)
class ListOf(Node):
    """`[a, b, c]`."""

    members: tuple[Node, ...]
