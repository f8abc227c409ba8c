"""Our functions, and nothing else, can be called from an expression.

Each is a pure function of whole numbers and texts. Days are texts YYYY-MM-DD; an unanswered day is "",
and what is reckoned from it is "" or 0. A day outside the years 1 to 9999 is an error, which the one who
evaluates reports as such.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from zemstvo.ground.territory import rules

Rows = Sequence[Mapping[str, Any]]


def characters(text: str) -> int:
    """How many characters a text has: «привет» has six (the library's own size counts bytes)."""
    return len(text)


def total(rows: Rows, name: str) -> int:
    """The sum of a field over rows; 0 when there are none."""
    return sum(row[name] for row in rows)


def least(rows: Rows, name: str) -> Any:
    """The least value of a field over rows; 0 when there are none."""
    return min((row[name] for row in rows), default=0)


def greatest(rows: Rows, name: str) -> Any:
    """The greatest value of a field over rows; 0 when there are none."""
    return max((row[name] for row in rows), default=0)


def lesser(*values: Any) -> Any:
    """The least of two to five values of one type."""
    return min(values)


def greater(*values: Any) -> Any:
    """The greatest of two to five values of one type."""
    return max(values)


def divided(value: int, by: int) -> int:
    """Whole-number division, halves rounded away from zero, as for money; 0 when `by` is 0."""
    if by == 0:
        return 0
    quotient, rest = divmod(abs(value), abs(by))
    rounded = quotient + (2 * rest >= abs(by))
    return rounded if (value >= 0) == (by > 0) else -rounded


def add_months(day: str, months: int) -> str:
    """The same day of a later month; the last day of that month where it has no such day."""
    return rules.add_months(date.fromisoformat(day), months).isoformat() if day else ""


def add_days(day: str, days: int) -> str:
    """The day so many calendar days later."""
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat() if day else ""


def days_between(first: str, second: str) -> int:
    """Calendar days from the first day to the second; negative when the second is earlier."""
    return (date.fromisoformat(second) - date.fromisoformat(first)).days if first and second else 0


def months_between(first: str, second: str) -> int:
    """Full months from the first day to the second; 0 when the second is not later."""
    if not first or not second or second <= first:
        return 0
    start, end = date.fromisoformat(first), date.fromisoformat(second)
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - (rules.add_months(start, months) > end)


def age(born: str, on: str) -> int:
    """Full years of age on a day; who is born on 29 February turns a year older on 1 March."""
    if not born or not on or on < born:
        return 0
    start, end = date.fromisoformat(born), date.fromisoformat(on)
    return end.year - start.year - ((end.month, end.day) < (start.month, start.day))


def year(day: str) -> int:
    """The year of a day or a month."""
    return int(day[:4]) if day else 0


def month_start(day: str) -> str:
    """The first day of the month of a day."""
    return f"{day[:8]}01" if day else ""


def day_of_month(day: str) -> int:
    """The number of a day in its month: 1 to 31; 0 when there is no day."""
    return int(day[8:]) if day else 0


FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "z_characters": characters,
    "z_sum": total,
    "z_least": least,
    "z_greatest": greatest,
    "z_min": lesser,
    "z_max": greater,
    "z_div": divided,
    "z_add_months": add_months,
    "z_add_days": add_days,
    "z_days_between": days_between,
    "z_months_between": months_between,
    "z_age": age,
    "z_year": year,
    "z_month_start": month_start,
    "z_day_of_month": day_of_month,
}
"""Under the names by which the written-out expression calls them; no author can write these names."""
