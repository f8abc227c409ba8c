"""Which types go together: what may be compared, added or come out of either branch."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from zemstvo.capabilities.services.expressions.tree import ExpressionFault
from zemstvo.capabilities.services.expressions.types import MONEY, Kind, Type

AMOUNTS = (Kind.NUMBER, Kind.MONEY)
WORDS = (Kind.TEXT, Kind.CHOICE, Kind.DATE, Kind.MONTH)
ORDERED = (*AMOUNTS, Kind.DATE, Kind.MONTH)
NAMES = {
    Kind.YES_NO: "yes or no",
    Kind.NUMBER: "a number",
    Kind.MONEY: "money",
    Kind.TEXT: "a text",
    Kind.DATE: "a day",
    Kind.MONTH: "a month",
    Kind.CHOICE: "a choice",
    Kind.CHOICES: "a list of choices",
    Kind.FILES: "files",
    Kind.GROUP: "a group of values",
    Kind.ROWS: "rows",
    Kind.LIST: "a list",
}


def common(left: Type, right: Type, at: int) -> Type:
    """The type of two values of which either may come out, or that are added. Raises where they differ."""
    if left.kind is right.kind:
        options = (left.options or frozenset()) | (right.options or frozenset())
        return Type(left.kind, options=options if left.kind in (Kind.CHOICE, Kind.CHOICES) else None)
    for one, other in ((left, right), (right, left)):
        if one.kind is Kind.MONEY and other.kind is Kind.NUMBER and other.literal is not None:
            return MONEY
        if (
            one.kind in (Kind.DATE, Kind.MONTH, Kind.CHOICE)
            and other.kind is Kind.TEXT
            and other.literal is not None
        ):
            demand_comparable(one, other, at)
            return one
    raise ExpressionFault(f"{called(left)} and {called(right)} together", "two values of one type", at)


def demand_comparable(left: Type, right: Type, at: int) -> None:
    """Raise unless two values can be compared; a written-out text must be the day or option that is meant."""
    for one, other in ((left, right), (right, left)):
        if other.kind is Kind.TEXT and isinstance(other.literal, str) and one.kind is not Kind.TEXT:
            _fits(one, other.literal, at)
            return
        if one.kind is Kind.MONEY and other.kind is Kind.NUMBER and other.literal is not None:
            return
    if left.kind is not right.kind or left.kind in (
        Kind.GROUP,
        Kind.ROWS,
        Kind.LIST,
        Kind.CHOICES,
        Kind.FILES,
    ):
        raise ExpressionFault(f"{called(left)} beside {called(right)}", "two values of one type", at)


def _fits(type_: Type, literal: str, at: int) -> None:
    if literal == "" and type_.kind in WORDS:
        return
    if type_.kind is Kind.CHOICE and type_.options is not None:
        if literal not in type_.options:
            raise ExpressionFault(f"the option {literal!r}", one_of(type_.options), at)
    elif type_.kind is Kind.DATE:
        if not _is_day(literal):
            raise ExpressionFault(f"the day {literal!r}", "a day that exists, YYYY-MM-DD", at)
    elif type_.kind is Kind.MONTH:
        if not _is_day(f"{literal}-01"):
            raise ExpressionFault(f"the month {literal!r}", "a month, YYYY-MM", at)
    else:
        raise ExpressionFault(f"a text beside {called(type_)}", NAMES[type_.kind], at)


def _is_day(text: str) -> bool:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def called(type_: Type) -> str:
    """How a fault names a type."""
    return NAMES[type_.kind]


def one_of(names: Iterable[str]) -> str:
    """How a fault names what is known: at most twelve of it."""
    known = sorted(names)
    if not known:
        return "another name (there is none here)"
    shown = ", ".join(known[:12]) + (", …" if len(known) > 12 else "")
    return f"one of {shown}"
