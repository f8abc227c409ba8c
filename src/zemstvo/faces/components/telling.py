"""Answers in words: for the page that checks them, for the case, for a print."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from zemstvo.capabilities.services.parts import Field, FieldType
from zemstvo.faces.components.asking import worded
from zemstvo.faces.components.writing import NBSP, day_in_words, money_in_words, snils_in_words


def told(asked: Field, value: Any, *, files: Mapping[str, str] | None = None) -> str:
    """An answer as a person reads it; `files` names the attached files by id. «—» where there is none."""
    if value is None or value == "" or value == [] or value == {}:
        return "—"
    teller = _TELL.get(asked.type)
    return teller(asked, value, files or {}) if teller else str(value)


def value_told(type: str, value: Any, currency: str = "RUB") -> str:
    """A calculated value or parameter in words; `type` is money, number, date, text or yes_no."""
    if type == "money" and isinstance(value, int):
        return money_in_words(value, currency)
    if type == "date":
        return day_told(str(value))
    if type == "yes_no":
        return _("Yes") if value else _("No")
    return str(value)


def _number(asked: Field, value: Any, files: Mapping[str, str]) -> str:
    unit = worded(asked.unit)[0]
    return f"{value}{NBSP}{unit}" if unit else str(value)


def _money(asked: Field, value: Any, files: Mapping[str, str]) -> str:
    return money_in_words(value, asked.currency or "RUB") if isinstance(value, int) else str(value)


def _day(asked: Field, value: Any, files: Mapping[str, str]) -> str:
    return day_told(str(value))


def day_told(text: str) -> str:
    """A day of the form YYYY-MM-DD in words; anything else as it is."""
    try:
        return day_in_words(date.fromisoformat(text))
    except ValueError:
        return text


def _month(asked: Field, value: Any, files: Mapping[str, str]) -> str:
    found = re.fullmatch(r"([0-9]{4})-(0[1-9]|1[0-2])", str(value))
    if not found:
        return str(value)
    return formats.date_format(date(int(found[1]), int(found[2]), 1), "F Y")


def _choice(asked: Field, value: Any, files: Mapping[str, str]) -> str:
    chosen = value if isinstance(value, list) else [value]
    options = (asked.option(one) for one in chosen)
    return "\n".join(
        worded(option.label)[0] if option else str(one) for option, one in zip(options, chosen, strict=True)
    )


def _yes_no(asked: Field, value: Any, files: Mapping[str, str]) -> str:
    return _("Yes") if value else _("No")


def _declaration(asked: Field, value: Any, files: Mapping[str, str]) -> str:
    return _("Confirmed") if value else _("Not confirmed")


def _file(asked: Field, value: Any, files: Mapping[str, str]) -> str:
    listed: Sequence[Any] = value if isinstance(value, list) else [value]
    return "\n".join(files.get(str(one), _("a file")) for one in listed)


def _block(asked: Field, value: Any, files: Mapping[str, str]) -> str:
    if not isinstance(value, Mapping):
        return str(value)
    name = " ".join(
        str(value[part]) for part in ("family_name", "given_name", "patronymic") if value.get(part)
    )
    lines = [name] if name else []
    for part in asked.parts:
        if part in {"family_name", "given_name", "patronymic"} or not value.get(part):
            continue
        lines.append(_part(part, str(value[part])))
    return "\n".join(lines)


def _part(part: str, text: str) -> str:
    if part == "born_on":
        return _("born on %(day)s") % {"day": day_told(text)}
    if part == "snils":
        text = snils_in_words(text)
    title = {"snils": _("SNILS"), "inn": _("INN"), "ogrn": _("OGRN"), "oktmo": _("OKTMO")}.get(part)
    return f"{title}{NBSP}{text}" if title else text


def _rows(asked: Field, value: Any, files: Mapping[str, str]) -> str:
    if not isinstance(value, list):
        return str(value)
    title = worded(asked.row_title)[0]
    return "\n\n".join(
        _row(asked, row, f"{title} {number}".strip()) for number, row in enumerate(value, start=1)
    )


def _row(asked: Field, row: Any, title: str) -> str:
    if not isinstance(row, Mapping):
        return str(row)
    lines = [
        f"{worded(inner.label)[0]}: {told(inner, row[inner.id])}" for inner in asked.fields if inner.id in row
    ]
    return "\n".join([title, *lines] if len(lines) > 1 else lines)


_TELL = {
    FieldType.NUMBER: _number,
    FieldType.MONEY: _money,
    FieldType.DATE: _day,
    FieldType.MONTH: _month,
    FieldType.CHOICE: _choice,
    FieldType.CHOICES: _choice,
    FieldType.YES_NO: _yes_no,
    FieldType.DECLARATION: _declaration,
    FieldType.FILE: _file,
    FieldType.PERSON: _block,
    FieldType.ORGANISATION: _block,
    FieldType.ADDRESS: _block,
    FieldType.REPEAT: _rows,
}
