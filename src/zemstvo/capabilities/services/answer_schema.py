"""The JSON Schema of the answers of one version: what a machine may send, and the first check of any answer.

It says what shape an answer has. Whether it must be given, what a hidden branch drops and what the
conditions say follows in `answers`, because it depends on the other answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from zemstvo.capabilities.services.parts import Field, FieldType

LARGEST = 10**12
"""The largest number or amount in minor units."""

LINE = r"^[^\x00-\x1f\x7f\u2028\u2029]*$"
LINES = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"
DAY = r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
MONTH = r"^[0-9]{4}-(0[1-9]|1[0-2])$"
FILE = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"

_LENGTHS = {"text": 500, "postcode": 10, "oktmo": 11, "name": 500, "snils": 20, "inn": 20, "ogrn": 20}
"""The greatest lengths of the parts of a block; names of people have 120 characters."""


def answer_schema(fields: Iterable[Field]) -> dict[str, Any]:
    """The schema of an object of answers by field id; unknown fields are refused."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "additionalProperties": False,
        "properties": {field.id: _of_field(field) for field in fields},
    }


def _of_field(field: Field) -> dict[str, Any]:
    return _BY_TYPE[field.type](field)


def _line(length: int) -> dict[str, Any]:
    return {"type": "string", "maxLength": length, "pattern": LINE}


def _text(field: Field) -> dict[str, Any]:
    found = _line(field.max_length)
    if field.pattern:
        found["allOf"] = [{"pattern": f"^(?:{field.pattern})$"}]
    return found


def _amount(field: Field) -> dict[str, Any]:
    least = field.min if isinstance(field.min, int) else -LARGEST
    greatest = field.max if isinstance(field.max, int) else LARGEST
    return {"type": "integer", "minimum": least, "maximum": greatest}


def _choice(field: Field) -> dict[str, Any]:
    return {"enum": [option.id for option in field.options]}


def _choices(field: Field) -> dict[str, Any]:
    return {"type": "array", "uniqueItems": True, "items": _choice(field)}


def _files(field: Field) -> dict[str, Any]:
    return {
        "type": "array",
        "uniqueItems": True,
        "maxItems": field.max_files,
        "items": {"type": "string", "pattern": FILE},
    }


def _repeat(field: Field) -> dict[str, Any]:
    row = {key: value for key, value in answer_schema(field.fields).items() if key != "$schema"}
    return {"type": "array", "maxItems": field.max, "items": row}


def _block(field: Field) -> dict[str, Any]:
    parts: Mapping[str, Any] = {part: _part(part) for part in field.parts}
    return {"type": "object", "additionalProperties": False, "properties": parts}


def _part(part: str) -> dict[str, Any]:
    if part == "born_on":
        return {"type": "string", "pattern": DAY}
    return _line(_LENGTHS.get(part, 120))


_BY_TYPE: Mapping[FieldType, Callable[[Field], dict[str, Any]]] = {
    FieldType.TEXT: _text,
    FieldType.LONG_TEXT: lambda field: {"type": "string", "maxLength": field.max_length, "pattern": LINES},
    FieldType.NUMBER: _amount,
    FieldType.MONEY: _amount,
    FieldType.DATE: lambda field: {"type": "string", "pattern": DAY},
    FieldType.MONTH: lambda field: {"type": "string", "pattern": MONTH},
    FieldType.CHOICE: _choice,
    FieldType.CHOICES: _choices,
    FieldType.YES_NO: lambda field: {"type": "boolean"},
    FieldType.DECLARATION: lambda field: {"type": "boolean"},
    FieldType.FILE: _files,
    FieldType.REPEAT: _repeat,
    FieldType.PERSON: _block,
    FieldType.ORGANISATION: _block,
    FieldType.ADDRESS: _block,
    FieldType.PHONE: lambda field: _line(40),
    FieldType.EMAIL: lambda field: _line(254),
}
