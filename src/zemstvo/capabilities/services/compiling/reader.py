"""The expressions of a document: checked against the names known so far, compiled once, tried once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zemstvo.capabilities.services import parts, scopes
from zemstvo.capabilities.services.expressions.running import Expression, ExpressionFailed, compile_expression
from zemstvo.capabilities.services.expressions.tree import ExpressionFault
from zemstvo.capabilities.services.expressions.types import Kind, Scope, Type
from zemstvo.capabilities.services.faults import Path, shown
from zemstvo.capabilities.services.texts import Report

_STAND_IN = {Kind.YES_NO: "true", Kind.NUMBER: "0", Kind.MONEY: "0", Kind.TEXT: "''", Kind.DATE: "today"}
"""What goes on in the place of a faulty expression, so that all faults are found in one run."""


class Reader:
    """One walk over one document. `scope` grows as fields and calculated values are met."""

    def __init__(self, document: Mapping[str, Any], report: Report, *, is_checking: bool) -> None:
        self.document = document
        self.report = report
        self.base: str = document["languages"][0]
        self.scope: dict[str, Type] = dict(scopes.OF_THE_CASE)
        for one in document.get("parameters", ()):
            self.scope[one["id"]] = scopes.SIMPLE[one["type"]]
        self.scope["answered"] = scopes.group_of_answered(())
        self._is_checking = is_checking

    def expression(self, source: str, path: Path, scope: Scope, *kinds: Kind) -> Expression:
        """The expression, of one of the kinds; where it is faulty, a stand-in after the report."""
        try:
            expression = compile_expression(source, scope, *kinds)
        except ExpressionFault as fault:
            self.report(path, shown(source), str(fault))
            return compile_expression(_STAND_IN[kinds[0]], scopes.OF_THE_CASE)
        if self._is_checking:
            self._try(expression, path, scope)
        return expression

    def _try(self, expression: Expression, path: Path, scope: Scope) -> None:
        """Reckon once with nothing answered: what breaks on that would break on a draft."""
        try:
            expression({name: scope[name].default() for name in expression.names})
        except ExpressionFailed as failure:
            wanted = f"an expression that can be reckoned with nothing answered is expected ({failure})"
            self.report(path, shown(expression.source), wanted)

    def condition(self, one: Mapping[str, Any] | None, path: Path) -> parts.Condition | None:
        """A condition and its sentence."""
        if one is None:
            return None
        return parts.Condition(
            self.expression(one["when"], (*path, "when"), self.scope, Kind.YES_NO), one["means"]
        )
