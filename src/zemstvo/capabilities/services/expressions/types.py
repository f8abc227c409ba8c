"""The types of an expression: what an answer, a calculated value or a part of a condition is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """The kinds of value. Money is a whole number of minor units, a date the text YYYY-MM-DD."""

    YES_NO = "yes_no"
    NUMBER = "number"
    MONEY = "money"
    TEXT = "text"
    DATE = "date"
    MONTH = "month"
    CHOICE = "choice"
    CHOICES = "choices"
    FILES = "files"
    GROUP = "group"
    ROWS = "rows"
    LIST = "list"


DEFAULTS: Mapping[Kind, Any] = {
    Kind.YES_NO: False,
    Kind.NUMBER: 0,
    Kind.MONEY: 0,
    Kind.TEXT: "",
    Kind.DATE: "",
    Kind.MONTH: "",
    Kind.CHOICE: "",
    Kind.CHOICES: [],
    Kind.FILES: [],
    Kind.ROWS: [],
}
"""What an unanswered field is in an expression, so that no condition can break on it."""


@dataclass(frozen=True, slots=True)
class Type:
    """The type of a part of an expression.

    `options` are the ids of a choice, `fields` the parts of a group or of one row, `literal` the
    value when it is written in the expression itself: a literal number may be money, a literal text
    an option or a day, and only a literal may be a regular expression or a divisor.
    """

    kind: Kind
    options: frozenset[str] | None = None
    fields: Mapping[str, Type] = field(default_factory=dict, hash=False)
    literal: int | str | bool | None = None

    def default(self) -> Any:
        """The value of an unanswered field of this type."""
        if self.kind is Kind.GROUP:
            return {name: part.default() for name, part in self.fields.items()}
        found = DEFAULTS[self.kind]
        return list(found) if isinstance(found, list) else found


YES_NO = Type(Kind.YES_NO)
NUMBER = Type(Kind.NUMBER)
MONEY = Type(Kind.MONEY)
TEXT = Type(Kind.TEXT)
DATE = Type(Kind.DATE)
MONTH = Type(Kind.MONTH)

Scope = Mapping[str, Type]
"""The names that an expression may use, with their types."""
