"""Running a checked expression: compiled once, given only the values that it names, never a surprise."""

# ruff: noqa: E402
from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

sys.modules.setdefault("cel.cli", ModuleType("cel.cli"))  # its terminal would load a hundred modules
import cel

from zemstvo.capabilities.services.expressions.checking import Input, check
from zemstvo.capabilities.services.expressions.functions import FUNCTIONS
from zemstvo.capabilities.services.expressions.parsing import parse
from zemstvo.capabilities.services.expressions.tree import ExpressionFault
from zemstvo.capabilities.services.expressions.types import Kind, Scope, Type


class ExpressionFailed(ArithmeticError):
    """A sound expression met values that it cannot reckon with: an overflow, a day after year 9999."""


@dataclass(frozen=True, slots=True)
class Expression:
    """A compiled expression: its source for people, its type, the names of the outside that it uses."""

    source: str
    type: Type
    names: frozenset[str]
    _inputs: tuple[Input, ...] = field(repr=False)
    _functions: dict[str, Any] = field(repr=False, compare=False)
    _program: cel.Program = field(repr=False, compare=False)

    def __call__(self, values: Mapping[str, Any]) -> Any:
        """The value of the expression; `values` hold every name, defaults for what is unanswered.

        Some three microseconds, more over long repeats. Raises ExpressionFailed on overflow.
        """
        try:
            given = {one.name: _given(one, values) for one in self._inputs}
            return self._program.execute({**given, **self._functions} if self._functions else given)
        except (ArithmeticError, ValueError, TypeError, LookupError, RuntimeError) as error:
            raise ExpressionFailed(f"{self.source}: {error}") from error


def compile_expression(source: str, scope: Scope, *kinds: Kind) -> Expression:
    """Check and compile an expression that must give a value of one of these kinds.

    `scope` holds the names that it may use. Raises ExpressionFault with place and expectation.
    """
    found = check(parse(source), scope)
    expected = _expected(found.type, kinds)
    if expected:
        raise ExpressionFault(
            f"an expression that gives {found.type.kind.value}", f"one that gives {expected}"
        )
    try:
        program = cel.compile(found.text)
    except ValueError as error:
        raise ExpressionFault(
            "an expression that cannot be compiled", "a shorter, less nested one"
        ) from error
    return Expression(
        source,
        found.type,
        frozenset(one.path[0] for one in found.inputs),
        found.inputs,
        {name: FUNCTIONS[name] for name in sorted(found.functions)},
        program,
    )


def _expected(found: Type, kinds: tuple[Kind, ...]) -> str:
    if not kinds or found.kind in kinds:
        return ""
    if found.literal is not None and found.kind is Kind.NUMBER and Kind.MONEY in kinds:
        return ""
    if found.kind in (Kind.CHOICE, Kind.DATE, Kind.MONTH) and Kind.TEXT in kinds:
        return ""
    return " or ".join(kind.value for kind in kinds)


def _given(one: Input, values: Mapping[str, Any]) -> Any:
    value: Any = values
    for step in one.path:
        value = value[step]
    if one.reckon == "size":
        return len(value)
    if one.reckon:
        return FUNCTIONS[one.reckon](value, one.of)
    if one.fields:
        return [{name: row[name] for name in one.fields} for row in value]
    return value
