"""Answers read back out of a posted form, as a machine would send them.

Money in minor units, days as YYYY-MM-DD, what was left empty as nothing. What cannot be understood is passed
on as it was typed, so that the package says what is wrong with it; nothing is judged here. The names of the
inputs are those that `asking` gives them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import QueryDict

from zemstvo.capabilities.services.parts import Field, FieldType

Posted = QueryDict
"""What a form posted."""

MOST_ROWS = 100
DAY_PARTS = ("day", "month", "year")


def asked_parts(asked: Field) -> tuple[str, ...]:
    """The parts that a person is asked; the code of the place is known from the place that was chosen."""
    return tuple(part for part in asked.parts if part != "oktmo")


def read(asked: Field, posted: Posted, *, name: str = "") -> Any:
    """The answer to a field in a posted form; None where nothing was answered."""
    name = name or asked.id
    reader = _READ.get(asked.type)
    return reader(asked, posted, name) if reader else _typed(posted, name)


def _typed(posted: Posted, name: str) -> str | None:
    text = str(posted.get(name, "")).replace("\r\n", "\n").strip()
    return text or None


def _read_number(asked: Field, posted: Posted, name: str) -> Any:
    text = _typed(posted, name)
    bare = re.sub(r"\s", "", text or "").replace("−", "-")
    return int(bare) if re.fullmatch(r"-?[0-9]{1,15}", bare) else text


def _read_money(asked: Field, posted: Posted, name: str) -> Any:
    text = _typed(posted, name)
    bare = re.sub(r"[\s₽$€]|руб\.?|р\.", "", text or "").replace(",", ".")
    found = re.fullmatch(r"([0-9]{1,13})(?:\.([0-9]{1,2}))?", bare)
    return int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0")) if found else text


def day_typed(posted: Mapping[str, Any], name: str) -> str | None:
    """The day that stands in three inputs, as YYYY-MM-DD; None where all are empty."""
    return _joined([str(posted.get(f"{name}.{part}", "")).strip() for part in reversed(DAY_PARTS)])


def _read_day(asked: Field, posted: Posted, name: str) -> str | None:
    return day_typed(posted, name)


def _read_month(asked: Field, posted: Posted, name: str) -> str | None:
    return _joined([str(posted.get(f"{name}.{part}", "")).strip() for part in ("year", "month")])


def _joined(parts: Sequence[str]) -> str | None:
    """The parts of a day as YYYY-MM-DD; what is missing or no number stays visible for the check."""
    if not any(parts):
        return None
    year, *rest = parts
    return "-".join([year.zfill(4), *(part.zfill(2) for part in rest)])


def _read_yes_no(asked: Field, posted: Posted, name: str) -> bool | None:
    return {"yes": True, "no": False}.get(str(posted.get(name, "")))


def _read_choices(asked: Field, posted: Posted, name: str) -> list[str] | None:
    return [str(one) for one in posted.getlist(name)] or None


def _read_declaration(asked: Field, posted: Posted, name: str) -> bool | None:
    return True if posted.get(name, "") == "yes" else None


def _read_block(asked: Field, posted: Posted, name: str) -> dict[str, str] | None:
    found: dict[str, str] = {}
    for part in asked_parts(asked):
        value = day_typed(posted, f"{name}.{part}") if part == "born_on" else _typed(posted, f"{name}.{part}")
        if value:
            found[part] = _digits(value) if part in {"snils", "inn", "ogrn", "postcode", "oktmo"} else value
    return found or None


def _digits(text: str) -> str:
    bare = re.sub(r"[\s\u00a0-]", "", text)
    return bare if bare.isdigit() else text


def rows_posted(asked: Field, posted: Posted, name: str = "") -> int:
    """How many rows of a repeat the page has, at most 100."""
    count = str(posted.get(f"{name or asked.id}.rows", "0"))
    return min(int(count[:9]), MOST_ROWS) if count.isascii() and count.isdecimal() else 0


def _read_rows(asked: Field, posted: Posted, name: str) -> list[dict[str, Any]] | None:
    rows = []
    for number in range(rows_posted(asked, posted, name)):
        read_row = {
            inner.id: read(inner, posted, name=f"{name}.{number}.{inner.id}") for inner in asked.fields
        }
        rows.append({key: value for key, value in read_row.items() if value is not None})
    return rows or None


def _read_nothing(asked: Field, posted: Posted, name: str) -> None:
    """Files are attached by a command of their own; their answer is no input of the form."""
    return


_READ: dict[FieldType, Any] = {
    FieldType.NUMBER: _read_number,
    FieldType.MONEY: _read_money,
    FieldType.DATE: _read_day,
    FieldType.MONTH: _read_month,
    FieldType.YES_NO: _read_yes_no,
    FieldType.CHOICES: _read_choices,
    FieldType.DECLARATION: _read_declaration,
    FieldType.PERSON: _read_block,
    FieldType.ORGANISATION: _read_block,
    FieldType.ADDRESS: _read_block,
    FieldType.REPEAT: _read_rows,
    FieldType.FILE: _read_nothing,
}
