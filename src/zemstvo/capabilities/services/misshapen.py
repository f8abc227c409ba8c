"""Answers of the wrong shape: what the schema of a version refuses, said so that a person understands it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import jsonschema_rs
from django.utils.translation import gettext as _

from zemstvo.capabilities.services import spelling
from zemstvo.capabilities.services.answer_schema import LINE
from zemstvo.capabilities.services.parts import AnswerError, Field, FieldType

MOST_ERRORS = 100
"""Errors that are reported at most: nobody reads more, and a hostile body could hold millions."""


def sound_answers(
    validator: jsonschema_rs.Draft202012Validator, fields: Mapping[str, Field], answers: Any
) -> tuple[dict[str, Any], dict[str, list[AnswerError]]]:
    """The answers whose shape is right, and the errors of the others by field ("" for what is no field).

    Some five microseconds when all are right, which is the common case.
    """
    if not isinstance(answers, dict):
        return {}, {"": [AnswerError("", _("The answers must be an object, by field."), code="type")]}
    if _is_sound(validator, answers):
        return answers, {}
    strangers = [name for name in answers if name not in fields][:MOST_ERRORS]
    errors = {
        "": [AnswerError(str(name)[:60], _("There is no such field."), code="unknown") for name in strangers]
    }
    sound: dict[str, Any] = {}
    for name in fields:
        if name not in answers:
            continue
        if _is_sound(validator, {name: answers[name]}):
            sound[name] = answers[name]
        else:
            errors[name] = list(_errors_of(validator, fields[name], answers[name]))
    return sound, errors


def _is_sound(validator: jsonschema_rs.Draft202012Validator, answers: dict[str, Any]) -> bool:
    try:
        return validator.is_valid(answers)
    except ValueError:
        # Not JSON at all: half of a surrogate pair, a key that is no text, a nesting without end.
        return False


def _errors_of(
    validator: jsonschema_rs.Draft202012Validator, field: Field, value: Any
) -> Iterator[AnswerError]:
    try:
        found = list(validator.iter_errors({field.id: value}))[:MOST_ERRORS]
    except ValueError:
        yield AnswerError(field.id, _("This holds signs that are no text."), code="type")
        return
    seen = set()
    for error in found:
        one = _error_of(field, error)
        if (one.field, one.row, one.part) not in seen:
            seen.add((one.field, one.row, one.part))
            yield one


def _error_of(field: Field, error: jsonschema_rs.ValidationError) -> AnswerError:
    path = list(error.instance_path)[1:]
    row: int | None = None
    if field.type is FieldType.REPEAT and path and isinstance(path[0], int):
        row, path = path[0], path[1:]
        field = next((one for one in field.fields if path and one.id == path[0]), field)
        path = path[1:]
    code, message = _said(field, error.kind)
    part = path[0] if path and isinstance(path[0], str) else ""
    return AnswerError(field.id, message, row, part, code)


def _said(field: Field, kind: Any) -> tuple[str, str]:
    if field.type is FieldType.MONEY and kind.name == "type":
        return "type", _("Enter an amount, for example 1234.50.")
    if field.type is FieldType.NUMBER and kind.name == "type":
        return "type", _("Enter a whole number.")
    if kind.name == "pattern" and field.pattern and kind.pattern != LINE:
        return "pattern", ""
    if field.type in (FieldType.DATE, FieldType.MONTH):
        return "invalid", _("Enter a day of the calendar.") if field.type is FieldType.DATE else _(
            "Enter a month."
        )
    if kind.name in ("minimum", "maximum"):
        return "range", _out_of_range(field, kind)
    say = _BY_KEYWORD.get(kind.name)
    return say(kind) if say else ("type", _("This is not an answer to this question."))


def _out_of_range(field: Field, kind: Any) -> str:
    is_money = field.type is FieldType.MONEY
    limit = spelling.money(kind.limit, field.currency) if is_money else spelling.number(kind.limit)
    if kind.name == "minimum":
        return _("The least value is %(value)s.") % {"value": limit}
    return _("The greatest value is %(value)s.") % {"value": limit}


_BY_KEYWORD: Mapping[str, Callable[[Any], tuple[str, str]]] = {
    "maxLength": lambda kind: (
        "length",
        _("Use at most %(count)s characters.") % {"count": kind.limit},
    ),
    "maxItems": lambda kind: ("rows", _("Give at most %(count)s.") % {"count": kind.limit}),
    "uniqueItems": lambda kind: ("invalid", _("The same is given twice.")),
    "enum": lambda kind: ("invalid", _("Choose one of the answers offered.")),
    "pattern": lambda kind: ("invalid", _("This holds signs that are not taken here.")),
    "additionalProperties": lambda kind: ("unknown", _("There is no such field.")),
}
